"""Divisions: the same requests seen from another side, told only as far as the ladder leaves room.

A division and the ladder count the same requests, so each could bound the other's small cells. Three
things keep them apart.

- Some shares of every division are never told (see ``frame``). They can be any number, so the ladder never
  bounds a division from below, nor a division the ladder from above; and there are two of them, so that
  neither is what is left.
- A division tells its numbers in public order, and only while the least counts told so far, and one small
  cell more, fit into the most that the ladder allows: its *room*.
- No single number's least count needs the busiest month: it would fit into the room of the others. So no
  number says that somebody asked in a certain month.

The room is worked out from told numbers alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from referral.demand.classes import Rule
from referral.demand.frame import UNTOLD_MUNICIPALITIES
from referral.demand.ladder import Told


@dataclass(frozen=True, slots=True)
class Room:
    """The most that the ladder allows: in all, and in the busiest month."""

    whole: int = 0
    month: int = 0


def rooms(told: Iterable[Told], rule: Rule) -> defaultdict[str, Room]:
    """The room of each region in a quarter."""
    whole: Counter[str] = Counter()
    by_month: Counter[tuple[str, str]] = Counter()
    for one in told:
        region = one.place[0]
        whole[region] += one.most
        cells = Counter(cell[0] for item in one.items for cell in item.cells)
        for month, count in cells.items():
            small = len(one.place) < 3
            by_month[region, month] += min(one.most, rule.small * count) if small else one.most
    found = defaultdict(Room)
    for region, most in whole.items():
        found[region] = Room(most, max(top for (where, _), top in by_month.items() if where == region))
    return found


def tell(counts: Iterable[int], room: Room, rule: Rule) -> tuple[int, ...]:
    """The numbers told of ``counts`` (in public order) that fit into ``room``."""
    numbers = []
    left, others = room.whole - rule.small, room.whole - room.month
    for count in counts:
        number = rule.within(rule.told(count), min(left, others))
        left -= rule.least(number)
        numbers.append(number)
    return tuple(numbers)


@dataclass(slots=True)
class _Pool:
    """What the told pool of a quarter may still lend: in all, and to each need that has cells in it."""

    left: int
    needs: Counter[str]


@dataclass(slots=True)
class _Purse:
    """What the ladder allows one need of a region in a year: its own numbers, and what pools lend it."""

    pools: list[_Pool]
    alone: int = 0
    busiest: int = 0
    lent: int = 0
    told: int = 0

    def number(self, need: str, number: int, rule: Rule) -> int:
        """``number`` or as much of it as fits; what that takes is taken."""
        lend = self.lent + sum(min(pool.left, pool.needs[need]) for pool in self.pools)
        whole = self.alone + lend - self.told - rule.small
        number = rule.within(number, min(whole, self.alone - self.busiest + lend))
        if number:
            self.told += rule.least(number)
            needed = max(self.told + rule.small - self.alone, rule.least(number) - self.alone + self.busiest)
            self._borrow(need, needed - self.lent)
        return number

    def _borrow(self, need: str, amount: int) -> None:
        for pool in self.pools:
            taken = max(0, min(amount, pool.left, pool.needs[need]))
            pool.needs[need] -= taken
            pool.left -= taken
            self.lent += taken
            amount -= taken


def municipalities(
    told: Iterable[Told],
    frame: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, str],
    counts: Mapping[tuple[str, str], int],
    rule: Rule,
) -> Iterator[tuple[str, str, str, int]]:
    """A year's numbers by municipality and need: region, municipality, need, number (0 for a small one).

    ``told`` is the year's ladder, ``frame`` region -> municipalities, the last two of which are not told,
    ``counts`` (municipality, need) -> the count. What a need draws on is its own numbers and the pools of
    its group; of each pool as much is left alone as one small cell may hold, and of each need as much again.
    """
    pools: defaultdict[tuple[str, ...], list[_Pool]] = defaultdict(list)
    alone: Counter[tuple[str, ...]] = Counter()
    busiest: Counter[tuple[str, ...]] = Counter()
    for one in told:
        if len(one.place) == 3:
            alone[one.place] += one.most
            busiest[one.place] = max(busiest[one.place], one.most)
        elif len(one.place) == 2:  # A pool of several groups lends nothing.
            cells = Counter(cell[3] for item in one.items for cell in item.cells for _ in range(rule.small))
            pools[one.place].append(_Pool(one.most - rule.small, cells))
    for region, codes in frame.items():
        for need, group in needs.items():
            key = (region, group, need)
            purse = _Purse(pools[region, group], alone[key], busiest[key])
            for code in codes[:-UNTOLD_MUNICIPALITIES]:
                number = rule.told(counts.get((code, need), 0))
                yield region, code, need, purse.number(need, number, rule)
