"""A course as its provider writes it: days and times as people write them, and every fault at its field."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.text import Text
from referral.directory import course
from referral.directory.course import Course
from referral.directory.importers.monthly import in_words, monthly
from referral.hours import HELSINKI, fault

TODAY = date(2026, 11, 23)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI)


def read(fields: Mapping[str, str], today: date | None = TODAY) -> Course | dict[str, Text] | None:
    """The course, None, or what is wrong by field."""
    faults: dict[str, Text] = {}

    def fault(field: str, sentence: Text) -> None:
        faults.setdefault(field, sentence)

    found = course.read(lambda name: fields.get(name, ""), fault, today)
    return faults or found


def told(**fields: str) -> Course | dict[str, Text] | None:
    return read(fields)


AFTERNOON = Course(at(2026, 12, 3, 13), at(2026, 12, 3, 15))


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": "2026-12-03", "starts_time": "13:00", "ends_time": "15:00"},
        {"starts": "3.12.2026", "starts_time": "13", "ends_time": "klo 15"},
        {"starts": "3.12. klo 13", "ends_time": "15.00"},
        {"starts": "3.12. klo 13–15"},
        {"starts": "to 3.12.2026 klo 13.00-15.00"},
        {"starts": "torsdag 3.12.2026 kl. 13–15"},
        {"starts": "3. 12. 2026, 13–15"},
        {"starts": "2026-12-03T13:00", "ends": "2026-12-03T15:00"},
        {"starts": "3.12.", "starts_time": "13.00", "ends": "3.12.", "ends_time": "15.00"},
    ],
)
def test_days_are_read_as_people_write_them(fields: dict[str, str]) -> None:
    assert read(fields) == AFTERNOON


def test_a_day_without_a_year_is_the_next_one() -> None:
    found = told(starts="5.1. klo 13–15")
    assert isinstance(found, Course)
    assert found.starts == at(2027, 1, 5, 13)
    assert read({"starts": "5.1. klo 13–15"}, None) == {"starts": course.BAD_DAY}


def test_a_monthly_session_is_one_course() -> None:
    found = told(
        starts="1.12.2026",
        ends="25.5.2027",
        again="joka kuun 1. tiistai klo 13–15",
        enrol_until="30.11.2026",
        seats="12",
        audience="supporters",
    )
    assert found == Course(
        at(2026, 12, 1),
        at(2027, 5, 25, 23, 59),
        "Tu[1] 13:00-15:00",
        at(2026, 11, 30, 23, 59),
        12,
        "supporters",
    )


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("starts", {"ends_time": "15"}),
        ("starts", {"audience": "supporters"}),
        ("starts", {"starts": "joulukuussa", "ends_time": "15"}),
        ("starts", {"starts": "31.2.2026 klo 13–15"}),
        ("starts", {"starts": "3.11.2026 klo 13–15"}),
        ("starts_time", {"starts": "3.12.2026", "ends_time": "15"}),
        ("starts_time", {"starts": "3.12.2026", "starts_time": "iltapäivällä", "ends_time": "15"}),
        ("ends_time", {"starts": "3.12.2026", "starts_time": "13"}),
        ("ends_time", {"starts": "3.12.2026", "starts_time": "13", "ends_time": "25"}),
        ("ends_time", {"starts": "3.12.2026", "starts_time": "13", "ends_time": "12"}),
        ("ends", {"starts": "3.12.2026 klo 13", "ends": "2.12.2026 klo 15"}),
        ("ends", {"starts": "3.12.2026", "again": "ti 13–15"}),
        ("again", {"starts": "3.12.2026", "ends": "3.5.2027", "again": "parittomina viikkoina"}),
        ("again", {"starts": "2.12.2026", "ends": "5.12.2026", "again": "ma 13–15"}),
        ("enrol_until", {"starts": "3.12.2026 klo 13–15", "enrol_until": "9.12.2026"}),
        ("enrol_until", {"starts": "3.12.2026 klo 13–15", "enrol_until": "pian"}),
        ("seats", {"starts": "3.12.2026 klo 13–15", "seats": "monta"}),
        ("audience", {"starts": "3.12.2026 klo 13–15", "audience": "kaikki"}),
    ],
)
def test_a_fault_stands_at_its_field(field: str, fields: dict[str, str]) -> None:
    found = read(fields)
    assert isinstance(found, dict)
    assert list(found) == [field]


def test_nothing_told_is_no_course() -> None:
    assert told() is None
    assert told(audience="citizens") is None


MINUTES = st.integers(0, 2 * 365 * 24 * 60).map(lambda count: at(2026, 12, 1) + timedelta(minutes=count))


@given(
    st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]),
    st.none() | st.integers(1, 500),
    st.sampled_from(["citizens", "supporters"]),
    st.booleans(),
)
def test_a_course_is_read_again_the_same(
    span: tuple[datetime, datetime], seats: int | None, audience: str, has_end: bool
) -> None:
    one = Course(*span, "", span[0] if has_end else None, seats, audience)
    fields = course.fields_of(one)
    assert read(fields) == one


@given(st.dictionaries(st.sampled_from(course.FIELDS), st.text(max_size=30)))
def test_no_words_bring_it_down(fields: dict[str, str]) -> None:
    found = read(fields)
    if isinstance(found, Course):
        assert read(course.fields_of(found)) == found


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("joka kuun 1. tiistai klo 13–15", "Tu[1] 13:00-15:00"),
        ("Kuukauden viimeinen perjantai 9.30–12", "Fr[-1] 09:30-12:00"),
        ("joka kuun 1. ja 3. tiistaina klo 13–15", "Tu[1,3] 13:00-15:00"),
        ("första tisdagen i månaden kl 13-15", "Tu[1] 13:00-15:00"),
        ("varje månads 1:a tisdag kl. 13–15", "Tu[1] 13:00-15:00"),
        ("every month 1st Tuesday 13–15", "Tu[1] 13:00-15:00"),
        ("joka toinen tiistai kuussa 13-15", None),
        ("varannan tisdag i månaden 13-15", None),
        ("joka kuun tiistai 13-15", None),
        ("1. tiistai 13-15", None),
        ("joka kuun 1. tiistai", None),
        ("joka kuun 1. tiistai klo 15–13", None),
        ("joka kuun 6. tiistai klo 13–15", None),
        ("joka kuun 1. tiistai klo 13–15 paitsi heinäkuussa", None),
    ],
)
def test_a_weekday_of_each_month(said: str, hours: str | None) -> None:
    assert monthly(said) == hours
    if hours:
        assert not fault(hours)
        for language in ("fi", "fi@simple", "sv", "en", "se"):
            assert monthly(in_words(hours, language)) == hours


def test_other_hours_are_not_said_by_the_month() -> None:
    for hours in ("Mo-Fr 09:00-15:00", "", "Tu[1] off", "nonsense"):
        assert in_words(hours, "fi") == ""
