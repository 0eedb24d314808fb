"""What a person writes into one cell, read as a value; ``Unfit`` says what is wrong and how to write it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from knowledge.load import LATITUDES, LONGITUDES
from referral.directory.importers.everyday import everyday
from referral.directory.importers.monthly import monthly
from referral.directory.importers.rejected import Unfit
from referral.hours import HELSINKI, fault

_BETWEEN = re.compile(r"[,;|/\n]")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})(?:T|\s+(?:klo |kl\.? )?)(\d{1,2})(?:[.:](\d{2})(?::\d{2})?)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?[\d\s()/-]{3,40}")
_WEB = re.compile(r"https?://[^\s/?#]+\.[^\s]+", re.IGNORECASE)


def plain(value: str) -> str:
    """``value`` as words are compared: without case, doubled spaces, and underscores."""
    return " ".join(value.replace("_", " ").split()).casefold()


def listed(value: str) -> tuple[str, ...]:
    """The parts of a list, however a person parted them: "a, b", "a; b", "a | b", "a / b"."""
    return tuple(part for part in (" ".join(piece.split()) for piece in _BETWEEN.split(value)) if part)


def one_of(value: str, words: Mapping[str, Iterable[str]]) -> str:
    """The key of ``words`` that ``value`` names, by itself or by one of its words."""
    wanted = plain(value)
    for key, others in words.items():
        if wanted == plain(key) or wanted in map(plain, others):
            return key
    raise Unfit(f"{value!r} is not known here", f"Write one of: {', '.join(words)}.")


def language(value: str, words: Mapping[str, Iterable[str]]) -> str:
    """The code of a language, from its code or name."""
    if re.fullmatch(r"[a-z]{2,3}", value):
        return value
    return one_of(value, words)


def day(value: str) -> date:
    """A day, written 2026-11-21 or 21.11.2026."""
    found = _DATE.fullmatch(value)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(value)
    except ValueError:
        raise Unfit(f"{value!r} is no date", "Write it as 21.11.2026 or 2026-11-21.") from None


def moment(value: str) -> datetime:
    """A day and a time of the clock in Finland, written 2026-11-21 13:00 or 21.11.2026 klo 13.00."""
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise Unfit(f"{value!r} is no day and time", "Write it as 21.11.2026 13:00.")
    when = day(found[1])
    try:
        return datetime(when.year, when.month, when.day, int(found[2]), int(found[3] or 0), tzinfo=HELSINKI)
    except ValueError:
        raise Unfit(f"{value!r} has no such time", "Write the time as 13:00.") from None


def point(lat: str, lon: str) -> tuple[float, float] | None:
    """A point of Finland in degrees (WGS84), with a decimal point or comma; None for two empty cells."""
    if not lat and not lon:
        return None
    fix = "Write both in degrees: lat 60.17, lon 24.94. Or leave both empty."
    try:
        north, east = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        raise Unfit("these are not two numbers of degrees", fix) from None
    if LATITUDES[0] <= east <= LATITUDES[1] and LONGITUDES[0] <= north <= LONGITUDES[1]:
        raise Unfit("the two have changed places", "Write the larger number (60 to 70) as lat.")
    if not (LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]):
        raise Unfit("the point is not in Finland", fix)
    return north, east


def phone(value: str) -> str:
    """A number as its owner writes it; it is shown like that and never changed."""
    if not _PHONE.fullmatch(value) or sum(letter.isdigit() for letter in value) < 3:
        raise Unfit(f"{value!r} is no phone number", "Write only the number: 09 123 4567. Leave out words.")
    return value


def web(value: str) -> str:
    """A web address."""
    if not _WEB.fullmatch(value):
        raise Unfit(f"{value!r} is no web address", "Write it whole: https://www.example.org/page.")
    return value


def hours(value: str) -> str:
    """Opening hours, as people write them or in OpenStreetMap's syntax, in the latter."""
    if not fault(value):
        return value
    if (read := everyday(value) or monthly(value)) is not None:
        return read
    raise Unfit(
        f"{value!r} cannot be read as opening hours", "Write them as: ma-pe 9-16, la 10-14, su suljettu."
    )


def count(value: str) -> int:
    """A number of people."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):
        raise Unfit(f"{value!r} is no number of seats", "Write it in digits: 12.")
    return int(value)


def digits(value: str, length: int, what: str) -> str:
    """A code of ``length`` digits; leading zeros that a spreadsheet took away are put back."""
    if not (value.isascii() and value.isdigit() and len(value) <= length):
        raise Unfit(f"{value!r} is no {what}", f"Write {length} digits.")
    return value.zfill(length)
