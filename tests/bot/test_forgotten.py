"""What the service forgets, and when, over both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.memory import read
from bot.said import Said
from bot.service import Service
from referral.store.database import Database
from referral.store.schema import PEPPERS, TURNS
from tests import tiny
from tests.bot.told import NOON, counted, heard, rows, words


async def test_a_clock_that_is_set_back_loses_nobody(service: Service, clock: tiny.Clock) -> None:
    clock.now = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)  # A Thursday, when a new week has begun.
    said = await service.hear(heard("a"))
    clock.now -= timedelta(days=1)
    assert await service.hear(heard("a")) == said
    assert words(await service.hear(heard("b"))) == "2: b"
    clock.now += timedelta(days=1)
    assert words(await service.hear(heard("c"))) == "3: c"


async def test_forgetting_deletes_everything_and_still_answers(service: Service, database: Database) -> None:
    await service.hear(heard("a", "count kela 758"), address="chat 7")
    await service.hear(heard("b"))
    farewell = await service.hear(heard("c", "forget"))
    assert words(farewell) == "3: c"
    assert await rows(database, "conversations") == []
    assert await service.said_before("web", "c1") == ()
    found = await database.read(lambda connection: connection.execute(TURNS.select()).all())
    assert len(found) == 3
    assert {(row.conversation, row.address, row.unsent) for row in found} == {("", "", 0)}
    assert {read(Said, row.said) for row in found} == {farewell}


async def test_a_turn_repeated_after_forgetting_does_nothing(service: Service, database: Database) -> None:
    await service.hear(heard("a", "count kela 758"))
    farewell = await service.hear(heard("b", "forget"))
    assert await service.hear(heard("b", "forget")) == farewell
    assert await service.hear(heard("a", "count kela 758")) == farewell
    assert await rows(database, "conversations") == []
    assert await counted(database) == {("758", "kela"): 1}
    assert words(await service.hear(heard("c"))) == "1: c"


@pytest.mark.parametrize("idle", [timedelta(hours=24), timedelta(days=30)])
async def test_an_idle_conversation_begins_anew(service: Service, clock: tiny.Clock, idle: timedelta) -> None:
    await service.hear(heard("a"))
    clock.now += idle
    assert words(await service.hear(heard("b"))) == "1: b"
    assert [words(said) for said in await service.said_before("web", "c1")] == ["1: b"]


async def test_a_conversation_lives_a_day_from_its_last_turn_and_a_week_at_most(
    service: Service, clock: tiny.Clock
) -> None:
    """Whatever the weekday on which it begins, and so whenever the pepper changes."""
    for day in range(7):
        clock.now = NOON + timedelta(days=30 * day + day)
        name = f"c{day}"
        for turn in range(8):
            assert words(await service.hear(heard(f"{turn}", conversation=name))) == f"{turn + 1}: {turn}"
            clock.now += timedelta(hours=20)
        clock.now += timedelta(hours=8)
        assert words(await service.hear(heard("later", conversation=name))) == "1: later"


async def test_a_repeat_is_known_across_a_change_of_pepper(service: Service, clock: tiny.Clock) -> None:
    clock.now = datetime(2026, 11, 25, 23, 59, tzinfo=UTC)  # A Wednesday; weeks end on Wednesdays.
    said = await service.hear(heard("a"))
    clock.now += timedelta(minutes=2)
    assert await service.hear(heard("a")) == said
    assert words(await service.hear(heard("b"))) == "2: b"


async def test_sweeping_leaves_only_counters(service: Service, database: Database, clock: tiny.Clock) -> None:
    await service.hear(heard("a", "count kela 758"), address="chat 7")
    clock.now += timedelta(hours=23)
    await service.sweep()
    assert len(await rows(database, "conversations")) == 1
    clock.now += timedelta(hours=1)
    await service.sweep()
    assert await rows(database, "conversations") == []
    assert len(await rows(database, "turns")) == 1
    clock.now += timedelta(hours=24)
    await service.sweep()
    assert await rows(database, "turns") == []
    assert await counted(database) == {("758", "kela"): 1}


async def test_a_pepper_is_destroyed_after_two_weeks(
    service: Service, database: Database, clock: tiny.Clock
) -> None:
    await service.hear(heard("a"))
    [(_, first)] = await rows(database, "peppers")
    clock.now += timedelta(days=7)
    await service.sweep()
    assert first in [secret for _, secret in await rows(database, "peppers")]
    clock.now += timedelta(days=7)
    await service.sweep()
    assert first not in [secret for _, secret in await rows(database, "peppers")]


async def test_two_processes_make_one_pepper(database: Database, clock: tiny.Clock) -> None:
    services = [tiny.service(database, clock) for _ in range(5)]
    await asyncio.gather(*(one.hear(heard("a", conversation=f"c{n}")) for n, one in enumerate(services)))
    assert len(await database.read(lambda connection: connection.execute(PEPPERS.select()).all())) == 1
    assert words(await services[0].hear(heard("b", conversation="c4"))) == "2: b"
