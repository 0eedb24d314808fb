"""Processes that are killed, and several at once: no update is lost, none has its effect twice, each
chat's answers come in order, and at most one message is repeated a kill.

The default run is a part of it; FULL_CRASH_TESTS=1 runs all of it.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.memory import read
from bot.turn import State
from referral.migrations import upgrade
from referral.store.database import Database, open_database
from referral.store.demand import demand_rows
from referral.store.schema import CONVERSATIONS, TURNS
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotServer, Fault

PROJECT = Path(__file__).parents[4]
FULL = bool(os.environ.get("FULL_CRASH_TESTS"))
UPDATES, KILLS = (500, 20) if FULL else (80, 4)
CHATS = 10
NEEDS = ("kela", "tax", "email", "course", "kela")


class Program:
    """A running process; ``address`` is that of its web server."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self.process = process
        self.address = address

    async def kill(self) -> None:
        """Kill -9: nothing is flushed, closed or rolled back."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def running(url: str, api: str, mode: str, log: Path) -> AsyncIterator[Program]:
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.botapi.program", url, api, mode),
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            cwd=PROJECT,
            env={"PYTHONPATH": str(PROJECT)},
        )
    try:
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        assert address, log.read_text("utf-8")
        yield Program(process, address)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await asyncio.sleep(0)


async def until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until ``done``."""
    async with asyncio.timeout(seconds):
        while not done():
            await asyncio.sleep(0.002)


async def write_all(
    server: BotServer, updates: int, chats: int = CHATS, before: dict[int, list[str]] | None = None
) -> dict[int, list[str]]:
    """Puts so many messages of so many people into the queue at once; gives each chat's turns in order,
    those ``before`` first."""
    turns: dict[int, list[str]] = before or {chat: [] for chat in range(1, chats + 1)}
    for number in range(updates):
        chat = number % chats + 1
        words = f"count {NEEDS[len(turns[chat]) % len(NEEDS)]} 758"
        update = server.add({"message": Person(server, chat).message({"text": words})})
        turns[chat].append(str(update["update_id"]))
    await server.wake()
    return turns


def expected(turns: dict[int, list[str]]) -> dict[int, list[str]]:
    return {chat: [f"{n}: {turn}" for n, turn in enumerate(of, 1)] for chat, of in turns.items()}


def answers(server: BotServer) -> dict[int, list[str]]:
    """What each chat was told, with what was repeated left out."""
    told: dict[int, dict[str, None]] = {}
    for sent in server.sent:
        told.setdefault(sent.chat, {})[sent.text] = None
    return {chat: list(texts) for chat, texts in told.items()}


def repeated(server: BotServer) -> int:
    return len(server.sent) - len({(sent.chat, sent.text) for sent in server.sent})


async def check_effects(database: Database, turns: dict[int, list[str]]) -> None:
    """Every turn was handled once and in order, every need counted once a chat, nothing is left to send."""
    rows = await database.read(lambda connection: connection.execute(CONVERSATIONS.select()).all())
    states = [read(State, row.state) for row in rows]
    assert sorted(state.offered for state in states if state) == sorted(map(tuple, turns.values()))
    counted = Counter(
        {
            row.values: row.count
            for row in await database.read(demand_rows)
            if row.table == "demand_by_municipality_need"
        }
    )
    most = min(3, max(map(len, turns.values())))
    assert counted == {("758", need): len(turns) for need in NEEDS[:most]}
    left = await database.read(lambda connection: connection.execute(TURNS.select()).all())
    assert {(row.unsent, row.address) for row in left} == {(0, "")}


