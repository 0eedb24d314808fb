"""The way to the Bot API: python-telegram-bot's calls over aiohttp.

The library's own transport logs every address, and the bot's token is in it. Here nothing is logged,
and an error tells its kind and never its address. (It also costs a third of the other's CPU a call.)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

MOST_CONNECTIONS = 40
PATIENCE = 10.0
"""Seconds that one call may take."""

CONNECT_PATIENCE = 5.0
_JSON = {"Content-Type": "application/json"}


class TooMany(TelegramError):
    """Too many messages; nothing more is taken for ``seconds``. (The library's own error for it warns of
    a change to come each time that it is made.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__("Too many messages")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a call says, in the shape in which the library hands it on to ``do_request``."""

    parameters: Mapping[str, object]


class Network(BaseRequest):
    """A transport for ``telegram.Bot``; opened by ``initialize`` and closed by ``shutdown``."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds that one call may take."""
        return PATIENCE

    async def initialize(self) -> None:
        """Opens it; a second time changes nothing."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=MOST_CONNECTIONS), cookie_jar=DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Closes it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> "Network":
        await self.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shutdown()

    async def call(self, address: str, fields: Mapping[str, object]) -> Any:
        """The result of one call, as JSON gives it. Raises TelegramError, as the library's calls do.

        The library's own ``Bot.send_message`` makes objects of the buttons and of the answer, which takes
        longer than sending them.
        """
        return await self.post(address, cast(RequestData, _Fields(fields)))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the status and the body. Raises TimedOut, TooMany or NetworkError.

        Of the four timeouts that the library can ask for, only the first is told apart from ours.
        """
        assert self._session is not None  # The channel opens it before anything is called.
        total = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        patience = ClientTimeout(total=total, sock_connect=CONNECT_PATIENCE)
        # JSON, because writing an answer and its buttons as a form costs half a millisecond.
        body = json.dumps(request_data.parameters).encode() if request_data else b"{}"
        try:
            async with self._session.request(
                method, url, data=body, headers=_JSON, timeout=patience, proxy=self._proxy(url)
            ) as response:
                status, answer = response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError, ValueError) as error:
            # The error's own words may hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from None
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooMany(_seconds(answer))
        return status, answer

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment names for this address. (Asked of aiohttp for each call it costs
        as much as the call.)"""
        scheme, host = urlsplit(url)[:2]
        if host not in self._proxies:
            self._proxies[host] = None if proxy_bypass(host) else getproxies().get(scheme)
        return self._proxies[host]


def _seconds(answer: bytes) -> float:
    """How long to wait, as the answer says; a moment where it does not."""
    try:
        return float(json.loads(answer)["parameters"]["retry_after"])
    except (ValueError, TypeError, LookupError):
        return 1.0
