"""What a source gives is taken in as a whole; what is gone is closed, and nothing is ever lost."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from referral.directory.importers.imported import Imported
from referral.directory.importers.rejected import Rejected
from referral.model import Offer
from referral.store import checks, overrules, records, sources
from referral.store.checks import Check
from referral.store.database import Database, open_database
from referral.store.imports import Comparison, Delivery, compared, take_in
from referral.store.offers import Stored, find, of_sources, put
from referral.store.overrules import Overrule
from referral.store.revision import revision
from referral.store.starter import begin, has_begun
from tests.referral.supply import offer, source

DAY = date(2026, 11, 22)
LATER = DAY + timedelta(days=7)
TEN = tuple(offer(f"r-{number}") for number in range(10))
PROJECT = Path(__file__).parents[3]


def delivery(*offers: Offer, day: date = DAY, **changes: Any) -> Delivery:
    plain = {"source": "register", "kind": "ptv", "imported": Imported(offers, ()), "day": day}
    return Delivery(**{**plain, **changes})


async def take(database: Database, *offers: Offer, **changes: Any) -> Comparison:
    return await database.write(partial(take_in, delivery=delivery(*offers, **changes)))


async def stored(database: Database, id: str) -> Stored:
    found = await database.read(partial(find, id=id))
    assert found
    return found


async def number(database: Database) -> int:
    return await database.read(revision)


async def test_the_first_import_is_all_new(database: Database) -> None:
    done = await take(database, *TEN, records={"1": '{"id":1}'})
    assert done.change.new == TEN
    assert await number(database) == 1
    kept = await database.read(partial(of_sources, sources=["register"]))
    assert tuple(one.offer for one in kept) == TEN
    (one,) = await database.read(sources.sources)
    assert (one.name, one.kind, one.imported, one.loaded) == ("register", "ptv", DAY, DAY)
    assert await database.read(partial(checks.history, offer="r-1")) == (
        Check(DAY, checks.SOURCE, checks.TRUE),
    )
    record = await database.read(partial(records.find, source="register", id="1"))
    assert record
    assert (record.content, record.fetched, len(record.sha256)) == ('{"id":1}', DAY, 64)
    assert await database.read(partial(records.find, source="register", id="2")) is None


async def test_the_second_time_nothing_changes(database: Database) -> None:
    await take(database, *TEN, records={"1": "{}"})
    done = await take(database, *TEN, day=LATER, records={"1": "{}"})
    assert done.change.is_empty
    assert done.change.same == 10
    assert await number(database) == 1
    assert (await stored(database, "r-1")).modified == DAY
    record = await database.read(partial(records.find, source="register", id="1"))
    assert record
    assert record.fetched == DAY


async def test_only_checked_again_is_no_change(database: Database) -> None:
    await take(database, *TEN)
    checked = replace(TEN[0], source=source(LATER))
    done = await take(database, checked, *TEN[1:], day=LATER)
    assert [one.after for one in done.change.confirmed] == [checked]
    found = await stored(database, "r-0")
    assert (found.offer, found.modified) == (checked, DAY)
    assert await number(database) == 2
    assert await database.read(partial(checks.history, offer="r-0")) == (
        Check(LATER, checks.SOURCE, checks.TRUE),
    )


async def test_what_disappears_is_closed_and_opens_again(database: Database) -> None:
    await take(database, *TEN)
    done = await take(database, *TEN[1:], day=LATER)
    assert [one.id for one in done.change.closed] == ["r-0"]
    assert (await stored(database, "r-0")).offer.valid_until == LATER - timedelta(days=1)
    assert (await database.read(partial(checks.history, offer="r-0")))[0].outcome == checks.CLOSED
    back = await take(database, *TEN, day=LATER + timedelta(days=7))
    assert [one.id for one in back.change.opened] == ["r-0"]
    assert (await stored(database, "r-0")).offer == TEN[0]


async def test_a_fifth_may_close_and_no_more_without_being_asked(database: Database) -> None:
    await take(database, *TEN)
    before = await database.read(partial(of_sources, sources=["register"]))
    done = await take(database, *TEN[3:], day=LATER)
    assert done.change.refused
    assert await database.read(partial(of_sources, sources=["register"])) == before
    assert (await database.read(sources.sources))[0].imported == DAY
    assert not (await take(database, *TEN[3:], day=LATER, force=True)).change.refused
    assert (await stored(database, "r-0")).offer.valid_until is not None


async def test_what_only_tells_changes_closes_nothing(database: Database) -> None:
    await take(database, *TEN)
    done = await take(database, TEN[0], day=LATER, whole=False)
    assert done.change.is_empty
    (one,) = await database.read(sources.sources)
    assert (one.imported, one.loaded) == (LATER, DAY)


async def test_a_file_that_cannot_be_read_closes_nothing(database: Database) -> None:
    await take(database, *TEN)
    broken = Imported((TEN[0],), (Rejected("page-2.json", 0, "", "", "no JSON", "Fetch it again."),))
    done = await take(database, imported=broken, day=LATER)
    assert not done.change.closed
    assert (await database.read(sources.sources))[0].loaded == DAY


async def test_a_trial_writes_nothing(database: Database) -> None:
    done = await database.read(partial(compared, delivery=delivery(*TEN)))
    assert len(done.change.new) == 10
    assert await number(database) == 0
    assert await database.read(sources.sources) == ()


async def test_what_was_compared_before_holds_while_nothing_has_changed(database: Database) -> None:
    given = delivery(*TEN)
    found = await database.read(partial(compared, delivery=given))
    assert await database.write(partial(take_in, delivery=given, found=found)) is found
    again = await database.write(partial(take_in, delivery=given, found=found))
    assert again.change.is_empty
    assert await number(database) == 1


async def test_a_persons_word_outlives_an_older_one_of_the_source(database: Database) -> None:
    await take(database, *TEN)
    await database.write(lambda c: checks.confirm(c, "r-0", LATER, checks.COORDINATOR))
    again = replace(TEN[0], phone="016 1")
    done = await take(database, again, *TEN[1:], day=LATER + timedelta(days=1))
    assert [one.fields for one in done.change.changed] == [("phone",)]
    assert (await stored(database, "r-0")).offer.source.checked == LATER
    history = await database.read(partial(checks.history, offer="r-0"))
    assert [(one.by, one.outcome) for one in history] == [
        (checks.SOURCE, checks.CHANGED),
        (checks.COORDINATOR, checks.TRUE),
        (checks.SOURCE, checks.TRUE),
    ]


async def test_a_sheet_vouches_for_its_rows(database: Database) -> None:
    unsaid, sheet = replace(offer("a"), source=source(None)), {"source": "sheet x", "kind": "sheet"}
    await take(database, unsaid, **sheet)
    assert (await stored(database, "a")).offer.source.checked == DAY
    assert (await take(database, unsaid, **sheet, day=LATER)).change.is_empty
    assert (await stored(database, "a")).offer.source.checked == DAY
    await take(database, replace(unsaid, phone="016 1"), **sheet, day=LATER)
    assert (await stored(database, "a")).offer.source.checked == LATER
    await take(database, replace(unsaid, id="b"), day=LATER)  # A register does not.
    assert (await stored(database, "b")).offer.source.checked is None


async def start(database: Database, *offers: Offer, digest: str = "1", day: date = DAY) -> None:
    await database.write(partial(begin, offers=offers, digest=digest, day=day))


LIBRARIES = tuple(offer(f"library-{number}") for number in range(10))


async def test_what_ships_is_a_source_too(database: Database) -> None:
    assert not await database.read(partial(has_begun, digest="1"))
    await start(database, *TEN)
    assert await database.read(partial(has_begun, digest="1"))
    assert not await database.read(partial(has_begun, digest="2"))
    await start(database, *TEN[5:], offer("new"), digest="2", day=LATER)
    assert await database.read(partial(has_begun, digest="2"))
    assert (await stored(database, "r-0")).offer.valid_until == LATER - timedelta(days=1)
    assert (await stored(database, "new")).source == "starter"


async def test_the_library_directory_takes_the_place_of_what_ships(database: Database) -> None:
    await start(database, *LIBRARIES, offer("line"))
    libraries = (*(replace(one, hours="Mo 10:00-12:00") for one in LIBRARIES[1:9]), LIBRARIES[9])
    kirkanta = {"source": "kirkanta", "kind": "kirkanta", "day": LATER}
    done = await take(database, *libraries, **kirkanta)
    assert len(done.change.changed) == 8
    assert [one.id for one in done.taken_over] == ["library-9"]
    assert [one.id for one in done.change.closed] == ["library-0"]
    assert {one.source for one in [await stored(database, one.id) for one in LIBRARIES]} == {"kirkanta"}
    assert (await stored(database, "line")).source == "starter"
    again = await take(database, *libraries, **kirkanta)
    assert again.change.is_empty
    assert not again.taken_over
    # A newer version of what ships has no say about libraries any more, not even about a new one.
    await start(database, *LIBRARIES, offer("library-99"), offer("line"), digest="2", day=LATER)
    assert (await stored(database, "library-0")).offer.valid_until
    assert (await stored(database, "library-1")).offer.hours
    assert await database.read(partial(find, id="library-99")) is None


async def test_who_is_nearer_to_the_help_has_the_offer(database: Database) -> None:
    ptv, sheet = {"source": "ptv", "kind": "ptv"}, {"source": "sheet x", "kind": "sheet"}
    await take(database, offer("a", phone="1"), **ptv)
    done = await take(database, offer("a", phone="2"), **sheet)
    assert [one.fields for one in done.change.changed] == [("phone",)]
    left = await take(database, offer("a", phone="1"), **ptv)
    assert (left.left, left.change.is_empty) == (1, True)
    assert (await stored(database, "a")).offer.phone == "2"
    rejected = await take(database, offer("a", phone="3"), source="sheet y", kind="sheet")
    (wrong,) = rejected.change.rejected
    assert (wrong.field, wrong.value, "sheet x" in wrong.reason) == ("id", "a", True)
    assert (await stored(database, "a")).source == "sheet x"


async def test_what_was_closed_is_anybodys_who_has_it_open(database: Database) -> None:
    await take(database, offer("a"), source="sheet x", kind="sheet")
    await take(database, source="sheet x", kind="sheet", day=LATER, force=True)
    done = await take(database, offer("a"), day=LATER + timedelta(days=1))
    assert [one.id for one in done.change.opened] == ["a"]
    assert (await stored(database, "a")).source == "register"


async def test_what_its_provider_has_ended_stays_ended(database: Database) -> None:
    await take(database, *TEN)
    for last in (DAY - timedelta(days=1), LATER + timedelta(days=30)):
        ended = replace(TEN[3], valid_until=last)
        await database.write(partial(put, offers=[ended], source="register", day=DAY))
        await database.write(
            partial(checks.note, offers=["r-3"], day=DAY, by=checks.PROVIDER, outcome=checks.CLOSED)
        )
        if last > DAY:
            await database.write(partial(checks.confirm, offer="r-3", day=DAY, by=checks.PROVIDER))
        moved = replace(TEN[3], street="Uusikatu 1")
        done = await take(database, *TEN[:3], moved, *TEN[4:], day=LATER)
        assert done.change.opened == ()
        now = (await stored(database, "r-3")).offer
        assert (now.valid_until, now.street) == (last, "Uusikatu 1")
    again = await take(database, *TEN[:3], moved, *TEN[4:], day=LATER)
    assert again.change.is_empty
    assert await database.write(partial(checks.take_ending_back, offer="r-3"))
    assert not await database.write(partial(checks.take_ending_back, offer="r-3"))
    await take(database, *TEN, day=LATER)
    assert (await stored(database, "r-3")).offer.valid_until is None


async def test_what_coordinators_decide_about_records_is_kept(database: Database) -> None:
    mine = Overrule("ptv", "b", True, "c-1", DAY, serves="kela")
    await database.write(partial(overrules.overrule, decision=replace(mine, take=False)))
    await database.write(partial(overrules.overrule, decision=mine))
    await database.write(partial(overrules.overrule, decision=replace(mine, source="hsds")))
    assert await database.read(partial(overrules.overrules, source="ptv")) == (mine,)
    assert await database.write(partial(overrules.take_back, source="ptv", record="b"))
    assert not await database.write(partial(overrules.take_back, source="ptv", record="b"))
    assert await database.read(partial(overrules.overrules, source="ptv")) == ()


IN_THE_MIDDLE = """
import asyncio, sys, time
from functools import partial
from referral.store.database import open_database
from referral.store.imports import take_in
from tests.referral.store.test_imports import TEN, delivery
from tests.referral.supply import offer

