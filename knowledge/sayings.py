"""Whole messages that speak to the conversation itself: "yes", "start again", "are you a robot?".

They are listed in ``data/sayings.toml``, with the small words around them that may be passed over.
A message that says anything more is not a saying: "help" is one, "help with Kela" is not.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files

from knowledge.words import words_of

LONGEST = 12
"""Words: a longer message is never a saying."""

INSULT_WORDS = 5
"""A longer message is about something else too, however rude."""

INSULT = "talk:insult"

Words = tuple[str, ...]


class Sayings:
    """Recognises sayings; made once, then only read."""

    def __init__(
        self, whole: Mapping[Words, str], filler: Collection[Words], insults: Collection[Words]
    ) -> None:
        self._whole = whole
        self._filler = filler
        self._insults = insults

    @classmethod
    def load(cls) -> "Sayings":
        """The sayings that ship with the package."""
        content = tomllib.loads((files("knowledge") / "data" / "sayings.toml").read_text(encoding="utf-8"))
        whole: dict[Words, str] = {}
        for meaning, languages in content["whole"].items():
            for entry in _entries(languages):
                whole.setdefault(entry, meaning)
        return cls(whole, frozenset(_entries(content["filler"])), frozenset(_entries(content["insults"])))

    def meaning(self, words: Sequence[str]) -> str:
        """What these words (as ``words_of`` gives them) say as a whole, as "command:back" or
        "talk:greeting"; "" where they are no saying."""
        if not words or len(words) > LONGEST:
            return ""
        said = tuple(words)
        for bare in self._bared(said):
            if bare in self._whole:
                return self._whole[bare]
        if len(said) <= INSULT_WORDS and any(
            said[at:end] in self._insults for at in range(len(said)) for end in range(at + 1, len(said) + 1)
        ):
            return INSULT
        return ""

    def _bared(self, words: Words) -> Iterator[Words]:
        """The words, then with small ones left out at the end, then at the beginning too."""
        ended = [words]
        while size := self._small(ended[-1][::-1], turned=True):
            ended.append(ended[-1][:-size])
        yield from ended
        for rest in ended:
            while size := self._small(rest):
                rest = rest[size:]
                yield rest

    def _small(self, words: Words, turned: bool = False) -> int:
        """How many words at the beginning may be passed over; ``turned`` where they are back to front."""
        for size in (2, 1):
            if len(words) > size and (words[:size][::-1] if turned else words[:size]) in self._filler:
                return size
        return 0


def _entries(languages: Mapping[str, Sequence[str]]) -> list[Words]:
    return [words_of(entry) for entries in languages.values() for entry in entries]
