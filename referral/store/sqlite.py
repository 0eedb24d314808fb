"""SQLite, the database that needs nothing.

It has one writer at a time. A write transaction takes the writer's lock at its start (BEGIN
IMMEDIATE): the driver's default takes it at the first write, and two that have read the same row
then overwrite each other in silence. Writing has one thread, so that within this process it is first
come, first served; reading has an engine and threads of its own, because with BEGIN IMMEDIATE a
reader would take the writer's lock too. (An asynchronous driver for SQLite is a thread as well, but
is asked four times a statement: measured, a turn cost ten times as much.) Each thread keeps its
connection: to take one from a pool and to give it back costs as much as three statements.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import get_ident
from time import monotonic, sleep
from typing import Any, TextIO, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from referral.store.database import Still, told_plainly
from referral.store.together import Together, told

BUSY_SECONDS = 5
"""How long one transaction waits for another process that writes to the same SQLite file."""

QUEUE_SECONDS = 20
"""How long a transaction may have waited for those before it in this process, and still begin."""

READERS = 2
"""Threads that read from SQLite."""

WAL_SECONDS = 0.01
"""How often a thread of the store tries again to turn the write-ahead log on."""

ALONE_SECONDS = 0.5
"""How often a process that waits to be alone tries again."""

_T = TypeVar("_T")


class Sqlite:
    """A SQLite file; see ``Database``."""

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        with told_plainly():
            _make_private(self._file)
        self._writer = _Lane(url, "store-writer", 1, writes=True)
        self._reader = _Lane(url, "store-reader", READERS, writes=False)
        self._together = Together(self._writer.run)

    async def write(self, work: Callable[[Connection], _T]) -> _T:
        return await self._together.write(work, QUEUE_SECONDS)

    async def read(self, work: Callable[[Connection], _T]) -> _T:
        return await self._reader.run(partial(_transaction, work=work))

    async def tidy(self) -> None:
        """Deleted rows are overwritten at once (``secure_delete``), but older pages stay in the
        write-ahead log until it is emptied."""

        def empty(connection: Connection) -> None:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        await self._writer.run(empty)

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[Still]:
        """A lock on a file beside the database, which ends with the process."""
        with told_plainly():
            file = open(f"{self._file}.{name}.lock", "a")  # noqa: SIM115 (closed below)
        try:
            while not _taken(file):
                await asyncio.sleep(ALONE_SECONDS)
            yield _always
        finally:
            file.close()

    async def close(self) -> None:
        await self._together.close()
        await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        self._writer.close()
        self._reader.close()


class _Lane:
    """Threads with an engine of their own, each of which keeps its connection."""

    def __init__(self, url: URL, name: str, threads: int, *, writes: bool) -> None:
        self._engine = _engine(url, threads, writes=writes)
        self._threads = ThreadPoolExecutor(threads, name)
        self._kept: dict[int, Connection] = {}

    async def run(self, work: Callable[[Connection], _T]) -> _T:
        """What ``work`` returns, with a connection that has no transaction. Raises StoreUnavailable."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._told, work)

    def close(self) -> None:
        """Waits for what is under way."""
        self._threads.shutdown()
        for connection in self._kept.values():
            connection.close()
        self._engine.dispose()

    def _told(self, work: Callable[[Connection], _T]) -> _T:
        with told():
            return self._with_connection(work)

    def _with_connection(self, work: Callable[[Connection], _T]) -> _T:
        thread = get_ident()
        connection = self._kept.get(thread)
        if connection is None:
            connection = self._kept[thread] = self._engine.connect()
        try:
            return work(connection)
        except (DBAPIError, sqlite3.Error):
            # Whatever is wrong with it, the next begins with a new one.
            del self._kept[thread]
            connection.close()
            raise


def _transaction(connection: Connection, work: Callable[[Connection], _T]) -> _T:
    with connection.begin():
        return work(connection)


def _engine(url: URL, connections: int, *, writes: bool) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        pool_size=connections,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        _to_wal(connection)
        # FULL: an answer that was given survives a power cut; NORMAL would lose the last ones.
        for pragma in ("synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _to_wal(connection: Any) -> None:
    """Turns the write-ahead log on. Of processes that open a new file at once one turns it on, and SQLite
    refuses the others at once instead of letting them wait as it does elsewhere: so they wait here."""
    latest = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if monotonic() > latest:
                raise
        sleep(WAL_SECONDS)


def _make_private(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


async def _always() -> None:
    """A lock on an open file is not lost."""


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