def work(connection):
    take_in(connection, delivery(*TEN[1:], *(offer(f"n-{n}") for n in range(500))))
    print("in the middle", flush=True)
    time.sleep(60)

async def main():
    async with open_database(sys.argv[1]) as database:
        await database.write(work)

asyncio.run(main())
"""


async def test_a_kill_in_the_middle_leaves_what_was(database: Database, database_url: str) -> None:
    await take(database, *TEN)
    before = await database.read(partial(of_sources, sources=["register"]))
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(PROJECT)}
    killed = await asyncio.to_thread(_killed, database_url, environment)
    assert killed == -signal.SIGKILL
    async with open_database(database_url) as again:
        assert await again.read(partial(of_sources, sources=["register"])) == before
        assert await again.read(revision) == 1
        done = await take(again, *TEN[1:], offer("n"))  # And nobody holds the lock any more.
        assert [one.id for one in done.change.new] == ["n"]


def _killed(url: str, environment: Mapping[str, str]) -> int:
    run = [sys.executable, "-c", IN_THE_MIDDLE, url]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True, env=environment, cwd=PROJECT) as importing:
        assert importing.stdout
        assert importing.stdout.readline() == "in the middle\n"
        importing.kill()
        return importing.wait(60)


async def test_two_imports_at_once_wait_for_each_other(database: Database, database_url: str) -> None:
    async with open_database(database_url) as other:
        await asyncio.gather(
            take(database, *TEN), take(other, *TEN), take(database, offer("x"), source="sheet", kind="sheet")
        )
    assert len(await database.read(partial(of_sources, sources=["register", "sheet"]))) == 11
    assert await number(database) == 2
