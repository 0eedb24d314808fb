"""Who offers what, what was asked for, and what was answered.

``Offer`` is one service at one channel or place, with its own hours, contact and coverage: the unit
that is ranked (HSDS ``service_at_location``, PTV connection). ``Request`` goes in, ``Answer`` comes
out; each ``Match`` carries the reasons that the person is shown. ``DemandEntry`` is all that is kept
of a request: it has no field for a person, their words or a moment.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from knowledge.model import Names


class Form(StrEnum):
    """How help is given."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    TRAINING = "training"


class Role(StrEnum):
    """What an offer is to the person who is sent there.

    ``SUPPORT`` gives digital support and says so. ``POINTER`` is a place where one may ask first (a
    library that does not state that it gives support). ``AUTHORITY`` advises on its own e-service.
    ``URGENT`` is a line for scams, crises and emergencies. ``LIST`` is a page that lists helpers.
    """

    SUPPORT = "support"
    POINTER = "pointer"
    AUTHORITY = "authority"
    URGENT = "urgent"
    LIST = "list"


class Confidence(StrEnum):
    """How sure we are of a row's facts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who gives the help. ``kind`` is "authority", "library", "association", "municipality",
    "company", "project" or "" where it is not known."""

    id: str
    names: Names
    kind: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whose home may be where for the offer to be theirs. Coverage is not nearness: a library is open
    to everybody, and still far from most. National coverage leaves the two tuples empty."""

    national: bool
    regions: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row's facts come from, and when they were last checked there."""

    name: str
    checked: date | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Offer:
    """One service at one channel or place.

    ``needs`` lists the ids of needs served (an importer has already spelled out groups and "all").
    ``authority`` is the ``first_contact`` that this offer answers ("kela", "112", ...), "" otherwise.
    ``audience`` is who it is for, () for everybody ("seniors", "migrants", "deaf", "deafblind",
    "visually_impaired", "jobseekers", "supporters"); offers for supporters never reach citizens.
    ``languages`` are those known to be served; () means that nobody has checked.
    ``phone`` is shown as given; "" where none has been checked. ``hours`` is OSM ``opening_hours``
    syntax, "" where unknown. ``price`` is "free", "" (unknown) or words. ``home_visits`` says that the
    helper comes to the person's home. ``ethical_guidelines`` is None where nobody has said.
    ``point`` is WGS84 (lat, lon) or None. ``ends`` is the moment after which a course is over.
    A course that meets more than once is one offer: ``starts`` is the first time, ``ends`` the end of the
    last, and ``hours`` say when it meets. ``enrol_until`` and ``seats`` are None where nobody has said.
    """

    id: str
    organisation: Organisation
    names: Names
    descriptions: Names
    role: Role
    form: Form
    needs: frozenset[str]
    coverage: Coverage
    source: Source
    authority: str = ""
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    street: str = ""
    postcode: str = ""
    locality: str = ""
    municipality: str = ""
    point: tuple[float, float] | None = None
    phone: str = ""
    url: str = ""
    hours: str = ""
    price: str = ""
    home_visits: bool = False
    ethical_guidelines: bool | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    enrol_until: datetime | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks, as the matching sees it.

    ``needs`` are ids, the most important first. ``municipality`` is the code of the home of the
    person who is helped, "" where they would rather not say (then only remote and national help is
    given). ``point`` is a postcode's or a shared position, None where only the municipality is known.
    ``form`` narrows to one form, None takes all. ``languages`` are preferences, never a silent filter.
    ``audience`` is who asks: "citizens", or "supporters" for those who give support.
    """

    needs: tuple[str, ...]
    municipality: str = ""
    point: tuple[float, float] | None = None
    form: Form | None = None
    languages: tuple[str, ...] = ()
    audience: str = "citizens"


class Reason(StrEnum):
    """Why an offer was chosen, or what to know about it; each is a sentence that the person is shown."""

    IN_YOUR_MUNICIPALITY = "in_your_municipality"
    NEAREST = "nearest"
    NEIGHBOUR = "neighbour"
    IN_YOUR_REGION = "in_your_region"
    REMOTE = "remote"
    AUTHORITY = "authority"
    DECLARES_SUPPORT = "declares_support"
    POINTER = "pointer"
    LISTS_HELPERS = "lists_helpers"
    HOME_VISITS = "home_visits"
    COURSE = "course"
    OPEN_NOW = "open_now"
    YOUR_LANGUAGE = "your_language"
    LANGUAGE_UNKNOWN = "language_unknown"
    OTHER_LANGUAGE = "other_language"
    FOR_SENIORS = "for_seniors"
    FOR_MIGRANTS = "for_migrants"
    FOR_DEAF = "for_deaf"
    FOR_DEAFBLIND = "for_deafblind"
    FOR_VISUALLY_IMPAIRED = "for_visually_impaired"
    FOR_JOBSEEKERS = "for_jobseekers"
    NOT_CHECKED_LATELY = "not_checked_lately"
    CHECK_FIRST = "check_first"


class Width(StrEnum):
    """How far the search had to go for the nearest in-person support."""

    MUNICIPALITY = "municipality"
    NEIGHBOURS = "neighbours"
    REGION = "region"
    NATIONAL = "national"


class Unmet(StrEnum):
    """What was asked for and is not there; counted for the coordinators and said aloud."""

    NO_SUPPLY = "no_supply"
    TOO_FAR = "too_far"
    LANGUAGE = "language"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Opening:
    """When an offer is open, seen from one moment. Times are Europe/Helsinki.

    ``state`` is "open", "closed" or "unknown". ``changes`` is the next closing (open) or opening
    (closed), None where nothing is known or it never changes.
    """

    state: str
    changes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An offer and why it was chosen. ``km`` is the distance, None for remote help, for an offer
    without coordinates, and when the person's place is unknown. ``score`` is 0..1."""

    offer: Offer
    score: float
    km: float | None
    reasons: tuple[Reason, ...]
    opening: Opening


@dataclass(frozen=True, slots=True)
class Widened:
    """How far the nearest declared in-person support is: the width it was found in, the municipality
    it lies in ("" if unknown) and the kilometres (None if unknown)."""

    width: Width
    municipality: str
    km: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be offered. ``matches`` holds everything worth showing, best first, already arranged so
    that every page of three keeps a remote option while there is one; ``()`` is "nothing found".
    ``first_contact`` holds the authority's own lines, where the need says that they come first."""

    request: Request
    first_contact: tuple[Match, ...]
    matches: tuple[Match, ...]
    widened: Widened | None
    unmet: tuple[Unmet, ...]


class Outcome(StrEnum):
    """How a request ended, as the counters know it."""

    NEAR = "near"
    FAR = "far"
    REMOTE = "remote"
    TRAINING = "training"
    AUTHORITY = "authority"
    UNMET = "unmet"


@dataclass(frozen=True, slots=True)
class DemandEntry:
    """One counted request: anonymity is a type. No person, no words, no moment.

    ``need`` is an id, ``municipality`` a code, ``form`` what was asked for ("any" where nothing was),
    ``language`` that of the conversation, ``channel`` a name from ``bot.channels``.
    """

    need: str
    municipality: str
    form: str
    language: str
    on_behalf: bool
    channel: str
    outcome: Outcome
    unmet: tuple[Unmet, ...] = ()
