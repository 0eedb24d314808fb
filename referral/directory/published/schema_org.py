"""An offer in the words of schema.org, which search engines and assistants read (JSON-LD).

Only what is known is said: an offer without hours has none here. A library that may only be asked is a
library and not a service, and a page that lists helpers is a page.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from knowledge.model import Atlas, Names
from referral.directory.importers.timetable import WHOLE_DAY
from referral.directory.published.hours import Stretch, read
from referral.directory.training import is_dated
from referral.hours import HELSINKI
from referral.model import Form, Offer, Role

CONTEXT = "https://schema.org"
COUNTRY = {"fi": "Suomi", "sv": "Finland", "en": "Finland", "se": "Suopma"}
FREE = "free"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = {
    "authority": "GovernmentOrganization",
    "municipality": "GovernmentOrganization",
    "library": "Library",
    "association": "NGO",
    "company": "Corporation",
    "project": "Project",
}
_PUBLIC = ("authority", "municipality", "library")
"""The kinds of organisation whose services are public services."""

Said = dict[str, Any]


def json_ld(offer: Offer, language: str, atlas: Atlas) -> Said:
    """The offer in ``language`` (where it has no words in it, in Finnish), to be written as JSON.

    A course with a date is an Event; what is in person at a place has an address; municipalities and
    regions served are named from ``atlas``.
    """
    if is_dated(offer):
        return _clean({"@context": CONTEXT, **_event(offer, language)})
    if offer.role is Role.LIST:
        return _clean({"@context": CONTEXT, **_page(offer, language)})
    if offer.role is Role.POINTER:
        return _clean({"@context": CONTEXT, **_place(offer, language), **_contact(offer)})
    return _clean({"@context": CONTEXT, **_service(offer, language, atlas)})


def in_script(found: Said) -> str:
    """``found`` as text that may stand in a page's ``<script type="application/ld+json">``."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _service(offer: Offer, language: str, atlas: Atlas) -> Said:
    channel: Said = {
        "@type": "ServiceChannel",
        "serviceUrl": offer.url,
        "servicePhone": _phone(offer),
        "availableLanguage": list(offer.languages),
        "serviceLocation": _place(offer, language) if _lies_somewhere(offer) else None,
    }
    return {
        "@type": "GovernmentService" if offer.organisation.kind in _PUBLIC else "Service",
        "name": _in(offer.names, language),
        "description": _in(offer.descriptions, language),
        "url": offer.url,
        "provider": _organisation(offer, language),
        "areaServed": _areas(offer, language, atlas),
        "audience": [{"@type": "Audience", "audienceType": one} for one in offer.audience],
        "availableChannel": channel,
        "hoursAvailable": [] if _lies_somewhere(offer) else _hours(offer),
        "offers": _price(offer),
    }


def _event(offer: Offer, language: str) -> Said:
    remote = offer.form is Form.REMOTE or not _lies_somewhere(offer)
    where: Said | None = _place(offer, language)
    if remote:
        where = {"@type": "VirtualLocation", "url": offer.url} if offer.url else None
    mode = "OnlineEventAttendanceMode" if remote else "OfflineEventAttendanceMode"
    return {
        "@type": "EducationEvent",
        "name": _in(offer.names, language),
        "description": _in(offer.descriptions, language),
        "url": offer.url,
        "startDate": offer.starts.astimezone(HELSINKI).isoformat() if offer.starts else None,
        "endDate": offer.ends.astimezone(HELSINKI).isoformat() if offer.ends else None,
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/{mode}" if where else None,
        "location": where,
        "organizer": _organisation(offer, language),
        "inLanguage": list(offer.languages),
        "isAccessibleForFree": True if offer.price == FREE else None,
        "maximumAttendeeCapacity": offer.seats,
        "offers": _price(offer),
    }


