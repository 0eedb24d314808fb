"""A message cut into sentences and clauses, by its marks and by the words that begin a new one."""

from collections.abc import Sequence

from knowledge.text import Token

LEAST_CLAUSE = 3
"""A verb of living begins a clause of its own after so many words: "töissä Salossa asun Paimiossa"."""


def cut(
    text: str, words: Sequence[Token], says: Sequence[frozenset[str]]
) -> tuple[list[int], list[int], list[bool]]:
    """The number of the sentence and of the clause that each word is in, and whether a stop is before it."""
    sentences, clauses, stops = [], [], []
    sentence = clause = begun = 0
    for at, word in enumerate(words):
        gap = text[words[at - 1].end : word.start] if at else ""
        ends = any(mark in gap for mark in ".!?\n")
        stop = ends or any(mark in gap for mark in ",;:()–—")
        if stop or "turn" in says[at] or ("living" in says[at] and at - begun >= LEAST_CLAUSE):
            clause, begun = clause + 1, at
        sentence += ends
        sentences.append(sentence)
        clauses.append(clause)
        stops.append(stop or not at)
    return sentences, clauses, stops
