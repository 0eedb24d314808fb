"""What the words around a name say about it: a home, a move, a journey, a firm.

The words stand in ``data/surroundings.toml``, in all languages together: a word that means something
else in another language is left out rather than told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable

from knowledge.model import BadData
from knowledge.rows import blame, toml
from knowledge.text import fold

# fmt: off
SUBJECTS = frozenset(
    {
        "living", "home", "own", "other", "younger", "anybody", "moving", "household", "journey",
        "before", "now", "still", "staying", "institution", "device", "press", "parcel", "lodging",
        "called", "naming", "near", "here", "wish", "mine", "needy", "given", "title", "around", "turn",
        "in", "from", "to", "wants", "helping", "telling", "service", "asking", "greeting", "outdoors",
        "born", "origin", "visit", "worker", "work",
    }
)
# fmt: on
_FOLDED_FROM = 4
"""Shorter words without their marks are other words: "här" is Swedish for here, "har" for has."""

_START = 2
"""So many first letters rule out most words before the patterns are looked at."""

_NOTHING: frozenset[str] = frozenset()


class Surroundings:
    """The words that say something; made once, then only read."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        whole: defaultdict[str, set[str]] = defaultdict(set)
        begun: defaultdict[str, set[str]] = defaultdict(set)
        for subject, patterns in words.items():
            for pattern in patterns:
                table = begun if pattern.endswith("*") else whole
                word = pattern.rstrip("*")
                table[word].add(subject)
                if len(word) >= _FOLDED_FROM:
                    table[fold(word)].add(subject)
        self._whole = {word: frozenset(subjects) for word, subjects in whole.items()}
        self._begun = {word: frozenset(subjects) for word, subjects in begun.items()}
        self._starts = frozenset(word[:_START] for word in begun)
        self._lengths = sorted({len(word) for word in begun})

    @classmethod
    def read(cls, data: Traversable) -> "Surroundings":
        """The words of ``surroundings.toml`` under ``data``, and as "given" the first names beside it.

        Raises ``BadData`` where a subject is missing or unknown.
        """
        tables = toml(data, "surroundings.toml")
        if tables.keys() != SUBJECTS:
            wrong = ", ".join(sorted(tables.keys() ^ SUBJECTS))
            raise BadData("surroundings.toml", "all", f"missing or unknown: {wrong}")
        with blame("surroundings.toml", "all"):
            words = {subject: list(table["words"]) for subject, table in tables.items()}
            words["given"] += (data / "ordinary" / "first_names.txt").read_text(encoding="utf-8").split()
            return cls(words)

    def says(self, word: str) -> frozenset[str]:
        """The subjects that a word in lower case speaks of; empty for most words."""
        found = self._whole.get(word, _NOTHING)
        if word[:_START] not in self._starts:
            return found
        for length in self._lengths:
            if length > len(word):
                break
            found |= self._begun.get(word[:length], _NOTHING)
        return found
