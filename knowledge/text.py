"""Text as the other modules look at it: in one Unicode form, cut into words, with or without diacritics.

Positions are offsets into ``normal(text)``, which for almost every message is the message itself.
"""

import re
import unicodedata
from typing import NamedTuple

_LETTERS_ALONE = {"đ": "d", "ŋ": "n", "ŧ": "t", "ø": "o", "æ": "a", "ß": "s", "ħ": "h", "ł": "l"}


def _without_mark(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return _LETTERS_ALONE.get(base, base)


_FOLD = {code: _without_mark(chr(code).lower()) for code in range(0xC0, 0x250) if chr(code).isalpha()}
_TIDY = str.maketrans("’‘ʼ´`\u00a0\u202f", "'''''  ", "\u00ad\u200b\u200c\u200d\ufeffʹ")
WORD = re.compile(r"[^\W_]+(?:[:'][^\W_]+)*")
"""A word: letters and digits, with a colon or an apostrophe inside."""


class Token(NamedTuple):
    """A word of a text: in lower case, as it was written, and where it stands (``start`` to ``end``)."""

    word: str
    written: str
    start: int
    end: int


def normal(text: str) -> str:
    """The text in Unicode's composed form (NFC), with one kind of apostrophe and no invisible letters."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_TIDY)


def fold(word: str) -> str:
    """The word in lower case and without marks on Latin letters: "Äänekoski" and "aanekoski" are one.

    It is as long as the word. Letters of other alphabets stay what they are: a Cyrillic й is not и.
    """
    lower = word.lower()
    if lower.isascii():
        return lower
    bare = lower.replace("ä", "a").replace("ö", "o").replace("å", "a")  # Nearly all of them, and faster.
    return bare if bare.isascii() else bare.translate(_FOLD)


def tokens(text: str) -> tuple[Token, ...]:
    """The words of the text in order. A hyphen parts two words; a colon or an apostrophe does not."""
    return tuple(
        [Token((word := match[0]).lower(), word, *match.span()) for match in WORD.finditer(normal(text))]
    )
