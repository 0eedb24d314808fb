"""Where support in person stands, and how far it is from every home: reckoned once for each set of needs.

Thousands of offers serve a few dozen different sets of needs. For each set the nearest of its offers to
every home is found once; the nearest that serves a need is then the nearest of the sets that hold it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Atlas
from referral.directory.distance import EARTH_KM, vector
from referral.model import Offer
from referral.situation.homes import Homes, Numbers

_BLOCK = 256
"""Homes whose distances are reckoned at once: some megabytes with ten thousand offers."""

Whom = tuple[str, str]
"""("national", ""), ("region", code) or ("municipality", code)."""


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """A row of ``points`` (vectors) for each place where one of ``offers`` stands; an offer may have several."""

    points: Numbers
    offers: tuple[Offer, ...]

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "Spots":
        """The spots of ``offers``; what stands nowhere has none."""
        found = [(vector(*point), one) for one in offers for point in places(one, atlas)]
        points = np.array([point for point, _ in found]).reshape(-1, 3)
        return cls(points, tuple(one for _, one in found))

    def by_needs(self) -> Mapping[frozenset[str], list[int]]:
        """The rows of each set of needs."""
        found: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for row, one in enumerate(self.offers):
            found[one.needs].append(row)
        return found

    def along(self, rows: Iterable[int], homes: Homes, served: Mapping[Whom, NDArray[np.int64]]) -> Numbers:
        """For each home the product of its vector with that of the nearest of ``rows`` that serves it;
        minus infinity where none does. ``served`` are the homes by whom an offer is for."""
        nearest = np.full(len(homes.points), -np.inf)
        shelves: defaultdict[Whom, list[int]] = defaultdict(list)
        for row in rows:
            for whom in for_whom(self.offers[row]):
                shelves[whom].append(row)
        for whom, standing in shelves.items():
            table = self.points[standing].T
            at = served.get(whom, _NOBODY)
            for first in range(0, len(at), _BLOCK):
                block = at[first : first + _BLOCK]
                nearest[block] = np.maximum(nearest[block], (homes.points[block] @ table).max(axis=1))
        return nearest


_NOBODY = np.zeros(0, dtype=np.int64)


def kilometres(along: Numbers) -> Numbers:
    """The straight lines that belong to products of vectors (see ``distance``); infinite for minus infinity."""
    return np.sqrt(np.maximum(2.0 * (EARTH_KM * EARTH_KM - along), 0.0))


def homes_by_whom(homes: Homes, atlas: Atlas) -> Mapping[Whom, NDArray[np.int64]]:
    """The homes (their rows) that each kind of coverage reaches."""
    found: defaultdict[Whom, list[int]] = defaultdict(list)
    for code, rows in homes.place.items():
        every = range(rows.start, rows.stop)
        region = atlas.municipalities[code].region
        for whom in (("national", ""), ("region", region), ("municipality", code)):
            found[whom] += every
    return {whom: np.array(rows, dtype=np.int64) for whom, rows in found.items()}


def for_whom(offer: Offer) -> Sequence[Whom]:
    """Whom the offer is for."""
    covers = offer.coverage
    if covers.national:
        return (("national", ""),)
    regions: list[Whom] = [("region", code) for code in covers.regions]
    return regions + [("municipality", code) for code in covers.municipalities]


def serves(offer: Offer, code: str, atlas: Atlas) -> bool:
    """Whether the people of the municipality ``code`` may come."""
    covers = offer.coverage
    region = atlas.municipalities[code].region
    return covers.national or code in covers.municipalities or region in covers.regions


def places(offer: Offer, atlas: Atlas) -> tuple[tuple[float, float], ...]:
    """Where the offer stands: its point, else the seat of its municipality, else the seats of those that it
    names; () where it stands nowhere."""
    if offer.point:
        return (offer.point,)
    codes: Iterable[str] = (offer.municipality,) if offer.municipality else offer.coverage.municipalities
    return tuple(atlas.municipalities[code].seat for code in codes if code in atlas.municipalities)
