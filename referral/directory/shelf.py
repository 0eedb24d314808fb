"""The offers that one kind of question finds: those with a place in a tree, the others in order.

An offer without coordinates has no distance, and must not vanish behind those that have one: it stands
in a list of its own, the surest and last checked first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from referral.directory.distance import Vector
from referral.directory.tree import Points, Tree
from referral.model import Confidence, Offer

SURENESS = {Confidence.HIGH: 2, Confidence.MEDIUM: 1, Confidence.LOW: 0}

Found = tuple[float | None, int]
"""The square of the distance (km²; None where there is none), and the row of the offer."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All offers, by row, as the trees need them: vectors (NaN without a place), and when each row
    holds (POSIX seconds; None where every one always holds)."""

    offers: tuple[Offer, ...]
    points: Points
    since: Points | None
    until: Points | None

    def holds(self, row: int, moment: float) -> bool:
        """Whether the offer is valid, and not over, at ``moment``."""
        if self.since is None or self.until is None:
            return True
        return bool(self.since[row] <= moment < self.until[row])


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Made by ``shelf``. ``spoken`` holds those of ``listed`` that are known to serve in a language."""

    table: Table
    tree: Tree | None
    listed: tuple[int, ...]
    spoken: Mapping[str, tuple[int, ...]]

    def nearest(self, at: Vector, count: int, moment: float) -> list[tuple[float, int]]:
        """The ``count`` offers with a place that are nearest to ``at``."""
        return self.tree.nearest(at, count, moment) if self.tree else []

    def first(self, languages: Sequence[str], count: int, moment: float) -> Iterator[int]:
        """The first ``count`` offers without a place, and as many that serve in each of ``languages``."""
        for rows in (self.listed, *(self.spoken.get(language, ()) for language in languages)):
            yield from islice((row for row in rows if self.table.holds(row, moment)), count)


def shelf(table: Table, rows: Sequence[int]) -> Shelf:
    """The shelf that holds these rows of ``table``."""
    numbers = np.sort(np.asarray(rows, dtype=np.int32))
    placed = ~np.isnan(table.points[numbers, 0])
    listed = sorted(numbers[~placed].tolist(), key=_standing(table))
    return Shelf(table, _tree(table, numbers[placed]), tuple(listed), _spoken(table, listed))


def _tree(table: Table, rows: "np.typing.NDArray[np.int32]") -> Tree | None:
    if not len(rows):
        return None
    if table.since is None or table.until is None:
        return Tree(table.points, rows, None, None)
    always = bool((table.since[rows] == -np.inf).all() and (table.until[rows] == np.inf).all())
    return Tree(table.points, rows, *(None, None) if always else (table.since, table.until))


def _standing(table: Table) -> Callable[[int], tuple[int, int, int]]:
    """The surest first, then the last checked: what is better in either never comes later."""

    def key(row: int) -> tuple[int, int, int]:
        source = table.offers[row].source
        return -SURENESS[source.confidence], -(source.checked.toordinal() if source.checked else 0), row

    return key


def _spoken(table: Table, listed: Sequence[int]) -> Mapping[str, tuple[int, ...]]:
    by_language: dict[str, list[int]] = {}
    for row in listed:
        for language in table.offers[row].languages:
            by_language.setdefault(language, []).append(row)
    return {language: tuple(rows) for language, rows in by_language.items()}
