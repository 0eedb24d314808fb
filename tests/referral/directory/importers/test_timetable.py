"""What a register's times become, read back by the program that answers with them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from referral.directory.importers.timetable import Rule, calendar, minutes, span, week, written
from referral.hours import LONGEST, fault

MONDAY = date(2026, 11, 23)
NINE_TO_THREE = (9 * 60, 15 * 60)


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ([], ""),
        (week({day: [NINE_TO_THREE] for day in range(5)}), "Mo-Fr 09:00-15:00"),
        (week({0: [NINE_TO_THREE], 2: [NINE_TO_THREE]}), "Mo,We 09:00-15:00"),
        (week({day: [(0, 1440)] for day in range(7)}), "24/7"),
        (week({4: [(22 * 60, 28 * 60)]}), "Fr 22:00-28:00"),
        (week({0: [(540, 720), (780, 900)]}), "Mo 09:00-12:00,13:00-15:00"),
        (week({0: [(540, 720), (720, 900)]}), "Mo 09:00-15:00"),
        ([Rule((), frozenset(), date(2026, 12, 24), date(2026, 12, 24))], "2026 Dec 24 off"),
        ([Rule((), frozenset(), date(2026, 12, 24), date(2026, 12, 26))], "2026 Dec 24-2026 Dec 26 off"),
        ([Rule((), frozenset(), date(2026, 11, 1), date(2026, 11, 22))], ""),
        ([Rule((NINE_TO_THREE,), frozenset({0}), date(2025, 1, 1))], "Mo 09:00-15:00"),
        ([Rule((NINE_TO_THREE,), frozenset({0}), date(2027, 1, 1))], "2027 Jan 01+ Mo 09:00-15:00"),
        ([Rule((NINE_TO_THREE,), frozenset({0}), note="by appointment")], 'Mo 09:00-15:00 "by appointment"'),
    ],
)
def test_rules_as_text(rules: list[Rule], text: str) -> None:
    assert written(rules, MONDAY) == text
    assert not text or fault(text) == ""


def test_a_day_stands_after_the_season_that_it_lies_in() -> None:
    rules = [
        Rule((), frozenset(), date(2026, 12, 6), date(2026, 12, 6)),
        Rule(((600, 840),), frozenset(), date(2026, 12, 1), date(2026, 12, 31)),
    ]
    assert written(rules, MONDAY) == "2026 Dec 01-2026 Dec 31 10:00-14:00; 2026 Dec 06 off"


def test_the_days_furthest_ahead_are_left_out_first() -> None:
    days = [MONDAY + timedelta(days=2 * step) for step in range(200)]
    text = written([Rule((), frozenset(), day, day) for day in days], MONDAY)
    assert len(text) <= LONGEST
    assert text.startswith("2026 Nov 23 off; 2026 Nov 25 off")


@pytest.mark.parametrize("clock", ["", "nine", "25:00", "9:60", "24:01", "-1:00"])
def test_no_time_of_the_clock(clock: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the words differ)
        minutes(clock)


def test_an_end_that_is_not_later_is_on_the_next_day() -> None:
    assert span("22:00", "04:00") == (22 * 60, 28 * 60)
    assert span("00:00:00", "24:00:00") == (0, 1440)


stretches = st.lists(
    st.tuples(st.integers(0, 47), st.integers(1, 12)).map(
        lambda one: (one[0] * 30, min(1440, (one[0] + one[1]) * 30))
    ),
    max_size=3,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(stretches, min_size=7, max_size=21))
def test_a_calendar_says_every_day_what_the_register_said(days: list[list[tuple[int, int]]]) -> None:
    """Minute by minute, except for exceptions that found no room."""
    told = {MONDAY + timedelta(days=step): spans for step, spans in enumerate(days)}
    text = calendar(told, MONDAY)
    assert len(text) <= LONGEST
    if not text:
        assert not any(spans for spans in days)
        return
    hours = OpeningHours(text)
    if len(text) > LONGEST - 60:
        return
    for day, spans in told.items():
        for half_hour in range(48):
            at = datetime(day.year, day.month, day.day, half_hour // 2, half_hour % 2 * 30 + 15)  # noqa: DTZ001
            is_open = any(start <= half_hour * 30 + 15 < end for start, end in spans)
            assert hours.is_open(at) == is_open, (text, at)
