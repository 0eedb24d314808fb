"""Telegram calls us: a route of the web server that answers 200 once the turn is committed."""

import asyncio
import hmac
import json
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot

from bot.channels.telegram.hearing import CHANNEL, UPDATES
from bot.channels.telegram.receiver import Receiver

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1024 * 1024
"""An update with another one quoted in it, written in escapes, can pass the limit of the other pages;
one that is refused is sent again and again, and holds up its chat."""

BODY_SECONDS = 30
CALLS_AT_ONCE = 40

_LOG = structlog.get_logger("digituki.telegram")


def path(address: str) -> str:
    """The path of the webhook's public address; "/telegram" where it has none."""
    return urlsplit(address).path.rstrip("/") or "/telegram"


def public(address: str) -> str:
    """The whole address that Telegram is told."""
    return urlsplit(address)._replace(path=path(address)).geturl()


def route(receiver: Receiver, address: str, secret: str) -> web.RouteDef:
    """The route. Without the secret it is as if there were nothing here."""

    async def handle(request: web.Request) -> web.Response:
        told = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(told, secret.encode()):
            raise web.HTTPNotFound
        await receiver.receive([_update(await _body(request))])
        return web.Response()

    return web.post(path(address), handle)


async def register(bot: Bot, address: str, secret: str) -> None:
    """Tells Telegram where to call; what waits there is kept. Raises TelegramError."""
    await bot.set_webhook(
        public(address),
        secret_token=secret,
        allowed_updates=UPDATES,
        max_connections=CALLS_AT_ONCE,
        drop_pending_updates=False,
    )
    _LOG.info("webhook set", channel=CHANNEL)


async def _body(request: web.Request) -> bytes:
    """The body, as far as ``MOST_BYTES``; more than that is no update."""
    body = bytearray()
    async with asyncio.timeout(BODY_SECONDS):
        async for chunk in request.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > MOST_BYTES:
                return b""
    return bytes(body)


def _update(body: bytes) -> object:
    """What is not JSON is set aside like any other update that cannot be read."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
