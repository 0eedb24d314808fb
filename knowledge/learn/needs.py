"""Make ``data/weights/needs.npz`` from the need files, ``data/lessons.toml`` and ``data/messages``.

A softmax over linear sums, fitted with Adam from zero, without chance: the same sources give the same
weights but for the last bit of floating point. A text is a few words and a word some twenty letter
sequences, so the sums run over two thin tables (texts by words, words by sequences) instead of one
thick one: 50,000 texts take half a minute.
"""

import io
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.learn.combinations import GENERAL, asked_for, pairs
from knowledge.learn.messages import messages
from knowledge.model import BadData, Catalog
from knowledge.needs import DAMPING, LIFE, NO_NEEDS, Bytes, Floats, Weights, checksum, grams_of, word_rarity
from knowledge.rules import Rules
from knowledge.words import spoken, words_of

MESSAGE_WORTH = 1.5
"""What a message as people write it weighs; a title, a phrase or an example weighs 1."""

GRAVE = frozenset({"emergency", *LIFE, "scam_victim", "scam_suspect", "account_hacked", "lost_phone"})
"""What is urgent."""

GRAVEST = frozenset({"emergency", *LIFE, "scam_victim"})
"""What must not be missed: such a message weighs twice what another does."""

GRAVE_WORTH = 1.5
"""What a further lesson weighs that is urgent, or no need at all."""

COMBINED_WORTH = 0.5
"""What weighs that is made of phrases and examples (``knowledge.learn.combinations``)."""

UNPAIRED = GRAVE | {GENERAL, "device_repair", "device_purchase"}
"""Needs that are asked alone."""

STEPS = 50
STEP = 0.1
DECAY = 3e-5
HEARD = 3
"""How often a sequence must be met to be learnt."""

BLOCK = 4000
"""Terms that are summed up at once."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, the class or classes that it belongs to in equal parts, and what it weighs."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]
    worth: float


class Sparse:
    """A table that is mostly empty, as (column, value) pairs for each row."""

    def __init__(self, rows: Sequence[Sequence[tuple[int, float]]], columns: int) -> None:
        sizes = np.array([len(row) for row in rows])
        self._at = np.array([column for row in rows for column, _ in row], dtype=np.int64)
        self._values = np.array([value for row in rows for _, value in row], dtype=np.float32)[:, None]
        self._filled = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._filled]
        self.rows, self.columns = len(rows), columns
        order = np.argsort(self._at, kind="stable")
        self._turned_rows = np.repeat(np.arange(len(rows)), sizes)[order]
        self._turned_values = self._values[order]
        self._turned_filled, self._turned_starts = np.unique(self._at[order], return_index=True)

    def times(self, dense: Floats) -> Floats:
        """This table times ``dense``."""
        product = np.zeros((self.rows, dense.shape[1]), dtype=np.float32)
        _sum_up(dense, self._at, self._values, self._starts, self._filled, product)
        return product

    def turned_times(self, dense: Floats) -> Floats:
        """This table, rows and columns swapped, times ``dense``."""
        product = np.zeros((self.columns, dense.shape[1]), dtype=np.float32)
        _sum_up(
            *(dense, self._turned_rows, self._turned_values, self._turned_starts),
            *(self._turned_filled, product),
        )
        return product


def _sum_up(dense: Floats, at: Ints, values: Floats, starts: Ints, filled: Ints, product: Floats) -> None:
    """Writes to the rows ``filled`` of ``product`` the sums of the rows ``at`` of ``dense`` times ``values``;
    each sum begins where ``starts`` says. A block of them at a time, because all at once leave the
    processor's cache and take three times as long."""
    ends = np.append(starts[1:], len(at))
    first = 0
    while first < len(starts):
        last = max(int(np.searchsorted(starts, starts[first] + BLOCK)), first + 1)
        block = slice(starts[first], ends[last - 1])
        terms = dense[at[block]] * values[block]
        product[filled[first:last]] = np.add.reduceat(terms, starts[first:last] - starts[first], axis=0)
        first = last


