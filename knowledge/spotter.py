"""Words -> the names of places in them, before anything is judged.

Every name is collected, in any case form: the longest name that begins at a word, or else, where the word
is no ordinary word, a name that is one slip away.
"""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

from knowledge.gazetteer import Gazetteer, Reading
from knowledge.inflection import Case
from knowledge.misspelling import SHORTEST, Misspellings
from knowledge.model import Atlas
from knowledge.names import Kind, correctable_forms, inflected_names
from knowledge.scene import Mention
from knowledge.text import Token, fold

SURE_LENGTH, SURE_IN_PLACE = 8, 6
"""A correction of fewer letters (the second: in a local case) needs a reason, as an ordinary word does: too
many words lie one slip from one another."""

LEAST_PARTED, PARTED_HEAD = 8, 4
"""A shorter name is not put together from two words; and so many letters rule out most pairs of words."""

_OWN_WORDS = frozenset(
    {"uusi", "iso", "vanha", "pieni", "musta", "pyhä", "vähä", "yli", "järven", "uuden", "ison"}
)
"""First words that are not the first half of a name: "järven päässä" is the end of a lake."""

_PARTICLES = ("kin", "kaan", "kään", "han", "hän", "ko", "kö")


class Spotter:
    """Finds names in words; made once, then only read."""

    def __init__(self, atlas: Atlas, known: frozenset[str], data: Traversable) -> None:
        """``known`` are words in lower case that are never taken for a misspelled name."""
        self._municipalities = atlas.municipalities
        self._gazetteer = Gazetteer(inflected_names(atlas, data))
        self._misspellings = Misspellings({fold(form) for form in correctable_forms(atlas) if form.isalpha()})
        self._known = known
        look_up = self._gazetteer.look_up
        self._silent = frozenset(word for word in known if word.isalpha() and not look_up(word))
        names = {name for one in atlas.municipalities.values() for name in one.names.values()}
        self._heads = frozenset(fold(name)[:PARTED_HEAD] for name in names)

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is a form of a name."""
        return bool(self._gazetteer.look_up(word))

    def mentions(self, words: Sequence[Token], corrected: bool) -> list[Mention]:
        """The names in ``words``; also misspelled ones where ``corrected``."""
        mentions: list[Mention] = []
        plain = [fold(one.word) for one in words]
        following = [*plain[1:], ""]
        longest, heads = self._gazetteer.longest, self._heads
        at = 0
        while at < len(words):
            several = plain[at] in longest or (plain[at] + following[at])[:PARTED_HEAD] in heads
            mention = self._of_several(words, plain, at) if several else None
            if mention is None and words[at].word not in self._silent:
                mention = self._exact(words[at].word, plain[at], at)
                if mention is None and corrected:
                    mention = self._corrected(words[at].word, plain[at], at)
            if mention is not None:
                mentions.append(mention)
                at = mention.last
            else:
                at += 1
        return mentions

    def _of_several(self, words: Sequence[Token], plain: Sequence[str], at: int) -> Mention | None:
        """The longest name of several words that begins at this word."""
        longest, rest = self._gazetteer.longest.get(plain[at], 1), len(words) - at
        for count in range(min(longest, rest), 1, -1):
            readings = self._gazetteer.look_up(" ".join(one.word for one in words[at : at + count]))
            if readings:
                return Mention(at, at + count, readings)
        if rest > 1 and (plain[at] + plain[at + 1])[:PARTED_HEAD] in self._heads:
            readings = self._parted(words[at], words[at + 1])
            if readings:
                return Mention(at, at + 2, readings)
        return None

    def _exact(self, word: str, plain: str, at: int) -> Mention | None:
        readings = self._gazetteer.look_up(word, plain)
        if not readings and ":" in word:
            readings = self._gazetteer.look_up(word.partition(":")[0])
        return Mention(at, at + 1, readings) if readings else None

    def _parted(self, one: Token, other: Token) -> tuple[Reading, ...]:
        """A municipality whose name was written in two words: "Hämeen linna"."""
        if (
            one.end + 1 != other.start
            or len(one.word) + len(other.word) < LEAST_PARTED
            or one.word in _OWN_WORDS
        ):
            return ()
        readings = self._gazetteer.exact(one.word + other.word)
        return tuple(one for one in readings if one.name.targets[0].kind is Kind.MUNICIPALITY)

    def _corrected(self, word: str, plain: str, at: int) -> Mention | None:
        """The names one slip from a word that is no ordinary one."""
        if len(word) < SHORTEST or word in self._known or plain in self._known:
            return None
        near = self._misspellings.near(plain)
        if near:
            return self._corrected_to(near, word, at)
        if not word.endswith(_PARTICLES):
            return None
        for stem in _without_particle(word):
            if len(stem) < SHORTEST or stem in self._known or fold(stem) in self._known:
                return None
            if near := self._misspellings.near(fold(stem)):
                return self._corrected_to(near, stem, at)
        return None

    def _corrected_to(self, near: Sequence[str], word: str, at: int) -> Mention:
        alike = [form for form in near if form[0] == fold(word[0])] or near
        readings = [reading for form in alike for reading in self._gazetteer.look_up(form)]
        readings.sort(key=self._people, reverse=True)
        return Mention(at, at + 1, tuple(readings), corrected=True, sure=_is_sure(word, alike, readings))

    def guessed(self, words: Sequence[Token]) -> list[Mention]:
        """The names two slips from the words of an answer in which no place was found."""
        return [
            self._corrected_to(near, token.word, at)
            for at, token in enumerate(words)
            if token.word not in self._known and (near := self._misspellings.further(fold(token.word)))
        ]

    def _people(self, reading: Reading) -> int:
        """How many people live in the likeliest place of a reading: of equals, more people mean the larger."""
        municipality = self._municipalities.get(reading.name.targets[0].municipality)
        return municipality.population if municipality else 0


def _is_sure(word: str, alike: Sequence[str], readings: Sequence[Reading]) -> bool:
    """Whether a correction stands without a reason: it is long, or in a local case, and begins as the word does.

    A long word in a local case may also begin otherwise: "laajärvellä" for Alajärvellä.
    """
    length = min(len(word), *map(len, alike))
    local = readings[0].case in (Case.IN, Case.FROM, Case.TO)
    if alike[0][0] != fold(word[0]):
        return local and length > SURE_LENGTH
    return length >= (SURE_IN_PLACE if local else SURE_LENGTH)


def _without_particle(word: str) -> Iterator[str]:
    return (word.removesuffix(tail) for tail in _PARTICLES if word.endswith(tail))
