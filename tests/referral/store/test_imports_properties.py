"""Whatever sources give, in whatever order: nothing is lost, nobody's offer is taken, twice is once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, StaticPool, create_engine, select

from referral.directory.importers.imported import Imported
from referral.directory.twins import PRECEDENCE
from referral.model import Offer
from referral.store.directory import read_supply, trusted_as
from referral.store.imports import STARTER, Delivery, take_in
from referral.store.revision import revision
from referral.store.schema import METADATA, OFFERS
from tests.referral.supply import offer

DAY = date(2026, 11, 22)
KINDS = {"kirkanta": "kirkanta", "ptv": "ptv", "sheet a": "sheet", "sheet b": "sheet", STARTER: STARTER}
IDS = ("library-1", "library-2", "x", "y")


@dataclass(frozen=True, slots=True)
class Given:
    """What a source gives: its offers, by id, with a phone number each, and whether that is all it has."""

    source: str
    phones: tuple[tuple[str, str], ...]
    whole: bool

    def delivery(self, day: date) -> Delivery:
        offers = tuple(offer(id, phone=phone) for id, phone in self.phones)
        return Delivery(
            self.source, KINDS[self.source], Imported(offers, ()), day, whole=self.whole, force=True
        )


GIVEN = st.builds(
    Given,
    st.sampled_from(list(KINDS)),
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(["1", "2"])).map(lambda told: tuple(told.items())),
    st.booleans(),
)


@cache
def engine() -> Engine:
    made = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(made)
    return made


@contextmanager
def tables() -> Iterator[Connection]:
    """Empty tables, which are empty again afterwards."""
    with engine().connect() as connection:
        connection.begin()
        yield connection
        connection.rollback()


def owners(connection: Connection) -> dict[str, tuple[str, str]]:
    rows = connection.execute(select(OFFERS.c.id, OFFERS.c.source, OFFERS.c.valid_until))
    return {row.id: (row.source, row.valid_until) for row in rows}


def contents(connection: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(select(OFFERS).order_by(OFFERS.c.id))]


@settings(deadline=None, max_examples=80)
@given(st.lists(GIVEN, max_size=6))
def test_nothing_is_lost_and_nobodys_offer_is_taken(all_given: list[Given]) -> None:
    with tables() as connection:
        for week, given_now in enumerate(all_given):
            day = DAY + timedelta(days=7 * week)
            before, number = owners(connection), revision(connection)
            told = contents(connection)
            take_in(connection, given_now.delivery(day))
            after = owners(connection)
            assert before.keys() <= after.keys()
            assert (revision(connection) > number) == (contents(connection) != told)
            for id, (owner, closed) in before.items():
                if after[id][0] != owner and not (closed and closed < day.isoformat()):
                    assert after[id][0] == given_now.source
                    assert rank(given_now.source) < rank(owner)
                if after[id][1] and not closed:
                    assert given_now.whole
                    assert owner == given_now.source or owner == STARTER


@settings(deadline=None, max_examples=50)
@given(st.lists(GIVEN, min_size=1, max_size=5))
def test_twice_is_once(all_given: list[Given]) -> None:
    with tables() as connection:
        for week, given_now in enumerate(all_given):
            take_in(connection, given_now.delivery(DAY + timedelta(days=7 * week)))
        day = DAY + timedelta(days=7 * len(all_given))
        take_in(connection, all_given[-1].delivery(day))
        told, number = contents(connection), revision(connection)
        again = take_in(connection, all_given[-1].delivery(day))
        assert again.change.is_empty
        assert not again.taken_over
        assert (contents(connection), revision(connection)) == (told, number)


@settings(deadline=None, max_examples=50)
@given(GIVEN)
def test_what_a_source_gives_alone_is_what_is_read(given_now: Given) -> None:
    with tables() as connection:
        take_in(connection, given_now.delivery(DAY))
        read: dict[str, Offer] = {one.id: one for one in read_supply(connection, DAY).offers}
        assert read == {one.id: one for one in given_now.delivery(DAY).imported.offers}


def rank(source: str) -> int:
    return PRECEDENCE.index(trusted_as(KINDS[source]))