def lessons(catalog: Catalog) -> list[Lesson]:
    """Everything there is to learn from, in a fixed order."""
    taught = []
    for id_ in sorted(catalog.needs):
        need = catalog.needs[id_]
        for language in sorted(need.titles):
            taught.append(Lesson(words_of(need.titles[language]), (id_,), 1.0))
        for texts in (need.phrases, need.examples):
            for language in sorted(texts):
                taught.extend(Lesson(words_of(text), (id_,), 1.0) for text in texts[language])
    more = tomllib.loads((files("knowledge") / "data" / "lessons.toml").read_text(encoding="utf-8"))
    for meaning in sorted(more):
        if meaning not in catalog.needs and meaning not in NO_NEEDS:
            raise BadData("lessons.toml", meaning, "is neither a need nor a class of its own")
        for language in sorted(more[meaning]):
            worth = GRAVE_WORTH if meaning in NO_NEEDS | GRAVE else 1.0
            taught.extend(Lesson(words_of(text), (meaning,), worth) for text in more[meaning][language])
    rules = Rules.load()
    single = [_life(lesson, rules) for lesson in taught if lesson.words]
    whole = [
        Lesson(words_of(text), meanings, MESSAGE_WORTH * (1 if GRAVEST.isdisjoint(meanings) else 2))
        for text, meanings in messages(catalog.needs.keys() | NO_NEEDS)
    ]
    made = [
        Lesson(words_of(text), meanings, COMBINED_WORTH)
        for text, meanings in (*asked_for(catalog, UNPAIRED), *pairs(catalog, UNPAIRED))
    ]
    return single + whole + made


def _life(lesson: Lesson, rules: Rules) -> Lesson:
    """The need "emergency" holds suicide and violence too; here they are classes of their own."""
    if lesson.meanings == ("emergency",):
        for fired in rules.fired(spoken(" ".join(lesson.words))):
            kind, _, value = fired.means.partition(":")
            if kind == "urgency" and value in LIFE:
                return replace(lesson, meanings=(value,))
    return lesson


def source_mark(taught: Iterable[Lesson]) -> str:
    """A digest of what is learnt from: it changes when a text does."""
    digest = sha256(f"{MESSAGE_WORTH} {GRAVE_WORTH} {COMBINED_WORTH} {STEPS} {STEP} {DECAY} {HEARD}".encode())
    for lesson in taught:
        digest.update(f"{' '.join(lesson.meanings)}\t{lesson.worth}\t{' '.join(lesson.words)}\n".encode())
    return digest.hexdigest()


def learn(taught: Sequence[Lesson]) -> Weights:
    """The weights that tell the classes of ``taught`` apart."""
    classes = tuple(sorted({meaning for lesson in taught for meaning in lesson.meanings}))
    seen = Counter(word for lesson in taught for word in set(lesson.words))
    words = tuple(sorted(seen))
    heard: Counter[str] = Counter()
    for word in words:
        for gram in set(grams_of(word)):
            heard[gram] += seen[word]
    # In the order of their checksums, and once each: of two with the same one, the one met more often.
    by_mark = {checksum(gram): gram for gram, times in reversed(heard.most_common()) if times >= HEARD}
    grams = tuple(by_mark[mark] for mark in sorted(by_mark))
    rarity = np.array([log(1 + len(taught) / (1 + heard[gram])) for gram in grams], dtype=np.float32)
    by_gram = _words_by_grams(words, grams, rarity)
    rare = np.array([word_rarity(seen[word], len(taught)) for word in words], dtype=np.float32)
    matrix, bias = _fit(_texts_by_words(taught, words, rare), by_gram, taught, classes)
    said, said_scales = _rounded(by_gram.times(matrix) * rare[:, None])
    rows, scales = _rounded(matrix * rarity[:, None])
    return Weights(
        classes=classes,
        bias=bias,
        words=words,
        said=said,
        said_scales=said_scales,
        rare=rare,
        rarest=word_rarity(0, len(taught)),
        grams=np.array(sorted(by_mark), dtype=np.uint32),
        rows=rows,
        scales=scales,
        rarity=rarity,
        source=source_mark(taught),
    )


