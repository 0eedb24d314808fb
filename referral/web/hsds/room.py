"""The interface as a part of the site: its routes, and how it says no.

Anybody may read it from anywhere, so every answer, the refusals too, is open to other origins.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from aiohttp import web

from referral.web.hsds import openapi
from referral.web.hsds.envelope import cut, envelope
from referral.web.hsds.kept import Answer
from referral.web.hsds.lists import LISTS, ONE, List, Unknown
from referral.web.hsds.view import View, Views
from referral.web.hsds.wanted import PER_PAGE, Wanted, wanted
from referral.web.origin import origin
from referral.web.refusal import Refusal
from referral.web.room import Room

PREFIX = "/hsds"
VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/"
KEEP_SECONDS = 60
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""For every answer: programs in other sites' pages may read it."""

METHODS = "GET, HEAD, OPTIONS"
_ASKED = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def room(views: Views) -> Room:
    """The routes of the interface."""
    interface = Interface(views)
    routes = [web.get(PREFIX, interface.root), web.get(f"{PREFIX}/", interface.root)]
    routes.append(web.get(f"{PREFIX}/openapi.json", interface.openapi))
    for name, one in LISTS.items():
        routes.append(web.get(f"{PREFIX}/{name}", partial(interface.page, name, one)))
        routes.append(web.get(f"{PREFIX}/{name}/{{id}}", partial(interface.record, name, one)))
    routes += [web.options(PREFIX, may_ask), web.options(f"{PREFIX}/{{path:.*}}", may_ask)]
    routes.append(web.get(f"{PREFIX}/{{path:.*}}", nothing))
    return Room(PREFIX, tuple(routes), explain)


def explain(request: web.Request, refusal: Refusal) -> web.Response:
    """A refusal as a program reads it: ``code`` and ``message``."""
    sentence = refusal.detail or _IN_ENGLISH.get(refusal.code, refusal.sentence.msgid)
    response = _json({"code": refusal.code, "message": sentence}, refusal.status)
    if refusal.status == 405:
        response.headers["Allow"] = METHODS
    return response


async def nothing(request: web.Request) -> web.Response:
    """Every other address. (The one that answers OPTIONS would make aiohttp say that GET is not allowed.)"""
    raise web.HTTPNotFound


async def may_ask(request: web.Request) -> web.Response:
    """What other sites' pages may ask: a browser wants to know before it sends certain requests."""
    return web.Response(status=204, headers={**OPEN, **_ASKED})


_IN_ENGLISH = {
    "not_found": "There is nothing at this address. GET /hsds tells what there is.",
    "not_allowed": "The directory can only be read: use GET, HEAD or OPTIONS.",
    "foreign_origin": "The directory can only be read: use GET, HEAD or OPTIONS.",
    "store_unavailable": "The service cannot answer right now. Please try again in a minute.",
    "fault": "The fault is ours. Please try again in a minute.",
}
"""What the guard refuses, as it is said to a program."""


@dataclass(frozen=True, slots=True)
class Interface:
    """Answers requests from the view of the directory in use."""

    views: Views

    async def root(self, request: web.Request) -> web.Response:
        """What this interface is. Raises BadInput."""
        self._wanted(request, ())
        here = f"{origin(request)}{PREFIX}"
        return _json({"version": VERSION, "profile": PROFILE, "openapi_url": f"{here}/openapi.json"})

    async def openapi(self, request: web.Request) -> web.Response:
        """The OpenAPI document."""
        spoken = self.views.catalogues.languages
        return _json(openapi.document(f"{origin(request)}{PREFIX}", spoken, version("digituki")))

    async def page(self, name: str, one: List, request: web.Request) -> web.StreamResponse:
        """A page of a list. Raises BadInput."""
        asked = self._wanted(request, one.parameters)
        return await self._answer(request, (name, asked), partial(_page, one, asked))

    async def record(self, name: str, one: List, request: web.Request) -> web.StreamResponse:
        """A record by itself. Raises BadInput."""
        asked = self._wanted(request, ONE.get(name, ("lang",)))
        id = request.match_info["id"].lower()
        return await self._answer(request, (name, id, asked), partial(_record, one, id, asked))

    def _wanted(self, request: web.Request, allowed: tuple[str, ...]) -> Wanted:
        return wanted(list(request.query.items()), allowed, self.views.catalogues.languages)

    async def _answer(
        self, request: web.Request, key: object, make: Callable[[View], Mapping[str, Any]]
    ) -> web.StreamResponse:
        """The answer that is kept for ``key``, or a new one, made beside the event loop."""
        view = await self.views.now()
        answer = view.kept.get(key)
        if answer is None:
            try:
                async with self.views.turns:
                    answer = await asyncio.to_thread(_made, view, make)
            except Unknown as unknown:
                return _json({"code": "not_found", "message": str(unknown)}, 404)
            view.kept.put(key, answer)
        return _sent(request, answer, view)


def _page(one: List, asked: Wanted, view: View) -> Mapping[str, Any]:
    chosen = one.choose(view, asked)
    whole = asked.minimal and asked.per_page is None
    per_page = asked.per_page or (max(len(chosen), 1) if whole else PER_PAGE)
    feed = view.feed(asked.language)
    contents = [one.tell(feed, key, asked) for key in cut(chosen, asked.page, per_page)]
    return envelope(contents, len(chosen), asked.page, per_page)


def _record(one: List, id: str, asked: Wanted, view: View) -> Mapping[str, Any]:
    key = one.find(view, id)
    if key is None:
        raise Unknown(f"There is nothing with this id among the {one.about}.")
    return one.whole(view.feed(asked.language), key, asked)


def _made(view: View, make: Callable[[View], Mapping[str, Any]]) -> Answer:
    return Answer.of(json.dumps(make(view), ensure_ascii=False, separators=(",", ":")).encode())


def _sent(request: web.Request, answer: Answer, view: View) -> web.Response:
    """The answer, packed where the reader takes that; an empty one where they have it already."""
    headers = {
        **OPEN,
        "ETag": f'W/"{answer.tag}"',
        "Last-Modified": format_datetime(view.modified, usegmt=True),
        "Cache-Control": f"public, max-age={KEEP_SECONDS}",
        "Vary": "Accept-Encoding",
    }
    if any(tag.value in (answer.tag, "*") for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    body = answer.body
    if answer.packed and "gzip" in request.headers.get("Accept-Encoding", "").lower():
        body = answer.packed
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=body, content_type="application/json", charset="utf-8", headers=headers)


def _json(found: Mapping[str, Any], status: int = 200) -> web.Response:
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(
        body=body, status=status, content_type="application/json", charset="utf-8", headers=OPEN
    )
