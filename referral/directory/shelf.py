"""The offers that one kind of question finds: those with a place in a tree, the others in order.

An offer without coordinates has no distance, and must not vanish behind those that have one: it stands
in a list of its own, the surest and last checked first: the rows of a table are numbered like that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from referral.directory.tree import Numbers, Rows, Tree
from referral.model import Confidence, Offer

SURENESS = {Confidence.HIGH: 2, Confidence.MEDIUM: 1, Confidence.LOW: 0}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All offers, by row (in the order of ``standing``), as the shelves need them: vectors (NaN without a place), and when each row
    holds (POSIX seconds; None where every one always holds)."""

    offers: tuple[Offer, ...]
    points: Numbers
    since: Numbers | None
    until: Numbers | None


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Made by ``shelf``. ``listed`` are the rows without a place, the surest first; ``spoken`` holds those
    of them that are known to serve in a language."""

    table: Table
    tree: Tree | None
    listed: tuple[int, ...]
    spoken: Mapping[str, tuple[int, ...]]

    def first(self, count: int, moment: float, language: str = "") -> Sequence[int]:
        """The first ``count`` rows without a place, all or those known to serve in ``language``."""
        rows = self.spoken.get(language, ()) if language else self.listed
        since, until = self.table.since, self.table.until
        if since is None or until is None:
            return rows[:count]
        return list(islice((row for row in rows if since[row] <= moment < until[row]), count))


def shelf(table: Table, rows: Sequence[int]) -> Shelf:
    """The shelf that holds these rows of ``table``."""
    numbers = np.sort(np.asarray(rows, dtype=np.int32))
    placed = ~np.isnan(table.points[numbers, 0])
    listed = numbers[~placed].tolist()
    return Shelf(table, _tree(table, numbers[placed]), tuple(listed), _spoken(table, listed))


def _tree(table: Table, rows: Rows) -> Tree | None:
    if not len(rows):
        return None
    if table.since is None or table.until is None:
        return Tree(table.points, rows, None, None)
    always = bool((table.since[rows] == -np.inf).all() and (table.until[rows] == np.inf).all())
    return Tree(table.points, rows, *((None, None) if always else (table.since, table.until)))


def standing(offer: Offer) -> tuple[int, int, str]:
    """Sorts offers: the surest first, then the last checked, then by id. What is better in either of the
    first two never comes later."""
    source = offer.source
    return -SURENESS[source.confidence], -(source.checked.toordinal() if source.checked else 0), offer.id


def _spoken(table: Table, listed: Sequence[int]) -> Mapping[str, tuple[int, ...]]:
    by_language: dict[str, list[int]] = {}
    for row in listed:
        for language in table.offers[row].languages:
            by_language.setdefault(language, []).append(row)
    return {language: tuple(rows) for language, rows in by_language.items()}
