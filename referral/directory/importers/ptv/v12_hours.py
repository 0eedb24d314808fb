"""The six kinds of opening hours of version 12 of the register's interface, as our sets of hours."""

from collections.abc import Iterator
from datetime import date, timedelta

from referral.directory.importers.ptv.model import Hours, Times
from referral.directory.importers.ptv.opening import WEEKDAYS
from referral.directory.importers.record import Raw, day, part, parts, text

CLOSED, BY_APPOINTMENT = "Closed", "OpenOnReservation"
EVERY_WEEK = ("", "Weekly")
"""Hours of odd or even weeks only are left out: told of every week they would be wrong in every second."""

LONGEST_EXCEPTION = 62
"""Days of an exception that are told one by one; a longer one is a season, and its end stays ordinary."""


def hours(raw: Raw) -> tuple[Hours, ...]:
    """The sets of ``serviceHours``; () for none. Raises Unfit for a date that is none."""
    return tuple(found for one in parts(raw, "hours") for found in _sets(one))


def _sets(raw: Raw) -> Iterator[Hours]:
    kind = text(raw, "type")
    first, last = day(text(raw, "fromDate")), day(text(raw, "toDate"))
    reservation = text(raw, "openingStatus") == BY_APPOINTMENT
    if kind == "ContinuousAlwaysValidServiceHour":
        yield Hours("week", first, last, False, True, reservation, ())
    elif kind.startswith("Continuous"):
        through = Times(*(text(raw, name) for name in ("fromDay", "toDay", "fromTime", "toTime")))
        yield Hours("over_midnight", first, last, False, False, reservation, (through,))
    elif kind.startswith("Weekly"):
        for asked in (False, True):
            times = tuple(
                Times(name, "", start, end)
                for name in WEEKDAYS
                for status, start, end in _stretches(raw, name)
                if (status == BY_APPOINTMENT) is asked
            )
            if times:
                yield Hours("week", first, last, False, False, asked, times)
    elif kind == "ExceptionalDateRangeServiceHour" and first:
        yield from _exceptions(raw, first, last or first)


def _exceptions(raw: Raw, first: date, last: date) -> Iterator[Hours]:
    """A set for each date of the exception of whose weekday it speaks."""
    days = min((last - first).days + 1, LONGEST_EXCEPTION)
    for when in (first + timedelta(days=step) for step in range(days)):
        name = WEEKDAYS[when.weekday()]
        stretches = list(_stretches(raw, name))
        times = tuple(Times(name, "", start, end) for status, start, end in stretches if status != CLOSED)
        asked = bool(times) and all(status in (BY_APPOINTMENT, CLOSED) for status, _, _ in stretches)
        if stretches:
            yield Hours("exception", when, when, not times, False, asked, times)


def _stretches(raw: Raw, name: str) -> Iterator[tuple[str, str, str]]:
    """Status, beginning and end of each stretch of a weekday."""
    for one in parts(part(part(raw, "weeklyHours"), name.lower()), "hours"):
        if text(one, "repetition") in EVERY_WEEK:
            yield text(one, "openingStatus"), text(one, "start"), text(one, "end")
