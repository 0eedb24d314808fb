"""Opening hours: holidays, clocks that change, nights, slips, and how all of it is said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.text import Text, say
from referral.hours import HELSINKI, UNKNOWN, fault, in_words, opening
from referral.model import Opening

LIBRARY = "Mo-Fr 09:00-20:00; Sa 10:00-16:00; PH off"


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("hours", "now", "state", "changes"),
    [
        (LIBRARY, at(2026, 11, 23, 10), "open", at(2026, 11, 23, 20)),
        (LIBRARY, at(2026, 11, 23, 9), "open", at(2026, 11, 23, 20)),
        (LIBRARY, at(2026, 11, 23, 8, 59), "closed", at(2026, 11, 23, 9)),
        (LIBRARY, at(2026, 11, 23, 20), "closed", at(2026, 11, 24, 9)),
        (LIBRARY, at(2026, 11, 21, 18), "closed", at(2026, 11, 23, 9)),
        # Independence Day, Christmas, Midsummer, Epiphany, Ascension Day, All Saints' Day.
        (LIBRARY, at(2027, 12, 6), "closed", at(2027, 12, 7, 9)),
        (LIBRARY, at(2026, 12, 25), "closed", at(2026, 12, 28, 9)),
        (LIBRARY, at(2026, 6, 20), "closed", at(2026, 6, 22, 9)),
        (LIBRARY, at(2027, 1, 6), "closed", at(2027, 1, 7, 9)),
        (LIBRARY, at(2026, 5, 14), "closed", at(2026, 5, 15, 9)),
        (LIBRARY, at(2026, 10, 31), "closed", at(2026, 11, 2, 9)),
        # The night of the longer and of the shorter day.
        ("Mo-Su 22:00-04:00", at(2026, 10, 24, 23), "open", at(2026, 10, 25, 4)),
        ("Mo-Su 22:00-04:00", at(2026, 10, 25, 1), "open", at(2026, 10, 25, 4)),
        ("Mo-Su 22:00-06:00", at(2027, 3, 28, 5), "open", at(2027, 3, 28, 6)),
        ("Mo-Su 08:00-10:00", at(2027, 3, 27, 22), "closed", at(2027, 3, 28, 8)),
        # Past midnight belongs to the evening before.
        ("Fr 18:00-02:00", at(2026, 11, 28, 1), "open", at(2026, 11, 28, 2)),
        ("Fr 18:00-02:00", at(2026, 11, 28, 3), "closed", at(2026, 12, 4, 18)),
        ("Mo-Th 12:00-24:00", at(2026, 11, 23, 23, 30), "open", at(2026, 11, 24, 0)),
        # Several times a day, the first Monday of a month, a season.
        ("Mo-Fr 08:00-11:00,13:00-15:00", at(2026, 11, 23, 12), "closed", at(2026, 11, 23, 13)),
        ("Mo[1] 10:00-12:00", at(2026, 11, 23), "closed", at(2026, 12, 7, 10)),
        ("Jun-Aug Mo 10:00-12:00", at(2026, 11, 23), "closed", at(2027, 6, 7, 10)),
        ('Mo 09:00-12:00 "by appointment", Mo 12:00-15:00', at(2026, 11, 23, 10), "open", at(2026, 11, 23, 15)),
        ("24/7", at(2026, 11, 23), "open", None),
        ("off", at(2026, 11, 23), "closed", None),
        ("2020 Mo 10:00-12:00", at(2026, 11, 23), "closed", None),
        ("unknown", at(2026, 11, 23), "unknown", None),
        ("", at(2026, 11, 23), "unknown", None),
        ("ma-pe 9-15", at(2026, 11, 23), "unknown", None),
        ("Mo-Fr 25:00-99:00", at(2026, 11, 23), "unknown", None),
        ("Mo" * 5000, at(2026, 11, 23), "unknown", None),
    ],
)  # fmt: skip
def test_state_and_next_change(hours: str, now: datetime, state: str, changes: datetime | None) -> None:
    assert opening(hours, now) == Opening(state, changes)


@pytest.mark.parametrize(
    ("night", "hours_open"),
    [(at(2026, 10, 24, 22), 7), (at(2026, 10, 26, 22), 6), (at(2027, 3, 27, 22), 5)],
)
def test_a_night_lasts_as_long_as_the_clock_makes_it(night: datetime, hours_open: int) -> None:
    """22 to 4 is seven hours when the clock is put back, and five when it is put forward."""
    closes = opening("Mo-Su 22:00-04:00", night).changes
    assert closes is not None
    assert closes.astimezone(UTC) - night.astimezone(UTC) == timedelta(hours=hours_open)


def test_any_zone_is_the_same_moment() -> None:
    here = at(2026, 11, 23, 10)
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        assert opening(LIBRARY, here.astimezone(ZoneInfo(zone))) == opening(LIBRARY, here)


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: at(2026, 1, 1, 0) + timedelta(minutes=minutes)
)
WRITTEN = st.sampled_from(
    (LIBRARY, "Mo-Su 22:00-04:00", "Mo[1] 10:00-12:00", "Tu 13:00-15:00; PH off", "Sa-Su 00:00-24:00")
)


@given(WRITTEN, MOMENTS)
def test_the_next_change_is_ahead_and_changes_something(hours: str, now: datetime) -> None:
    found = opening(hours, now)
    assert found.state in ("open", "closed")
    assert found.changes is not None
    assert found.changes.timestamp() > now.timestamp()
    assert opening(hours, found.changes).state != found.state
    just_before = found.changes.astimezone(UTC) - timedelta(minutes=1)
    if just_before.timestamp() >= now.timestamp():
        assert opening(hours, just_before).state == found.state


@given(st.text(max_size=60), MOMENTS)
def test_no_text_stops_an_answer(hours: str, now: datetime) -> None:
    found = opening(hours, now)
    assert found.state in ("open", "closed", "unknown")
    assert fault(hours) == "" or found == UNKNOWN


def test_a_fault_is_told() -> None:
    assert fault(LIBRARY) == ""
    assert fault("ma-pe 9-15")
    assert "\n" not in fault("ma-pe 9-15")
    assert "1000" in fault("Mo" * 5000)


@pytest.mark.parametrize(
    ("hours", "now", "words"),
    [
        (LIBRARY, at(2026, 11, 23, 10), say("open today until {time}", time=time(20))),
        (LIBRARY, at(2026, 11, 23, 7), say("opens at {time}", time=time(9))),
        (LIBRARY, at(2026, 11, 23, 21), say("opens tomorrow at {time}", time=time(9))),
        (LIBRARY, at(2026, 11, 21, 17), say("opens {day} at {time}", day=date(2026, 11, 23), time=time(9))),
        ("Mo 10:00-11:00", at(2026, 11, 24), say("opens {day} at {time}", day=date(2026, 11, 30), time=time(10))),
        ("Mo 10:00-11:00", at(2026, 11, 23), say("opens on {date} at {time}", date=date(2026, 11, 30), time=time(10))),
        ("Mo-Su 18:00-24:00", at(2026, 11, 23, 20), say("open today until midnight")),
        ("Mo-Su 18:00-02:00", at(2026, 11, 23, 20), say("open now until {time}", time=time(2))),
        ("Mo-Su 18:00-02:00", at(2026, 11, 24, 1), say("open today until {time}", time=time(2))),
        ("Mo 08:00-We 08:00", at(2026, 11, 23, 20), say("hours not known")),
        ("Sa-Su 00:00-24:00", at(2026, 11, 28, 0), say("open now")),
        ("24/7", at(2026, 11, 23), say("open around the clock")),
        ("off", at(2026, 11, 23), say("closed for now")),
        ("", at(2026, 11, 23), say("hours not known")),
    ],
)  # fmt: skip
def test_in_words(hours: str, now: datetime, words: Text) -> None:
    assert in_words(opening(hours, now), now) == words


def test_an_hour_before_midnight_in_utc_is_tomorrow_here() -> None:
    """The words go by the Finnish day, whatever zone the clock is read in."""
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Half past one on Monday in Finland.
    assert in_words(opening(LIBRARY, now), now) == say("opens at {time}", time=time(9))
