"""Version 12 of the service register over HTTP, in the shapes of its OpenAPI description (beta 0.1.0)."""

import json
from typing import Any

from aiohttp import web

from tests.registers.finland import LINE, PLACE, Register, channel_id, is_taken, organisation_id, service_id

KEY = "a-key-of-the-tests"
MOST_RECORDS, MOST_IDS = 100, 20


def service(**changes: Any) -> dict[str, Any]:
    """A service, as ``/service`` gives it."""
    plain = {
        "contentId": "s1",
        "organizationContentId": "o1",
        "generalDescriptionContentId": None,
        "targetGroups": ["KR1"],
        "industrialClasses": [],
        "lifeEvents": [],
        "ontologyTerms": ["http://www.yso.fi/onto/koko/p1"],
        "serviceClasses": ["P6.10"],
        "producers": {},
        "otherResponsibleOrganizations": [],
        "chargeType": "FreeOfCharge",
        "fundingType": "PubliclyFunded",
        "serviceLanguages": ["fi"],
        "area": {
            "areaType": "LimitedArea",
            "municipalities": ["758"],
            "regions": [],
            "wellbeingServicesCounties": [],
        },
        "publishedAt": "2026-10-01T10:00:00.000Z",
        "serviceType": "Service",
        "languageVersions": {
            "fi": {
                "name": "Digituki",
                "summary": "Apua digiasioihin.",
                "description": "Pitkästi.",
                "freelyAssignedKeywords": ["tietokone"],
                "chargeTypeAdditionalInformation": None,
            }
        },
    }
    return {**plain, **changes}


def place(**changes: Any) -> dict[str, Any]:
    """A service location, as ``/service-channel`` gives it."""
    street = {
        "addressSource": {"source": "Posti"},
        "streetName": {"fi": "Jäämerentie", "sv": "Ishavsvägen"},
        "addressDetail": "1",
        "postalCode": "99600",
        "coordinates": [
            {"system": "Unknown", "source": "User", "easting": 1, "northing": 2},
            {"system": "EPSG:3067", "source": "NLS", "easting": 484000, "northing": 7478000.5},
        ],
        "additionalInformation": {},
        "accessibilityRegisterServicePointId": None,
    }
    plain = {
        "contentId": "c1",
        "organizationContentId": "o1",
        "allowedConnectionType": "AllOrganizations",
        "serviceLanguages": ["fi", "se"],
        "area": {"areaType": "WholeCountry"},
        "publishedAt": "2026-09-01T10:00:00.000Z",
        "serviceChannelType": "ServiceLocation",
        "languageVersions": {
            "fi": {
                "name": "Kirjasto",
                "summary": None,
                "contactWebPages": [{"name": "Sivut", "url": "https://kirjasto.example/"}],
                "contactFaxNumbers": [{"type": "Fax", "number": "1", "dialCode": "+358"}],
                "contactPhoneNumbers": [
                    {"type": "InternationalPhone", "number": "161234567", "dialCode": "+358"}
                ],
            }
        },
        "location": {"foreignAddresses": [], "otherAddresses": [], "streetAddresses": [street]},
        "contactAddresses": {"streetAddresses": [{**street, "streetName": {"fi": "Postikatu"}}]},
        "serviceHours": {"hours": [], "holidayServiceHours": None},
    }
    return {**plain, **changes}


def connection(**changes: Any) -> dict[str, Any]:
    """A connection, as ``/connection`` gives it."""
    plain = {
        "serviceContentId": "s1",
        "channelContentId": "c1",
        "contactAddresses": {"streetAddresses": []},
        "chargeType": None,
        "serviceHours": {"hours": [], "holidayServiceHours": None},
        "languageVersions": {},
        "publishedAt": "2026-11-01T10:00:00.000Z",
    }
    return {**plain, **changes}


ORGANISATION = {
    "contentId": "o1",
    "organizationType": "Municipality",
    "languageVersions": {"fi": {"name": "Järven kunta"}, "sv": {"name": "Sjö kommun"}},
}


def routes(register: Register, gone: frozenset[str] = frozenset()) -> list[web.RouteDef]:
    """What it answers, below /api/v12, to who has the key. The channels in ``gone`` have been archived."""

    async def services(request: web.Request) -> web.Response:
        return _page(request, register.count, lambda number: _service(number))

    async def organisations(request: web.Request) -> web.Response:
        ids = sorted({organisation_id(number) for number in range(register.count)})
        return _page(request, len(ids), lambda number: {**ORGANISATION, "contentId": ids[number]})

    async def connections(request: web.Request) -> web.Response:
        ids = request.query.getall("serviceContentIds", [])
        if len(ids) > MOST_IDS:
            raise web.HTTPBadRequest(text="serviceContentIds: too many")
        found = [
            connection(serviceContentId=id, channelContentId=channel_id(int(id[:8], 16), kind))
            for id in ids
            for kind in (PLACE, LINE)
        ]
        return _page(request, len(found), lambda number: found[number])

    async def channel(request: web.Request) -> web.Response:
        _admit(request)
        id = request.match_info["id"]
        if id in gone:
            raise web.HTTPNotFound(text=json.dumps({"status": 404, "reason": "NotPublished"}))
        return _json(place(contentId=id))

    async def codes(request: web.Request) -> web.Response:
        code = {"code": "KR1", "uri": "http://uri.suomi.fi/x", "isValid": True, "name": {"fi": "Kansalaiset"}}
        return _page(request, 1, lambda _: code)

    return [
        web.get("/api/v12/service/search", services),
        web.get("/api/v12/organization/search", organisations),
        web.get("/api/v12/connection/search", connections),
        web.get("/api/v12/service-channel/{id}", channel),
        web.get("/api/v12/target-groups", codes),
        web.get("/api/v12/wellbeing-services-county-codes", codes),
    ]


def _service(number: int) -> dict[str, Any]:
    told = service(contentId=service_id(number), organizationContentId=organisation_id(number))
    name = f"Digituki {number}" if is_taken(number) else f"Palvelu {number}"
    return {**told, "languageVersions": {"fi": {"name": name, "summary": "x", "freelyAssignedKeywords": []}}}


def _admit(request: web.Request) -> None:
    if request.headers.get("x-api-key") != KEY:
        raise web.HTTPUnauthorized


def _page(request: web.Request, count: int, record: Any) -> web.Response:
    _admit(request)
    number, size = int(request.query["page"]), int(request.query["pageSize"])
    if not 1 <= size <= MOST_RECORDS:
        raise web.HTTPBadRequest(text="pageSize")
    items = [record(one) for one in range((number - 1) * size, min(number * size, count))]
    return _json(
        {
            "page": number,
            "pageSize": size,
            "totalItems": count,
            "totalPages": -(-count // size),
            "items": items,
        }
    )


def _json(found: Any) -> web.Response:
    return web.Response(body=json.dumps(found).encode(), content_type="application/json")
