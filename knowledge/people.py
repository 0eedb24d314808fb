"""Who is spoken of: what each word of a message says of people, read from ``data/people.toml``.

A *kind* is a family of words, with its case where it shows: "elder.of" is "äidin", "mormors" or "dad's",
"he.at" is "hänelle" or "henne", "want" is "kaipaa" or "behöver", "" is any other word. A kind says
nothing of the rest of the message: what it is worth there is ``knowledge.whom``'s.
"""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
    person: bool = False

    def by(self, plain: str, marked: str) -> bool:
        """Whether a word says it that is written with these marks; it may be written without any."""
        return plain == marked or not self.stem or marked.startswith(self.stem)


_NOTHING = _Said("")


def _nowhere(_: str) -> bool:
    return False


class _Words:
    """The words of one language."""

    def __init__(self, language: str, content: Mapping[str, Mapping[str, str]]) -> None:
        self._whole: dict[str, _Said] = {}
        self._beginnings: dict[str, _Said] = {}
        self.owned: dict[str, str] = {}
        """What says somebody only after "my": "min man" is a husband, "man" is anybody."""
        self._compounds = language in ("fi", "sv")
        self._tailed = language == "fi"
        for family, written in content["beginnings"].items():
            for start in written.split():
                said = self._whole if len(start) < WHOLE else self._beginnings
                said.setdefault(fold(start), _Said(family))
        alike: dict[_Said, _Said] = {}
        for family, written in content["nouns"].items():
            for noun in written.split():
                if noun.endswith("*"):
                    self._beginnings[fold(noun[:-1])] = _Said(family)
                    continue
                for form, one in _forms(noun, family, language):
                    # Of those that are equal one is kept: there are ten times as many forms.
                    self._whole[form] = alike.setdefault(one, one)
        for kind, written in content["words"].items():
            self._whole.update((fold(word), _Said(kind, word)) for word in written.split())
        for family, written in content.get("owned", {}).items():
            self.owned.update(dict.fromkeys(written.split(), family))
        self._lengths = tuple(sorted({len(start) for start in self._beginnings}, reverse=True))
        # Two first letters and three last ones rule out most words before anything is tried.
        self._starts = frozenset(start[:2] for start in self._beginnings)
        self._ends = frozenset(form[-3:] for form, said in self._whole.items() if said.person)

    def among(self, known: Collection[str]) -> frozenset[str]:
        """Those of many folded words that may say something: the others need not be looked at."""
        whole, starts, ends = self._whole, self._starts, self._ends
        likely = [word for word in known if word in whole or word[:2] in starts or word[-3:] in ends]
        likely += [word for word in known if word.endswith(_TAILS)] if self._tailed else []
        return frozenset(word for word in likely if word in whole or self.look(word, word).kind)

    def look(self, plain: str, marked: str) -> _Said:
        """What one word says."""
        found = self._whole.get(plain)
        if found is not None and found.by(plain, marked):
            return found
        for length in self._lengths if plain[:2] in self._starts else ():
            found = self._beginnings.get(plain[:length])
            if found is not None:
                return found
        if self._compounds and plain[-3:] in self._ends:
            for start in range(COMPOUND_FIRST, len(plain) - COMPOUND_LAST + 1):
                found = self._whole.get(plain[start:])
                if found is not None and found.person and found.by(plain[start:], marked[start:]):
                    return found
        if self._tailed and plain.endswith(_TAILS):
            bare = next(plain.removesuffix(tail) for tail in _TAILS if plain.endswith(tail))
            found = self._whole.get(bare)
            if found is not None and found.by(plain, marked):
                return found
        return _NOTHING


class People:
    """Tells who is spoken of; made once, then only read."""

    def __init__(
        self,
        content: Mapping[str, Mapping[str, Mapping[str, str]]],
        known: Collection[str] = (),
        is_place: Callable[[str], bool] = _nowhere,
    ) -> None:
        """``known`` are ordinary words, folded; they are no names, and neither is a word, in lower case, that
        ``is_place`` knows."""
        self._is_place = is_place
        self._words = {language: _Words(language, content[language]) for language in LANGUAGES}
        self._known = known
        self._said = {language: words.among(known) for language, words in self._words.items()}

    @classmethod
    def load(cls, known: Collection[str] = (), is_place: Callable[[str], bool] = _nowhere) -> "People":
        """The words that ship with the package."""
        content = tomllib.loads((files("knowledge") / "data" / "people.toml").read_text("utf-8"))
        return cls(content, known, is_place)

    def kinds(self, words: Sequence[Word], language: str, text: str = "") -> tuple[str, ...]:
        """The kind of each word. A word in capitals inside a sentence of ``text``, which the words were cut
        from, is a "name" where it is no word that is known. A language of no list is read as Finnish."""
        language = language if language in self._words else "fi"
        text = normal(text)
        ordinary, said, more = self._known, self._said[language], self._words[language]
        kinds: list[str] = []
        for word in words:
            plain, marked = word.plain, word.marked
            if plain in ordinary:
                kind = more.look(plain, marked).kind if plain in said else ""
            else:
                kind = more.look(plain, marked).kind
                if not kind and kinds and self._is_name(word, text):
                    kind = "name"
            if not kind:
                if plain in more.owned and "I.of" in kinds[-2:]:
                    kind = more.owned[plain]
            elif kind.startswith("name") and not text[word.start : word.start + 1].isupper():
                kind = ""
            kinds.append(kind)
        return tuple(kinds)

    def _is_name(self, word: Word, text: str) -> bool:
        written = text[word.start : word.end]
        capital = not word.parted and written[:1].isupper() and written[1:].islower()
        return capital and not self._is_place(written.lower())


def _forms(noun: str, family: str, language: str) -> Iterator[tuple[str, _Said]]:
    """The forms of a noun, folded; the base form comes last, as it is the likeliest where two are alike."""
    strong, _, weak = noun.partition("|")
    person = family in PEOPLE
    if language == "fi":
        for case, endings in reversed(_FINNISH.items()):
            for stem in (weak,) if case in _WEAK else (weak, strong):
                yield from (
                    (fold(stem) + ending, _Said(family + case, stem, person)) for ending in endings if ending
                )
        yield fold(strong), _Said(family, strong, person)
        return
    stems: tuple[str, ...] = (strong,)
    if language == "sv" and len(strong) > WHOLE and strong[-1] in "ae":
        stems = (strong[:-1], strong)
    for owner, case in (("s", ".of"), ("es", ".of"), ("", "")):
        for ending in _SWEDISH if language == "sv" else ("",):
            yield from ((fold(stem) + ending + owner, _Said(family + case, stem, person)) for stem in stems)
