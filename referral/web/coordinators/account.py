"""One's own account: what it may do, the password, recovery codes, tokens for programs, and signing out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts import slowing
from referral.accounts.action import Action
from referral.accounts.password import FEWEST, weakness
from referral.accounts.roles import SCOPES, Right
from referral.store import accounts, api_tokens, recovery_codes, sessions
from referral.store.audit import write_audit
from referral.web.coordinators import account_words, cookies, invitation_words, words
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.hashing import Crowded
from referral.web.coordinators.invitation import new_codes
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.seat import Seat
from referral.web.coordinators.show import show

TOKEN_DAYS = (30, 90, 365)
MOST_NAME = 60
_PAGE = "/coordinators/account"


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The handlers."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """The page."""
        return await self._page(request, seat)

    async def change_password(self, request: web.Request, seat: Seat) -> web.Response:
        """Takes a new password from whoever knows the present one; every other session ends."""
        office, sent = self.office, await fields(request)
        fresh = sent.get("password", "")
        if weak := weakness(fresh, seat.email):
            return await self._page(request, seat, invitation_words.WEAK[weak], "password")
        if fresh != sent.get("again", ""):
            return await self._page(request, seat, invitation_words.DIFFERENT, "again")
        try:
            if not await self._knows_password(request, seat, sent):
                return await self._page(request, seat, account_words.WRONG_PASSWORD, "present")
            hashed = await office.door.hashing.hashed(fresh)
        except Crowded:
            return refused(office, request, 503, words.CROWDED)
        token = cookies.get(request, cookies.SESSION)

        def work(connection: Connection) -> None:
            accounts.set_password(connection, seat.coordinator_id, hashed)
            sessions.end_all(connection, seat.coordinator_id, but=token)
            write_audit(connection, seat, Action.PASSWORD_CHANGED, "", "", "", office.now())

        await office.database.write(work)
        return go_to(f"{_PAGE}?done=password")

    async def make_codes(self, request: web.Request, seat: Seat) -> web.Response:
        """Ten new recovery codes in place of the old ones, for whoever knows the password."""
        office, sent = self.office, await fields(request)
        try:
            if not await self._knows_password(request, seat, sent):
                return await self._page(request, seat, account_words.WRONG_PASSWORD, "codes-present")
        except Crowded:
            return refused(office, request, 503, words.CROWDED)
        codes, digests = await new_codes(office, seat.coordinator_id)

        def work(connection: Connection) -> None:
            recovery_codes.replace_all(connection, seat.coordinator_id, digests)
            write_audit(connection, seat, Action.CODES_MADE, "", "", "", office.now())

        await office.database.write(work)
        return show(office, request, seat, "codes.html", {"codes": codes}, words=invitation_words)

    async def make_token(self, request: web.Request, seat: Seat) -> web.Response:
        """A token for a program, shown once."""
        office, sent = self.office, await fields(request)
        name, region = " ".join(sent.get("name", "").split())[:MOST_NAME], sent.get("region", "")
        scope, days = sent.get("scope", ""), sent.get("days", "")
        if not name or scope not in SCOPES or days not in map(str, TOKEN_DAYS):
            return await self._page(request, seat, account_words.NAME_NEEDED, "name")
        token, today = f"digituki_{secrets.token_urlsafe(32)}", office.today()
        last = today + timedelta(days=int(days))

        def work(connection: Connection) -> None:
            made = partial(api_tokens.make, connection, token, seat.coordinator_id)
            id = made(name, scope, region, today, last)
            write_audit(connection, seat, Action.TOKEN_MADE, id, region, "", office.now())

        await office.database.write(work)
        return await self._page(request, seat, token=token)

    async def revoke_token(self, request: web.Request, seat: Seat) -> web.Response:
        """Ends a token of one's own."""
        office, id = self.office, request.match_info["id"]

        def work(connection: Connection) -> bool:
            done = api_tokens.revoke(connection, seat.coordinator_id, id, office.today())
            if done:
                write_audit(connection, seat, Action.TOKEN_REVOKED, id, "", "", office.now())
            return done

        if not await office.database.write(work):
            raise web.HTTPNotFound
        return go_to(f"{_PAGE}?done=revoked")

    async def _knows_password(self, request: web.Request, seat: Seat, sent: dict[str, str]) -> bool:
        """Whether the present password is right. Who guesses in somebody's open session is slowed too."""
        office = self.office
        keys = slowing.keys(f"session of {seat.coordinator_id}", "", "")
        if await office.door.gate.try_once(keys):
            return False
        account = await office.database.read(partial(accounts.by_id, id=seat.coordinator_id))
        stored = account.password if account else ""
        right = await office.door.hashing.matches(stored, sent.get("present", ""), True)
        if right:
            await office.door.gate.forgive(keys)
        return right

    async def _page(
        self, request: web.Request, seat: Seat, fault: object = None, faulty: str = "", token: str = ""
    ) -> web.Response:
        office, today = self.office, self.office.today()

        def work(connection: Connection) -> dict[str, object]:
            tokens = api_tokens.of_coordinator(connection, seat.coordinator_id)
            return {
                "assignments": accounts.assignments(connection, seat.coordinator_id),
                "codes_left": recovery_codes.left(connection, seat.coordinator_id),
                "sessions": sessions.count(connection, seat.coordinator_id),
                "tokens": [one for one in tokens if one.is_good(today)],
            }

        values = {
            "today": today,
            "fewest": FEWEST,
            "scopes": tuple(SCOPES),
            "token_days": TOKEN_DAYS,
            "most_name": MOST_NAME,
            "regions": seat.regions(Right.EXPORT, office.atlas.regions),
            "fault": fault,
            "faulty": faulty,
            "made": token,
        }
        found = await office.database.read(work)
        status = 422 if fault else 200
        shown = {**values, **found}
        return show(office, request, seat, "account.html", shown, words=account_words, status=status)
