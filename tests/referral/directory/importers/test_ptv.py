"""Suomi.fi's register: the real records, what is chosen, and what a connection changes."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from referral.directory.importers.choosing import Short, Shortfall
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.ptv import ptv
from referral.directory.importers.raw import raw_records
from referral.directory.importers.singly import taken_singly
from referral.hours import fault
from referral.model import Coverage, Form, Role
from tests.referral.supply import atlas, catalog

SAMPLES = Path(__file__).parent / "samples" / "ptv"
TODAY = date(2026, 11, 23)
MEANS = Means.of(catalog(), atlas(), {}, TODAY)
ETALUKIO = "3668d250-cd80-45c4-abcc-9b2d3a2b3e42"
REAL = [File(file.name, file.read_bytes()) for file in sorted(SAMPLES.glob("*.json"))]


def fi(value: str, **more: str) -> list[dict[str, str]]:
    return [{"language": "fi", "value": value, **more}]


def service(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "s1",
        "publishingStatus": "Published",
        "serviceNames": fi("Digituki", type="Name"),
        "serviceDescriptions": fi("Apua digiasioihin.", type="Summary"),
        "serviceChargeType": "FreeOfCharge",
        "areaType": "LimitedType",
        "areas": [{"type": "Municipality", "municipalities": [{"code": "758", "name": fi("Sodankylä")}]}],
        "targetGroups": [{"code": "KR1", "name": fi("Kansalaiset")}],
        "organizations": [{"organization": {"id": "o1", "name": "Järven kunta"}, "roleType": "Responsible"}],
        "languages": ["fi"],
        "serviceChannels": [{"serviceChannel": {"id": "c1"}}],
        "modified": "2026-10-01T10:00:00.1",
    }
    return {**plain, **changes}


def place(**changes: Any) -> dict[str, Any]:
    street = {
        "street": fi("Jäämerentie"),
        "streetNumber": "1",
        "postalCode": "99600",
        "municipality": {"code": "758", "name": fi("Sodankylä")},
        "latitude": "7478000",
        "longitude": "484000",
    }
    plain = {
        "id": "c1",
        "publishingStatus": "Published",
        "serviceChannelType": "ServiceLocation",
        "serviceChannelNames": fi("Kirjasto", type="Name"),
        "areaType": "Nationwide",
        "languages": ["fi", "se"],
        "addresses": [{"type": "Location", "streetAddress": street}],
        "phoneNumbers": [{"type": "Phone", "prefixNumber": "+358", "number": "161234567", "language": "fi"}],
    }
    return {**plain, **changes}


def read(*records: Any, means: Means = MEANS) -> Imported:
    return ptv([File("page.json", json.dumps({"itemList": records}).encode())], means)


def hours(kind: str, times: list[tuple[str, str, str, str]], **more: Any) -> dict[str, Any]:
    names = ("dayFrom", "dayTo", "from", "to")
    return {
        "serviceHourType": kind,
        "openingHour": [dict(zip(names, one, strict=True)) for one in times],
        **more,
    }


def test_the_real_records_are_left_and_it_is_said_why() -> None:
    found = ptv(REAL, MEANS)
    assert found.offers == ()
    (choice,) = found.choices
    assert (choice.record, choice.taken, choice.rule) == (ETALUKIO, False, "not_digital_support")
    assert "nettilukio" in choice.because


def test_the_real_records_become_an_offer_when_a_coordinator_takes_them() -> None:
    found = ptv(REAL, replace(MEANS, overruled={ETALUKIO: True}))
    (offer,) = found.offers
    assert offer.id == f"ptv-{ETALUKIO}-961f1a02-0eb7-4b5d-9721-6b9f2d14ec6f"
    assert offer.names["fi"] == "Nettilukio aikuisille, Otavan Opisto / Otavia"
    assert offer.organisation.names == {"fi": "Mikkelin kaupungin liikelaitos Otavia"}
    assert offer.descriptions == {"fi": "Aikuislukio verkko-opintoina."}
    assert (offer.street, offer.postcode, offer.locality) == ("Otavantie 2 B", "50670", "Otava")
    assert (offer.municipality, offer.point) == ("491", (61.64547, 27.07321))
    assert offer.hours == "Mo-Fr 08:00-16:00"
    assert offer.phone == "+358 447943552"
    assert offer.url == "http://www.otavanopisto.fi/"
    assert (offer.price, offer.languages, offer.audience) == ("free", ("fi", "en"), ())
    assert offer.coverage == Coverage(national=True)
    assert offer.source.checked == date(2020, 4, 22)
    # The other channels of the service are not among the samples.
    assert {one.value for one in found.rejections} == {
        "16afd0e8-f069-4ded-9967-f220107494db",
        "d5e5b0c9-47eb-45ec-a363-d39215e71aa4",
    }
    assert {(one.source, one.row, one.record) for one in found.rejections} == {
        ("etalukio_service.json", 1, ETALUKIO)
    }


def test_what_was_nearly_taken_is_told_with_whose_it_is() -> None:
    near = service(serviceNames=fi("Digipaikka", type="Name"), keywords=[])
    found = read(
        near,
        place(),
        service(id="away", serviceNames=fi("Rakennuslupa", type="Name"), serviceDescriptions=[]),
    )
    (left,) = found.left_out
    (organisation, *channels) = left.parts
    assert (left.name, left.region, left.municipalities) == ("Digipaikka", "19", ("758",))
    assert left.short == Shortfall(Short.HALF, "help_in_description", "text: apua digiasioihin")
    assert channels == [one["serviceChannel"]["id"] for one in near["serviceChannels"]]
    assert left.organisation
    assert organisation
    assert found.kept == {left.record: left.parts}
    gone = read(near, {**near, "publishingStatus": "Deleted"})
    assert gone.left_out == ()


def test_what_is_kept_of_a_record_is_enough_to_take_it() -> None:
    near = service(serviceNames=fi("Digipaikka", type="Name"), keywords=[])
    pages = [File("page.json", json.dumps([near, place()]).encode())]
    (left,) = ptv(pages, MEANS).left_out
    kept = raw_records(pages, {left.record: left.parts})[left.record]
    (offer,) = taken_singly("ptv", left.record, kept, MEANS).offers
    assert (
        offer
        == read(
            service(**{"serviceNames": fi("Digipaikka", type="Name")}),
            place(),
            means=replace(MEANS, overruled={left.record: True}),
        ).offers[0]
    )
    for too_little in ("", json.dumps(near)):
        assert taken_singly("ptv", left.record, too_little, MEANS).offers == ()


def test_digital_support_at_a_place() -> None:
    found = read(service(), place())
    (offer,) = found.offers
    assert found.rejections == ()
    assert (offer.form, offer.role, offer.municipality) == (Form.IN_PERSON, Role.SUPPORT, "758")
    assert {"kela", "scam_suspect"} <= offer.needs
    assert offer.coverage == Coverage(False, (), ("758",))
    assert offer.point == pytest.approx((67.41, 26.63), abs=0.01)
    assert found.choices[0].rule == "support_by_name"
    assert found.choices[0].because == "name: digituki"


def test_the_same_files_give_the_same_offers() -> None:
    assert read(service(), place()) == read(service(), place())


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"serviceNames": fi("Rakennuslupa", type="Name")}, "no_rule"),
        ({"serviceNames": fi("Asiointiapu", type="Name"), "keywords": fi("digituki")}, "support_by_keyword"),
        ({"serviceNames": fi("Atk-kurssit", type="Name")}, "training_by_name"),
        ({"targetGroups": [{"code": "KR2", "name": fi("Yritykset")}]}, "not_for_citizens"),
        (
            {
                "serviceNames": fi("Neuvontapiste", type="Name"),
                "serviceClasses": [{"code": "P25.1", "name": fi("Neuvonta")}],
                "serviceDescriptions": fi("Opastusta verkkoasioinnissa.", type="Summary"),
            },
            "skills_by_class_and_words",
        ),
        (
            {
                "serviceNames": fi("Neuvontapiste", type="Name"),
                "ontologyTerms": [{"uri": "http://www.yso.fi/onto/yso/p37943", "name": fi("digineuvonta")}],
            },
            "support_by_keyword",
        ),
    ],
)
def test_which_rule_fires(changes: dict[str, Any], rule: str) -> None:
    found = read(service(**changes), place())
    assert found.choices[0].rule == rule
    assert bool(found.offers) == found.choices[0].taken


def test_a_coordinator_overrules() -> None:
    found = read(service(), place(), means=replace(MEANS, overruled={"s1": False}))
    assert (found.offers, found.choices[0].rule) == ((), "coordinator")


@pytest.mark.parametrize("status", ["Draft", "Deleted", "Modified", "OldPublished", "Removed"])
def test_only_what_is_published(status: str) -> None:
    assert read(service(publishingStatus=status), place()).offers == ()
    assert read(service(), place(publishingStatus=status)).offers == ()


@pytest.mark.parametrize(
    ("kind", "form"),
    [("Phone", Form.REMOTE), ("EChannel", Form.REMOTE), ("WebPage", Form.REMOTE), ("PrintableForm", None)],
)
def test_every_kind_of_channel(kind: str, form: Form | None) -> None:
    found = read(service(), place(serviceChannelType=kind))
    assert [offer.form for offer in found.offers] == ([form] if form else [])
    assert all(not offer.street and offer.point is None for offer in found.offers)


def test_what_is_true_only_of_the_connection_comes_first() -> None:
    own = {
        "serviceChannel": {"id": "c1"},
        "serviceChargeType": "Chargeable",
        "serviceHours": [hours("DaysOfTheWeek", [("Tuesday", "", "10:00:00", "12:00:00")])],
        "contactDetails": {
            "phoneNumbers": [{"isFinnishServiceNumber": True, "prefixNumber": "+358", "number": "0295 000"}],
            "webPages": [{"url": "https://own.example/", "language": "fi"}],
        },
    }
    info = [*fi("Apua.", type="Summary"), *fi("5 euroa kerta", type="ChargeTypeAdditionalInfo")]
    (offer,) = read(
        service(serviceChannels=[own], serviceDescriptions=info),
        place(serviceHours=[hours("DaysOfTheWeek", [("Monday", "", "08:00:00", "16:00:00")])]),
    ).offers
    assert (offer.phone, offer.url, offer.hours) == ("0295 000", "https://own.example/", "Tu 10:00-12:00")
    assert offer.price == "5 euroa kerta"


@pytest.mark.parametrize(
    ("sets", "text"),
    [
        ([hours("DaysOfTheWeek", [("Monday", "Friday", "09:00", "15:00")])], "Mo-Fr 09:00-15:00"),
        ([hours("DaysOfTheWeek", [], isAlwaysOpen=True)], "24/7"),
        ([hours("OverMidnight", [("Friday", "Saturday", "22:00:00", "04:00:00")])], "Fr 22:00-28:00"),
        (
            [hours("OverMidnight", [("Monday", "Wednesday", "08:00:00", "16:00:00")])],
            "Mo 08:00-24:00; Tu 00:00-24:00; We 00:00-16:00",
        ),
        (
            [
                hours(
                    "DaysOfTheWeek",
                    [("Monday", "", "09:00:00", "12:00:00"), ("Monday", "", "13:00:00", "15:00:00")],
                ),
                hours(
                    "Exceptional",
                    [],
                    isClosed=True,
                    validFrom="2026-12-24T00:00:00",
                    validTo="2026-12-26T00:00:00",
                ),
                hours("Exceptional", [("", "", "10:00:00", "12:00:00")], validFrom="2026-12-31T00:00:00"),
                hours("Exceptional", [], isClosed=True, validFrom="2020-12-24T00:00:00"),
            ],
            "Mo 09:00-12:00,13:00-15:00; 2026 Dec 24-2026 Dec 26 off; 2026 Dec 31 10:00-12:00",
        ),
        (
            [
                hours(
                    "DaysOfTheWeek",
                    [("Monday", "", "09:00", "15:00")],
                    validFrom="2027-06-01",
                    validTo="2027-08-31",
                )
            ],
            "2027 Jun 01-2027 Aug 31 Mo 09:00-15:00; 2027 Jun 01-2027 Aug 31 Tu-Su off",
        ),
        (
            [hours("DaysOfTheWeek", [("Monday", "", "09:00", "15:00")], isReservation=True)],
            'Mo 09:00-15:00 "by appointment"',
        ),
    ],
)
def test_hours(sets: list[dict[str, Any]], text: str) -> None:
    found = read(service(), place(serviceHours=sets))
    assert found.rejections == ()
    assert found.offers[0].hours == text
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("changes", "coverage"),
    [
        ({"areaType": "Nationwide", "areas": []}, Coverage(national=True)),
        ({"areas": [{"type": "Region", "code": "19", "municipalities": []}]}, Coverage(False, ("19",))),
        (
            {
                "areas": [
                    {
                        "type": "HospitalDistrict",
                        "code": "20",
                        "municipalities": [{"code": "148"}, {"code": "890"}],
                    }
                ]
            },
            Coverage(False, (), ("148", "890")),
        ),
        # Pertunmaa joined Mäntyharju in 2025, the register's list is older.
        (
            {
                "areas": [
                    {"type": "Municipality", "municipalities": [{"code": "588", "name": fi("Pertunmaa")}]}
                ]
            },
            Coverage(False, (), ("507",)),
        ),
    ],
)
def test_areas(changes: dict[str, Any], coverage: Coverage) -> None:
    (offer,) = read(service(**changes), place()).offers
    assert offer.coverage == coverage


def test_the_whole_country_but_aland() -> None:
    (offer,) = read(service(areaType="NationwideExceptAlandIslands"), place()).offers
    assert len(offer.coverage.regions) == 18
    assert "21" not in offer.coverage.regions


def test_a_detail_that_cannot_be_used_is_left_out_and_named() -> None:
    broken = place(
        serviceHours=[hours("DaysOfTheWeek", [("Moonday", "", "09:00", "15:00")])],
        webPages=[{"url": "www.example", "language": "fi"}],
    )
    broken["addresses"][0]["streetAddress"].update(
        latitude="484000", longitude="7478000", postalCode="00001x"
    )
    found = read(service(), broken)
    (offer,) = found.offers
    assert (offer.hours, offer.url, offer.point, offer.postcode) == ("", "", None, "")
    assert {one.field for one in found.rejections} == {
        *("serviceHours", "webPages", "addresses.latitude", "addresses.postalCode"),
    }
    assert all(one.record == "s1" and one.reason and one.fix for one in found.rejections)


def test_one_bad_record_never_stops_the_rest() -> None:
    found = read({"id": "x", "serviceNames": "no list"}, {"nothing": 1}, service(), place())
    assert len(found.offers) == 1
    assert [(one.row, one.record) for one in found.rejections] == [(1, "x"), (2, "")]
    assert ptv([File("bad.json", b"\xff")], MEANS).rejections[0].source == "bad.json"


def test_groups_are_told_only_where_it_is_for_nobody_else() -> None:
    seniors, families = (
        {"code": code, "name": fi(name)} for code, name in (("KR1.1", "Ikäihmiset"), ("KR1.2", "Lapset"))
    )
    citizens = {"code": "KR1", "name": fi("Kansalaiset")}
    assert read(service(targetGroups=[citizens, seniors]), place()).offers[0].audience == ("seniors",)
    assert read(service(targetGroups=[citizens, seniors, families]), place()).offers[0].audience == ()
