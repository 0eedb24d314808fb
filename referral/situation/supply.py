"""How far people have to the nearest support in person: from the directory and from where people live.

Support in person is what is declared and given face to face, to everybody or to the municipality's own
people; a library that may only be asked is not counted. An offer without coordinates stands at the seat
of its municipality, or of those that it says it serves; one that names no place is nowhere. Distances are
straight lines, from the postcodes where people live, weighted by their residents.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from knowledge.model import Atlas
from referral.directory.distance import EARTH_KM, vector
from referral.directory.index import FOR_SUPPORTERS, Directory
from referral.field import REACH_KM
from referral.model import Form, Offer, Role
from referral.situation.homes import Homes, Numbers, weighted_median

ANYTHING = "generic_help"
"""The need that stands for support with whatever comes up: who only prints does not serve it."""

_BLOCK = 256
"""Homes whose distances are reckoned at once: some megabytes with ten thousand offers."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the people of a municipality have to support in person. ``km`` is the median, None where
    there is none at all; ``beyond`` is the share of people (0..1) with more than 30 km; ``points`` is how
    many offers lie in the municipality, and ``visits`` whether somebody comes to people's homes."""

    municipality: str
    people: int
    km: float | None
    beyond: float
    points: int
    visits: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Stands:
    """Where some offers stand: a row of ``points`` for each of ``offers``, which may come more than once."""

    points: Numbers
    offers: tuple[Offer, ...]

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "_Stands":
        found = [(vector(*point), one) for one in offers for point in places(one, atlas)]
        points = np.array([point for point, _ in found]).reshape(-1, 3)
        return cls(points, tuple(one for _, one in found))


class Supply:
    """What a directory offers on one day; each answer is worked out when it is first asked for."""

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory = directory
        self.today = today
        self.offers = tuple(one for one in directory.rows if is_there(one, today))
        self._homes = Homes.of(directory.atlas)
        self._remote = [
            one
            for one in self.offers
            if one.role is Role.SUPPORT and one.form is Form.REMOTE and one.languages
        ]
        self._known: dict[tuple[str, ...], tuple[Mapping[str, Reach], Numbers]] = {}
        self._stands: dict[str, _Stands] = {}

    def reach(self, need: str = ANYTHING, language: str = "") -> Mapping[str, Reach]:
        """How far it is to support with ``need`` in each municipality, by code; with ``language``, to
        support that is known to be given in it."""
        return self._worked_out(need, language)[0]

    def median_km(self, codes: Iterable[str], need: str = ANYTHING) -> float | None:
        """Half of the people of these municipalities have at most so far; None where there is no help at all,
        or no municipality."""
        _, km = self._worked_out(need)
        rows = [self._homes.place[code] for code in codes]
        if not rows:
            return None
        far = np.concatenate([km[row] for row in rows])
        median = weighted_median(far, np.concatenate([self._homes.people[row] for row in rows]))
        return median if np.isfinite(median) else None

    def nearest(self, code: str, need: str = ANYTHING, count: int = 2) -> tuple[tuple[str, float], ...]:
        """The other municipalities nearest to ``code`` that have support with ``need`` for its people, with
        kilometres; () where there is none."""
        if need not in self._stands:
            self._stands[need] = _Stands.of(self._in_person(need), self.directory.atlas)
        stands, stand = self._stands[need], self.directory.standpoints[code]
        along = stands.points @ stand.at
        found: dict[str, float] = {}
        for row in np.argsort(-along):
            one = stands.offers[row]
            if one.municipality not in ("", code) and serves(one, code, self.directory.atlas):
                found.setdefault(one.municipality, stand.km(float(along[row])))
            if len(found) == count:
                break
        return tuple(found.items())

    def spoken_remotely(self, code: str) -> frozenset[str]:
        """The languages that remote support for the people of ``code`` is known to be given in."""
        atlas = self.directory.atlas
        remote = (one for one in self._remote if serves(one, code, atlas))
        return frozenset(language for one in remote for language in one.languages)

    def _in_person(self, need: str) -> list[Offer]:
        return [one for one in self.offers if is_in_person(one) and need in one.needs]

    def _worked_out(self, need: str, language: str = "") -> tuple[Mapping[str, Reach], Numbers]:
        """The reach of each municipality, and the kilometres of each home."""
        offers = [one for one in self._in_person(need) if not language or language in one.languages]
        key = tuple(one.id for one in offers)
        if key not in self._known:
            self._known[key] = self._reach(offers)
        return self._known[key]

    def _reach(self, offers: Sequence[Offer]) -> tuple[Mapping[str, Reach], Numbers]:
        atlas, homes = self.directory.atlas, self._homes
        km = _nearest(offers, homes, atlas)
        points: defaultdict[str, int] = defaultdict(int)
        for one in offers:
            points[one.municipality] += 1
        visiting = [one for one in offers if one.home_visits]
        found = {}
        for code, rows in homes.place.items():
            far, people = km[rows], homes.people[rows]
            median = weighted_median(far, people)
            found[code] = Reach(
                code,
                atlas.municipalities[code].population,
                median if np.isfinite(median) else None,
                float(people[far > REACH_KM].sum() / people.sum()),
                points[code],
                any(serves(one, code, atlas) for one in visiting),
            )
        return found, km


