"""What must not be left to likelihood: rules over words, written in ``data/rules/*.toml``.

A *word list* names something that people say in many ways, in every language at once:
``lost = ["kadonnut", "hukka*", "tappat bort", ...]``. An entry may be several words in a row, and ``*``
ends an entry whose endings vary. Case does not count. Marks on letters may be left out in a message,
as many do, but not added: "far" in a list is not met by "får". One slip of the finger in an entry of
``FORGIVING`` letters or more is forgiven, unless the list says ``exact = true``.

A *rule* says what it means when word lists are met close to each other:

    [[rule]]
    means = "urgency:lost_phone"
    all = ["phone", "lost"]         # every one of these, at most ``near`` words apart
    without = ["photos"]            # and none of these anywhere
    near = 5
    ordered = true                  # in this order

A rule sees all the words of a message but no grammar; what it catches it can explain by those words.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, pairwise, product
from sys import intern
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

from knowledge.model import BadData
from knowledge.words import Word, marked, plain

FORGIVING = 7
NEAR = 6
BEGINNING = 2
LONGEST_FIRST = 30
"""No first word of an entry is longer, so nothing further into a word can be one of them."""

_ENTRY_WORD = re.compile(r"[^\W_]+(?:[:'][^\W_]+)*\*?")

Span = tuple[int, int]
"""From a word to the word after the last, by number."""


class Part(NamedTuple):
    """One word of an entry, with its marks and without; ``open`` where any ending may follow."""

    marked: str
    plain: str
    open: bool


class Entry(NamedTuple):
    """One entry of a word list."""

    parts: tuple[Part, ...]
    list: str
    exact: bool = False


class Beginning:
    """The entries that begin with the same word: those of that word alone, and the longer ones by their
    second word, so that "i" does not try every sentence that begins with it."""

    __slots__ = ("alone", "longer", "open")

    def __init__(self) -> None:
        self.alone: tuple[Entry, ...] = ()
        self.open: tuple[Entry, ...] = ()
        self.longer: dict[str, tuple[Entry, ...]] | None = None

    def add(self, entry: Entry) -> None:
        """One entry more."""
        if len(entry.parts) == 1:
            self.alone += (entry,)
        elif entry.parts[1].open:
            self.open += (entry,)
        else:
            self.longer = self.longer or {}
            second = entry.parts[1].plain
            self.longer[second] = (*self.longer.get(second, ()), entry)

    def before(self, second: str) -> tuple[Entry, ...]:
        """The entries that may be met where this word follows ("" for none)."""
        if not second:
            return self.alone
        return self.alone + self.open + (self.longer.get(second, ()) if self.longer else ())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; see above."""

    means: str
    all: tuple[str, ...]
    without: tuple[str, ...] = ()
    near: int = NEAR
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that was met, and the words that met it."""

    means: str
    words: str


class Rules:
    """All rules; made once, then only read."""

    def __init__(
        self, lists: Mapping[str, Iterable[str]], rules: Sequence[Rule], exact: Collection[str] = ()
    ) -> None:
        self._rules = tuple((rule, frozenset(rule.all), frozenset(rule.without)) for rule in rules)
        entries: defaultdict[str, Beginning] = defaultdict(Beginning)
        for name, written in lists.items():
            for entry in written:
                parts = tuple(_part(word) for word in _ENTRY_WORD.findall(entry.lower()))
                entries[_key(parts[0])].add(Entry(parts, name, name in exact))
        self._entries = dict(entries)
        self._lengths = _stem_lengths(first for first in entries if first.endswith("*"))
        self._slips = _slips(self._entries)

    @classmethod
    def load(cls) -> "Rules":
        """The rules that ship with the package; raises ``BadData`` for a list or key that is not known."""
        lists: dict[str, list[str]] = {}
        exact: set[str] = set()
        rules: list[tuple[str, dict[str, object]]] = []
        for file in sorted((files("knowledge") / "data" / "rules").iterdir(), key=lambda file: file.name):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            for name, languages in content.get("words", {}).items():
                if languages.pop("exact", False):
                    exact.add(name)
                lists.setdefault(name, []).extend(chain.from_iterable(languages.values()))
            rules.extend((file.name, rule) for rule in content.get("rule", []))
        made = [_rule(source, number, rule, lists) for number, (source, rule) in enumerate(rules, 1)]
        return cls(lists, made, exact)

    def fired(self, words: Sequence[Word], known: Collection[str] = ()) -> tuple[Fired, ...]:
        """The rules that ``words`` meet, in the order of the files.

        Words in ``known`` are spelled right: no other spelling is tried for them.
        """
        met = self._met(words, known)
        if not met:
            return ()
        fired = []
        lists = met.keys()
        for rule, needed, barred in self._rules:
            if needed <= lists and barred.isdisjoint(lists):
                spans = _close_together([met[name] for name in rule.all], rule)
                if spans is not None:
                    said = (word.plain for start, end in sorted(set(spans)) for word in words[start:end])
                    fired.append(Fired(rule.means, " ".join(said)))
        return tuple(fired)

    def _met(self, words: Sequence[Word], known: Collection[str]) -> dict[str, list[Span]]:
        """Each word list that is met, and where."""
        met: dict[str, list[Span]] = {}
        for start, word in enumerate(words):
            second = words[start + 1].plain if start + 1 < len(words) else ""
            for entry in self._starting(word, second, known):
                end = start + len(entry.parts)
                if end <= len(words) and _meets(entry.parts, words[start:end]):
                    met.setdefault(entry.list, []).append((start, end))
        return met

    def _starting(self, begun: Word, second: str, known: Collection[str]) -> list[Entry]:
        """The entries that may begin with this word where ``second`` follows it."""
        entries = self._entries
        word = begun.plain
        found: list[Entry] = []
        if word in entries:
            found += entries[word].before(second)
        for length in self._lengths.get(word[:BEGINNING], ()):
            stem = word[:length] + "*"
            if stem in entries:
                found += entries[stem].before(second)
        if not found and len(word) >= FORGIVING and word not in known:
            part = Part(begun.marked, word, open=False)
            for first in _slip_of(word, self._slips):
                # Only entries of one word: two words with a slip in each are another saying.
                found += (Entry((part,), entry.list) for entry in entries[first].alone if not entry.exact)
        return found


def _key(part: Part) -> str:
    return part.plain + "*" if part.open else part.plain


def _stem_lengths(stems: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the stems are that begin with the same letters: few need be tried for a word."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for stem in stems:
        lengths[stem[:BEGINNING]].add(len(stem) - 1)
    return {beginning: tuple(sorted(found)) for beginning, found in lengths.items()}


def _part(word: str) -> Part:
    bare = intern(marked(word.rstrip("*")))
    return Part(bare, intern(plain(bare)), word.endswith("*"))


def _meets(parts: Sequence[Part], words: Sequence[Word]) -> bool:
    """Whether these words are the entry's; marks may be left out in the message, not added."""
    for part, word in zip(parts, words, strict=True):
        stem = part.plain if word.plain == word.marked else part.marked
        if not (word.marked.startswith(stem) if part.open else word.marked == stem):
            return False
    return True


