"""The situation picture: a page with a year of a million requests released, and supply against it.

The pages are asked for over loopback HTTP by a coordinator of the whole country, which is the longest one,
from a database that holds the year. Releases are read from their JSON, and the distances to 22,000 offers
reckoned, beside the pages after the start; a first view is that of somebody who comes when this is done.
"""

import asyncio
import gc
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from aiohttp import ClientSession, CookieJar

from bot.channels import web
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.accounts.roles import Assignment, Role
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.migrations import upgrade
from referral.store import accounts, sessions
from referral.store.database import open_database
from referral.web.coordinators import room
from tests.bench import synthetic
from tests.bench.bench_release import demand, year
from tests.bench.table import Row
from tests.bot.channels.played import Played, service_on
from tests.referral.situation.year import frame
from tests.referral.web.coordinators.situation.stored import store
from tests.world import known

REQUESTS = 1_000_000
OFFERS = 22_000
BEGUN_SECONDS = 4.0
"""After which the making ready has begun; it is over when a second costs next to no CPU."""

ROUNDS = 7
NOW = datetime(2027, 1, 8, 9, 30, tzinfo=HELSINKI)
PAGES = {
    "picture of a quarter": "/coordinators/situation?period=2026-Q4",
    "picture of a month": "/coordinators/situation?period=2026-12",
    "picture of a year": "/coordinators/situation?period=2026",
    "a region's year": "/coordinators/situation?period=2026&region=19",
    "demand against supply, a region": "/coordinators/situation/supply?period=2026&region=19",
    "demand against supply, all": "/coordinators/situation/supply?period=2026",
    "report of a region": "/coordinators/situation/report?period=2026&region=19",
}


def rows() -> Iterable[Row]:
    """For each page the milliseconds of wall time: the least of several, and the first view."""
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        async with open_database(f"sqlite:///{path / 'site.sqlite3'}") as database:
            await upgrade(database)
            await database.write(_fill)
            await store(database, year(demand(REQUESTS, frame(), known().atlas), frame()))
            offers = synthetic.offers(OFFERS, known().catalog, known().atlas)
            current = Current.of(Directory.of(offers, known().atlas))
            gc.freeze()  # As the service does once it has read its directory.
            pages = room(database, current, known().catalog, known().atlas, lambda: NOW)
            operator = web.Operator(as_written("Bench"), "")
            async with (
                service_on(path, Played(), Metrics()) as service,
                web.open(
                    service, Catalogues.load(), Metrics(), operator, (), port=0, rooms=(pages,)
                ) as address,
                ClientSession(
                    cookies={"digituki-session": "bench"}, cookie_jar=CookieJar(unsafe=True)
                ) as client,
            ):
                spent, slowest = await _made_ready(), (0.0, 0.0)
                for name, page in PAGES.items():
                    ask = partial(_asked, client, address.rstrip("/") + page)
                    first = await ask()
                    again = [await ask() for _ in range(ROUNDS)]
                    wall, cpu = (min(part) for part in zip(*again, strict=True))
                    said = f"{_said((wall, cpu))}, first view {_said(first)}"
                    slowest = max(slowest, first)
                    found.append(Row(name, said, "", "", "under 150 ms"))
                found.append(Row("slowest first view", _said(slowest), "", "", "under 150 ms"))
                found.append(Row("made ready beside the pages", f"{spent:.1f} s of CPU", "", "", ""))
    return found


def _said(spent: tuple[float, float]) -> str:
    wall, cpu = spent
    return f"{wall * 1000:.0f} ms (CPU {cpu * 1000:.0f})"


async def _made_ready() -> float:
    """Waits until the releases are read and the distances reckoned; gives the CPU seconds of it."""
    began = process_time()
    await asyncio.sleep(BEGUN_SECONDS)
    while True:
        before = process_time()
        await asyncio.sleep(1)
        if process_time() - before < 0.05:
            return process_time() - began


async def _asked(client: ClientSession, address: str) -> tuple[float, float]:
    """Seconds of wall time and of CPU (server and client together) for one page."""
    began, spent = perf_counter(), process_time()
    async with client.get(address) as answer:
        assert answer.status == 200, address
        assert len(await answer.read()) > 10_000
    return perf_counter() - began, process_time() - spent


def _fill(connection: Any) -> None:
    id = accounts.add(connection, "bench@example.org")
    accounts.set_secrets(connection, id, "-", "A" * 32, 0)
    accounts.assign(connection, id, Assignment(Role.NATIONAL, "", date(2026, 1, 1)))
    sessions.begin(connection, "bench", id, "form", int(NOW.timestamp()))
