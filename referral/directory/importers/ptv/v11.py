"""Version 11 of the register's interface (the one without a key, being retired), read as our types.

Its traps: ``latitude`` is the northing in metres; ``dayTo`` may be ""; times are "HH:MM:SS"; a name has a
language and a type; codes are words ("Nationwide"), and older exports use the code lists' other words.
"""

from collections.abc import Sequence

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
from referral.directory.importers.record import Raw, day, listed, part, parts, said, text

KINDS = {
    "ServiceLocation": Kind.LOCATION,
    "Phone": Kind.PHONE,
    "EChannel": Kind.SERVICE,
    "WebPage": Kind.PAGE,
    "PrintableForm": Kind.FORM,
}
REACHES = {
    "Nationwide": Reach.NATIONAL,
    "WholeCountry": Reach.NATIONAL,
    "NationwideExceptAlandIslands": Reach.EXCEPT_ALAND,
    "WholeCountryExceptAlandIslands": Reach.EXCEPT_ALAND,
    "LimitedType": Reach.LIMITED,
    "AreaType": Reach.LIMITED,
}
HOURS = {
    "DaysOfTheWeek": "week",
    "Standard": "week",
    "Exceptional": "exception",
    "Exception": "exception",
    "OverMidnight": "over_midnight",
    "Special": "over_midnight",
}
_REGIONS = ("Region", "Province")
_NO_VOICE = ("Fax", "Sms")
_VISITED = ("", "Location", "Visiting", "Street")


def service(raw: Raw) -> Service:
    """A record of ``/Service``. Raises Unfit for one of another shape."""
    names, told = parts(raw, "serviceNames"), parts(raw, "serviceDescriptions")
    responsible = _responsible(raw)
    return Service(
        id=text(raw, "id"),
        status=text(raw, "publishingStatus"),
        names=said(names, "Name") or said(names),
        other_names=tuple(text(name, "value") for name in names if text(name, "type") != "Name"),
        summaries=said(told, "Summary", "ShortDescription"),
        descriptions=said(told, "Description"),
        organisation=text(responsible, "id"),
        organisation_names={"fi": text(responsible, "name")} if responsible else {},
        languages=_words(raw, "languages"),
        charge=text(raw, "serviceChargeType"),
        charge_info=said(told, "ChargeTypeAdditionalInfo"),
        area=_area(raw),
        classes=_codes(raw, "serviceClasses"),
        terms=_codes(raw, "ontologyTerms"),
        groups=_codes(raw, "targetGroups"),
        keywords=tuple(text(word, "value") for word in parts(raw, "keywords") if text(word, "value")),
        connections=tuple(
            _connection(one, text(raw, "id"), text(part(one, "serviceChannel"), "id"))
            for one in parts(raw, "serviceChannels")
        ),
        modified=day(text(raw, "modified")),
    )


def channel(raw: Raw) -> Channel:
    """A record of ``/ServiceChannel``, of any kind. Raises Unfit for one of another shape."""
    names, told = parts(raw, "serviceChannelNames"), parts(raw, "serviceChannelDescriptions")
    return Channel(
        id=text(raw, "id"),
        status=text(raw, "publishingStatus"),
        kind=KINDS.get(text(raw, "serviceChannelType"), Kind.OTHER),
        names=said(names, "Name") or said(names),
        summaries=said(told, "Summary", "ShortDescription"),
        languages=_words(raw, "languages"),
        area=_area(raw),
        contact=_contact(raw),
        connections=tuple(
            _connection(one, text(part(one, "service"), "id"), text(raw, "id"))
            for one in parts(raw, "services")
        ),
        modified=day(text(raw, "modified")),
    )


def organisation_names(raw: Raw) -> Names:
    """The name in each language of a record of ``/Organization``. Raises Unfit for one of another shape."""
    names = parts(raw, "organizationNames")
    return said(names, "Name") or said(names)


