"""Version 12 of Suomi.fi's register: records in the shapes of its OpenAPI description."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.ptv import ptv
from referral.hours import fault
from referral.model import Coverage, Form
from tests.referral.supply import atlas, catalog
from tests.registers.ptv12 import ORGANISATION, connection, place, service

MEANS = Means.of(catalog(), atlas(), {}, date(2026, 11, 23))


def read(*records: Any) -> Imported:
    return ptv([File("page.json", json.dumps({"items": records}).encode())], MEANS)


def test_a_service_at_a_place() -> None:
    found = read(connection(), place(), ORGANISATION, service())
    assert found.rejections == ()
    (offer,) = found.offers
    assert (offer.id, offer.form) == ("ptv-s1-c1", Form.IN_PERSON)
    assert offer.organisation.names == {"fi": "Järven kunta", "sv": "Sjö kommun"}
    assert offer.descriptions == {"fi": "Apua digiasioihin."}
    assert offer.coverage == Coverage(False, (), ("758",))
    assert (offer.street, offer.postcode, offer.municipality) == ("Jäämerentie 1", "99600", "758")
    assert offer.point == pytest.approx((67.41, 26.63), abs=0.01)
    assert (offer.phone, offer.url) == ("+358 161234567", "https://kirjasto.example/")
    assert (offer.price, offer.languages) == ("free", ("fi", "se"))
    assert offer.source.checked == date(2026, 11, 1)


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [service(), place(), connection(), ORGANISATION]
    assert read(*records).offers == read(*records[::-1]).offers


@pytest.mark.parametrize(
    ("area", "coverage"),
    [
        ({"areaType": "WholeCountry"}, Coverage(national=True)),
        (
            {
                "areaType": "LimitedArea",
                "municipalities": [],
                "regions": ["19"],
                "wellbeingServicesCounties": [],
            },
            Coverage(False, ("19",)),
        ),
        (
            {
                "areaType": "LimitedArea",
                "municipalities": ["091"],
                "regions": [],
                "wellbeingServicesCounties": ["21"],
            },
            Coverage(False, (), ("091", "148", "890")),
        ),
    ],
)
def test_areas(area: dict[str, Any], coverage: Coverage) -> None:
    county = {
        "code": "21",
        "isValid": True,
        "name": {"fi": "Hyvinvointialue"},
        "municipalities": ["148", "890"],
    }
    found = read(service(area=area), place(), connection(), county)
    assert [offer.coverage for offer in found.offers] == [coverage]
    assert found.rejections == ()


def test_the_whole_country_but_aland() -> None:
    (offer,) = read(service(area={"areaType": "WholeCountryExceptAland"}), place(), connection()).offers
    assert len(offer.coverage.regions) == 18
    assert "21" not in offer.coverage.regions


def test_a_county_that_nobody_explains_is_named() -> None:
    area = {"areaType": "LimitedArea", "municipalities": ["758"], "wellbeingServicesCounties": ["99"]}
    found = read(service(area=area), place(), connection())
    assert [(one.field, one.value) for one in found.rejections] == [("areas", "99")]


def test_groups_are_told_by_their_list() -> None:
    seniors = {"code": "KR1.1", "uri": "http://x.example/", "isValid": True, "name": {"fi": "Ikäihmiset"}}
    found = read(seniors, service(targetGroups=["KR1", "KR1.1"]), place(), connection())
    assert found.offers[0].audience == ("seniors",)


@pytest.mark.parametrize(
    ("kind", "version", "phone", "url"),
    [
        (
            "TelephoneService",
            {
                "webAddress": {"url": None, "name": None},
                "phoneNumbers": [{"type": "DomesticPhone", "number": "0295000"}],
            },
            "0295000",
            "",
        ),
        (
            "EService",
            {"webAddress": {"url": "https://e.example/", "name": "E"}, "supportPhoneNumbers": []},
            "",
            "https://e.example/",
        ),
        (
            "WebPage",
            {"webAddress": {"url": "https://w.example/", "name": "W"}, "supportPhoneNumbers": []},
            "",
            "https://w.example/",
        ),
    ],
)
def test_every_kind_of_channel(kind: str, version: dict[str, Any], phone: str, url: str) -> None:
    channel = place(serviceChannelType=kind, languageVersions={"fi": {"name": "Kanava", **version}})
    channel.pop("location")
    (offer,) = read(service(), channel, connection()).offers
    assert (offer.form, offer.phone, offer.url, offer.street) == (Form.REMOTE, phone, url, "")


def test_a_form_to_print_helps_nobody_by_itself() -> None:
    assert read(service(), place(serviceChannelType="PrintableForm"), connection()).offers == ()


def test_what_is_true_only_of_the_connection_comes_first() -> None:
    own = connection(
        chargeType="Chargeable",
        languageVersions={
            "fi": {
                "contactPhoneNumbers": [{"type": "DomesticPhone", "number": "0401234567"}],
                "contactWebPages": [{"name": "x", "url": "https://own.example/"}],
            }
        },
        serviceHours={"hours": [weekly(tuesday=[("10:00", "12:00")])]},
    )
    (offer,) = read(service(), place(serviceHours={"hours": [weekly(monday=[("8:00", "9:00")])]}), own).offers
    assert (offer.phone, offer.url, offer.hours) == ("0401234567", "https://own.example/", "Tu 10:00-12:00")
    assert offer.price == ""


def stretch(start: str, end: str, status: str = "Open", repetition: str = "Weekly") -> dict[str, Any]:
    return {"start": start, "end": end, "openingStatus": status, "repetition": repetition}


def weekly(**days: Any) -> dict[str, Any]:
    return {
        "type": "WeeklyUntilFurtherNoticeServiceHour",
        "weeklyHours": {name: {"hours": [stretch(*one) for one in told]} for name, told in days.items()},
    }


@pytest.mark.parametrize(
    ("sets", "text"),
    [
        ([weekly(monday=[("09:00", "12:00"), ("13:00", "15:00")])], "Mo 09:00-12:00,13:00-15:00"),
        ([weekly(monday=[("09:00", "12:00", "OpenOnReservation")])], 'Mo 09:00-12:00 "by appointment"'),
        ([weekly(monday=[("09:00", "12:00", "Open", "OddWeeks")])], ""),
        ([{"type": "ContinuousAlwaysValidServiceHour", "openingStatus": "Open"}], "24/7"),
        (
            [
                {
                    "type": "ContinuousWeekdaysUntilFurtherNoticeServiceHour",
                    "openingStatus": "Open",
                    "fromDay": "Friday",
                    "toDay": "Saturday",
                    "fromTime": "22:00",
                    "toTime": "04:00",
                }
            ],
            "Fr 22:00-28:00",
        ),
        (
            [
                {
                    **weekly(monday=[("09:00", "15:00")]),
                    "type": "WeeklyDateRangeServiceHour",
                    "fromDate": "2027-06-01",
                    "toDate": "2027-08-31",
                }
            ],
            "2027 Jun 01-2027 Aug 31 Mo 09:00-15:00; 2027 Jun 01-2027 Aug 31 Tu-Su off",
        ),
        (
            [
                weekly(thursday=[("09:00", "15:00")], friday=[("09:00", "15:00")]),
                {
                    **weekly(thursday=[("00:00", "00:00", "Closed")], friday=[("10:00", "12:00")]),
                    "type": "ExceptionalDateRangeServiceHour",
                    "fromDate": "2026-12-24",
                    "toDate": "2026-12-27",
                },
            ],
            "Th-Fr 09:00-15:00; 2026 Dec 24 off; 2026 Dec 25 10:00-12:00",
        ),
    ],
)
def test_hours(sets: list[dict[str, Any]], text: str) -> None:
    found = read(service(), place(serviceHours={"hours": sets, "holidayServiceHours": None}), connection())
    assert found.rejections == ()
    assert found.offers[0].hours == text
    assert not text or fault(text) == ""


def test_only_what_a_taken_service_names_is_kept() -> None:
    lonely, other = place(contentId="c9", location="broken"), service(contentId="s2", languageVersions={})
    found = read(service(), place(), lonely, connection(), connection(serviceContentId="s2"), other)
    assert [offer.id for offer in found.offers] == ["ptv-s1-c1"]


RECORDS = [
    service(),
    place(serviceHours={"hours": [weekly(monday=[("09:00", "12:00")])]}),
    connection(),
    ORGANISATION,
]
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.text(max_size=6),
    st.lists(st.one_of(st.text(max_size=3), st.none()), max_size=2),
    st.dictionaries(st.sampled_from(["fi", "url", "hours"]), st.text(max_size=3)),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


PLACES = [path for path in places(RECORDS) if len(path) > 1]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_shape_stops_it(data: st.DataObject) -> None:
    records: Any = deepcopy(RECORDS)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PLACES))
        holder = records
        try:
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = data.draw(anything)
        except (KeyError, IndexError, TypeError):
            continue  # What held it has been replaced before.
    found = read(*records)
    assert all(one.reason and one.fix for one in found.rejections)
