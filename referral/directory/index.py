"""The directory in memory: immutable, built whole, swapped whole.

A question names needs and a municipality, so that is how the offers are shelved: one shelf for each
need, scope and kind. What covers a municipality is found by opening its shelves, not by sifting all
offers. Scopes are "" (national), "r01" (a region), "m091" (a municipality), and "@091": what lies in a
municipality and is open to those who live there. An offer is on every shelf that it belongs to; needs
that are served by exactly the same offers share their shelves.

A library that may only be asked, and has something for certain (a printer), is two offers of one place.
The pointer is left off the shelves of the needs that the other serves: one place, one card.
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
from referral.directory.shelf import Shelf, Table, shelf, standing
from referral.hours import HELSINKI
from referral.model import Form, Offer, Role

FOR_SUPPORTERS = "supporters"
"""The audience of meetings and courses for those who give support: citizens are never sent there."""


KEPT = 1000
"""Fields of requests that are remembered: some megabytes, and a busy hour's questions."""


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

Scope = tuple[str, bool]
"""Whom a shelf is for: the scope, and whether it is only for those who give support."""

Aisle = Mapping[Scope, tuple[tuple[Kind, Shelf], ...]]
"""The shelves of one need."""

_Label = tuple[Scope, Kind]


class Memory:
    """What was worked out last about a directory: a little that is kept because it is asked for again."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[object, object] = {}

    def get(self, key: object) -> object | None:
        """What is kept under ``key``; None where nothing is."""
        return self._kept.get(key)

    def put(self, key: object, value: object) -> None:
        """Keeps ``value``; the oldest makes room."""
        if len(self._kept) >= KEPT and key not in self._kept:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = value


class Directory:
    """All offers, indexed for matching; ``offers`` maps an id to its offer. ``rows`` are the surest first."""

    offers: Mapping[str, Offer]
    atlas: Atlas
    rows: tuple[Offer, ...]

    def __init__(self, offers: Iterable[Offer], atlas: Atlas) -> None:
        """Use ``of``."""
        self.rows = tuple(sorted(offers, key=standing))
        self.offers = MappingProxyType({offer.id: offer for offer in self.rows})
        self.atlas = atlas
        self.memory = Memory()
        self._aisles = _aisles(_table(self.rows), atlas)

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "Directory":
        """A directory of these offers, with the municipalities and neighbours of ``atlas``.

        Raises ValueError where two offers have the same id.
        """
        made = cls(offers, atlas)
        if len(made.offers) != len(made.rows):
            raise ValueError("two offers have the same id")
        return made

    def aisle(self, need: str) -> Aisle:
        """The shelves of ``need``; empty where nobody serves it."""
        return self._aisles.get(need, {})

    @cached_property
    def standpoints(self) -> Mapping[str, Standpoint]:
        """Where distances are measured from when only the municipality (by code) is known."""
        return {code: from_homes(one) for code, one in self.atlas.municipalities.items()}


def _table(offers: tuple[Offer, ...]) -> Table:
    points = np.full((len(offers), 3), np.nan)
    limits = np.empty((2, len(offers)))
    for row, offer in enumerate(offers):
        if offer.point and offer.form is not Form.REMOTE:  # A phone is nowhere.
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


def _aisles(table: Table, atlas: Atlas) -> Mapping[str, Aisle]:
    groups = _groups(table, atlas)
    by_need: defaultdict[str, defaultdict[_Label, list[frozenset[str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for needs, label in groups:
        for need in needs:
            by_need[need][label].append(needs)
    made: dict[tuple[_Label, tuple[frozenset[str], ...]], Shelf] = {}

    def shared(label: _Label, sets: Sequence[frozenset[str]]) -> Shelf:
        key = label, tuple(sets)
        if key not in made:
            made[key] = shelf(table, [row for needs in sets for row in groups[needs, label]])
        return made[key]

    return {
        need: _aisle({label: shared(label, sets) for label, sets in labels.items()})
        for need, labels in by_need.items()
    }


def _aisle(shelves: Mapping[_Label, Shelf]) -> Aisle:
    aisle: defaultdict[Scope, list[tuple[Kind, Shelf]]] = defaultdict(list)
    for (scope, kind), one in shelves.items():
        aisle[scope].append((kind, one))
    return {scope: tuple(held) for scope, held in aisle.items()}


def _groups(table: Table, atlas: Atlas) -> Mapping[tuple[frozenset[str], _Label], list[int]]:
    """The rows that belong on the same shelves: those with the same needs, scope and kind."""
    certain: defaultdict[tuple[str, object], frozenset[str]] = defaultdict(frozenset)
    for offer in table.offers:
        if _is_certain(offer):
            certain[offer.organisation.id, offer.point] |= offer.needs
    groups: defaultdict[tuple[frozenset[str], _Label], list[int]] = defaultdict(list)
    for row, offer in enumerate(table.offers):
        needs = offer.needs
        if offer.role is Role.POINTER:
            needs -= certain.get((offer.organisation.id, offer.point), frozenset())
        kind = SUPPORT[offer.form] if offer.role is Role.SUPPORT else OTHERS[offer.role]
        for scope in _scopes(offer, atlas):
            groups[needs, ((scope, FOR_SUPPORTERS in offer.audience), kind)].append(row)
    return groups


def _is_certain(offer: Offer) -> bool:
    """Whether a place has what it offers day after day, so that nobody need be told to ask there."""
    lasting = offer.valid_until is None and offer.ends is None
    return lasting and offer.role is Role.SUPPORT and offer.form is Form.IN_PERSON and offer.point is not None


def _scopes(offer: Offer, atlas: Atlas) -> Sequence[str]:
    """Whom the offer is for, and where it lies if it has a place."""
    coverage = offer.coverage
    scopes = [""] if coverage.national else []
    scopes += [f"r{code}" for code in coverage.regions]
    scopes += [f"m{code}" for code in coverage.municipalities]
    here = atlas.municipalities.get(offer.municipality)
    if here and offer.point and not {"", f"r{here.region}", f"m{here.code}"}.isdisjoint(scopes):
        scopes.append(f"@{here.code}")
    return scopes
