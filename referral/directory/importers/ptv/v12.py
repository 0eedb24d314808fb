"""Version 12 of the register's interface (beta, with a key), read as our types.

Only the shapes that are documented are read: content ids, ``languageVersions`` with names and texts by
language, classifications as codes, URIs or records, areas by codes, coordinates as easting and northing,
connections as records of their own, and typed sets of hours. A field of another shape costs its record,
which is then named among the rejections. Hours of named holidays are not read: the register gives them
without dates, and what a feast changes is told by its dates too.
"""

from collections.abc import Sequence
from typing import Any

from knowledge.model import Names
from referral.directory.importers.ptv.model import (
    Address,
    Area,
    Channel,
    Code,
    Connection,
    Contact,
    Hours,
    Kind,
    Page,
    Phone,
    Reach,
    Service,
    Times,
)
from referral.directory.importers.ptv.v11 import REACHES
from referral.directory.importers.record import Raw, day, listed, part, parts, text

KINDS = {
    "ServiceLocation": Kind.LOCATION,
    "TelephoneService": Kind.PHONE,
    "Phone": Kind.PHONE,
    "EService": Kind.SERVICE,
    "EChannel": Kind.SERVICE,
    "WebPage": Kind.PAGE,
    "PrintableForm": Kind.FORM,
}
HOURS = {
    "DaysOfTheWeek": "week",
    "Weekly": "week",
    "AlwaysOpen": "week",
    "OverMidnight": "over_midnight",
    "ExceptionalDate": "exception",
    "ExceptionalDateRange": "exception",
    "Exceptional": "exception",
}
TM35 = ("", "EPSG:3067", "ETRS-TM35FIN", "EtrsTm35Fin")


def is_connection(raw: Raw) -> bool:
    """Whether the record joins a service and a channel."""
    return bool(_reference(raw, "service")) and bool(_channel_of(raw))


def is_organisation(raw: Raw) -> bool:
    """Whether the record is of an organisation: it has a business code, or no organisation of its own."""
    return "businessCode" in raw or "organizationType" in raw


def names(raw: Raw) -> Names:
    """The name in each language."""
    return _told(raw, "name")


def service(raw: Raw) -> Service:
    """A record of ``/service``. Raises Unfit for one of another shape."""
    id = text(raw, "contentId")
    channels = [_id_of(one) for one in listed(raw, "serviceChannels")]
    return Service(
        id=id,
        status=text(raw, "publishingStatus") or "Published",
        names=names(raw),
        other_names=tuple(_told(raw, "alternativeName").values()),
        summaries=_told(raw, "summary"),
        descriptions=_told(raw, "description"),
        organisation=_reference(raw, "organization"),
        organisation_names=names(part(raw, "organization")) if _is_record(raw, "organization") else {},
        languages=_languages(raw, "serviceLanguages"),
        charge=text(raw, "chargeType") or text(raw, "serviceChargeType"),
        charge_info=_told(raw, "chargeInfo"),
        area=_area(raw),
        classes=_codes(raw, "serviceClasses"),
        terms=_codes(raw, "ontologyTerms"),
        groups=_codes(raw, "targetGroups"),
        keywords=_keywords(raw),
        connections=tuple(Connection(id, channel) for channel in channels if channel),
        modified=_modified(raw),
    )


def channel(raw: Raw) -> Channel:
    """A record of ``/service-channel``, of any kind. Raises Unfit for one of another shape."""
    kind = text(raw, "serviceChannelType") or text(raw, "channelType")
    return Channel(
        id=text(raw, "contentId"),
        status=text(raw, "publishingStatus") or "Published",
        kind=KINDS.get(kind, Kind.OTHER),
        names=names(raw),
        summaries=_told(raw, "summary"),
        languages=_languages(raw, "serviceLanguages"),
        area=_area(raw),
        contact=_contact(raw),
        connections=(),
        modified=_modified(raw),
    )


def connection(raw: Raw) -> Connection:
    """A record of ``/connection``. Raises Unfit for one of another shape."""
    return Connection(
        _reference(raw, "service"),
        _channel_of(raw),
        text(raw, "chargeType") or text(raw, "serviceChargeType"),
        _contact(raw),
        _modified(raw),
    )


def _channel_of(raw: Raw) -> str:
    return _reference(raw, "channel") or _reference(raw, "serviceChannel")


def _reference(raw: Raw, name: str) -> str:
    """The id of another record: "xContentId", "xId", or a record with a content id of its own."""
    own = text(raw, f"{name}ContentId") or text(raw, f"{name}Id")
    return own or (_id_of(raw[name]) if name in raw else "")


def _id_of(value: Any) -> str:
    if isinstance(value, dict):
        return text(value, "contentId") or text(value, "id")
    return value if isinstance(value, str) else ""


