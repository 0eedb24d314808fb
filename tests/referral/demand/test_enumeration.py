"""Somebody who knows the program: small worlds are enumerated completely and grouped by all that they publish.

Within a group, each cell that could be 1 to 4 somewhere must take every number from 0 to 4: then no
published table, with all that is known of how it is made, tells one from another.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from itertools import product
from random import Random

import pytest

from referral.demand import ladder
from referral.demand.classes import Rule
from referral.demand.divide import municipalities, rooms, tell
from referral.demand.ladder import Rungs

FULL = bool(os.environ.get("FULL_RELEASE_TESTS"))
pytestmark = pytest.mark.timeout(600 if FULL else 120)
RULE = Rule()
SMALL = range(1, 5)
World = tuple[int, ...]


def told_apart(worlds: Iterable[World], publish: Callable[[World], Hashable]) -> list[tuple[World, int]]:
    """The first world of each group, and the cell in it, that holds 1 to 4 and cannot hold all of 0 to 4."""
    seen: defaultdict[Hashable, list[set[int]]] = defaultdict(list)
    first: dict[Hashable, World] = {}
    for world in worlds:
        published = publish(world)
        values = seen[published] or [set() for _ in world]
        seen[published] = values
        first.setdefault(published, world)
        for value, one in zip(values, world, strict=True):
            value.add(one)
    assert len(seen) > 1
    return [
        (first[published], cell)
        for published, values in seen.items()
        for cell, held in enumerate(values)
        if held & set(SMALL) and not held >= set(range(5))
    ]


def numbers(rungs: Rungs) -> Hashable:
    """Everything that a ladder publishes."""
    return tuple((one.place, one.number, tuple(item.cells for item in one.items)) for one in rungs.told)


def quarter(world: World, needs: tuple[str, ...] = ("a1", "a2"), months: int = 3) -> Rungs:
    """A quarter of one region and one group, month by month and need by need."""
    counts = iter(world)
    parts = [
        ladder.month({(f"2026-0{month + 1}", "01", "a", need): next(counts) for need in needs}, RULE)
        for month in range(months)
    ]
    return ladder.quarter(parts, RULE)


def test_the_attack_finds_what_totals_tell() -> None:
    """Each cell and the total rounded by themselves: what the attack must be able to find."""

    def naive(world: World) -> Hashable:
        return tuple(map(RULE.told, world)), RULE.told(sum(world))

    assert told_apart(product(range(8), repeat=3), naive)


def test_the_attack_finds_what_the_choice_of_the_smallest_tells() -> None:
    """The total in full, and of the told cells the smallest hidden: the choice itself tells."""

    def naive(world: World) -> Hashable:
        told = [RULE.told(one) for one in world]
        told[world.index(min(world))] = 0
        return tuple(told), sum(world)

    assert told_apart(product(range(8), repeat=3), naive)


def test_a_quarter_of_two_needs() -> None:
    """All 262,144 tables of 2 x 3 with counts 0 to 7.

    Five, six and seven are told alike and leave nothing open, which is looked at for every month that there
    can be; so a quarter of them need only be made once. (A full run makes every one.)
    """
    for month in product(range(8), repeat=2):
        there, alike = quarter(month, months=1), quarter(tuple(min(one, 5) for one in month), months=1)
        assert numbers(there) == numbers(alike)
        assert there.open == alike.open

    @cache
    def made(world: World) -> Hashable:
        return numbers(quarter(world))

    def publish(world: World) -> Hashable:
        return numbers(quarter(world)) if FULL else made(tuple(min(one, 5) for one in world))

    assert told_apart(product(range(8), repeat=6), publish) == []


def test_a_quarter_of_four_needs_in_two_groups() -> None:
    def publish(world: World) -> Hashable:
        groups = ("a", "a", "b", "b", "c")
        cells = {("2026-01", "01", groups[n], f"n{n}"): count for n, count in enumerate(world)}
        return numbers(ladder.quarter([ladder.month(cells, RULE)], RULE))

    assert told_apart(product(range(6), repeat=5), publish) == []


def split(total: int, parts: int) -> Iterator[World]:
    """Every way to split ``total`` into ``parts``."""
    if parts == 1:
        yield (total,)
        return
    for one in range(total + 1):
        for rest in split(total - one, parts - 1):
            yield one, *rest


def divided() -> Iterator[World]:
    """Two months of one need; the same requests by two labels told and two that are not, the latter as one."""
    for first, second in product(range(10 if FULL else 8), repeat=2):
        for parts in split(first + second, 3):
            yield first, second, *parts[:2]


def test_a_ladder_and_a_division() -> None:
    def publish(world: World) -> Hashable:
        rungs = quarter(world[:2], ("a1",), 2)
        return numbers(rungs), tell(world[2:], rooms(rungs.told, RULE)["01"], RULE)

    assert told_apart(divided(), publish) == []


def test_the_attack_finds_a_division_told_in_full() -> None:
    def naive(world: World) -> Hashable:
        return numbers(quarter(world[:2], ("a1",), 2)), tuple(map(RULE.told, world[2:]))

    assert told_apart(divided(), naive)


def placed() -> Iterator[World]:
    """Two months of two needs, and how many of the first need came from the one municipality that is told."""
    for counts in product(range(7 if FULL else 6), repeat=4):
        for told in range(counts[0] + counts[2] + 1):
            yield *counts, told


def test_a_ladder_and_municipalities() -> None:
    """The second need shares the pool of the first."""

    def publish(world: World) -> Hashable:
        rungs = quarter(world[:4], ("a1", "a2"), 2)
        places = {"01": ("m1", "m2", "m3")}
        told = municipalities(rungs.told, places, {"a1": "a"}, {("m1", "a1"): world[4]}, RULE)
        return numbers(rungs), tuple(one[3] for one in told)

    assert told_apart(placed(), publish) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_counters_does_not_matter(seed: int) -> None:
    worlds = [tuple(Random(seed).choices(range(9), k=6)) for _ in range(50)]
    for world in worlds:
        cells = [("2026-01", "01", "a", f"n{n}") for n in range(6)]
        there = ladder.month(dict(zip(cells, world, strict=True)), RULE)
        back = ladder.month(dict(reversed(list(zip(cells, world, strict=True)))), RULE)
        assert sorted(one.place for one in there.told) == sorted(one.place for one in back.told)
