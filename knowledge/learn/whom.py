"""Make ``data/weights/whom.tsv`` from ``data/messages/needs.tsv``, ``data/people.toml`` and the rules of people.

A logistic regression, fitted with Adam from zero, without chance: the same sources give the same weights
but for the last bit of floating point.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.learn.messages import rows
from knowledge.needs import read_weights
from knowledge.people import People
from knowledge.personal import mask
from knowledge.rules import Rules
from knowledge.whom import FLOOR, traits_of
from knowledge.words import spoken

HEARD = 3
"""How often a trait must be met to be learnt."""

DECAY = 0.1
STEPS = 200
STEP = 0.1
BALANCE = 0.42
"""The likelihood from which on help is taken to be for somebody else; here as many are missed as mistaken."""

LEAST = 3
"""Hundredths: what is worth less is left out."""


class Lesson(NamedTuple):
    """The traits of a message, and whether it asks for somebody else."""

    traits: frozenset[str]
    other: bool


def lessons() -> list[Lesson]:
    """Every message that is labelled, in the order of the file."""
    known = frozenset(read_weights().words)
    rules, people = Rules.load(known), People.load(known)
    return [
        Lesson(read(row["text"], row["language"], rules, people), row["on_behalf"] == "yes")
        for row in rows("needs.tsv")
    ]


def read(text: str, language: str, rules: Rules, people: People) -> frozenset[str]:
    """The traits of one message, as they are when it is understood."""
    masked = mask(text).text
    words = spoken(masked)
    met = rules.met(words)
    means = [fired.means.partition(":") for fired in rules.fired(words, met)]
    parts = [part for kind, _, part in means if kind == "behalf"]
    return frozenset(traits_of(words, people.kinds(words, language, masked), language, parts, met.keys()))


def learn(taught: Sequence[Lesson]) -> dict[str, int]:
    """What each trait is worth, in hundredths; the floor is set so that zero is the balance. A message in
    which nobody else is spoken of teaches nothing."""
    taught = [lesson for lesson in taught if lesson.traits]
    seen = Counter(trait for lesson in taught for trait in lesson.traits)
    names = sorted(trait for trait, count in seen.items() if count >= HEARD)
    places = {name: place for place, name in enumerate(names)}
    rows = [[places[trait] for trait in sorted(lesson.traits) if trait in places] for lesson in taught]
    weights, floor = _fit(rows, [lesson.other for lesson in taught], len(names))
    floor -= float(np.log(BALANCE / (1 - BALANCE)))
    worth = {name: round(100 * weight) for name, weight in zip(names, weights, strict=True)}
    return {FLOOR: round(100 * floor)} | {name: kept for name, kept in worth.items() if abs(kept) >= LEAST}


def _fit(rows: Sequence[Sequence[int]], other: Collection[bool], columns: int) -> tuple[list[float], float]:
    at = np.array([place for row in rows for place in row], dtype=np.int64)
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    share = np.concatenate([np.full(len(row), 1 / sqrt(max(len(row), 1))) for row in rows])
    wanted = np.array(list(other), dtype=float)
    weights = np.zeros(columns + 1)
    mean, square = np.zeros(columns + 1), np.zeros(columns + 1)
    decay = np.append(np.full(columns, DECAY), 0)
    for step in range(1, STEPS + 1):
        sums = np.bincount(row_of, share * weights[at], len(rows)) + weights[-1]
        missed = 1 / (1 + np.exp(-sums)) - wanted
        slope = np.append(np.bincount(at, share * missed[row_of], columns), missed.sum()) + decay * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        size = STEP * (1 - step / STEPS) + STEP / 20
        weights -= size * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights[:-1].tolist(), float(weights[-1])


def write(folder: Path) -> None:
    """Write the weights, the weightiest traits first."""
    worth = learn(lessons())
    ordered = sorted(worth.items(), key=lambda one: (one[0] != FLOOR, -abs(one[1]), one[0]))
    lines = ["trait\thundredths", *(f"{name}\t{weight}" for name, weight in ordered)]
    (folder / "whom.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
