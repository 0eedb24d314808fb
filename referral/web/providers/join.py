"""The page by which anybody who helps joins the network: fill in, look at the preview, send."""

from dataclasses import dataclass
from functools import partial

from aiohttp import web

from locales.text import Text
from referral.directory.submission import Fault, Submission
from referral.web import form
from referral.web.addresses import JOIN
from referral.web.guard import peer
from referral.web.languages import tag
from referral.web.origin import origin
from referral.web.providers import sending, words
from referral.web.providers.desk import Desk
from referral.web.providers.filled import TRAP, Filled, read_form
from referral.web.public.show import moved
from referral.web.published import published

UNSOUND = 422
"""Unprocessable Content (RFC 9110): the form is readable, and something in it has to be put right."""


@dataclass(frozen=True, slots=True)
class Join:
    """The handlers."""

    desk: Desk

    async def asked(self, language: str, request: web.Request) -> web.Response:
        """The empty form."""
        address = self._address(language)
        if request.path != address:
            raise moved(request, address)
        return published(request, self._form(request, language, {}))

    async def sent(self, language: str, request: web.Request) -> web.Response:
        """The form again with its faults, the preview, or what was sent. Raises BadInput, StoreUnavailable."""
        posted = await form.fields(request)
        filled, step = read_form(posted), form.line(posted, "step")
        if step == "edit":
            return self._form(request, language, filled)
        made = self.desk.checked(filled)
        if not isinstance(made, Submission):
            return self._form(request, language, filled, made)
        if form.line(posted, TRAP):
            return self._form(request, language, filled, (Fault(TRAP, words.LOOKS_LIKE_A_PROGRAM),))
        if step != "send":
            return self._preview(request, language, filled, made)
        return await self._send(request, language, filled, made)

    async def _send(
        self, request: web.Request, language: str, filled: Filled, made: Submission
    ) -> web.Response:
        desk = self.desk
        if not desk.pace.allows(peer(request)):
            return self._preview(request, language, filled, made, words.PLEASE_WAIT, 429)
        work = partial(sending.send, submission=made, atlas=desk.public.atlas, today=desk.today())
        link = await desk.database.write(work)
        if not link:
            return self._preview(request, language, filled, made, words.TOO_MANY_WAIT, 503)
        raise web.HTTPSeeOther(f"{link}?language={tag(language)}&done=sent")

    def _form(
        self, request: web.Request, language: str, filled: Filled, faults: tuple[Fault, ...] = ()
    ) -> web.Response:
        address = self._address(language)
        site = origin(request)
        values = {
            **self.desk.form(filled, faults, address, language),
            "canonical": site + address,
            "alternates": [
                (tag(code), site + self._address(code)) for code in self.desk.public.catalogues.languages
            ],
        }
        status = UNSOUND if faults else 200
        return self.desk.page(request, "join.html", language, values, self._address, status)

    def _preview(
        self,
        request: web.Request,
        language: str,
        filled: Filled,
        made: Submission,
        problem: Text | None = None,
        status: int = 200,
    ) -> web.Response:
        values = {
            **self.desk.preview(made, language),
            "filled": filled,
            "action": self._address(language),
            "problem": problem,
        }
        return self.desk.page(request, "preview.html", language, values, self._address, status)

    def _address(self, language: str) -> str:
        return self.desk.public.addresses.of(JOIN, language)
