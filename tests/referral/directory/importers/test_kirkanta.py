"""The library directory: branches, what they declare, and when somebody is there."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.kirkanta import kirkanta
from referral.directory.starter import load_directory, load_services
from referral.hours import fault
from referral.model import Role
from tests.referral.supply import atlas, catalog

SAMPLE = Path(__file__).parent / "samples" / "kirkanta" / "library.json"
MEANS = Means.of(catalog(), atlas(), load_services(), date(2026, 11, 23))


def read(content: Any = None) -> Imported:
    return kirkanta(
        [File("library.json", json.dumps(content).encode() if content else SAMPLE.read_bytes())], MEANS
    )


def branch(**changes: Any) -> Any:
    return {**json.loads(SAMPLE.read_text("utf-8"))["items"][0], **changes}


def test_a_branch_that_declares_support_another_and_its_things() -> None:
    found = read()
    assert found.rejections == ()
    assert [(one.id, one.role) for one in found.offers] == [
        ("library-900001", Role.SUPPORT),
        ("library-900002", Role.POINTER),
        ("library-900002-equipment", Role.SUPPORT),
    ]
    assert found.offers[2].needs == {"public_computer", "printing_scanning"}
    assert [(one.rule, one.because) for one in found.choices] == [
        ("declares_support", "Digituki"),
        ("may_be_asked", ""),
        ("not_a_public_branch", "type: mobile"),
    ]


def test_help_is_there_when_staff_is_and_computers_when_the_door_opens() -> None:
    library = read().offers[0]
    assert library.hours == ("Mo-Fr 10:00-18:00; Sa 10:00-15:00; 2026 Dec 05 10:00-12:00")
    # Without the service that is declared, the same branch is a pointer and its computers.
    pointer, computers = read(branch(services=[{"standardName": "Asiakastietokone"}])).offers
    assert pointer.hours == library.hours
    assert computers.hours.startswith("Mo-Fr 07:00-21:00; Sa 10:00-15:00")
    assert fault(computers.hours) == ""


def test_an_import_takes_the_place_of_the_starter_row() -> None:
    """The same branch in the same words: only the hours and the day of checking are new."""
    starter = load_directory(catalog(), atlas()).offers["library-84787"]
    record = branch(
        id=84787,
        name="Entressen kirjasto",
        address={"street": "Siltakatu 11", "zipcode": "02770", "city": "Espoo"},
        coordinates={"lat": 60.20364, "lon": 24.65787},
        primaryContactInfo={
            "homepage": {"url": "https://helmet.finna.fi/OrganisationInfo/Home#84787"},
            "phoneNumber": {"number": "09 8165 3776"},
        },
    )
    (offer,) = read(record).offers
    assert offer.hours
    assert replace(offer, hours="", source=starter.source) == starter


def test_names_in_several_languages() -> None:
    (offer,) = read(branch(name={"fi": "Vaasan kirjasto", "sv": "Vasa bibliotek"})).offers
    assert offer.names == {"fi": "Vaasan kirjasto", "sv": "Vasa bibliotek"}


def test_hours_may_come_by_themselves() -> None:
    schedules = [{**one, "library": 900001} for one in branch()["schedules"]]
    files = [
        File("library.json", json.dumps(branch(schedules=None)).encode()),
        File("schedules.json", json.dumps({"type": "schedules", "items": schedules}).encode()),
    ]
    assert kirkanta(files, MEANS).offers == read(branch()).offers


def test_a_branch_closed_for_repairs_says_so() -> None:
    closed = [{"date": f"2026-11-{day}", "closed": True, "times": None} for day in range(23, 31)]
    assert read(branch(schedules=closed)).offers[0].hours == "2026 Nov 23-2026 Nov 30 off"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": {"zipcode": "00001"}}, "address.zipcode"),
        ({"coordinates": {"lat": 24.6, "lon": 60.2}}, "coordinates"),
        ({"schedules": [{"date": "2026-11-23", "times": [{"from": "9", "to": "99:00"}]}]}, "schedules"),
        ({"name": None}, ""),
        ({"services": "Digituki"}, ""),
        ({"primaryContactInfo": {"homepage": {"url": "kirjasto"}}}, "homepage"),
    ],
)
def test_what_cannot_be_used_is_named(changes: dict[str, Any], field: str) -> None:
    found = read({"items": [branch(**changes), branch(id=2)]})
    assert [(one.field, one.record, one.row) for one in found.rejections] == [(field, "900001", 1)]
    assert "library-2" in {offer.id for offer in found.offers}
