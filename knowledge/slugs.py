"""What a municipality and a need are called in a web address: "rovaniemi", "bank-codes".

One of each language is the address itself; whatever else they are or were called leads there: names and
titles in other languages, former municipalities, villages, and everyday words for a need. A word that
could mean two is no address.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Atlas, Catalog, Municipality, Names, Need
from knowledge.text import fold, normal


class Kind(StrEnum):
    """What a word of an address names."""

    MUNICIPALITY = "municipality"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Named:
    """The municipality (by code) or the need (by id) that a word of an address names."""

    kind: Kind
    id: str


def slug(words: str) -> str:
    """``words`` as part of an address: "Pankkitunnukset ja ŋ" becomes "pankkitunnukset-ja-n"; "" for none."""
    return re.sub(r"[^a-z0-9]+", "-", fold(normal(words))).strip("-")


class Slugs:
    """The words of addresses in every language; made once, then only read."""

    def __init__(self, atlas: Atlas, catalog: Catalog, languages: Iterable[str]) -> None:
        """Raises ValueError where two would have the same address in a language."""
        self._own: dict[str, dict[Named, str]] = {}
        self._read: dict[str, dict[str, Named]] = {}
        aliases = _unmistakable(_aliases(atlas, catalog))
        for language in languages:
            own = {
                **{_of(one): slug(_in(one.names, language)) for one in atlas.municipalities.values()},
                **{_of(one): slug(_short(one, language)) for one in catalog.needs.values()},
            }
            read = {word: named for named, word in own.items()}
            if len(read) != len(own):
                raise ValueError(f"two addresses are the same in {language!r}")
            self._own[language] = own
            self._read[language] = {**aliases, **read}

    def municipality(self, code: str, language: str) -> str:
        """The word for a municipality. Raises KeyError for an unknown code."""
        return self._own[language][Named(Kind.MUNICIPALITY, code)]

    def need(self, id: str, language: str) -> str:
        """The word for a need. Raises KeyError for an unknown id."""
        return self._own[language][Named(Kind.NEED, id)]

    def read(self, word: str, language: str) -> Named | None:
        """What ``word`` names, also where it is no longer or not in this language called so; None for
        what nobody knows."""
        return self._read[language].get(slug(word))


def _of(one: Municipality | Need) -> Named:
    return Named(Kind.MUNICIPALITY, one.code) if isinstance(one, Municipality) else Named(Kind.NEED, one.id)


def _in(names: Names, language: str) -> str:
    return names.get(language) or names["fi"]


def _short(need: Need, language: str) -> str:
    plain = language.partition("@")[0]
    return need.short.get(plain) or _in(need.titles, plain)


def _aliases(atlas: Atlas, catalog: Catalog) -> Iterator[Iterable[tuple[str, Named]]]:
    """Every name with what it names, the surest names first."""
    towns, needs = atlas.municipalities.values(), catalog.needs.values()
    yield ((name, _of(one)) for one in towns for name in one.names.values())
    yield ((name, _of(one)) for one in needs for name in (*one.short.values(), *one.titles.values()))
    for former in (True, False):
        places = [one for one in atlas.places if (one.kind == "former_municipality") is former]
        yield (
            (name, Named(Kind.MUNICIPALITY, one.municipality))
            for one in places
            for name in (one.name, *one.other_names)
        )
    yield ((name, _of(one)) for one in needs for names in one.phrases.values() for name in names)


def _unmistakable(tiers: Iterable[Iterable[tuple[str, Named]]]) -> Mapping[str, Named]:
    """The words by what they name: a surer name keeps its word, and of two that are as sure neither does."""
    found: dict[str, Named] = {}
    for tier in tiers:
        named: dict[str, set[Named]] = {}
        for name, one in tier:
            named.setdefault(slug(name), set()).add(one)
        for word, ones in named.items():
            if word and word not in found and len(ones) == 1:
                found[word] = ones.pop()
    return found
