"""What goes wrong at Telegram, on the way, and in the database: nothing is lost, nobody else is stopped."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.channels import telegram
from bot.channels.telegram import network, receiver, sender
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues
from referral.store import sqlite as sqlite_module
from referral.store.database import Database
from referral.store.demand import demand_rows
from tests import tiny
from tests.bot.channels.telegram.conftest import AT_ONCE, Channel, Run
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotServer, Fault

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def small(database: Database, metrics: Metrics, clock: tiny.Clock | None = None) -> Service:
    """The real service, playing a dialogue that says how many turns there have been."""
    service = tiny.service(database, clock or tiny.Clock(NOON))
    service._metrics = metrics
    return service


@pytest.fixture
async def channel(run: Run) -> AsyncIterator[Channel]:
    async with run(small) as opened:
        yield opened


@pytest.fixture
def log() -> StringIO:
    """Everything that is logged, at the finest level."""
    stream = StringIO()
    logs.configure("DEBUG", stream)
    return stream


async def counts(person: Person, channel: Channel) -> list[int]:
    """Which turns this person was answered, in order."""
    await channel.settled()
    return [int(text.partition(":")[0]) for text in person.read]


async def test_too_many_messages_to_one_chat_pauses_that_chat_alone(channel: Channel) -> None:
    loud, quiet = channel.person(1), channel.person(2)
    channel.server.faults.append(Fault("sendMessage", 429, chat=1, retry_after=1))
    await loud.write("a")
    await quiet.write("b")
    assert await counts(loud, channel) == [1]
    refused = next(call.at for call in channel.server.calls if call.status == 429)
    assert channel.server.to(2)[0].at < channel.server.to(1)[0].at
    assert channel.server.to(1)[0].at >= refused + 1
    assert channel.counted('digituki_messages_total{outcome="too_many"}') == 1


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_errors_of_telegram_are_waited_out(channel: Channel, status: int) -> None:
    maija = channel.person(1)
    channel.server.faults += [Fault("sendMessage", status), Fault("getUpdates", status)]
    await maija.write("a")
    await maija.write("b")
    assert await counts(maija, channel) == [1, 2]


async def test_a_connection_that_breaks_after_the_message_was_taken(channel: Channel) -> None:
    """Nobody can know that it was: it goes out once more, and no answer is lost."""
    maija = channel.person(1)
    channel.server.faults.append(Fault("sendMessage", reset=True))
    await maija.write("a")
    await maija.write("b")
    assert await counts(maija, channel) == [1, 1, 2]


async def met(fault: Fault) -> None:
    """Waits until the calls that it concerns have begun."""
    async with asyncio.timeout(30):
        while fault.times:
            await asyncio.sleep(0.005)


async def test_one_message_at_most_is_in_doubt(channel: Channel) -> None:
    """However slow an answer is, the next message begins after it."""
    slow, quick = channel.person(1), channel.person(2)
    slowly = Fault("sendMessage", chat=1, delay=1.0)
    channel.server.faults.append(slowly)
    await slow.write("a")
    await met(slowly)
    for word in "bcd":
        await quick.write(word)
    assert await counts(slow, channel) == [1]
    assert [sent.chat for sent in channel.server.sent] == [1, 2, 2, 2]


async def test_a_part_of_telegram_that_is_down_does_not_hold_up_the_rest(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls that are never answered: after the first, slow ones leave the lane to the others."""
    monkeypatch.setattr(network, "PATIENCE", 0.3)
    monkeypatch.setattr(sender, "LANE_SECONDS", 0.05)
    down, up = channel.person(1), channel.person(2)
    never = Fault("sendMessage", chat=1, delay=2.0, times=2)
    channel.server.faults.append(never)
    await down.write("a")
    async with asyncio.timeout(30):
        while channel.counted('digituki_messages_total{outcome="failed"}') < 1:
            await asyncio.sleep(0.01)
    monkeypatch.setattr(network, "PATIENCE", 20.0)
    await met(never)
    for word in "bcd":
        await up.write(word)
    assert await counts(up, channel) == [1, 2, 3]
    assert set(await counts(down, channel)) == {1}
    assert [sent.chat for sent in channel.server.sent][-1] == 1, "the second slow call was overtaken"