def _words_by_grams(words: Sequence[str], grams: Sequence[str], rarity: Floats) -> Sparse:
    column = {gram: at for at, gram in enumerate(grams)}
    rows = []
    for word in words:
        found = [column[gram] for gram in grams_of(word) if gram in column]
        length = sqrt(float((rarity[found] ** 2).sum())) or 1.0
        rows.append([(at, float(rarity[at]) / length) for at in found])
    return Sparse(rows, len(grams))


def _texts_by_words(taught: Sequence[Lesson], words: Sequence[str], rare: Floats) -> Sparse:
    column = {word: at for at, word in enumerate(words)}
    rows = []
    for lesson in taught:
        chosen = [column[word] for word in dict.fromkeys(lesson.words)]
        size = float(rare[chosen] @ rare[chosen]) ** DAMPING
        rows.append([(at, float(rare[at]) / size) for at in chosen])
    return Sparse(rows, len(words))


def _fit(
    by_word: Sparse, by_gram: Sparse, taught: Sequence[Lesson], classes: Sequence[str]
) -> tuple[Floats, Floats]:
    column = {meaning: at for at, meaning in enumerate(classes)}
    goal = np.zeros((len(taught), len(classes)), dtype=np.float32)
    for row, lesson in enumerate(taught):
        goal[row, [column[meaning] for meaning in lesson.meanings]] = 1 / len(lesson.meanings)
    worth = np.array([lesson.worth for lesson in taught], dtype=np.float32)[:, None]
    worth /= worth.sum()
    matrix = np.zeros((by_gram.columns, len(classes)), dtype=np.float32)
    bias = np.zeros(len(classes), dtype=np.float32)
    mean, square = np.zeros_like(matrix), np.zeros_like(matrix)
    for step in range(1, STEPS + 1):
        raw = by_word.times(by_gram.times(matrix)) + bias
        powers = np.exp(raw - raw.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - goal) * worth
        slope = by_gram.turned_times(by_word.turned_times(error)) + DECAY * matrix
        mean += (slope - mean) * np.float32(0.1)
        square += (slope * slope - square) * np.float32(0.01)
        matrix -= STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-7)
        bias -= STEP * error.sum(axis=0)
    return matrix, bias


def _rounded(matrix: Floats) -> tuple[Bytes, Floats]:
    """Each row as whole numbers from -127 to 127, and the scale that makes them weights again."""
    scales = np.abs(matrix).max(axis=1) / 127
    scales = np.maximum(scales.astype(np.float16).astype(np.float32), np.float32(1e-7))
    return np.clip(np.round(matrix / scales[:, None]), -127, 127).astype(np.int8), scales


def packed(weights: Weights) -> bytes:
    """The file: a zip of arrays whose bytes depend on nothing but the weights (no date, no order)."""
    small = np.float16
    arrays = {
        "classes": np.array(weights.classes),
        "bias": weights.bias,
        "words": _lines(weights.words),
        "said": weights.said,
        "said_scales": weights.said_scales.astype(small),
        "rare": weights.rare.astype(small),
        "rarest": np.array(weights.rarest),
        "grams": weights.grams,
        "rows": weights.rows,
        "scales": weights.scales.astype(small),
        "rarity": weights.rarity.astype(small),
        "source": np.array(weights.source),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, np.asanyarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _lines(texts: Sequence[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def write(folder: Path, catalog: Catalog) -> None:
    """Learn from ``catalog`` and write the weights into ``folder`` (``knowledge/data/weights``)."""
    folder.mkdir(exist_ok=True)
    (folder / "needs.npz").write_bytes(packed(learn(lessons(catalog))))
