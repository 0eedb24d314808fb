"""Made-up supply for timing: as dense as Finland is settled, as mixed as real registers are."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from knowledge.model import Atlas, Catalog, Handling, Postcode
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Request, Role, Source

HOURS = (
    "",
    "Mo-Fr 09:00-16:00",
    "Mo-Th 10:00-20:00; Fr 10:00-18:00; Sa 10:00-15:00; PH off",
    "Tu 13:00-15:00",
    "Mo[1] 12:00-14:00",
    "24/7",
    *(
        f"Mo-Fr {opens:02}:{minute:02}-{opens + 7:02}:00"
        for opens in range(7, 12)
        for minute in (0, 15, 30, 45)
    ),
)
FORMS = (Form.IN_PERSON,) * 7 + (Form.REMOTE,) * 2 + (Form.TRAINING,)
JITTER = 0.03
"""Degrees by which an offer lies off its postcode's point: some kilometres."""


def offers(count: int, catalog: Catalog, atlas: Atlas, seed: int = 1) -> Iterator[Offer]:
    """``count`` offers: a third serve all needs, the others a few; a third cover only a municipality."""
    chance = Random(seed)
    areas = [code for code in atlas.postcodes.values() if code.point]
    crowds = _crowds(atlas, areas)
    served = tuple(need.id for need in catalog.needs.values() if need.handling is not Handling.OUTSIDE)
    sets = (*(frozenset(group.needs) for group in catalog.groups), *(frozenset({need}) for need in served))
    everything = frozenset(served)
    organisations = [Organisation(f"o{i}", {"fi": f"Järjestö {i}"}, "association") for i in range(5000)]
    sources = [
        Source("made up", date(2026, 11, 1) - timedelta(days=age), confidence)
        for age in range(0, 1000, 7)
        for confidence in Confidence
    ]
    covers = {code: Coverage(False, (), (code,)) for code in atlas.municipalities}
    regions = {code: Coverage(False, (code,), ()) for code in atlas.regions}
    national = Coverage(True)
    names = {"fi": "Paikka"}
    for number, area in enumerate(chance.choices(areas, crowds, k=count)):
        form = chance.choice(FORMS)
        scope = chance.random()
        coverage = (
            national
            if scope < 0.5
            else covers[area.municipality]
            if scope < 0.85
            else regions[atlas.municipalities[area.municipality].region]
        )
        assert area.point
        yield Offer(
            f"t{number}",
            chance.choice(organisations),
            names,
            names,
            Role.POINTER if form is Form.IN_PERSON and chance.random() < 0.3 else Role.SUPPORT,
            form,
            everything if chance.random() < 0.33 else chance.choice(sets),
            coverage,
            chance.choice(sources),
            languages=chance.choice(((), (), ("fi",), ("fi", "sv"), ("fi", "en"))),
            audience=chance.choice(((), (), (), ("seniors",))),
            street="Katu 1",
            municipality=area.municipality,
            point=(
                area.point[0] + chance.uniform(-JITTER, JITTER),
                area.point[1] + chance.uniform(-JITTER, JITTER),
            )
            if chance.random() < 0.9
            else None,
            hours=chance.choice(HOURS),
        )


def requests(count: int, catalog: Catalog, atlas: Atlas, seed: int = 2) -> tuple[Request, ...]:
    """``count`` requests from where people live; half know their postcode, half only the municipality."""
    chance = Random(seed)
    areas = [code for code in atlas.postcodes.values() if code.point]
    needs = [
        need.id
        for need in catalog.needs.values()
        if need.handling in (Handling.SUPPORT, Handling.AUTHORITY_FIRST)
    ]
    return tuple(
        Request(
            (chance.choice(needs),),
            area.municipality,
            area.point if chance.random() < 0.5 else None,
            languages=(chance.choice(("fi", "fi", "fi", "sv", "en")),),
        )
        for area in chance.choices(areas, _crowds(atlas, areas), k=count)
    )


def _crowds(atlas: Atlas, areas: list[Postcode]) -> list[int]:
    homes = {(home.lat, home.lon): home.people for one in atlas.municipalities.values() for home in one.homes}
    return [homes.get(area.point or (0.0, 0.0), 0) for area in areas]