def is_there(offer: Offer, today: date) -> bool:
    """Whether the offer is for citizens and holds on ``today``."""
    if FOR_SUPPORTERS in offer.audience or (offer.valid_from and offer.valid_from > today):
        return False
    over = offer.ends is not None and offer.ends.date() < today
    return not over and (offer.valid_until is None or offer.valid_until >= today)


def is_in_person(offer: Offer) -> bool:
    """Whether it is declared support, face to face."""
    return offer.role is Role.SUPPORT and offer.form is Form.IN_PERSON


def serves(offer: Offer, code: str, atlas: Atlas) -> bool:
    """Whether the people of the municipality ``code`` may come."""
    covers = offer.coverage
    return (
        covers.national
        or code in covers.municipalities
        or atlas.municipalities[code].region in covers.regions
    )


def places(offer: Offer, atlas: Atlas) -> tuple[tuple[float, float], ...]:
    """Where the offer stands: its point, else the seat of its municipality, else the seats of those that it
    names; () where it stands nowhere."""
    if offer.point:
        return (offer.point,)
    codes: Iterable[str] = (offer.municipality,) if offer.municipality else offer.coverage.municipalities
    return tuple(atlas.municipalities[code].seat for code in codes if code in atlas.municipalities)


def _nearest(offers: Sequence[Offer], homes: Homes, atlas: Atlas) -> Numbers:
    """Kilometres from each home to the nearest of those of ``offers`` that serve it; infinite without any."""
    along = np.full(len(homes.points), -np.inf)
    for codes, points in _by_whom(offers, atlas):
        rows = np.concatenate([np.arange(homes.place[code].start, homes.place[code].stop) for code in codes])
        table = np.array([vector(*point) for point in points]).T
        for first in range(0, len(rows), _BLOCK):
            block = rows[first : first + _BLOCK]
            along[block] = np.maximum(along[block], (homes.points[block] @ table).max(axis=1))
    square = 2.0 * (EARTH_KM * EARTH_KM - along)
    return np.sqrt(np.maximum(square, 0.0))


def _by_whom(
    offers: Sequence[Offer], atlas: Atlas
) -> Iterable[tuple[Sequence[str], Sequence[tuple[float, float]]]]:
    """The points of ``offers`` by the municipalities that they serve."""
    shelves: defaultdict[tuple[str, ...], list[tuple[float, float]]] = defaultdict(list)
    everywhere = tuple(atlas.municipalities)
    of_region: dict[str, tuple[str, ...]] = {
        region: tuple(code for code, one in atlas.municipalities.items() if one.region == region)
        for region in atlas.regions
    }
    for one in offers:
        covers = one.coverage
        if covers.national:
            groups = [everywhere]
        else:
            groups = [of_region[region] for region in covers.regions if region in of_region]
            groups += [(code,) for code in covers.municipalities if code in atlas.municipalities]
        for group in groups:
            shelves[group] += places(one, atlas)
    return [(codes, points) for codes, points in shelves.items() if points]
