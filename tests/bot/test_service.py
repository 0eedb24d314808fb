"""The service, with a dialogue that does as it is told, over both databases."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import text

from bot.memory import read
from bot.said import Said, SaidReply
from bot.service import Service
from bot.turn import Heard, State
from referral.store.database import Database, StoreUnavailable
from referral.store.demand import demand_rows
from referral.store.schema import CONVERSATIONS, PEPPERS, TURNS
from tests import tiny

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> tiny.Clock:
    return tiny.Clock(NOON)


@pytest.fixture
def service(database: Database, clock: tiny.Clock) -> Service:
    return tiny.service(database, clock)


def heard(turn: str, words: str = "hello", conversation: str = "c1", language: str = "") -> Heard:
    return Heard(conversation, turn, "web", words, language_hint=language)


def words(said: Said) -> str:
    return " / ".join(reply.text for reply in said.replies)


async def counted(database: Database, table: str = "demand_by_municipality_need") -> Counter[tuple[str, ...]]:
    rows = await database.read(demand_rows)
    return Counter({row.values: row.count for row in rows if row.table == table})


async def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    found = await database.read(lambda connection: connection.execute(text(f"SELECT * FROM {table}")).all())
    return [tuple(row) for row in found]


async def remembered(database: Database) -> list[State]:
    found = await database.read(lambda connection: connection.execute(CONVERSATIONS.select()).all())
    states = [read(State, row.state) for row in found]
    assert None not in states
    return [state for state in states if state]


async def test_remembers_from_turn_to_turn(service: Service) -> None:
    assert words(await service.hear(heard("a"))) == "1: a"
    assert words(await service.hear(heard("b"))) == "2: b"
    assert words(await service.hear(heard("a", conversation="c2"))) == "1: a"


async def test_the_same_name_in_another_channel_is_another_conversation(service: Service) -> None:
    await service.hear(Heard("c1", "a", "web", "hello"))
    assert words(await service.hear(Heard("c1", "a", "terminal", "hello"))) == "1: a"


async def test_a_repeated_turn_gets_the_same_answer_and_changes_nothing(
    service: Service, database: Database
) -> None:
    first = await service.hear(heard("a", "count kela 758"))
    await service.hear(heard("b", "count tax 758"))
    before = [await rows(database, table) for table in ("conversations", "turns")]
    assert await service.hear(heard("a", "count kela 758")) == first
    assert await service.hear(heard("a", "other words now")) == first
    assert [await rows(database, table) for table in ("conversations", "turns")] == before
    assert await counted(database) == {("758", "kela"): 1, ("758", "tax"): 1}


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


async def test_a_turn_without_an_id_is_never_a_repeat(service: Service) -> None:
    assert (await service.hear(heard(""))).replies[0].text.startswith("1: ")
    assert (await service.hear(heard(""))).replies[0].text.startswith("2: ")


async def test_a_conversation_without_a_name_is_refused(service: Service) -> None:
    with pytest.raises(ValueError, match="everybody's"):
        await service.hear(heard("a", conversation=""))


async def test_a_clock_that_is_set_back_loses_nobody(service: Service, clock: tiny.Clock) -> None:
    clock.now = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)  # A Thursday, when a new week has begun.
    said = await service.hear(heard("a"))
    clock.now -= timedelta(days=1)
    assert await service.hear(heard("a")) == said
    assert words(await service.hear(heard("b"))) == "2: b"
    clock.now += timedelta(days=1)
    assert words(await service.hear(heard("c"))) == "3: c"


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "x" * 100_000, "🦌"])
async def test_odd_names_are_names_like_others(service: Service, odd: str) -> None:
    first = await service.hear(Heard(odd, odd, "web", f"hello {odd}"))
    assert await service.hear(Heard(odd, odd, "web", f"hello {odd}")) == first
    assert await service.said_before("web", odd) == (first,)


async def test_240_at_once_lose_no_count(service: Service, database: Database) -> None:
    turns = [heard("t", "count kela 758", conversation=f"c{number}") for number in range(240)]
    await asyncio.gather(*map(service.hear, turns))
    assert await counted(database) == {("758", "kela"): 240}


async def test_turns_of_one_conversation_keep_their_order(service: Service, database: Database) -> None:
    waiting = [
        service.hear(heard(f"{turn:02}", conversation=f"c{conversation}"))
        for turn in range(15)
        for conversation in range(20)
    ]
    await asyncio.gather(*waiting)
    states = await remembered(database)
    assert len(states) == 20
    assert {state.offered for state in states} == {tuple(f"{turn:02}" for turn in range(15))}


async def test_a_fault_gives_a_kind_sentence_and_keeps_the_state(
    service: Service, database: Database
) -> None:
    await service.hear(heard("a", "count kela 758"))
    said = await service.hear(heard("b", "fault"))
    assert words(said).startswith("Something went wrong here")
    assert said.language == "fi"
    assert await service.hear(heard("b", "fault")) == said
    assert words(await service.hear(heard("c"))) == "2: c"


async def test_a_second_fault_in_a_row_begins_anew(service: Service) -> None:
    """The state may be what the dialogue stumbles over; nobody is left stuck in it."""
    await service.hear(heard("a"))
    await service.hear(heard("b", "fault"))
    await service.hear(heard("c", "fault"))
    assert words(await service.hear(heard("d"))) == "1: d"


async def test_silence_is_a_fault(service: Service) -> None:
    assert words(await service.hear(heard("a", "silence"))).startswith("Something went wrong here")


@pytest.mark.parametrize(
    ("words_heard", "rejected"),
    [("count no_such_need 758", "need"), ("count kela 999", "municipality")],
)
async def test_what_no_counter_may_hold_is_not_counted_but_answered(
    service: Service, database: Database, words_heard: str, rejected: str
) -> None:
    assert words(await service.hear(heard("a", words_heard))).startswith("Something went wrong here")
    assert not await counted(database)


async def test_an_apology_that_cannot_be_said_in_a_language_is_said_in_another(service: Service) -> None:
    said = await service.hear(heard("a", "fault", language="xx"))
    assert said.language == "fi"
    assert words(said).startswith("Something went wrong here")


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


async def test_a_browser_that_repeats_its_first_turn_finds_its_conversation(
    service: Service, database: Database, clock: tiny.Clock
) -> None:
    turn = "7d8c0f6e-4c53-4b8e-9f57-0a3c2f1b5d6e"
    token = await service.new_conversation(turn)
    assert token == await service.new_conversation(turn)
    assert token == await tiny.service(database, clock).new_conversation(turn)
    assert token != await service.new_conversation("7d8c0f6e-4c53-4b8e-9f57-0a3c2f1b5d6f")
    assert len(token) == 64


@pytest.mark.parametrize("turn", ["", "1", "kissa", "7d8c0f6e-4c53-1b8e-9f57-0a3c2f1b5d6e"])
async def test_a_turn_that_can_be_guessed_names_no_conversation(service: Service, turn: str) -> None:
    """A version 1 UUID tells the time and the machine, so the next one can be guessed."""
    assert await service.new_conversation(turn) != await service.new_conversation(turn)


async def test_what_is_to_be_sent_is_kept_until_it_is_sent(service: Service, database: Database) -> None:
    await service.hear(heard("a"), address="chat 7")
    await service.hear(heard("b"), address="chat 7")
    await service.hear(heard("c", conversation="c2"))
    (waiting,) = await service.unsent()
    assert (waiting.address, waiting.replies[0].text) == ("chat 7", "1: a")
    await service.sent(waiting.mark)
    await service.sent(waiting.mark)
    assert [turn.replies[0].text for turn in await service.unsent()] == ["2: b"]
    addresses = await database.read(lambda connection: connection.execute(TURNS.select()).all())
    assert sorted(row.address for row in addresses) == ["", "", "chat 7"]


async def test_an_address_with_much_to_be_sent_hides_no_other(service: Service) -> None:
    for turn in "abcde":
        await service.hear(heard(turn), address="chat 7")
    await service.hear(heard("f", conversation="c2"), address="chat 8")
    waiting = await service.unsent(limit=2)
    assert {(turn.address, turn.replies[0].text) for turn in waiting} == {
        ("chat 7", "1: a"),
        ("chat 8", "1: f"),
    }
    assert [turn.address for turn in await service.unsent(but=("chat 7",))] == ["chat 8"]


async def test_a_farewell_is_sent_before_what_comes_after_it(service: Service, clock: tiny.Clock) -> None:
    """Though the clock went back a day in between."""
    for turn in "abc":
        await service.hear(heard(turn), address="chat 7")
    await service.hear(heard("d", "forget"), address="chat 7")
    clock.now += timedelta(hours=1)
    for turn in "ef":
        await service.hear(heard(turn), address="chat 7")
        clock.now -= timedelta(days=1)
    sent = []
    while waiting := await service.unsent():
        sent += [reply.text for turn in waiting for reply in turn.replies]
        for turn in waiting:
            await service.sent(turn.mark, len(turn.replies))
    assert sent == ["4: d", "1: e", "2: f"]


async def test_an_answer_is_cut_into_what_is_sent_in_one_piece(service: Service) -> None:
    def arrange(said: Said) -> Said:
        return replace(said, replies=tuple(SaidReply(word) for word in said.replies[0].text.split()))

    await service.hear(heard("a"), address="chat 7", arrange=arrange)
    (waiting,) = await service.unsent()
    assert [reply.text for reply in waiting.replies] == ["1:", "a"]
    await service.sent(waiting.mark)
    (waiting,) = await service.unsent()
    assert [reply.text for reply in waiting.replies] == ["a"]


async def test_what_was_said_can_be_shown_again(service: Service) -> None:
    said = [await service.hear(heard(turn)) for turn in "abc"]
    assert await service.said_before("web", "c1") == tuple(said)
    assert await service.said_before("web", "c2") == ()


async def test_a_greeting_is_said_without_remembering_anybody(service: Service, database: Database) -> None:
    assert words(service.greet("web", "sv")) == "1: "
    assert await rows(database, "conversations") == []


async def test_a_database_that_fails_is_told_and_the_turn_can_be_repeated(
    service: Service, database: Database, log: StringIO
) -> None:
    await service.hear(heard("a"))
    rename = "ALTER TABLE {} RENAME TO {}"
    await database.write(lambda connection: connection.execute(text(rename.format("turns", "away"))))
    with pytest.raises(StoreUnavailable):
        await service.hear(heard("b", "a secret"))
    assert "store unavailable" in log.getvalue()
    assert "secret" not in log.getvalue()
    await database.write(lambda connection: connection.execute(text(rename.format("away", "turns"))))
    assert words(await service.hear(heard("b", "a secret"))) == "2: b"


async def test_a_service_is_ready_when_its_tables_are_there(service: Service, database: Database) -> None:
    await service.ready()
    await database.write(lambda connection: connection.execute(text("DROP TABLE conversations")))
    with pytest.raises(StoreUnavailable):
        await service.ready()


async def test_metrics_count_turns_by_channel_and_outcome(service: Service) -> None:
    for turn, said in [("a", "hello"), ("a", "hello"), ("b", "fault"), ("c", "forget")]:
        await service.hear(heard(turn, said))
    page = service._metrics.page().decode()
    for outcome in ("answered", "repeated", "fault", "forgotten"):
        assert f'digituki_turns_total{{channel="web",outcome="{outcome}"}} 1.0' in page
    assert "c1" not in page
