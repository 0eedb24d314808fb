"""The directory in its database: read whole, swapped while the service answers, imported twice.

A twentieth of the made-up offers come from a second source, so that twins are looked for as well. The
pause is the longest time that the event loop was late while a new directory was read, built and swapped;
the peer is how late it is while nothing happens.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from bot import logs
from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas
from referral.directory.current import Current
from referral.directory.importers.imported import Imported
from referral.directory.index import Directory
from referral.migrations import upgrade
from referral.model import Offer
from referral.store.database import Database, open_database
from referral.store.directory import read_edition
from referral.store.imports import Delivery, compared, take_in
from referral.store.revision import raise_it
from referral.store.watch import refresh
from tests.bench.synthetic import offers
from tests.bench.table import Row

COUNT = 22_000
DAY = date(2026, 11, 23)
TICK = 0.001
ROUNDS = 3


def rows() -> Iterable[Row]:
    """Six figures."""
    logs.configure("ERROR", sys.stderr)  # Each swap is logged, which is no figure.
    with tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(_rows(f"sqlite:///{folder}/bench.sqlite3"))


async def _rows(url: str) -> list[Row]:
    catalog, atlas = load_catalog(), load_atlas()
    supply = [_own_words(number, one) for number, one in enumerate(offers(COUNT, catalog, atlas))]
    found = []
    async with open_database(url) as database:
        await upgrade(database)
        few = COUNT // 20
        first = await _taken(database, "kirkanta", supply[:few]) + await _taken(database, "ptv", supply[few:])
        again = await _taken(database, "kirkanta", supply[:few]) + await _taken(database, "ptv", supply[few:])
        found.append(Row(f"import, {COUNT:,} offers, all new", f"{first:.1f} s", "", "", ""))
        found.append(Row("import again, nothing changed", f"{again:.1f} s", "", "", ""))
        taken = min([await _read(database, atlas) for _ in range(ROUNDS)])
        found.append(Row(f"read and build, {COUNT:,} offers", f"{taken:.2f} s", "", "", "less than 3 s"))
        found += await _swaps(database, url, atlas)
    return found


def _own_words(number: int, offer: Offer) -> Offer:
    """With a name, an address and a way to get in touch of its own, as real offers have."""
    return replace(
        offer,
        names={"fi": f"Paikka {number}"},
        descriptions={"fi": f"Apua laitteiden kanssa, paikka {number}.", "sv": "Hjälp med apparater."},
        street=f"Katu {number % 997}",
        phone=f"040 {number}",
        url=f"https://apu.example/{number}",
    )


async def _taken(database: Database, kind: str, supply: list[Offer]) -> float:
    began = perf_counter()
    delivery = Delivery(kind, kind, Imported(tuple(supply), ()), DAY)
    found = await database.read(partial(compared, delivery=delivery))
    await database.write(partial(take_in, delivery=delivery, found=found))
    return perf_counter() - began


async def _read(database: Database, atlas: Atlas) -> float:
    began = perf_counter()
    await database.read(partial(read_edition, atlas=atlas, today=DAY))
    return perf_counter() - began


async def _swaps(database: Database, url: str, atlas: Atlas) -> list[Row]:
    current = Current.of(Directory.of((), atlas))
    late: list[float] = []
    ticking = asyncio.create_task(_tick(late))
    await asyncio.sleep(0.5)
    idle = max(late)
    seconds, pauses = [], []
    for _ in range(ROUNDS):
        await database.write(raise_it)
        late.clear()
        began = perf_counter()
        await refresh(database, url, current, atlas, DAY)
        await asyncio.sleep(0.1)
        seconds.append(perf_counter() - began)
        pauses.append(max(late))
    ticking.cancel()
    nothing = f"idle {idle * 1000:.1f} ms"
    return [
        Row("swap, from a changed revision", f"{min(seconds):.1f} s", "", "", "5 s with the looking"),
        Row("longest pause while swapping", f"{min(pauses) * 1000:.0f} ms", nothing, "", ""),
        Row("memory of the process", f"{_memory():.0f} MB", "", "", ""),
    ]


async def _tick(late: list[float]) -> None:
    last = perf_counter()
    while True:
        await asyncio.sleep(TICK)
        now = perf_counter()
        late.append(now - last - TICK)
        last = now


def _memory() -> float:
    """Megabytes, the made-up offers themselves included."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
