"""Every name that some place has, with the forms that people write it in.

A name may stand for several places (four villages are called Peltola): its targets are kept together,
each with a weight between 0 and 1 that says how likely somebody means it who writes the bare name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import NamedTuple

from knowledge.inflection import Case, Form, forms, residents, spoken
from knowledge.model import Atlas, Municipality, Place
from knowledge.rows import Row, read
from knowledge.stems import VOWELS


class Kind(StrEnum):
    """What sort of name it is; ``OTHER`` are nicknames and spellings of other languages."""

    MUNICIPALITY = "municipality"
    FORMER = "former"
    VILLAGE = "village"
    OTHER = "other"
    REGION = "region"


class Target(NamedTuple):
    """One place that a name may stand for. A region has no municipality."""

    municipality: str
    weight: float
    kind: Kind
    point: tuple[float, float] | None = None
    region: str = ""


class Name(NamedTuple):
    """A name in its base form, and the places that it may stand for, the likeliest first."""

    shown: str
    targets: tuple[Target, ...]


WEIGHTS = {"municipality": 0.95, "former_municipality": 0.85, "populated_place": 0.75, "postal_area": 0.7}
CHOSEN, NAMESAKE = 0.76, 0.69
"""A village that the districts name again comes before its namesakes; another district comes after them."""

OTHER_WEIGHT = 0.9
REGION_WEIGHT = 0.6
SHORTEST_CORRECTABLE = 4
"""Names of fewer letters are never found by a misspelling: "miihin" is no Ii."""

LONG = 8
"""Names of so many letters are also found by a misspelling of a spoken form: "lappeerannas"."""

SHORTEST_SPOKEN = 6
"""Villages of so many letters are also known in spoken forms: "Itäkeskukses"."""

SECOND = 0.5
"""How much less likely a village is meant that shares its name with a municipality or a region."""


_Inflected = tuple[Name, list[Form]]


def inflected_names(atlas: Atlas, data: Traversable) -> Iterator[_Inflected]:
    """Each name of ``atlas`` and of the lists of names under ``data``, and its forms in lower case.

    Raises ``BadData`` where a list names a place that is not in the atlas.
    """
    targets: defaultdict[str, dict[str, Target]] = defaultdict(dict)
    lenient: set[str] = set()
    swedish: set[str] = set()
    towns: set[str] = set()
    for municipality in atlas.municipalities.values():
        for name in _written(municipality):
            targets[name][municipality.code] = _municipality(municipality)
        lenient.update((municipality.names["fi"], municipality.names["fi"].removesuffix(" Tl")))
        swedish.update(municipality.names.values())
        towns.update(municipality.names.values())
    for region in atlas.regions.values():
        for name in region.names.values():
            targets[name][region.code] = Target("", REGION_WEIGHT, Kind.REGION, region=region.code)
            swedish.add(name)
    for place in atlas.places:
        for name in (place.name, *place.other_names):
            known = targets[name].get(place.municipality)
            if known is None or known.weight < WEIGHTS[place.kind]:
                targets[name][place.municipality] = _village(place)
        if place.kind == "former_municipality":
            lenient.add(place.name)
        if "sv" in atlas.municipalities[place.municipality].languages:
            swedish.update((place.name, *place.other_names))
    for district, target in read(data, "districts.csv", lambda row: _district(row, atlas)):
        if target.municipality in targets[district]:
            target = targets[district].pop(target.municipality)._replace(weight=CHOSEN)
        elif any(place.point for place in targets[district].values()):
            target = target._replace(weight=NAMESAKE)
        targets[district].setdefault(target.municipality, target)
    for nickname, target, inflected in read(data, "nicknames.csv", lambda row: _nickname(row, atlas)):
        if inflected:
            targets[nickname][target.municipality or target.region] = target
            lenient.add(nickname)
        else:
            yield Name(nickname, (target,)), list(_abbreviation(nickname))
    people = {code: municipality.population for code, municipality in atlas.municipalities.items()}
    for name, places in targets.items():
        yield (
            _ranked(name, places.values(), people),
            _forms(name, name in lenient, name in swedish, name in towns),
        )
    yield from read(data, "foreign_names.csv", lambda row: _foreign(row, atlas))
    yield from read(data, "sami_names.csv", lambda row: _sami(row, atlas))


def _municipality(municipality: Municipality) -> Target:
    return Target(municipality.code, WEIGHTS["municipality"], Kind.MUNICIPALITY)


def _village(place: Place) -> Target:
    kind = Kind.FORMER if place.kind == "former_municipality" else Kind.VILLAGE
    return Target(place.municipality, WEIGHTS[place.kind], kind, place.point)


def _ranked(name: str, places: Iterable[Target], people: Mapping[str, int]) -> Name:
    """The name with its places, of two alike the one first in whose municipality more people live."""
    ranked = list(places)
    wide = {target.kind for target in ranked} & {Kind.MUNICIPALITY, Kind.REGION}
    if wide:
        ranked = [one if one.kind in wide else one._replace(weight=one.weight * SECOND) for one in ranked]
    return Name(name, tuple(sorted(ranked, key=lambda one: (-one.weight, -people.get(one.municipality, 0)))))


def _written(municipality: Municipality) -> Iterator[str]:
    """The official names of a municipality, and shorter or longer ways to write them."""
    for name in municipality.names.values():
        yield name
        if name.startswith("S:t "):
            yield from (name.replace("S:t", saint, 1) for saint in ("Sankt", "St"))
        if name.endswith(" Tl"):
            yield name.removesuffix(" Tl")
        if name.endswith("n kunta"):
            yield name.removesuffix("n kunta")


def _forms(name: str, lenient: bool, swedish: bool, town: bool) -> list[Form]:
    made: dict[str, Case] = {}
    for form, case in forms(name, lenient=lenient):
        made.setdefault(form, case)
    base = name.lower()
    if swedish and not base.endswith("s"):
        made.setdefault(base + "s", Case.GENITIVE)
    if not lenient and len(base) >= SHORTEST_SPOKEN:
        for form, case in spoken(base):
            made.setdefault(form, case)
    if town:
        for ending in ("bo", "bor", "bon"):
            made.setdefault(base + ending, Case.FROM)
    if lenient:
        for form in residents(name):
            made.setdefault(form, Case.FROM)
        if " tl" in base:
            made.update((form + " tl", case) for form, case in forms(base.removesuffix(" tl")))
    if "-" in base:
        return [(form.replace("-", " "), case) for form, case in made.items()]
    return list(made.items())


def _target(code: str, atlas: Atlas) -> Target:
    if code in atlas.regions:
        return Target("", REGION_WEIGHT, Kind.REGION, region=code)
    if code not in atlas.municipalities:
        raise ValueError(f"there is no place {code!r}")
    return Target(code, OTHER_WEIGHT, Kind.OTHER)


def _district(row: Row, atlas: Atlas) -> tuple[str, Target]:
    target = _target(row["municipality"], atlas)
    return row["name"], target._replace(weight=WEIGHTS["populated_place"], kind=Kind.VILLAGE)


def _nickname(row: Row, atlas: Atlas) -> tuple[str, Target, bool]:
    if row["inflection"] not in ("finnish", "none"):
        raise ValueError(f"{row['inflection']!r} is no way to inflect a name")
    return row["name"], _target(row["place"], atlas), row["inflection"] == "finnish"


def _foreign(row: Row, atlas: Atlas) -> _Inflected:
    made = list(_ENDINGS[row["language"]](row["name"].lower()))
    # In English it is how newcomers spell the name by ear: it is shown as Finns write it.
    own = row["language"] != "en"
    shown = row["name"] if own else atlas.municipalities[row["municipality"]].names["fi"]
    return Name(shown, (_target(row["municipality"], atlas),)), made


def _sami(row: Row, atlas: Atlas) -> _Inflected:
    made = [(row["name"].lower(), Case.BASE)]
    for case in (Case.IN, Case.FROM, Case.TO, Case.GENITIVE):
        made += [(form.lower(), case) for form in row[case].split("|") if form]
    return Name(row["name"], (_target(row["municipality"], atlas),)), made


def _abbreviation(name: str) -> Iterator[Form]:
    """An abbreviation, bare or with the endings that are written straight onto it: "jklssä", "roissa"."""
    base = name.lower()
    if base[-1] in VOWELS:
        yield from forms(base)
        return
    yield base, Case.BASE
    for a in "aä":
        yield from ((f"{base}{end}{a}", case) for end, case in (("ss", Case.IN), ("ll", Case.IN)))
        yield from ((f"{base}{end}{a}", case) for end, case in (("st", Case.FROM), ("lt", Case.FROM)))
    yield from ((base + "lle", Case.TO), (base + "n", Case.GENITIVE))


def _estonian(name: str) -> Iterator[Form]:
    yield name, Case.BASE
    yield from ((name + ending, Case.IN) for ending in ("s", "l"))
    yield from ((name + ending, Case.FROM) for ending in ("st", "lt"))
    yield from ((name + ending, Case.TO) for ending in ("sse", "le"))


def _slavic(name: str) -> Iterator[Form]:
    """Russian and Ukrainian: only names in -а and -я are inflected."""
    yield name, Case.BASE
    endings = {"а": "ыиеуію", "я": "иеюї"}.get(name[-1], "")
    yield from ((name[:-1] + ending, Case.BASE) for ending in endings)


def _arabic(name: str) -> Iterator[Form]:
    """The prepositions "in" and "to" are written onto the name."""
    yield from ((name, Case.BASE), ("ب" + name, Case.IN), ("ل" + name, Case.TO))


_ENDINGS: dict[str, Callable[[str], Iterator[Form]]] = {
    "ar": _arabic,
    "en": lambda base: iter(((base, Case.BASE),)),
    "et": _estonian,
    "ru": _slavic,
    "uk": _slavic,
}


def correctable_forms(atlas: Atlas) -> Iterator[str]:
    """The forms that a misspelling is compared with: of municipalities, former ones too, and regions.

    Villages and nicknames are left out: so many of them lie one slip from an ordinary word that more
    would be made wrong than right.
    """
    for municipality in atlas.municipalities.values():
        for language, name in municipality.names.items():
            if len(name) >= SHORTEST_CORRECTABLE:
                bare = name.removesuffix(" Tl").removesuffix("n kunta")
                inflected = (form for form, _ in forms(bare, lenient=len(bare) >= LONG))
                yield from inflected if language == "fi" else (name.lower(),)
    for region in atlas.regions.values():
        yield from (name.lower() for name in region.names.values())
        yield from (form for form, _ in forms(region.names["fi"]))
    for place in atlas.places:
        if place.kind == "former_municipality" and len(place.name) >= SHORTEST_CORRECTABLE:
            yield from (form for form, _ in forms(place.name))
