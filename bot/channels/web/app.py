"""The web chat: its routes, and the one place where its port is opened and closed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from aiohttp import web

from bot.channels.web import api, health, pages
from bot.channels.web.connection import HEADER_PATIENCE, connections
from bot.channels.web.site import SITE, Site
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues
from referral.web import assets
from referral.web.guard import guard, set_headers
from referral.web.pace import Pace
from referral.web.page import refused
from referral.web.refusal import Refusal
from referral.web.room import Room
from referral.web.shell import SHELL, Operator, Shell

MOST_BYTES = 64 * 1024
"""The largest body that is read."""

BODY_PATIENCE = 30.0
"""Seconds for the body of a request to come in, and again for its answer to be taken."""

CLOSING_PATIENCE = 5.0
"""Seconds that open exchanges have to end when the channel closes."""


def application(
    site: Site, pace: Pace, others: tuple[web.RouteDef, ...] = (), rooms: tuple[Room, ...] = ()
) -> web.Application:
    """The routes and their guard, not yet listening. ``others`` are those of other channels: machines
    call them, each with its own secret, and their pace is not ours to limit. ``rooms`` are the other
    parts of the site."""

    def explain(request: web.Request, refusal: Refusal) -> web.Response:
        if request.path.startswith("/api/"):
            return api.explain(refusal)
        for room in rooms:
            if room.explain and f"{request.path}/".startswith(f"{room.prefix}/"):
                return room.explain(request, refusal)
        return refused(request, refusal)

    watch = guard(explain, pace, site.shell.patience, frozenset(route.path for route in others))
    app = web.Application(middlewares=[watch], client_max_size=MOST_BYTES)
    app[SITE] = site
    app[SHELL] = site.shell
    app.on_response_prepare.append(set_headers)
    app.add_routes(
        [
            web.get("/", pages.start),
            web.post("/", pages.turn),
            web.post("/api/chat", api.chat),
            web.get("/about", pages.about),
            web.get("/privacy", pages.privacy),
            web.get("/accessibility", pages.accessibility),
            web.get("/static/{name}", pages.static),
            web.get("/healthz", health.alive),
            web.get("/readyz", health.ready),
            web.get("/metrics", health.metrics),
            *others,
            *(route for room in rooms for route in room.routes),
        ]
    )
    app.cleanup_ctx.extend(partial(_running, room.beside) for room in rooms if room.beside)
    return app


async def _running(beside: Callable[[], Awaitable[None]], app: web.Application) -> AsyncIterator[None]:
    """Runs what a room does beside its pages, for as long as ``app`` does."""
    task = asyncio.ensure_future(beside())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def open(
    service: Service,
    catalogues: Catalogues,
    metrics: Metrics,
    operator: Operator,
    attributions: tuple[str, ...],
    host: str = "127.0.0.1",
    port: int = 8080,
    header_patience: float = HEADER_PATIENCE,
    body_patience: float = BODY_PATIENCE,
    others: tuple[web.RouteDef, ...] = (),
    rooms: tuple[Room, ...] = (),
) -> AsyncIterator[str]:
    """The web chat, listening on ``host`` and ``port`` (0 for any free one); gives its address.

    ``others`` are the routes of other channels on the same server, ``rooms`` the other parts of the site.

    Raises OSError when the port cannot be had. On leaving, nothing new is taken, and exchanges that have
    begun get ``CLOSING_PATIENCE`` seconds to end.
    """
    files = assets.load("bot.channels.web", *(room.files for room in rooms if room.files))
    entrances = tuple(entrance for room in rooms for entrance in room.entrances)
    site = Site(service, metrics, Shell(catalogues, operator, attributions, files, body_patience, entrances))
    loop = asyncio.get_running_loop()
    app = application(site, Pace(loop.time), others, rooms)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_PATIENCE)
    await runner.setup()
    try:
        assert runner.server is not None  # It is there after ``setup``.
        server = await loop.create_server(connections(runner.server, header_patience), host, port)
        try:
            bound = server.sockets[0].getsockname()[1]
            yield f"http://{f'[{host}]' if ':' in host else host}:{bound}/"
        finally:
            server.close()
    finally:
        await runner.cleanup()
