"""Who is spoken of: what each word of a message says of people, read from ``data/people.toml``.

A *kind* is a family of words, with its case where it shows: "elder.of" is "äidin", "mormors" or "dad's",
"he.at" is "hänelle" or "henne", "want" is "kaipaa" or "behöver", "" is any other word. A kind says
nothing of the rest of the message: what it is worth there is ``knowledge.whom``'s.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from knowledge.text import fold, normal
from knowledge.words import Word

PEOPLE = ("elder", "spouse", "peer", "young", "ward", "member", "official")
"""The families of nouns."""

OTHERS = frozenset({*PEOPLE, "he", "they", "name"})
"""The families that somebody else may be spoken of with."""

HINTS = OTHERS | {"age", "work", "it.at", "it.of"}
"""Those, and the kinds that somebody else may be behind."""

WHOLE = 4
"""A beginning of fewer letters is a whole word."""

COMPOUND_FIRST, COMPOUND_LAST = 3, 6
"""How many letters the first and the last part of a compound must have: "kylä|naapuri"."""

_FINNISH = {
    "": ("", "ni", "mme", "nsa", "nne", "si"),
    ".of": ("n", "sten", "ten", "den", "itten", "iden", "jen"),
    ".at": tuple(
        case + owner for case in ("lle", "lla", "ll", "l") for owner in ("", "ni", "mme", "nsa", "en", "an")
    ),
    ".from": tuple(
        case + owner for case in ("lta", "sta", "lt", "st") for owner in ("", "ni", "mme", "nsa", "an")
    ),
    ".some": tuple(case + owner for case in ("a", "ta", "ja", "ia") for owner in ("", "ni", "mme", "nsa")),
    ".else": ("t", "ssa", "s", "ksi", "na", "on", "un", "an", "in", "en", "hen"),
}
"""The endings of each case, unmarked."""

_WEAK = frozenset({".of", ".at", ".from"})
"""The cases that always follow the weak stem; of the others both stems are made: forms that nobody uses do no
harm."""

_SWEDISH = (
    *("", "n", "en", "et", "ar", "er", "or", "na", "arna", "erna", "orna", "nar", "r", "rna", "ern"),
    *("an", "e", "nen", "ne", "a", "o"),
)
_TAILS = ("kin", "kaan", "ki", "ko")

LANGUAGES = ("fi", "sv", "en", "se")


class _Said(NamedTuple):
    """What a word says, and the marked stem that it must have where it is written with marks at all."""

    kind: str
    stem: str = ""


class _Words:
    """The words of one language."""

    def __init__(self, language: str, content: Mapping[str, Mapping[str, str]]) -> None:
        self._whole: dict[str, _Said] = {}
        self._beginnings: dict[str, _Said] = {}
        self._owned: dict[str, str] = {}
        self._language = language
        for family, written in content["beginnings"].items():
            for start in written.split():
                said = self._whole if len(start) < WHOLE else self._beginnings
                said.setdefault(fold(start), _Said(family))
        for family, written in content["nouns"].items():
            for noun in written.split():
                if noun.endswith("*"):
                    self._beginnings[fold(noun[:-1])] = _Said(family)
                else:
                    self._whole.update(_forms(noun, family, language))
        for kind, written in content["words"].items():
            self._whole.update((fold(word), _Said(kind, word)) for word in written.split())
        for family, written in content.get("owned", {}).items():
            self._owned.update(dict.fromkeys(written.split(), family))
        self._lengths = tuple(sorted({len(start) for start in self._beginnings}, reverse=True))

    def kind(self, plain: str, marked: str) -> str:
        """What one word says."""
        if found := self._at(self._whole, plain, plain, marked):
            return found
        for length in self._lengths:
            if found := self._at(self._beginnings, plain[:length], plain, marked):
                return found
        if self._language in ("fi", "sv"):
            for start in range(COMPOUND_FIRST, len(plain) - COMPOUND_LAST + 1):
                found = self._at(self._whole, plain[start:], plain[start:], marked[start:])
                if found.partition(".")[0] in PEOPLE:
                    return found
        if self._language == "fi":
            for tail in _TAILS:
                if plain.endswith(tail):
                    bare = plain.removesuffix(tail)
                    return self._at(self._whole, bare, bare, marked)
        return ""

    def owned(self, word: str) -> str:
        """What a word says that is somebody only after "my": "min man" is a husband, "man" is anybody."""
        return self._owned.get(word, "")

    @staticmethod
    def _at(said: Mapping[str, _Said], start: str, plain: str, marked: str) -> str:
        found = said.get(start)
        if found is None or not (plain == marked or not found.stem or marked.startswith(found.stem)):
            return ""
        return found.kind


class People:
    """Tells who is spoken of; made once, then only read."""

    def __init__(
        self, content: Mapping[str, Mapping[str, Mapping[str, str]]], known: Collection[str] = ()
    ) -> None:
        """``known`` are ordinary words, folded: what they say is looked up once, and they are no names."""
        self._words = {language: _Words(language, content[language]) for language in LANGUAGES}
        self._known = frozenset(known)
        self._kinds = {
            language: {word: kind for word in self._known if (kind := words.kind(word, word))}
            for language, words in self._words.items()
        }

    @classmethod
    def load(cls, known: Collection[str] = ()) -> "People":
        """The words that ship with the package."""
        return cls(tomllib.loads((files("knowledge") / "data" / "people.toml").read_text("utf-8")), known)

    def kinds(self, words: Sequence[Word], language: str, text: str = "") -> tuple[str, ...]:
        """The kind of each word. A word in capitals inside a sentence of ``text``, which the words were cut
        from, is a "name" where it is no word that is known. A language of no list is read as Finnish."""
        language = language if language in self._words else "fi"
        text = normal(text)
        known, ordinary, more = self._kinds[language], self._known, self._words[language]
        kinds: list[str] = []
        for word in words:
            if word.plain in ordinary:
                kind = known.get(word.plain, "")
                if kind and word.plain != word.marked:
                    kind = more.kind(word.plain, word.marked)
            else:
                kind = more.kind(word.plain, word.marked) or (
                    "name" if kinds and _is_name(word, text) else ""
                )
            if kind.startswith("name") and not text[word.start : word.start + 1].isupper():
                kind = ""
            if not kind and (owned := more.owned(word.plain)) and "I.of" in kinds[-2:]:
                kind = owned
            kinds.append(kind)
        return tuple(kinds)


def _is_name(word: Word, text: str) -> bool:
    written = text[word.start : word.end]
    return not word.parted and written[:1].isupper() and written[1:].islower()


def _forms(noun: str, family: str, language: str) -> Iterator[tuple[str, _Said]]:
    """The forms of a noun, folded; the base form comes last, as it is the likeliest where two are alike."""
    strong, _, weak = noun.partition("|")
    if language == "fi":
        for case, endings in reversed(_FINNISH.items()):
            for stem in (weak,) if case in _WEAK else (weak, strong):
                yield from ((fold(stem) + ending, _Said(family + case, stem)) for ending in endings if ending)
        yield fold(strong), _Said(family, strong)
        return
    stems: tuple[str, ...] = (strong,)
    if language == "sv" and len(strong) > WHOLE and strong[-1] in "ae":
        stems = (strong[:-1], strong)
    for owner, case in (("s", ".of"), ("es", ".of"), ("", "")):
        for ending in _SWEDISH if language == "sv" else ("",):
            yield from ((fold(stem) + ending + owner, _Said(family + case, stem)) for stem in stems)
