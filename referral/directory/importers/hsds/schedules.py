"""Schedules of HSDS as opening hours: what repeats weekly, and what holds between two dates.

What repeats otherwise (monthly, every second week) has no place in opening hours and is left out by name.
"""

from collections.abc import Sequence
from datetime import date

from referral.directory.importers.record import Faults, Raw, day, text
from referral.directory.importers.rejected import Unfit
from referral.directory.importers.timetable import Rule, Span, span, week, written

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def opening_hours(schedules: Sequence[Raw], today: date, faults: Faults) -> str:
    """The schedules in ``opening_hours`` syntax; "" where there are none that can be said in it."""
    seasons: dict[tuple[date | None, date | None], dict[int, list[Span]]] = {}
    closed: list[Rule] = []
    for one in schedules:
        try:
            bounds = day(text(one, "valid_from")), day(text(one, "valid_to"))
            stretch = _stretch(one)
        except (Unfit, ValueError) as error:
            faults.note("schedules", text(one, "id"), str(error))
            continue
        if not _is_weekly(one):
            faults.note("schedules", text(one, "id"), "opening hours can only repeat every week")
        elif stretch is None and bounds[0] and bounds[1]:
            closed.append(Rule((), _days(one), *bounds))
        elif stretch is not None:
            for weekday in _days(one) or range(7):
                seasons.setdefault(bounds, {}).setdefault(weekday, []).append(stretch)
    ordinary = [rule for (first, last), days in seasons.items() for rule in week(days, first, last)]
    return written([*ordinary, *closed], today)


def _is_weekly(one: Raw) -> bool:
    return text(one, "freq") in ("", "WEEKLY") and text(one, "interval") in ("", "1")


def _stretch(one: Raw) -> Span | None:
    opens, closes = text(one, "opens_at"), text(one, "closes_at")
    return span(_clock(opens), _clock(closes)) if opens and closes else None


def _clock(said: str) -> str:
    """ "10:00:00+02:00" and "10:00Z" without what tells the zone: it is Finland's."""
    return said.partition("+")[0].rstrip("Zz")


def _days(one: Raw) -> frozenset[int]:
    """The weekdays of "MO,TU"; "1MO" is a weekday too. Unknown ones are passed over."""
    named = [part.strip().upper()[-2:] for part in text(one, "byday").split(",")]
    return frozenset(BYDAY.index(name) for name in named if name in BYDAY)
