"""One connection of a browser, with the patience that aiohttp lacks.

aiohttp closes a connection that waits for a request only after ``keepalive_timeout``, which is an hour by
default and so never comes in time for a client that sends its headers a byte a minute. Its timer starts
when the connection opens and is not moved by bytes that come in, so a short timeout drops idle and
slow-header clients alike. The body and the answer have a patience of their own (``Site.patience``).
"""

import asyncio
from collections.abc import Callable
from typing import cast

import structlog
from aiohttp import web

from referral.web.guard import HEADERS, NO_STORE

_LOG = structlog.get_logger("digituki.web")

HEADER_PATIENCE = 10.0
"""Seconds that a client has for the request line and headers, and may be idle between requests."""

MOST_CONNECTIONS = 1000
_LINGER = 2.0
"""Seconds that the rest of a refused body is read, so that the client gets to see the refusal."""


class Connection(web.RequestHandler):
    """aiohttp's own, but a request that cannot be parsed gets our headers and leaves no trace in a log."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The answer to a request that never reached a page. aiohttp's would echo what was sent and log
        the address."""
        _LOG.info("unreadable request", status=status, error=type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("An answer was begun already.")
        response = _Bare(
            status=status, text="The request could not be read.\n", headers={**HEADERS, **NO_STORE}
        )
        response.force_close()
        return response


class _Bare(web.Response):
    """A response without a banner: the signal that removes it elsewhere does not reach unparsed requests."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class _Full(asyncio.Protocol):
    """Closes at once: there are too many connections already."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).abort()


def connections(
    server: web.Server, header_patience: float = HEADER_PATIENCE, most: int = MOST_CONNECTIONS
) -> Callable[[], asyncio.Protocol]:
    """What asyncio calls for each new connection to ``server``."""
    loop = asyncio.get_running_loop()

    def connect() -> asyncio.Protocol:
        if len(server.connections) >= most:
            return _Full()
        return Connection(
            server,
            loop=loop,
            keepalive_timeout=header_patience,
            lingering_time=_LINGER,
            access_log=None,  # type: ignore[arg-type]  # None is how aiohttp itself turns the log off.
        )

    return connect