async def test_what_was_deleted_while_others_were_sent_to_does_not_go_out(run: Run) -> None:
    """Twelve wait to be sent to; what was read of the outbox at first does not count any more."""
    async with run(small, every=0.3) as channel:
        people = [channel.person(chat) for chat in range(1, 13)]
        for person in people:
            channel.server.add({"message": person.message({"text": "a"})})
        await channel.server.wake()
        async with asyncio.timeout(30):
            while len(channel.server.sent) < 2:
                await asyncio.sleep(0.005)
        # They are sent to in the order of their addresses, so this one's turn is far off.
        waits = max(people, key=lambda person: str(person.chat))
        assert not waits.read
        await waits.write("forget")
        assert await counts(waits, channel) == [2]


async def test_who_has_blocked_the_bot_is_forgotten(channel: Channel) -> None:
    gone, here = channel.person(1), channel.person(2)
    channel.server.faults.append(Fault("sendMessage", 403, chat=1, description="Forbidden: bot was blocked"))
    await gone.write("count kela 758")
    await here.write("a")
    await channel.settled()
    assert channel.server.to(1) == []
    assert channel.counted('digituki_messages_total{outcome="gone"}') == 1
    assert channel.counted('digituki_turns_total{channel="telegram",outcome="answered"}') >= 2


async def test_a_message_that_telegram_refuses_goes_out_plainly(channel: Channel) -> None:
    maija = channel.person(1)
    words = "Bad Request: can't parse entities"
    channel.server.faults.append(Fault("sendMessage", 400, description=words))
    await maija.write("a")
    assert await counts(maija, channel) == [1]
    refused, taken = [call for call in channel.server.calls if call.method == "sendMessage"]
    assert "parse_mode" in refused.fields
    assert taken.fields.keys() == {"chat_id", "text"}
    assert taken.fields["text"] == refused.fields["text"]  # There is nothing in it to be escaped.


async def test_a_message_that_is_refused_in_every_form_does_not_stop_the_next(channel: Channel) -> None:
    maija = channel.person(1)
    channel.server.faults.append(Fault("sendMessage", 400, times=2))
    await maija.write("a")
    await maija.write("b")
    assert await counts(maija, channel) == [2]
    assert channel.counted('digituki_messages_total{outcome="set_aside"}') == 1


POISON: list[Any] = [
    "not an object",
    ["a", "list"],
    None,
    {"message": {"message_id": "one"}},
    {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "date": 1, "chat": 7, "text": "hello"}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": "x", "type": "private"}, "text": "hello"}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": {"a": 1}}},
    {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 1, "type": "private"},
            "location": {"latitude": 1},
        }
    },
    {"callback_query": {"id": 5}},
    {"message": None},
    {"something_new": {"a": [1, 2, {"b": None}]}},
]


@pytest.mark.parametrize("poison", POISON)
async def test_an_update_that_cannot_be_read_is_set_aside(
    channel: Channel, log: StringIO, poison: Any
) -> None:
    maija = channel.person(1)
    await maija.write("a")
    channel.server.add(poison)
    await maija.write("b")
    async with asyncio.timeout(30):
        while len(maija.read) < 2:
            await asyncio.sleep(0.01)
    assert [text.partition(":")[0] for text in maija.read] == ["1", "2"]
    assert channel.counted("digituki_updates_set_aside_total") >= 1
    assert "hello" not in log.getvalue()


async def test_every_update_delivered_twice_and_shuffled_is_handled_once(server: BotServer, run: Run) -> None:
    chance = random.Random(698)
    server.twice = True
    server.batch_order = lambda batch: chance.sample(batch, len(batch))
    people = [Person(server, chat) for chat in range(1, 6)]
    for number in range(8):
        for person in people:
            await person.write(f"count {('kela', 'tax')[number % 2]} 758")
    async with run(small) as channel:
        for person in people:
            assert await counts(person, channel) == list(range(1, 9))
        rows = await channel.service._database.read(demand_rows)
    counted = {row.values: row.count for row in rows if row.table == "demand_by_municipality_need"}
    assert counted == {("758", "kela"): 5, ("758", "tax"): 5}


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_clock_that_jumps_a_day_loses_nothing(server: BotServer, run: Run, days: int) -> None:
    clock = tiny.Clock(NOON)
    maija = Person(server, 1)
    async with run(lambda database, metrics: small(database, metrics, clock)) as channel:
        await maija.write("a")
        await channel.settled()
        server.faults.append(Fault("sendMessage", 500, times=3))
        await maija.write("b")
        clock.now += timedelta(days=days)
        await maija.write("c")
        clock.now -= timedelta(days=days)
        await maija.write("d")
        await channel.settled()
    assert len(maija.read) == 4
    assert [text.partition(": ")[2] for text in maija.read] == [str(1000 + n) for n in range(4)]


