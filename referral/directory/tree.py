"""The nearest offers, without looking at all of them: a k-d tree with large leaves.

The rows are halved again and again along the axis in which they are spread widest, until at most
``LEAF`` are left together. The halves are equal, so that the tree needs no pointers: node ``i`` has the
children ``2 i + 1`` and ``2 i + 2``, and the leaves follow the last level of nodes in order. A search goes
down to the leaf where the person stands, and enters another only if the plane between lies nearer than
the worst of the best that were found: dense cities and empty Lapland cost about the same.

All points lie on one sphere, so the nearest are those with the largest product with the person's own
vector: numpy compares a whole leaf in one step.
"""

from dataclasses import dataclass
from math import ceil, inf, log2

import numpy as np
from numpy.typing import NDArray

from referral.directory.distance import Standpoint

LEAF = 256
"""Rows a leaf: numpy compares so many at little more than the price of one."""

Numbers = NDArray[np.float64]
Rows = NDArray[np.int32]

Near = tuple[float, int]
"""Minus the product of two vectors (the smallest is nearest), and a row."""


@dataclass(frozen=True, slots=True, eq=False)
class _Leaf:
    points: Numbers
    rows: Rows
    since: Numbers | None
    until: Numbers | None

    def nearest(self, at: Numbers, count: int, moment: float) -> list[Near]:
        """At most ``count`` of the leaf, in no order."""
        along = self.points @ at
        rows = self.rows
        if self.since is not None and self.until is not None:
            holds = (self.since <= moment) & (moment < self.until)
            along, rows = along[holds], rows[holds]
        over = len(rows) - count
        if over > 0:
            top = along.argpartition(over)[over:]
            along, rows = along[top], rows[top]
        return list(zip((-along).tolist(), rows.tolist(), strict=True))


class Tree:
    """A fixed set of rows of one table of vectors. Made once, then only read."""

    __slots__ = ("_leaves", "_planes")

    def __init__(self, points: Numbers, rows: Rows, since: Numbers | None, until: Numbers | None) -> None:
        """``points`` is the whole table (n x 3), ``rows`` the numbers of those that belong here.

        ``since`` and ``until`` (POSIX seconds, one a row of the table) say when a row holds; None where
        all of these rows always hold.
        """
        self._planes: list[tuple[int, float]] = []
        parts = [rows]
        for _ in range(ceil(log2(max(1.0, len(rows) / LEAF)))):
            parts = [half for part in parts for half in self._halves(points, part)]
        self._leaves = [
            _Leaf(
                points[part],
                part,
                since[part] if since is not None else None,
                until[part] if until is not None else None,
            )
            for part in parts
        ]

    def _halves(self, points: Numbers, rows: Rows) -> tuple[Rows, Rows]:
        there = points[rows]
        axis = int(np.argmax(there.max(axis=0) - there.min(axis=0)))
        middle = len(rows) // 2
        order = np.argpartition(there[:, axis], middle)
        self._planes.append((axis, float(there[order[middle], axis])))
        return rows[order[:middle]], rows[order[middle:]]

    def nearest(self, stand: Standpoint, count: int, moment: float) -> list[Near]:
        """The ``count`` rows nearest to ``stand`` that hold at ``moment`` (POSIX seconds), in no order.

        Fewer where there are no more.
        """
        if not self._planes:
            return self._leaves[0].nearest(stand.at, count, moment)
        return self._search(stand, count, moment)

    def _search(self, stand: Standpoint, count: int, moment: float) -> list[Near]:
        at = stand.at.tolist()
        planes, first_leaf = self._planes, len(self._planes)
        best: list[Near] = []
        furthest = inf  # The square of the straight line to the worst of the best.
        todo = [(0.0, 0)]
        while todo:
            bound, node = todo.pop()
            if bound > furthest:
                continue
            while node < first_leaf:
                axis, plane = planes[node]
                beyond = at[axis] - plane
                node = 2 * node + (1 if beyond < 0.0 else 2)
                todo.append((max(bound, beyond * beyond), node + 1 if beyond < 0.0 else node - 1))
            best = sorted([*best, *self._leaves[node - first_leaf].nearest(stand.at, count, moment)])[:count]
            if len(best) == count:
                furthest = stand.line(-best[-1][0])
        return best
