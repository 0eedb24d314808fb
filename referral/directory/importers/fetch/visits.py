"""Visiting the web addresses that offers show: a HEAD, a GET where that does not say enough, and no more.

The addresses come from registers and from people, so they may say anything: only the open internet is
visited, never a machine of our own network, whatever a name or a redirect says.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urljoin, urlsplit

from aiohttp import (
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver, ResolveResult

from referral.directory.importers.fetch.address import SCHEMES, is_public
from referral.directory.links import Heard, by_host, says_enough

HOST_PACE = 2.0
"""Seconds between two visits to one host, as a slow reader would make them."""

HOSTS_AT_ONCE = 8
PATIENCE = 20.0
MOST_REDIRECTS = 8
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Asker = Callable[[str, str], Awaitable[Heard]]
"""A method and an address -> what is heard."""


class _Public(AbstractResolver):
    """Looks names up, and finds only addresses of the open internet."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = [one for one in await self._resolver.resolve(host, port, family) if is_public(one["host"])]
        if not found:
            raise OSError(None, f"{host} is not on the open internet")
        return found

    async def close(self) -> None:
        await self._resolver.close()


@asynccontextmanager
async def open_visitor(agent: str, *, anywhere: bool = False) -> AsyncIterator[Asker]:
    """What asks once and follows redirects. ``anywhere`` also visits this machine and its network."""
    patience = ClientTimeout(total=PATIENCE, sock_connect=PATIENCE / 2)
    connector = TCPConnector(limit=HOSTS_AT_ONCE, resolver=None if anywhere else _Public())
    async with ClientSession(
        headers={"User-Agent": agent, "Accept": "text/html, */*;q=0.5"},
        timeout=patience,
        connector=connector,
        trust_env=True,
    ) as session:

        async def ask(method: str, url: str) -> Heard:
            try:
                return await _heard(session, method, url, anywhere)
            except TimeoutError:
                return Heard(0, "timeout")
            except ClientSSLError:
                return Heard(0, "certificate")
            except ClientConnectorDNSError:
                return Heard(0, "no such host")
            except ClientConnectorError:
                return Heard(0, "no connection")
            except (ClientError, OSError, ValueError):
                return Heard(0, "connection cut")

        yield ask


async def _heard(session: ClientSession, method: str, url: str, anywhere: bool) -> Heard:
    for _ in range(MOST_REDIRECTS):
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in SCHEMES or not host:
            return Heard(0, "not a web address")
        if not anywhere and not is_public(host):
            return Heard(0, "not on the open internet")
        async with session.request(method, url, allow_redirects=False) as response:
            if response.status not in _REDIRECTS or "Location" not in response.headers:
                return Heard(response.status)
            url = urljoin(url, response.headers["Location"])
    return Heard(0, "round and round")


async def visited(
    urls: Iterable[str],
    ask: Asker,
    tell: Callable[[int], None],
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Mapping[str, Heard]:
    """What each address answers. One host is asked for one thing at a time, unhurriedly; ``tell`` is told
    how many are done."""
    heard: dict[str, Heard] = {}
    room = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def host(addresses: tuple[str, ...]) -> None:
        for url in addresses:
            async with room:
                found = await ask("HEAD", url)
            await wait(HOST_PACE)
            if not says_enough(found):
                async with room:
                    found = await ask("GET", url)
                await wait(HOST_PACE)
            heard[url] = found
            tell(len(heard))

    async with asyncio.TaskGroup() as hosts:
        for addresses in by_host(urls).values():
            hosts.create_task(host(addresses))
    return heard
