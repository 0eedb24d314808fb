"""What a transaction promises, and how a database out of reach is told."""

import asyncio
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from referral.migrations import upgrade
from referral.store import sqlite as sqlite_module
from referral.store.database import Database, StoreUnavailable, hold, open_database
from referral.store.schema import SECRETS


def increase(connection: Connection) -> None:
    """Reads, then writes: what two transactions at once must not both do."""
    hold(connection, ["the counter"])
    count = int(connection.execute(text("SELECT secret FROM secrets")).scalar_one())
    connection.execute(SECRETS.update().values(secret=str(count + 1).encode()))


async def read_counter(database: Database) -> int:
    return int(await database.read(lambda connection: connection.execute(SECRETS.select()).one().secret))


async def start_counter(database: Database) -> None:
    row = {"name": "counter", "secret": b"0"}
    await database.write(lambda connection: connection.execute(SECRETS.insert(), row))


async def test_240_that_read_and_then_write_lose_nothing(database: Database) -> None:
    await start_counter(database)
    await asyncio.gather(*(database.write(increase) for _ in range(240)))
    assert await read_counter(database) == 240


async def test_two_engines_on_one_database_lose_nothing(database: Database, database_url: str) -> None:
    """Two engines stand for two processes: they share no queue."""
    await start_counter(database)
    async with open_database(database_url) as other:
        await asyncio.gather(*(opened.write(increase) for _ in range(60) for opened in (database, other)))
    assert await read_counter(database) == 120


async def test_work_that_raises_changes_nothing(database: Database) -> None:
    await start_counter(database)

    def fail(connection: Connection) -> None:
        increase(connection)
        raise LookupError("on the way")

    with pytest.raises(LookupError):
        await database.write(fail)
    assert await read_counter(database) == 0


async def test_reading_waits_for_no_writer(sqlite_database: Database) -> None:
    await start_counter(sqlite_database)
    seen: list[int] = []
    loop = asyncio.get_running_loop()
    in_the_middle, go_on = asyncio.Event(), asyncio.Event()

    def slow(connection: Connection) -> None:
        increase(connection)
        loop.call_soon_threadsafe(in_the_middle.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()

    writing = asyncio.create_task(sqlite_database.write(slow))
    await in_the_middle.wait()
    seen.append(await read_counter(sqlite_database))
    go_on.set()
    await writing
    assert [*seen, await read_counter(sqlite_database)] == [0, 1]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_module, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_a_locked_file_is_unavailable_until_it_is_free_again(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    async with open_database(f"sqlite:///{file}") as opened:
        await upgrade(opened)
        await start_counter(opened)
        locker = sqlite3.connect(file, isolation_level=None)
        locker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable) as caught:
            await opened.write(increase)
        assert caught.value.reason == "OperationalError"
        assert "could not be saved" in str(caught.value)
        assert await read_counter(opened) == 0
        locker.execute("ROLLBACK")
        locker.close()
        await opened.write(increase)
        assert await read_counter(opened) == 1


async def test_work_that_waited_too_long_does_not_begin(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_counter(sqlite_database)
    monkeypatch.setattr(sqlite_module, "QUEUE_SECONDS", -1)
    with pytest.raises(StoreUnavailable):
        await sqlite_database.write(increase)
    monkeypatch.undo()
    assert await read_counter(sqlite_database) == 0


async def test_a_full_disk_loses_nothing_and_comes_back(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path / 'full.sqlite3'}") as opened:
        await upgrade(opened)
        await start_counter(opened)

        def limit(connection: Connection, pages: str) -> None:
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))

        def fill(connection: Connection) -> None:
            connection.execute(SECRETS.insert(), {"name": "large", "secret": b"x" * 1_000_000})

        await opened.write(lambda connection: limit(connection, "60"))
        with pytest.raises(StoreUnavailable):
            await opened.write(fill)
        assert await read_counter(opened) == 0
        await opened.write(increase)
        await opened.write(lambda connection: limit(connection, "100000"))
        await opened.write(fill)


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////dev/null/x/y.sqlite3"]
)
async def test_a_database_that_is_not_there_is_unavailable(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        async with open_database(url) as opened:
            await opened.read(lambda connection: connection.execute(text("SELECT 1")))


async def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "data" / "private.sqlite3"
    async with open_database(f"sqlite:///{file}") as opened:
        await upgrade(opened)
        kept = [file, *file.parent.glob("*-wal"), *file.parent.glob("*-shm")]
        assert len(kept) == 3
        assert {path.stat().st_mode & 0o077 for path in (*kept, file.parent)} == {0}


async def test_a_power_cut_loses_no_commit(sqlite_database: Database) -> None:
    """What SQLite promises for that is set: a write-ahead log that is flushed at each commit."""

    def pragma(connection: Connection) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "secure_delete")
        return tuple(connection.execute(text(f"PRAGMA {name}")).scalar() for name in names)

    assert await sqlite_database.write(pragma) == ("wal", 2, 1)


async def test_one_process_at_a_time_is_alone(database_url: str) -> None:
    """Two engines stand for two processes; the second comes in when the first has left."""
    order = []
    async with open_database(database_url) as one, open_database(database_url) as other:

        async def second() -> None:
            async with other.alone("sender") as still:
                await still()
                order.append("second")

        async with one.alone("sender") as still:
            waiting = asyncio.create_task(second())
            async with other.alone("another name"):
                order.append("another name")
            await asyncio.sleep(0.05)
            await still()
            order.append("first")
        await waiting
    assert order == ["another name", "first", "second"]


async def test_an_error_does_not_quote_what_was_to_be_stored(sqlite_database: Database) -> None:
    """PostgreSQL's own messages do quote keys; so no message of an error is ever logged."""
    row = {"name": "chat-id-314159265", "secret": b"x"}
    await sqlite_database.write(lambda connection: connection.execute(SECRETS.insert(), row))
    with pytest.raises(StoreUnavailable) as caught:
        await sqlite_database.write(lambda connection: connection.execute(SECRETS.insert(), row))
    told = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO secrets" in told
    assert "314159265" not in told


async def test_who_cannot_tell_any_more_that_it_is_alone_is_told(new_postgres: Callable[[], str]) -> None:
    """The server ends the session, and with it the lock: another may be alone now."""
    async with open_database(new_postgres()) as one, one.alone("sender") as still:
        await still()
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        await one.write(lambda connection: connection.execute(text(ended)).all())
        with pytest.raises(StoreUnavailable):
            await still()
