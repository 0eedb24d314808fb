"""Every offer comes back from the database as it was put in."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from referral.hours import HELSINKI
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source
from referral.store import offers
from referral.store.database import Database
from referral.store.offers import READ, as_stored, day_of, organisation_row, read, row_of, whole_day
from referral.store.schema import OFFERS, ORGANISATIONS
from tests.referral.supply import offer

DAY = date(2026, 11, 22)
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
CODES = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)
NAMES = st.dictionaries(st.sampled_from(["fi", "fi@simple", "sv", "en", "se"]), WORDS)
DATES = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1))
# A time that the clocks leap over in spring is none, and is read as the one an hour later.
MOMENTS = st.none() | st.datetimes(timezones=st.just(HELSINKI), allow_imaginary=False).filter(
    lambda one: 1970 < one.year < 2100
)
COVERAGE = st.builds(Coverage, st.booleans(), st.lists(CODES).map(tuple), st.lists(CODES).map(tuple))
STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "id": WORDS,
    "organisation": st.builds(Organisation, WORDS, NAMES, WORDS),
    "names": NAMES,
    "descriptions": NAMES,
    "role": st.sampled_from(Role),
    "form": st.sampled_from(Form),
    "needs": st.frozensets(CODES),
    "coverage": COVERAGE,
    "source": st.builds(Source, WORDS, DATES, st.sampled_from(Confidence)),
    "authority": WORDS,
    "audience": st.lists(CODES).map(tuple),
    "languages": st.lists(CODES).map(tuple),
    "street": WORDS,
    "postcode": WORDS,
    "locality": WORDS,
    "municipality": WORDS,
    "point": st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    "phone": WORDS,
    "url": WORDS,
    "hours": WORDS,
    "price": WORDS,
    "home_visits": st.booleans(),
    "ethical_guidelines": st.none() | st.booleans(),
    "valid_from": DATES,
    "valid_until": DATES,
    "starts": MOMENTS,
    "ends": MOMENTS,
    "enrol_until": MOMENTS,
    "seats": st.none() | st.integers(0, 10_000),
}
OFFERS_OF_ALL_KINDS = st.builds(Offer, **STRATEGIES)


def test_no_field_is_forgotten_here() -> None:
    assert STRATEGIES.keys() == {one.name for one in fields(Offer)}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(OFFERS_OF_ALL_KINDS)
def test_every_field_survives(made: Offer) -> None:
    row, organisation = row_of(made, "x", DAY), organisation_row(made.organisation)
    assert row.keys() == set(OFFERS.columns.keys())
    assert row["organisation"] == organisation["key"]
    told = [*(row[name] for name in READ), organisation["id"], organisation["names"], organisation["kind"]]
    stored = read(told)
    assert stored.offer == made
    assert (stored.source, stored.modified) == ("x", DAY)


@given(st.text(max_size=20))
def test_what_no_database_takes_is_taken_out_once(words: str) -> None:
    stored = as_stored(offer("x", street=words, names={"fi": words}))
    assert "\0" not in stored.street
    stored.street.encode()
    assert as_stored(stored) == stored


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_days(day: date) -> None:
    assert day_of(whole_day(day)) == day


async def test_both_databases_give_back_what_they_were_given(database: Database) -> None:
    full = _full()
    await database.write(lambda c: offers.put(c, [full, offer("plain")], "x", DAY))
    for one in (full, offer("plain")):
        stored = await database.read(partial(offers.find, id=one.id))
        assert stored
        assert stored.offer == one
    assert await database.read(partial(offers.find, id="missing")) is None
    assert len(await database.read(partial(offers.of_sources, sources=["x"]))) == 2
    assert await database.read(partial(offers.of_sources, sources=["y"])) == ()


async def test_a_second_time_changes_the_first(database: Database) -> None:
    await database.write(lambda c: offers.put(c, [offer("a", phone="1"), offer("b")], "x", DAY))
    await database.write(lambda c: offers.put(c, [offer("a", phone="2")], "y", DAY + timedelta(days=1)))
    stored = await database.read(partial(offers.find, id="a"))
    assert stored
    assert (stored.offer.phone, stored.source, stored.modified) == ("2", "y", DAY + timedelta(days=1))
    count = select(func.count()).select_from(OFFERS)
    assert await database.read(lambda c: c.scalar(count)) == 2


async def test_organisations_told_in_two_ways_are_both_kept(database: Database) -> None:
    one = Organisation("kunta", {"fi": "Järven kunta"}, "municipality")
    other = Organisation("kunta", {"fi": "Järven kunta", "sv": "Sjö kommun"}, "")
    supply = [offer("a", organisation=one), offer("b", organisation=other), offer("c", organisation=one)]
    await database.write(lambda c: offers.put(c, supply, "x", DAY))
    for made in supply:
        stored = await database.read(partial(offers.find, id=made.id))
        assert stored
        assert stored.offer == made
    count = select(func.count()).select_from(ORGANISATIONS)
    assert await database.read(lambda c: c.scalar(count)) == 2


def _full() -> Offer:
    """One with something in every field."""
    moment = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI)  # Twice on that night.
    return offer(
        "full",
        names={"fi": 'Järven "kirjasto"; \'-- \\', "se": "Girjerádju"},
        descriptions={"fi@simple": "Apua.\nTule käymään."},
        coverage=Coverage(False, ("19",), ("148", "758")),
        source=Source("järvi.example", None, Confidence.LOW),
        authority="kela",
        audience=("seniors", "deaf"),
        languages=("fi", "smn"),
        street="Tie 1",
        postcode="99800",
        locality="Ivalo",
        municipality="148",
        point=(68.65912345678901, 27.5),
        phone="016 1",
        url="https://x.example/ä",
        hours="Mo 10:00-12:00",
        price="5 €",
        home_visits=True,
        ethical_guidelines=False,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        starts=moment,
        ends=moment + timedelta(hours=2),
        enrol_until=moment.replace(fold=1),
        seats=0,
    )
