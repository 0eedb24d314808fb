"""What goes wrong on the way: answers that are late, refused, cut off or not whole, in a fixed order."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Faults:
    """The faults of a server: every ``every``-th question meets the next of ``kinds``, round and round.

    ``asked`` counts all questions, ``made`` the faults by kind. A question that is asked again counts anew.
    """

    every: int = 0
    kinds: tuple[str, ...] = ("busy", "error", "reset", "cut", "short", "slow")
    slow: float = 0.5
    asked: int = 0
    made: dict[str, int] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def next(self) -> str:
        """The fault of the question that has come, "" for none."""
        self.asked += 1
        if not self.every or self.asked % self.every:
            return ""
        kind = self.kinds[(self.asked // self.every - 1) % len(self.kinds)]
        self.made[kind] = self.made.get(kind, 0) + 1
        return kind


def faulty(faults: Faults) -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
    """A middleware that makes them."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        faults.addresses.append(request.path_qs)
        faults.agents.add(request.headers.get("User-Agent", ""))
        kind = faults.next()
        if kind == "busy":
            return web.Response(status=429, headers={"Retry-After": "1"})
        if kind == "error":
            return web.Response(status=500, text="<html>Internal error</html>")
        if kind == "slow":
            await asyncio.sleep(faults.slow)
        if kind == "reset" and request.transport:
            request.transport.abort()
        response = await handler(request)
        if kind in ("cut", "short") and isinstance(response, web.Response):
            return await _half(request, response, kind)
        return response

    return middleware


async def _half(request: web.Request, response: web.Response, kind: str) -> web.StreamResponse:
    """Half of the answer: as if that were all ("short"), or with the connection cut ("cut")."""
    assert isinstance(response.body, bytes)
    half = response.body[: len(response.body) // 2]
    if kind == "short":
        return web.Response(body=half, content_type="application/json")
    stream = web.StreamResponse(headers={"Content-Length": str(len(response.body))})
    await stream.prepare(request)
    await stream.write(half)
    if request.transport:
        request.transport.abort()
    return stream
