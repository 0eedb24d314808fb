"""Words -> the needs that they speak of, the likeliest first.

A linear model: each word brings the weights of its letter sequences (three to five letters, and the
word itself), so that inflected, compound and mistyped words still count; rare words count more. A
softmax makes the sums into shares of one. The weights are made by ``knowledge.learn.needs`` from the
phrases and examples of the need files, from ``data/lessons.toml`` and from the whole messages of ``data/messages``,
and committed (``data/weights/needs.npz``).

A message is also looked at clause by clause, because two needs are often two clauses: a need's score
is the better of what the whole message and its best clause give it. Danger and small talk are not
read out of a clause.

The scores are calibrated on ``tests/evaluation``: from ``SURE`` up the first need is nearly always
right, below ``FLOOR`` hardly ever.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import log, sqrt
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.model import BadData

SURE = 0.5
FLOOR = 0.2

GRAM_LENGTHS = (3, 4, 5)
LONGEST_WORD = 40
DAMPING = 0.25
"""How much a long message is toned down: its sum is divided by the fourth root of its squared rarities."""

TOLD = 0.1
"""From this score on, the words that led to a class are told."""

CERTAIN = 0.93
"""From this share on the message is about one thing; its clauses are not looked at."""

CLAUSE_WORDS = 2
CLAUSE_GATE = 0.03
CLAUSE_SHARE = 0.75
AT_MOST = 8
READ_AT_MOST = 120  # Words: a longer message says it in its first hundred.

OFF_TOPIC = "off_topic"
LIFE = ("suicide", "violence")
TALK = ("greeting", "thanks", "about_bot", "insult")
ABOUT_SELF = "about_self"
"""The class of what people tell of themselves besides: who they are and where they live."""

NO_NEEDS = frozenset({OFF_TOPIC, ABOUT_SELF, *LIFE, *TALK})
"""Classes beside the needs: what a message may be instead of one, and takes its share as."""

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A need, how sure we are (0 to 1), and the words that spoke for it most.

    ``whole`` is what the whole message gives it; ``score`` may be higher, from a clause of it.
    """

    id: str
    score: float
    whole: float
    words: tuple[str, ...]


class Weights(NamedTuple):
    """What ``data/weights/needs.npz`` holds, as whole numbers from -127 to 127 and a scale for each row.

    A word met in training has a row of what it says of each class (``words``, ``said``, ``said_scales``)
    and how rare it is (``rare``). Any other word is put together from its letter sequences: their rows
    (``rows``, ``scales``) and how much each counts (``rarity``); it is as rare as ``rarest``. ``grams`` are
    the checksums of the sequences in rising order: a tenth of the room of the sequences themselves.
    """

    classes: tuple[str, ...]
    bias: Floats
    words: tuple[str, ...]
    said: Bytes
    said_scales: Floats
    rare: Floats
    rarest: float
    grams: NDArray[np.uint32]
    rows: Bytes
    scales: Floats
    rarity: Floats
    source: str


def grams_of(word: str) -> Iterable[str]:
    """The letter sequences of a word with its ends marked, and the word itself: "=kela", "<ke", …"""
    yield "=" + word
    marked = f"<{word[:LONGEST_WORD]}>"
    for length in GRAM_LENGTHS:
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


def checksum(gram: str) -> int:
    """What stands for a letter sequence in the weights."""
    return crc32(gram.encode())


def word_rarity(seen: int, texts: int) -> float:
    """How much a word counts that ``seen`` of ``texts`` texts hold."""
    return log(texts / (1 + seen))


