"""The words of a text as rules and needs look at them: folded, without case endings after a colon."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.text import Token, fold, normal, tokens

_TAIL = re.compile(r":\w+$")


_STOP = frozenset(",.;:?!()\n")
JOINERS = frozenset(
    {
        *("ja", "seka", "lisaksi", "mutta", "eika", "enka", "vaan", "plus"),
        *("och", "samt", "men", "dessutom", "and", "but", "also", "muhto", "dasto"),
    }
)
"""Words that part a clause from the next."""


class Word(NamedTuple):
    """A word folded ("far"), as its letters are marked ("får"), and where it stands in the text.

    ``parted`` says that a punctuation mark stands between it and the word before.
    """

    plain: str
    marked: str
    start: int
    end: int
    parted: bool = False


def spoken(text: str, cut: Sequence[Token] = ()) -> tuple[Word, ...]:
    """The words of ``text`` in order, with their places in ``knowledge.text.normal`` of it.

    ``cut`` are its ``knowledge.text.tokens``, where they are known.
    """
    text = normal(text)
    words = []
    before = 0
    for word, _, start, end in cut or tokens(text):
        between = text[before:start]
        parted = between != " " and not _STOP.isdisjoint(between)
        bare = word if word.isalpha() else marked(word)
        words.append(Word(fold(bare), bare, start, end, parted))
        before = end
    return tuple(words)


def clauses_of(words: Iterable[Word]) -> list[list[str]]:
    """The words parted at punctuation and at "and", "but" and their like; empty clauses left out."""
    clauses: list[list[str]] = [[]]
    for word in words:
        if word.plain in JOINERS:
            clauses.append([])
            continue
        if word.parted:
            clauses.append([])
        clauses[-1].append(word.plain)
    return [clause for clause in clauses if clause]


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` folded: "FPA:s" is "fpa", "don't" is "dont", "äiti" is "aiti"."""
    return tuple(plain(token.word) for token in tokens(text))


def plain(word: str) -> str:
    """One word as ``words_of`` gives it."""
    return fold(word) if word.isalpha() else marked(fold(word))


def marked(word: str) -> str:
    """One word in lower case, with the marks on its letters."""
    if word.isalpha():
        return word
    return _TAIL.sub("", word).replace("'", "").replace("’", "")
