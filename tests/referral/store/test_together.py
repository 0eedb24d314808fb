"""Transactions that are committed together: each still is all or nothing, and nobody is told too soon."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from referral.store.database import Database, Prepared, StoreUnavailable
from referral.store.schema import SECRETS

KEEP = Prepared(SECRETS.insert(), SECRETS.c.keys())
Keep = Callable[..., str]


def keep(connection: Connection, name: str, size: int = 1) -> str:
    connection.execute(SECRETS.insert(), {"name": name, "secret": b"x" * size})
    return name


def keep_prepared(connection: Connection, name: str, size: int = 1) -> str:
    """The same past SQLAlchemy, whose errors are the driver's own."""
    KEEP.run(connection, {"name": name, "secret": b"x" * size})
    return name


both_ways = pytest.mark.parametrize("keep", [keep, keep_prepared])


def fail(connection: Connection, name: str) -> str:
    keep(connection, name)
    raise LookupError(name)


async def names(database: Database) -> list[str]:
    rows = await database.read(lambda connection: connection.execute(SECRETS.select()).all())
    return sorted(row.name for row in rows)


async def test_one_that_fails_is_undone_alone(sqlite_database: Database) -> None:
    works = [lambda c, n=n: (fail if n in "bd" else keep)(c, n) for n in "abcde"]
    told = await asyncio.gather(*map(sqlite_database.write, works), return_exceptions=True)
    assert [one if isinstance(one, str) else type(one) for one in told] == [
        *("a", LookupError, "c", LookupError, "e")
    ]
    assert await names(sqlite_database) == ["a", "c", "e"]


@both_ways
async def test_one_that_the_database_refuses_is_undone_alone(sqlite_database: Database, keep: Keep) -> None:
    works = [lambda c, n=n: keep(c, n) for n in "aabbc"]
    told = await asyncio.gather(*map(sqlite_database.write, works), return_exceptions=True)
    assert [isinstance(one, StoreUnavailable) for one in told] == [False, True, False, True, False]
    assert await names(sqlite_database) == ["a", "b", "c"]


@both_ways
async def test_a_full_disk_undoes_all_of_them_and_says_so(sqlite_database: Database, keep: Keep) -> None:
    def limit(connection: Connection, pages: int) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def large(connection: Connection) -> str:
        return keep(connection, "large", 10_000_000)

    await sqlite_database.write(lambda connection: limit(connection, 1))
    works: list[Any] = [lambda c: keep(c, "a"), large, lambda c: keep(c, "b")]
    told = await asyncio.gather(*map(sqlite_database.write, works), return_exceptions=True)
    assert all(isinstance(one, StoreUnavailable) for one in told)
    assert await names(sqlite_database) == []
    await sqlite_database.write(lambda connection: limit(connection, 1_000_000))
    assert await sqlite_database.write(lambda c: keep(c, "a")) == "a"


async def test_they_are_run_in_the_order_in_which_they_came(sqlite_database: Database) -> None:
    order: list[int] = []
    await asyncio.gather(*(sqlite_database.write(lambda c, n=n: order.append(n)) for n in range(300)))
    assert order == list(range(300))


async def test_who_no_longer_waits_holds_up_nobody(sqlite_database: Database) -> None:
    waiting = [asyncio.create_task(sqlite_database.write(lambda c, n=n: keep(c, n))) for n in "abc"]
    await asyncio.sleep(0)
    waiting[1].cancel()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert (told[0], told[2]) == ("a", "c")
    assert isinstance(told[1], asyncio.CancelledError)
