"""The engines and the one way to a transaction.

SQLite has one writer at a time. A write transaction takes the writer's lock at its start (BEGIN
IMMEDIATE): the driver's default takes it at the first write, and two that have read the same row
then overwrite each other in silence. Reading has an engine of its own, because with BEGIN IMMEDIATE
a reader would take the writer's lock too. On PostgreSQL both share one engine, and what must not
run at once is held apart by ``Database.hold``.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import Table

BUSY_SECONDS = 5
"""How long one transaction waits for another process that writes to the same SQLite file."""

QUEUE_SECONDS = 20
"""How long a transaction waits for its turn within this process."""


class StoreUnavailable(Exception):
    """The database cannot be reached, is locked by somebody else, or has no room left.

    Nothing of the transaction is known to have happened, and it may be tried again. The message is a
    sentence for people; ``reason`` is the driver's own, for whoever looks after the machine.
    """

    code = "store_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__("What you wrote could not be saved just now. Please try again in a moment.")
        self.reason = reason


class Database:
    """An open database. Made by ``open_database``."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._queue = asyncio.Lock()
        self.is_sqlite = writer.dialect.name == "sqlite"

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write: committed when the block ends, rolled back when it raises.

        Raises StoreUnavailable when it cannot begin, proceed or commit.
        """
        with _told_plainly():
            if not self.is_sqlite:
                async with self._writer.begin() as connection:
                    yield connection
                return
            # One writer at a time is SQLite's rule; waiting here is first come, first served, while
            # waiting in SQLite is a lottery.
            async with asyncio.timeout(QUEUE_SECONDS):
                await self._queue.acquire()
            try:
                async with self._writer.begin() as connection:
                    yield connection
            finally:
                self._queue.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads; it never waits for a writer. Raises StoreUnavailable."""
        with _told_plainly():
            async with self._reader.begin() as connection:
                yield connection

    async def hold(self, connection: AsyncConnection, names: Iterable[str]) -> None:
        """Keeps every other transaction that would hold one of ``names`` waiting until this one ends.

        A row lock would not do: a conversation that begins has no row yet, and one that is forgotten
        loses it. SQLite has one writer anyway.
        """
        if self.is_sqlite:
            return
        # In one order everywhere, so that two transactions never wait for each other.
        for number in sorted({_number(name) for name in names}):
            await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT, in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def tidy(self) -> None:
        """Removes from the files what has been deleted from the tables.

        SQLite overwrites deleted rows by itself (``secure_delete``), but older pages stay in the
        write-ahead log until it is emptied. PostgreSQL's autovacuum does its own.
        """
        if not self.is_sqlite:
            return
        with _told_plainly():
            async with self._queue, self._writer.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # Not allowed in a transaction.


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database at ``url`` ("sqlite:///…", "postgresql://…"), closed when the block ends.

    A missing SQLite file is made, with its folder, readable by its owner only.
    Raises StoreUnavailable when that is not possible.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with _told_plainly():
            _make_private(Path(parsed.database or ""))
        writer, reader = _sqlite(parsed, writes=True), _sqlite(parsed, writes=False)
    else:
        writer = reader = create_async_engine(
            parsed.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,  # What is bound to a statement must not get into an error message.
            pool_pre_ping=True,
            connect_args={"timeout": 10, "command_timeout": 30},
        )
    try:
        yield Database(writer, reader)
    finally:
        await reader.dispose()
        await writer.dispose()


def _number(name: str) -> int:
    """PostgreSQL's locks are named by a signed integer of 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def _make_private(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


def _sqlite(url: URL, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        # The queue lets one writer through at a time; a pool of its own keeps that one open.
        **({"pool_size": 1, "max_overflow": 0} if writes else {"pool_size": 4, "max_overflow": 0}),
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        # FULL: an answer that was given survives a power cut; NORMAL would lose the last ones.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class _told_plainly:  # noqa: N801 (used as a with-statement's word)
    """Turns every way in which a database can be out of reach into StoreUnavailable."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError | ProgrammingError):
            return  # A fault of ours: trying again would not help.
        if isinstance(error, DBAPIError):
            raise StoreUnavailable(type(error.orig).__name__) from error
        if isinstance(error, OSError | TimeoutError | PoolTimeout | asyncpg.PostgresError):
            raise StoreUnavailable(type(error).__name__) from error
