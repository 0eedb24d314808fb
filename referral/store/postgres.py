"""PostgreSQL, asked through asyncpg; what must not run at once is held apart by ``database.hold``."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from referral.store.database import Still, StoreUnavailable, number, told_plainly

ALONE_SECONDS = 0.5
"""How often a process that waits to be alone tries again."""

_T = TypeVar("_T")


@contextmanager
def _told() -> Iterator[None]:
    """The driver's own errors too: some come past SQLAlchemy while a connection is made."""
    try:
        with told_plainly():
            yield
    except (asyncpg.PostgresError, PendingRollbackError) as error:
        # The second is what a connection says that was lost before.
        raise StoreUnavailable(type(error).__name__) from error


class Postgres:
    """A PostgreSQL database; see ``Database``."""

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,  # What is bound to a statement must not get into an error message.
            pool_pre_ping=True,
            connect_args={"timeout": 10, "command_timeout": 30},
        )

    async def write(self, work: Callable[[Connection], _T]) -> _T:
        with _told():
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    read = write

    async def tidy(self) -> None:
        """Nothing: autovacuum does it."""

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[Still]:
        """A lock of the session, which ends with its connection."""
        asked = {"number": number(f"alone:{name}")}
        with _told():
            connection = await self._engine.connect()
        try:
            with _told():
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                while not await connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), asked):
                    await asyncio.sleep(ALONE_SECONDS)

            async def still() -> None:
                with _told():
                    await connection.scalar(text("SELECT 1"))

            yield still
        finally:
            # Back in the pool the connection would keep the lock.
            await connection.invalidate()
            await connection.close()

    async def close(self) -> None:
        await self._engine.dispose()
