"""Reconstruction: a solver over everything published finds no small cell out.

The attack must first succeed against releases that leak; only then is its failure worth something.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from knowledge.load import load_atlas, load_catalog
from referral.demand.classes import Rule
from referral.demand.frame import Frame
from referral.demand.period import quarter_of
from referral.demand.release import Figure, Release
from tests.referral.demand.attacker import numbers, system
from tests.referral.demand.behind import add_groups, misses
from tests.referral.demand.invented import FRAME, NEEDS, PLACES, REGION, Event, event, months, released

FULL = bool(os.environ.get("FULL_RELEASE_TESTS"))
pytestmark = pytest.mark.timeout(600 if FULL else 120)
TABLES = 1000 if FULL else 200
"""How many worlds are invented; every small cell of each is tried."""

YEAR = months("2025-01", 12)


def ask(month: str, municipality: str, need: str, **fields: str) -> Event:
    """One request, plain but for what is said of it."""
    plain = {"language": "fi", "form": "any", "outcome": "near", "asker": "self", "channel": "web"}
    place = {"municipality": municipality, "region": REGION[municipality]}
    return {"month": month, "need": need, "need_group": NEEDS[need], **place, **plain, **fields}


def caught(events: Sequence[Event], releases: Sequence[Release], k: int) -> list[object]:
    """What the attacker finds in any region, year by year."""
    found: list[object] = []
    for year in dict.fromkeys(one.period[:4] for one in releases):
        inside = [one for one in releases if one.period[:4] == year]
        then = [one for one in events if one["month"][:4] == year]
        for region in PLACES:
            found += system(then, inside, region).caught(k - 1)
    return found


def invented(seed: int) -> tuple[list[Event], int]:
    """A year of demand, sparse or dense, even or skewed, and a ``k``."""
    chance = Random(seed)
    size = chance.choice((5, 20, 60, 150, 400, 800))
    skew = chance.choice((1.0, 2.0, 3.0))
    return [event(chance, chance.choice(YEAR), skew) for _ in range(size)], chance.choice((5, 5, 5, 10))


def rounded_naively(release: Release, events: Sequence[Event], rule: Rule) -> Release:
    """Each total by itself, counted anew and rounded: what rounding without a theory would publish."""
    tables = []
    for table in release.tables:
        if table.name in ("groups", "regions"):
            inside = [one for one in events if quarter_of(one["month"]) == release.period]
            figures = []
            for one in table.figures:
                count = sum(
                    all(e[c] == v for c, v in zip(table.columns, one.codes, strict=True)) for e in inside
                )
                figures.append(Figure(one.codes, rule.told(count), 0))
            table = replace(table, figures=tuple(figures))
        tables.append(table)
    return replace(release, tables=tuple(tables))


def test_the_attack_finds_out_what_naive_rounding_tells() -> None:
    """Four in January and four in February; the quarter's rounded total says that neither is empty."""
    need = "b1"
    events = [ask("2025-01", "021", need) for _ in range(4)] + [ask("2025-02", "021", need) for _ in range(4)]
    events += [ask("2025-03", "021", need) for _ in range(4)]
    events += [ask(month, "021", "b2") for month in YEAR[:3] for _ in range(4)]
    quarter = released(events, YEAR[:3])[3]
    naive = rounded_naively(quarter, events, Rule())
    assert numbers(naive, "groups")["02", "b"] == 25
    found = system(events, [*released(events, YEAR[:3])[:3], quarter], "02")
    found.check()
    assert found.caught(4) == []
    cells = [key for key in found.place if key[:1] == ("x",) and key[2] == "b"]
    found.total(cells, (Rule().least(25), Rule().most(25)))
    assert found.caught(4)


def test_the_attack_finds_out_what_linked_tables_tell() -> None:
    """A division told in full beside the ladder: what the one has more than the other is a small cell."""
    events = [ask("2025-01", "021", "b1", language="fi") for _ in range(7)]
    events += [ask("2025-01", "021", "b1", language="se")]
    found = system(events, released(events, YEAR[:3]), "02")
    assert found.caught(4) == []
    for key in [key for key in found.place if key[0] == "languages"]:
        if key[2] == ("02", "fi"):
            found.total([key], (Rule().least(5), Rule().most(5)))
        elif key[2] != ("02", "se"):
            found.total([key], (0, 0))
    assert found.caught(4)


CORPUS = {
    "four and four": [ask("2025-01", "031", need) for need in ("a1", "a2") for _ in range(4)],
    "four ones": [ask("2025-01", "031", need) for need in ("a1", "a2", "a3", "a4")],
    "a region of one municipality": [ask(m, "021", "b1") for m in YEAR for _ in range(4)],
    "a need that nobody has": [ask("2025-02", p, "c1") for p in REGION for _ in range(3)],
    "one conversation in Sámi": [ask("2025-05", "011", "a1") for _ in range(30)]
    + [ask("2025-05", "011", "a1", language="se")],
    "one unmet among many": [ask("2025-06", "012", "b2") for _ in range(22)]
    + [ask("2025-06", "012", "b2", outcome="unmet", reason="no_supply")],
    "all small cells full": [
        ask(m, p, n) for m in YEAR for p in ("031", "032") for n in NEEDS for _ in range(2)
    ],
    "all told cells at their least": [ask(m, "031", n) for m in YEAR for n in ("a1", "b1") for _ in range(8)],
    "the untold share is empty": [ask(m, "011", "a1", language="sv") for m in YEAR for _ in range(8)]
    + [ask(m, "011", "a1", language="se") for m in YEAR[::3]],
    "the untold municipality is empty": [ask(m, "013", "a1") for m in YEAR for _ in range(8)]
    + [ask("2025-01", "012", "a1")] * 2,
}


