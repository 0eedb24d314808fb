"""What must not be left to likelihood: rules over words, written in ``data/rules/*.toml``.

A *word list* names something that people say in many ways, in every language at once:
``lost = ["kadonnut", "hukka*", "tappat bort", ...]``. An entry may be several words in a row, and ``*``
ends an entry whose endings vary. Words are compared folded (lower case, no accents); one slip of the
finger in an entry of ``FORGIVING`` letters or more is forgiven.

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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise, product
from types import MappingProxyType

from knowledge.model import BadData
from knowledge.words import plain

FORGIVING = 7
NEAR = 6

_ENTRY_WORD = re.compile(r"[^\W_]+(?:[:'][^\W_]+)*\*?")

Span = tuple[int, int]
"""From a word to the word after the last, by number."""


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

    def __init__(self, lists: Mapping[str, Iterable[str]], rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._entries: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._longest = 1
        for name, entries in lists.items():
            for entry in entries:
                words = tuple(_entry_words(entry))
                self._entries[words[0]].append((words, name))
                self._longest = max(self._longest, len(words[0]))
        self._slips = _slips(self._entries)

    @classmethod
    def load(cls) -> "Rules":
        """The rules that ship with the package; raises ``BadData`` for a list or key that is not known."""
        lists: dict[str, list[str]] = {}
        rules: list[tuple[str, dict[str, object]]] = []
        for file in sorted((files("knowledge") / "data" / "rules").iterdir(), key=lambda file: file.name):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            for name, languages in content.get("words", {}).items():
                lists.setdefault(name, []).extend(
                    entry for entries in languages.values() for entry in entries
                )
            rules.extend((file.name, rule) for rule in content.get("rule", []))
        return cls(
            lists, [_rule(source, number, rule, lists) for number, (source, rule) in enumerate(rules, 1)]
        )

    def fired(self, words: Sequence[str], known: frozenset[str] = frozenset()) -> tuple[Fired, ...]:
        """The rules that ``words`` (folded) meet, in the order of the files.

        Words in ``known`` are spelled right: no other spelling is tried for them.
        """
        met = self._met(words, known)
        if not met:
            return ()
        fired = []
        for rule in self._rules:
            if all(name in met for name in rule.all) and not any(name in met for name in rule.without):
                spans = _close_together([met[name] for name in rule.all], rule)
                if spans is not None:
                    fired.append(
                        Fired(rule.means, " ".join(" ".join(words[a:b]) for a, b in sorted(set(spans))))
                    )
        return tuple(fired)

    def _met(self, words: Sequence[str], known: frozenset[str]) -> dict[str, list[Span]]:
        met: defaultdict[str, list[Span]] = defaultdict(list)
        for start, word in enumerate(words):
            for entry, name in self._starting(word, known):
                end = _end_of(entry, words, start)
                if end and (start, end) not in met[name]:
                    met[name].append((start, end))
        return {name: spans for name, spans in met.items() if spans}

    def _starting(self, word: str, known: frozenset[str]) -> list[tuple[tuple[str, ...], str]]:
        """The entries whose first word may be ``word``."""
        entries = self._entries
        found = list(entries.get(word, ()))
        for length in range(2, min(len(word), self._longest) + 1):
            found.extend(entries.get(word[:length] + "*", ()))
        if not found and len(word) >= FORGIVING and word not in known:
            for first in _slip_of(word, self._slips):
                # Only entries of one word: two words with a slip in each are another saying.
                found.extend(((word,), name) for entry, name in entries[first] if len(entry) == 1)
        return found


def _entry_words(entry: str) -> list[str]:
    return [plain(word) for word in _ENTRY_WORD.findall(entry)]


def _end_of(entry: tuple[str, ...], words: Sequence[str], start: int) -> int:
    """The number after the last word where ``entry`` is met at ``start``, else 0."""
    end = start + len(entry)
    if end > len(words):
        return 0
    for part, word in zip(entry[1:], words[start + 1 : end], strict=True):
        if part != word and not (part.endswith("*") and word.startswith(part[:-1])):
            return 0
    return end


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


def _slips(entries: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What is left of each long first word when one letter is lost -> the first words it may be."""
    slips: defaultdict[str, list[str]] = defaultdict(list)
    for first in entries:
        stem = first.rstrip("*")
        if len(stem) >= FORGIVING and stem.isalpha():
            for rest in _without_one(stem) | {stem}:
                slips[rest].append(first)
    return MappingProxyType({rest: tuple(firsts) for rest, firsts in slips.items()})


def _slip_of(word: str, slips: Mapping[str, tuple[str, ...]]) -> set[str]:
    """First words of entries that ``word`` is, or begins with, but for one letter lost, added or changed,
    or two that changed places. The first letter must be right."""
    found: set[str] = set()
    for length in range(FORGIVING - 1, len(word) + 1):
        beginning = word[:length]
        for rest in _without_one(beginning) | {beginning}:
            for first in slips.get(rest, ()):
                stem = first.rstrip("*")
                whole = not first.endswith("*")
                if stem[0] == word[0] and abs(len(stem) - length) <= 1 and (not whole or length == len(word)):
                    found.add(first)
    return found