class Needs:
    """Ranks needs; made once, then only read."""

    def __init__(self, weights: Weights) -> None:
        self.classes = weights.classes
        self.known = {word: index for index, word in enumerate(weights.words)}
        """The words met in training."""
        self._weights = weights
        # The last scale is that of a word that says nothing, whichever row it is given.
        self._said_scales: Floats = np.append(weights.said_scales, np.float32(0))[:, None]
        self._rare: list[float] = [*weights.rare.tolist(), 0.0]
        self._torn = np.array([class_ not in NO_NEEDS for class_ in weights.classes], dtype=np.float32)

    @classmethod
    def load(cls, needs: Collection[str]) -> "Needs":
        """The model that ships with the package, for these need ids; raises ``BadData`` where it was
        made for others."""
        weights = read_weights()
        if set(weights.classes) - NO_NEEDS != set(needs):
            raise BadData("weights/needs.npz", "classes", "made for other needs; run 'make weights'")
        return cls(weights)

    def rank(
        self, words: Sequence[str], clauses: Sequence[Sequence[str]] = (), told: bool = False
    ) -> tuple[Ranked, ...]:
        """At most ``AT_MOST`` classes for ``words`` (as ``knowledge.words.words_of`` gives them), best first.

        ``clauses`` are parts of the same message. ``told`` asks for the words that led to each class.
        Empty where no word says anything: a number alone does not.
        """
        heard = list(dict.fromkeys(words))[:READ_AT_MOST]
        if all(map(str.isdigit, heard)):
            return ()
        votes, rare = self._votes(heard)
        if not any(rare):
            return ()
        whole = shares = self._shares(votes, rare)
        # What people tell of themselves drowns what they need; then a clause may speak for itself.
        first = int(whole.argmax())
        drowned = self.classes[first] == ABOUT_SELF
        if len(clauses) > 1 and (drowned or whole[first] < CERTAIN):
            torn = self._torn * np.float32(CLAUSE_SHARE)
            if not drowned:
                torn *= whole >= CLAUSE_GATE
            place = {word: at for at, word in enumerate(heard)}
            for clause in clauses:
                chosen = [place[word] for word in dict.fromkeys(clause) if word in place]
                if CLAUSE_WORDS <= len(chosen) < len(heard):
                    part = self._shares(votes.take(chosen, axis=0), [rare[at] for at in chosen])
                    shares = np.maximum(shares, part * torn)
        best = shares.argsort()[: -AT_MOST - 1 : -1].tolist()
        scores, wholes = shares.tolist(), whole.tolist()
        loud = [at for at in best if told and scores[at] >= TOLD]
        # What a word says of all classes alike speaks for none.
        apart = votes - votes.mean(axis=1, keepdims=True) if loud else votes
        why = {at: _loudest(heard, apart[:, at].tolist()) for at in loud}
        return tuple(Ranked(self.classes[at], scores[at], wholes[at], why.get(at, ())) for at in best)

    def _votes(self, words: Sequence[str]) -> tuple[Floats, list[float]]:
        """What each word says of each class, and how rare it is: 0 for a word that says nothing."""
        weights = self._weights
        rows = [self.known.get(word, -1) for word in words]
        votes: Floats = weights.said.take(rows, axis=0) * self._said_scales.take(rows, axis=0)
        rare = [self._rare[row] for row in rows]
        for at, row in enumerate(rows):
            if row < 0:
                found = self._known_grams(words[at])
                if found.size:
                    rarity = weights.rarity.take(found)
                    share = weights.rarest / sqrt(rarity @ rarity)
                    votes[at] = weights.scales.take(found) @ weights.rows.take(found, axis=0) * share
                    rare[at] = weights.rarest
        return votes, rare

    def _known_grams(self, word: str) -> NDArray[np.intp]:
        grams = self._weights.grams
        marks = np.array(_checksums(word), dtype=np.uint32)
        places = grams.searchsorted(marks)
        places[places == len(grams)] = 0
        found: NDArray[np.intp] = places[grams[places] == marks]
        return found

    def _shares(self, votes: Floats, rare: Iterable[float]) -> Floats:
        size = sum(one * one for one in rare) ** DAMPING or 1.0
        # The functions themselves: an array's methods take as long again to come to them.
        raw: Floats = np.add.reduce(votes, axis=0)
        raw /= np.float32(size)
        raw += self._weights.bias
        raw -= np.maximum.reduce(raw)
        powers: Floats = np.exp(raw)
        powers /= np.add.reduce(powers)
        return powers


def _checksums(word: str) -> list[int]:
    """The checksums of ``grams_of`` a word; the sequences of an ASCII word are cut from its bytes."""
    marked = f"<{word[:LONGEST_WORD]}>".encode()
    if len(marked) != min(len(word), LONGEST_WORD) + 2:
        return [checksum(gram) for gram in grams_of(word)]
    cut = [
        crc32(marked[start : start + length])
        for length in GRAM_LENGTHS
        for start in range(len(marked) - length + 1)
    ]
    return [checksum("=" + word), *cut]


def _loudest(words: Sequence[str], votes: Sequence[float]) -> tuple[str, ...]:
    """The at most three words that speak most for a class, loudest first; those near silence left out."""
    ordered = sorted(zip(votes, words, strict=False), reverse=True)[:3]
    return tuple(word for vote, word in ordered if vote > 0.25 * ordered[0][0] > 0)


def read_weights() -> Weights:
    """The committed weights."""
    with (files("knowledge") / "data" / "weights" / "needs.npz").open("rb") as file, np.load(file) as stored:
        return Weights(
            classes=tuple(stored["classes"].tolist()),
            bias=stored["bias"],
            words=_lines(stored["words"]),
            said=stored["said"],
            said_scales=stored["said_scales"].astype(np.float32),
            rare=stored["rare"].astype(np.float32),
            rarest=float(stored["rarest"]),
            grams=stored["grams"],
            rows=stored["rows"],
            scales=stored["scales"].astype(np.float32),
            rarity=stored["rarity"].astype(np.float32),
            source=str(stored["source"]),
        )


def _lines(stored: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(bytes(stored).decode().split("\n"))
