"""The database is locked, stopped or frozen while people write: nothing is lost, the log says what is the
matter in one clear line, and it goes on by itself.

The default run takes it away for a few seconds; FULL_CRASH_TESTS=1 for thirty.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from referral.migrations import upgrade
from referral.store.database import open_database
from tests.bot.channels.telegram.test_telegram_crashes import (
    all_noted,
    answers,
    check_effects,
    expected,
    repeated,
    running,
    until,
    write_all,
)
from tests.botapi.server import TOKEN, BotServer

SECONDS = 30 if os.environ.get("FULL_CRASH_TESTS") else 7
"""Longer than a transaction waits for a locked SQLite file."""

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""
Outage = Callable[[], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(file: Path) -> AsyncIterator[None]:
    """Another process has the writer's lock, until the block ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLD, str(file)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"locked\n"
        yield
    finally:
        process.kill()
        await process.wait()


@pytest.fixture
def postgres(new_postgres: Callable[[], str]) -> Iterator[Any]:
    """A PostgreSQL server for one test alone; skipped where the others are."""
    import pgserver

    # Not below pytest's folder, which the server's own user may not enter.
    with TemporaryDirectory(prefix="digituki-postgres-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server
        server.cleanup()


@asynccontextmanager
async def stopped(server: Any) -> AsyncIterator[None]:
    """The server is shut down, which cuts every connection, and started again."""
    os.kill(server.get_pid(), signal.SIGINT)
    try:
        async with asyncio.timeout(20):
            while server.get_postmaster_info().is_running():
                await asyncio.sleep(0.05)
        yield
    finally:
        await asyncio.to_thread(server.ensure_postgres_running)


@asynccontextmanager
async def frozen(server: Any) -> AsyncIterator[None]:
    """The server's processes stand still: connections stay open, and nobody answers."""
    main = server.get_pid()
    children = Path(f"/proc/{main}/task/{main}/children").read_text("ascii").split()
    pids = [main, *map(int, children)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGCONT)


async def check(server: BotServer, url: str, log: Path, away: Outage) -> None:
    """People write before, while and after the database is away."""
    async with open_database(url) as database:
        await upgrade(database)
        turns = await write_all(server, 20)
        async with running(url, server.url, "polling", log) as program:
            await until(lambda: len(server.sent) > 5)
            async with away():
                await write_all(server, 20, before=turns)
                await asyncio.sleep(SECONDS)
                taken = len(server.sent)
            await write_all(server, 10, before=turns)
            await until(lambda: answers(server) == expected(turns))
            await all_noted(database)
            assert program.process.returncode is None, "it went on by itself"
        assert taken < 40, "the database was away"
        assert repeated(server) == 0
        await check_effects(database, turns)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    told = {line["event"] for line in lines}
    assert told & {"store unavailable", "the database is out of reach", "the database is slow to answer"}
    assert not any("fault" in line for line in told), told
    assert len(lines) < 4 * SECONDS, "a line now and then, not one for every turn that waits"
    assert TOKEN not in log.read_text("utf-8")


async def test_sqlite_is_locked(server: BotServer, tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    await check(server, f"sqlite:///{file}", tmp_path / "log", lambda: locked(file))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("away", [stopped, frozen])
async def test_postgresql_is_away(
    server: BotServer, tmp_path: Path, postgres: Any, away: Callable[[Any], AbstractAsyncContextManager[None]]
) -> None:
    url = postgres.get_uri()
    await check(server, url, tmp_path / "log", lambda: away(postgres))
