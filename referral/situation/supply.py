"""How far people have to the nearest support in person: from the directory and from where people live.

Support in person is what is declared and given face to face, to everybody or to the municipality's own
people; a library that may only be asked is not counted. An offer without coordinates stands at the seat
of its municipality, or of those that it says it serves; one that names no place is nowhere. Distances are
straight lines, from the postcodes where people live, weighted by their residents.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from referral.directory.index import FOR_SUPPORTERS, Directory
from referral.field import REACH_KM
from referral.model import Form, Offer, Role
from referral.situation.homes import Homes, Numbers, weighted_median
from referral.situation.spots import Spots, Whom, for_whom, homes_by_whom, kilometres, serves

ANYTHING = "generic_help"
"""The need that stands for support with whatever comes up: who only prints does not serve it."""


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


class Supply:
    """What a directory offers on one day; each answer is worked out when it is first asked for, and kept."""

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory = directory
        self.today = today
        self.offers = tuple(one for one in directory.rows if is_there(one, today))
        self._homes = Homes.of(directory.atlas)
        self._reaches: dict[tuple[str, str], tuple[Mapping[str, Reach], Numbers]] = {}
        self._along: dict[tuple[frozenset[str], str], Numbers] = {}
        self._near: dict[str, Spots] = {}

    def parts(self) -> Iterator[Callable[[], object]]:
        """Everything that is worked out but once, part by part and the most asked for first: whoever calls
        them all beforehand keeps nobody waiting."""
        spoken = sorted(
            {code for one in self.directory.atlas.municipalities.values() for code in one.languages}
        )
        needs = sorted({need for one in self._spots.offers for need in one.needs} - {ANYTHING})
        for need in (ANYTHING, *needs):
            yield partial(self.reach, need)
            yield partial(self._near_to, need)
        yield lambda: self._remote
        for need in (ANYTHING, *needs):
            for language in spoken:
                if language != "fi":
                    yield partial(self.reach, need, language)

    def reach(self, need: str = ANYTHING, language: str = "") -> Mapping[str, Reach]:
        """How far it is to support with ``need`` in each municipality, by code; with ``language``, to
        support that is known to be given in it."""
        return self._worked_out(need, language)[0]

    def median_km(self, codes: Iterable[str], need: str = ANYTHING) -> float | None:
        """Half of the people of these municipalities have at most so far; None where there is no help at all,
        or no municipality."""
        _, km = self._worked_out(need, "")
        rows = [self._homes.place[code] for code in codes]
        if not rows:
            return None
        far = np.concatenate([km[row] for row in rows])
        median = weighted_median(far, np.concatenate([self._homes.people[row] for row in rows]))
        return median if np.isfinite(median) else None

    def nearest(self, code: str, need: str = ANYTHING, count: int = 2) -> tuple[tuple[str, float], ...]:
        """The other municipalities nearest to ``code`` that have support with ``need`` for its people, with
        kilometres; () where there is none."""
        near, stand = self._near_to(need), self.directory.standpoints[code]
        along = near.points @ stand.at
        found: dict[str, float] = {}
        for row in np.argsort(-along).tolist():
            one = near.offers[row]
            if one.municipality not in ("", code) and serves(one, code, self.directory.atlas):
                found.setdefault(one.municipality, stand.km(float(along[row])))
            if len(found) == count:
                break
        return tuple(found.items())

    def _near_to(self, need: str) -> Spots:
        if need not in self._near:
            rows = [row for row, one in enumerate(self._spots.offers) if need in one.needs]
            self._near[need] = Spots(self._spots.points[rows], tuple(self._spots.offers[row] for row in rows))
        return self._near[need]

    def spoken_remotely(self, code: str) -> frozenset[str]:
        """The languages that remote support for the people of ``code`` is known to be given in."""
        region = self.directory.atlas.municipalities[code].region
        whom: tuple[Whom, ...] = (("national", ""), ("region", region), ("municipality", code))
        return frozenset[str]().union(*(self._remote.get(one, frozenset()) for one in whom))

    @cached_property
    def _spots(self) -> Spots:
        return Spots.of((one for one in self.offers if is_in_person(one)), self.directory.atlas)

    @cached_property
    def _by_needs(self) -> Mapping[frozenset[str], list[int]]:
        return self._spots.by_needs()

    @cached_property
    def _served(self) -> Mapping[Whom, NDArray[np.int64]]:
        return homes_by_whom(self._homes, self.directory.atlas)

    @cached_property
    def _remote(self) -> Mapping[Whom, frozenset[str]]:
        found: defaultdict[Whom, frozenset[str]] = defaultdict(frozenset)
        for one in self.offers:
            if one.role is Role.SUPPORT and one.form is Form.REMOTE:
                for whom in for_whom(one):
                    found[whom] |= set(one.languages)
        return found

    def _worked_out(self, need: str, language: str) -> tuple[Mapping[str, Reach], Numbers]:
        """The reach of each municipality, and the kilometres of each home."""
        key = need, language
        if key not in self._reaches:
            self._reaches[key] = self._reach(need, language)
        return self._reaches[key]

    def _reach(self, need: str, language: str) -> tuple[Mapping[str, Reach], Numbers]:
        atlas, homes = self.directory.atlas, self._homes
        km = kilometres(self._nearest(need, language))
        offers = [
            one
            for one in self.offers
            if is_in_person(one) and need in one.needs and (not language or language in one.languages)
        ]
        points = Counter(one.municipality for one in offers)
        visiting = {whom for one in offers if one.home_visits for whom in for_whom(one)}
        found = {}
        for code, rows in homes.place.items():
            far, people, here = km[rows], homes.people[rows], atlas.municipalities[code]
            median = weighted_median(far, people)
            found[code] = Reach(
                code,
                here.population,
                median if np.isfinite(median) else None,
                float(people[far > REACH_KM].sum() / people.sum()),
                points[code],
                not visiting.isdisjoint({("national", ""), ("region", here.region), ("municipality", code)}),
            )
        return found, km

    def _nearest(self, need: str, language: str) -> Numbers:
        """For each home the product with the nearest spot that serves ``need``, of all sets that hold it."""
        nearest = np.full(len(self._homes.points), -np.inf)
        for needs, rows in self._by_needs.items():
            if need not in needs:
                continue
            if (needs, language) not in self._along:
                spoken = [
                    row for row in rows if not language or language in self._spots.offers[row].languages
                ]
                self._along[needs, language] = self._spots.along(spoken, self._homes, self._served)
            nearest = np.maximum(nearest, self._along[needs, language])
        return nearest


def is_there(offer: Offer, today: date) -> bool:
    """Whether the offer is for citizens and holds on ``today``."""
    if FOR_SUPPORTERS in offer.audience or (offer.valid_from and offer.valid_from > today):
        return False
    over = offer.ends is not None and offer.ends.date() < today
    return not over and (offer.valid_until is None or offer.valid_until >= today)


def is_in_person(offer: Offer) -> bool:
    """Whether it is declared support, face to face."""
    return offer.role is Role.SUPPORT and offer.form is Form.IN_PERSON
