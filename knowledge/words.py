"""The words of a text as rules and needs look at them: folded, without case endings after a colon."""

import re

from knowledge.text import fold, tokens

_TAIL = re.compile(r":\w+$")


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order: "FPA:s" is "fpa", "don't" is "dont", "äiti" is "aiti"."""
    return tuple(plain(token.word) for token in tokens(text))


def plain(word: str) -> str:
    """One word as ``words_of`` gives it."""
    return _TAIL.sub("", fold(word)).replace("'", "")
