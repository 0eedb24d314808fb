"""The ladder: cells are told alone where they can be, and what is left climbs to the next coarser rung.

month, region, need → quarter, region, group → quarter, region

On each rung above the first the cells still open (each known to be below ``k``) of one place are pooled. The pool is
told, once, and is then closed; or it is itself below ``k`` and climbs on as one open thing; or it has too
few cells to be told at all, and its cells climb on one by one. So no cell is ever in two told numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.demand.classes import Rule

Cell = tuple[str, str, str, str]
"""Month, region, need group, need."""

Place = tuple[str, ...]
"""Where a number belongs: (region,), (region, group) or (region, group, need)."""


@dataclass(frozen=True, slots=True)
class Open:
    """Cells of which is known only that together they hold fewer than ``k``; ``count`` is the secret."""

    cells: tuple[Cell, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """A number that is told. The true count lies from ``least`` to ``most``; ``items`` are what it closed:
    one cell told alone, or a pool of small ones."""

    place: Place
    number: int
    least: int
    most: int
    items: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Rungs:
    """What is told so far, and what is still open."""

    told: tuple[Told, ...] = ()
    open: tuple[Open, ...] = ()


def month(cells: Mapping[Cell, int], rule: Rule) -> Rungs:
    """The rung of a month. ``cells`` holds every cell that there could be, empty ones included."""
    told, still = [], []
    for cell, count in cells.items():
        one = Open((cell,), count)
        if number := rule.told(count):
            told.append(Told(cell[1:], number, rule.least(number), rule.most(number), (one,)))
        else:
            still.append(one)
    return Rungs(tuple(told), tuple(still))


def quarter(months: Iterable[Rungs], rule: Rule) -> Rungs:
    """The months of a quarter side by side, and the quarter's own two rungs."""
    return _climb(_climb(together(months), 2, rule), 1, rule)


def together(rungs: Iterable[Rungs]) -> Rungs:
    """Several periods side by side. A year has no rung of its own."""
    parts = tuple(rungs)
    return Rungs(
        tuple(one for part in parts for one in part.told), tuple(one for part in parts for one in part.open)
    )


def widest(items: Iterable[Iterable[Cell]]) -> int:
    """How many of the items one need has a part in; all of them must be free to be zero at once."""
    return max(Counter(need for cells in items for need in {cell[3] for cell in cells}).values())


def _climb(below: Rungs, fine: int, rule: Rule) -> Rungs:
    """One rung up: what is open is pooled by the first ``fine`` parts of its place."""
    pools: defaultdict[Place, list[Open]] = defaultdict(list)
    for item in below.open:
        pools[item.cells[0][1:][:fine]].append(item)
    told, still = list(below.told), []
    for place, items in pools.items():
        cap = rule.cap(len(items), widest(item.cells for item in items))
        count = sum(item.count for item in items)
        number = min(rule.told(count), cap)
        if number:
            most = rule.small * len(items)
            most = most if number == cap else min(rule.most(number), most)
            told.append(Told(place, number, rule.least(number), most, tuple(items)))
        elif cap:
            still.append(Open(tuple(cell for item in items for cell in item.cells), count))
        else:
            still += items
    return Rungs(tuple(told), tuple(still))
