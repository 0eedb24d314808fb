"""The nouns of the world: needs, municipalities, regions, places.

All are frozen and made once, at start, by ``knowledge.load``. Texts in several languages are
``Names``: a mapping from a language ("fi", "fi@simple", "sv", "en", "se") to the words. A language
may be missing; whoever shows a name falls back from "fi@simple" to "fi", and from any other to
Finnish.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Names = Mapping[str, str]
"""Language -> words."""


class BadData(Exception):
    """A row of a data file that cannot be used, with the file, the row and the reason."""

    code = "bad_data"

    def __init__(self, source: str, row: int | str, reason: str) -> None:
        super().__init__(f"{source}, row {row}: {reason}")
        self.source = source
        self.row = row
        self.reason = reason


class Handling(StrEnum):
    """Who answers first when a need is met."""

    SUPPORT = "support"
    AUTHORITY_FIRST = "authority_first"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that people ask help with.

    ``first_contact`` names the authority whose own advice comes first ("" where there is none):
    the content of an authority's e-service is that authority's duty to advise on.
    ``phrases`` are what the need is called in everyday words; ``examples`` are whole utterances.
    ``short`` is what it is called in a web address, in languages in which the title is long.
    """

    id: str
    group: str
    handling: Handling
    first_contact: str
    titles: Names
    phrases: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, tuple[str, ...]]
    short: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A shelf of needs, as shown when a person would rather choose than write."""

    id: str
    titles: Names
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A region (maakunta), by its two-digit code."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class WeightedPoint:
    """A point (WGS84 degrees) and how many people it stands for."""

    lat: float
    lon: float
    people: int


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of 2026, by its three-digit code (a string: "005").

    ``homes`` are the points of its postcodes weighted by their residents: distances are measured
    from where people live and not from the seat. ``neighbours`` are codes; ``over_water`` are those
    of them that share only a water border. ``languages`` are the official ones, majority first,
    Sámi languages last. ``wellbeing_county`` is the Finnish name of the county for health services
    ("" in Åland and Helsinki where the table has none).
    """

    code: str
    names: Names
    region: str
    population: int
    seat: tuple[float, float]
    homes: tuple[WeightedPoint, ...]
    neighbours: tuple[str, ...]
    over_water: tuple[str, ...]
    languages: tuple[str, ...]
    wellbeing_county: str


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode: its area's names, its municipality and its point (None where only the seat is known)."""

    code: str
    names: Names
    municipality: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A village, district, or former municipality, with the municipality that it lies in today.

    ``kind`` is "populated_place", "postal_area" or "former_municipality". ``point`` may be None.
    """

    name: str
    other_names: tuple[str, ...]
    municipality: str
    point: tuple[float, float] | None
    kind: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A line that the About page must show: what came from whom, under which licence."""

    text: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """Finnish places: everything that ``knowledge.places`` can recognise."""

    municipalities: Mapping[str, Municipality]
    regions: Mapping[str, Region]
    postcodes: Mapping[str, Postcode]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The needs, in the order in which they are shown, and their groups."""

    needs: Mapping[str, Need]
    groups: tuple[Group, ...]
