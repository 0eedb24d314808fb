"""What a channel shows: replies in one language, as plain values that can be stored and sent."""

from dataclasses import dataclass

from referral.card import Card as Card  # Part of what is said.


@dataclass(frozen=True, slots=True)
class SaidChoice:
    """A button: the key that it sends, its words, and an address where it is a link."""

    key: str
    label: str
    url: str = ""


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