def _close_together(spans: Sequence[Sequence[Span]], rule: Rule) -> Sequence[Span] | None:
    """One span of each list, such that they meet the rule's distance and order; None if there are none."""
    for chosen in product(*(options[:8] for options in spans)):
        if rule.ordered and any(one[0] >= other[0] for one, other in pairwise(chosen)):
            continue
        if max(start for start, _ in chosen) - min(end for _, end in chosen) < rule.near:
            return chosen
    return None


def _rule(source: str, number: int, row: Mapping[str, object], lists: Mapping[str, object]) -> Rule:
    try:
        rule = Rule(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})  # type: ignore[arg-type]
    except TypeError as error:
        raise BadData(f"rules/{source}", number, str(error)) from error
    for name in rule.all + rule.without:
        if name not in lists:
            raise BadData(f"rules/{source}", number, f"there is no word list {name!r}")
    return rule


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _slips(entries: Iterable[str]) -> Mapping[int, tuple[str, ...]]:
    """What is left of each long first word when one letter is lost, as a checksum -> the words it may be."""
    slips: dict[int, tuple[str, ...]] = {}
    for first in entries:
        stem = first.rstrip("*")
        if len(stem) >= FORGIVING and stem.isalpha():
            own = (first,)
            for rest in _without_one(stem) | {stem}:
                mark = crc32(rest.encode())
                slips[mark] = slips[mark] + own if mark in slips else own
    return MappingProxyType(slips)


def _slip_of(word: str, slips: Mapping[int, tuple[str, ...]]) -> set[str]:
    """First words of entries that ``word`` is, or begins with, but for one letter lost, added or changed,
    or two that changed places. The first letter must be right."""
    found: set[str] = set()
    for length in range(FORGIVING - 1, min(len(word), LONGEST_FIRST + 1) + 1):
        beginning = word[:length]
        for rest in _without_one(beginning) | {beginning}:
            for first in slips.get(crc32(rest.encode()), ()):
                stem = first.rstrip("*")
                whole = not first.endswith("*")
                if stem[0] == word[0] and abs(len(stem) - length) <= 1 and (not whole or length == len(word)):
                    found.add(first)
    return found