async def test_a_locked_database_is_waited_for(
    server: BotServer, run: Run, tmp_path: Path, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the writer's lock for longer than a transaction waits."""
    monkeypatch.setattr(sqlite_module, "BUSY_SECONDS", 0.2)
    maija = Person(server, 1)
    async with run(small) as channel:
        await maija.write("a")
        await channel.settled()
        other = sqlite3.connect(tmp_path / "telegram.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await maija.write("b")
        await maija.write("c")
        async with asyncio.timeout(30):
            while "store unavailable" not in log.getvalue():
                await asyncio.sleep(0.01)
        assert server.waiting == 2, "nothing is acknowledged that could not be saved"
        other.execute("ROLLBACK")
        other.close()
        assert await counts(maija, channel) == [1, 2, 3]


async def test_a_full_disk_loses_nothing(server: BotServer, run: Run, log: StringIO) -> None:
    """SQLite may not take another page; later it may."""
    maija = Person(server, 1)
    async with run(small) as channel:
        await maija.write("a")
        await channel.settled()
        writer = channel.service._database

        def limit(connection: Any, pages: str) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

        await writer.write(lambda connection: limit(connection, "1"))
        sent = 1
        for number in range(200):
            await maija.write(f"count kela 758 {number}"[:14])
            await asyncio.sleep(0.01)
            if "store unavailable" in log.getvalue():
                break
        sent += number + 1
        assert "OperationalError" in log.getvalue()
        assert server.waiting
        await writer.write(lambda connection: limit(connection, "1000000"))
        assert await counts(maija, channel) == list(range(1, sent + 1))


async def test_typing_is_shown_only_when_it_takes_long(
    server: BotServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    maija = Person(server, 1)
    monkeypatch.setattr(receiver, "TYPING_SECONDS", 60.0)
    async with run(small) as channel:
        await maija.write("a")
        await channel.settled()
        assert "sendChatAction" not in [call.method for call in server.calls]
        monkeypatch.setattr(receiver, "TYPING_SECONDS", -1.0)
        hear = channel.service.hear

        async def slowly(*arguments: Any) -> Any:
            await asyncio.sleep(0.1)
            return await hear(*arguments)

        monkeypatch.setattr(channel.service, "hear", slowly)
        await maija.write("b")
        await channel.settled()
        assert "sendChatAction" in [call.method for call in server.calls]


async def test_nothing_that_is_secret_is_logged(server: BotServer, run: Run, log: StringIO) -> None:
    """Not the token, not what was written or answered, whatever goes wrong, at the finest level."""
    server.faults += [
        Fault("sendMessage", 500),
        Fault("sendMessage", reset=True),
        Fault("sendMessage", 400, times=2),
        Fault("getUpdates", 502),
        Fault("getMyCommands", 401),
    ]
    maija = Person(server, 123456789)
    async with run(small) as channel:
        for text in ("a canary sings", "fault canary", "count kela 758 canary", "canary"):
            await maija.write(text)
        await channel.settled()
        page = channel.metrics.page().decode()
    written = log.getvalue()
    assert "Telegram did not take a message" in written
    for secret in (TOKEN, TOKEN.partition(":")[2], "canary", "123456789"):
        assert secret not in written
        assert secret not in page
        assert secret not in repr(telegram.Account(TOKEN, server.url))


async def test_without_telegram_everything_else_opens_and_closes(
    tmp_path: Path, catalogues: Catalogues, run: Run, server: BotServer
) -> None:
    dead = telegram.Account(TOKEN, "http://127.0.0.1:9")
    async with run(small) as channel:
        service = channel.service
        async with telegram.open(service, service._database, catalogues, Metrics(), dead, AT_ONCE) as routes:
            assert routes == ()
            await asyncio.sleep(0.05)


async def test_what_waited_while_telegram_was_down_is_answered(server: BotServer, run: Run) -> None:
    maija = Person(server, 1)
    server.faults.append(Fault("deleteWebhook", 502, times=2))
    await maija.write("a")
    async with run(small) as channel:
        assert await counts(maija, channel) == [1]
