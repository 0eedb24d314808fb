"""Which pages are asked for, with answers written by hand: nothing here knows of a network."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.importers.fetch import feeds
from referral.directory.importers.fetch.itinerary import Ask, Itinerary
from referral.directory.importers.fetch.ptv import Version11, Version12, taken_by
from referral.directory.importers.imported import Means
from referral.directory.importers.rejected import Unfit
from tests.referral.supply import atlas, catalog

MEANS = Means.of(catalog(), atlas(), {}, date(2026, 11, 23))
SINCE = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
BASE = "https://api.example/v11"

Answers = Callable[[Ask], Any]


def walked(itinerary: Itinerary, answers: Answers) -> list[Ask]:
    """Every page that is asked for."""
    asks: list[Ask] = []
    while ask := itinerary.ask:
        assert itinerary.ahead > 0
        asks.append(ask)
        itinerary = itinerary.answered(json.dumps(answers(ask)).encode())
        assert len(asks) < 1000
    assert itinerary.ahead == 0
    assert len({ask.file for ask in asks}) == len({ask.name for ask in asks}) == len(asks)
    return asks


def query(ask: Ask) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(ask.address).query).items()}


def service(id: str, name: str, *channels: str) -> dict[str, Any]:
    return {
        "id": id,
        "publishingStatus": "Published",
        "serviceNames": [{"language": "fi", "value": name, "type": "Name"}],
        "serviceChannels": [{"serviceChannel": {"id": channel}} for channel in channels],
        "organizations": [{"organization": {"id": f"o-{id}", "name": "Kunta"}, "roleType": "Responsible"}],
    }


SERVICES = {
    "s1": service("s1", "Digituki", "c1", "c2"),
    "s2": service("s2", "Rakennuslupa", "c3"),
    "s3": service("s3", "Digineuvonta", "c2", "c4"),
}
CHANNELS = {
    "c1": ["s1"],
    "c2": ["s1", "s3"],
    "c3": ["s2"],
    "c4": ["s3"],
}


def version_11(ask: Ask, listed: dict[str, list[list[str]]]) -> Any:
    """What the register answers: ``listed`` has the pages of ids of each kind."""
    kind = urlsplit(ask.address).path.split("/")[2]
    if not ask.has_records:
        pages = listed[kind]
        number = int(query(ask)["page"])
        ids = pages[number - 1] if pages else []
        return {"pageCount": len(pages), "itemList": [{"id": id, "name": "x"} for id in ids]}
    ids = query(ask)["guids"].split(",")
    if kind == "Service":
        return [SERVICES[id] for id in ids if id in SERVICES]
    if kind == "ServiceChannel":
        return [
            {
                "id": id,
                "serviceChannelType": "Phone",
                "services": [{"service": {"id": one}} for one in CHANNELS[id]],
            }
            for id in ids
        ]
    return [{"id": id, "organizationNames": []} for id in ids]


def told(asks: list[Ask]) -> list[tuple[str, str]]:
    return [(ask.name, query(ask).get("guids", query(ask).get("page", ""))) for ask in asks]


def test_of_all_services_only_the_taken_ones_lead_on() -> None:
    asks = walked(
        Version11.begin(BASE, taken_by(MEANS)),
        lambda ask: version_11(ask, {"Service": [["s1", "s2"], ["s3", "gone"]]}),
    )
    assert told(asks) == [
        ("Service-ids-00001", "1"),
        ("Service-ids-00002", "2"),
        ("Service-00001", "s1,s2,s3,gone"),
        ("ServiceChannel-00001", "c1,c2,c4"),
        ("Organization-00001", "o-s1,o-s3"),
    ]
    assert asks[0].address == "https://api.example/v11/Service?page=1"
    assert [ask.has_records for ask in asks] == [False, False, True, True, True]


def test_a_coordinator_s_choice_leads_on_too() -> None:
    means = Means(
        MEANS.names, MEANS.services, MEANS.supply, MEANS.day, {"s1": False, "s2": True, "s3": False}
    )
    asks = walked(
        Version11.begin(BASE, taken_by(means)), lambda ask: version_11(ask, {"Service": [["s1", "s2", "s3"]]})
    )
    assert [ids for name, ids in told(asks) if name.startswith("ServiceChannel")] == ["c3"]


def test_what_is_nearly_taken_leads_on_where_it_is_asked_for() -> None:
    means = Means(MEANS.names, MEANS.services, MEANS.supply, MEANS.day, {"s1": False, "s3": False})
    for nearly, channels in ((False, []), (True, ["c1,c2,c4"])):
        asks = walked(
            Version11.begin(BASE, taken_by(means, nearly=nearly)),
            lambda ask: version_11(ask, {"Service": [["s1", "s2", "s3"]]}),
        )
        # "Rakennuslupa" has no word of ours, and is nowhere near.
        assert [ids for name, ids in told(asks) if name.startswith("ServiceChannel")] == channels


def test_a_changed_channel_leads_to_its_services_and_they_to_theirs() -> None:
    asks = walked(
        Version11.begin(BASE, taken_by(MEANS), SINCE),
        lambda ask: version_11(ask, {"Service": [["s2"]], "ServiceChannel": [["c1", "c3"]]}),
    )
    assert told(asks) == [
        ("Service-ids-00001", "1"),
        ("ServiceChannel-ids-00001", "1"),
        ("Service-00001", "s2"),
        ("ServiceChannel-00001", "c1,c3"),
        ("Service-00002", "s1"),
        ("ServiceChannel-00002", "c2"),
        ("Service-00003", "s3"),
        ("ServiceChannel-00003", "c4"),
        ("Organization-00001", "o-s1,o-s3"),
    ]
    assert query(asks[0])["date"] == "2026-11-20T06:00:00"


def test_another_question_is_another_file() -> None:
    one, other = (Ask("Service-00001", f"{BASE}/Service/list?guids={ids}") for ids in ("a,b", "a,c"))
    assert one.file != other.file
    assert one.file == Ask(one.name, one.address).file
    assert one.file.startswith("Service-00001-")


def test_nothing_changed_is_two_questions() -> None:
    asks = walked(
        Version11.begin(BASE, taken_by(MEANS), SINCE),
        lambda ask: version_11(ask, {"Service": [], "ServiceChannel": []}),
    )
    assert len(asks) == 2


def test_no_question_has_more_than_fifty_ids() -> None:
    ids = [f"id {number}/?&" for number in range(120)]

    def answer(ask: Ask) -> Any:
        return [{}] if ask.has_records else version_11(ask, {"Service": [ids]})

    asks = walked(Version11.begin(BASE, taken_by(MEANS)), answer)
    assert [len(query(ask)["guids"].split(",")) for ask in asks[1:]] == [50, 50, 20]
    assert [id for ask in asks[1:] for id in query(ask)["guids"].split(",")] == ids


def test_a_register_that_has_none_of_what_it_named_is_asked_again() -> None:
    ids = [{"id": f"s{number}"} for number in range(60)]
    listed = json.dumps({"pageCount": 1, "itemList": ids}).encode()
    way = Version11.begin(BASE, taken_by(MEANS)).answered(listed)
    with pytest.raises(Unfit, match="of 50 records"):
        way.answered(b"[]")
    with pytest.raises(Unfit):
        way.answered(b"[" * 100_000)
    rest = way.answered(b'[{"id": "s1"}]')
    assert rest.answered(b"[]").ask is None


def version_12(ask: Ask) -> Any:
    path = urlsplit(ask.address).path
    number = int(query(ask).get("page", "0"))
    if "/service/" in path:
        name = "Digituki" if number < 3 else "Rakennuslupa"
        items = [
            {
                "contentId": f"s{number}-{one}",
                "organizationContentId": "o1",
                "languageVersions": {"fi": {"name": name}},
            }
            for one in range(15)
        ]
        return {"page": number, "totalPages": 3, "items": items}
    if "/connection/" in path:
        services = parse_qs(urlsplit(ask.address).query)["serviceContentIds"]
        assert len(services) <= 20
        items = [{"serviceContentId": id, "channelContentId": f"c{id[1]}/x"} for id in services]
        return {"page": number, "totalPages": 2, "items": items}
    if "/service-channel/" in path:
        return {"contentId": "c1", "serviceChannelType": "Phone", "languageVersions": {}}
    return {"page": number, "totalPages": 1, "items": []}


def test_the_way_through_version_12() -> None:
    asks = walked(Version12.begin("https://api.example/v12", taken_by(MEANS)), version_12)
    assert [ask.name for ask in asks] == [
        "service-00001",
        "service-00002",
        "service-00003",
        "connection-00001-00001",
        "connection-00001-00002",
        "connection-00002-00001",
        "connection-00002-00002",
        "service-channel-00001",
        "service-channel-00002",
        "organization-00001",
        "target-groups-00001",
        "wellbeing-services-county-codes-00001",
    ]
    assert asks[0].address == "https://api.example/v12/service/search?page=1&pageSize=100"
    assert asks[7].address == "https://api.example/v12/service-channel/c1%2Fx"
    assert [ask.may_be_gone for ask in asks] == [False] * 7 + [True] * 2 + [False] * 3
    assert all(ask.has_records for ask in asks)


def test_version_12_without_digital_support_ends_early() -> None:
    taken = taken_by(Means(MEANS.names, MEANS.services, MEANS.supply, MEANS.day, _Nothing()))
    assert len(walked(Version12.begin("https://api.example/v12", taken), version_12)) == 3


class _Nothing(dict[str, bool]):
    """A coordinator who leaves everything."""

    def __contains__(self, id: object) -> bool:
        return True

    def __missing__(self, id: str) -> bool:
        return False


def test_libraries_are_paged_by_skip_with_their_hours() -> None:
    asks = walked(
        feeds.kirkanta("https://api.example/v4"), lambda ask: {"type": "library", "total": 250, "items": []}
    )
    assert [query(ask)["skip"] for ask in asks] == ["0", "100", "200"]
    assert {"services", "schedules", "primaryContactInfo"} <= set(query(asks[0])["with"].split(","))


def test_a_full_page_of_libraries_leads_on_whatever_the_total_says() -> None:
    asks = walked(
        feeds.kirkanta("https://api.example/v4"),
        lambda ask: {"total": 1, "items": [{}] * (100 if query(ask)["skip"] == "0" else 7)},
    )
    assert len(asks) == 2


def test_a_feed_is_paged_and_can_be_asked_for_changes() -> None:
    asks = walked(feeds.hsds("https://api.example", SINCE), lambda ask: {"total_pages": 2, "contents": []})
    assert [query(ask)["page"] for ask in asks] == ["1", "2"]
    assert query(asks[0])["modified_after"] == "2026-11-20T06:00:00Z"
    assert query(asks[0])["full"] == "true"
    assert "modified_after" not in query(
        walked(feeds.hsds("https://api.example"), lambda _: {"total_pages": 0})[0]
    )


def test_events_end_where_there_is_no_next_page() -> None:
    def answer(ask: Ask) -> Any:
        following = "http://internal.invalid/" if query(ask)["page"] != "3" else None
        return {"meta": {"count": 250, "next": following}, "data": []}

    asks = walked(feeds.events("https://api.example/v1"), answer)
    assert [ask.address.split("?")[0] for ask in asks] == ["https://api.example/v1/event/"] * 3


BEGINNINGS: dict[str, Itinerary] = {
    "version 11": Version11.begin(BASE, taken_by(MEANS)),
    "version 11 since": Version11.begin(BASE, taken_by(MEANS), SINCE),
    "version 12": Version12.begin(BASE, taken_by(MEANS)),
    "libraries": feeds.kirkanta(BASE),
    "feed": feeds.hsds(BASE),
    "events": feeds.events(BASE),
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[", b"<html>", b'{"itemList": [', b"\xff\xfe", b"5", b"[" * 100_000],
)
def test_a_page_that_is_not_whole_is_none(beginning: str, content: bytes) -> None:
    with pytest.raises(Unfit):
        BEGINNINGS[beginning].answered(content)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_source_cannot_send_us_round_for_ever(beginning: str) -> None:
    numbers = dict.fromkeys(("pageCount", "total", "total_pages", "totalPages"), 10**9)
    page = {**numbers, "meta": {"next": "x", "count": 10**9}}
    with pytest.raises(Unfit):
        BEGINNINGS[beginning].answered(json.dumps(page).encode())


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("pageCount", "itemList", "total", "items", "total_pages", "contents", "meta", "next"),
                    *(
                        "count",
                        "data",
                        "totalPages",
                        "id",
                        "contentId",
                        "serviceNames",
                        "services",
                        "service",
                    ),
                    *("serviceContentId", "channelContentId", "languageVersions", "serviceChannels"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("beginning", BEGINNINGS)
@given(found=anything)
def test_no_answer_stops_it(beginning: str, found: Any) -> None:
    content = json.dumps(found).encode()
    itinerary = BEGINNINGS[beginning]
    for _ in range(3):
        try:
            itinerary = itinerary.answered(content)
        except Unfit:
            return
        if itinerary.ask is None:
            return
