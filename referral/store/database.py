"""The contract of a database, and the one way to a transaction.

A transaction is one plain function of a connection: ``await database.write(work)`` runs it, commits,
and gives what it returned. It cannot be interrupted half-way, and the store's other files need no
``async``. ``sqlite`` and ``postgres`` beside this file are the two databases that keep the contract.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import Connection, Executable, Table, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

BATCH = 1000
"""Rows that are given to the database at once."""

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
    # Each imports its driver, and the other's would only make the start longer.
    if parsed.get_backend_name() == "sqlite":
        from referral.store.sqlite import Sqlite as Opened
    else:
        from referral.store.postgres import Postgres as Opened  # type: ignore[assignment]
    opened = Opened(parsed)
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
    for one in sorted({number(name) for name in names}):
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": one})


def run_many(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Runs ``statement`` for each of ``rows``: for none, or for many thousands, which are given in batches,
    because PostgreSQL's driver waits only so long for one."""
    for first in range(0, len(rows), BATCH):
        connection.execute(statement, list(rows[first : first + BATCH]))


def insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows ON CONFLICT; ``dialect`` is "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


class Prepared:
    """A statement whose SQL is made once for each kind of database.

    SQLAlchemy looks a statement's SQL up anew for each call and wraps what comes back, which takes longer
    than SQLite needs to run it: there the driver is given it directly. ``columns`` are those that an INSERT
    without values fills.
    """

    def __init__(self, statement: Executable, columns: Iterable[str] = ()) -> None:
        self._statement: Any = statement
        self._columns = tuple(columns) or None
        self._made: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The rows that it gives with ``values`` for what is bound by name, none for a statement that gives
        none. Raises as ``connection.execute`` does, or what SQLite's driver raises."""
        dialect = connection.dialect.name
        sql, names, fixed = self._made.get(dialect) or self._make(connection)
        bound = {**fixed, **values}
        given = tuple([bound[name] for name in names])
        if dialect == "sqlite":
            driver: Any = connection.connection.driver_connection
            rows: list[tuple[Any, ...]] = driver.execute(sql, given).fetchall()
            return rows
        result = connection.exec_driver_sql(sql, given)
        return result.all() if result.returns_rows else ()

    def _make(self, connection: Connection) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        compiled = self._statement.compile(dialect=connection.dialect, column_keys=self._columns)
        made = (str(compiled), tuple(compiled.positiontup), dict(compiled.params))
        self._made[connection.dialect.name] = made
        return made


def number(name: str) -> int:
    """PostgreSQL's locks are named by a signed integer of 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns every error of a database into StoreUnavailable."""
    try:
        yield
    except DBAPIError as error:
        raise StoreUnavailable(type(error.orig).__name__) from error
    except (OSError, TimeoutError, PoolTimeout) as error:
        raise StoreUnavailable(type(error).__name__) from error
