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
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, pairwise, product
from sys import intern
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.model import BadData
from knowledge.words import Word, marked, plain

FORGIVING = 7
NEAR = 6
BEGINNING = 2

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
        self,
        lists: Mapping[str, Iterable[str]],
        rules: Sequence[Rule],
        exact: Collection[str] = (),
        known: Collection[str] = (),
    ) -> None:
        """Words in ``known`` are spelled right: no other spelling is tried for them, and what they may
        begin is looked up once."""
        self._rules = tuple((rule, frozenset(rule.all), frozenset(rule.without)) for rule in rules)
        self._by_list = _by_rarest(rules)
        entries: defaultdict[str, Beginning] = defaultdict(Beginning)
        for name, written in lists.items():
            for entry in written:
                parts = tuple(_part(word) for word in _ENTRY_WORD.findall(entry.lower()))
                entries[_key(parts[0])].add(Entry(parts, name, name in exact))
        self._entries = dict(entries)
        self._lengths = _stem_lengths(first for first in entries if first.endswith("*"))
        self._slips = _slips(self._entries)
        self._known = known
        self._begins = {word: begun for word in known if (begun := self._begun(word))}

    @classmethod
    def load(cls, known: Collection[str] = ()) -> "Rules":
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
        return cls(lists, made, exact, known)

    def fired(
        self, words: Sequence[Word], met: Mapping[str, Sequence[Span]] | None = None
    ) -> tuple[Fired, ...]:
        """The rules that ``words`` meet, in the order of the files. ``met`` is what ``met`` gives for them,
        where it has been asked already."""
        met = self.met(words) if met is None else met
        fired = []
        lists = met.keys()
        asked = self._by_list
        for number in sorted({number for name in lists if name in asked for number in asked[name]}):
            rule, needed, barred = self._rules[number]
            if needed <= lists and barred.isdisjoint(lists):
                spans = _close_together([met[name] for name in rule.all], rule)
                if spans is not None:
                    said = (word.plain for start, end in sorted(set(spans)) for word in words[start:end])
                    fired.append(Fired(rule.means, " ".join(said)))
        return tuple(fired)

    def met(self, words: Sequence[Word]) -> dict[str, list[Span]]:
        """Each word list that is met, and where."""
        met: dict[str, list[Span]] = {}
        for start, word in enumerate(words):
            begun = self._begins.get(word.plain)
            spelled_right = begun is not None or word.plain in self._known
            if begun is None:
                if spelled_right:
                    continue
                begun = self._begun(word.plain)
            second = words[start + 1].plain if start + 1 < len(words) else ""
            found = [entry for one in begun for entry in one.before(second)]
            if not found and not spelled_right:
                found = self._slipped(word)
            unmarked = word.plain == word.marked
            for entry in found:
                end = start + len(entry.parts)
                # A word without marks is what it was looked up by.
                alone = unmarked and end == start + 1
                if alone or (end <= len(words) and _meets(entry.parts, words[start:end])):
                    met.setdefault(entry.list, []).append((start, end))
        return met

    def _begun(self, word: str) -> tuple[Beginning, ...]:
        """What this word may begin."""
        stems = (word[:length] + "*" for length in self._lengths.get(word[:BEGINNING], ()))
        return tuple(found for key in (word, *stems) if (found := self._entries.get(key)) is not None)

    def _slipped(self, word: Word) -> list[Entry]:
        """The entries of one word that ``word`` may be with a slip in it. Two words with a slip in each
        are another saying."""
        if len(word.plain) < FORGIVING:
            return []
        part = (Part(word.marked, word.plain, open=False),)
        alone = chain.from_iterable(self._entries[first].alone for first in _slip_of(word.plain, self._slips))
        return [Entry(part, entry.list) for entry in alone if not entry.exact]


def _key(part: Part) -> str:
    return part.plain + "*" if part.open else part.plain


def _by_rarest(rules: Sequence[Rule]) -> Mapping[str, tuple[int, ...]]:
    """The rules, by number, under that of their lists which the fewest rules ask for: only where that one
    is met need the others be looked at."""
    asked = Counter(name for rule in rules for name in rule.all)
    found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, rule in enumerate(rules):
        found[min(rule.all, key=asked.__getitem__)] += (number,)
    return dict(found)


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


def _slips(entries: Iterable[str]) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """The long first words by their first three letters, and by their fifth to seventh.

    A slip leaves one of the two as it was: one in the second or third letter does not reach the fifth.
    """
    beginnings: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    middles: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for first in entries:
        stem = first.rstrip("*")
        if len(stem) >= FORGIVING and stem.isalpha():
            beginnings[stem[:3]] += (first,)
            middles[stem[4:7]] += (first,)
    return dict(beginnings), dict(middles)


def _slip_of(
    word: str, slips: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]
) -> list[str]:
    """First words of entries that ``word`` is, or begins with, but for one letter lost, added or changed,
    or two that changed places. The first letter must be right."""
    beginnings, middles = slips
    near = set(beginnings.get(word[:3], ()))
    for start in (3, 4, 5):
        near.update(middles.get(word[start : start + 3], ()))
    return sorted(first for first in near if first[0] == word[0] and _is_slip(word, first))


def _is_slip(word: str, first: str) -> bool:
    stem = first.rstrip("*")
    if stem == first:
        return OSA.distance(word, stem, score_cutoff=1) <= 1
    lengths = range(max(len(stem) - 1, FORGIVING - 1), min(len(stem) + 1, len(word)) + 1)
    return any(OSA.distance(word[:length], stem, score_cutoff=1) <= 1 for length in lengths)
