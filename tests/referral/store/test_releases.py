"""Months close once, in order, and what comes in late is counted in the next one."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import partial
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from referral.demand.classes import Rule
from referral.demand.counters import Increment
from referral.demand.period import last_closed, next_month, quarter_of
from referral.store.database import Database, StoreUnavailable
from referral.store.demand import demand_rows, raise_counters
from referral.store.releases import StoredRelease, close_months, find_release, releases
from tests.referral.demand.invented import FRAME, Event, counters, event, months


async def ask(database: Database, month: str, times: int = 1) -> None:
    asked = [Increment("demand_by_municipality_need", month, ("011", "a1"))] * times
    await database.write(lambda connection: raise_counters(connection, asked))


def increments(events: Iterable[Event]) -> tuple[Increment, ...]:
    """What ``events`` raise, in the tables by month."""
    raised = (
        (table, month, codes, count)
        for (table, month), counts in counters(events).items()
        for codes, count in counts.items()
    )
    return tuple(
        Increment(table, month, codes)
        for table, month, codes, count in raised
        if len(month) == 7
        for _ in range(count)
    )


async def close(database: Database, last: str, k: int = 5) -> tuple[StoredRelease, ...]:
    return await database.write(partial(close_months, last=last, frame=FRAME, rule=Rule(k)))


async def counted(database: Database) -> dict[str, int]:
    return {row.period: row.count for row in await database.read(demand_rows)}


async def test_nothing_counted_is_nothing_released(database: Database) -> None:
    assert await close(database, "2026-11") == ()


async def test_months_close_in_order_with_the_quarter_and_the_year_they_end(database: Database) -> None:
    await ask(database, "2025-11", 20)
    new = await close(database, "2026-01")
    assert [(one.kind, one.period) for one in new] == [
        ("month", "2025-11"),
        ("month", "2025-12"),
        ("quarter", "2025-Q4"),
        ("public", "2025-Q4"),
        ("year", "2025"),
        ("month", "2026-01"),
    ]
    assert all(hashlib.sha256(one.content).hexdigest() == one.sha256 for one in new)
    assert await database.read(releases) == tuple(sorted(new, key=lambda one: (one.kind, one.period)))


async def test_late_requests_change_nothing_released_and_are_counted_next_month(database: Database) -> None:
    await ask(database, "2025-01", 20)
    before = await close(database, "2025-01")
    for _ in range(5):
        await ask(database, "2025-01", 3)
        await ask(database, "2024-12")
        assert await close(database, "2025-01") == ()
        assert await database.read(releases) == before
    assert await counted(database) == {"2025-01": 20, "2025-02": 20}
    after = await close(database, "2025-03")
    assert {one.kind for one in after} == {"month", "quarter", "public"}
    assert await database.read(partial(find_release, kind="month", period="2025-01")) == before[0]


async def test_500_late_events_of_every_kind_move_no_byte_that_is_out(database: Database) -> None:
    """Whatever comes in for months that are closed, one by one and in any order, in every table."""
    chance, over = Random(500), months("2025-01", 4)
    events = [event(chance, chance.choice(over)) for _ in range(200)]
    await database.write(partial(raise_counters, increments=increments(events)))
    before = await close(database, "2025-03")
    assert {one.kind for one in before} == {"month", "quarter", "public"}
    told = await database.read(releases)
    for first in range(0, 500, 50):
        late = [event(chance, chance.choice(over[:3])) for _ in range(50)]
        for one in late:
            await database.write(partial(raise_counters, increments=increments([one])))
        assert await close(database, "2025-03") == ()
        assert await database.read(releases) == told, first
    rows = [row for row in await database.read(demand_rows) if row.table == "demand_by_municipality_need"]
    april = sum(one["month"] == "2025-04" for one in events)
    assert sum(row.count for row in rows if row.period == "2025-04") == april + 500


async def test_a_year_counts_on(database: Database) -> None:
    """Counters of a year are not released, and a released month does not close them."""
    await ask(database, "2025-01")
    await close(database, "2025-01")
    yearly = [Increment("demand_by_region_group_language", "2025", ("01", "a", "fi"))]
    await database.write(lambda connection: raise_counters(connection, yearly))
    assert (await counted(database))["2025"] == 1


async def test_a_release_cannot_be_written_twice(database: Database) -> None:
    await ask(database, "2025-01")
    await close(database, "2025-01")
    again = text("INSERT INTO releases (kind, period, sha256, content) VALUES ('month', '2025-01', '', '')")
    with pytest.raises((IntegrityError, StoreUnavailable)):
        await database.write(lambda connection: connection.execute(again))


async def test_k_stays_the_same_within_a_year(database: Database) -> None:
    await ask(database, "2025-11", 20)
    await close(database, "2025-11", k=5)
    new = await close(database, "2026-01", k=10)
    assert ['"k":5' in one.content.decode() for one in new if one.kind == "month"] == [True, False]


async def test_a_release_that_is_not_there_is_none(database: Database) -> None:
    assert await database.read(partial(find_release, kind="month", period="2025-01")) is None


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 4), "2026-09"),
        (date(2026, 11, 5), "2026-10"),
        (date(2027, 1, 4), "2026-11"),
        (date(2027, 1, 5), "2026-12"),
        (date(2027, 2, 1), "2026-12"),
    ],
)
def test_a_month_closes_on_the_fifth(today: date, month: str) -> None:
    assert last_closed(today) == month


def test_months_and_quarters_follow_each_other() -> None:
    assert [next_month(one) for one in ("2026-09", "2026-11", "2026-12")] == ["2026-10", "2026-12", "2027-01"]
    assert [quarter_of(f"2026-{n:02}") for n in (1, 3, 4, 12)] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]
