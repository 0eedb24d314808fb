"""A sentence to be said later, in whichever language the person reads.

The core never builds prose: it names an English sentence (the ``msgid`` of the catalogues) and the
values for its blanks, and ``locales.catalogue`` says it. A blank that has words of its own in several
languages is a mapping from language to words; a blank that is itself a sentence is a ``Text``; a list
of blanks is joined as the language joins lists ("A, B and C").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Text:
    """An English sentence and the values for its ``{blanks}``.

    ``plural`` is the msgid for more than one, chosen by the blank named ``n``.
    ``verbatim`` marks a msgid that is shown as it stands, in every language: a provider's own words.
    """

    msgid: str
    blanks: tuple[tuple[str, "Blank"], ...] = ()
    plural: str = ""
    verbatim: bool = False


Blank = str | int | float | date | time | Mapping[str, str] | Text | tuple[object, ...]
"""What may stand in a blank; the elements of a tuple are blanks too."""


def say(msgid: str, /, **blanks: "Blank") -> Text:
    """The sentence ``msgid`` with its blanks filled; xgettext-style extraction looks for this call."""
    return Text(msgid, tuple(sorted(blanks.items())))


def say_many(msgid: str, plural: str, /, n: int, **blanks: "Blank") -> Text:
    """The sentence in the form that ``n`` asks for; ``{n}`` is a blank of it."""
    return Text(msgid, tuple(sorted({**blanks, "n": n}.items())), plural=plural)


def as_written(words: str) -> Text:
    """Somebody's own words, the same in every language."""
    return Text(words, verbatim=True)
