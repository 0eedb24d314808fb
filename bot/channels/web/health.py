"""For those who look after the machine: is it alive, is it ready, what does it measure."""

from aiohttp import web

from bot.channels.web.site import SITE
from bot.metrics import CONTENT_TYPE


async def alive(request: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="alive\n")


async def ready(request: web.Request) -> web.Response:
    """The database can be written to. (Knowledge and directory are loaded before the port opens.)

    Otherwise the guard answers 503.
    """
    await request.app[SITE].service.ready()
    return web.Response(text="ready\n")


async def metrics(request: web.Request) -> web.Response:
    """Everything measured, for Prometheus."""
    return web.Response(body=request.app[SITE].metrics.page(), headers={"Content-Type": CONTENT_TYPE})
