"""What a solver says of unknown whole numbers: which of them cannot be zero, or cannot be ``small``.

A list of whole numbers that agrees with everything that is known is a proof for each cell that is zero in
it. So the solver is not asked cell by cell: it is asked for numbers that make as many of the cells zero as
it can (then as many ``small``), then for others that do so for those that are left. Only what is left when
that leads no further is tried by itself. Programmes of sums mostly have whole solutions by themselves, so
the linear programme is asked first and the integer one where it answers in fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

INFEASIBLE = 2
"""What the solver says of rows that nothing agrees with."""

ALMOST = 1e-6
NODES = 200
"""How long it looks for many cells at once; one cell by itself is looked for to the end."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """What is known: the ``rows`` of sums, and the least and the most of each unknown."""

    rows: LinearConstraint
    low: Numbers
    high: Numbers

    def impossible(self, tried: Sequence[int], value: int) -> list[int]:
        """Those of ``tried`` (none of which is above ``value`` in truth, or ``value`` is 0) that cannot hold
        ``value``. Raises AssertionError where the solver cannot say."""
        left = np.array(tried, dtype=int)
        high = self.high
        if value:  # In truth none of them is higher, so some numbers still agree.
            high = high.copy()
            high[left] = np.minimum(high[left], value)
        while len(left):
            wish = np.zeros(len(self.low))
            wish[left] = -1 if value else 1
            numbers = self._numbers(wish, high)
            still = left[numbers[left] != value] if numbers is not None else left
            if len(still) == len(left):
                break
            left = still
        return [cell for cell in left.tolist() if not self._possible(cell, value)]

    def _numbers(self, wish: Numbers, high: Numbers) -> Numbers | None:
        """Whole numbers that agree with what is known, near the least of ``wish``; None where none was found."""
        answer = self._solved(wish, self.low, high, whole=False)
        assert answer.success, answer.message
        if np.abs(answer.x - np.round(answer.x)).max() > ALMOST:
            answer = self._solved(wish, self.low, high, whole=True, mip_rel_gap=0.3, node_limit=NODES)
        return None if answer.x is None else self._checked(np.round(answer.x))

    def _possible(self, cell: int, value: int) -> bool:
        low, high = self.low.copy(), self.high.copy()
        low[cell] = high[cell] = value
        answer = self._solved(np.zeros(len(low)), low, high, whole=True)
        assert answer.success or answer.status == INFEASIBLE, answer.message
        return bool(answer.success)

    def _solved(
        self, wish: Numbers, low: Numbers, high: Numbers, whole: bool, **options: float
    ) -> OptimizeResult:
        return milp(
            wish,
            constraints=self.rows,
            bounds=Bounds(low, high),
            integrality=np.full(len(low), int(whole)),
            options=options,
        )

    def _checked(self, numbers: Numbers) -> Numbers:
        """``numbers``, which must agree with everything once rounded: they are the proof."""
        sums = self.rows.A @ numbers
        assert (self.low <= numbers).all() and (numbers <= self.high).all()  # noqa: PT018
        assert (self.rows.lb <= sums).all() and (sums <= self.rows.ub).all()  # noqa: PT018
        return numbers
