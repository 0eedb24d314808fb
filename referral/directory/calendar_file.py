"""A course as a calendar file (iCalendar, RFC 5545), in Finland's time.

Each session is an event of its own: calendars disagree about rules of repetition, and never about dates.
Lines end in CRLF and are folded at 75 bytes, as the standard wants.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from knowledge.model import Names
from referral.directory.training import Session
from referral.model import Offer

TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//digituki//digituki//FI"
ZONE = "Europe/Helsinki"
_LINE = 75

_TIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0300",
    "TZNAME:EEST",
    "DTSTART:19700329T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0200",
    "TZNAME:EET",
    "DTSTART:19701025T040000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""The European Union's summer time, as it has been since 1996."""


def calendar_file(offer: Offer, sessions: Sequence[Session], language: str, now: datetime) -> bytes:
    """The sessions of a course as the bytes of an .ics file; ``now`` (aware) is when it was written."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", *_TIMEZONE]
    for session in sessions:
        lines += _event(offer, session, language, now)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(offer: Offer, session: Session, language: str, now: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{offer.id}-{session.starts:%Y%m%d%H%M}@digituki"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={ZONE}:{session.starts:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={ZONE}:{session.ends:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(_in(offer.names, language))}"
    if description := _in(offer.descriptions, language):
        yield f"DESCRIPTION:{_escaped(description)}"
    if where := ", ".join(part for part in (offer.street, offer.postcode, offer.locality) if part):
        yield f"LOCATION:{_escaped(where)}"
    if offer.url:
        yield f"URL:{offer.url}"
    yield "END:VEVENT"


def _in(names: Names, language: str) -> str:
    return names.get(language) or names.get("fi", "")


def _escaped(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes; what follows begins with a space. No letter is cut."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
