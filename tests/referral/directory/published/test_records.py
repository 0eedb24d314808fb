"""Records of HSDS: identities, services and their places, schedules, prices, what has no field."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.published.feed import Feed
from referral.directory.published.identity import NAMESPACE, identity
from referral.directory.published.schedule import schedules
from referral.directory.published.supply import supply
from referral.directory.published.voice import Voice
from referral.hours import HELSINKI
from referral.model import Form, Offer
from tests.referral.supply import INARI, SODANKYLA, at, atlas, catalog, offer
from tests.referral.web.hsds.published import faults, needs_schemas
from tests.referral.web.hsds.served import BRANCH, COURSE, DAY, ORIGINS, POINT, catalogues

ENGLISH = Voice("en", catalogues())


def feed(*offers: Offer, day: date = DAY) -> Feed:
    return Feed.of(supply(offers, ORIGINS, catalog(), atlas(), day), ENGLISH)


def only(*offers: Offer, day: date = DAY) -> dict[str, Any]:
    """The one service of these offers, whole."""
    made = feed(*offers, day=day)
    (service,) = made.supply.services.values()
    return made.full_service(service)


@given(st.text(), st.text())
def test_identities_are_those_of_uuid5(kind: str, id: str) -> None:
    name = f"{kind}:{id}".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if name == f"{kind}:{id}":
        assert identity(kind, id) == str(uuid5(UUID(bytes=NAMESPACE), name))


def test_offers_that_differ_by_their_place_are_one_service() -> None:
    found = only(POINT, BRANCH)
    assert found["id"] == identity("service", POINT.id)
    assert [one["id"] for one in found["service_at_locations"]] == [
        identity("service_at_location", POINT.id),
        identity("service_at_location", BRANCH.id),
    ]
    assert len({one["location"]["id"] for one in found["service_at_locations"]}) == 2
    assert "phones" not in found
    assert found["last_modified"] == "2026-11-20T00:00:00.000Z"


@pytest.mark.parametrize(
    "changes",
    [{"needs": frozenset({"email"})}, {"form": Form.REMOTE}, {"names": {"fi": "Muu"}}, {"price": ""}],
)
def test_what_else_differs_is_another_service(changes: dict[str, Any]) -> None:
    assert len(feed(POINT, replace(BRANCH, **changes)).supply.services) == 2


def test_services_at_one_place_share_its_location() -> None:
    made = feed(POINT, replace(POINT, id="printer", needs=frozenset({"printing_scanning"})))
    assert len(made.supply.services) == 2
    assert len({one.id for one in made.supply.places.values()}) == 1


def test_remote_help_is_nowhere() -> None:
    (place,) = only(replace(POINT, form=Form.REMOTE))["service_at_locations"]
    assert place["location"]["location_type"] == "virtual"
    assert place["location"]["url"] == POINT.url
    assert not {"latitude", "addresses"} & place["location"].keys()


def test_an_address_is_whole_or_none() -> None:
    whole = only(POINT)["service_at_locations"][0]["location"]["addresses"][0]
    assert (whole["city"], whole["state_province"], whole["country"]) == ("Sodankylä", "Lapland", "FI")
    for lacking in ("street", "postcode"):
        place = only(replace(POINT, **{lacking: ""}))["service_at_locations"][0]["location"]
        assert "addresses" not in place
        assert place["latitude"] == POINT.point[0]  # type: ignore[index]
    nowhere = only(offer("x"))["service_at_locations"][0]["location"]
    assert nowhere["description"] == "The place is not told here. Ask for it first."


@pytest.mark.parametrize(
    ("price", "cost", "words"),
    [
        ("free", {"amount": 0, "currency": "EUR"}, "Free of charge"),
        ("10 €", {"amount": 10, "currency": "EUR"}, "10 €"),
        ("5,50 euroa", {"amount": 5.5, "currency": "EUR"}, "5,50 euroa"),
        ("kysy", {"option": "kysy"}, "kysy"),
    ],
)
def test_prices(price: str, cost: dict[str, Any], words: str) -> None:
    found = only(replace(POINT, price=price))
    (said,) = found["cost_options"]
    assert {name: said[name] for name in cost} == cost
    assert said.keys() - cost.keys() == {"id", "service_id"}
    assert found["fees_description"] == words


def test_status_and_alert_tell_when() -> None:
    coming = replace(POINT, valid_from=date(2026, 12, 1))
    assert only(coming)["status"] == "inactive"
    assert only(coming)["alert"] == "Begins on 1 December 2026."
    assert only(coming, day=date(2026, 12, 1))["status"] == "active"
    assert "alert" not in only(coming, day=date(2026, 12, 1))
    assert only(replace(POINT, valid_until=DAY))["alert"] == "Ends on 23 November 2026."


def said(one: Offer) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in found.items() if name != "id"}
        for found in schedules(one, {}, ENGLISH)
    ]


def test_weekly_hours_and_what_holds_instead() -> None:
    ordinary, meanwhile, closed = said(POINT)[0], said(POINT)[1], said(POINT)[2]
    assert ordinary == {
        "freq": "WEEKLY",
        "byday": "MO,TU,WE,TH,FR",
        "opens_at": "09:00",
        "closes_at": "15:00",
        "notes": "The times are Finland's. Closed on public holidays.",
    }
    by_first = {one["valid_from"]: one for one in said(POINT)[1:]}
    assert meanwhile["notes"].startswith("Instead of the ordinary hours.") or "description" in meanwhile
    assert by_first["2026-12-28"]["opens_at"] == "10:00+02:00"
    assert by_first["2026-12-24"]["description"] == "Closed."
    assert "opens_at" not in closed or closed["valid_from"] == "2026-12-28"


def test_hours_that_have_no_schedule_are_given_as_written() -> None:
    assert said(BRANCH) == [{"description": "The hours as they were told: Jun-Aug Mo 10:00-12:00"}]
    assert said(replace(POINT, hours="24/7"))[0]["description"] == "Open around the clock."
    assert said(replace(POINT, hours="")) == []


def test_summer_and_winter_have_their_own_offset() -> None:
    summer = said(replace(POINT, hours="2027 Jun 01-2027 Aug 31 Mo 10:00-12:00"))[0]
    half_year = said(replace(POINT, hours="2027 Jan 01-2027 Jun 30 Mo 10:00-12:00"))[0]
    assert (summer["opens_at"], summer.get("notes")) == ("10:00+03:00", None)
    assert (half_year["opens_at"], half_year["notes"]) == ("10:00", "The times are Finland's.")


def test_a_course_that_meets_once() -> None:
    (found,) = said(COURSE)
    assert found["dtstart"] == "2026-12-01T17:00:00+02:00"
    assert found["until"] == "2026-12-01T19:00:00+02:00"
    assert (found["count"], found["byday"], found["opens_at"]) == (1, "TU", "17:00+02:00")
    assert found["attending_type"] == "Enrol by 30 November 2026. Seats: 12."


def test_a_course_that_meets_weekly() -> None:
    weekly = replace(COURSE, hours="We 13:00-15:00", ends=datetime(2027, 1, 27, 15, tzinfo=HELSINKI))
    (found,) = said(weekly)
    assert (found["dtstart"], found["until"]) == ("2026-12-02", "2027-01-27")
    assert (found["valid_from"], found["valid_to"]) == ("2026-12-01", "2027-01-27")
    assert (found["byday"], found["opens_at"]) == ("WE", "13:00+02:00")


def test_a_course_of_many_days_has_no_invented_times() -> None:
    (found,) = said(replace(COURSE, ends=datetime(2026, 12, 20, 19, tzinfo=HELSINKI)))
    assert (found["dtstart"], found["until"]) == ("2026-12-01T17:00:00+02:00", "2026-12-20T19:00:00+02:00")
    assert not {"opens_at", "byday", "freq"} & found.keys()


OFFERS = st.builds(
    lambda base, **changes: replace(base, **changes),
    st.sampled_from([POINT, BRANCH, COURSE, offer("x"), at("y", INARI)]),
    names=st.dictionaries(st.sampled_from(["fi", "sv", "en"]), st.text(max_size=20), max_size=3),
    descriptions=st.dictionaries(st.sampled_from(["fi", "sv", "xx"]), st.text(max_size=20), max_size=2),
    form=st.sampled_from(Form),
    needs=st.frozensets(st.sampled_from(sorted(catalog().needs))),
    hours=st.sampled_from(["", "24/7", "Mo 09:00-10:00", "Jun Mo 09:00-10:00", "2026 Dec 24 off", "PH off"]),
    audience=st.lists(st.sampled_from(["seniors", "deaf", "strange"]), max_size=2, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["fi", "fse", "xx"]), max_size=2, unique=True).map(tuple),
    street=st.sampled_from(["", "Tie 1"]),
    postcode=st.sampled_from(["", "99600", "00001"]),
    municipality=st.sampled_from(["", SODANKYLA]),
    price=st.sampled_from(["", "free", "3 €", "?"]),
    home_visits=st.booleans(),
    ethical_guidelines=st.none() | st.booleans(),
    valid_from=st.none() | st.dates(),
)


@needs_schemas
@settings(deadline=None)  # The schemas are read in the first call.
@given(OFFERS, st.sampled_from(["fi", "sv", "se", "fi@simple"]))
def test_whatever_an_offer_holds_its_records_are_valid(one: Offer, language: str) -> None:
    made = Feed.of(supply([one], {}, catalog(), atlas(), DAY), Voice(language, catalogues()))
    for service in made.supply.services.values():
        assert faults("compiled/service_list", made.listed_service(service)) == []
        assert faults("compiled/service", made.full_service(service)) == []
    for connection in made.supply.connections.values():
        assert faults("compiled/service_at_location_list", made.listed_connection(*connection)) == []
        assert faults("compiled/service_at_location", made.full_connection(*connection)) == []
    for provider in made.supply.providers.values():
        assert faults("compiled/organization_list", made.flat_organization(provider)) == []
        assert faults("compiled/organization", made.full_organization(provider, True)) == []
