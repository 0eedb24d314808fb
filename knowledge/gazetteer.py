"""Every name of every place, in every form that people write it in, and what it stands for.

A name may stand for several places (four villages are called Peltola): its targets are kept together,
each with a weight between 0 and 1 that says how likely somebody means it who writes the bare name.
Forms are found without regard to case. Marks on letters may be left out, but not added: "jyvaskyla" is
Jyväskylä, "lähti" is not Lahti.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from knowledge.inflection import Case, forms, residents
from knowledge.model import Atlas, Place
from knowledge.rows import Row, read
from knowledge.text import fold


class Kind(StrEnum):
    """What sort of name it is."""

    MUNICIPALITY = "municipality"
    FORMER = "former"
    VILLAGE = "village"
    NICKNAME = "nickname"
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


class Reading(NamedTuple):
    """One way to read a form: the name that it belongs to and the case that it is in."""

    form: str
    name: Name
    case: Case


WEIGHTS = {"municipality": 0.95, "former_municipality": 0.85, "populated_place": 0.75, "postal_area": 0.7}
REGION_WEIGHT = 0.6
_TAILS = ("kin", "kään", "kaan", "hän", "han", "kö", "ko", "pä", "pa", "ni", "si", "mme", "nne", "nsä", "nsa")
_SAINT = ("s:t", "sankt", "st", "s t", "st:")


class Gazetteer:
    """The table of forms; made once, then only read."""

    def __init__(self, readings: Mapping[str, tuple[Reading, ...]]) -> None:
        self._readings = readings
        longest: dict[str, int] = {}
        for form in readings:
            if " " in form:
                head = form.partition(" ")[0]
                longest[head] = max(longest.get(head, 1), form.count(" ") + 1)
        self.longest = longest
        """The first words of names of several words, and how many words the longest of these has."""

    @classmethod
    def of(cls, atlas: Atlas, root: Traversable | None = None) -> "Gazetteer":
        """The table of all names in ``atlas`` and in the lists of other spellings under ``root``."""
        data = root or files("knowledge") / "data"
        table: defaultdict[str, list[Reading]] = defaultdict(list)
        for name, inflected in _names(atlas, data):
            seen = set()
            for form, case in inflected:
                key = form.replace("-", " ")
                if key not in seen:
                    seen.add(key)
                    table[fold(key)].append(Reading(key, name, case))
        return cls({key: tuple(readings) for key, readings in table.items()})

    def look_up(self, words: str) -> tuple[Reading, ...]:
        """The readings of words in lower case that are parted by one space; empty where there are none.

        Where nothing is found, a possessive or a tail (-kin, -han, -ko) is taken off and tried again.
        """
        found = self._exact(words)
        if not found and len(words) > 5 and words.endswith(_TAILS):
            for stem in _without_tails(words):
                found = self._exact(stem) or self._exact(stem + "n")
                if found:
                    break
        return found

    def forms(self) -> Iterable[str]:
        """Every form, in lower case and without marks."""
        return self._readings.keys()

    def _exact(self, words: str) -> tuple[Reading, ...]:
        folded = fold(words)
        readings = self._readings.get(folded, ())
        if words == folded:
            return readings
        return tuple(reading for reading in readings if _no_mark_added(words, reading.form))


def _no_mark_added(written: str, form: str) -> bool:
    return all(one == other or one == fold(other) for one, other in zip(written, form, strict=True))


def _without_tails(word: str) -> Iterator[str]:
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) > 2:
            stem = word.removesuffix(tail)
            yield stem
            yield from _without_tails(stem)


def _names(atlas: Atlas, data: Traversable) -> Iterator[tuple[Name, Iterable[tuple[str, Case]]]]:
    targets: defaultdict[str, dict[tuple[str, str], Target]] = defaultdict(dict)
    leniently: set[str] = set()

    def add(name: str, target: Target) -> None:
        known = targets[name].get((target.municipality, target.region))
        if known is None or known.weight < target.weight:
            targets[name][(target.municipality, target.region)] = target

    for municipality in atlas.municipalities.values():
        for language, name in municipality.names.items():
            add(name, Target(municipality.code, WEIGHTS["municipality"], Kind.MUNICIPALITY))
            if language == "fi":
                leniently.add(name)
    for place in atlas.places:
        for name in (place.name, *place.other_names):
            add(name, _village(place))
        if place.kind == "former_municipality":
            leniently.add(place.name)
    for region in atlas.regions.values():
        for name in region.names.values():
            add(name, Target("", REGION_WEIGHT, Kind.REGION, region=region.code))
    for shown, places in targets.items():
        ranked = sorted(places.values(), key=lambda target: -target.weight)
        name = Name(shown, tuple(ranked))
        yield name, _all_forms(shown, lenient=shown in leniently)


def _village(place: Place) -> Target:
    kind = Kind.FORMER if place.kind == "former_municipality" else Kind.VILLAGE
    return Target(place.municipality, WEIGHTS[place.kind], kind, place.point)


def _all_forms(name: str, *, lenient: bool) -> Iterator[tuple[str, Case]]:
    yield from forms(name, lenient=lenient)
    if not name.endswith("s"):
        yield name.lower() + "s", Case.GENITIVE
    if lenient:
        yield from ((form, Case.FROM) for form in residents(name))
