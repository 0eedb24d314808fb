"""What search engines are told of an offer."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from referral.directory.published.schema_org import in_script, json_ld
from referral.hours import HELSINKI
from referral.model import Coverage, Form, Organisation, Role
from tests.referral.supply import INARI, SODANKYLA, at, atlas, offer

LIBRARY = replace(
    at("kirjasto", SODANKYLA),
    organisation=Organisation("kirjasto", {"fi": "Sodankylän kirjasto"}, "library"),
    names={"fi": "Sodankylän pääkirjasto", "sv": "Sodankylä huvudbibliotek"},
    descriptions={"fi": "Antaa digitukea."},
    street="Jäämerentie 1",
    postcode="99600",
    locality="Sodankylä",
    phone="040 000 0000",
    url="https://kirjasto.example/",
    hours="Mo-Fr 09:00-15:00; 2026 Dec 24 off",
    languages=("fi", "se"),
    coverage=Coverage(False, ("19",), (SODANKYLA, INARI)),
)


def test_a_service_at_a_place() -> None:
    found = json_ld(LIBRARY, "sv", atlas())
    place = found["availableChannel"]["serviceLocation"]
    assert (found["@context"], found["@type"]) == ("https://schema.org", "GovernmentService")
    assert found["name"] == "Sodankylä huvudbibliotek"
    assert found["description"] == "Antaa digitukea."
    assert found["provider"] == {"@type": "Library", "name": "Sodankylän kirjasto"}
    assert [one["name"] for one in found["areaServed"]] == ["Lappland", "Sodankylä", "Enare"]
    assert place["address"]["postalCode"] == "99600"
    assert place["geo"]["latitude"] == LIBRARY.point[0]  # type: ignore[index]
    assert [
        (one["opens"], one["closes"], one.get("validFrom")) for one in place["openingHoursSpecification"]
    ] == [
        ("09:00", "15:00", None),
        ("00:00", "00:00", "2026-12-24"),
    ]
    assert found["availableChannel"]["servicePhone"]["telephone"] == "040 000 0000"
    assert found["availableChannel"]["availableLanguage"] == ["fi", "se"]


def test_a_phone_has_hours_and_no_place() -> None:
    found = json_ld(replace(LIBRARY, form=Form.REMOTE, hours="24/7"), "fi", atlas())
    assert "serviceLocation" not in found["availableChannel"]
    assert [(one["opens"], one["closes"]) for one in found["hoursAvailable"]] == [("00:00", "23:59")]


@pytest.mark.parametrize(
    ("role", "type"), [(Role.POINTER, "Library"), (Role.LIST, "WebPage"), (Role.URGENT, "GovernmentService")]
)
def test_only_who_helps_is_a_service(role: Role, type: str) -> None:
    assert json_ld(replace(LIBRARY, role=role), "fi", atlas())["@type"] == type


def test_a_course_is_an_event() -> None:
    course = replace(
        LIBRARY,
        form=Form.TRAINING,
        price="free",
        seats=12,
        starts=datetime(2026, 12, 1, 17, tzinfo=HELSINKI),
        ends=datetime(2026, 12, 1, 19, tzinfo=HELSINKI),
    )
    found = json_ld(course, "fi", atlas())
    assert found["@type"] == "EducationEvent"
    assert (found["startDate"], found["endDate"]) == (
        "2026-12-01T17:00:00+02:00",
        "2026-12-01T19:00:00+02:00",
    )
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found["location"]["address"]["addressLocality"] == "Sodankylä"
    assert (found["offers"]["price"], found["isAccessibleForFree"], found["maximumAttendeeCapacity"]) == (
        "0",
        True,
        12,
    )
    online = replace(course, street="", postcode="", locality="", point=None, municipality="")
    assert json_ld(online, "fi", atlas())["location"] == {
        "@type": "VirtualLocation",
        "url": "https://kirjasto.example/",
    }


def test_what_is_not_known_is_not_said() -> None:
    bare = offer("x", names={"fi": "Apua"}, valid_from=date(2026, 1, 1))
    assert json_ld(bare, "en", atlas()) == {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": "Apua",
        "provider": {"@type": "NGO", "name": "x ry"},
        "areaServed": [{"@type": "Country", "name": "Finland", "identifier": "FI"}],
    }


def test_nothing_in_it_ends_the_script() -> None:
    loud = replace(LIBRARY, names={"fi": "</script><script>alert(1)</script> & <!--"})
    text = in_script(json_ld(loud, "fi", atlas()))
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["name"] == loud.names["fi"]
