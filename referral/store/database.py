"""The engines and the one way to a transaction.

A transaction is one plain function of a connection: ``await database.write(work)`` runs it, commits,
and gives what it returned. It cannot be interrupted half-way, and the store's other files need no
``async``.

SQLite has one writer at a time. A write transaction takes the writer's lock at its start (BEGIN
IMMEDIATE): the driver's default takes it at the first write, and two that have read the same row
then overwrite each other in silence. Writing has one thread, so that within this process it is first
come, first served; reading has an engine and threads of its own, because with BEGIN IMMEDIATE a
reader would take the writer's lock too. (An asynchronous driver for SQLite is a thread as well, but
is asked four times a statement: measured, a turn cost ten times as much.)

PostgreSQL is asked through asyncpg. What must not run at once is held apart there by ``hold``.
"""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TextIO, TypeVar

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_SECONDS = 5
"""How long one transaction waits for another process that writes to the same SQLite file."""

QUEUE_SECONDS = 20
"""How long a transaction may have waited for those before it in this process, and still begin."""

READERS = 2
"""Threads that read from SQLite."""

ALONE_SECONDS = 0.5
"""How often a process that waits to be alone tries again."""

_T = TypeVar("_T")


class StoreUnavailable(Exception):
    """The database cannot be reached, is locked by somebody else, has no room left, or refused.

    Nothing of the transaction is known to have happened, and it may be tried again. The message is a
    sentence for people; ``reason`` is the driver's own word, for whoever looks after the machine.
    """

    code = "store_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__("What you wrote could not be saved just now. Please try again in a moment.")
        self.reason = reason


Still = Callable[[], Awaitable[None]]


class Database(Protocol):
    """An open database. Given by ``open_database``."""

    async def write(self, work: Callable[[Connection], _T]) -> _T:
        """What ``work`` returns, committed; when it raises, rolled back. Raises StoreUnavailable."""

    async def read(self, work: Callable[[Connection], _T]) -> _T:
        """What ``work`` returns, which only reads. It waits for no writer. Raises StoreUnavailable."""

    async def tidy(self) -> None:
        """Removes from the files what has been deleted from the tables. Raises StoreUnavailable."""

    def alone(self, name: str) -> AbstractAsyncContextManager[Still]:
        """Waits until no other process is in a block of this ``name``, then runs the block.

        A process that dies leaves its block. What the block is given returns while it is still alone,
        and raises StoreUnavailable once that cannot be told any more. Raises StoreUnavailable.
        """


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database at ``url`` ("sqlite:///…", "postgresql://…"), closed when the block ends.

    A missing SQLite file is made, with its folder, readable by its owner only.
    Raises StoreUnavailable when that is not possible.
    """
    parsed = make_url(url)
    opened = _Sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _Postgres(parsed)
    try:
        yield opened
    finally:
        await opened.close()


def hold(connection: Connection, names: Iterable[str]) -> None:
    """Keeps every other transaction that would hold one of ``names`` waiting until this one ends.

    A row lock would not do: a conversation that begins has no row yet, and one that is forgotten
    loses it. SQLite has one writer anyway.
    """
    if connection.dialect.name == "sqlite":
        return
    # In one order everywhere, so that two transactions never wait for each other.
    for number in sorted({_number(name) for name in names}):
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows ON CONFLICT; ``dialect`` is "sqlite" or "postgresql"."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


class _Postgres:
    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,  # What is bound to a statement must not get into an error message.
            pool_pre_ping=True,
            connect_args={"timeout": 10, "command_timeout": 30},
        )

    async def write(self, work: Callable[[Connection], _T]) -> _T:
        with _told_plainly():
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    read = write

    async def tidy(self) -> None:
        """Nothing: autovacuum does it."""

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[Still]:
        """A lock of the session, which ends with its connection."""
        asked = {"number": _number(f"alone:{name}")}
        async with self._engine.connect() as connection:
            with _told_plainly():
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                while not await connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), asked):
                    await asyncio.sleep(ALONE_SECONDS)

            async def still() -> None:
                with _told_plainly():
                    await connection.scalar(text("SELECT 1"))

            try:
                yield still
            finally:
                # Back in the pool the connection would keep the lock.
                await connection.invalidate()

    async def close(self) -> None:
        await self._engine.dispose()


class _Sqlite:
    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        with _told_plainly():
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
            with _told_plainly(), self._writer.connect() as connection:
                empty(connection.connection.driver_connection)

        await asyncio.get_running_loop().run_in_executor(self._writing, outside_a_transaction)

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[Still]:
        """A lock on a file beside the database, which ends with the process."""
        with _told_plainly():
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
            with _told_plainly():
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
        # FULL: an answer that was given survives a power cut; NORMAL would lose the last ones.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


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


def _number(name: str) -> int:
    """PostgreSQL's locks are named by a signed integer of 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turns every error of a database into StoreUnavailable."""
    try:
        yield
    except DBAPIError as error:
        raise StoreUnavailable(type(error.orig).__name__) from error
    except (OSError, TimeoutError, PoolTimeout, asyncpg.PostgresError) as error:
        raise StoreUnavailable(type(error).__name__) from error