def _connection(raw: Raw, service: str, channel: str) -> Connection:
    own = part(raw, "contactDetails")
    return Connection(
        service,
        channel,
        text(raw, "serviceChargeType"),
        _contact({**own, "serviceHours": raw.get("serviceHours")}),
        day(text(raw, "modified")),
    )


def _contact(raw: Raw) -> Contact:
    numbers = [*parts(raw, "phoneNumbers"), *parts(raw, "supportPhones")]
    return Contact(
        tuple(_phone(number) for number in numbers if text(number, "type") not in _NO_VOICE),
        tuple(Page(text(page, "url"), text(page, "language")) for page in parts(raw, "webPages")),
        tuple(_address(one) for one in parts(raw, "addresses") if _is_visited(one)),
        tuple(_hours(one) for one in parts(raw, "serviceHours")),
    )


def _phone(raw: Raw) -> Phone:
    service_number = raw.get("isFinnishServiceNumber") is True
    prefix = "" if service_number else text(raw, "prefixNumber")
    return Phone(prefix, text(raw, "number"), text(raw, "type"), text(raw, "language"))


def _is_visited(raw: Raw) -> bool:
    return text(raw, "type") in _VISITED and bool(part(raw, "streetAddress") or part(raw, "otherAddress"))


def _address(raw: Raw) -> Address:
    there = part(raw, "streetAddress") or part(raw, "otherAddress")
    town = part(there, "municipality")
    entrance = next((part(one, "coordinates") for one in parts(raw, "entrances")), {})
    located = there if text(there, "latitude") else entrance
    street = f"{_in_finnish(said(parts(there, 'street')))} {text(there, 'streetNumber')}".strip()
    return Address(
        street=street,
        postcode=text(there, "postalCode"),
        locality=_in_finnish(said(parts(there, "postOffice"))),
        municipality=text(town, "code"),
        municipality_names=said(parts(town, "name")),
        northing=text(located, "latitude"),
        easting=text(located, "longitude"),
    )


def _hours(raw: Raw) -> Hours:
    return Hours(
        kind=HOURS.get(text(raw, "serviceHourType"), text(raw, "serviceHourType")),
        first=day(text(raw, "validFrom")),
        last=day(text(raw, "validTo")),
        closed=raw.get("isClosed") is True,
        always=raw.get("isAlwaysOpen") is True,
        reservation=raw.get("isReservation") is True,
        times=tuple(
            Times(text(one, "dayFrom"), text(one, "dayTo"), text(one, "from"), text(one, "to"))
            for one in parts(raw, "openingHour")
        ),
    )


def _area(raw: Raw) -> Area:
    reach = REACHES.get(text(raw, "areaType"), Reach.UNSAID)
    if reach is not Reach.LIMITED:
        return Area(reach)
    regions, municipalities = [], []
    for area in parts(raw, "areas"):
        if text(area, "type") in _REGIONS and text(area, "code"):
            regions.append(text(area, "code"))
        else:
            municipalities += [
                (text(one, "code"), said(parts(one, "name"))) for one in parts(area, "municipalities")
            ]
    return Area(reach, tuple(regions), tuple(municipalities))


def _codes(raw: Raw, name: str) -> tuple[Code, ...]:
    return tuple(
        Code(text(one, "code"), text(one, "uri"), said(parts(one, "name"))) for one in parts(raw, name)
    )


def _responsible(raw: Raw) -> Raw:
    """The organisation that answers for the service; the first named where none is said to."""
    roles = parts(raw, "organizations")
    first = [one for one in roles if text(one, "roleType") == "Responsible"] or roles
    return part(first[0], "organization") if first else {}


def _words(raw: Raw, name: str) -> tuple[str, ...]:
    found: Sequence[object] = listed(raw, name)
    return tuple(dict.fromkeys(str(one).strip() for one in found if one))


def _in_finnish(names: Names) -> str:
    return names.get("fi") or names.get("sv") or next(iter(names.values()), "")
