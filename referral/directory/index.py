"""The directory in memory: immutable, built whole, swapped whole.

A question names needs and a municipality, so that is how the offers are shelved: one shelf for each
need, scope and kind. What covers a municipality is found by opening its shelves, not by sifting all
offers. Scopes are "" (national), "r01" (a region), "m091" (a municipality), and "@091": what lies in a
municipality and is open to those who live there. An offer is on every shelf that it belongs to.

There are tens of thousands of shelves, most of them short and never asked for: a shelf is put up when it
is first asked for. Needs that are served by exactly the same offers share one.

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

_Sets = Mapping[frozenset[str], list[int]]
"""Rows by the needs that they serve."""

_Shelves = tuple[tuple[Kind, Shelf], ...]


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
        self._table = _table(self.rows)
        self._groups = _groups(self.rows, atlas)
        self._shelves: dict[tuple[str, Scope], _Shelves] = {}
        self._shared: dict[object, Shelf] = {}

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "Directory":
        """A directory of these offers, with the municipalities and neighbours of ``atlas``.

        Raises ValueError where two offers have the same id.
        """
        made = cls(offers, atlas)
        if len(made.offers) != len(made.rows):
            raise ValueError("two offers have the same id")
        return made

    def shelves(self, need: str, scope: Scope) -> _Shelves:
        """The shelves of ``need`` in ``scope``; () where nobody serves it there."""
        found = self._shelves.get((need, scope))
        if found is None:
            found = self._shelves[need, scope] = tuple(self._put_up(need, scope))
        return found

    def _put_up(self, need: str, scope: Scope) -> Iterable[tuple[Kind, Shelf]]:
        for kind, sets in self._groups.get(scope, {}).items():
            serving = tuple(needs for needs in sets if need in needs)
            if serving:
                key = scope, kind, serving
                if key not in self._shared:
                    self._shared[key] = shelf(self._table, [row for needs in serving for row in sets[needs]])
                yield kind, self._shared[key]

    @cached_property
    def standpoints(self) -> Mapping[str, Standpoint]:
        """Where distances are measured from when only the municipality (by code) is known."""
        return {code: from_homes(one) for code, one in self.atlas.municipalities.items()}


def _table(offers: tuple[Offer, ...]) -> Table:
    points = np.full((len(offers), 3), np.nan)
    limits = np.tile([[-np.inf], [np.inf]], len(offers))
    for row, offer in enumerate(offers):
        if offer.point and offer.form is not Form.REMOTE:  # A phone is nowhere.
            points[row] = vector(*offer.point)
        if offer.valid_from or offer.valid_until or offer.ends:
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


def _groups(offers: Sequence[Offer], atlas: Atlas) -> Mapping[Scope, Mapping[Kind, _Sets]]:
    """The rows that belong on the same shelves: those with the same scope, kind and needs."""
    certain: defaultdict[tuple[str, object], frozenset[str]] = defaultdict(frozenset)
    for offer in offers:
        if _is_certain(offer):
            certain[offer.organisation.id, offer.point] |= offer.needs
    groups: dict[Scope, dict[Kind, dict[frozenset[str], list[int]]]] = {}
    for row, offer in enumerate(offers):
        needs = offer.needs
        if offer.role is Role.POINTER:
            needs -= certain.get((offer.organisation.id, offer.point), frozenset())
        kind = SUPPORT[offer.form] if offer.role is Role.SUPPORT else OTHERS[offer.role]
        for scope in _scopes(offer, atlas):
            kinds = groups.setdefault((scope, FOR_SUPPORTERS in offer.audience), {})
            kinds.setdefault(kind, {}).setdefault(needs, []).append(row)
    return groups


def _is_certain(offer: Offer) -> bool:
    """Whether a place has what it offers everybody day after day, so that nobody need be told to ask there."""
    lasting = offer.valid_until is None and offer.ends is None and FOR_SUPPORTERS not in offer.audience
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
