"""The interface over HTTP: addresses, parameters, pages, refusals, headers; and a directory that is swapped."""

import asyncio
import gzip
import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from referral.directory.current import Current
from referral.directory.published.identity import identity
from referral.directory.published.taxonomy import taxonomy_id, term_id
from tests.referral.web.hsds.published import needs_schemas, required_fields
from tests.referral.web.hsds.served import (
    DAY,
    HIDDEN,
    MADE_UP,
    POINT,
    edition,
    everything,
    served,
    starter,
    views,
)
from tests.referral.web.hsds.walker import LISTS, over_http


def get(address: str, path: str, **query: object) -> Any:
    """The JSON of an answer that must be good."""
    status, found = over_http(address)(f"{path}?{urlencode(query)}")
    assert status == 200, (path, query, status)
    return found


def every(address: str, path: str, **query: object) -> list[dict[str, Any]]:
    """The records of all pages."""
    found: list[dict[str, Any]] = []
    for page in range(1, 1000):
        one = get(address, path, page=page, per_page=500, **query)
        found += one["contents"]
        if one["last_page"]:
            return found
    raise AssertionError("the pages have no end")


def names(found: list[dict[str, Any]]) -> set[str]:
    return {one["name"] for one in found}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("colour=blue", "There is no parameter 'colour' here"),
        ("page=0", "page must be a whole number from 1"),
        ("page=1&page=2", "page is given more than once"),
        ("per_page=501", "per_page must be a whole number from 1 to 500"),
        ("per_page=two", "per_page must be"),
        ("page=%D9%A3", "page must be"),
        ("format=xml", "format must be json"),
        ("lang=de", "lang must be one of fi, fi-simple, sv, en, se"),
        ("minimal=1", "minimal must be true or false"),
        ("modified_after=yesterday", "modified_after must be a moment"),
        ("modified_after=0001-01-01T00:00:00%2B23:00", "modified_after must be a moment"),
        ("postcode=99600", "There is no parameter 'postcode' here"),
        (f"search={'a' * 201}", "search must be at most 200 characters"),
    ],
)
async def test_a_bad_parameter_is_refused_with_a_sentence(address: str, query: str, message: str) -> None:
    async with ClientSession() as session, session.get(f"{address}/services?{query}") as response:
        assert response.status == 400
        found = await response.json()
        assert set(found) == {"code", "message"}
        assert found["message"].startswith(message) or message in found["message"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("proximity=1000", 404),
        ("postcode=9960", 400),
        ("postcode=99600&proximity=far", 400),
        ("postcode=00001", 404),
        ("postcode=99600&proximity=1000", 200),
    ],
)
async def test_a_distance_needs_a_postcode_that_exists(address: str, query: str, status: int) -> None:
    async with ClientSession() as session, session.get(f"{address}/service_at_locations?{query}") as response:
        assert response.status == status
        assert status == 200 or set(await response.json()) == {"code", "message"}


@pytest.mark.parametrize(
    "path", ["/nothing", "/services/", "/services/1/2", "/openapi", "/services/%00", "/services/x"]
)
async def test_what_is_not_there_is_404_in_json(address: str, path: str) -> None:
    async with ClientSession() as session, session.get(f"{address}{path}") as response:
        assert response.status == 404
        assert set(await response.json()) == {"code", "message"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "/services", "/services/x", "/nothing"])
async def test_it_can_only_be_read(address: str, method: str, path: str) -> None:
    async with ClientSession() as session, session.request(method, f"{address}{path}") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert (await response.json())["code"] == "not_allowed"


