"""Names one slip of the finger away: a letter wrong, missing, doubled, or two letters in the wrong order.

One slip leaves the first or the last half of a name untouched, so only names that share a half with the
word are compared with it. The halves leave out the letter in the middle, where a swap would touch both.
"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 5
"""Shorter words are never corrected: too many words lie one slip from one another."""

SHORTEST_FURTHER = 8
"""Shorter words are not corrected where two slips were made."""


class Misspellings:
    """Finds forms that are one slip away; made once, then only read."""

    def __init__(self, forms: Iterable[str]) -> None:
        heads: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        tails: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(set(forms)):
            alike[form[:1]].append(form)
            length = len(form)
            if length >= SHORTEST:
                middle = (length - 1) // 2
                heads[length][form[:middle]].append(form)
                tails[length][form[middle + 1 :]].append(form)
        self._alike = dict(alike)
        self._halves = {length: (dict(heads[length]), dict(tails[length])) for length in heads}

    def near(self, word: str) -> tuple[str, ...]:
        """The forms that are at most one slip from ``word`` (in lower case, without marks), by the alphabet."""
        length = len(word)
        if length < SHORTEST:
            return ()
        found: set[str] = set()
        for other in (length - 1, length, length + 1):
            if other in self._halves:
                heads, tails = self._halves[other]
                middle = (other - 1) // 2
                for alike in (heads.get(word[:middle]), tails.get(word[middle + 1 - other :])):
                    if alike:
                        close = extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=None)
                        found.update(form for form, _, _ in close)
        return tuple(sorted(found))

    def further(self, word: str) -> tuple[str, ...]:
        """The forms that are two slips from a long ``word`` and begin as it does; empty for a shorter one.

        All such forms are compared, which takes longer than a look-up: for an answer to a question.
        """
        if len(word) < SHORTEST_FURTHER:
            return ()
        alike = self._alike.get(word[0], ())
        return tuple(
            form for form, _, _ in extract(word, alike, scorer=OSA.distance, score_cutoff=2, limit=None)
        )
