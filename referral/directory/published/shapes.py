"""The fields of each record that is published, in order: those of HSDS 3.0 that we have something to put into.

The interface describes its answers by them, and the tables of the data package have them as columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """``kind`` is "uuid", "text", "uri", "date", "date-time", "number" or "integer". ``table`` is the table that
    a UUID leads to, "" for none."""

    kind: str = "text"
    required: bool = False
    table: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's name, what a row is, and its fields by name."""

    table: str
    about: str
    fields: Mapping[str, Field]


_ID = Field("uuid", required=True)
_NEEDED = Field(required=True)
_TEXT, _URI, _DAY, _NUMBER = Field(), Field("uri"), Field("date"), Field("number")


def _of(table: str) -> Field:
    return Field("uuid", table=table)


SHAPES: Mapping[str, Shape] = {
    "organization": Shape(
        "organizations",
        "Who gives the help.",
        {"id": _ID, "name": _NEEDED, "alternate_name": _TEXT, "description": _NEEDED},
    ),
    "service": Shape(
        "services",
        "What an organisation helps with, in one form and for the same people.",
        {
            "id": _ID,
            "organization_id": _of("organizations"),
            "name": _NEEDED,
            "alternate_name": _TEXT,
            "description": _TEXT,
            "url": _URI,
            "status": _NEEDED,
            "fees_description": _TEXT,
            "accreditations": _TEXT,
            "eligibility_description": _TEXT,
            "alert": _TEXT,
            "assured_date": _DAY,
            "last_modified": Field("date-time"),
        },
    ),
    "location": Shape(
        "locations",
        "A place, or a virtual one.",
        {
            "id": _ID,
            "location_type": _NEEDED,
            "organization_id": _of("organizations"),
            "name": _TEXT,
            "description": _TEXT,
            "url": _URI,
            "latitude": _NUMBER,
            "longitude": _NUMBER,
        },
    ),
    "service_at_location": Shape(
        "service_at_location",
        "A service at a place or channel: what people are referred to.",
        {
            "id": _ID,
            "service_id": _of("services"),
            "location_id": _of("locations"),
            "description": _TEXT,
        },
    ),
    "address": Shape(
        "addresses",
        "The street address of a location.",
        {
            "id": _ID,
            "location_id": _of("locations"),
            "address_1": _NEEDED,
            "city": _NEEDED,
            "region": _TEXT,
            "state_province": _NEEDED,
            "postal_code": _NEEDED,
            "country": _NEEDED,
            "address_type": _NEEDED,
        },
    ),
    "phone": Shape(
        "phones",
        "A phone number.",
        {
            "id": _ID,
            "service_id": _of("services"),
            "service_at_location_id": _of("service_at_location"),
            "number": _NEEDED,
            "type": _TEXT,
        },
    ),
    "schedule": Shape(
        "schedules",
        "When a service is there.",
        {
            "id": _ID,
            "service_id": _of("services"),
            "service_at_location_id": _of("service_at_location"),
            "valid_from": _DAY,
            "valid_to": _DAY,
            "dtstart": _TEXT,
            "timezone": _NUMBER,
            "until": _TEXT,
            "count": _NUMBER,
            "freq": _TEXT,
            "byday": _TEXT,
            "description": _TEXT,
            "opens_at": _TEXT,
            "closes_at": _TEXT,
            "attending_type": _TEXT,
            "notes": _TEXT,
        },
    ),
    "language": Shape(
        "languages",
        "A language that a service is known to be given in.",
        {"id": _ID, "service_id": _of("services"), "name": _TEXT, "code": _TEXT},
    ),
    "service_area": Shape(
        "service_areas",
        "Whose home may be where for a service to be theirs.",
        {"id": _ID, "service_id": _of("services"), "name": _TEXT},
    ),
    "cost_option": Shape(
        "cost_options",
        "What a service costs.",
        {
            "id": _ID,
            "service_id": _of("services"),
            "option": _TEXT,
            "currency": _TEXT,
            "amount": _NUMBER,
        },
    ),
    "taxonomy": Shape(
        "taxonomies",
        "A list of terms.",
        {"id": _ID, "name": _NEEDED, "description": _NEEDED},
    ),
    "taxonomy_term": Shape(
        "taxonomy_terms",
        "A need, a form of help, a kind of help or an audience.",
        {
            "id": _ID,
            "code": _TEXT,
            "name": _NEEDED,
            "description": _NEEDED,
            "parent_id": _of("taxonomy_terms"),
            "taxonomy": _TEXT,
            "language": _TEXT,
            "taxonomy_id": _of("taxonomies"),
        },
    ),
    "attribute": Shape(
        "attributes",
        "A term that tells of a service.",
        {
            "id": _ID,
            "link_id": _of("services"),
            "taxonomy_term_id": _of("taxonomy_terms"),
            "link_type": _TEXT,
            "link_entity": _TEXT,
        },
    ),
}
"""What a record is called in HSDS -> its shape, owners before what belongs to them."""
