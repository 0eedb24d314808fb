"""Somebody who has everything published and a solver, and wants to know what small cells hold.

Every cell is an unknown whole number; every published number, every "fewer than k" and every sum that
must agree is a row. The attacker also knows how the program works: what a pool must have been made of,
how high it may be told, and where room ran out. For each cell that truly holds 1 to k - 1 the solver
(HiGHS) is asked whether zero agrees with all of it, and whether k - 1 does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from referral.demand.classes import Rule
from referral.demand.frame import DIVISIONS, Frame
from referral.demand.period import quarter_of
from referral.demand.release import Release
from tests.referral.demand.invented import FRAME, Event
from tests.referral.demand.solver import Known

Key = tuple[Any, ...]
"""What a cell is of: a table, a period and labels, nested as the tables are."""

Interval = tuple[int, float]

NOBODY_KNOWS = (0, float("inf"))


class System:
    """Unknown whole numbers, and what is known of their sums."""

    def __init__(self) -> None:
        self.place: dict[Key, int] = {}
        self.truth: list[int] = []
        self.bounds: list[Interval] = []
        self.rows: list[tuple[dict[int, int], Interval]] = []

    def unknown(self, key: Key, truth: int, known: Interval = NOBODY_KNOWS) -> None:
        """A cell; a bound that the truth breaks is one that the attacker knows not to hold (no room)."""
        self.place[key] = len(self.truth)
        self.truth.append(truth)
        self.bounds.append((known[0], known[1] if truth <= known[1] else float("inf")))

    def total(self, keys: Iterable[Key], known: Interval, less: Iterable[Key] = ()) -> None:
        """What is known of the sum of ``keys`` less that of ``less``."""
        row: defaultdict[int, int] = defaultdict(int)
        for key in keys:
            row[self.place[key]] += 1
        for key in less:
            row[self.place[key]] -= 1
        self.rows.append((dict(row), known))

    def check(self) -> None:
        """The truth agrees with everything that the attacker believes."""
        for value, (low, high) in zip(self.truth, self.bounds, strict=True):
            assert low <= value <= high
        for row, (low, high) in self.rows:
            assert low <= sum(self.truth[place] * by for place, by in row.items()) <= high

    def caught(self, small: int) -> list[tuple[Key, int]]:
        """The cells of 1..``small`` known not to be 0, or not ``small``, with that."""
        self.check()
        keys = list(self.place)
        tried = [place for place, truth in enumerate(self.truth) if 0 < truth <= small]
        if not tried:
            return []
        known = self._known()
        return [(keys[place], value) for value in (0, small) for place in known.impossible(tried, value)]

    def _known(self) -> Known:
        """The rows, as the solver wants them."""
        cells = [
            (number, place, by) for number, (row, _) in enumerate(self.rows) for place, by in row.items()
        ]
        rows, columns, values = zip(*cells, strict=True)
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.truth)))
        low, high = zip(*(known for _, known in self.rows), strict=True)
        return Known(LinearConstraint(matrix, low, high), *np.array(self.bounds, dtype=float).T)


def numbers(release: Release, table: str) -> Mapping[tuple[str, ...], int]:
    """A table's numbers by their codes."""
    return {one.codes: one.number for one in release.table(table).figures}


def system(events: Sequence[Event], releases: Sequence[Release], region: str, frame: Frame = FRAME) -> System:
    """What is known of one region after a year: every table, every month and quarter, and the year."""
    found = System()
    rule = Rule(releases[0].k)
    months = [one for one in releases if one.kind == "month"]
    quarters = {one.period: one for one in releases if one.kind == "quarter"}
    year = next((one for one in releases if one.kind == "year"), None)
    here = [one for one in events if one["region"] == region]
    open_in: defaultdict[str, list[tuple[Key, ...]]] = defaultdict(list)
    for month in months:
        open_in[quarter_of(month.period)] += _month(found, here, month, region, rule)
    for period, quarter in quarters.items():
        inside = [one for one in months if quarter_of(one.period) == period]
        _quarter(found, open_in[period], inside, quarter, region, frame, rule)
        _divisions(found, here, inside, quarter, region, rule)
    if year is not None:
        _municipalities(found, here, months, year, region, frame, rule)
    return found


def _month(
    found: System, events: Sequence[Event], month: Release, region: str, rule: Rule
) -> list[tuple[Key, ...]]:
    """The cells of a month; gives what is still open."""
    still: list[tuple[Key, ...]] = []
    for (where, group, need), number in numbers(month, "needs").items():
        if where == region:
            key = ("x", month.period, group, need)
            truth = sum(one["month"] == month.period and one["need"] == need for one in events)
            found.unknown(key, truth, (rule.least(number), rule.most(number)))
            if not number:
                still.append((key,))
    return still


