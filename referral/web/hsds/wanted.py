"""What a request to the interface asks for: its parameters read and checked.

A parameter that is not known, that is given twice or that cannot be read is refused with a sentence: a
filter that is silently passed over would give wrong answers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from referral.hours import HELSINKI
from referral.web import languages
from referral.web.refusal import BadInput

PER_PAGE = 50
MOST_PER_PAGE = 500
MOST_PAGE = 1_000_000
MOST_METRES = 2_000_000
"""Finland is 1,157 km long: more metres than this would only be a slip."""

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parameters of one request, ``language`` as we name it. "" and None are what was not asked for."""

    language: str
    page: int = 1
    per_page: int | None = None
    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    parent_id: str = ""
    modified_after: date | None = None
    postcode: str = ""
    proximity: float | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: what it does, its JSON schema, and how it is read (it raises ValueError)."""

    about: str
    schema: Mapping[str, object]
    read: Callable[[str], object]


def _whole(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError
    return int(value)


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = _whole(value)
        if not least <= number <= most:
            raise ValueError
        return number

    return read


def _flag(value: str) -> bool:
    return {"true": True, "false": False}[value]


def _metres(value: str) -> float:
    return float(_between(0, MOST_METRES)(value))


def _moment(value: str) -> date:
    """The day in Finland: a change is known by its day, and all of that day's are given."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", value, re.ASCII):
        raise ValueError
    # A plus sign in an address is a space; a leap second is as good as the one before it.
    said = re.sub(r":60(?=[.Z+-]|$)", ":59", value.replace(" ", "+").upper())
    moment = datetime.fromisoformat(said)
    return (moment if moment.tzinfo is None else moment.astimezone(HELSINKI)).date()


def _postcode(value: str) -> str:
    if not re.fullmatch(r"[0-9]{5}", value):
        raise ValueError
    return value


def _search(value: str) -> str:
    if len(value) > LONGEST_SEARCH:
        raise ValueError
    return value


def _json(value: str) -> None:
    if value != "json":
        raise ValueError


_ID = {"type": "string"}
_FLAG = {"type": "boolean", "default": False}

PARAMETERS: Mapping[str, Parameter] = {
    "search": Parameter(
        "Words that must all be found: names, descriptions, places and needs, in any language and in Finnish "
        "also in their case forms.",
        {"type": "string", "maxLength": LONGEST_SEARCH},
        _search,
    ),
    "page": Parameter(
        "The number of the page; one beyond the last is empty.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PAGE, "default": 1},
        _between(1, MOST_PAGE),
    ),
    "per_page": Parameter(
        "How many a page holds.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        _between(1, MOST_PER_PAGE),
    ),
    "format": Parameter("Only JSON is served.", {"type": "string", "enum": ["json"]}, _json),
    "lang": Parameter(
        "The language of the feed. What has no words in it is in Finnish.", {"type": "string"}, str
    ),
    "taxonomy_term_id": Parameter("Services with this term.", _ID, str),
    "taxonomy_id": Parameter("Services with any term of this taxonomy; terms of it.", _ID, str),
    "organization_id": Parameter("Services of this organization.", _ID, str),
    "modified_after": Parameter(
        "What changed on this day (in Finland) or later, and what nobody knows the last change of.",
        {"type": "string", "format": "date-time"},
        _moment,
    ),
    "minimal": Parameter(
        "Only what a service must have, and when it changed, whatever full says; on one page unless per_page "
        "is given.",
        _FLAG,
        _flag,
    ),
    "full": Parameter("Everything that belongs to each.", _FLAG, _flag),
    "full_service": Parameter("Everything that belongs to each service of an organization.", _FLAG, _flag),
    "postcode": Parameter(
        "A Finnish postcode: what serves those who live there.",
        {"type": "string", "pattern": "^[0-9]{5}$"},
        _postcode,
    ),
    "proximity": Parameter(
        "Only what lies within this many metres of the postcode's centre, the nearest first; without a postcode "
        "there is no centre (404).",
        {"type": "string", "pattern": "^[0-9]{1,6}$"},
        _metres,
    ),
    "top_only": Parameter("Only terms that have no parent.", _FLAG, _flag),
    "parent_id": Parameter("Only terms that have this parent.", _ID, str),
}

_READ_AS = {
    "format": "json",
    "minimal": "true or false",
    "full": "true or false",
    "full_service": "true or false",
    "top_only": "true or false",
    "page": f"a whole number from 1 to {MOST_PAGE}",
    "per_page": f"a whole number from 1 to {MOST_PER_PAGE}",
    "modified_after": "a moment, for example 2026-11-21T00:00:00Z",
    "postcode": "the five digits of a Finnish postcode",
    "proximity": "a distance in whole metres, for example 30000",
    "search": f"at most {LONGEST_SEARCH} characters",
}


def wanted(query: Sequence[tuple[str, str]], allowed: Sequence[str], spoken: Sequence[str]) -> Wanted:
    """What ``query`` asks for, of the parameters ``allowed``; ``spoken`` are our languages, the first of which
    is spoken where none is asked for. Raises BadInput."""
    found: dict[str, object] = {}
    for name, value in query:
        if name not in allowed:
            raise BadInput(
                "unknown_parameter", f"There is no parameter {name[:40]!r} here. {_known(allowed)}"
            )
        if name in found:
            raise BadInput(
                "repeated_parameter", f"The parameter {name} is given more than once. Give it once."
            )
        found[name] = _language(value, spoken) if name == "lang" else _value(name, value)
    found["language"] = found.pop("lang", spoken[0])
    found.pop("format", None)
    return Wanted(**found)  # type: ignore[arg-type]


def _known(allowed: Sequence[str]) -> str:
    return f"These are known: {', '.join(allowed)}." if allowed else "None is known here."


def _value(name: str, value: str) -> object:
    try:
        return PARAMETERS[name].read(value)
    except (ValueError, KeyError, OverflowError):
        raise BadInput("bad_parameter", f"{name} must be {_READ_AS[name]}.") from None


def _language(value: str, spoken: Sequence[str]) -> str:
    found = languages.known(value, spoken) or languages.known(value.partition("-")[0], spoken)
    if not found:
        tags = ", ".join(map(languages.tag, spoken))
        raise BadInput("bad_parameter", f"lang must be one of {tags}.")
    return found
