"""Opening hours as formats without rules of their own can say them: weekdays, times, and dates.

The directory holds ``opening_hours`` syntax, in which a later rule takes the place of an earlier one.
Elsewhere each stretch of time stands by itself. So the rules are applied here, and what comes out is an
ordinary week and, for some dates, what holds instead. What the other formats could only say wrongly (months
of every year, the first Monday of a month, sunset) is not said at all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from referral.directory.importers.timetable import (
    ALWAYS,
    DAYS,
    MONTHS,
    WHOLE_DAY,
    Rule,
    Span,
    merged,
    minutes,
)
from referral.hours import LONGEST

_DATE = rf"\d{{4}} (?:{'|'.join(MONTHS)}) \d{{1,2}}"
_DAY = f"(?:{'|'.join(DAYS)})"
_WEEKDAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_RULE = re.compile(
    rf"(?:(?P<first>{_DATE})(?:-(?P<last>{_DATE}))?)?:? ?(?P<days>{_WEEKDAYS})? ?"
    rf'(?P<times>{_SPAN}(?:,{_SPAN})*|(?:24/7 )?closed|off|24/7)?(?: ?"(?P<note>[^"]*)")?'
)
_HOLIDAYS = ("PH closed", "PH off")
_FOR_EVER = date(9999, 12, 31)

_Day = tuple[tuple[Span, ...], str] | None
"""What holds on a weekday: the stretches (none of them is closed) and a note; None where nothing is said."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of time on some weekdays (Monday is 0), between two dates (None is without bound).

    ``span`` is in minutes from midnight, its end beyond 24 hours where it is open past midnight; None is
    closed. ``instead`` says that on these dates it takes the place of the ordinary week.
    """

    days: tuple[int, ...]
    span: Span | None
    first: date | None = None
    last: date | None = None
    note: str = ""
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """The stretches in order, the ordinary week first; ``shut_on_holidays`` is about public holidays."""

    stretches: tuple[Stretch, ...]
    shut_on_holidays: bool = False

    @property
    def always(self) -> bool:
        """Whether it is open around the clock, every day."""
        whole = Stretch(tuple(range(7)), (0, WHOLE_DAY))
        return self.stretches == (whole,) and not self.shut_on_holidays


@lru_cache(maxsize=8192)
def read(hours: str) -> Hours | None:
    """``hours`` in ``opening_hours`` syntax as stretches; None where they cannot be said so, or be read."""
    if not hours or len(hours) > LONGEST:
        return None
    try:
        written = str(OpeningHours(hours)).split("; ")
    except ParserError:
        return None
    rules, shut = [], False
    for number, one in enumerate(written):
        if one in _HOLIDAYS and number == len(written) - 1:
            shut = True
            continue
        rule = _rule(one)
        if rule is None:
            return None
        rules.append(rule)
    return Hours((*_week(_effective(rules)), *_exceptions(rules)), shut)


def _rule(words: str) -> Rule | None:
    found = _RULE.fullmatch(words)
    if found is None or not words:
        return None
    first = _date(found["first"]) if found["first"] else None
    last = _date(found["last"]) if found["last"] else first
    times = found["times"]
    if times in (None, ALWAYS):  # "Mo-Fr" alone is open all day.
        spans: tuple[Span, ...] = ((0, WHOLE_DAY),)
    elif times.endswith(("closed", "off")):
        spans = ()
    else:
        spans = merged(_span(part) for part in times.split(","))
    days = _weekdays(found["days"]) if found["days"] else frozenset(range(7))
    return Rule(spans, days, first, None if last == _FOR_EVER else last, found["note"] or "")


def _span(words: str) -> Span:
    start, _, end = words.partition("-")
    first, last = (
        minutes(start),
        sum(int(part) * size for part, size in zip(end.split(":"), (60, 1), strict=True)),
    )
    return first, last if last > first else last + WHOLE_DAY


def _date(words: str) -> date:
    year, month, day = words.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


def _weekdays(words: str) -> frozenset[int]:
    found: set[int] = set()
    for part in words.split(","):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found.update(day % 7 for day in range(start, end + (8 if end < start else 1)))
    return frozenset(found)


def _effective(rules: Iterable[Rule], first: date | None = None) -> list[_Day]:
    """What each weekday has by the rules without dates, and those that hold on ``first`` where it is given."""
    week: list[_Day] = [None] * 7
    for rule in rules:
        dated = rule.first is not None
        holds = not dated or (first is not None and _holds(rule, first))
        if holds:
            for day in rule.days:
                week[day] = rule.spans, rule.note
    return week


def _holds(rule: Rule, day: date) -> bool:
    return rule.first is not None and rule.first <= day and (rule.last is None or day <= rule.last)


def _week(week: Sequence[_Day]) -> list[Stretch]:
    """The open stretches of a week; days that are alike share one."""
    alike: dict[tuple[tuple[Span, ...], str], list[int]] = {}
    for day, what in enumerate(week):
        if what and what[0]:
            alike.setdefault(what, []).append(day)
    return [Stretch(tuple(days), span, note=note) for (spans, note), days in alike.items() for span in spans]


def _exceptions(rules: Sequence[Rule]) -> Iterable[Stretch]:
    """What holds between two dates instead of the ordinary week, as a whole week each."""
    ordinary = _effective(rules)
    for first, last in _periods(rules):
        week = _effective(rules, first)
        days = (
            range(7)
            if last is None
            else {(first + timedelta(n)).weekday() for n in range(min((last - first).days + 1, 7))}
        )
        week = [what if day in days else None for day, what in enumerate(week)]
        if all(week[day] == ordinary[day] for day in days):
            continue
        instead = any(what and what[0] for what in ordinary)
        yield from (replace(one, first=first, last=last, instead=instead) for one in _week(week))
        closed = tuple(day for day in days if _is_shut(week[day], ordinary[day], instead))
        if closed:
            yield Stretch(tuple(sorted(closed)), None, first, last, instead=instead)


def _is_shut(now: _Day, ordinary: _Day, instead: bool) -> bool:
    """Whether it has to be said that a day is closed: it would be open, or nothing else is known of it."""
    if now and now[0]:
        return False
    return bool(ordinary and ordinary[0]) if instead else now is not None


def _periods(rules: Sequence[Rule]) -> list[tuple[date, date | None]]:
    """The stretches of dates in each of which the same rules with dates hold, in order."""
    dated = [rule for rule in rules if rule.first is not None]
    edges = sorted(
        {rule.first for rule in dated if rule.first}
        | {rule.last + timedelta(1) for rule in dated if rule.last}
    )
    periods: list[tuple[date, date | None]] = []
    for number, first in enumerate(edges):
        last = edges[number + 1] - timedelta(1) if number + 1 < len(edges) else None
        if any(_holds(rule, first) for rule in dated):
            periods.append((first, last))
    return periods
