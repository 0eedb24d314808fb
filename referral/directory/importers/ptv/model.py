"""Suomi.fi's service register (PTV) as we read it, whichever version of its interface it came from.

A service is offered through channels (a place, a phone, a web page); a connection is one service at one
channel and may have hours, contacts and an address of its own. Versions 11 and 12 of the interface give
the same things under different names; both are read into these types and only these become offers.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.model import Names


class Reach(StrEnum):
    """Where the people live whom something is for."""

    NATIONAL = "national"
    EXCEPT_ALAND = "except_aland"
    LIMITED = "limited"
    UNSAID = "unsaid"


class Kind(StrEnum):
    """What a channel is."""

    LOCATION = "location"
    PHONE = "phone"
    SERVICE = "service"
    PAGE = "page"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a classification: a class, an ontology term, a target group."""

    code: str
    uri: str
    names: Names


@dataclass(frozen=True, slots=True)
class Area:
    """A limited reach: codes of regions, and municipalities by code and names."""

    reach: Reach
    regions: tuple[str, ...] = ()
    municipalities: tuple[tuple[str, Names], ...] = ()
    counties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """One stretch: weekdays ("Monday" …, "" where they do not matter) and times of the clock."""

    first_day: str
    last_day: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A set of opening hours. ``kind`` is "week", "exception" (for dates) or "over_midnight"."""

    kind: str
    first: date | None
    last: date | None
    closed: bool
    always: bool
    reservation: bool
    times: tuple[Times, ...]


@dataclass(frozen=True, slots=True)
class Phone:
    """A number with its prefix ("" for a Finnish service number), and the language of who answers."""

    prefix: str
    number: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """A web page and its language."""

    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Address:
    """A visiting address; coordinates as the register has them (metres, EPSG:3067), "" where none."""

    street: str
    postcode: str
    locality: str
    municipality: str
    municipality_names: Names
    northing: str
    easting: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How and where to turn to; all of it may be empty."""

    phones: tuple[Phone, ...] = ()
    pages: tuple[Page, ...] = ()
    addresses: tuple[Address, ...] = ()
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """One service at one channel, with what is true only there."""

    service: str
    channel: str
    charge: str = ""
    contact: Contact = Contact()
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service, its words and its classification."""

    id: str
    status: str
    names: Names
    other_names: tuple[str, ...]
    summaries: Names
    descriptions: Names
    organisation: str
    organisation_names: Names
    languages: tuple[str, ...]
    charge: str
    charge_info: Names
    area: Area
    classes: tuple[Code, ...]
    terms: tuple[Code, ...]
    groups: tuple[Code, ...]
    keywords: tuple[str, ...]
    connections: tuple[Connection, ...]
    modified: date | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: a place, a phone, an e-service, a web page or a form."""

    id: str
    status: str
    kind: Kind
    names: Names
    summaries: Names
    languages: tuple[str, ...]
    area: Area
    contact: Contact
    connections: tuple[Connection, ...]
    modified: date | None
