"""One offer as Telegram shows it: a paragraph of lines, its name first."""

from typing import Protocol

from bot.channels.telegram import words
from bot.said import Card
from locales.catalogue import Catalogues
from locales.text import Blank, Text

_LINE, _WHAT, _WHY, _ADDRESS = 200, 1200, 800, 500
"""UTF-16 units of an offer's lines; together they always fit into one message."""


class Say(Protocol):
    """Says a text, with its blanks filled, in one language."""

    def __call__(self, text: Text, **blanks: Blank) -> str: ...


def saying(language: str, catalogues: Catalogues) -> Say:
    """Says texts in ``language``."""

    def say(text: Text, **blanks: Blank) -> str:
        return catalogues.say(Text(text.msgid, tuple(blanks.items())) if blanks else text, language)

    return say


def paragraphs(cards: tuple[Card, ...], say: Say) -> tuple[tuple[str, ...], ...]:
    """The lines of each offer; numbered where there are several, so that a button can name its own."""
    if len(cards) == 1:
        return (_lines(cards[0], "", say),)
    return tuple(_lines(card, f"{number}. ", say) for number, card in enumerate(cards, start=1))


def _lines(card: Card, number: str, say: Say) -> tuple[str, ...]:
    """A line for each thing that is known; the name first, and never empty."""

    def labelled(label: Text, value: str, most: int = _LINE) -> str:
        return f"{say(label)}: {short(value, most)}" if value else ""

    lines = (
        short(card.what, _WHAT),
        short(", ".join(part for part in (card.form, card.distance, card.price) if part)),
        labelled(words.OPENING, card.opening),
        labelled(words.PHONE, " ".join(part for part in (card.phone, card.phone_note) if part)),
        labelled(words.ADDRESS, card.address),
        # Half an address leads nowhere.
        labelled(words.WEB, card.url if len(card.url) <= _ADDRESS else "", _ADDRESS),
        short(" ".join(card.why), _WHY),
        short(card.languages),
        short(card.checked),
    )
    return (f"{number}{short(card.name) or '…'}", *(line for line in lines if line))


def short(text: str, most: int = _LINE) -> str:
    """As much of ``text`` as has ``most`` UTF-16 units at most."""
    cut = text[:most]
    return cut if units(cut) <= most else cut[: most // 2]


def units(text: str) -> int:
    """How long ``text`` is for Telegram: a character beyond the first 65,536 counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
