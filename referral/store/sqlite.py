"""SQLite, the database that needs nothing.

It has one writer at a time. A write transaction takes the writer's lock at its start (BEGIN
IMMEDIATE): the driver's default takes it at the first write, and two that have read the same row
then overwrite each other in silence. Writing has one thread, so that within this process it is first
come, first served; reading has an engine and threads of its own, because with BEGIN IMMEDIATE a
reader would take the writer's lock too. (An asynchronous driver for SQLite is a thread as well, but
is asked four times a statement: measured, a turn cost ten times as much.)
"""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any, TextIO, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from referral.store.database import Still, told_plainly

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
        self._writer, self._reader = _engine(url, writes=True), _engine(url, writes=False)
        self._writing = ThreadPoolExecutor(1, "store-writer")
        self._reading = ThreadPoolExecutor(READERS, "store-reader")

    async def write(self, work: Callable[[Connection], _T]) -> _T:
        return await self._run(self._writing, self._writer, work)

    async def read(self, work: Callable[[Connection], _T]) -> _T:
        return await self._run(self._reading, self._reader, work)

    async def tidy(self) -> None:
        """Deleted rows are overwritten at once (``secure_delete``), but older pages stay in the
        write-ahead log until it is emptied."""

        def empty(connection: Any) -> None:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        def outside_a_transaction() -> None:
            with told_plainly(), self._writer.connect() as connection:
                empty(connection.connection.driver_connection)

        await asyncio.get_running_loop().run_in_executor(self._writing, outside_a_transaction)

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
        await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        self._writing.shutdown()
        self._reading.shutdown()
        self._reader.dispose()
        self._writer.dispose()

    async def _run(self, threads: ThreadPoolExecutor, engine: Engine, work: Callable[[Connection], _T]) -> _T:
        latest = monotonic() + QUEUE_SECONDS

        def transaction() -> _T:
            with told_plainly():
                if monotonic() > latest:
                    raise TimeoutError
                with engine.begin() as connection:
                    return work(connection)

        return await asyncio.get_running_loop().run_in_executor(threads, transaction)


def _engine(url: URL, *, writes: bool) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        pool_size=1 if writes else READERS,
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
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _to_wal(connection: Any) -> None:
    """Turns the write-ahead log on. Of processes that open a new file at once one turns it on, and SQLite
    refuses the others at once instead of letting them wait as it does elsewhere: so they wait here."""
    latest = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
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
