"""Invented demand for the attacks: a small country, people who ask, and the counters that they raise."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from random import Random

from referral.demand.classes import Rule
from referral.demand.counters import TABLES
from referral.demand.frame import Frame
from referral.demand.period import ends_quarter, next_month, quarter_of
from referral.demand.release import (
    Release,
    release_month,
    release_public,
    release_quarter,
    release_year,
)

Event = Mapping[str, str]
"""One request, by the names of the counters' columns, and its month."""

NEEDS = {"a1": "a", "a2": "a", "a3": "a", "a4": "a", "b1": "b", "b2": "b", "c1": "c"}
PLACES = {"01": ("011", "012", "013", "014"), "02": ("021",), "03": ("031", "032", "033")}
FRAME = Frame(
    needs=NEEDS,
    municipalities=PLACES,
    languages=("fi", "fi@simple", "sv", "en", "se"),
    main_languages={"01": "fi", "02": "sv", "03": "fi"},
    channels=("web", "telegram"),
)
REGION = {code: region for region, codes in PLACES.items() for code in codes}


def months(first: str, count: int) -> tuple[str, ...]:
    """``count`` months from ``first``."""
    found = [first]
    while len(found) < count:
        found.append(next_month(found[-1]))
    return tuple(found)


def event(chance: Random, month: str, skew: float = 1.0) -> Event:
    """A request somewhere in the small country; a greater ``skew`` crowds the first places and needs."""
    needs, places = list(NEEDS), list(REGION)
    need = needs[int(len(needs) * chance.random() ** skew)]
    municipality = places[int(len(places) * chance.random() ** skew)]
    reason = chance.choice(("", "", "", "no_supply", "too_far", "form", "language"))
    fact = {
        "month": month,
        "municipality": municipality,
        "region": REGION[municipality],
        "need": need,
        "need_group": NEEDS[need],
        "language": chance.choices(("fi", "sv", "en", "se"), (70, 20, 8, 2))[0],
        "form": chance.choice(("any", "any", "remote")),
        "outcome": chance.choice(("near", "near", "remote", "training", "authority", "far", "unmet")),
        "asker": chance.choice(("self", "self", "other")),
        "channel": chance.choice(("web", "web", "telegram")),
    }
    if reason:
        fact["reason"] = reason
    if chance.random() < 0.4:
        fact["helped"] = chance.choice(("yes", "yes", "no"))
    return fact


def counters(events: Iterable[Event]) -> dict[tuple[str, str], Counter[tuple[str, ...]]]:
    """The counters that ``events`` raise."""
    raised: defaultdict[tuple[str, str], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for one in events:
        for table in TABLES:
            if table.name != "misses_by_language" and one.keys() >= set(table.columns):
                values = tuple(one[column] for column in table.columns)
                raised[table.name, one["month"][: 4 if table.period == "year" else 7]][values] += 1
    return raised


def released(
    events: Iterable[Event],
    over: Iterable[str],
    frame: Frame = FRAME,
    rule: Rule | None = None,
    misses: Mapping[tuple[str, str], Counter[tuple[str, ...]]] | None = None,
) -> tuple[Release, ...]:
    """Everything that is published when ``over`` (months in a row, from a January) have closed. ``misses``
    are the counters of messages that were not understood, which no request raises."""
    rule = rule or Rule()
    raised, out = {**counters(events), **(misses or {})}, []
    year: list[Release] = []
    quarters: list[Release] = []
    for month in over:
        year.append(release_month(month, raised, frame, rule))
        out.append(year[-1])
        if ends_quarter(month):
            part = [one for one in year if quarter_of(one.period) == quarter_of(month)]
            quarters.append(release_quarter(part, raised, frame))
            out += [quarters[-1], release_public(quarters[-1])]
        if month.endswith("-12"):
            out.append(release_year(quarters, year, raised, frame))
            year, quarters = [], []
    return tuple(out)
