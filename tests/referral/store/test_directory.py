"""The directory as the database has it: what is over is left out, twins are one, and it is swapped."""

import asyncio
import threading
import weakref
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import Connection, update

from referral.directory.current import NOT_STORED, Current, Edition
from referral.directory.importers import IMPORTERS
from referral.directory.index import Directory
from referral.directory.twins import PRECEDENCE
from referral.model import Form, Offer, Organisation
from referral.store import offers, sources, submissions, watch
from referral.store.database import Database, open_database
from referral.store.directory import TRUSTED_AS, find_all_twins, read_edition, trusted_as
from referral.store.imports import REPLACES, STARTER
from referral.store.revision import raise_it
from referral.store.schema import OFFERS
from referral.store.told_pairs import apart, together, told_apart, told_same
from referral.store.watch import refresh, watched
from tests.referral.supply import MONDAY, SODANKYLA, at, atlas, directory, offer

DAY = date(2026, 11, 22)


def place(id: str, **changes: Any) -> Offer:
    name = {"fi": "Sodankylän kirjasto"}
    return at(id, SODANKYLA, names=name, organisation=Organisation(id, name, ""), **changes)


async def put(database: Database, source: str, kind: str, *supply: Offer) -> None:
    def write(connection: Connection) -> None:
        sources.note(connection, source, kind, DAY)
        offers.put(connection, supply, source, DAY)
        raise_it(connection)

    await database.write(write)


async def edition(database: Database) -> Edition:
    return await database.read(partial(read_edition, atlas=atlas(), today=DAY))


async def test_what_is_over_is_left_out(database: Database) -> None:
    course = {"form": Form.TRAINING, "starts": MONDAY - timedelta(days=9)}
    supply = (
        offer("open"),
        offer("until", valid_until=DAY),
        offer("closed", valid_until=DAY - timedelta(days=2)),
        offer("coming", **{**course, "ends": MONDAY + timedelta(days=9)}),
        offer("over", **{**course, "ends": MONDAY - timedelta(days=8)}),
    )
    await put(database, "x", "sheet", *supply)
    assert (await edition(database)).directory.offers.keys() == {"open", "until", "coming"}


async def test_where_an_offer_comes_from_is_known(database: Database) -> None:
    await put(database, "sheet lappi.csv", "sheet", offer("a"))
    origin = (await edition(database)).origins["a"]
    assert (origin.source, origin.kind, origin.modified) == ("sheet lappi.csv", "sheet", DAY)


async def test_one_place_is_one_card(database: Database) -> None:
    await put(database, "ptv", "ptv", place("x", phone="016 1"))
    await put(database, "kirkanta", "kirkanta", place("y", hours="Mo 10:00-12:00"))
    found = await edition(database)
    (shown,) = found.directory.rows
    assert (shown.id, shown.phone, shown.hours) == ("y", "016 1", "Mo 10:00-12:00")
    assert found.twins == {"x": "y"}
    (pair,) = await database.read(partial(find_all_twins, today=DAY))
    assert (pair.shown, pair.other, pair.why) == ("y", "x", "place")


async def test_a_person_tells_them_apart_and_together(database: Database) -> None:
    await put(database, "ptv", "ptv", place("x"))
    await put(database, "kirkanta", "kirkanta", place("y"))
    assert await database.write(partial(apart, one="y", other="x"))
    assert not await database.write(partial(apart, one="x", other="y"))
    assert await database.read(told_apart) == (("x", "y"),)
    found = await edition(database)
    assert (len(found.directory.rows), found.twins, found.revision) == (2, {}, 3)
    assert await database.write(partial(together, one="y", other="x"))
    assert not await database.write(partial(together, one="y", other="x"))
    assert (await database.read(told_apart), await database.read(told_same)) == ((), (("x", "y"),))
    assert len((await edition(database)).directory.rows) == 1


