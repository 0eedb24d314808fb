"""Opening hours of the register as rules of a timetable.

An ordinary set holds weekdays, each with its times; a set over midnight runs from a time of one weekday
to a time of another; an exception replaces the ordinary hours on its dates. An exception on one day may
also reach past midnight, where its end is not after its start.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from referral.directory.importers.ptv.model import Hours, Times
from referral.directory.importers.rejected import Unfit
from referral.directory.importers.timetable import WHOLE_DAY, Rule, Span, minutes, span, week, written

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BY_APPOINTMENT = "by appointment"
_FIX = "Correct the hours in the register."


def opening_hours(sets: Iterable[Hours], today: date) -> str:
    """The sets in ``opening_hours`` syntax, "" for none. Raises Unfit for times that are no times."""
    every = list(sets)
    ordinary = [one for one in every if one.kind != "exception"]
    exceptions = [one for one in every if one.kind == "exception"]
    rules = [rule for one in _joined(ordinary) for rule in one]
    return written([*rules, *(_exception(one) for one in exceptions if one.first)], today)


def _joined(sets: Sequence[Hours]) -> Iterable[list[Rule]]:
    """Sets for the same dates are one week: an ordinary set and one over midnight add up."""
    seasons = dict.fromkeys((one.first, one.last, one.reservation) for one in sets)
    for first, last, reservation in seasons:
        days: dict[int, list[Span]] = {}
        for one in sets:
            if (one.first, one.last, one.reservation) == (first, last, reservation):
                for day, stretch in _stretches(one):
                    days.setdefault(day, []).append(stretch)
        note = BY_APPOINTMENT if reservation else ""
        rules = week(days, first, last)
        yield [Rule(rule.spans, rule.days, rule.first, rule.last, note) for rule in rules]


def _stretches(one: Hours) -> Iterable[tuple[int, Span]]:
    if one.closed:
        return
    if one.always:
        yield from ((day, (0, WHOLE_DAY)) for day in range(7))
        return
    for times in one.times:
        yield from _over_midnight(times) if one.kind == "over_midnight" else _same_day(times)


def _same_day(times: Times) -> Iterable[tuple[int, Span]]:
    first = _weekday(times.first_day)
    last = _weekday(times.last_day) if times.last_day else first
    for step in range((last - first) % 7 + 1):
        yield (first + step) % 7, _span(times)


def _over_midnight(times: Times) -> Iterable[tuple[int, Span]]:
    """From one weekday's time to another's, a stretch for each day that it touches."""
    first = _weekday(times.first_day)
    last = _weekday(times.last_day) if times.last_day else (first + 1) % 7
    start, end = _minutes(times.start), _minutes(times.end)
    nights = (last - first) % 7
    if nights == 0 and end <= start:
        nights = 7
    if nights == 1 and end < start:
        yield first, (start, end + WHOLE_DAY)
        return
    for step in range(nights + 1):
        stretch = (start if step == 0 else 0, end if step == nights else WHOLE_DAY)
        if stretch[0] < stretch[1]:
            yield (first + step) % 7, stretch


def _exception(one: Hours) -> Rule:
    first = one.first or date.min
    last = one.last or first
    if last < first:
        raise Unfit("an exception ends before it begins", _FIX)
    if one.closed or (not one.times and not one.always):
        return Rule((), frozenset(), first, last)
    if one.always:
        return Rule(((0, WHOLE_DAY),), frozenset(), first, last)
    named = {_weekday(times.first_day) for times in one.times if times.first_day}
    days = frozenset() if len(_dates(first, last)) <= 7 and len(named) <= 1 else frozenset(named)
    spans = tuple(sorted({_span(times) for times in one.times}))
    return Rule(spans, days, first, last, BY_APPOINTMENT if one.reservation else "")


def _dates(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range(min((last - first).days, 400) + 1)]


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise Unfit(f"{name!r} is no weekday", _FIX)
    return WEEKDAYS.index(name)


def _minutes(clock: str) -> int:
    try:
        return minutes(clock)
    except ValueError as error:
        raise Unfit(str(error), _FIX) from None


def _span(times: Times) -> Span:
    try:
        return span(times.start, times.end)
    except ValueError as error:
        raise Unfit(str(error), _FIX) from None
