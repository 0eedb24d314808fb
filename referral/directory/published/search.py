"""Finding what is published by words, as people write them.

Every word of a query must be found: as it stands, as the beginning of a word, or as a case form of it
("Rovaniemellä" finds Rovaniemi). Marks on letters and capitals do not matter. Words for needs find the
services that help with them, whatever the service says of itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from knowledge.inflection import forms
from knowledge.model import Catalog, Names
from knowledge.text import fold
from knowledge.words import words_of
from referral.directory.published.supply import Supply
from referral.model import Offer

SHORTEST = 3
"""Letters: a shorter beginning of a word would find almost everything."""

MOST_WORDS = 12
"""Words of a query that are looked for."""


class Index:
    """Words -> the keys of what holds them. Made once, then only read."""

    __slots__ = ("_keys", "_words")

    def __init__(self, texts: Iterable[tuple[int, Iterable[str]]]) -> None:
        """``texts`` gives each key with its texts."""
        held: defaultdict[str, set[int]] = defaultdict(set)
        for key, said in texts:
            for text in said:
                for word in _words(text):
                    held[word].add(key)
        self._words = sorted(held)
        self._keys = {word: tuple(sorted(keys)) for word, keys in held.items()}

    def find(self, word: str) -> set[int]:
        """The keys of what holds ``word`` (folded), a word that begins with it, or one that it is a form of."""
        found: set[int] = set()
        for one in {*self._beginning(word), *self._base(word)}:
            found.update(self._keys[one])
        return found

    def _beginning(self, word: str) -> Iterator[str]:
        at = bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            if len(word) >= SHORTEST or self._words[at] == word:
                yield self._words[at]
            at += 1

    def _base(self, word: str) -> Iterator[str]:
        """The words that ``word`` is a case form of; their first letters are the same."""
        start = word[:SHORTEST]
        at = bisect_left(self._words, start)
        while len(start) == SHORTEST and at < len(self._words) and self._words[at].startswith(start):
            if self._words[at].isalpha() and word in _forms(self._words[at]):
                yield self._words[at]
            at += 1


class Search:
    """The words of services at locations, by their place in ``supply.connections``."""

    __slots__ = ("_needs", "_own", "_serving")

    def __init__(self, supply: Supply) -> None:
        offers = [offer for _, offer in supply.connections.values()]
        self._own = Index((row, _texts(offer, supply)) for row, offer in enumerate(offers))
        needs = list(supply.catalog.needs)
        self._needs = Index((at, _need_texts(supply.catalog, id)) for at, id in enumerate(needs))
        serving: defaultdict[str, list[int]] = defaultdict(list)
        for row, offer in enumerate(offers):
            for need in offer.needs:
                serving[need].append(row)
        self._serving = [serving[id] for id in needs]

    def find(self, query: str) -> set[int] | None:
        """The rows that hold every word of ``query``; None for a query without words, which asks for nothing."""
        return every(query, self._word)

    def _word(self, word: str) -> set[int]:
        found = self._own.find(word)
        for need in self._needs.find(word):
            found.update(self._serving[need])
        return found


def every(query: str, find: Callable[[str], set[int]]) -> set[int] | None:
    """What ``find`` gives for each word of ``query``, as far as it is the same; None where there is no word."""
    words = list(dict.fromkeys(words_of(query)))[:MOST_WORDS]
    found: set[int] | None = None
    for word in words:
        found = find(word) if found is None else found & find(word)
        if not found:
            break
    return found


def _texts(offer: Offer, supply: Supply) -> Iterator[str]:
    yield from offer.names.values()
    yield from offer.organisation.names.values()
    yield from offer.descriptions.values()
    yield from (offer.street, offer.locality)
    here = supply.atlas.municipalities.get(offer.municipality)
    named: Sequence[Names] = (here.names, supply.atlas.regions[here.region].names) if here else ()
    for names in named:
        yield from names.values()


def _need_texts(catalog: Catalog, id: str) -> Iterator[str]:
    """The titles, and the phrases of one word: of a longer phrase ("Vasa Elektriska") no word means it alone."""
    need = catalog.needs[id]
    yield from need.titles.values()
    for phrases in need.phrases.values():
        yield from (phrase for phrase in phrases if len(_words(phrase)) == 1)


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return words_of(text)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms(word))
