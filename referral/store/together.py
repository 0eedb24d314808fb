"""Transactions that wait for SQLite's one writer are run together and committed once.

A commit is the dearest part of a small transaction, and so is the way to the writer's thread and back;
while one group is being written the next gathers. Each transaction stands in a savepoint: one that fails
is undone alone. Nobody is told of success before the commit, so what a transaction promises is the same.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from referral.store.database import StoreUnavailable, told_plainly

MOST = 50
"""Transactions in one commit."""

LONGEST_SECONDS = 0.02
"""After so long a group is committed, and the rest of it goes with the next."""

_T = TypeVar("_T")


class _Run(Protocol):
    """Runs work in the writer's thread, with a connection that has no transaction."""

    def __call__(self, work: Callable[[Connection], _T], /) -> Awaitable[_T]: ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Callable[[Connection], Any]
    latest: float
    done: "asyncio.Future[Any]"


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class Together:
    """Made once for a writer; ``run`` is the way to its thread."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._waiting: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[Connection], _T], patience: float) -> _T:
        """What ``work`` returns, committed; when it raises, undone. ``patience`` is how many seconds it
        may have waited for those before it, and still begin. Raises StoreUnavailable."""
        done: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, monotonic() + patience, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all())
        return await done

    async def close(self) -> None:
        """Waits for what is under way."""
        if self._task:
            await self._task

    async def _write_all(self) -> None:
        while self._waiting:
            group = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            group = [one for one in group if not one.done.cancelled()]
            try:
                outcomes = await self._run(partial(_written, group=group))
            except Exception as error:
                # The commit failed, or there was no transaction to be had: nothing of it has happened.
                outcomes = [_Outcome(error=error)] * len(group)
            for one, outcome in zip(group, outcomes, strict=False):
                _tell(one.done, outcome)
            self._waiting.extendleft(reversed(group[len(outcomes) :]))


def _tell(done: "asyncio.Future[Any]", outcome: _Outcome) -> None:
    if done.done():  # Whoever asked has gone.
        return
    if outcome.error:
        done.set_exception(outcome.error)
    else:
        done.set_result(outcome.value)


def _written(connection: Connection, group: Sequence[_Waiting]) -> list[_Outcome]:
    """The outcomes of as many of ``group`` as there was time for, in its order, committed."""
    until = monotonic() + LONGEST_SECONDS
    outcomes: list[_Outcome] = []
    with connection.begin():
        for one in group:
            outcomes.append(_outcome(connection, one))
            if monotonic() > until:
                break
    return outcomes


@contextmanager
def told() -> Iterator[None]:
    """The driver's own errors too: what every turn runs, and the beginning of a transaction, come past
    SQLAlchemy."""
    try:
        with told_plainly():
            yield
    except sqlite3.Error as error:
        raise StoreUnavailable(type(error).__name__) from error


def _outcome(connection: Connection, one: _Waiting) -> _Outcome:
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT one")
    try:
        with told():
            if monotonic() > one.latest:
                raise TimeoutError
            outcome = _Outcome(one.work(connection))
    except Exception as error:
        cause = error.__cause__
        if isinstance(cause, DBAPIError | sqlite3.Error) and not driver.in_transaction:
            # A full disk, for one: SQLite has undone the whole group.
            raise
        driver.execute("ROLLBACK TO one")
        outcome = _Outcome(error=error)
    driver.execute("RELEASE one")
    return outcome
