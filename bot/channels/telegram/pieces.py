"""An answer cut into what Telegram sends in one piece: one message is one ``SaidReply``.

As few messages as can be, because each is a call, a commit and, at Telegram's pace, a second: what is
said one after another goes together while it fits, and a page of offers with the words before it. Four
things have a message of their own: what does not fit any more; an urgent text; the keyboard that shares a
location (a message has one keyboard or buttons, never both), which is shown to whoever presses its button;
and the pin of a place. The outbox counts replies, so that after a crash only the one message whose fate is
unknown is sent again. Any message without buttons takes the keyboard away again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.channels.telegram.hearing import TYPE
from bot.channels.telegram.offers import Say, paragraphs, saying, units
from bot.channels.telegram.words import THANK_YOU
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.turn import Heard
from locales.catalogue import Catalogues

MOST = 4096
"""Telegram's limit for a message's text, in UTF-16 units, after the markup has been read."""

MOST_BUTTONS = 90
"""Telegram takes a hundred; ten are for what is copied or shown on a map."""

GAP = "\n\n"
SHARE = "share_location"
PIN = "pin"
WHERE = "where:"


def pieces(said: Said, heard: Heard, catalogues: Catalogues) -> Said:
    """``said`` in pieces, in the same order, nothing left out. ``heard`` is what it answers."""
    say = saying(said.language, catalogues)
    keyboard = _keyboard(said) if heard.choice == SHARE else None
    if keyboard:
        return replace(said, replies=(keyboard,))
    found = _joined((piece for reply in said.replies for piece in _pieces(reply, heard, say)), say)
    if (heard.point is not None or heard.choice == TYPE) and found and found[0].choices:
        # The keyboard has been used; something without buttons has to take it away.
        found.insert(0, SaidReply(say(THANK_YOU)))
    return replace(said, replies=tuple(found))


def paragraphs_of(reply: SaidReply, say: Say) -> tuple[str, ...]:
    """The words of one piece, as they are read: its text, then a paragraph for each offer."""
    offers = tuple("\n".join(lines) for lines in paragraphs(reply.offers, say))
    return (reply.text, *offers) if reply.text else offers


def _keyboard(said: Said) -> SaidReply | None:
    """The keyboard that shares a location; None where no place is asked for (any more)."""
    shares = (choice for reply in said.replies for choice in reply.choices if choice.key == SHARE)
    return next((SaidReply("", (choice,)) for choice in shares), None)


def _pieces(reply: SaidReply, heard: Heard, say: Say) -> Iterator[SaidReply]:
    """One reply: whole where it fits, with the buttons under its last piece."""
    if heard.choice.startswith(WHERE) and any(card.point for card in reply.offers):
        yield from (_pin(card) for card in reply.offers if card.point)
        return
    said = replace(reply, text=reply.text.strip())
    yield from (said,) if _fits(said, say) else _joined(_parts(said), say)


def _parts(reply: SaidReply) -> Iterator[SaidReply]:
    """The smallest parts of ``reply``, its buttons with the last."""
    parts = [SaidReply(text, urgent=reply.urgent) for text in divided(reply.text)]
    parts += [SaidReply("", offers=(card,), urgent=reply.urgent) for card in reply.offers]
    yield from parts[:-1]
    yield replace(parts[-1], choices=reply.choices)


def _joined(parts: Iterable[SaidReply], say: Say) -> list[SaidReply]:
    """The same in as few pieces as can be."""
    found: list[SaidReply] = []
    for part in parts:
        together = _together(found[-1], part) if found else None
        if together and _fits(together, say):
            found[-1] = together
        else:
            found.append(part)
    return found


def _together(one: SaidReply, other: SaidReply) -> SaidReply | None:
    """Both in one; None where they must not be.

    A greeting goes with the question that follows it, never with an answer; what is to be handed over
    comes after an answer and stays by itself, so that it can be forwarded.
    """
    if any(choice.key == PIN for choice in (*one.choices, *other.choices)):
        return None
    if other.text and (one.offers or one.urgent or other.urgent):
        return None
    if one.choices and other.offers:
        return None
    choices = tuple({choice.key: choice for choice in (*one.choices, *other.choices)}.values())
    text = GAP.join(part.text for part in (one, other) if part.text)
    return replace(one, text=text, choices=choices, offers=(*one.offers, *other.offers))


def _fits(reply: SaidReply, say: Say) -> bool:
    length = units(GAP.join(paragraphs_of(reply, say)))
    return length <= MOST and len(reply.choices) <= MOST_BUTTONS


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