@pytest.mark.parametrize("case", CORPUS)
def test_known_cases_hold(case: str) -> None:
    events = CORPUS[case]
    assert caught(events, released(events, YEAR), 5) == []


@pytest.mark.parametrize("first", range(0, TABLES, 10))
def test_invented_tables_hold(first: int) -> None:
    for seed in range(first, first + 10):
        events, k = invented(seed)
        releases = released(events, YEAR, rule=Rule(k))
        assert events
        assert {one.kind for one in releases} == {"month", "quarter", "public", "year"}
        assert caught(events, releases, k) == [], seed


def test_the_attack_finds_out_what_groups_by_outcome_would_tell() -> None:
    """Four remote answers a need and month, and their rounded sum: it says that no cell is empty."""
    events = [
        ask(month, "021", need, outcome="remote")
        for month in YEAR[:3]
        for need in ("b1", "b2")
        for _ in range(4)
    ]
    releases = released(events, YEAR[:3])
    found = system(events, releases, "02")
    add_groups(found, events, releases, "02", FRAME)
    assert found.caught(4) == []
    told = [key for key in found.place if key[0][0][0] == "outcomes" and key[1:] == ("in", "b")]
    remote = [key for key in told if key[0][0][2] == ("02", "remote")]
    assert len(remote) == 3
    found.total(remote, (Rule().least(25), Rule().most(25)))
    assert found.caught(4)


@pytest.mark.parametrize("seed", range(0, TABLES, 1 if FULL else 20))
def test_the_counters_behind_the_tables_hold(seed: int) -> None:
    """Outcomes and reasons are counted by need group, and told without it."""
    events, k = invented(seed)
    releases = released(events, YEAR, rule=Rule(k))
    for region in PLACES:
        found = system(events, releases, region)
        add_groups(found, events, releases, region, FRAME)
        assert found.caught(k - 1) == []


@pytest.mark.parametrize("seed", range(20))
def test_messages_that_were_not_understood_hold(seed: int) -> None:
    chance = Random(seed)
    counts: defaultdict[tuple[str, str], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for month in YEAR:
        for language in FRAME.languages:
            for kind in ("need", "place"):
                counts["misses_by_language", month][language, kind] = chance.choice((0, 0, 1, 2, 3, 4, 7, 30))
    releases = released([], YEAR, misses=counts)
    assert any(number for one in releases if one.kind == "year" for number in numbers(one, "misses").values())
    found = misses(counts, releases)
    assert found.caught(4) == []
    first = list(found.place)[:3]  # What three months of one quarter would tell beside it, were zeros told.
    for key in first:
        found.total([key], (1, 4) if 0 < found.truth[found.place[key]] < 5 else (0, float("inf")))
    assert bool(found.caught(4)) == any(0 < found.truth[found.place[key]] < 5 for key in first)


def test_24_months_in_a_row_hold() -> None:
    chance = Random(24)
    over = months("2025-01", 24)
    events = [event(chance, chance.choice(over), 2.0) for _ in range(400)]
    releases = released(events, over)
    assert [one.kind for one in releases].count("month") == 24
    assert caught(events, releases, 5) == []


def test_lapland_as_it_is_holds() -> None:
    """The real needs and municipalities of one region, with 1,500 requests."""
    catalog, atlas = load_catalog(), load_atlas()
    frame = Frame.of(catalog, atlas, FRAME.languages, FRAME.channels)
    frame = replace(frame, municipalities={"19": frame.municipalities["19"]})
    people = [atlas.municipalities[code].population for code in frame.municipalities["19"]]
    ranks = [1 / rank for rank in range(1, len(frame.needs) + 1)]
    chance = Random(19)
    events = []
    for _ in range(1500):
        need = chance.choices(list(frame.needs), ranks)[0]
        place = {"municipality": chance.choices(frame.municipalities["19"], people)[0], "region": "19"}
        where = {"need": need, "need_group": frame.needs[need], **place}
        events.append({**event(chance, chance.choice(YEAR)), **where})
    releases = released(events, YEAR, frame)
    assert sum(figure.number > 0 for figure in releases[-1].table("municipalities").figures) > 20
    assert system(events, releases, "19", frame).caught(4) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_public_tables_are_read_off_the_others(seed: int) -> None:
    """What follows from the coordinators' numbers cannot tell more than they do."""
    events, k = invented(seed)
    releases = released(events, YEAR, rule=Rule(k))
    quarters = {one.period: one for one in releases if one.kind == "quarter"}
    public = [one for one in releases if one.kind == "public"]
    assert len(public) == 4
    for one in public:
        theirs = {figure.codes: figure for figure in quarters[one.period].table("groups").figures}
        for figure in one.table("groups").figures:
            told = theirs[figure.codes]
            assert figure.number == (told.number if told.least >= 10 else 0)