def _is_record(raw: Raw, name: str) -> bool:
    return isinstance(raw.get(name), dict)


def _told(raw: Raw, field: str) -> Names:
    versions = part(raw, "languageVersions")
    return {
        language: text(part(versions, language), field)
        for language in versions
        if text(part(versions, language), field)
    }


def _languages(raw: Raw, name: str) -> tuple[str, ...]:
    found: Sequence[Any] = listed(raw, name) or listed(raw, "languages")
    return tuple(dict.fromkeys(str(one) for one in found if one))


def _keywords(raw: Raw) -> tuple[str, ...]:
    versions = part(raw, "languageVersions")
    told = [word for language in versions for word in listed(part(versions, language), "keywords")]
    return tuple(str(word) for word in told if word)


def _codes(raw: Raw, name: str) -> tuple[Code, ...]:
    """Classifications: bare codes or URIs, or records with a code and names."""
    found = []
    for one in listed(raw, name):
        if isinstance(one, dict):
            code = text(one, "code") or text(one, "contentId") or text(one, "id")
            found.append(Code(code, text(one, "uri"), names(one)))
        elif isinstance(one, str):
            found.append(Code("", one, {}) if "://" in one else Code(one, "", {}))
    return tuple(found)


def _area(raw: Raw) -> Area:
    reach = REACHES.get(text(raw, "areaType"), Reach.UNSAID)
    limits = {name: _area_codes(raw, name) for name in ("regions", "municipalities")}
    counties = tuple(
        names(one).get("fi") or text(one, "code") if isinstance(one, dict) else str(one)
        for one in listed(raw, "wellbeingServicesCounties")
    )
    if reach is Reach.UNSAID and (counties or any(limits.values())):
        reach = Reach.LIMITED
    if reach is not Reach.LIMITED:
        return Area(reach)
    regions = tuple(code for code, _ in limits["regions"])
    return Area(reach, regions, limits["municipalities"], counties)


def _area_codes(raw: Raw, name: str) -> tuple[tuple[str, Names], ...]:
    return tuple(
        (text(one, "code"), names(one)) if isinstance(one, dict) else (str(one), {})
        for one in listed(raw, name)
    )


def _contact(raw: Raw) -> Contact:
    return Contact(
        tuple(_phone(one) for one in parts(raw, "phoneNumbers") if text(one, "type") not in ("Fax", "Sms")),
        tuple(Page(text(one, "url"), text(one, "language")) for one in parts(raw, "webPages")),
        tuple(_address(one) for one in parts(raw, "addresses")),
        tuple(_hours(one) for one in parts(raw, "serviceHours")),
    )


def _phone(raw: Raw) -> Phone:
    return Phone(
        text(raw, "prefixNumber") or text(raw, "prefix"),
        text(raw, "number"),
        text(raw, "type"),
        text(raw, "language"),
    )


def _address(raw: Raw) -> Address:
    points = [one for one in parts(raw, "coordinates") if text(one, "system") in TM35]
    point: Raw = points[0] if points else {}
    town = raw.get("municipality")
    code = text(town, "code") if isinstance(town, dict) else text(raw, "municipality")
    told = {name: _told(raw, name) for name in ("street", "streetName", "postOffice")}
    street = _finnish(told["street"] or told["streetName"]) or text(raw, "street")
    return Address(
        street=f"{street} {text(raw, 'streetNumber')}".strip(),
        postcode=text(raw, "postalCode"),
        locality=_finnish(told["postOffice"]) or text(raw, "postOffice"),
        municipality=code,
        municipality_names=names(town) if isinstance(town, dict) else {},
        northing=text(point, "northing"),
        easting=text(point, "easting"),
    )


def _hours(raw: Raw) -> Hours:
    kind = text(raw, "type") or text(raw, "serviceHourType")
    return Hours(
        kind=HOURS.get(kind, "exception" if "date" in raw else kind),
        first=day(text(raw, "validFrom") or text(raw, "date")),
        last=day(text(raw, "validTo")),
        closed=raw.get("isClosed") is True,
        always=raw.get("isAlwaysOpen") is True or kind == "AlwaysOpen",
        reservation=raw.get("isReservation") is True,
        times=tuple(
            Times(
                text(one, "dayFrom") or text(one, "day"),
                text(one, "dayTo"),
                text(one, "from"),
                text(one, "to"),
            )
            for one in (*parts(raw, "openingHours"), *parts(raw, "openingHour"))
        ),
    )


def _modified(raw: Raw) -> Any:
    return day(text(raw, "publishedAt") or text(raw, "modifiedAt") or text(raw, "modified"))


def _finnish(told: Names) -> str:
    return told.get("fi") or told.get("sv") or next(iter(told.values()), "")
