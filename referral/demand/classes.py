"""The classes in which a number is told, and nothing finer.

A count below ``k`` is told as "fewer than k", zero included; any other as the nearest multiple of five,
which stands for five neighbouring counts. A pool of several cells that are each below ``k`` is told no
higher than would leave every one of them free to be zero.
"""

from dataclasses import dataclass

STEP = 5
"""Numbers are told to the nearest multiple of this."""

LEAST_K = 5
"""No setting can make ``k`` smaller."""


class BadRule(ValueError):
    """A ``k`` that releases must not have; the message says which may."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The threshold ``k``: a multiple of five, at least five. Raises BadRule."""

    k: int = LEAST_K

    def __post_init__(self) -> None:
        if self.k < LEAST_K or self.k % STEP:
            raise BadRule(f"k is a multiple of {STEP}, at least {LEAST_K}")

    @property
    def small(self) -> int:
        """The largest count that is not told from zero."""
        return self.k - 1

    def told(self, count: int) -> int:
        """How ``count`` is told; 0 stands for "fewer than k"."""
        return 0 if count < self.k else (count + STEP // 2) // STEP * STEP

    def least(self, number: int) -> int:
        """The smallest count that is told as ``number``; 0 for 0."""
        return max(self.k, number - STEP // 2) if number else 0

    def most(self, number: int) -> int:
        """The largest count that is told as ``number``."""
        return number + STEP // 2 if number else self.small

    def within(self, number: int, room: int) -> int:
        """``number``, or the largest one below it that needs no more than ``room``; 0 where none does."""
        while number and self.least(number) > room:
            number = number - STEP if number > self.k else 0
        return number

    def cap(self, cells: int, widest: int = 1) -> int:
        """The highest number told of a pool of ``cells`` small cells; 0 where nothing may be told.

        Without any ``widest`` of its cells the others must be able to reach the number's least count.
        """
        others = self.small * (cells - widest)
        return self.within((others + STEP) // STEP * STEP, others)
