"""The whole directory, read from the database: what is not over, twins as one, indexed for matching.

- ``read_edition(connection, atlas, today) -> Edition``: what ``Current`` holds.
- ``find_all_twins(connection, today) -> tuple[Twins, ...]``: what is shown as one, for people to look at.

What has closed is not read: it stays in the tables and opens again when its source says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, or_

from knowledge.model import Atlas
from referral.directory.current import Edition, Origin
from referral.directory.index import Directory
from referral.directory.twins import Twins, find_twins, merge, shown_as
from referral.model import Offer
from referral.store.offers import Stored, each, query
from referral.store.revision import revision
from referral.store.schema import OFFERS
from referral.store.sources import kinds
from referral.store.told_pairs import told_apart, told_same

TRUSTED_AS = {"kirkanta": "library", "events": "event"}
"""The kind of a source -> its name in ``twins.PRECEDENCE``, where the two differ."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What the tables hold: every offer that is not over, the kind of each source, and the pairs that a
    person has told apart or told to be the same."""

    stored: tuple[Stored, ...]
    kinds: Mapping[str, str]
    apart: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]
    revision: int

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offers as their sources tell them."""
        return tuple(one.offer for one in self.stored)

    @property
    def trust(self) -> Mapping[str, str]:
        """By an offer's id the name of its source in ``twins.PRECEDENCE``."""
        return {one.offer.id: trusted_as(self.kinds.get(one.source, one.source)) for one in self.stored}


def read_supply(connection: Connection, today: date) -> Supply:
    """Everything that is not over on ``today``. Raises ValueError for a row that cannot be read.

    The revision is read first: what changes meanwhile is read again by whoever watches it.
    """
    number = revision(connection)
    yesterday = (today - timedelta(days=1)).isoformat()  # A day more than needed, for other time zones.
    still = or_(OFFERS.c.valid_until == "", OFFERS.c.valid_until >= yesterday)
    coming = or_(OFFERS.c.ends == "", OFFERS.c.ends >= yesterday)
    stored = tuple(each(connection, query().where(still, coming)))
    return Supply(stored, kinds(connection), told_apart(connection), told_same(connection), number)


def read_edition(connection: Connection, atlas: Atlas, today: date) -> Edition:
    """The directory on ``today``. Raises ValueError for a row that cannot be read."""
    return edition(read_supply(connection, today), atlas)


def edition(supply: Supply, atlas: Atlas) -> Edition:
    """``supply`` with each place as one card, indexed."""
    offers, trust = supply.offers, supply.trust
    twins = find_twins(offers, trust, supply.apart, supply.same)
    merged = merge(offers, twins, trust) if twins else offers
    shown = shown_as(offers, merged, twins) if twins else {}
    return Edition(
        Directory.of(merged, atlas),
        _origins(supply.stored, supply.kinds),
        shown,
        supply.revision,
        {one.id: one.organisation for one in offers if one.id in shown},
    )


def find_all_twins(connection: Connection, today: date) -> tuple[Twins, ...]:
    """The pairs that are shown as one on ``today``."""
    supply = read_supply(connection, today)
    return find_twins(supply.offers, supply.trust, supply.apart, supply.same)


def trusted_as(kind: str) -> str:
    """The name of a kind of source in ``twins.PRECEDENCE``."""
    return TRUSTED_AS.get(kind, kind)


def _origins(stored: Iterable[Stored], kinds: Mapping[str, str]) -> Mapping[str, Origin]:
    known: dict[Origin, Origin] = {}  # Thousands of offers share one.
    origins = {}
    for one in stored:
        origin = Origin(one.source, kinds.get(one.source, one.source), one.modified)
        origins[one.offer.id] = known.setdefault(origin, origin)
    return origins