async def test_a_person_says_that_two_are_one_and_takes_it_back(database: Database) -> None:
    await put(database, "ptv", "ptv", place("x"))
    await put(database, "kirkanta", "kirkanta", replace(place("y"), point=None))
    assert len((await edition(database)).directory.rows) == 2
    assert await database.write(partial(together, one="x", other="y"))
    found = await edition(database)
    assert ([one.id for one in found.directory.rows], found.twins) == (["y"], {"x": "y"})
    assert await database.write(partial(apart, one="x", other="y"))
    assert len((await edition(database)).directory.rows) == 2


async def look(database: Database, url: str, current: Current) -> bool:
    return await refresh(database, url, current, atlas(), DAY)


async def test_the_directory_is_swapped_when_the_tables_have_changed(
    database: Database, database_url: str
) -> None:
    current = Current.of(directory(offer("shipped")))
    assert current.edition.revision == NOT_STORED
    await put(database, "x", "sheet", offer("a"))
    assert await look(database, database_url, current)
    assert current.directory.offers.keys() == {"a"}
    before = current.directory
    assert not await look(database, database_url, current)
    assert current.directory is before
    async with open_database(database_url) as other:  # As another process does.
        await put(other, "y", "sheet", offer("b"))
    assert await look(database, database_url, current)
    assert current.directory.offers.keys() == {"a", "b"}
    assert before.offers.keys() == {"a"}
    left = weakref.ref(before)
    del before
    assert left() is None  # The old directory takes no room any more.


async def test_what_ships_answers_while_the_database_is_empty(database: Database, database_url: str) -> None:
    current = Current.of(directory(offer("shipped")))
    assert not await look(database, database_url, current)
    assert current.directory.offers.keys() == {"shipped"}


async def test_what_cannot_be_read_leaves_the_old_directory(
    database: Database, database_url: str, log: StringIO
) -> None:
    current = Current.of(directory(offer("shipped")))
    before = current.directory
    await put(database, "x", "sheet", offer("a"))
    await database.write(lambda c: c.execute(update(OFFERS).values(role="oracle")) and None)
    assert not await look(database, database_url, current)
    assert current.directory is before
    assert "the directory cannot be used" in log.getvalue()
    await put(database, "x", "sheet", offer("a"))
    assert await look(database, database_url, current)


async def test_a_database_that_is_gone_leaves_the_old_directory(database_url: str, log: StringIO) -> None:
    current = Current.of(directory(offer("shipped")))
    before = current.directory
    async with open_database(database_url) as empty:  # It has no tables at all.
        assert not await look(empty, database_url, current)
    assert current.directory is before
    assert "the directory cannot be looked at" in log.getvalue()


async def test_what_is_made_of_a_directory_is_made_before_it_is_used(
    database: Database, database_url: str
) -> None:
    current, prepared = Current.of(directory()), []

    def prepare(made: Directory) -> None:
        prepared.append((made, current.directory is made, threading.current_thread()))

    await put(database, "x", "sheet", offer("a"))
    assert await refresh(database, database_url, current, atlas(), DAY, prepare)
    ((made, was_used, thread),) = prepared
    assert made is current.directory
    assert not was_used
    assert thread is not threading.main_thread()


async def test_it_is_watched_until_the_end(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = Current.of(directory())
    quick = 0.02
    monkeypatch.setattr(watch, "LOOK_SECONDS", quick)
    await put(database, "x", "sheet", offer("a"))
    async with watched(database, database_url, current, atlas(), lambda: DAY):
        async with asyncio.timeout(20):
            while not current.directory.offers:
                await asyncio.sleep(quick)
    await put(database, "x", "sheet", offer("b"))
    await asyncio.sleep(quick * 3)
    assert current.directory.offers.keys() == {"a"}


def test_every_kind_of_source_has_its_place_among_the_trusted() -> None:
    for kind in (*IMPORTERS, submissions.PROVIDER, STARTER):
        assert trusted_as(kind) in PRECEDENCE
    assert set(TRUSTED_AS) <= set(IMPORTERS)
    assert set(REPLACES) <= set(IMPORTERS)
