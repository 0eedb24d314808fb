"""What a channel shows: replies in one language, as plain values that can be stored and sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidChoice:
    """A button: the key that it sends, its words, and an address where it is a link."""

    key: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One offer as a person reads it. Every field is words in their language, or "".

    ``distance`` is "3 km", "in Sodankylä" or "by phone"; ``phone`` is the number as its source gives
    it and ``phone_note`` stands beside it or instead of it; ``why`` are whole sentences. ``point`` is
    for a map pin.
    """

    id: str
    name: str
    what: str
    form: str
    distance: str
    opening: str
    address: str
    phone: str
    phone_note: str
    url: str
    languages: str
    price: str
    why: tuple[str, ...]
    checked: str
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SaidReply:
    """One message. ``text`` is plain, its paragraphs parted by an empty line."""

    text: str
    choices: tuple[SaidChoice, ...] = ()
    offers: tuple[Card, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Everything said in answer to one heard thing, and the language that it is in."""

    language: str
    replies: tuple[SaidReply, ...]
