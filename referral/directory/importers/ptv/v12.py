"""Version 12 of the register's interface (beta 0.1.0, with a key), read as our types.

Source: its OpenAPI description (read 2026-11-22). Texts, phones and web pages stand in ``languageVersions``;
classes and groups are bare codes and terms bare URIs, whose words are records of their own; a service knows
nothing of its channels, connections are records too; an address has a postcode and no municipality.

Not read: hours of named holidays (they come without dates, and what a feast changes is told by its dates
too), hours of odd or even weeks, and contact addresses, which are where letters go.
"""

from collections.abc import Iterator
from datetime import date

from knowledge.model import Names
from referral.directory.importers.ptv.model import (
    Address,
    Area,
    Channel,
    Code,
    Connection,
    Contact,
    Kind,
    Page,
    Phone,
    Reach,
    Service,
)
from referral.directory.importers.ptv.v12_hours import hours
from referral.directory.importers.record import Raw, day, listed, part, parts, text

PUBLISHED = "Published"
"""What every record of this version is: it gives no drafts, and archived ones by another question."""

KINDS = {
    "ServiceLocation": Kind.LOCATION,
    "TelephoneService": Kind.PHONE,
    "EService": Kind.SERVICE,
    "WebPage": Kind.PAGE,
    "PrintableForm": Kind.FORM,
}
REACHES = {
    "WholeCountry": Reach.NATIONAL,
    "WholeCountryExceptAland": Reach.EXCEPT_ALAND,
    "LimitedArea": Reach.LIMITED,
}
TM35 = "EPSG:3067"
PHONES = ("contactPhoneNumbers", "phoneNumbers", "supportPhoneNumbers")
PAGES = ("contactWebPages", "webAddress")
_NO_VOICE = ("Fax", "Sms")


def is_connection(raw: Raw) -> bool:
    """Whether the record joins a service and a channel."""
    return "serviceContentId" in raw and "channelContentId" in raw


def is_organisation(raw: Raw) -> bool:
    """Whether the record is of an organisation."""
    return "organizationType" in raw


def is_code(raw: Raw) -> bool:
    """Whether the record is an entry of a list of codes: a target group, a wellbeing services county."""
    return "code" in raw and "isValid" in raw


def names(raw: Raw) -> Names:
    """The name in each language, of a record with language versions."""
    return _told(raw, "name")


def code_names(raw: Raw) -> Names:
    """The name in each language, of an entry of a list of codes."""
    told = part(raw, "name")
    return {language: text(told, language) for language in told if text(told, language)}


def municipalities(raw: Raw) -> tuple[str, ...]:
    """The codes of the municipalities of a county; () for an entry of another list."""
    return tuple(str(code) for code in listed(raw, "municipalities") if code)


def service(raw: Raw) -> Service:
    """A record of ``/service``. Its connections are records of their own. Raises Unfit."""
    return Service(
        id=text(raw, "contentId"),
        status=PUBLISHED,
        names=names(raw),
        other_names=tuple(_told(raw, "alternativeName").values()),
        summaries=_told(raw, "summary"),
        descriptions=_told(raw, "description"),
        organisation=text(raw, "organizationContentId"),
        organisation_names={},
        languages=_words(raw, "serviceLanguages"),
        charge=text(raw, "chargeType"),
        charge_info=_told(raw, "chargeTypeAdditionalInformation"),
        area=_area(raw),
        classes=tuple(Code(code, "", {}) for code in _words(raw, "serviceClasses")),
        terms=tuple(Code("", uri, {}) for uri in _words(raw, "ontologyTerms")),
        groups=tuple(Code(code, "", {}) for code in _words(raw, "targetGroups")),
        keywords=tuple(
            word for _, version in _versions(raw) for word in _words(version, "freelyAssignedKeywords")
        ),
        connections=(),
        modified=_published(raw),
    )


def channel(raw: Raw) -> Channel:
    """A record of ``/service-channel``, of any kind. Raises Unfit for one of another shape."""
    return Channel(
        id=text(raw, "contentId"),
        status=PUBLISHED,
        kind=KINDS.get(text(raw, "serviceChannelType"), Kind.OTHER),
        names=names(raw),
        summaries=_told(raw, "summary"),
        languages=_words(raw, "serviceLanguages"),
        area=_area(raw),
        contact=_contact(raw),
        connections=(),
        modified=_published(raw),
    )


def connection(raw: Raw) -> Connection:
    """A record of ``/connection``. Raises Unfit for one of another shape."""
    return Connection(
        text(raw, "serviceContentId"),
        text(raw, "channelContentId"),
        text(raw, "chargeType"),
        _contact(raw),
        _published(raw),
    )


def _versions(raw: Raw) -> Iterator[tuple[str, Raw]]:
    versions = part(raw, "languageVersions")
    return ((language, part(versions, language)) for language in versions)


def _told(raw: Raw, field: str) -> Names:
    return {language: said for language, version in _versions(raw) if (said := text(version, field))}


def _words(raw: Raw, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one) for one in listed(raw, name) if isinstance(one, str) and one))


def _area(raw: Raw) -> Area:
    told = part(raw, "area")
    reach = REACHES.get(text(told, "areaType"), Reach.UNSAID)
    if reach is not Reach.LIMITED:
        return Area(reach)
    limits = tuple((code, dict[str, str]()) for code in _words(told, "municipalities"))
    return Area(reach, _words(told, "regions"), limits, _words(told, "wellbeingServicesCounties"))


def _contact(raw: Raw) -> Contact:
    phones, pages = list[Phone](), list[Page]()
    for language, version in _versions(raw):
        phones += [_phone(one, language) for name in PHONES for one in _voices(version, name)]
        for name in PAGES:
            found = parts(version, name) if isinstance(version.get(name), list) else [part(version, name)]
            pages += [Page(url, language) for one in found if (url := text(one, "url"))]
    there = part(raw, "location")
    addresses = [*parts(there, "streetAddresses"), *parts(there, "otherAddresses")]
    return Contact(
        tuple(phones), tuple(pages), tuple(map(_address, addresses)), hours(part(raw, "serviceHours"))
    )


def _voices(version: Raw, name: str) -> Iterator[Raw]:
    return (one for one in parts(version, name) if text(one, "type") not in _NO_VOICE)


def _phone(raw: Raw, language: str) -> Phone:
    return Phone(text(raw, "dialCode"), text(raw, "number"), text(raw, "type"), language)


def _address(raw: Raw) -> Address:
    point: Raw = next((one for one in parts(raw, "coordinates") if text(one, "system") == TM35), {})
    street = part(raw, "streetName")
    name = text(street, "fi") or text(street, "sv") or next((text(street, one) for one in street), "")
    return Address(
        street=f"{name} {text(raw, 'addressDetail')}".strip(),
        postcode=text(raw, "postalCode"),
        locality="",
        municipality="",
        municipality_names={},
        northing=text(point, "northing"),
        easting=text(point, "easting"),
    )


def _published(raw: Raw) -> date | None:
    return day(text(raw, "publishedAt"))
