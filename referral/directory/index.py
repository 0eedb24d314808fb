"""The directory in memory: immutable, built whole, swapped whole.

A question names needs and a municipality, so that is how the offers are shelved: one shelf for each
need, kind and scope. What covers a municipality is found by opening its shelves, not by sifting all
offers. Scopes are "" (national), "r01" (a region), "m091" (a municipality), and "@091": what lies in a
municipality and is open to those who live there. An offer is on every shelf that it belongs to; needs
that are served by exactly the same offers share their shelves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import numpy as np

from knowledge.model import Atlas
from referral.directory.distance import Standpoint, from_homes, vector
from referral.directory.shelf import Shelf, Table, shelf
from referral.hours import HELSINKI
from referral.model import Form, Offer, Role

FOR_SUPPORTERS = "supporters"
"""The audience of meetings and courses for those who give support: citizens are never sent there."""


class Kind(StrEnum):
    """Shelves that are searched apart, because their offers are ranked or shown apart."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    TRAINING = "training"
    POINTER = "pointer"
    LIST = "list"
    CONTACT = "contact"


SUPPORT = {Form.IN_PERSON: Kind.IN_PERSON, Form.REMOTE: Kind.REMOTE, Form.TRAINING: Kind.TRAINING}
OTHERS = {
    Role.POINTER: Kind.POINTER,
    Role.LIST: Kind.LIST,
    Role.AUTHORITY: Kind.CONTACT,
    Role.URGENT: Kind.CONTACT,
}

Label = tuple[Kind, str, bool]
"""Kind, scope, and whether the shelf is only for supporters."""


class Directory:
    """All offers, indexed for matching; ``offers`` maps an id to its offer, in the order of the ids."""

    offers: Mapping[str, Offer]
    atlas: Atlas
    rows: tuple[Offer, ...]

    def __init__(self, offers: Iterable[Offer], atlas: Atlas) -> None:
        """Use ``of``."""
        self.rows = tuple(sorted(offers, key=lambda offer: offer.id))
        self.offers = MappingProxyType({offer.id: offer for offer in self.rows})
        self.atlas = atlas
        self._shelves = _shelves(_table(self.rows), atlas)

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "Directory":
        """A directory of these offers, with the municipalities and neighbours of ``atlas``.

        Raises ValueError where two offers have the same id.
        """
        made = cls(offers, atlas)
        if len(made.offers) != len(made.rows):
            raise ValueError("two offers have the same id")
        return made

    def shelves(self, need: str) -> Mapping[Label, Shelf]:
        """The shelves of ``need``; empty where nobody serves it."""
        return self._shelves.get(need, {})

    @cached_property
    def standpoints(self) -> Mapping[str, Standpoint]:
        """Where distances are measured from when only the municipality (by code) is known."""
        return {code: from_homes(one) for code, one in self.atlas.municipalities.items()}


def _table(offers: tuple[Offer, ...]) -> Table:
    points = np.full((len(offers), 3), np.nan)
    limits = np.empty((2, len(offers)))
    for row, offer in enumerate(offers):
        if offer.point:
            points[row] = vector(*offer.point)
        limits[:, row] = _limits(offer)
    limited = bool(np.isfinite(limits).any())
    return Table(offers, points, limits[0] if limited else None, limits[1] if limited else None)


def _limits(offer: Offer) -> tuple[float, float]:
    """From when until when (POSIX seconds) the offer holds; infinite where nothing limits it.

    It holds on its first and on its last day; a course holds until it is over.
    """
    since, until = -np.inf, np.inf
    if offer.valid_from:
        since = datetime.combine(offer.valid_from, time(0), HELSINKI).timestamp()
    if offer.valid_until:
        until = datetime.combine(offer.valid_until + timedelta(days=1), time(0), HELSINKI).timestamp()
    if offer.ends:
        until = min(until, offer.ends.timestamp())
    return since, until


def _shelves(table: Table, atlas: Atlas) -> Mapping[str, Mapping[Label, Shelf]]:
    groups: defaultdict[tuple[frozenset[str], Label], list[int]] = defaultdict(list)
    for row, offer in enumerate(table.offers):
        for label in _labels(offer, atlas):
            groups[offer.needs, label].append(row)
    by_need: defaultdict[str, defaultdict[Label, list[frozenset[str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for needs, label in groups:
        for need in needs:
            by_need[need][label].append(needs)
    made: dict[tuple[Label, tuple[frozenset[str], ...]], Shelf] = {}

    def shared(label: Label, sets: Sequence[frozenset[str]]) -> Shelf:
        key = label, tuple(sets)
        if key not in made:
            made[key] = shelf(table, [row for needs in sets for row in groups[needs, label]])
        return made[key]

    return {
        need: {label: shared(label, sets) for label, sets in labels.items()}
        for need, labels in by_need.items()
    }


def _labels(offer: Offer, atlas: Atlas) -> Iterable[Label]:
    """The shelves, within one need, on which the offer stands."""
    kind = SUPPORT[offer.form] if offer.role is Role.SUPPORT else OTHERS[offer.role]
    only_supporters = FOR_SUPPORTERS in offer.audience
    coverage = offer.coverage
    scopes = {""} if coverage.national else set()
    scopes.update(f"r{code}" for code in coverage.regions)
    scopes.update(f"m{code}" for code in coverage.municipalities)
    here = atlas.municipalities.get(offer.municipality)
    if here and scopes & {"", f"r{here.region}", f"m{here.code}"}:
        scopes.add(f"@{here.code}")
    return [(kind, scope, only_supporters) for scope in scopes]
