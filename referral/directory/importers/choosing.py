"""Which records of a large register are digital support: rules that can be read, and a reason each time.

The rules stand in ``knowledge/data/supply.toml``, in order; the first that a record meets decides. A
``Choice`` says which rule it was and on which words, so that a coordinator can agree or overrule it. What
was left but met part of a rule has a ``Shortfall``: of 22,000 records that is what is worth looking at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from knowledge.model import BadData, Catalog
from knowledge.rows import blame, toml
from referral.model import Form

FIELDS = ("name", "keyword", "term", "class", "group", "text")
CODED = frozenset({"class", "group"})
"""The fields that classify a record; the others hold words."""

NAMED = "named"
NO_RULE = "no_rule"
OVERRULED = "coordinator"
_KEYS = {
    *("id", "take", "where", "any", "also_where", "also", "unless_where", "unless", "serves", "form"),
}
_WORD = re.compile(r"[^\s,;()\"“”/!?]+")
SOURCE = "supply.toml"

Words = Mapping[str, Sequence[str]]
"""Field -> what stands in it: names, keywords, codes, sentences."""

Wanted = tuple[tuple[str, ...], re.Pattern[str]]
"""Fields, and what must stand in one of them."""


class Short(StrEnum):
    """How a record fell short of being taken, the nearest first."""

    RULED_OUT = "ruled_out"  # A rule would have taken it; one that comes before left it.
    HALF = "half"  # It meets half of a rule that needs two things.
    WORD = "word"  # It has a word that is worth a look, and meets no rule.


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a record was nearly taken: the ``rule`` that it met or half met ("" for none) and on which words;
    and which rule left it (``against``, "" for none), on which words (``but``)."""

    how: Short
    rule: str
    because: str
    against: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a record was taken, by which rule, and on which words ("name: digituki").

    ``short`` says how it was nearly taken; None for what was taken, and for what is nowhere near.
    """

    record: str
    name: str
    taken: bool
    rule: str
    because: str
    short: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class SupplyRule:
    """One rule; the patterns say what must stand where, what must stand there too, and what may not."""

    id: str
    take: bool
    where: Wanted
    also: Wanted | None
    unless: Wanted | None
    serves: str
    form: Form | None


class Supply:
    """The rules, the phrases by which a record may name needs, and the words that are worth a look."""

    def __init__(self, rules: Sequence[SupplyRule], catalog: Catalog, near: Wanted | None = None) -> None:
        """Use ``load``, or give rules of your own."""
        self.rules = tuple(rules)
        self._near = near
        phrases = {
            need.id: _pattern([phrase.casefold() for said in need.phrases.values() for phrase in said])
            for need in catalog.needs.values()
            if any(need.phrases.values())
        }
        self._phrases = phrases

    @classmethod
    def load(cls, catalog: Catalog) -> "Supply":
        """The rules that ship with the program. Raises BadData for one that cannot be used."""
        content = toml(files("knowledge") / "data", SOURCE)
        rules = [_rule(number, rule) for number, rule in enumerate(content["rule"], 1)]
        with blame(SOURCE, "near"):
            near = _wanted(content["near"], "where", "any")
        return cls(rules, catalog, near)

    def choose(self, words: Words) -> tuple[SupplyRule | None, str]:
        """The first rule that ``words`` meet, and the words; (None, "") where there is none."""
        text = {field: _folded(words.get(field, ())) for field in FIELDS}
        for rule in self.rules:
            if because := _met(text, rule):
                return rule, because
        return None, ""

    def shortfall(self, words: Words) -> Shortfall | None:
        """How a record that is not taken was nearly taken; None where nothing about it is worth a look."""
        text = {field: _folded(words.get(field, ())) for field in FIELDS}
        left = ((rule, because) for rule in self.rules if not rule.take and (because := _met(text, rule)))
        leaving, but = next(left, (None, ""))
        against = (leaving.id if leaving else "", but)
        half: Shortfall | None = None
        for rule in (one for one in self.rules if one.take):
            if because := _met(text, rule):
                return Shortfall(Short.RULED_OUT, rule.id, because, *against)
            if not half and (because := _half_met(text, rule)):
                half = Shortfall(Short.HALF, rule.id, because, *against)
        if leaving and CODED.issuperset(leaving.where[0]):
            return None  # It is for somebody else, as thousands are: a word is not enough.
        if not half and self._near and (because := _found(text, self._near)):
            return Shortfall(Short.WORD, "", because, *against)
        return half

    def named(self, words: Words) -> frozenset[str]:
        """The needs whose phrases stand in the record's name, keywords or text; it may be none."""
        text = " ¦ ".join(
            _folded([*words.get("name", ()), *words.get("keyword", ()), *words.get("text", ())])
        )
        return frozenset(need for need, phrases in self._phrases.items() if phrases.search(text))


def _met(text: Mapping[str, Sequence[str]], rule: SupplyRule) -> str:
    """The words on which ``rule`` is met; "" where it is not."""
    found = _found(text, rule.where)
    if not found or (rule.unless and _found(text, rule.unless)):
        return ""
    more = _found(text, rule.also) if rule.also else ""
    return " + ".join(part for part in (found, more) if part) if more or not rule.also else ""


def _half_met(text: Mapping[str, Sequence[str]], rule: SupplyRule) -> str:
    """The words on which half of ``rule`` is met; "" where neither is. A class or a target group alone is no
    half, because thousands of records have it."""
    halves = (rule.where, rule.also) if rule.also else ()
    found = (_found(text, half) for half in halves if half and not CODED & set(half[0]))
    return next(filter(None, found), "")


def _found(text: Mapping[str, Sequence[str]], wanted: Wanted) -> str:
    fields, pattern = wanted
    for field in fields:
        for said in text[field]:
            if match := pattern.search(said):
                return f"{field}: {match.group(0).rstrip('.:')}"
    return ""


def _folded(said: Iterable[str]) -> list[str]:
    return [" ".join(_WORD.findall(one.casefold())) for one in said if one]


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Whole words; a star stands for the rest of a word."""
    parts = [re.escape(" ".join(_WORD.findall(entry))).replace(r"\*", r"\S*") for entry in entries]
    return re.compile(rf"(?<!\S)(?:{'|'.join(parts)})(?![^\s.:])")


def _rule(number: int, rule: Mapping[str, object]) -> SupplyRule:
    try:
        if unknown := set(rule) - _KEYS:
            raise ValueError(f"no such key: {', '.join(sorted(unknown))}")
        take, form = rule["take"], str(rule.get("form", ""))
        if bool(take) and not rule.get("serves"):
            raise ValueError("a rule that takes must say what it serves")
        where = _wanted(rule, "where", "any")
        if where is None:
            raise ValueError("it says not where to look")
        return SupplyRule(
            id=str(rule["id"]),
            take=bool(take),
            where=where,
            also=_wanted(rule, "also_where", "also"),
            unless=_wanted(rule, "unless_where", "unless"),
            serves=str(rule.get("serves", "")),
            form=Form(form) if form else None,
        )
    except KeyError as error:
        raise BadData(SOURCE, number, f"{error.args[0]!r} is missing") from error
    except ValueError as error:
        raise BadData(SOURCE, number, str(error)) from error


def _wanted(rule: Mapping[str, object], where: str, words: str) -> Wanted | None:
    fields, entries = rule.get(where), rule.get(words)
    if fields is None and entries is None:
        return None
    if not isinstance(fields, list) or not isinstance(entries, list) or not entries:
        raise ValueError(f"{where} and {words} must both be lists")
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    return tuple(fields), _pattern(entries)
