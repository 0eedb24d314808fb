"""A course or an event as its provider tells it: when, until when one may enrol, for how many and for whom.

The fields are words, as a form sends them: ``starts`` and ``ends`` (a day: 2026-12-03, 3.12.2026, or 3.12.,
which is the next one; the time may stand in it, "3.12. klo 13–15"), ``starts_time`` and ``ends_time``,
``again`` (when it meets, for one that meets more than once: "joka kuun 1. tiistai klo 13–15"),
``enrol_until`` (a day, with a time or without), ``seats`` and ``audience`` ("citizens" or "supporters").

- ``read(text, fault, today) -> Course | None``: None where there is none, or where something was at fault.
- ``fields_of(course) -> Mapping[str, str]``: ``read`` makes the same of them again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from locales.text import Text, say
from referral.directory.importers import cells
from referral.directory.importers.rejected import Unfit
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.training import CITIZENS, meetings
from referral.hours import HELSINKI

FIELDS = ("starts", "starts_time", "ends", "ends_time", "again", "enrol_until", "seats", "audience")

NO_START = say("Write the day on which it begins, for example 3.12.2026.")
BAD_DAY = say("Write the day like this: 3.12.2026.")
NO_TIME = say("Write the time at which it begins, for example 13.00.")
NO_END_TIME = say("Write the time at which it ends, for example 15.00.")
BAD_TIME = say("Write the time like this: 13.00.")
NO_LAST = say("Write the last day on which it meets, for example 27.5.2027.")
ENDS_FIRST = say("It cannot end before it begins.")
OVER = say("This is over already. Write a day that is still to come.")
BAD_AGAIN = say(
    "This cannot be read yet. Write it like this: every month 1st Tuesday 13–15, or: Tue 13–15. "
    "What does not fit here can be told in the description."
)
NEVER_MEETS = say("There is no such day between the first and the last day. Look at the days again.")
ENROL_LATE = say("Enrolment cannot go on after it has ended.")
BAD_SEATS = say("Write the number of seats in digits, for example 12.")
BAD_AUDIENCE = say("Choose one of the alternatives.")

_LAST_MINUTE = time(23, 59)
_CLOCK = r"(\d{1,2})(?:[.:](\d{2})(?::\d{2})?)?"
_TIME = re.compile(rf"(?:klo|kl|kello|at)?\.?\s*{_CLOCK}", re.IGNORECASE)
_DAY = re.compile(
    r"(?:[a-zåäö]{2,12}\.?,?\s+)?(?P<day>\d{4}-\d\d-\d\d|\d{1,2}\.\s?\d{1,2}\.?(?:\s?\d{4})?)"
    rf"(?:(?:T|[,\s]\s*)(?:klo|kl|kello|at)?\.?\s*(?P<from>{_CLOCK})(?:\s*-\s*(?P<to>{_CLOCK}))?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Course:
    """A course or event; the moments are in Finland's time. ``again`` is when it meets, in the
    ``opening_hours`` syntax, "" for one that meets once. ``audience`` is "citizens" or "supporters"."""

    starts: datetime
    ends: datetime
    again: str = ""
    enrol_until: datetime | None = None
    seats: int | None = None
    audience: str = CITIZENS


@dataclass(frozen=True, slots=True)
class _Written:
    """A day as it was written, with the times that stood beside it."""

    day: date
    begins: time | None = None
    ends: time | None = None


def read(text: Callable[[str], str], fault: Callable[[str, Text], None], today: date | None) -> Course | None:
    """The course that the fields tell. ``text`` gives the words of a field, ``fault`` notes what is wrong.

    ``today`` tells the year of a day without one, and what is over; None lets neither be told.
    """
    told = {name: text(name) for name in FIELDS}
    if not any(words for name, words in told.items() if name != "audience") and told["audience"] in (
        "",
        CITIZENS,
    ):
        return None
    noted: list[str] = []

    def note(field: str, sentence: Text) -> None:
        noted.append(field)
        fault(field, sentence)

    span = _span(told, note, today)
    again = _again(told["again"], note)
    until = _moment(told["enrol_until"], "enrol_until", _LAST_MINUTE, note, today)
    seats = _seats(told["seats"], note)
    if told["audience"] not in ("", CITIZENS, FOR_SUPPORTERS):
        note("audience", BAD_AUDIENCE)
    if span is None or noted:
        return None
    course = Course(*span, again, until, seats, told["audience"] or CITIZENS)
    _look_at(course, told, note, today)
    return None if noted else course


def fields_of(course: Course | None) -> Mapping[str, str]:
    """The fields of ``course``; all of them empty for None."""
    if course is None:
        return dict.fromkeys(FIELDS, "")
    until = course.enrol_until
    told = {
        "starts": course.starts.date().isoformat(),
        "starts_time": f"{course.starts:%H:%M}",
        "ends": course.ends.date().isoformat(),
        "ends_time": f"{course.ends:%H:%M}",
        "again": course.again,
        "enrol_until": "",
        "seats": "" if course.seats is None else str(course.seats),
        "audience": course.audience,
    }
    if until is not None:
        told["enrol_until"] = (
            f"{until:%Y-%m-%d}" if until.time() == _LAST_MINUTE else f"{until:%Y-%m-%d %H:%M}"
        )
    if course.again:  # Its times are told by when it meets.
        told["starts_time"] = "" if course.starts.time() == time(0) else told["starts_time"]
        told["ends_time"] = "" if course.ends.time() == _LAST_MINUTE else told["ends_time"]
    return told


def _span(
    told: Mapping[str, str], note: Callable[[str, Text], None], today: date | None
) -> tuple[datetime, datetime] | None:
    first = _day(told["starts"], "starts", note, today)
    last = _day(told["ends"], "ends", note, today)
    begins = _time(told["starts_time"], "starts_time", note) or (first.begins if first else None)
    ends = _time(told["ends_time"], "ends_time", note)
    ends = ends or (last and (last.ends or last.begins)) or (first.ends if first else None)
    if not told["starts"]:
        note("starts", NO_START)
    if told["again"]:
        if not told["ends"]:
            note("ends", NO_LAST)
        begins, ends = begins or time(0), ends or _LAST_MINUTE
    if begins is None and not told["starts_time"] and first:
        note("starts_time", NO_TIME)
    if ends is None and not told["ends_time"] and first:
        note("ends_time", NO_END_TIME)
    if first is None or begins is None or ends is None or (told["ends"] and last is None):
        return None
    day = last.day if last else first.day
    return datetime.combine(first.day, begins, HELSINKI), datetime.combine(day, ends, HELSINKI)


def _look_at(
    course: Course, told: Mapping[str, str], note: Callable[[str, Text], None], today: date | None
) -> None:
    """What is wrong between fields that are sound by themselves."""
    if course.ends <= course.starts:
        note("ends" if told["ends"] else "ends_time", ENDS_FIRST)
    elif today is not None and course.ends.date() < today:
        note("ends" if told["ends"] else "starts", OVER)
    elif course.again and not meetings(course.again, course.starts, course.ends, course.starts):
        note("again", NEVER_MEETS)
    if course.enrol_until is not None and course.enrol_until.date() > course.ends.date():
        note("enrol_until", ENROL_LATE)


def _again(words: str, note: Callable[[str, Text], None]) -> str:
    try:
        return cells.hours(words) if words else ""
    except Unfit:
        note("again", BAD_AGAIN)
        return ""


def _seats(words: str, note: Callable[[str, Text], None]) -> int | None:
    try:
        return cells.count(words) if words else None
    except Unfit:
        note("seats", BAD_SEATS)
        return None


def _moment(
    words: str, field: str, usual: time, note: Callable[[str, Text], None], today: date | None
) -> datetime | None:
    written = _day(words, field, note, today)
    return datetime.combine(written.day, written.begins or usual, HELSINKI) if written else None


def _day(words: str, field: str, note: Callable[[str, Text], None], today: date | None) -> _Written | None:
    """The day that was written; None for none, or for words that are no day."""
    found = _DAY.fullmatch(re.sub(r"[‐‑‒–—−]", "-", words)) if words else None
    if found is not None:
        day = _date(found["day"].replace(" ", ""), today)
        begins, ends = (_clock(found[name]) for name in ("from", "to"))
        if day and (begins or not found["from"]) and (ends or not found["to"]):
            return _Written(day, begins, ends)
    if words:
        note(field, BAD_DAY)
    return None


def _date(words: str, today: date | None) -> date | None:
    """The date; without a year the next one from ``today`` on."""
    try:
        if "-" in words or re.search(r"\d{4}", words):
            return cells.day(words)
        if today is None:
            return None
        day, month = (int(part) for part in words.rstrip(".").split("."))
        years = (today.year + ahead for ahead in range(9))  # The 29th of February may be far.
        return next((one for year in years if (one := _on(year, month, day)) and one >= today), None)
    except (Unfit, ValueError):
        return None


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(words: str, field: str, note: Callable[[str, Text], None]) -> time | None:
    found = _clock(words) if words else None
    if words and found is None:
        note(field, BAD_TIME)
    return found


def _clock(words: str | None) -> time | None:
    found = _TIME.fullmatch(words.strip()) if words else None
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
