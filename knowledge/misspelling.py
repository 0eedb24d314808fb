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
        alike: defaultdict[tuple[int, str, bool], list[str]] = defaultdict(list)
        for form in set(forms):
            if len(form) >= SHORTEST:
                for key in _halves(form, len(form)):
                    alike[key].append(form)
        self._alike = dict(alike)

    def near(self, word: str) -> tuple[str, ...]:
        """The forms that are at most one slip from ``word`` (in lower case, without marks), by the alphabet."""
        length = len(word)
        if length < SHORTEST:
            return ()
        found = {
            form
            for other in (length - 1, length, length + 1)
            for key in _halves(word, other)
            for form in self._alike.get(key, ())
            if OSA.distance(word, form, score_cutoff=1) <= 1
        }
        return tuple(sorted(found))


def _halves(word: str, length: int) -> tuple[tuple[int, str, bool], tuple[int, str, bool]]:
    """What a form of ``length`` letters and ``word`` have in common where one slip parts them: either the
    first half of the form or its last."""
    half = (length - 1) // 2
    return (length, word[:half], True), (length, word[-half:], False)
