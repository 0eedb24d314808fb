"""One piece of an answer as Telegram shows it: HTML with everything escaped, and buttons."""

from dataclasses import dataclass
from html import escape
from typing import Protocol

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.telegram import words
from bot.channels.telegram.pieces import PIN, SHARE, WHERE
from bot.said import Card, SaidChoice, SaidReply
from locales.catalogue import Catalogues
from locales.text import Blank, Text

MOST_BUTTONS = 90
MOST_KEY_BYTES = 64
SHORT_LABEL = 16
"""Two buttons share a row when neither has more characters: longer words would be cut off."""

_LINE, _WHAT, _WHY, _ADDRESS = 200, 1200, 800, 500
"""Characters of a card's lines; together they always fit into one message."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map."""

    lat: float
    lon: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. ``html`` is never empty, ``plain`` is the same without markup; with ``pin`` a place
    on the map goes out in their stead."""

    html: str
    plain: str
    markup: Markup
    pin: Pin | None = None


class Say(Protocol):
    """Says a text, with its blanks filled, in the language of the message."""

    def __call__(self, text: Text, **blanks: Blank) -> str: ...


def message(reply: SaidReply, language: str, catalogues: Catalogues) -> Message:
    """One piece (see ``pieces``) in words of ``language``."""

    def say(text: Text, **blanks: Blank) -> str:
        return catalogues.say(Text(text.msgid, tuple(blanks.items())) if blanks else text, language)

    keys = [choice.key for choice in reply.choices]
    if SHARE in keys:
        words_here = say(words.SHARE_HERE)
        here = KeyboardButton(reply.choices[0].label, request_location=True)
        keyboard = [[here], [KeyboardButton(say(words.TYPE_PLACE))]]
        shown = ReplyKeyboardMarkup(keyboard, resize_keyboard=True, one_time_keyboard=True)
        return Message(escape(words_here), words_here, shown)
    card = reply.offers[0] if reply.offers else None
    if card is None:
        return Message(_text(reply), reply.text or "…", _buttons(_rows(reply.choices)))
    lines = _card(card, say)
    html = "\n".join([f"<b>{escape(lines[0])}</b>", *map(escape, lines[1:])])
    pin = None
    if PIN in keys and card.point:
        pin = Pin(*card.point, title=lines[0], address=card.address[:_LINE] or lines[0])
    rows = [] if pin else [*_card_rows(card, say), *_rows(reply.choices)]
    return Message(html, "\n".join(lines), _buttons(rows), pin)


def _text(reply: SaidReply) -> str:
    """The words; the first paragraph of an urgent one stands out."""
    if not reply.urgent:
        return escape(reply.text) or "…"
    first, gap, rest = reply.text.partition("\n\n")
    return f"<b>{escape(first)}</b>{gap}{escape(rest)}"


def _card(card: Card, say: Say) -> list[str]:
    """One offer, a line for each thing that is known; the name first."""

    def labelled(label: Text, value: str, most: int = _LINE) -> str:
        return f"{say(label)}: {value[:most]}" if value else ""

    lines = (
        card.what[:_WHAT],
        ", ".join(part for part in (card.form, card.distance, card.price) if part)[:_LINE],
        labelled(words.OPENING, card.opening),
        labelled(words.PHONE, " ".join(part for part in (card.phone, card.phone_note) if part)),
        labelled(words.ADDRESS, card.address),
        # Half an address leads nowhere.
        labelled(words.WEB, card.url if len(card.url) <= _ADDRESS else "", _ADDRESS),
        " ".join(card.why)[:_WHY],
        card.languages[:_LINE],
        card.checked[:_LINE],
    )
    return [card.name[:_LINE] or "…", *(line for line in lines if line)]


def _card_rows(card: Card, say: Say) -> list[list[InlineKeyboardButton]]:
    rows = []
    if card.phone:
        label = say(words.COPY, phone=card.phone[:60])
        rows.append([InlineKeyboardButton(label, copy_text=CopyTextButton(card.phone[:256]))])
    key = f"{WHERE}{card.id}"
    if card.point and _fits(key):
        rows.append([InlineKeyboardButton(say(words.MAP), callback_data=key)])
    return rows


def _rows(choices: tuple[SaidChoice, ...]) -> list[list[InlineKeyboardButton]]:
    """The buttons in rows of one, or of two where both are short."""
    rows: list[list[InlineKeyboardButton]] = []
    room = False
    for choice in choices[:MOST_BUTTONS]:
        button = _button(choice)
        if button is None:
            continue
        short = len(choice.label) <= SHORT_LABEL
        if short and room:
            rows[-1].append(button)
            room = False
        else:
            rows.append([button])
            room = short
    return rows


def _button(choice: SaidChoice) -> InlineKeyboardButton | None:
    if choice.url:
        return InlineKeyboardButton(choice.label, url=choice.url)
    return InlineKeyboardButton(choice.label, callback_data=choice.key) if _fits(choice.key) else None


def _fits(key: str) -> bool:
    return 0 < len(key.encode()) <= MOST_KEY_BYTES


def _buttons(rows: list[list[InlineKeyboardButton]]) -> Markup:
    """Without buttons, whatever keyboard there was goes away."""
    return InlineKeyboardMarkup(rows) if rows else ReplyKeyboardRemove()
