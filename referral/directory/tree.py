"""The nearest offers, without looking at all of them: a k-d tree.

The rows are halved again and again along the axis in which they are spread widest, until at most
``LEAF`` are left together. The halves are equal, so that the tree needs no pointers: node ``i`` has the
children ``2 i + 1`` and ``2 i + 2``, and a leaf is a slice of the row numbers. A search goes down to the
leaf where the person stands, and enters another half only if the plane between lies nearer than the worst of the
best that were found: dense cities and empty Lapland cost about the same.
"""

from heapq import heappush, heappushpop
from math import inf

import numpy as np
from numpy.typing import NDArray

from referral.directory.distance import Vector

LEAF = 32
"""Rows a leaf: numpy measures so many at about the price of one."""

Points = NDArray[np.float64]
Rows = NDArray[np.int32]


class Tree:
    """A fixed set of rows of one table of vectors. Made once, then only read."""

    __slots__ = ("_depth", "_planes", "_points", "_rows", "_since", "_until")

    def __init__(self, points: Points, rows: Rows, since: Points | None, until: Points | None) -> None:
        """``points`` is the whole table (n x 3), ``rows`` the numbers of those that belong here.

        ``since`` and ``until`` (POSIX seconds, one a row of the table) say when a row holds; None where
        all of these rows always hold.
        """
        self._points, self._since, self._until = points, since, until
        self._depth = max(0, int(np.ceil(np.log2(max(1, len(rows)) / LEAF))))
        self._rows = rows.copy()
        self._planes: list[tuple[int, float]] = []
        slices = [(0, len(rows))]
        for _ in range(self._depth):
            slices = [half for start, end in slices for half in self._halve(start, end)]

    def _halve(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        rows = self._rows[start:end]
        points = self._points[rows]
        axis = int(np.argmax(points.max(axis=0) - points.min(axis=0)))
        middle = (end - start) // 2
        order = np.argpartition(points[:, axis], middle)
        self._rows[start:end] = rows[order]
        self._planes.append((axis, float(points[order[middle], axis])))
        return (start, start + middle), (start + middle, end)

    def nearest(self, at: Vector, count: int, moment: float) -> list[tuple[float, int]]:
        """The ``count`` rows nearest to ``at`` that hold at ``moment`` (POSIX seconds), nearest first.

        Each is the square of its distance (km²) and its number; of two equally near the lower number
        comes first. Fewer where there are no more.
        """
        best: list[tuple[float, int]] = []  # A heap of the negatives: the worst on top.
        todo = [(0.0, 0, 0, len(self._rows), 0)]
        centre = np.array(at)
        worst = inf
        while todo:
            bound, node, start, end, level = todo.pop()
            if bound > worst:
                continue
            while level < self._depth:
                axis, plane = self._planes[node]
                middle = start + (end - start) // 2
                offset = at[axis] - plane
                node, level = 2 * node + 1, level + 1
                if offset < 0.0:
                    todo.append((max(bound, offset * offset), node + 1, middle, end, level))
                    end = middle
                else:
                    todo.append((max(bound, offset * offset), node, start, middle, level))
                    node, start = node + 1, middle
            for square, row in self._leaf(centre, start, end, moment):
                if len(best) < count:
                    heappush(best, (-square, -row))
                elif square <= worst:
                    heappushpop(best, (-square, -row))
                if len(best) == count:
                    worst = -best[0][0]
        return sorted((-square, -row) for square, row in best)

    def _leaf(self, centre: Points, start: int, end: int, moment: float) -> list[tuple[float, int]]:
        rows = self._rows[start:end]
        if self._since is not None and self._until is not None:
            rows = rows[(self._since[rows] <= moment) & (moment < self._until[rows])]
        away = self._points[rows] - centre
        squares: list[float] = np.einsum("ij,ij->i", away, away).tolist()
        return list(zip(squares, rows.tolist(), strict=True))
