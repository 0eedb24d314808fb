"""Using an invitation: a password, an app for codes, and ten recovery codes to keep; then one is in.

The app's secret is made anew with each look at the page and travels in its form until it is used: who
sees the link earlier does not learn it.
"""

import secrets
from dataclasses import dataclass
from functools import partial

import segno
from aiohttp import web
from markupsafe import Markup
from pyotp import random_base32
from sqlalchemy import Connection

from referral.accounts import totp
from referral.accounts.action import Action
from referral.accounts.password import FEWEST, weakness
from referral.accounts.recovery import ALPHABET, CODES, LETTERS, written
from referral.store import accounts, invitations, recovery_codes
from referral.store.invitations import Invitation
from referral.web.coordinators import invitation_words, words
from referral.web.coordinators.form import fields
from referral.web.coordinators.hashing import Crowded
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.signing_in import begin, give_cookies, recovery_digest
from referral.web.page import asked_language, page
from referral.web.shell import SHELL


@dataclass(frozen=True, slots=True)
class Accepting:
    """The handlers."""

    office: Office

    async def ask(self, request: web.Request) -> web.Response:
        """The form, or why the link does not open one."""
        found = await self._invitation(request)
        if found is None:
            return refused(self.office, request, 404, invitation_words.OVER, words.SIGN_IN)
        return self._form(request, found, random_base32(32))

    async def join(self, request: web.Request) -> web.Response:
        """Uses the invitation up; shows the recovery codes, once."""
        office, sent = self.office, await fields(request)
        found = await self._invitation(request)
        if found is None:
            return refused(office, request, 404, invitation_words.OVER, words.SIGN_IN)
        secret = sent.get("totp", "")
        if not totp.SECRET.fullmatch(secret):
            return self._form(request, found, random_base32(32), invitation_words.WRONG_CODE)
        step = totp.accepted(secret, sent.get("code", ""), office.now(), 0)
        password = sent.get("password", "")
        if weak := weakness(password, found.email):
            return self._form(request, found, secret, invitation_words.WEAK[weak], "password")
        if password != sent.get("again", ""):
            return self._form(request, found, secret, invitation_words.DIFFERENT, "again")
        if step is None:
            return self._form(request, found, secret, invitation_words.WRONG_CODE, "code")
        try:
            hashed = await office.door.hashing.hashed(password)
        except Crowded:
            return refused(office, request, 503, words.CROWDED)
        return await self._joined(request, found, hashed, secret, step)

    async def _joined(
        self, request: web.Request, found: Invitation, hashed: str, secret: str, step: int
    ) -> web.Response:
        office, token = self.office, secrets.token_urlsafe(32)
        account = await office.database.read(partial(accounts.find, email=found.email))
        if account is None:
            return refused(office, request, 404, invitation_words.OVER, words.SIGN_IN)
        codes, digests = await new_codes(office, account.id)

        def work(connection: Connection) -> bool:
            if not invitations.use(connection, request.match_info["secret"], office.today()):
                return False
            accounts.set_secrets(connection, account.id, hashed, secret, step)
            recovery_codes.replace_all(connection, account.id, digests)
            begin(connection, account.id, token, office.now(), Action.JOINED)
            return True

        if not await office.database.write(work):
            return refused(office, request, 404, invitation_words.OVER, words.SIGN_IN)
        response = self._page(request, "codes.html", {"codes": codes, "joined": True})
        await give_cookies(office, request, response, account.id, token, marked=False)
        return response

    async def _invitation(self, request: web.Request) -> Invitation | None:
        secret = request.match_info["secret"]
        found = await self.office.database.read(partial(invitations.find, token=secret))
        return found if found and found.is_good(self.office.today()) else None

    def _form(
        self,
        request: web.Request,
        found: Invitation,
        secret: str,
        fault: object = None,
        faulty: str = "",
    ) -> web.Response:
        operator = request.app[SHELL].operator.name
        issuer = f"Digituki ({operator.msgid})" if operator.verbatim else "Digituki"
        link = totp.address(secret, found.email, issuer)
        values = {
            "email": found.email,
            "fewest": FEWEST,
            "secret": secret,
            "groups": totp.in_groups(secret),
            "link": link,
            "qr": Markup(segno.make(link, error="m").svg_inline(scale=5, border=4, light="#fff")),
            "fault": fault,
            "faulty": faulty,
        }
        return self._page(request, "invitation.html", values, 422 if fault else 200)

    def _page(
        self, request: web.Request, template: str, values: dict[str, object], status: int = 200
    ) -> web.Response:
        catalogues = self.office.catalogues
        language = asked_language(request, catalogues)
        return page(
            request,
            invitation_words,
            template,
            language,
            {"frame": words, **values},
            status=status,
            catalogues=catalogues,
        )


async def new_codes(office: Office, coordinator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ten new recovery codes as they are shown, and what is stored of them."""
    letters = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(CODES)]
    digests = [await recovery_digest(office, coordinator, one) for one in letters]
    return tuple(map(written, letters)), tuple(digests)
