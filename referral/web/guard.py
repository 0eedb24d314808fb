"""What stands between the network and the pages: headers, origins, pace, time, and kind errors.

Every answer passes here, the refusals included. Addresses are counted in memory to slow down floods and
are never written anywhere; what a client sent is never logged.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from referral.fault import where
from referral.store.database import StoreUnavailable
from referral.web import words
from referral.web.pace import Pace
from referral.web.refusal import BadInput, Explain, Refusal

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_STORE = {"Cache-Control": "no-store"}

_LOG = structlog.get_logger("digituki.web")


_BY_STATUS = {
    404: Refusal(404, "not_found", words.NOT_FOUND),
    405: Refusal(405, "not_allowed", words.NOT_ALLOWED),
    413: Refusal(413, "too_large", words.TOO_LARGE),
}
FOREIGN = Refusal(403, "foreign_origin", words.FOREIGN)
TOO_FAST = Refusal(429, "too_fast", words.TOO_FAST)
TOO_SLOW = Refusal(408, "too_slow", words.TOO_SLOW)
BUSY = Refusal(503, "store_unavailable", words.BUSY)
FAULT = Refusal(500, "fault", words.FAULT)


def guard(explain: Explain, pace: Pace, patience: float, unpaced: frozenset[str] = frozenset()) -> Middleware:
    """The middleware. ``patience`` is how many seconds a client may take to receive an answer; the pace
    of what comes to the paths ``unpaced`` is not limited."""

    @web.middleware
    async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
        paced = pace if request.path not in unpaced else None
        response = await _respond(request, handler, explain, paced)
        try:
            async with asyncio.timeout(patience):
                with suppress(ConnectionError):  # The client has gone: there is nobody to tell.
                    await response.prepare(request)
                    await response.write_eof()
        except TimeoutError:
            if request.transport is not None:
                request.transport.abort()
        return response

    return watch


async def _respond(
    request: web.Request, handler: Handler, explain: Explain, pace: Pace | None
) -> web.StreamResponse:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        if not own_origin(request):
            return explain(request, FOREIGN)
        if pace is not None and not pace.allows(peer(request)):
            return explain(request, TOO_FAST)
    return await _kindly(request, handler(request), explain)


async def _kindly(
    request: web.Request, answering: Awaitable[web.StreamResponse], explain: Explain
) -> web.StreamResponse:
    """The answer, or a refusal in its place: no exception passes."""
    try:
        return await answering
    except BadInput as bad:
        return explain(request, Refusal(400, bad.code, words.UNREADABLE, str(bad)))
    except web.HTTPException as refused:
        if refused.status < 400:
            raise
        known = _BY_STATUS.get(refused.status)
        return explain(request, known or Refusal(refused.status, "refused", words.UNREADABLE))
    except web.RequestPayloadError:
        return explain(request, Refusal(400, "bad_body", words.UNREADABLE))
    except StoreUnavailable:
        return explain(request, BUSY)
    except TimeoutError:
        response = explain(request, TOO_SLOW)
        response.force_close()
        return response
    except Exception as fault:
        # A fault of ours: aiohttp would show a page that is not ours and log what was written.
        _LOG.error("fault in a page", **where(fault))
        return explain(request, FAULT)


def own_origin(request: web.Request) -> bool:
    """Whether a request that changes something comes from a page of ours, or from a program.

    Browsers tell by Sec-Fetch-Site (the newer ones) or Origin; programs send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def peer(request: web.Request) -> str:
    """Whose pace is counted: the address, or what a proxy on this machine says it is.

    "" for a program on this machine itself, which nobody needs to slow down.
    """
    remote = request.remote or ""
    if remote not in ("127.0.0.1", "::1", ""):
        return remote
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()[:45]


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal for every response: the security headers, no banner, nothing kept unless a page says so.

    A header that the answer has already stays: what is public may be read by other sites too.
    """
    for name, value in {**HEADERS, **NO_STORE}.items():
        response.headers.setdefault(name, value)
    response.headers.popall("Server", None)