async def all_noted(database: Database) -> None:
    """Waits until the outbox is empty."""
    query = TURNS.select().where(TURNS.c.unsent > 0)
    async with asyncio.timeout(30):
        while await database.read(lambda connection: connection.execute(query).first()):
            await asyncio.sleep(0.02)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_at_random_points(server: BotServer, tmp_path: Path, mode: str) -> None:
    chance = random.Random(f"{mode} 698")
    url, log = f"sqlite:///{tmp_path / 'kill.sqlite3'}", tmp_path / "log"
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, UPDATES)
        server.most = 5
        recoveries = []
        for kill in range(KILLS):
            async with running(url, server.url, mode, log) as program:
                server.targets = [program.address]
                before, began = len(server.sent), server.now()
                await until(lambda before=before: len(server.sent) > before)
                recoveries.append(server.now() - began)
                if kill % 2:
                    goal = before + chance.randint(1, (UPDATES - before) // (KILLS - kill))
                    await until(lambda goal=goal: len(server.sent) >= goal)
                else:
                    handed = server.handed
                    await until(lambda handed=handed: server.handed > handed or not server.waiting)
                # Anywhere between two messages: receiving, committing, sending, noting.
                await asyncio.sleep(chance.uniform(0, 0.01))
                await program.kill()
        killed_in_time = sum(map(len, answers(server).values())) < UPDATES
        async with running(url, server.url, mode, log) as program:
            server.targets = [program.address]
            await until(lambda: answers(server) == expected(turns))
            await all_noted(database)
        assert killed_in_time
        assert max(recoveries) < 10
        assert repeated(server) <= KILLS
        await check_effects(database, turns)
    assert TOKEN not in log.read_text("utf-8")


@pytest.mark.timeout(600)
async def test_killed_while_telegram_answers_slowly(server: BotServer, tmp_path: Path) -> None:
    """Every message is taken at once and acknowledged late, and now and then the connection breaks in
    between: a kill meets many that wait, and one at most that is in doubt."""
    chance = random.Random("slow 698")
    url, log = f"sqlite:///{tmp_path / 'slow.sqlite3'}", tmp_path / "log"
    kills, slowest = (20, 8.0) if FULL else (3, 2.0)
    resets = kills // 3
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, CHATS * (6 if FULL else 2))
        server.lag = lambda: chance.uniform(1.0, slowest)
        for kill in range(kills):
            before = len(server.sent)
            server.faults += [Fault("sendMessage", reset=True)] if kill < resets else []
            async with running(url, server.url, "polling", log) as program:
                await until(lambda before=before: len(server.sent) > before)
                await asyncio.sleep(chance.uniform(0, slowest * 1.5))
                await program.kill()
        server.lag = float
        async with running(url, server.url, "polling", log) as program:
            await until(lambda: answers(server) == expected(turns))
            await all_noted(database)
        assert not server.faults or not any(fault.times for fault in server.faults)
        assert repeated(server) <= kills + resets
        await check_effects(database, turns)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_told_to_stop_it_stops_and_leaves_nothing_behind(
    server: BotServer, tmp_path: Path, mode: str
) -> None:
    """SIGTERM in the middle; a second process finishes, and not one message is repeated."""
    url, log = f"sqlite:///{tmp_path / 'stop.sqlite3'}", tmp_path / "log"
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, 60)
        async with running(url, server.url, mode, log) as program:
            server.targets = [program.address]
            await until(lambda: len(server.sent) > 10)
            program.process.terminate()
            async with asyncio.timeout(10):
                assert await program.process.wait() == 0
        async with running(url, server.url, mode, log) as program:
            server.targets = [program.address]
            await until(lambda: answers(server) == expected(turns))
            await all_noted(database)
        assert repeated(server) == 0
        await check_effects(database, turns)


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("processes", [2, 4])
async def test_several_processes_share_a_webhook(
    server: BotServer, tmp_path: Path, new_postgres: Callable[[], str], processes: int
) -> None:
    """Each update goes to any of them; a chat's next comes when its last was answered."""
    url, log = new_postgres(), tmp_path / "log"
    chats, each = (20, 500) if FULL else (20, 30)
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, chats * each, chats)
        async with running_all(url, server.url, log, processes) as programs:
            server.targets = [program.address for program in programs]
            await until(lambda: len(server.sent) >= chats * each, 60 + chats * each / 5)
            assert answers(server) == expected(turns)
            await all_noted(database)
        assert repeated(server) == 0
        assert len(server.sent) == chats * each
        await check_effects(database, turns)


async def test_the_sender_that_is_killed_is_replaced(
    server: BotServer, tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    url, log = new_postgres(), tmp_path / "log"
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, 60)
        async with running_all(url, server.url, log, 2) as (first, second):
            server.targets = [second.address]
            await until(lambda: len(server.sent) > 5)
            await first.kill()
            await until(lambda: answers(server) == expected(turns))
            await all_noted(database)
        assert repeated(server) <= 1
        await check_effects(database, turns)


@asynccontextmanager
async def running_all(url: str, api: str, log: Path, number: int) -> AsyncIterator[list[Program]]:
    """So many processes with a webhook, started one after another."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(running(url, api, "webhook", log)) for _ in range(number)]
