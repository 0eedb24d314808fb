"""The catalogues, and saying a ``Text`` in one of their languages.

A language is a folder here with ``LC_MESSAGES/digituki.po``; there is no list of languages in code.
Each catalogue says itself where it stands among the choices. A message that a catalogue lacks falls back
along its own path ("fi@simple" to "fi") and then to the English msgid. The coordinators' site has a
catalogue of its own, ``coordinators.po``, in the languages that it is kept in.
Dates, times and lists follow patterns that are messages themselves, so a translator decides them.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.dates import format_date, format_time
from babel.messages.pofile import read_po

from locales.text import Blank, Text, say

SOURCE_LANGUAGE = "en"
_OWN_NAME = say("English")
_ORDER = say("99, the place of this language among the choices")
_DATE = say("d MMMM yyyy")
_FULL_HOUR = say("HH:00")
_TIME = say("HH:mm")
_LIST = say("{items} and {last}")
_WEEKDAYS = (
    say("on Monday"),
    say("on Tuesday"),
    say("on Wednesday"),
    say("on Thursday"),
    say("on Friday"),
    say("on Saturday"),
    say("on Sunday"),
)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """One language: msgid -> its forms, and which form a number asks for."""

    order: int
    forms: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Catalogues:
    """Every language that we speak."""

    _by_language: Mapping[str, _Catalogue]

    @classmethod
    def load(cls, root: Traversable | None = None, domains: tuple[str, ...] = ("digituki",)) -> "Catalogues":
        """All catalogues below ``root`` (this package where none is given) of the languages that have
        every one of ``domains``: "digituki" is what citizens read, "coordinators" what coordinators do."""
        return cls(_shipped(domains) if root is None else _found(root, domains))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, in the order in which a person is shown them."""
        return tuple(self._by_language)

    def own_name(self, language: str) -> str:
        """The language's name in itself: "Suomi", "Svenska"."""
        return self.say(_OWN_NAME, language)

    def say(self, text: Text, language: str) -> str:
        """``text`` in ``language``, its blanks filled; the English msgid where nobody translated it."""
        if text.verbatim:
            return text.msgid
        blanks = dict(text.blanks)
        return self._pattern(text, language, blanks).format_map(
            {name: self._blank(name, value, language) for name, value in blanks.items()}
        )

    def has(self, msgid: str, language: str) -> bool:
        """Whether ``language`` itself, or a language that it falls back on, has words for ``msgid``."""
        return any(self._by_language[step].forms.get(msgid) for step in self._path(language))

    def named(self, names: Mapping[str, str], language: str) -> str:
        """The words for ``language`` among ``names``; its fallback's, then Finnish, then any."""
        for step in (*fallbacks(language), "fi"):
            if names.get(step):
                return names[step]
        return next(iter(names.values()), "")

    def _path(self, language: str) -> Iterable[str]:
        return (step for step in fallbacks(language) if step in self._by_language)

    def _pattern(self, text: Text, language: str, blanks: Mapping[str, Blank]) -> str:
        number = blanks.get("n") if text.plural else None
        for step in self._path(language):
            catalogue = self._by_language[step]
            forms = catalogue.forms.get(text.msgid)
            if not forms:
                continue
            if isinstance(number, int) and len(forms) > 1:
                return forms[catalogue.form_of(number)]
            return forms[0]
        return text.plural if isinstance(number, int) and number != 1 else text.msgid

    def _blank(self, name: str, value: object, language: str) -> str:
        match value:
            case Text():
                return self.say(value, language)
            case tuple():
                return self._listed([self._blank(name, item, language) for item in value], language)
            case Mapping():
                return self.named(value, language)
            case time() | datetime():
                pattern = _TIME if value.minute else _FULL_HOUR
                return _timed(_clock(value), self.say(pattern, language), _babel(language))
            case date() if name == "day":
                return self.say(_WEEKDAYS[value.weekday()], language)
            case date():
                return _dated(value, self.say(_DATE, language), _babel(language))
            case float():
                return str(round(value))
            case _:
                return str(value)

    def _listed(self, items: list[str], language: str) -> str:
        if len(items) < 2:
            return "".join(items)
        return self.say(say("{items} and {last}", items=", ".join(items[:-1]), last=items[-1]), language)


def fallbacks(language: str) -> tuple[str, ...]:
    """The language, then the plainer name that it falls back on: "fi@simple" -> ("fi@simple", "fi")."""
    plain, _, variant = language.partition("@")
    return (language, plain) if variant else (language,)


@lru_cache(4096)
def _dated(value: date, pattern: str, locale: str) -> str:
    """Babel reads its pattern anew each time, which costs more than all else that is said of a card."""
    return format_date(value, pattern, locale=locale)


@lru_cache(4096)
def _timed(value: time, pattern: str, locale: str) -> str:
    return format_time(value, pattern, locale=locale)


def _clock(value: time | datetime) -> time:
    return value.time() if isinstance(value, datetime) else value.replace(tzinfo=None)


def _babel(language: str) -> str:
    """The Babel locale: everything here is read in Finland, English in its European form."""
    plain = fallbacks(language)[-1]
    return "en_GB" if plain == SOURCE_LANGUAGE else f"{plain}_FI"


@cache
def _shipped(domains: tuple[str, ...]) -> Mapping[str, _Catalogue]:
    """Those of this package, read once: each part of the program asks for them at its start."""
    return _found(files("locales"), domains)


def _found(root: Traversable, domains: tuple[str, ...]) -> Mapping[str, _Catalogue]:
    found = {}
    for folder in root.iterdir():
        pos = [folder / "LC_MESSAGES" / f"{domain}.po" for domain in domains]
        if all(po.is_file() for po in pos):
            found[folder.name] = _read(pos)
    return dict(sorted(found.items(), key=lambda item: item[1].order))


def _read(pos: Iterable[Traversable]) -> _Catalogue:
    forms: dict[str, tuple[str, ...]] = {}
    for po in pos:
        with po.open("rb") as file:
            catalog = read_po(file)
        for message in catalog:
            singular = str(message.id if isinstance(message.id, str) else message.id[0])
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if singular and not message.fuzzy and strings[0]:
                forms[singular] = tuple(str(string) for string in strings)
    order = forms.get(_ORDER.msgid, (_ORDER.msgid,))[0].partition(",")[0]
    return _Catalogue(int(order), forms, gettext.c2py(catalog.plural_expr))
