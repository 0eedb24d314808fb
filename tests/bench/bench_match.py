"""Finding who can help, CPU a match, over made-up directories of three sizes.

"First asked" is a question that nobody has asked of this directory today; "asked again" is one whose
field is remembered, as it is for every further page and every change of mind. The peer is PostgreSQL's
PostGIS, asked for the twelve nearest of the same offers (wall time, no ranking, no reasons), in an
otherwise unused database named by ``BENCH_POSTGIS_URL``.
"""

import asyncio
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import cycle
from time import perf_counter
from zoneinfo import ZoneInfo

import asyncpg  # type: ignore[import-untyped]

from knowledge.load import load_atlas, load_catalog
from referral.directory.index import Directory, Memory
from referral.match import match
from referral.model import Offer, Request
from tests.bench.synthetic import offers, requests
from tests.bench.table import Row, microseconds

AIMS = {500: 100, 22_000: 150, 1_000_000: 400}
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
ASKED = 500
POSTGIS = "BENCH_POSTGIS_URL"


def rows() -> Iterable[Row]:
    """Two figures for each size."""
    catalog, atlas = load_catalog(), load_atlas()
    asked = requests(ASKED, catalog, atlas)
    for count, aim in AIMS.items():
        supply = tuple(offers(count, catalog, atlas))
        directory = Directory.of(supply, atlas)
        for request in asked:  # Shelves are put up, and opening hours are read, when they are first needed.
            match(request, directory, NOW)
        peer = _postgis(supply, asked)
        for what, forget in (("first asked", True), ("asked again", False)):
            taken = microseconds(_asking(asked, directory, forget), ASKED, rounds=5)
            yield Row(f"match, {count:,} offers, {what}", f"{taken:.0f} µs", peer, "", f"at most {aim} µs")


def _asking(asked: tuple[Request, ...], directory: Directory, forget: bool) -> Callable[[], object]:
    turn = cycle(asked)

    def ask() -> object:
        if forget:
            directory.memory = Memory()
        return match(next(turn), directory, NOW)

    return ask


def _postgis(supply: tuple[Offer, ...], asked: tuple[Request, ...]) -> str:
    url = os.environ.get(POSTGIS, "")
    if not url:
        return f"no PostGIS ({POSTGIS} is not set)"
    try:
        return f"PostGIS {asyncio.run(_nearest_there(url, supply, asked)):.0f} µs"
    except (asyncpg.PostgresError, OSError) as error:
        return f"no PostGIS ({type(error).__name__})"


async def _nearest_there(url: str, supply: tuple[Offer, ...], asked: tuple[Request, ...]) -> float:
    """Microseconds a query, over a temporary table with an index on needs and one on places."""
    server = await asyncpg.connect(url)
    try:
        await server.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        await server.execute("CREATE TEMP TABLE loose (id text, needs text[], lat float8, lon float8)")
        places = ((one.id, list(one.needs), *one.point) for one in supply if one.point)
        await server.copy_records_to_table("loose", records=places)
        await server.execute(
            "CREATE TEMP TABLE offers AS SELECT id, needs, ST_MakePoint(lon, lat)::geography AS place FROM loose;"
            "CREATE INDEX ON offers USING gist (place); CREATE INDEX ON offers USING gin (needs); ANALYZE offers"
        )
        query = await server.prepare(
            "SELECT id FROM offers WHERE needs @> $1::text[] "
            "ORDER BY place <-> ST_MakePoint($2, $3)::geography LIMIT 12"
        )
        located = [request for request in asked if request.point]
        began = perf_counter()
        for request in located:
            lat, lon = request.point or (0.0, 0.0)
            await query.fetch([request.needs[0]], lon, lat)
        return (perf_counter() - began) / len(located) * 1e6
    finally:
        await server.close()