def widest(items: list[Iterable[str]]) -> int:
    """How many items one need has a part in."""
    return max(Counter(need for item in items for need in set(item)).values())


def _pool(found: System, items: list[tuple[Key, ...]], number: int, rule: Rule) -> list[tuple[Key, ...]]:
    """Notes what a pool's number tells; gives what is still open after it."""
    cap = rule.cap(len(items), widest([(cell[3] for cell in item) for item in items]))
    cells = tuple(cell for item in items for cell in item)
    if number:
        most = float("inf") if number == cap else rule.most(number)
        found.total(cells, (rule.least(number), most))
        return []
    if cap:
        found.total(cells, (0, rule.small))
        return [cells]
    return items


def _quarter(
    found: System,
    items: list[tuple[Key, ...]],
    months: Sequence[Release],
    quarter: Release,
    region: str,
    frame: Frame,
    rule: Rule,
) -> None:
    groups = numbers(quarter, "groups")
    still: list[tuple[Key, ...]] = []
    for group in dict.fromkeys(frame.needs.values()):
        below = sum(
            number
            for month in months
            for (where, its, _), number in numbers(month, "needs").items()
            if (where, its) == (region, group)
        )
        mine = [item for item in items if item[0][2] == group]
        if mine:
            still += _pool(found, mine, groups[region, group] - below, rule)
    below = sum(number for (where, _), number in groups.items() if where == region)
    if still:
        _pool(found, still, numbers(quarter, "regions")[region,] - below, rule)


def _divisions(
    found: System,
    events: Sequence[Event],
    months: Sequence[Release],
    quarter: Release,
    region: str,
    rule: Rule,
) -> None:
    periods = {one.period for one in months}
    cells = [key for key in found.place if key[0] == "x" and key[1] in periods]
    inside = [one for one in events if one["month"] in periods]
    for division in DIVISIONS:
        parts: list[Key] = []
        for codes, number in numbers(quarter, division.name).items():
            if codes[0] == region:
                label = dict(zip(division.columns, codes[1:], strict=True))
                truth = sum(all(one.get(name) == value for name, value in label.items()) for one in inside)
                parts.append((division.name, quarter.period, codes))
                found.unknown(parts[-1], truth, (rule.least(number), rule.most(number)))
        rest = [(division.name, quarter.period, f"share {n} never told") for n in (1, 2)]
        left = len(inside) - sum(found.truth[found.place[part]] for part in parts)
        found.unknown(rest[0], min(left, 2))
        found.unknown(rest[1], left - min(left, 2))
        found.total([*parts, *rest], (0, 0), less=cells)
        _by_month(found, inside, division.columns, parts, rest, cells)


def _by_month(
    found: System,
    events: Sequence[Event],
    columns: Sequence[str],
    parts: Sequence[Key],
    rest: Sequence[Key],
    cells: Sequence[Key],
) -> None:
    """The same division, month by month, as it was counted: never told, and perhaps to be worked out."""
    months = list(dict.fromkeys(key[1] for key in cells))
    for part in parts:
        label = dict(zip(columns, part[2][1:], strict=True))
        for month in months:
            truth = sum(
                one["month"] == month and all(one.get(name) == value for name, value in label.items())
                for one in events
            )
            found.unknown((part, month), truth)
        found.total([(part, month) for month in months], (0, 0), less=[part])
    for month in months:
        mine = [key for key in cells if key[1] == month]
        left = sum(found.truth[found.place[key]] for key in mine) - sum(
            found.truth[found.place[part, month]] for part in parts
        )
        found.unknown((*rest, month), left)
        found.total([*((part, month) for part in parts), (*rest, month)], (0, 0), less=mine)
    found.total([(*rest, month) for month in months], (0, 0), less=rest)


def _municipalities(
    found: System,
    events: Sequence[Event],
    months: Sequence[Release],
    year: Release,
    region: str,
    frame: Frame,
    rule: Rule,
) -> None:
    told = numbers(year, "municipalities")
    for need, group in frame.needs.items():
        cells = [("x", month.period, group, need) for month in months]
        parts: list[Key] = []
        for code in frame.municipalities[region]:
            truth = sum(one["municipality"] == code and one["need"] == need for one in events)
            number = told.get((region, code, need))
            known = NOBODY_KNOWS if number is None else (rule.least(number), rule.most(number))
            parts.append(("y", code, need))
            found.unknown(parts[-1], truth, known)
            for month in months:
                then = sum(
                    (one["month"], one["municipality"], one["need"]) == (month.period, code, need)
                    for one in events
                )
                found.unknown(("z", code, need, month.period), then)
            found.total([("z", code, need, month.period) for month in months], (0, 0), less=[parts[-1]])
        for month, cell in zip(months, cells, strict=True):
            places = frame.municipalities[region]
            found.total([("z", code, need, month.period) for code in places], (0, 0), less=[cell])