def _page(offer: Offer, language: str) -> Said:
    return {
        "@type": "WebPage",
        "name": _in(offer.names, language),
        "description": _in(offer.descriptions, language),
        "url": offer.url,
        "publisher": _organisation(offer, language),
    }


def _place(offer: Offer, language: str) -> Said:
    """The place itself, with when it is open; a library is one by its type."""
    return {
        "@type": "Library" if offer.organisation.kind == "library" else "Place",
        "name": _in(offer.names, language),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": offer.street,
            "postalCode": offer.postcode,
            "addressLocality": offer.locality,
            "addressCountry": "FI",
        },
        "geo": offer.point
        and {"@type": "GeoCoordinates", "latitude": offer.point[0], "longitude": offer.point[1]},
        "openingHoursSpecification": _hours(offer),
    }


def _contact(offer: Offer) -> Said:
    return {"telephone": offer.phone, "url": offer.url}


def _lies_somewhere(offer: Offer) -> bool:
    return offer.form is not Form.REMOTE and bool(offer.street or offer.locality or offer.point)


def _organisation(offer: Offer, language: str) -> Said:
    return {
        "@type": _KINDS.get(offer.organisation.kind, "Organization"),
        "name": _in(offer.organisation.names, language),
    }


def _phone(offer: Offer) -> Said | None:
    if not offer.phone:
        return None
    return {
        "@type": "ContactPoint",
        "telephone": offer.phone,
        "availableLanguage": list(offer.languages),
        "hoursAvailable": _hours(offer) if offer.form is Form.REMOTE else [],
    }


def _areas(offer: Offer, language: str, atlas: Atlas) -> list[Said]:
    coverage = offer.coverage
    if coverage.national:
        return [{"@type": "Country", "name": COUNTRY.get(language, COUNTRY["fi"]), "identifier": "FI"}]
    regions = [atlas.regions[code].names for code in coverage.regions if code in atlas.regions]
    municipalities = [
        atlas.municipalities[code].names for code in coverage.municipalities if code in atlas.municipalities
    ]
    return [
        {"@type": "AdministrativeArea", "name": _in(names, language)} for names in (*regions, *municipalities)
    ]


def _price(offer: Offer) -> Said | None:
    return {"@type": "Offer", "price": "0", "priceCurrency": "EUR"} if offer.price == FREE else None


def _hours(offer: Offer) -> list[Said]:
    hours = read(offer.hours)
    return [_stretch(one) for one in hours.stretches] if hours else []


def _stretch(one: Stretch) -> Said:
    """Closed is opening and closing at midnight; open all day closes a minute before it (schema.org's own way)."""
    opens, closes = one.span or (0, 0)
    if closes - opens >= WHOLE_DAY:
        opens, closes = 0, WHOLE_DAY - 1
    elif closes == WHOLE_DAY:
        closes -= 1
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"{CONTEXT}/{_DAYS[day]}" for day in one.days],
        "opens": _clock(opens),
        "closes": _clock(closes),
        "validFrom": one.first.isoformat() if one.first else None,
        "validThrough": one.last.isoformat() if one.last else None,
        "description": one.note,
    }


def _clock(minutes: int) -> str:
    return str(timedelta(minutes=minutes % WHOLE_DAY)).zfill(8)[:5]


def _in(names: Names, language: str) -> str:
    """The words in ``language``; plain Finnish and what is missing fall back on Finnish."""
    return names.get(language) or names.get(language.partition("@")[0]) or names.get("fi", "")


def _clean(said: Mapping[str, Any]) -> Said:
    """``said`` without what is empty: nothing is better than "", and an address of a country alone is nothing."""
    found: Said = {}
    for name, value in said.items():
        if isinstance(value, Mapping):
            value = _clean(value)
            if not value.keys() - {"@type", "addressCountry"}:
                continue
        elif isinstance(value, list):
            value = [_clean(one) if isinstance(one, Mapping) else one for one in value]
        if value not in (None, "", []):
            found[name] = value
    return found
