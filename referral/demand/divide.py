"""Divisions: the same requests seen from another side, told only as far as the ladder leaves room.

A division and the ladder count the same requests, so each could bound the other's small cells. Two
things keep them apart. One share of every division is never told (see ``frame``): it can be any
number, so the ladder never bounds a division from below, nor a division the ladder from above. And a
division tells its numbers in public order only while the least counts told so far, and one small cell
more, fit into the most that the ladder allows: its ``room``. The room is worked out from told numbers
alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from referral.demand.classes import Rule
from referral.demand.ladder import Told


def tell(counts: Iterable[int], room: int, rule: Rule) -> tuple[int, ...]:
    """The numbers told of ``counts`` (in public order) when their least counts must fit into ``room``."""
    numbers = []
    room -= rule.small
    for count in counts:
        number = rule.within(rule.told(count), room)
        room -= rule.least(number)
        numbers.append(number)
    return tuple(numbers)


@dataclass(slots=True)
class _Pool:
    """What the told pool of a quarter may still lend: in all, and to each need that has cells in it."""

    left: int
    needs: Counter[str]


@dataclass(slots=True)
class _Purse:
    """What the ladder allows one region and group in a year, drawn need by need."""

    alone: Counter[str] = field(default_factory=Counter)
    pools: list[_Pool] = field(default_factory=list)

    def room(self, need: str) -> int:
        """The most that ``need`` can still draw."""
        return self.alone[need] + sum(min(pool.left, pool.needs[need]) for pool in self.pools)

    def draw(self, need: str, amount: int) -> None:
        """Takes ``amount``, which is at most ``room(need)``; what is told of the need itself goes first."""
        taken = min(amount, self.alone[need])
        self.alone[need] -= taken
        amount -= taken
        for pool in self.pools:
            taken = min(amount, pool.left, pool.needs[need])
            pool.needs[need] -= taken
            pool.left -= taken
            amount -= taken


def municipalities(
    told: Iterable[Told],
    frame: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, str],
    counts: Mapping[tuple[str, str], int],
    rule: Rule,
) -> Iterator[tuple[str, str, str, int]]:
    """A year's numbers by municipality and need: region, municipality, need, number (0 for a small one).

    ``told`` is the year's ladder, ``frame`` region -> municipalities, the last of which is not told, ``counts`` (municipality, need) ->
    the count. What a need draws on is its own numbers and the pools of its group; of each pool as much is
    left alone as one small cell may hold, and of each need as much again.
    """
    purses = _purses(told, rule)
    for region, codes in frame.items():
        for need, group in needs.items():
            purse = purses[region, group]
            begun = False
            for code in codes[:-1]:
                spare = 0 if begun else rule.small
                number = rule.told(counts.get((code, need), 0))
                number = rule.within(number, purse.room(need) - spare) if number else 0
                if number:
                    purse.draw(need, rule.least(number) + spare)
                    begun = True
                yield region, code, need, number


def _purses(told: Iterable[Told], rule: Rule) -> defaultdict[tuple[str, str], _Purse]:
    purses: defaultdict[tuple[str, str], _Purse] = defaultdict(_Purse)
    for one in told:
        if len(one.place) < 2:
            continue  # A pool of several groups lends nothing.
        purse = purses[one.place[0], one.place[1]]
        if len(one.place) == 3:
            purse.alone[one.place[2]] += one.most
        else:
            needs = Counter(cell[3] for item in one.items for cell in item.cells for _ in range(rule.small))
            purse.pools.append(_Pool(one.most - rule.small, needs))
    return purses
