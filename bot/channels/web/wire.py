"""What goes over the wire: a request of the JSON interface, and an answer to it.

Reading is strict about types and kind about length. Every refusal is a ``BadInput`` with a code for
machines and a sentence for people; nothing that a client can send raises anything else.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.said import Said, SaidChoice, SaidReply
from referral.web.refusal import BadInput

MOST_TEXT = 10_000
"""Characters of a message that are read; what comes after them is cut off, never refused."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,100}")
_CHOICE = re.compile(r"[A-Za-z0-9:_.@-]{1,60}")
_LANGUAGE = re.compile(r"[A-Za-z@-]{2,35}")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that a browser sent; ``conversation`` is "" for a new one."""

    conversation: str = ""
    turn: str = ""
    text: str = ""
    choice: str = ""
    point: tuple[float, float] | None = None
    language: str = ""
    greeted: bool = False


def read_message(body: bytes) -> Message:
    """The message in ``body``, JSON in UTF-8. Raises BadInput."""
    try:
        fields = json.loads(body, parse_constant=_refuse_constant)
    except RecursionError:
        raise BadInput("too_deep", "The JSON is nested too deeply.") from None
    except ValueError:
        raise BadInput("bad_json", "The body is not JSON in UTF-8.") from None
    if not isinstance(fields, dict):
        raise BadInput("not_an_object", "The body must be a JSON object.")
    return read_fields(fields)


def read_fields(fields: Mapping[str, object]) -> Message:
    """The message in ``fields``; unknown fields are ignored. Raises BadInput."""
    turn = _word(fields, "turn", _TOKEN)
    if not turn:
        raise BadInput(
            "no_turn", "turn is missing: give every new message a fresh UUID, and a repeat the same."
        )
    greeted = fields.get("greeted", False)
    if not isinstance(greeted, bool):
        raise BadInput("bad_greeted", "greeted must be true or false.")
    return Message(
        conversation=_word(fields, "conversation", _TOKEN),
        turn=turn,
        text=clean(_text(fields, "text")),
        choice=_word(fields, "choice", _CHOICE),
        point=_point(fields.get("point")),
        language=_word(fields, "language", _LANGUAGE),
        greeted=greeted,
    )


def clean(text: str) -> str:
    """The text without what no database or console can take (NUL, half a surrogate pair), cut to MOST_TEXT."""
    whole = text[:MOST_TEXT].encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "").strip()


def answer(conversation: str, said: Said) -> dict[str, object]:
    """The answer as the JSON interface gives it."""
    return {
        "conversation": conversation,
        "language": said.language,
        "replies": [_reply(reply) for reply in said.replies],
    }


def _reply(reply: SaidReply) -> dict[str, object]:
    return {
        "text": reply.text,
        "urgent": reply.urgent,
        "choices": [_choice(choice) for choice in reply.choices],
        "offers": [asdict(offer) for offer in reply.offers],
    }


def _choice(choice: SaidChoice) -> dict[str, str]:
    shown = {"key": choice.key, "label": choice.label}
    return {**shown, "url": choice.url} if choice.url else shown


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise BadInput(f"bad_{name}", f"{name} must be a string.")
    return value


def _word(fields: Mapping[str, object], name: str, shape: re.Pattern[str]) -> str:
    value = _text(fields, name)
    if value and not shape.fullmatch(value):
        raise BadInput(f"bad_{name}", f"{name} holds characters that do not belong there, or is too long.")
    return value


def _point(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2:
        lat, lon = (_degrees(number) for number in value)
        if abs(lat) <= 90 and abs(lon) <= 180:
            return lat, lon
    raise BadInput("bad_point", "point must be [latitude, longitude] in degrees.")


def _degrees(number: object) -> float:
    """The number, or one that is out of every range where it is none."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return math.inf
    return float(number) if abs(number) <= 180 else math.inf


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
