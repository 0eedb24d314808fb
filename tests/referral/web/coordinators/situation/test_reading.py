"""What is made ready beside the pages, so that nobody waits for one."""

import asyncio
from datetime import timedelta
from time import monotonic

import pytest

from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.directory.current import Current, Edition
from referral.directory.index import Directory
from referral.situation.gaps import served
from referral.situation.supply import Supply
from referral.store.database import Database
from referral.web.coordinators import DOMAINS
from referral.web.coordinators.door import Door
from referral.web.coordinators.gate import Gate
from referral.web.coordinators.hashing import Hashing
from referral.web.coordinators.office import Office
from referral.web.coordinators.secret import Secret
from referral.web.coordinators.situation.reading import Reading, overview_of
from tests.referral.situation.year import releases
from tests.referral.supply import at
from tests.referral.web.coordinators.conftest import LAPLAND, QUICK, Clock
from tests.referral.web.coordinators.situation.stored import store


@pytest.fixture
def reading(
    sqlite_database: Database, current: Current, catalog: Catalog, atlas: Atlas, clock: Clock
) -> Reading:
    secret = Secret(sqlite_database)
    gate = Gate(monotonic, lambda: int(clock().timestamp()), sqlite_database, secret)
    door = Door(Hashing(QUICK), gate, secret)
    spoken = Catalogues.load(domains=DOMAINS)
    return Reading(Office(sqlite_database, current, catalog, atlas, spoken, clock, door))


def never(*_: object) -> None:
    pytest.fail("a page had to wait for this")


async def test_a_view_of_prepared_supply_reckons_nothing(
    reading: Reading, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reading.prepare()
    supply = reading.supply()
    monkeypatch.setattr(Supply, "_reach", never)
    monkeypatch.setattr("referral.web.coordinators.situation.reading.overview", never)
    everywhere = tuple(atlas.regions)
    assert len(served(supply, everywhere, None)) == len(atlas.municipalities)
    for regions in (everywhere, (LAPLAND,)):
        assert (await overview_of(reading, supply, regions)).offers


async def test_what_is_out_is_read_before_it_is_asked_for(
    reading: Reading, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store(sqlite_database, releases())
    await reading.prepare()
    monkeypatch.setattr("referral.web.coordinators.situation.reading._read", never)
    for one in releases():
        assert await reading.release(one.kind, one.period) == one


async def test_a_new_directory_or_day_is_reckoned_by_the_next_look(
    reading: Reading, current: Current, atlas: Atlas, clock: Clock
) -> None:
    await reading.prepare()
    first = reading.supply()
    await reading.prepare()
    assert reading.supply() is first
    current.swap(Edition(Directory.of([at("new", "698")], atlas)))
    await reading.prepare()
    second = reading.supply()
    assert [one.id for one in second.offers] == ["new"]
    clock.moment += timedelta(days=1)
    await reading.prepare()
    assert reading.supply().today == second.today + timedelta(days=1)


async def test_without_preparing_a_page_works_it_out_itself(
    reading: Reading, current: Current, atlas: Atlas
) -> None:
    first = reading.supply()
    current.swap(Edition(Directory.of([], atlas)))
    assert reading.supply() is not first
    assert reading.supply().offers == ()


async def test_until_the_new_one_is_reckoned_pages_show_the_one_before(
    reading: Reading, current: Current, atlas: Atlas
) -> None:
    first = reading.supply()
    keeping = asyncio.create_task(reading.keep())
    await asyncio.sleep(0)
    current.swap(Edition(Directory.of([], atlas)))
    assert reading.supply() is first
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    assert reading.supply().offers == ()
