"""An answer cut into what Telegram sends in one piece: one message is one ``SaidReply``.

The outbox counts replies, so that after a crash only the one message whose fate is unknown is sent
again. Three things need a message of their own: an offer (its number can be copied, its place shown on
a map), the location button (it is a keyboard, and a message has one keyboard or buttons, never both),
and the pin of a place. Any message without buttons takes the location keyboard away again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.channels.telegram.hearing import TYPE
from bot.channels.telegram.words import THANK_YOU
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.turn import Heard
from locales.catalogue import Catalogues

MOST = 4096
"""Telegram's limit for a message's text, in UTF-16 units, after the markup has been read."""

SHARE = "share_location"
PIN = "pin"
WHERE = "where:"


def pieces(said: Said, heard: Heard, catalogues: Catalogues) -> Said:
    """``said`` in pieces, in the same order, nothing left out. ``heard`` is what it answers."""
    found = [piece for reply in said.replies for piece in _pieces(reply, heard)]
    if (heard.point is not None or heard.choice == TYPE) and found and found[0].choices:
        # The keyboard has been used; something without buttons has to take it away.
        found.insert(0, SaidReply(catalogues.say(THANK_YOU, said.language)))
    return replace(said, replies=tuple(found))


def _pieces(reply: SaidReply, heard: Heard) -> Iterator[SaidReply]:
    if heard.choice.startswith(WHERE) and any(card.point for card in reply.offers):
        yield from (_pin(card) for card in reply.offers if card.point)
        return
    buttons = tuple(choice for choice in reply.choices if choice.key != SHARE)
    parts = [SaidReply(text, urgent=reply.urgent) for text in divided(reply.text)]
    parts += [SaidReply("", offers=(card,)) for card in reply.offers]
    if parts:
        yield from parts[:-1]
        yield replace(parts[-1], choices=buttons)
    yield from (SaidReply("", (choice,)) for choice in reply.choices if choice.key == SHARE)


def _pin(card: Card) -> SaidReply:
    return SaidReply("", (SaidChoice(PIN, ""),), (card,))


def divided(text: str, most: int = MOST) -> list[str]:
    """``text`` in parts of at most ``most`` UTF-16 units, cut at the widest gap that there is."""
    parts = []
    rest = text.strip()
    while units(rest) > most:
        cut = _cut(rest, most)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def units(text: str) -> int:
    """How long ``text`` is for Telegram: a character beyond the first 65,536 counts as two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, most: int) -> int:
    """Where to cut: after the last paragraph, line, sentence or word that fits, else in the word."""
    room = most
    while units(text[:room]) > most:
        # Each character takes two units at most, so this never takes too many away.
        room -= max((units(text[:room]) - most) // 2, 1)
    for gap in (r"\n\s*\n", r"\n", r"(?<=[.?:]) ", r"\s"):
        ends = [match.end() for match in re.finditer(gap, text[:room])]
        # A gap near the beginning would make a piece of a few words.
        if ends and ends[-1] > room // 4:
            return ends[-1]
    return room
