"""The one thing in the importers that asks over HTTP: politely, a question at a time.

Everything that is decided here is decided elsewhere: what to ask (``itinerary``), what to do when there is
no answer (``patience``), which addresses (``address``). Here it is only done.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    TCPConnector,
)

from referral.directory.importers.fetch.address import onward
from referral.directory.importers.fetch.folder import Run
from referral.directory.importers.fetch.itinerary import NOTHING, Ask, Itinerary
from referral.directory.importers.fetch.patience import Failure, GiveUp, Trouble, seconds_asked, verdict
from referral.directory.importers.rejected import Unfit

PACE = 0.2
"""Seconds from one question's beginning to the next: five a second at most. The registers are shared by
all; the largest, 22,000 services, still comes in a minute or two."""

PATIENCE = 60.0
"""Seconds without a byte before an answer is given up."""

CONNECT_PATIENCE = 10.0
MOST_SECONDS = 300.0
MOST_BYTES = 64 * 1024 * 1024
"""A page of a hundred records is two to four megabytes; more is a mistake, or somebody's joke."""

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024


class NoAnswer(Exception):
    """A source that does not answer; the message says what to do. ``code`` is for machines."""

    def __init__(self, given_up: GiveUp) -> None:
        super().__init__(given_up.sentence)
        self.code = given_up.code


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a journey is: pages here (``kept`` of them from before), pages ahead as far as known, bytes.

    ``waiting`` are the seconds until the next try where the source did not answer, else 0.
    """

    here: int = 0
    kept: int = 0
    ahead: int = 0
    size: int = 0
    waiting: float = 0.0


class Asker(Protocol):
    """Asks for one address, once."""

    async def __call__(self, address: str) -> bytes | Failure: ...


@asynccontextmanager
async def open_asker(
    agent: str,
    headers: Mapping[str, str] | None = None,
    pace: float = PACE,
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Asker]:
    """An asker that introduces itself as ``agent`` and keeps to one question at a time, ``pace`` seconds
    apart. ``headers`` (a key) go to the hosts that are asked for, and redirects stay on those."""
    told = {"User-Agent": agent, "Accept": "application/json", **(headers or {})}
    patience = ClientTimeout(total=MOST_SECONDS, sock_connect=CONNECT_PATIENCE, sock_read=PATIENCE)
    connector = TCPConnector(limit=1)
    next_at = 0.0
    async with ClientSession(headers=told, timeout=patience, connector=connector, trust_env=True) as session:

        async def ask(address: str) -> bytes | Failure:
            nonlocal next_at
            await wait(max(next_at - time.monotonic(), 0.0))
            next_at = time.monotonic() + pace
            return await _asked(session, address)

        yield ask


async def _asked(session: ClientSession, address: str) -> bytes | Failure:
    """One question, with the redirects that stay on its host."""
    try:
        for _ in range(MOST_REDIRECTS):
            async with session.get(address, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await _answer(response)
                location = response.headers.get("Location", "")
                following = onward(address, location)
                if following is None:
                    return Failure(Trouble.ELSEWHERE, response.status, detail=location[:200])
                address = following
        return Failure(Trouble.ELSEWHERE, detail="round and round")
    except TimeoutError:
        return Failure(Trouble.TIMEOUT)
    except ClientSSLError:
        return Failure(Trouble.CERTIFICATE)
    except ClientConnectorError as error:
        return Failure(Trouble.UNREACHABLE, detail=type(error).__name__)
    except (ClientError, OSError, ValueError) as error:
        return Failure(Trouble.CUT, detail=type(error).__name__)


async def _answer(response: ClientResponse) -> bytes | Failure:
    if response.status != HTTPStatus.OK:
        after = seconds_asked(response.headers.get("Retry-After", ""), datetime.now(UTC))
        return Failure(Trouble.STATUS, response.status, after)
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            return Failure(Trouble.TOO_LARGE)
    return bytes(content)


async def travel(
    itinerary: Itinerary,
    run: Run,
    ask: Asker,
    tell: Callable[[Progress], None],
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> tuple[str, ...]:
    """Asks for every page that is not in the run's folder yet; gives the names of those with records.

    Raises NoAnswer where the source gives none after all. What has come by then is in the folder.
    """
    names: list[str] = []
    progress = Progress()
    while wanted := itinerary.ask:
        content, following = _kept(itinerary, run.page(wanted.file))
        is_kept = following is not None
        if content is None or following is None:
            content, following = await _insisted(itinerary, wanted, ask, _waiting(progress, tell, wait))
            await asyncio.to_thread(run.keep, wanted.file, content)
        itinerary = following
        if wanted.has_records:
            names.append(wanted.file)
        progress = Progress(
            progress.here + 1, progress.kept + is_kept, itinerary.ahead, progress.size + len(content)
        )
        tell(progress)
    return tuple(names)


def _kept(itinerary: Itinerary, content: bytes | None) -> tuple[bytes | None, Itinerary | None]:
    """The page that came earlier and what follows from it; a page that the disk has spoilt is none."""
    if content is None:
        return None, None
    try:
        return content, itinerary.answered(content)
    except Unfit:
        return None, None


async def _insisted(
    itinerary: Itinerary, wanted: Ask, ask: Asker, wait: Callable[[float], Awaitable[None]]
) -> tuple[bytes, Itinerary]:
    """The page and what follows from it, asked for until it comes whole. Raises NoAnswer."""
    tries = 0
    while True:
        tries += 1
        answer = await ask(wanted.address)
        if isinstance(answer, Failure) and wanted.may_be_gone and answer.status in (404, 410):
            answer = NOTHING
        if isinstance(answer, bytes):
            try:
                return answer, itinerary.answered(answer)
            except Unfit as unfit:
                answer = Failure(Trouble.UNREADABLE, detail=unfit.reason)
        following = verdict(answer, tries)
        if isinstance(following, GiveUp):
            raise NoAnswer(following)
        await wait(following.seconds)


def _waiting(
    progress: Progress, tell: Callable[[Progress], None], wait: Callable[[float], Awaitable[None]]
) -> Callable[[float], Awaitable[None]]:
    async def waiting(seconds: float) -> None:
        tell(Progress(progress.here, progress.kept, progress.ahead, progress.size, seconds))
        await wait(seconds)

    return waiting
