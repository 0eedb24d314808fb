"""Courses: shown until they end, to those whom they are for, and as a calendar file."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from referral.directory.calendar_file import calendar_file
from referral.directory.training import can_enrol, is_dated, is_over, sessions, upcoming
from referral.hours import HELSINKI
from referral.model import Form, Offer
from tests.referral.supply import offer


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


def course(id: str = "course", **changes: Any) -> Offer:
    plain = {"form": Form.TRAINING, "starts": at(12, 1, 13), "ends": at(12, 1, 15)}
    return offer(id, **{**plain, **changes})


MONTHLY = {
    "starts": at(9, 2, 17),
    "ends": datetime(2027, 5, 31, 0, 0, tzinfo=HELSINKI),
    "hours": "We[1] 17:00-19:00",
}


@pytest.mark.parametrize(
    ("now", "over"),
    [(at(11, 1, 9), False), (at(12, 1, 14, 59), False), (at(12, 1, 15), True), (at(12, 2, 9), True)],
)
def test_a_course_is_shown_until_it_ends(now: datetime, over: bool) -> None:
    assert is_over(course(), now) is over
    assert (upcoming([course()], now) == ()) is over
    assert (sessions(course(), now) == ()) is over


def test_without_an_end_it_is_shown_on_its_day() -> None:
    open_ended = course(ends=None)
    assert not is_over(open_ended, at(12, 1, 23))
    assert is_over(open_ended, at(12, 2, 0))


def test_a_monthly_session_is_one_row_that_meets_again_and_again() -> None:
    monthly = course(**MONTHLY)
    found = sessions(monthly, at(11, 23, 10))
    assert [one.starts for one in found[:2]] == [at(12, 2, 17), datetime(2027, 1, 6, 17, 0, tzinfo=HELSINKI)]
    assert len(found) == 6
    assert all(one.ends - one.starts == timedelta(hours=2) for one in found)
    # What has begun and not ended is still to come.
    assert sessions(monthly, at(12, 2, 18))[0].starts == at(12, 2, 17)
    assert sessions(monthly, at(12, 2, 19))[0].starts.year == 2027


def test_the_next_comes_first() -> None:
    later, sooner = course("later", starts=at(12, 5, 9), ends=at(12, 5, 10)), course("sooner")
    monthly = course("monthly", **MONTHLY)
    assert [one.id for one in upcoming([later, monthly, sooner], at(11, 23, 10))] == [
        "sooner",
        "monthly",
        "later",
    ]


def test_citizens_are_never_sent_to_what_is_for_supporters() -> None:
    both = [course("ours"), course("theirs", audience=("supporters",))]
    assert [one.id for one in upcoming(both, at(11, 1, 9))] == ["ours"]
    assert {one.id for one in upcoming(both, at(11, 1, 9), "supporters")} == {"ours", "theirs"}


def test_what_has_no_date_is_no_event() -> None:
    standing = offer("standing", form=Form.TRAINING)
    assert not is_dated(standing)
    assert upcoming([standing, offer("place", starts=at(12, 1, 9))], at(11, 1, 9)) == ()
    assert sessions(standing, at(11, 1, 9)) == ()


def test_until_when_one_may_enrol() -> None:
    assert can_enrol(course(), at(11, 1, 9)) is None
    until = course(enrol_until=at(11, 28, 23))
    assert can_enrol(until, at(11, 28, 22)) is True
    assert can_enrol(until, at(11, 28, 23)) is False


def test_hours_that_cannot_be_read_leave_the_course_itself() -> None:
    (session,) = sessions(course(hours="joskus"), at(11, 1, 9))
    assert (session.starts, session.ends) == (at(12, 1, 13), at(12, 1, 15))


def unfolded(content: bytes) -> list[str]:
    text = content.decode()
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_file() -> None:
    long = "Opitaan puhelimen käyttöä; tuo oma, ladattu puhelin. Äidit, isät ja mummot: tervetuloa.\nKahvia."
    made = course(
        descriptions={"fi": long},
        street="Jäämerentie 1",
        postcode="99600",
        locality="Sodankylä",
        url="https://kurssit.example/1",
    )
    lines = unfolded(calendar_file(made, sessions(made, at(11, 23, 10)), "sv", at(11, 23, 10)))
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTART;TZID=Europe/Helsinki:20261201T130000" in lines
    assert "DTEND;TZID=Europe/Helsinki:20261201T150000" in lines
    assert "DTSTAMP:20261123T080000Z" in lines
    assert "UID:course-202612011300@digituki" in lines
    assert "LOCATION:Jäämerentie 1\\, 99600\\, Sodankylä" in lines
    (description,) = [line for line in lines if line.startswith("DESCRIPTION:")]
    escaped = long.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    assert description == f"DESCRIPTION:{escaped}"


def test_each_session_is_an_event_in_the_calendar() -> None:
    monthly = course(**MONTHLY)
    lines = unfolded(calendar_file(monthly, sessions(monthly, at(11, 23, 10)), "fi", at(11, 23, 10)))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 6
    assert len({line for line in lines if line.startswith("UID:")}) == 6
