"""What several coordinators hold together is the release, whatever each of them takes along, and in any order."""

from collections.abc import Iterable
from itertools import combinations
from random import Random

import pytest

from referral.demand.export import to_json
from referral.demand.release import Release
from referral.situation.extract import of_question, of_regions
from referral.situation.out import Out
from referral.situation.question import FILTERS, asked
from tests.referral.situation.year import frame, releases

REGIONS = tuple(frame().municipalities)
OUT = Out.of((one.kind, one.period) for one in releases())
BY_PERIOD = {(one.kind, one.period): one for one in releases()}
CODES = {
    "municipality": [code for codes in frame().municipalities.values() for code in codes],
    "topic": [*frame().needs, *dict.fromkeys(frame().needs.values())],
    "spoken": ["sv", "en", "se", "fi"],
    "outcome": ["remote", "training", "authority", "near"],
    "form": ["remote", "training", "in_person"],
    "reason": ["no_supply", "too_far", "language"],
    "channel": ["web", "telegram"],
    "helped": ["yes", "no"],
}

Facts = dict[tuple[str, ...], tuple[int, int]]


def facts(parts: Iterable[Release]) -> Facts:
    """Every number in some files; the same row in two of them must be the same number."""
    found: Facts = {}
    for part in parts:
        for table in part.tables:
            for one in table.figures:
                key = (part.kind, part.period, table.name, *one.codes)
                assert found.setdefault(key, (one.number, one.least)) == (one.number, one.least)
    return found


@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_two_coordinators_together_hold_no_more_than_their_regions_rows(kind: str) -> None:
    release = next(one for one in releases() if one.kind == kind)
    every = facts([release])
    for one, other in combinations(REGIONS[:4], 2):
        together = facts([of_regions(release, [one]), of_regions(release, [other])])
        assert together == facts([of_regions(release, [one, other])])
        assert together.items() <= every.items()
        assert {key[3] for key in together if key[2] != "misses"} == {one, other}
    assert facts(of_regions(release, [one]) for one in REGIONS) == every
    assert to_json(of_regions(release, REGIONS)) == to_json(release)


def test_any_filters_in_any_order_tell_what_is_published_and_nothing_else() -> None:
    """A hundred exports with any filters by coordinators of any regions, put together."""
    chance = Random(6)
    every = facts(releases())
    taken = []
    for _ in range(100):
        regions = chance.sample(REGIONS, chance.choice((1, 1, 2, len(REGIONS))))
        names = chance.sample(sorted(CODES), chance.choice((0, 1, 1, 2)))
        query = {name: chance.choice(CODES[name]) for name in names}
        query["period"] = chance.choice(OUT.periods)[1]
        assert query.keys() <= set(FILTERS)
        question = asked(query, OUT, frame(), regions)
        assert question is not None
        part = of_question(BY_PERIOD[question.kind, question.period], question, regions)
        taken.append((part, question, regions))
    assert sum(bool(facts([part])) for part, _, _ in taken) > 75
    there = facts(part for part, _, _ in taken)
    assert there.items() <= every.items()
    chance.shuffle(taken)
    assert facts(part for part, _, _ in taken) == there
    for part, question, regions in taken:
        again = of_question(BY_PERIOD[question.kind, question.period], question, regions)
        assert to_json(again) == to_json(part)
