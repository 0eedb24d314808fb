"""Turn by turn, with a dialogue that does as it is told, over both databases."""

import asyncio
from io import StringIO

import pytest
from sqlalchemy import text

from bot.service import Service
from bot.turn import Heard
from referral.store.database import Database, StoreUnavailable
from tests import tiny
from tests.bot.told import counted, heard, remembered, rows, words


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


async def test_a_turn_without_an_id_is_never_a_repeat(service: Service) -> None:
    assert (await service.hear(heard(""))).replies[0].text.startswith("1: ")
    assert (await service.hear(heard(""))).replies[0].text.startswith("2: ")


async def test_a_conversation_without_a_name_is_refused(service: Service) -> None:
    with pytest.raises(ValueError, match="everybody's"):
        await service.hear(heard("a", conversation=""))


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "x" * 100_000, "🦌"])
async def test_odd_names_are_names_like_others(service: Service, odd: str) -> None:
    first = await service.hear(Heard(odd, odd, "web", f"hello {odd}"))
    assert await service.hear(Heard(odd, odd, "web", f"hello {odd}")) == first
    assert await service.said_before("web", odd) == (first,)


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


async def test_an_apology_that_cannot_be_said_in_a_language_is_said_in_another(service: Service) -> None:
    said = await service.hear(heard("a", "fault", language="xx"))
    assert said.language == "fi"
    assert words(said).startswith("Something went wrong here")


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