@pytest.mark.parametrize("path", ["", "/", "/services", "/services?lang=xx", "/services/x", "/openapi.json"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_everything_is_open_to_other_sites(address: str, method: str, path: str) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    async with (
        ClientSession() as session,
        session.request(method, f"{address}{path}", headers=headers) as response,
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert method != "OPTIONS" or "GET" in response.headers["Access-Control-Allow-Methods"]
        assert method == "GET" or await response.read() == b""


async def test_an_answer_is_packed_and_known_again(address: str) -> None:
    async with ClientSession(auto_decompress=False) as session:
        async with session.get(f"{address}/services", headers={"Accept-Encoding": "gzip"}) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            tag, packed = response.headers["ETag"], await response.read()
            assert "GMT" in response.headers["Last-Modified"]
        async with session.get(f"{address}/services", headers={"Accept-Encoding": "identity"}) as response:
            assert "Content-Encoding" not in response.headers
            assert await response.read() == gzip.decompress(packed)
        async with session.get(f"{address}/services", headers={"If-None-Match": tag}) as response:
            assert response.status == 304
            assert await response.read() == b""
        async with session.get(f"{address}/services?lang=sv", headers={"If-None-Match": tag}) as response:
            assert response.status == 200


@needs_schemas
@pytest.mark.parametrize("language", ["fi", "sv", "en", "se", "fi-simple"])
def test_what_is_required_is_never_empty(address: str, language: str) -> None:
    looked = 0
    for name, _, listed, whole in LISTS:
        page = get(address, f"/{name}", lang=language, search="point" if name != "taxonomies" else "")
        chosen = page["contents"] or get(address, f"/{name}", lang=language)["contents"]
        for record in chosen[:15]:
            one = get(address, f"/{name}/{record['id']}", lang=language)
            for field, value in [*required_fields(record, listed), *required_fields(one, whole)]:
                assert value not in ("", None), (name, field)
                looked += 1
            assert record.get("description") or name not in ("services", "organizations", "taxonomy_terms")
    assert looked > 500


def test_a_feed_is_in_one_language(address: str) -> None:
    id = identity("service", POINT.id)
    finnish, swedish, english = (get(address, f"/services/{id}", lang=tag) for tag in ("fi", "sv", "en"))
    assert (finnish["name"], swedish["name"], english["name"]) == (
        "Pidon neuvontapiste",
        "Pidos rådgivning",
        "Pidon neuvontapiste",
    )
    assert swedish["alternate_name"] == "Pidon neuvontapiste"
    assert swedish["organization"]["name"] == "Pidos bibliotek"
    assert get(address, f"/services/{id}", lang="fi-simple")["description"] == "Auttaa digissä."
    assert get(address, f"/services/{id}", lang="sv-FI")["name"] == swedish["name"]
    assert {one["name"] for one in swedish["service_areas"]} == {"Lappland", "Helsingfors", "Sodankylä"}
    assert {one["taxonomy_term"]["language"] for one in swedish["attributes"]} == {"sv"}


def test_what_is_hidden_stays_hidden(address: str) -> None:
    shown = {one["id"] for one in every(address, "/service_at_locations")}
    assert {identity("service_at_location", one.id) for one in MADE_UP} <= shown
    assert not {identity("service_at_location", one.id) for one in HIDDEN} & shown


def test_filters_add_up(address: str) -> None:
    everything_ = {one["id"] for one in every(address, "/services")}
    filters = [
        {"taxonomy_term_id": term_id("needs", "kela")},
        {"taxonomy_term_id": term_id("forms", "training")},
        {"taxonomy_id": taxonomy_id("audiences")},
        {"organization_id": identity("organization", "keepers")},
        {"modified_after": "2026-11-15T00:00:00Z"},
        {"search": "Sodankylässä"},
        {"search": "pankkitunnukset"},
    ]
    alone = [{one["id"] for one in every(address, "/services", **query)} for query in filters]
    assert all(0 < len(ids) < len(everything_) for ids in alone), [len(ids) for ids in alone]
    for one, ids in zip(filters, alone, strict=True):
        for other, others in zip(filters, alone, strict=True):
            if not one.keys() & other.keys():
                both = {found["id"] for found in every(address, "/services", **one, **other)}
                assert both == ids & others, (one, other)


def test_an_unknown_filter_value_finds_nothing(address: str) -> None:
    for name in ("taxonomy_term_id", "taxonomy_id", "organization_id"):
        page = get(address, "/services", **{name: "x"})
        assert (page["total_items"], page["empty"], page["last_page"]) == (0, True, True)


def test_changes_are_told_by_their_day(address: str) -> None:
    """The point changed on the 20th, with its branch; the course was checked on the first."""
    late = {one["id"] for one in every(address, "/services", modified_after="2026-11-20T23:00:00+02:00")}
    later = {one["id"] for one in every(address, "/services", modified_after="2026-11-21T00:00:00+02:00")}
    night = {one["id"] for one in every(address, "/services", modified_after="2026-11-20T22:30:00Z")}
    assert identity("service", POINT.id) in late
    assert identity("service", POINT.id) not in later
    assert night == later
    assert identity("service", "course") not in late


def test_case_forms_and_marks_are_found(address: str) -> None:
    base = names(every(address, "/services", search="Sodankylä"))
    assert "Pidon neuvontapiste" in base
    for word in ("sodankyla", "SODANKYLÄ", "Sodankylässä", "Sodankylään", "sodankyl"):
        assert "Pidon neuvontapiste" in names(every(address, "/services", search=word)), word
    assert "Pidon neuvontapiste" in names(
        every(address, "/services", search="sodankylässä neuvontapisteen pidon")
    )
    assert every(address, "/services", search="sodankylä zzzz") == []
    assert len(every(address, "/services", search="  ")) == len(every(address, "/services"))
    assert names(every(address, "/organizations", search="Saariselkä"))
    assert names(every(address, "/taxonomies", search="needs", lang="en")) == {"Needs"}
    assert "Kelan asiointi" in names(every(address, "/taxonomy_terms", search="kela"))


def test_the_nearest_come_first_and_none_beyond(address: str) -> None:
    near = get(address, "/service_at_locations", postcode="99600", proximity=10_000, full="true")["contents"]
    wide = get(address, "/service_at_locations", postcode="99600", proximity=100_000)["contents"]
    assert 0 < len(near) < len(wide)
    assert {one["id"] for one in near} < {one["id"] for one in wide}
    assert [one["id"] for one in wide][: len(near)] == [one["id"] for one in near]
    served_there = every(address, "/service_at_locations", postcode="99600")
    elsewhere = every(address, "/service_at_locations", postcode="20100")
    visits = identity("service_at_location", "visits")
    assert visits in {one["id"] for one in served_there}
    assert visits not in {one["id"] for one in elsewhere}


def test_minimal_is_one_page_and_full_is_whole(address: str) -> None:
    minimal = get(address, "/services", minimal="true")
    assert minimal["size"] == minimal["total_items"] > 500
    assert set(minimal["contents"][0]) <= {"id", "name", "status", "last_modified"}
    assert get(address, "/services", minimal="true", per_page=2)["size"] == 2
    full = get(address, "/services", full="true", per_page=3)["contents"]
    assert full == [get(address, f"/services/{one['id']}") for one in full]
    keepers = identity("organization", "keepers")
    whole = get(address, f"/organizations/{keepers}", full_service="true")
    assert {one["id"] for one in whole["services"]} == {
        one["id"] for one in every(address, "/services", organization_id=keepers)
    }
    assert all(one["service_at_locations"] for one in whole["services"])
    assert not any("attributes" in one for one in get(address, f"/organizations/{keepers}")["services"])


def test_terms_are_a_tree(address: str) -> None:
    all_ = every(address, "/taxonomy_terms")
    top = every(address, "/taxonomy_terms", top_only="true")
    below = [one for group in top for one in every(address, "/taxonomy_terms", parent_id=group["id"])]
    assert {one["id"] for one in all_} == {one["id"] for one in [*top, *below]}
    assert len(all_) == len(top) + len(below)
    of_needs = every(address, "/taxonomy_terms", taxonomy_id=taxonomy_id("needs"))
    assert {one["taxonomy_id"] for one in of_needs} == {taxonomy_id("needs")}
    used = {
        one["taxonomy_term_id"]
        for one in get(address, f"/services/{identity('service', POINT.id)}")["attributes"]
    }
    assert used <= {one["id"] for one in all_}


async def test_a_swapped_directory_is_published_without_a_pause() -> None:
    current = Current(edition(*MADE_UP[:3]))
    days = [DAY]
    async with served(views(current, lambda: days[0])) as address, ClientSession() as session:

        async def total() -> int:
            async with session.get(f"{address}/service_at_locations") as response:
                return int((await response.json())["total_items"])

        async def until(wanted: int) -> None:
            async with asyncio.timeout(20):
                while await total() != wanted:
                    await asyncio.sleep(0.01)

        assert await total() == 3
        current.swap(everything())
        assert await total() in (3, len(starter()) + len(MADE_UP))
        await until(len(starter()) + len(MADE_UP))
        days[0] = date(2026, 12, 2)  # The course is over the day after.
        await until(len(starter()) + len(MADE_UP) - 1)
        days[0] -= timedelta(days=30)
        assert json.dumps(await total())
