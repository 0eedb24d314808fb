"""What the service counts, of whom, and for how long, over both databases."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.service import Service
from referral.store.database import Database
from referral.store.demand import demand_rows
from referral.store.schema import CONVERSATIONS
from tests import tiny
from tests.bot.told import counted, heard, remembered, words


async def test_demand_is_counted_by_the_tables_and_the_month(service: Service, database: Database) -> None:
    await service.hear(heard("a", "count kela 758 too_far no_supply"))
    found = {(row.table, row.period, row.values): row.count for row in await database.read(demand_rows)}
    assert found == {
        ("demand_by_municipality_need", "2026-11", ("758", "kela")): 1,
        ("demand_by_region_language", "2026-11", ("19", "fi")): 1,
        ("demand_by_region_outcome", "2026-11", ("19", "public_services", "any", "unmet")): 1,
        ("demand_by_region_group_language", "2026", ("19", "public_services", "fi")): 1,
        ("demand_by_asker_channel", "2026-11", ("19", "self", "web")): 1,
        ("unmet_by_region_reason", "2026-11", ("19", "public_services", "no_supply")): 1,
    }


async def test_a_month_ends_at_midnight_in_finland(
    service: Service, database: Database, clock: tiny.Clock
) -> None:
    clock.now = datetime(2026, 11, 30, 21, 59, tzinfo=UTC)
    await service.hear(heard("a", "count kela 758"))
    clock.now = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
    await service.hear(heard("b", "count tax 758"))
    months = {row.values[-1]: row.period for row in await database.read(demand_rows) if "need" in row.table}
    assert (months["kela"], months["tax"]) == ("2026-11", "2026-12")


async def test_one_conversation_moves_no_table_by_more_than_three(
    service: Service, database: Database, clock: tiny.Clock
) -> None:
    """However it repeats, edits and goes on: a thousand turns, some of them delivered twice."""
    deeds = ["count kela 758 no_supply too_far", "count tax 091", "count email 261 form", "count course 758"]
    deeds += ["miss", "helped", "fault", "hello"]
    for number in range(1000):
        await service.hear(heard(f"t{number - number % 3 // 2}", deeds[number % len(deeds)]))
    totals: Counter[str] = Counter()
    for row in await database.read(demand_rows):
        totals[row.table] += row.count
    assert totals["demand_by_municipality_need"] == 3
    assert totals["helped_by_region"] == 1
    assert totals["misses_by_language"] == 3
    assert max(totals.values()) == 3
    assert max((await counted(database)).values()) == 1


async def test_what_was_counted_is_remembered_beside_the_state(service: Service, database: Database) -> None:
    """A state of an older version cannot be read; the limits hold all the same."""
    await service.hear(heard("a", "count kela 758"))
    await database.write(lambda connection: connection.execute(CONVERSATIONS.update().values(state="{")))
    assert words(await service.hear(heard("b", "count kela 758"))) == "1: b"
    assert await counted(database) == {("758", "kela"): 1}


async def test_the_dialogue_is_told_what_was_counted(service: Service, database: Database) -> None:
    """Also a dialogue that begins anew, and so forgets it."""
    await service.hear(heard("a", "count kela 758"))
    await service.hear(heard("b", "count tax 758"))
    [state] = await remembered(database)
    assert state.counted == ("kela", "tax")


async def test_240_at_once_lose_no_count(service: Service, database: Database) -> None:
    turns = [heard("t", "count kela 758", conversation=f"c{number}") for number in range(240)]
    await asyncio.gather(*map(service.hear, turns))
    assert await counted(database) == {("758", "kela"): 240}


@pytest.mark.parametrize(
    ("words_heard", "rejected"),
    [("count no_such_need 758", "need"), ("count kela 999", "municipality")],
)
async def test_what_no_counter_may_hold_is_not_counted_but_answered(
    service: Service, database: Database, words_heard: str, rejected: str
) -> None:
    assert words(await service.hear(heard("a", words_heard))).startswith("Something went wrong here")
    assert not await counted(database)


async def test_counters_are_deleted_after_26_months(
    service: Service, database: Database, clock: tiny.Clock
) -> None:
    await service.hear(heard("a", "count kela 758"))
    clock.now = datetime(2029, 1, 31, 12, 0, tzinfo=UTC)
    await service.sweep()
    assert await counted(database) == {("758", "kela"): 1}
    clock.now = datetime(2029, 2, 1, 12, 0, tzinfo=UTC)
    await service.sweep()
    assert not await counted(database)
    assert await counted(database, "demand_by_region_group_language")
    clock.now = datetime(2029, 3, 1, 12, 0, tzinfo=UTC)
    await service.sweep()
    assert not await counted(database, "demand_by_region_group_language")
