"""Courses from event calendars."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from referral.directory.importers.events import events
from referral.directory.importers.imported import File, Imported, Means
from referral.hours import HELSINKI
from referral.model import Form
from tests.referral.supply import atlas, catalog

SAMPLE = (Path(__file__).parent / "samples" / "events" / "event.json").read_bytes()
MEANS = Means.of(catalog(), atlas(), {}, date(2026, 11, 23))


def read(content: bytes = SAMPLE) -> Imported:
    return events([File("event.json", content)], MEANS)


def course(**changes: Any) -> Imported:
    return read(json.dumps({"data": [{**json.loads(SAMPLE)["data"][0], **changes}]}).encode())


def test_courses_are_dated_offers() -> None:
    found = read()
    assert found.rejections == ()
    assert [one.id for one in found.offers] == [
        *("event-jarvi-1", "event-jarvi-100-digikahvila", "event-jarvi-2"),
    ]
    first = found.offers[0]
    assert (first.form, first.municipality, first.point) == (Form.TRAINING, "758", (67.41, 26.59))
    assert first.starts == datetime(2026, 12, 1, 13, 0, tzinfo=HELSINKI)
    assert first.ends == datetime(2026, 12, 1, 15, 0, tzinfo=HELSINKI)
    assert first.enrol_until == datetime(2026, 11, 29, 0, 0, tzinfo=HELSINKI)
    assert (first.seats, first.price, first.languages, first.hours) == (12, "free", ("fi",), "")
    assert first.organisation.names == {"fi": "Järven kansalaisopisto"}


def test_what_comes_again_is_one_offer() -> None:
    drop_in = read().offers[1]
    assert drop_in.starts == datetime(2026, 11, 25, 17, 0, tzinfo=HELSINKI)
    assert drop_in.ends == datetime(2026, 12, 30, 19, 0, tzinfo=HELSINKI)
    assert drop_in.hours == "2026 Nov 25 17:00-19:00; 2026 Dec 30 17:00-19:00"


def test_its_id_stays_when_the_first_time_is_over() -> None:
    later = Means(MEANS.names, {}, MEANS.supply, date(2026, 12, 1))
    assert "event-jarvi-100-digikahvila" in {
        one.id for one in events([File("event.json", SAMPLE)], later).offers
    }


def test_a_course_for_supporters_is_theirs_and_online_it_is_nowhere() -> None:
    webinar = read().offers[2]
    assert webinar.audience == ("supporters",)
    assert (webinar.street, webinar.point, webinar.price) == ("", None, "10 e")


def test_why_each_event_was_taken_or_left() -> None:
    assert [(one.record, one.taken, one.rule) for one in read().choices] == [
        ("jarvi:1", True, "training_by_name"),
        ("jarvi:101", True, "support_by_name"),
        ("jarvi:102", True, "support_by_name"),
        ("jarvi:100", False, "parent_of_others"),
        ("jarvi:2", True, "support_by_name"),
        ("jarvi:3", False, "no_rule"),
        ("jarvi:4", False, "not_scheduled"),
    ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"deleted": True}, "not_public"),
        ({"publication_status": "draft"}, "not_public"),
        ({"start_time": "2026-11-01T10:00:00Z", "end_time": "2026-11-01T12:00:00Z"}, "over"),
    ],
)
def test_what_is_not_for_anybody_any_more(changes: dict[str, Any], rule: str) -> None:
    found = course(**changes)
    assert (found.offers, found.choices[0].rule) == ((), rule)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start_time": None, "end_time": None}, "start_time"),
        ({"end_time": "2026-11-30T10:00:00Z"}, "end_time"),
        ({"location": {"@id": "https://events.jarvi.example/v1/place/1/"}}, "location"),
        ({"start_time": "soon"}, ""),
        ({"name": {}}, ""),
        ({"info_url": {"fi": "kurssit"}}, "info_url"),
    ],
)
def test_what_cannot_be_used_is_named(changes: dict[str, Any], field: str) -> None:
    assert [(one.field, one.row) for one in course(**changes).rejections] == [(field, 1)]


def test_what_was_nearly_taken_is_told_with_whose_it_is() -> None:
    (left,) = course(name={"fi": "Digitaalinen valokuvaus"}, keywords=[], short_description=None).left_out
    assert (left.name, left.organisation) == ("Digitaalinen valokuvaus", "Järven kansalaisopisto")
    assert (left.region, left.municipalities) == ("19", ("758",))
    assert course(name={"fi": "Kuoro"}, keywords=[], short_description=None).left_out == ()
