"""Names one slip of the finger away: a letter wrong, missing, doubled, or two letters in the wrong order.

One slip leaves the first or the last half of a name untouched, so only names that share a half with the
word are compared with it. The halves leave out the one or two letters in the middle, where a swap would
touch both.
"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 5
"""Shorter words are never corrected: too many words lie one slip from one another."""


class Misspellings:
    """Finds forms that are one slip away; made once, then only read."""

    def __init__(self, forms: Iterable[str]) -> None:
        heads: defaultdict[str, list[str]] = defaultdict(list)
        tails: defaultdict[str, list[str]] = defaultdict(list)
        for form in forms:
            if len(form) >= SHORTEST:
                half = (len(form) - 1) // 2
                heads[form[:half]].append(form)
                tails[form[-half:]].append(form)
        self._heads = dict(heads)
        self._tails = dict(tails)

    def near(self, word: str) -> tuple[str, ...]:
        """The forms that are at most one slip from ``word`` (in lower case, without marks), in no order."""
        length = len(word)
        if length < SHORTEST:
            return ()
        alike: set[str] = set()
        for half in {(length - 2) // 2, (length - 1) // 2, length // 2}:
            alike.update(self._heads.get(word[:half], ()))
            alike.update(self._tails.get(word[-half:], ()))
        return tuple(
            form
            for form in alike
            if -1 <= len(form) - length <= 1 and OSA.distance(word, form, score_cutoff=1) <= 1
        )
