"""The page behind a provider's private link: look at it, say that it is still true, change it, end it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from locales.text import Text
from referral.directory.importers import cells
from referral.directory.importers.rejected import Unfit
from referral.directory.submission import Fault, Submission, fields_of
from referral.directory.submission_offers import submission_of
from referral.store.submissions import REFUSED, WAITING
from referral.web import form
from referral.web.guard import peer
from referral.web.languages import tag
from referral.web.origin import origin
from referral.web.page import asked_language
from referral.web.provider_link import PATH
from referral.web.providers import sending, words
from referral.web.providers.desk import Desk
from referral.web.providers.filled import Filled, from_fields, read_form
from referral.web.providers.join import UNSOUND
from referral.web.providers.sending import Own

Act = Callable[[Connection, Own], bool]
"""What is done with what a link is for; False where there was nothing to do."""

DONE = {
    "sent": words.SENT,
    "confirmed": words.CONFIRMED,
    "changed": words.CHANGED,
    "ended": words.CLOSED,
    "reopened": words.REOPENED,
}


@dataclass(frozen=True, slots=True)
class OwnPages:
    """The handlers. Each first asks whether the link may still be used."""

    desk: Desk

    async def shown(self, request: web.Request) -> web.Response:
        """What is on offer, as citizens see it, and what can be done about it."""
        own = await self._own(request)
        if own is None or not own.link.is_good(self.desk.today()):
            return self._gone(request, own)
        return self._page(request, own)

    async def confirmed(self, request: web.Request) -> web.Response:
        """Everything is still true."""
        return await self._do(
            request, lambda connection, own: sending.confirm(connection, own, self.desk.today()), "confirmed"
        )

    async def ended(self, request: web.Request) -> web.Response:
        """The help ends on the day that was written."""
        posted, today = await form.fields(request), self.desk.today()
        try:
            last = cells.day(form.line(posted, "last", 20))
        except Unfit:
            last = date.min
        if last < today:
            own = await self._own(request)
            if own is None or not own.link.is_good(today):
                return self._gone(request, own)
            return self._page(request, own, Fault("last", words.BAD_DAY), form.line(posted, "last", 20))
        return await self._do(
            request, lambda connection, own: sending.end(connection, own, last, today), "ended"
        )

    async def reopened(self, request: web.Request) -> web.Response:
        """The ending is taken back."""
        return await self._do(
            request, lambda connection, own: sending.reopen(connection, own, self.desk.today()), "reopened"
        )

    async def edited(self, request: web.Request) -> web.Response:
        """The form with what is on offer now."""
        own = await self._own(request)
        if own is None or not own.link.is_good(self.desk.today()):
            return self._gone(request, own)
        public, language = self.desk.public, asked_language(request)
        told = _told(own)
        filled = from_fields(fields_of(told), public.atlas, public.catalogues, language) if told else {}
        return self._form(request, filled)

    async def changed(self, request: web.Request) -> web.Response:
        """The form again with its faults, the preview, or the change sent. Raises BadInput, StoreUnavailable."""
        own = await self._own(request)
        if own is None or not own.link.is_good(self.desk.today()):
            return self._gone(request, own)
        posted = await form.fields(request)
        filled, step = read_form(posted), form.line(posted, "step")
        if step == "edit":
            return self._form(request, filled)
        made = self.desk.checked(filled)
        if not isinstance(made, Submission):
            return self._form(request, filled, made)
        if step != "send":
            return self._preview(request, own, filled, made)
        if not self.desk.pace.allows(peer(request)):
            return self._preview(request, own, filled, made, words.PLEASE_WAIT, 429)
        atlas, today = self.desk.public.atlas, self.desk.today()
        return await self._do(
            request, lambda connection, own: sending.change(connection, own, made, atlas, today), "changed"
        )

    async def _own(self, request: web.Request) -> Own | None:
        token = request.match_info["token"]
        return await self.desk.database.read(partial(sending.find, token=token))

    async def _do(self, request: web.Request, act: Act, done: str) -> web.Response:
        """Looks at the link and acts in one transaction, then shows the page again."""
        token, today = request.match_info["token"], self.desk.today()

        def work(connection: Connection) -> Own | None:
            own = sending.find(connection, token)
            if own is not None and own.link.is_good(today):
                act(connection, own)
            return own

        own = await self.desk.database.write(work)
        if own is None or not own.link.is_good(today):
            return self._gone(request, own)
        language = tag(asked_language(request))
        raise web.HTTPSeeOther(f"{PATH}{token}?language={language}&done={done}")

    def _page(
        self, request: web.Request, own: Own, fault: Fault | None = None, last: str = ""
    ) -> web.Response:
        desk, language, done = self.desk, asked_language(request), request.query.get("done", "")
        sent = own.sent
        waits = sent is not None and sent.state == WAITING
        values = {
            "own": own,
            "token": request.match_info["token"],
            "done": None if fault else DONE.get(done),
            "keep": f"{origin(request)}{request.path}" if done == "sent" and not fault else "",
            "until": words.good_until(own.link.expires),
            "waits": waits,
            "refused": sent if sent is not None and sent.state == REFUSED else None,
            "shown": [(desk.card(stored.offer, language), stored.offer.valid_until) for stored in own.offers],
            "is_ended": any(stored.offer.valid_until is not None for stored in own.offers),
            "sent": desk.preview(sent.submission, language) if sent is not None and waits else None,
            "today": desk.today(),
            "fault": fault,
            "last": last,
        }
        return self._private(request, "own.html", values, UNSOUND if fault else 200)

    def _form(self, request: web.Request, filled: Filled, faults: tuple[Fault, ...] = ()) -> web.Response:
        language = asked_language(request)
        action = f"{PATH}{request.match_info['token']}/edit?language={tag(language)}"
        values = {**self.desk.form(filled, faults, action, language), "editing": True}
        return self._private(request, "edit.html", values, UNSOUND if faults else 200)

    def _preview(
        self,
        request: web.Request,
        own: Own,
        filled: Filled,
        made: Submission,
        problem: Text | None = None,
        status: int = 200,
    ) -> web.Response:
        changes = own.offers[0].offer if own.offers else None
        values = {
            **self.desk.preview(made, asked_language(request), changes),
            "filled": filled,
            "action": f"{PATH}{request.match_info['token']}/edit?language={tag(asked_language(request))}",
            "problem": problem,
        }
        return self._private(request, "preview.html", values, status)

    def _gone(self, request: web.Request, own: Own | None) -> web.Response:
        """A link that was never ours, or that is over."""
        sentence = words.UNKNOWN_LINK if own is None else words.GONE
        return self._private(request, "gone.html", {"sentence": sentence}, 404 if own is None else 410)

    def _private(
        self, request: web.Request, template: str, values: dict[str, object], status: int
    ) -> web.Response:
        language = asked_language(request)
        response = self.desk.page(
            request,
            template,
            language,
            values,
            lambda code: f"{request.path}?language={tag(code)}",
            status,
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _told(own: Own) -> Submission | None:
    """What the form is filled in with: what waits, else what is public, else what was sent."""
    if own.waiting is not None:
        return own.waiting.submission
    if own.offers:
        return submission_of(own.offers[0].offer)
    return own.sent.submission if own.sent is not None else None
