"""Signing in and out: an address, a password, and six digits or a recovery code, on one page.

Whatever is wrong, the answer is the same and takes as long, so that nobody learns which accounts there
are. Who guesses waits longer and longer (``accounts.slowing``).
"""

import secrets
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts import slowing, totp
from referral.accounts.action import Action
from referral.accounts.recovery import plain
from referral.store import accounts, recovery_codes, sessions
from referral.store.accounts import Account
from referral.store.audit import write_audit
from referral.web import languages
from referral.web.coordinators import cookies, signing_in_words, words
from referral.web.coordinators.enter import SIGN_IN
from referral.web.coordinators.form import START, fields, go_to, safe
from referral.web.coordinators.gate import neighbourhood
from referral.web.coordinators.hashing import Crowded
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.seat import Seat
from referral.web.guard import peer
from referral.web.page import asked_language, page


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The handlers."""

    office: Office

    async def ask(self, request: web.Request) -> web.Response:
        """The form."""
        over, done = request.query.get("over"), request.query.get("done")
        note = signing_in_words.OVER if over else words.DONE.get(done or "")
        return self._page(request, {"note": note, "next": safe(request.query.get("next", ""))})

    async def enter(self, request: web.Request) -> web.Response:
        """Signs in, or says that it did not work."""
        office, sent = self.office, await fields(request)
        email, following = accounts.as_compared(sent.get("email", "")), safe(sent.get("next", ""))
        account = await office.database.read(partial(accounts.find, email=email))
        device = await self._device(request, account)
        keys = slowing.keys(device, neighbourhood(peer(request)), email)
        values = {"email": sent.get("email", ""), "next": following}
        if seconds := await office.door.gate.try_once(keys):
            answer = self._page(request, {**values, "wait": seconds}, 429)
            answer.headers["Retry-After"] = str(seconds)
            return answer
        try:
            right = await self._password_fits(account, sent.get("password", ""), bool(device))
        except Crowded:
            return refused(office, request, 503, words.CROWDED)
        token = secrets.token_urlsafe(32)
        if account is None or not right or not await self._opened(account, sent.get("code", ""), token):
            return self._page(request, {**values, "wrong": True}, 401)
        await office.door.gate.forgive(keys)
        return await let_in(office, request, account.id, token, following, marked=bool(device))

    async def leave(self, request: web.Request, seat: Seat) -> web.Response:
        """Signs out."""
        office, token = self.office, cookies.get(request, cookies.SESSION)

        def work(connection: Connection) -> None:
            sessions.end(connection, token)
            write_audit(connection, seat, Action.SIGNED_OUT, "", "", "", office.now())

        await office.database.write(work)
        return _gone(request)

    async def leave_everywhere(self, request: web.Request, seat: Seat) -> web.Response:
        """Signs out on every device."""
        office = self.office

        def work(connection: Connection) -> None:
            sessions.end_all(connection, seat.coordinator_id)
            write_audit(connection, seat, Action.SIGNED_OUT_EVERYWHERE, "", "", "", office.now())

        await office.database.write(work)
        return _gone(request)

    async def _device(self, request: web.Request, account: Account | None) -> str:
        """The mark is looked at for an account that is not there too: it takes as long."""
        mark = cookies.get(request, cookies.DEVICE)
        return await self.office.door.secret.device_of(mark, account.id if account else "")

    async def _password_fits(self, account: Account | None, password: str, known: bool) -> bool:
        stored = account.password if account and account.is_open else ""
        return await self.office.door.hashing.matches(stored, password, known)

    async def _opened(self, account: Account, code: str, token: str) -> bool:
        """Begins the session of ``token`` if the code is right and has not been used."""
        office, now = self.office, self.office.now()
        step = totp.accepted(account.totp, code, now, account.step)
        spare = await recovery_digest(office, account.id, code)

        def work(connection: Connection) -> bool:
            if step is not None:
                opens = accounts.use_step(connection, account.id, step)
            else:
                opens = bool(spare) and recovery_codes.use(connection, account.id, spare)
            if opens:
                action = Action.SIGNED_IN if step is not None else Action.SIGNED_IN_BY_RECOVERY
                begin(connection, account.id, token, now, action)
            return opens

        return (step is not None or bool(spare)) and await office.database.write(work)

    def _page(self, request: web.Request, values: dict[str, object], status: int = 200) -> web.Response:
        office = self.office
        language = asked_language(request, office.catalogues)
        following = {"next": values["next"]} if values["next"] else {}
        return page(
            request,
            signing_in_words,
            "sign_in.html",
            language,
            {"frame": words, **values},
            status=status,
            catalogues=office.catalogues,
            address_in=lambda code: f"{SIGN_IN}?{urlencode({**following, 'language': languages.tag(code)})}",
        )


@dataclass(frozen=True, slots=True)
class Entering:
    """Who has just shown who they are, before there is a seat."""

    coordinator_id: str


def begin(connection: Connection, coordinator: str, token: str, now: int, action: Action) -> None:
    """Begins a session and notes by what."""
    sessions.begin(connection, token, coordinator, secrets.token_urlsafe(32), now)
    write_audit(connection, Entering(coordinator), action, "", "", "", now)


async def let_in(
    office: Office, request: web.Request, coordinator: str, token: str, following: str, marked: bool
) -> web.Response:
    """Leads to ``following`` with the cookie of the session, and with the device's mark if it has none."""
    response = go_to(following or START)
    await give_cookies(office, request, response, coordinator, token, marked)
    return response


async def give_cookies(
    office: Office,
    request: web.Request,
    response: web.Response,
    coordinator: str,
    token: str,
    marked: bool,
) -> None:
    """Puts the session, and the device's mark where it has none, into ``response``."""
    cookies.put(request, response, cookies.SESSION, token)
    if not marked:
        mark = await office.door.secret.new_mark(coordinator)
        cookies.put(request, response, cookies.DEVICE, mark, cookies.DEVICE_DAYS)


async def recovery_digest(office: Office, coordinator: str, code: str) -> str:
    """What is stored of a recovery code; "" for what is none."""
    written = plain(code)
    return await office.door.secret.digest(f"recovery:{coordinator}:{written}") if written else ""


def _gone(request: web.Request) -> web.Response:
    response = go_to(f"{SIGN_IN}?done=signed_out")
    cookies.drop(request, response, cookies.SESSION)
    return response
