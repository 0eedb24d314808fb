"""The posts: listed by topic and region, written, changed and removed by who wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from locales.text import Text
from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.store import practices
from referral.store.audit import write_audit
from referral.store.practices import Practice
from referral.web import languages
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.practices import words
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show

PAGE = "/coordinators/practices"
MOST_TITLE, MOST_BODY = 120, 2000
_RIGHT = Right.SHARE_PRACTICES


@dataclass(frozen=True, slots=True)
class Posts:
    """The handlers."""

    office: Office

    async def listed(self, request: web.Request, seat: Seat) -> web.Response:
        """The posts of all regions, or of one (``of``); about all topics, or one."""
        of, topic = request.query.get("of", ""), request.query.get("topic", "")
        found = await self.office.database.read(partial(practices.practices, region=of, topic=topic))
        values = {
            "posts": found,
            "of": of,
            "topic": topic,
            "every_region": tuple(self.office.atlas.regions),
        }
        return show(self.office, request, seat, "practices.html", values, words=words)

    async def one(self, request: web.Request, seat: Seat) -> web.Response:
        """One post as a page."""
        post = await self._post(request)
        values = {"post": post, "is_own": self._is_own(seat, post)}
        return show(self.office, request, seat, "practice.html", values, words=words)

    async def ask(self, request: web.Request, seat: Seat) -> web.Response:
        """An empty form."""
        return self._form(request, seat, {"written_in": seat.language}, PAGE)

    async def share(self, request: web.Request, seat: Seat) -> web.Response:
        """Adds a post."""
        office, sent = self.office, await fields(request)
        post = self._read(seat, sent)
        if isinstance(post, Text):
            return self._form(request, seat, sent, PAGE, post)

        def work(connection: Connection) -> str:
            id = practices.share(connection, post)
            write_audit(connection, seat, Action.PRACTICE_SHARED, id, post.region, "", office.now())
            return id

        return go_to(f"{PAGE}/{await office.database.write(work)}?done=shared")

    async def ask_change(self, request: web.Request, seat: Seat) -> web.Response:
        """The form with what was written."""
        post = await self._own(request, seat)
        given = {name: getattr(post, name) for name in ("title", "body", "topic", "region", "written_in")}
        return self._form(request, seat, given, f"{PAGE}/{post.id}/change")

    async def change(self, request: web.Request, seat: Seat) -> web.Response:
        """Changes a post of one's own."""
        office, sent = self.office, await fields(request)
        before = await self._own(request, seat)
        post = self._read(seat, sent)
        if isinstance(post, Text):
            return self._form(request, seat, sent, f"{PAGE}/{before.id}/change", post)

        def work(connection: Connection) -> None:
            practices.change(connection, before.id, post)
            write_audit(connection, seat, Action.PRACTICE_CHANGED, before.id, post.region, "", office.now())

        await office.database.write(work)
        return go_to(f"{PAGE}/{before.id}?done=saved")

    async def remove(self, request: web.Request, seat: Seat) -> web.Response:
        """Deletes a post of one's own."""
        office, post = self.office, await self._own(request, seat)

        def work(connection: Connection) -> None:
            practices.remove(connection, post.id)
            write_audit(connection, seat, Action.PRACTICE_REMOVED, post.id, post.region, "", office.now())

        await office.database.write(work)
        return go_to(f"{PAGE}?done=removed")

    async def _post(self, request: web.Request) -> Practice:
        found = await self.office.database.read(partial(practices.find, id=request.match_info["id"]))
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _own(self, request: web.Request, seat: Seat) -> Practice:
        """The post, if the seat wrote it and still works for its region; else 404."""
        post = await self._post(request)
        if not self._is_own(seat, post):
            raise web.HTTPNotFound
        return post

    def _is_own(self, seat: Seat, post: Practice) -> bool:
        return post.coordinator == seat.coordinator_id and may(seat, _RIGHT, post.region)

    def _read(self, seat: Seat, sent: Mapping[str, str]) -> Practice | Text:
        """The post that was sent, or what is wrong with it."""
        office, region, topic = self.office, sent.get("region", ""), sent.get("topic", "")
        title = " ".join(sent.get("title", "").split())
        body = "\n".join(line.rstrip() for line in sent.get("body", "").splitlines()).strip()
        language = languages.known(sent.get("written_in", ""), office.catalogues.languages)
        if not title or not body:
            return words.EMPTY_FIELDS
        if len(title) > MOST_TITLE or len(body) > MOST_BODY:
            return words.TOO_LONG
        if topic not in words.TOPICS or not may(seat, _RIGHT, region):
            return words.CHOOSE
        day = office.today()
        return Practice(region, topic, title, body, language or seat.language, seat.coordinator_id, day)

    def _form(
        self,
        request: web.Request,
        seat: Seat,
        given: Mapping[str, str],
        action: str,
        fault: Text | None = None,
    ) -> web.Response:
        office = self.office
        values = {
            "given": given,
            "action": action,
            "fault": fault,
            "regions": seat.regions(_RIGHT, office.atlas.regions),
            "spoken": office.catalogues.languages,
            "most_title": MOST_TITLE,
            "most_body": MOST_BODY,
        }
        status = 422 if fault else 200
        return show(office, request, seat, "write.html", values, words=words, status=status)
