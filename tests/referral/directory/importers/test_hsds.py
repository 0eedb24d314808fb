"""HSDS 3: the published examples, JSON and tables, and what makes an offer."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from referral.directory.importers.hsds import hsds
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.singly import taken_singly
from referral.model import Coverage, Form
from tests.referral.supply import atlas, catalog

SAMPLES = Path(__file__).parent / "samples" / "hsds"
MEANS = Means.of(catalog(), atlas(), {}, date(2026, 11, 23))
COUNSELLING = "ac148810-d857-441c-9679-408f346de14b"
TAKEN = replace(MEANS, overruled={COUNSELLING: True})


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))


def service(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "s1",
        "name": "Digituki",
        "description": "Apua digiasioihin.",
        "status": "active",
        "url": "https://kirjasto.example/",
        "assured_date": "2026-10-01",
        "organization": {"id": "o1", "name": "Järven kirjasto"},
        "service_at_locations": [
            {
                "id": "l1",
                "location": {
                    "id": "p1",
                    "location_type": "physical",
                    "latitude": 67.41,
                    "longitude": 26.59,
                    "addresses": [
                        {"address_1": "Jäämerentie 1", "postal_code": "99600", "city": "Sodankylä"}
                    ],
                    "schedules": [
                        {"byday": "MO,WE", "opens_at": "10:00", "closes_at": "12:00", "freq": "WEEKLY"}
                    ],
                },
            }
        ],
    }
    return {**plain, **changes}


def read(*services: Any, means: Means = MEANS) -> Imported:
    return hsds([File("page.json", json.dumps({"contents": services}).encode())], means)


def tables(package: dict[str, list[dict[str, Any]]]) -> list[File]:
    """CSV files, as a data package has them."""
    files = []
    for name, rows in package.items():
        text = StringIO()
        writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
        files.append(File(name, text.getvalue().encode()))
    return files


@pytest.mark.parametrize("name", ["service_full", "organization_full", "service_at_location_full"])
def test_the_published_examples_are_read_whichever_way_round_they_are(name: str) -> None:
    files = [File(f"{name}.json", (SAMPLES / f"{name}.json").read_bytes())]
    left = hsds(files, MEANS)
    assert left.offers == ()
    assert [(one.record, one.rule) for one in left.choices] == [(COUNSELLING, "no_rule")]
    # Taken all the same, it lies nowhere in Finland: that is said, and no offer is made of it.
    taken = hsds(files, TAKEN)
    assert taken.choices[0].taken
    assert {"location.latitude", "service_areas"} <= {one.field for one in taken.rejections}
    assert taken.offers == ()


def test_the_published_tables_are_read() -> None:
    files = tables(sample("tabular"))
    assert [one.record for one in hsds(files, MEANS).choices] == [COUNSELLING]
    assert hsds(files, TAKEN).choices[0].name == "Community Counselling"


def test_digital_support_at_a_place() -> None:
    (offer,) = read(service()).offers
    assert (offer.id, offer.form, offer.municipality) == ("hsds-s1-p1", Form.IN_PERSON, "758")
    assert (offer.street, offer.postcode, offer.locality) == ("Jäämerentie 1", "99600", "Sodankylä")
    assert (offer.hours, offer.point) == ("Mo,We 10:00-12:00", (67.41, 26.59))
    assert offer.coverage == Coverage(False, (), ("758",))
    assert (offer.organisation.names["fi"], offer.source.checked) == ("Järven kirjasto", date(2026, 10, 1))


def test_json_and_tables_say_the_same() -> None:
    package = {
        "organizations.csv": [{"id": "o1", "name": "Järven kirjasto"}],
        "services.csv": [
            {
                **{"id": "s1", "organization_id": "o1", "name": "Digituki", "status": "active"},
                **{"description": "Apua digiasioihin.", "url": "https://kirjasto.example/"},
                "assured_date": "2026-10-01",
            }
        ],
        "service_at_location.csv": [{"id": "l1", "service_id": "s1", "location_id": "p1"}],
        "locations.csv": [{"id": "p1", "location_type": "physical", "latitude": 67.41, "longitude": 26.59}],
        "addresses.csv": [
            {
                "id": "a",
                "location_id": "p1",
                "address_1": "Jäämerentie 1",
                "postal_code": "99600",
                "city": "Sodankylä",
            }
        ],
        "schedules.csv": [
            {"id": "t", "location_id": "p1", "byday": "MO,WE", "opens_at": "10:00", "closes_at": "12:00"}
        ],
    }
    files = tables(package)
    assert hsds(files, MEANS).offers == read(service()).offers
    packed = BytesIO()
    with ZipFile(packed, "w") as package_file:
        for file in files:
            package_file.writestr(f"data/{file.name}", file.content)
    assert hsds([File("package.zip", packed.getvalue())], MEANS).offers == read(service()).offers


def test_needs_come_from_the_terms_that_are_ours() -> None:
    terms = [{"taxonomy_term": {"code": code, "name": "x"}} for code in ("kela", "seniors")]
    found = read(service(name="Neuvontaa", description="", attributes=terms))
    (offer,) = found.offers
    assert (offer.needs, offer.audience) == ({"kela"}, ("seniors",))
    assert (found.choices[0].rule, found.choices[0].because) == ("taxonomy_term", "kela")


@pytest.mark.parametrize(
    ("areas", "coverage"),
    [
        (["Suomi"], Coverage(national=True)),
        (["Lappi"], Coverage(False, ("19",))),
        (["Inari", "Sodankylä"], Coverage(False, (), ("148", "758"))),
    ],
)
def test_service_areas(areas: list[str], coverage: Coverage) -> None:
    (offer,) = read(service(service_areas=[{"name": name} for name in areas])).offers
    assert offer.coverage == coverage


def test_a_service_by_phone() -> None:
    spoken = [{"code": "fin"}, {"name": "ruotsi"}, {"code": "en"}]
    phones = [{"number": "x"}, {"number": "016 123 4567"}]
    made = service(
        service_at_locations=[], service_areas=[{"name": "Lappi"}], phones=phones, languages=spoken
    )
    found = read({**made, "cost_options": [{"amount": 0}]})
    (offer,) = found.offers
    assert (offer.id, offer.form, offer.phone, offer.price) == (
        "hsds-s1",
        Form.REMOTE,
        "016 123 4567",
        "free",
    )
    assert offer.languages == ("fi", "sv", "en")
    assert [(one.field, one.value) for one in found.rejections] == [("phones", "x")]


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed", ""])
def test_only_what_is_active(status: str) -> None:
    found = read(service(status=status))
    assert (found.offers, found.choices[0].rule) == ((), "not_active")


@pytest.mark.parametrize(
    ("schedule", "hours", "faulty"),
    [
        ({"byday": "FR", "opens_at": "22:00", "closes_at": "02:00"}, "Fr 22:00-26:00", False),
        ({"opens_at": "10:00:00Z", "closes_at": "12:00:00Z"}, "10:00-12:00", False),
        ({"valid_from": "2026-12-24", "valid_to": "2026-12-24"}, "2026 Dec 24 off", False),
        ({"freq": "MONTHLY", "byday": "1MO", "opens_at": "10:00", "closes_at": "12:00"}, "", True),
        ({"byday": "MO", "opens_at": "ten", "closes_at": "12:00"}, "", True),
        ({"valid_from": "yesterday", "opens_at": "10:00", "closes_at": "12:00"}, "", True),
    ],
)
def test_schedules(schedule: dict[str, str], hours: str, faulty: bool) -> None:
    made = service()
    made["service_at_locations"][0]["schedules"] = [schedule]
    found = read(made)
    assert found.offers[0].hours == hours
    assert [one.field for one in found.rejections] == (["schedules"] if faulty else [])


def test_one_bad_record_never_stops_the_rest() -> None:
    found = read({"id": "x"}, service(organization="no record"), service(id="s2"))
    assert [offer.id for offer in found.offers] == ["hsds-s2-p1"]
    assert [one.record for one in found.rejections] == ["x", "s1"]
    assert hsds([File("broken.zip", b"PK")], MEANS).rejections[0].source == "broken.zip"


def test_what_was_nearly_taken_is_told_with_whose_it_is() -> None:
    near = service(id="s2", name="Digipaikka", description="")
    elsewhere = service(id="s3", name="Digipaikka", description="", service_at_locations=[])
    found = read(near, elsewhere, service(id="s4", name="Uimahalli", description=""))
    assert [(one.record, one.organisation, one.region, one.municipalities) for one in found.left_out] == [
        ("s2", "Järven kirjasto", "19", ("758",)),
        ("s3", "Järven kirjasto", "", ()),
    ]
    assert found.rejections == ()  # Nobody asked for them, so nobody need put them right.
    (offer,) = taken_singly("hsds", "s2", json.dumps(near), MEANS).offers
    assert offer.names == {"fi": "Digipaikka"}
