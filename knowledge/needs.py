"""Words -> the needs that they speak of, the likeliest first.

A linear model: each word brings the weights of its letter sequences (three to five letters, and the
word itself), so that inflected, compound and mistyped words still count; rare words count more. A
softmax makes the sums into shares of one. The weights are made by ``knowledge.learn.needs`` from the
phrases and examples of the need files, and committed (``data/weights/needs.npz``).

A message is also looked at clause by clause, because two needs are often two clauses: a need's score
is the better of what the whole message and its best clause give it.

The scores are calibrated on ``tests/evaluation``: from ``SURE`` up the first need is nearly always
right, below ``FLOOR`` hardly ever.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.model import BadData

SURE = 0.5
FLOOR = 0.2

GRAM_LENGTHS = (3, 4, 5)
LONGEST_WORD = 40
DAMPING = 0.25
"""How much a long message is toned down: its sum is divided by the fourth root of its squared weights."""

CLAUSE_WORDS = 2
CLAUSE_SHARE = 0.9
AT_MOST = 5
READ_AT_MOST = 120  # Words: a longer message says it in its first hundred.

CLAUSE_BREAKS = frozenset(
    {
        *("ja", "seka", "lisaksi", "mutta", "eika", "enka", "vaan", "plus"),
        *("och", "samt", "men", "dessutom", "and", "but", "also", "muhto", "dasto"),
    }
)

OFF_TOPIC = "off_topic"
"""The class of messages that are not for digital support: no need, but it takes its share."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A need, how sure we are (0 to 1), and the words that spoke for it most."""

    id: str
    score: float
    words: tuple[str, ...]


class Weights(NamedTuple):
    """What ``data/weights/needs.npz`` holds.

    ``grams`` are the letter sequences, ``rarity`` how much each counts, ``rows`` and ``scales`` its
    weight for each class (a whole number times the row's scale). ``words`` are the words met in
    training and ``seen`` how many of the ``texts`` texts hold them.
    """

    classes: tuple[str, ...]
    bias: Floats
    grams: tuple[str, ...]
    rarity: Floats
    rows: NDArray[np.int8]
    scales: Floats
    words: tuple[str, ...]
    seen: NDArray[np.int32]
    texts: int
    source: str


def grams_of(word: str) -> Iterable[str]:
    """The letter sequences of a word with its ends marked, and the word itself: "=kela", "<ke", …"""
    yield "=" + word
    marked = f"<{word[:LONGEST_WORD]}>"
    for length in GRAM_LENGTHS:
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


def word_rarity(seen: int, texts: int) -> float:
    """How much a word counts that ``seen`` of ``texts`` texts hold."""
    return log(texts / (1 + seen))


class Needs:
    """Ranks needs; made once, then only read."""

    def __init__(self, weights: Weights) -> None:
        self.classes = weights.classes
        self._bias = weights.bias
        self._grams = {gram: index for index, gram in enumerate(weights.grams)}
        self._squares = weights.rarity**2
        self._rows = weights.rows
        self._scales = weights.scales[:, None]
        self._rarity = {
            word: word_rarity(seen, weights.texts)
            for word, seen in zip(weights.words, weights.seen.tolist(), strict=True)
        }
        self._rarest = word_rarity(0, weights.texts)
        self.known = frozenset(self._rarity)

    @classmethod
    def load(cls, needs: Collection[str]) -> "Needs":
        """The model that ships with the package, for these need ids; raises ``BadData`` where it was
        made for others."""
        weights = read_weights()
        if set(weights.classes) - {OFF_TOPIC} != set(needs):
            raise BadData("weights/needs.npz", "classes", "made for other needs; run 'make weights'")
        return cls(weights)

    def rank(self, words: Sequence[str], clauses: Sequence[Sequence[str]] = ()) -> tuple[Ranked, ...]:
        """At most five classes for ``words`` (as ``knowledge.words.words_of`` gives them), best first.

        ``clauses`` are parts of the same message. Empty where no word says anything.
        """
        words = tuple(dict.fromkeys(words))[:READ_AT_MOST]
        said, sums = self._sums(words)
        if not said:
            return ()
        shares = self._shares([self._rarity_of(word) for word in said], sums)
        place = {word: at for at, word in enumerate(said)}
        for clause in clauses:
            chosen = [place[word] for word in dict.fromkeys(clause) if word in place]
            if CLAUSE_WORDS <= len(chosen) < len(said):
                rarities = [self._rarity_of(said[at]) for at in chosen]
                shares = np.maximum(shares, np.float32(CLAUSE_SHARE) * self._shares(rarities, sums[chosen]))
        best = np.argsort(-shares, kind="stable")[:AT_MOST]
        return tuple(
            Ranked(self.classes[at], float(shares[at]), _loudest(said, sums[:, at] - sums.mean(axis=1)))
            for at in best.tolist()
        )

    def _rarity_of(self, word: str) -> float:
        return self._rarity.get(word, self._rarest)

    def _sums(self, words: Sequence[str]) -> tuple[list[str], Floats]:
        """The words that have any known sequence, and for each the weights it brings to each class."""
        said: list[str] = []
        found: list[int] = []
        starts: list[int] = []
        grams = self._grams
        for word in words:
            before = len(found)
            found.extend(index for gram in grams_of(word) if (index := grams.get(gram)) is not None)
            if len(found) > before:
                said.append(word)
                starts.append(before)
        if not said:
            return said, np.zeros((0, len(self.classes)), dtype=np.float32)
        rows = self._rows[found] * self._scales[found]
        lengths = np.sqrt(np.add.reduceat(self._squares[found], starts))
        rarities = np.array([self._rarity_of(word) for word in said], dtype=np.float32)
        sums = np.add.reduceat(rows, starts, axis=0) * (rarities / lengths)[:, None]
        return said, sums.astype(np.float32)

    def _shares(self, rarities: Sequence[float], sums: Floats) -> Floats:
        size = sqrt(sum(rarity * rarity for rarity in rarities)) or 1.0
        raw = self._bias + sums.sum(axis=0) / size ** (2 * DAMPING)
        powers = np.exp(raw - raw.max())
        shares: Floats = powers / powers.sum()
        return shares


def clauses_of(words: Sequence[str]) -> list[list[str]]:
    """The words parted at "and", "but" and their like; a message of one clause gives that one."""
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in CLAUSE_BREAKS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def _loudest(words: Sequence[str], votes: Floats) -> tuple[str, ...]:
    """The at most three words that speak most for a class, loudest first; those near silence left out."""
    order = np.argsort(-votes, kind="stable")[:3].tolist()
    top = float(votes[order[0]])
    return tuple(words[at] for at in order if votes[at] > 0.25 * top > 0)


def read_weights() -> Weights:
    """The committed weights."""
    with (files("knowledge") / "data" / "weights" / "needs.npz").open("rb") as file, np.load(file) as stored:
        return Weights(
            classes=tuple(stored["classes"].tolist()),
            bias=stored["bias"],
            grams=tuple(bytes(stored["grams"]).decode().split("\n")),
            rarity=stored["rarity"].astype(np.float32),
            rows=stored["rows"],
            scales=stored["scales"].astype(np.float32),
            words=tuple(bytes(stored["words"]).decode().split("\n")),
            seen=stored["seen"],
            texts=int(stored["texts"]),
            source=str(stored["source"]),
        )
