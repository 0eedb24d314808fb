"""Years of made-up demand, with every table of counters, and what is released of them."""

from collections import Counter
from functools import cache
from random import Random

from referral.demand.classes import Rule
from referral.demand.frame import COUNTED_CHANNELS, Frame
from referral.demand.period import ends_quarter, ends_year, quarter_of
from referral.demand.release import (
    Release,
    release_month,
    release_public,
    release_quarter,
    release_year,
)
from tests.referral.demand.invented import months
from tests.referral.supply import atlas, catalog

LANGUAGES = ("fi", "fi@simple", "sv", "en", "se")

Counters = dict[tuple[str, str], Counter[tuple[str, ...]]]


@cache
def frame() -> Frame:
    """The public order of the real needs and places."""
    return Frame.of(catalog(), atlas(), LANGUAGES, COUNTED_CHANNELS)


def counters(size: int, over: tuple[str, ...], seed: int = 1) -> Counters:
    """``size`` requests spread over ``over``: by where people live, a few needs far more than others."""
    chance = Random(seed)
    found: Counters = {}
    places = list(atlas().municipalities.values())
    people = [one.population for one in places]
    needs = list(frame().needs)
    ranks = [1 / rank for rank in range(1, len(needs) + 1)]
    for month in over:
        count = size // len(over)
        tables = [Counter[tuple[str, ...]]() for _ in range(6)]
        for place, need in zip(
            chance.choices(places, people, k=count), chance.choices(needs, ranks, k=count), strict=True
        ):
            by_need, languages, outcomes, reasons, askers, helped = tables
            group = frame().needs[need]
            by_need[place.code, need] += 1
            languages[place.region, chance.choices(LANGUAGES, (70, 3, 15, 7, 5))[0]] += 1
            outcome = chance.choices(
                ("near", "remote", "training", "authority", "far", "unmet"), (5, 2, 1, 2, 1, 1)
            )
            outcomes[place.region, group, "any", outcome[0]] += 1
            if outcome[0] in ("far", "unmet"):
                reasons[place.region, group, chance.choice(("no_supply", "too_far", "language"))] += 1
            askers[place.region, chance.choice(("self", "other")), chance.choice(COUNTED_CHANNELS)] += 1
            if chance.random() < 0.3:
                helped[place.region, chance.choice(("yes", "yes", "no"))] += 1
        names = ("demand_by_municipality_need", "demand_by_region_language", "demand_by_region_outcome")
        names += ("unmet_by_region_reason", "demand_by_asker_channel", "helped_by_region")
        found |= {(name, month): table for name, table in zip(names, tables, strict=True)}
        found["misses_by_language", month] = Counter(
            {("fi", "need"): 30, ("sv", "place"): 7, ("se", "need"): 2}
        )
    return found


@cache
def releases(size: int = 24_000, first: str = "2025-01", count: int = 24) -> tuple[Release, ...]:
    """Everything released of ``count`` months from ``first`` (a January)."""
    over = months(first, count)
    raised = counters(size, over)
    out: list[Release] = []
    year: list[Release] = []
    quarters: list[Release] = []
    for month in over:
        year.append(release_month(month, raised, frame(), Rule()))
        out.append(year[-1])
        if ends_quarter(month):
            part = [one for one in year if quarter_of(one.period) == quarter_of(month)]
            quarters.append(release_quarter(part, raised, frame()))
            out += [quarters[-1], release_public(quarters[-1])]
        if ends_year(month):
            out.append(release_year(quarters, year, raised, frame()))
            year, quarters = [], []
    return tuple(out)
