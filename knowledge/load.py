"""The data files of this package, read once at start into values that never change.

Every row is checked while it is read, and every reference once all rows are there: what cannot be used
raises ``BadData``, so that a slip in the data stops the start and not a conversation. The files are read
as package resources, which works the same from a folder and from a wheel.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from knowledge.model import (
    Atlas,
    Attribution,
    BadData,
    Catalog,
    Group,
    Handling,
    Municipality,
    Names,
    Need,
    Place,
    Postcode,
    Region,
    WeightedPoint,
)
from knowledge.rows import Row, blame, read, toml

COUNTS = {
    "municipalities.csv": 308,
    "regions.csv": 19,
    "postcodes.csv": 3614,
    "places.csv": 2782,
    "aliases.csv": 245,
    "neighbours.csv": 816,
}
"""How many rows each table has in 2026; a different number means a file that was cut or doubled."""

TITLE_LANGUAGES = ("fi", "sv", "en", "se", "fi@simple")
WRITTEN_LANGUAGES = ("fi", "sv", "en", "se")
OFFICIAL_LANGUAGES = frozenset({"fi", "sv", "se", "smn", "sms"})
PLACE_KINDS = frozenset({"populated_place", "postal_area"})
FORMER_KINDS = frozenset({"former_municipality", "former_name"})
LATITUDES = (59.0, 70.2)
LONGITUDES = (19.0, 31.7)
"""The degrees (WGS84) between which every point of Finland lies."""


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Value = TypeVar("_Value", bound=_Coded)
_Pairs = Mapping[str, tuple[str, ...]]


def load_atlas(root: Traversable | None = None) -> Atlas:
    """The places of Finland, from the tables under ``root`` or from those that ship with the package.

    Raises ``BadData`` for the first row, count or reference that is wrong.
    """
    data = root or files("knowledge") / "data"
    regions = _unique("regions.csv", _table(data, "regions.csv", _region))
    homes: defaultdict[str, list[WeightedPoint]] = defaultdict(list)
    postcodes = _unique("postcodes.csv", _table(data, "postcodes.csv", lambda row: _postcode(row, homes)))
    beside, over_water = _neighbours(data)
    municipalities = _unique(
        "municipalities.csv",
        _table(data, "municipalities.csv", lambda row: _municipality(row, homes, beside, over_water)),
    )
    found = _table(data, "places.csv", _place)
    spots = {(place.name, place.municipality): place.point for place in found}
    former = _table(data, "aliases.csv", lambda row: _former(row, spots))
    for name, codes, known in (
        ("municipalities.csv", [one.region for one in municipalities.values()], regions),
        ("postcodes.csv", [one.municipality for one in postcodes.values()], municipalities),
        ("places.csv", [one.municipality for one in found], municipalities),
        ("aliases.csv", [one.municipality for one in former], municipalities),
        ("neighbours.csv", list(beside), municipalities),
    ):
        _check_references(name, codes, known)
    return Atlas(municipalities, regions, postcodes, (*found, *former), _attributions(data))


def load_catalog(root: Traversable | None = None) -> Catalog:
    """The needs and their groups, from ``groups.toml`` and ``needs/*.toml`` under ``root``.

    Groups come in the order of their file, the needs of a group in the order of their ids. Raises
    ``BadData`` where a title, a phrase or an example is missing in a language, an id is not unique,
    a need names an unknown group, or a group is empty.
    """
    data = root or files("knowledge") / "data"
    titles: dict[str, Names] = {}
    for number, shelf in enumerate(toml(data, "groups.toml").get("groups", []), start=1):
        with blame("groups.toml", number):
            titles[_new(shelf["id"], titles)] = _titles(shelf)
    needs: dict[str, list[Need]] = {shelf: [] for shelf in titles}
    for name in sorted(file.name for file in (data / "needs").iterdir() if file.name.endswith(".toml")):
        with blame(f"needs/{name}", "all"):
            need = _need(toml(data / "needs", name))
            if need.id != name.removesuffix(".toml"):
                raise ValueError(f"the file holds the need {need.id!r}")
            if need.group not in needs:
                raise ValueError(f"there is no group {need.group!r}")
            needs[need.group].append(need)
    for number, (shelf, held) in enumerate(needs.items(), start=1):
        if not held:
            raise BadData("groups.toml", number, f"no need is in the group {shelf!r}")
    return Catalog(
        MappingProxyType({need.id: need for held in needs.values() for need in held}),
        tuple(Group(shelf, titles[shelf], tuple(need.id for need in held)) for shelf, held in needs.items()),
    )


def _table(data: Traversable, name: str, make: Any) -> list[Any]:
    made = read(data, name, make)
    if len(made) != COUNTS[name]:
        raise BadData(name, "all", f"{len(made)} rows, and {COUNTS[name]} were expected")
    return made


def _unique(source: str, values: Sequence[_Value]) -> Mapping[str, _Value]:
    by_code: dict[str, _Value] = {}
    for row, value in enumerate(values, start=2):
        with blame(source, row):
            by_code[_new(value.code, by_code)] = value
    return MappingProxyType(by_code)


def _new(code: str, known: Mapping[str, object]) -> str:
    if code in known:
        raise ValueError(f"{code!r} is there twice")
    return code


def _check_references(source: str, codes: Sequence[str], known: Mapping[str, object]) -> None:
    for row, code in enumerate(codes, start=2):
        if code not in known:
            raise BadData(source, row, f"there is no {code!r}")


def _code(value: str, digits: int) -> str:
    if not (len(value) == digits and value.isascii() and value.isdigit()):
        raise ValueError(f"{value!r} is not a code of {digits} digits")
    return value


def _names(row: Row, *languages: str) -> Names:
    if not row["fi"]:
        raise ValueError("the Finnish name is missing")
    return {language: row[language] for language in languages if row[language]}


def _point(row: Row) -> tuple[float, float] | None:
    """The row's point; None where both cells are empty."""
    if not row["lat"] and not row["lon"]:
        return None
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
        raise ValueError(f"({lat}, {lon}) is outside Finland")
    return lat, lon


def _region(row: Row) -> Region:
    return Region(_code(row["code"], 2), _names(row, "fi", "sv", "en"))


def _postcode(row: Row, homes: Mapping[str, list[WeightedPoint]]) -> Postcode:
    """The postcode; where people live under it, its point also joins the homes of its municipality."""
    if row["kind"] not in ("ordinary", "po_box"):
        raise ValueError(f"{row['kind']!r} is no kind of postcode")
    point, municipality = _point(row), _code(row["municipality"], 3)
    people = int(row["residents"] or 0)
    if point and people and row["kind"] == "ordinary":
        homes[municipality].append(WeightedPoint(*point, people))
    return Postcode(_code(row["code"], 5), _names(row, "fi", "sv"), municipality, point)


def _municipality(
    row: Row, homes: Mapping[str, Sequence[WeightedPoint]], beside: _Pairs, over_water: _Pairs
) -> Municipality:
    code, languages, seat = _code(row["code"], 3), tuple(row["languages"].split()), _point(row)
    if not languages or not OFFICIAL_LANGUAGES.issuperset(languages):
        raise ValueError(f"{row['languages']!r} are not the codes of official languages")
    if seat is None:
        raise ValueError("the seat has no point")
    population = int(row["population"])
    return Municipality(
        code=code,
        names=_names(row, "fi", "sv", "se"),
        region=_code(row["region"], 2),
        population=population,
        seat=seat,
        homes=tuple(homes.get(code, ())) or (WeightedPoint(*seat, population),),
        neighbours=beside.get(code, ()),
        over_water=over_water.get(code, ()),
        languages=languages,
        wellbeing_county=row["wellbeing_county"],
    )


def _place(row: Row) -> Place:
    if row["kind"] not in PLACE_KINDS or not row["name"]:
        raise ValueError(f"{row['name']!r} is no place of the kind {row['kind']!r}")
    others = tuple(name for name in row["other_names"].split("|") if name)
    return Place(row["name"], others, _code(row["municipality"], 3), _point(row), row["kind"])


def _former(row: Row, spots: Mapping[tuple[str, str], tuple[float, float] | None]) -> Place:
    """A municipality that is no more, at the point of the village of the same name where there is one."""
    if row["kind"] not in FORMER_KINDS or not row["name"]:
        raise ValueError(f"{row['name']!r} is no former name of the kind {row['kind']!r}")
    municipality = _code(row["municipality"], 3)
    return Place(row["name"], (), municipality, spots.get((row["name"], municipality)), "former_municipality")


def _neighbours(data: Traversable) -> tuple[_Pairs, _Pairs]:
    """Each municipality's neighbours, and those of them that lie over water, by code."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    over_water: defaultdict[str, set[str]] = defaultdict(set)

    def pair(row: Row) -> None:
        if row["border"] not in ("land", "water"):
            raise ValueError(f"{row['border']!r} is no kind of border")
        if row["a"] == row["b"]:
            raise ValueError(f"{row['a']!r} is its own neighbour")
        for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            beside[_code(one, 3)].add(other)
            if row["border"] == "water":
                over_water[one].add(other)

    _table(data, "neighbours.csv", pair)
    return _sorted(beside), _sorted(over_water)


def _sorted(pairs: Mapping[str, set[str]]) -> _Pairs:
    return {code: tuple(sorted(codes)) for code, codes in pairs.items()}


def _attributions(data: Traversable) -> tuple[Attribution, ...]:
    """The list under "## Attribution" in SOURCES.md, one line a source."""
    text = (data / "SOURCES.md").read_text(encoding="utf-8")
    section = text.partition("\n## Attribution\n")[2].partition("\n## ")[0]
    lines = tuple(Attribution(line[2:]) for line in section.splitlines() if line.startswith("- "))
    if not lines:
        raise BadData("SOURCES.md", "all", "the list under '## Attribution' is missing or empty")
    return lines


def _titles(table: Mapping[str, Any]) -> Names:
    titles = table["titles"]
    for language in TITLE_LANGUAGES:
        if not titles.get(language, "").strip():
            raise ValueError(f"the title in {language!r} is missing")
    return MappingProxyType(dict(titles))


def _texts(table: Mapping[str, Any], what: str) -> Mapping[str, tuple[str, ...]]:
    for language in WRITTEN_LANGUAGES:
        texts = table[what].get(language, [])
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError(f"the {what} in {language!r} are missing, or one of them is empty")
    return MappingProxyType({language: tuple(texts) for language, texts in table[what].items()})


def _need(table: Mapping[str, Any]) -> Need:
    return Need(
        id=table["id"],
        group=table["group"],
        handling=Handling(table["handling"]),
        first_contact=table["first_contact"],
        titles=_titles(table),
        phrases=_texts(table, "phrases"),
        examples=_texts(table, "examples"),
        short=MappingProxyType(dict(table.get("short", {}))),
    )
