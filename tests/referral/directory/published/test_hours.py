"""Opening hours as stretches: what they say is what the rules say, day by day, or they say nothing."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from referral.directory.importers.timetable import Rule, merged, undated, written
from referral.directory.published.hours import Hours, Stretch, read

TODAY = date(2026, 11, 23)
SEEN = 400


def open_by_rules(hours: str) -> list[tuple[datetime, datetime]]:
    """When it is open by the clock, by the library that the answers are made with."""
    start = datetime.combine(TODAY, time(0))
    found = OpeningHours(hours).intervals(start, start + timedelta(days=SEEN))
    return joined((a, b) for a, b, state, _ in found if state == State.OPEN)


def open_by_stretches(hours: Hours) -> list[tuple[datetime, datetime]]:
    """When it is open, as somebody reads the stretches: those with dates before those without."""
    found = []
    for number in range(-1, SEEN):
        day = TODAY + timedelta(days=number)
        on_day = [one for one in hours.stretches if day.weekday() in one.days and holds(one, day)]
        chosen = [one for one in on_day if one.first or one.last] or on_day
        midnight = datetime.combine(day, time(0))
        for one in chosen:
            if one.span:
                start, end = (midnight + timedelta(minutes=minute) for minute in one.span)
                found.append((start, end))
    first = datetime.combine(TODAY, time(0))
    last = first + timedelta(days=SEEN)
    return joined((max(a, first), min(b, last)) for a, b in found if b > first and a < last)


def holds(one: Stretch, day: date) -> bool:
    return (one.first is None or one.first <= day) and (one.last is None or day <= one.last)


def joined(found: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Stretches that touch made one."""
    whole: list[tuple[datetime, datetime]] = []
    for start, end in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return whole


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    quarters = sorted(draw(st.sets(st.integers(0, 96), min_size=0, max_size=4)))
    spans = [(a * 15, b * 15) for a, b in zip(quarters[::2], quarters[1::2], strict=False)]
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    first = draw(st.none() | st.integers(0, 300))
    if first is None:
        return Rule(merged(spans), days)
    begins = TODAY + timedelta(days=first)
    length = draw(st.none() | st.integers(0, 60))
    return Rule(merged(spans), days, begins, None if length is None else begins + timedelta(days=length))


@given(st.lists(rules(), min_size=1, max_size=6))
def test_stretches_say_what_the_rules_say(found: list[Rule]) -> None:
    hours = written(found, TODAY)
    said = read(hours)
    assert said is not None, hours
    assert open_by_stretches(said) == open_by_rules(hours), hours


@given(st.lists(rules(), min_size=1, max_size=5))
def test_a_later_rule_replaces_an_earlier_one_in_any_order(found: list[Rule]) -> None:
    hours = "; ".join(written([rule], TODAY) if rule.first else undated([rule]) for rule in found)
    said = read(hours)
    assert said is not None, hours
    assert open_by_stretches(said) == open_by_rules(hours), hours


WEEK = Stretch((0, 1, 2, 3, 4), (9 * 60, 15 * 60))


@pytest.mark.parametrize(
    ("hours", "stretches"),
    [
        ("Mo-Fr 09:00-15:00", (WEEK,)),
        ("Mo-Fr 09:00-15:00; PH off", (WEEK,)),
        ("24/7", (Stretch(tuple(range(7)), (0, 24 * 60)),)),
        ("Mo-Fr 00:00-24:00", (Stretch(WEEK.days, (0, 24 * 60)),)),
        ("Fr 22:00-02:00", (Stretch((4,), (22 * 60, 26 * 60)),)),
        ("Sa-Mo 10:00-12:00", (Stretch((0, 5, 6), (600, 720)),)),
        ('Mo-Fr 09:00-15:00 "ajanvaraus"', (Stretch(WEEK.days, WEEK.span, note="ajanvaraus"),)),
        (
            "Mo-Fr 09:00-15:00; 2026 Dec 24 off",
            (WEEK, Stretch((3,), None, date(2026, 12, 24), date(2026, 12, 24), instead=True)),
        ),
        ("2026 Dec 24 off", (Stretch((3,), None, date(2026, 12, 24), date(2026, 12, 24)),)),
    ],
)
def test_hours_are_read(hours: str, stretches: tuple[Stretch, ...]) -> None:
    said = read(hours)
    assert said is not None
    assert said.stretches == stretches
    assert said.shut_on_holidays == hours.endswith("PH off")
    assert said.always == (hours == "24/7")


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "milloin vain",
        "Jun-Aug Mo-Fr 09:00-15:00",
        "Mo[1] 10:00-12:00",
        "Mo-Fr 08:00+",
        "Mo-Fr sunrise-sunset",
        "Mo-Fr 09:00-15:00 unknown",
        "PH 10:00-12:00",
        "PH off; Mo-Fr 09:00-15:00",
        'Mo-Fr 09:00-15:00 || "ask"',
        "Mo-Fr 09:00-15:00, Mo 17:00-19:00",
        "week 1-53/2 Mo 09:00-15:00",
        "Mo-Fr 09:00-15:00; " * 100,
    ],
)
def test_what_could_only_be_said_wrongly_is_not_said(hours: str) -> None:
    assert read(hours) is None
