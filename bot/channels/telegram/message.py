"""One piece of an answer as Telegram shows it: HTML with everything escaped, and buttons.

Keyboards are the plain JSON of the Bot API: objects of the library cost more than sending them.
"""

from dataclasses import dataclass
from html import escape
from typing import Any

from bot.channels.telegram import words
from bot.channels.telegram.offers import Say, paragraphs, saying, short
from bot.channels.telegram.pieces import GAP, MOST_BUTTONS, PIN, SHARE, WHERE, paragraphs_of
from bot.said import Card, SaidChoice, SaidReply
from locales.catalogue import Catalogues

MOST_KEY_BYTES = 64
MOST_COPIED = 256
SHORT_LABEL = 16
"""Two buttons share a row when neither has more characters: longer words would be cut off."""

Markup = dict[str, Any]
Button = dict[str, Any]

_GONE: Markup = {"remove_keyboard": True}
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Message:
    """A call of the Bot API: its ``method``, and what it says besides whom it is for."""

    method: str
    fields: Markup


def message(reply: SaidReply, language: str, catalogues: Catalogues) -> Message:
    """One piece (see ``pieces``) in words of ``language``; its text is never empty."""
    say = saying(language, catalogues)
    keys = [choice.key for choice in reply.choices]
    if keys == [SHARE] and not reply.text:
        return _share(reply.choices[0].label, say)
    if PIN in keys and reply.offers and reply.offers[0].point:
        return _pin(reply.offers[0], *reply.offers[0].point, say)
    rows = [*_offer_rows(reply.offers, say), *_rows(reply.choices)]
    return _text(_html(reply, say) or "…", {"inline_keyboard": rows} if rows else _GONE)


def plain(reply: SaidReply, language: str, catalogues: Catalogues) -> str:
    """The words of one piece without markup, for when Telegram refuses the rest; never empty."""
    say = saying(language, catalogues)
    if [choice.key for choice in reply.choices] == [SHARE] and not reply.text:
        return say(words.SHARE_HERE)
    return GAP.join(paragraphs_of(reply, say)) or "…"


def _text(html: str, markup: Markup) -> Message:
    fields = {
        "text": html,
        "parse_mode": "HTML",
        "reply_markup": markup,
        "link_preview_options": _NO_PREVIEW,
    }
    return Message("sendMessage", fields)


def _share(label: str, say: Say) -> Message:
    """The keyboard with the location button, and always a way round it."""
    here = [[{"text": label, "request_location": True}], [{"text": say(words.TYPE_PLACE)}]]
    markup = {"keyboard": here, "resize_keyboard": True, "one_time_keyboard": True}
    return _text(escape(say(words.SHARE_HERE)), markup)


def _pin(card: Card, lat: float, lon: float, say: Say) -> Message:
    title = short(card.name) or "…"
    fields = {"latitude": lat, "longitude": lon, "title": title, "address": short(card.address) or title}
    return Message("sendVenue", fields)


def _html(reply: SaidReply, say: Say) -> str:
    """The words; an offer's name stands out, and the first paragraph of what is urgent."""
    parts = [_bold(*reply.text.partition(GAP)) if reply.urgent else escape(reply.text)] if reply.text else []
    for first, *lines in paragraphs(reply.offers, say):
        parts.append("\n".join((_bold(first), *map(escape, lines))))
    return GAP.join(parts)


def _bold(first: str, gap: str = "", rest: str = "") -> str:
    return f"<b>{escape(first)}</b>{gap}{escape(rest)}"


def _offer_rows(cards: tuple[Card, ...], say: Say) -> list[list[Button]]:
    """A row for each number to copy, then the places; each names its offer where there are several."""
    several = len(cards) > 1
    copies, maps = [], []
    for number, card in enumerate(cards, start=1):
        if card.phone:
            label = say(words.COPY, phone=card.phone[:60])
            copied = {"text": card.phone[:MOST_COPIED]}
            copies.append([{"text": f"{number}. {label}" if several else label, "copy_text": copied}])
        key = f"{WHERE}{card.id}"
        if card.point and _fits(key):
            label = say(words.MAP_OF, number=number) if several else say(words.MAP)
            maps.append({"text": label, "callback_data": key})
    return [*copies, maps] if maps else copies


def _rows(choices: tuple[SaidChoice, ...]) -> list[list[Button]]:
    """The buttons in rows of one, or of two where both are short."""
    rows: list[list[Button]] = []
    room = False
    for choice in choices[:MOST_BUTTONS]:
        button = _button(choice)
        if button is None:
            continue
        is_short = len(choice.label) <= SHORT_LABEL
        if is_short and room:
            rows[-1].append(button)
            room = False
        else:
            rows.append([button])
            room = is_short
    return rows


def _button(choice: SaidChoice) -> Button | None:
    if choice.url:
        return {"text": choice.label, "url": choice.url}
    return {"text": choice.label, "callback_data": choice.key} if _fits(choice.key) else None


def _fits(key: str) -> bool:
    return 0 < len(key.encode()) <= MOST_KEY_BYTES
