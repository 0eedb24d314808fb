"""Differencing: one request more or less, late, or in another order, changes nothing that is out."""

import os
from random import Random

import pytest

from referral.demand.classes import BadRule, Rule
from referral.demand.export import to_csv, to_json, to_xlsx
from referral.demand.release import Release, Unreleasable, release_month, release_quarter
from tests.referral.demand.invented import FRAME, counters, event, months, released

YEAR = months("2025-01", 12)
LATE = 500 if os.environ.get("FULL_RELEASE_TESTS") else 60


def cells(release: Release) -> dict[tuple[str, ...], int]:
    return {(t.name, *f.codes): f.number for t in release.tables for f in t.figures}


def test_what_is_naively_recomputed_does_change() -> None:
    """The attack works on a release made anew from counters that a late request was added to."""
    chance = Random(0)
    events = [event(chance, "2025-01", 3.0) for _ in range(40)]
    changed = [
        release_month("2025-01", counters([*events, event(chance, "2025-01", 3.0)]), FRAME, Rule())
        != release_month("2025-01", counters(events), FRAME, Rule())
        for _ in range(40)
    ]
    assert any(changed)


def test_the_order_in_which_people_ask_changes_no_byte() -> None:
    chance = Random(1)
    events = [event(chance, chance.choice(YEAR)) for _ in range(300)]
    there = [to_json(one) for one in released(events, YEAR)]
    chance.shuffle(events)
    assert [to_json(one) for one in released(events, YEAR)] == there


def test_one_request_moves_no_number_by_more_than_its_rounding() -> None:
    """One more in February: January's release is the same, and February's numbers move by a step at most."""
    chance = Random(2)
    events = [event(chance, chance.choice(YEAR[:3]), 2.0) for _ in range(200)]
    before = released(events, YEAR[:2])
    moved = 0
    for _ in range(LATE):
        after = released([*events, event(chance, "2025-02", 2.0)], YEAR[:2])
        assert to_json(after[0]) == to_json(before[0])
        old, new = cells(before[1]), cells(after[1])
        assert old.keys() == new.keys()
        assert all(abs(old[key] - new[key]) <= 5 for key in old)
        moved += sum(old[key] != new[key] for key in old)
    assert moved > 0


def test_two_exports_are_the_same_bytes() -> None:
    chance = Random(3)
    release = released([event(chance, chance.choice(YEAR)) for _ in range(300)], YEAR)[-1]
    assert to_xlsx(release) == to_xlsx(release)
    assert to_csv(release, "needs") == to_csv(release, "needs")


def test_counters_that_changed_after_their_release_are_refused() -> None:
    """Whatever came late must have been counted in the next month; the quarter notices if it was not."""
    chance = Random(4)
    events = [event(chance, chance.choice(YEAR[:3]), 3.0) for _ in range(60)]
    parts = [release_month(month, counters(events), FRAME, Rule()) for month in YEAR[:3]]
    assert release_quarter(parts, counters(events), FRAME).period == "2025-Q1"
    with pytest.raises(Unreleasable, match="2025-01"):
        release_quarter(parts, counters([*events, *[{**events[0], "month": "2025-01"}] * 9]), FRAME)


@pytest.mark.parametrize("k", [0, 4, 6, 12])
def test_k_is_a_multiple_of_five_and_no_less(k: int) -> None:
    with pytest.raises(BadRule, match="multiple of 5"):
        Rule(k)


@pytest.mark.parametrize(
    ("k", "count", "number"),
    [
        (5, 0, 0),
        (5, 4, 0),
        (5, 5, 5),
        (5, 7, 5),
        (5, 8, 10),
        (5, 12, 10),
        (10, 9, 0),
        (10, 10, 10),
        (10, 13, 15),
    ],
)
def test_counts_are_told_in_classes(k: int, count: int, number: int) -> None:
    rule = Rule(k)
    assert rule.told(count) == number
    assert rule.least(number) <= count <= rule.most(number)


@pytest.mark.parametrize("k", [5, 10, 15])
def test_a_pool_can_always_do_without_one_need(k: int) -> None:
    rule = Rule(k)
    for items in range(1, 60):
        for widest in range(1, items + 1):
            cap = rule.cap(items, widest)
            assert rule.least(cap) <= rule.small * (items - widest)
            if items > widest + 2:
                assert cap >= k
