"""Counters of closed periods become tables that may be published. Why nobody can be found in them.

**What must not be told.** Whether a cell (a month, a place, a need) holds nobody, one, or up to four
people. Somebody with all our tables, this program, and all the time in the world must find that every
number from 0 to 4 is still possible in each cell that holds 1 to 4. (Four and five stand for k - 1 and k.)

**How it is kept.** Not by looking for leaks and patching them, but by building numbers that have none.

1. *A cell is told alone, or in one pool, or not at all.* First every month, region and need by itself, if
   there are five or more. What the months of a quarter leave is pooled by region and need group, and what
   is left then by region (``ladder``). Every number told is about cells that no other number is about, so
   nothing can be subtracted. Totals are sums of numbers already told. The quarter tells only what the
   months left over, and the year only adds its quarters up: together they tell as much as one table.
2. *A pool leaves each of its needs free.* It is told to the nearest five, and never so high that any one
   need in it could not be zero in every month (``classes``).
3. *The same people seen from another side* (municipality, language, outcome, asker) are told only as far
   as the numbers of rule 1 leave room, and two shares of each division are never told, so that each can
   have any size (``divide``, ``frame``).
4. *What is done depends on nothing that is not told.* Which cells pool, in which order they are taken, and
   how much room is left, follow from public lists and from numbers already told. Take any published
   tables, change a small cell to any number from 0 to 4, let its pool and the shares never told make up
   for it: this program then publishes the same tables, to the last digit. So knowing the program is no
   help either.
5. *Once, and never again.* A month is counted out when it has closed; a request that comes in late is
   counted in the next one. A release is stored and never made anew.

The public table (quarter, region, need group; k = 10) is read off the coordinators' numbers, and so
tells nothing that they do not.

**Counted and not told**: form asked for (it limits how a request can end), and year by region, need group
and language (it would bind the languages of the months). Also those who would not say where they live.

**What this does not do.** It does not hide that a number changed because somebody sent invented requests:
who adds four and then sees "5" learns that there was one. It does not stop knowledge from elsewhere:
who knows the directory of that time can often tell how a request must have ended from its place and
need, so outcomes are told by region and quarter only, three and two of them. It protects cells, not the
sum of several small ones.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from referral.demand import ladder
from referral.demand.classes import Rule
from referral.demand.counters import TABLES
from referral.demand.divide import municipalities, rooms, tell
from referral.demand.frame import DIVISIONS, Division, Frame
from referral.demand.ladder import Cell, Rungs, Told
from referral.demand.period import quarter_of

PUBLIC_K = 10
"""The least count that the public table tells."""

_COLUMNS = {table.name: table.columns for table in TABLES}

TOPIC_TABLES = (
    ("needs", ("region", "need_group", "need")),
    ("groups", ("region", "need_group")),
    ("regions", ("region",)),
)
"""The tables read off the ladder, with how fine each is."""

Counters = Mapping[tuple[str, str], Mapping[tuple[str, ...], int]]
"""(Name of a table of counters, month) -> codes in the order of its columns -> count."""


class Unreleasable(Exception):
    """The counters do not lead to the months already released; nothing may be released from them."""

    code = "unreleasable"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number told: its codes, the number (0 for "fewer than k"), and the least that it stands for."""

    codes: tuple[str, ...]
    number: int
    least: int


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table: its name, the columns of its codes, and a figure for every row that there could be."""

    name: str
    columns: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """All tables of a period. ``kind`` is "month", "quarter", "public" or "year"."""

    kind: str
    period: str
    k: int
    tables: tuple[ReleasedTable, ...]

    def table(self, name: str) -> ReleasedTable:
        """The table of this name. Raises KeyError where the release has none."""
        for one in self.tables:
            if one.name == name:
                return one
        raise KeyError(name)


def release_month(month: str, counters: Counters, frame: Frame, rule: Rule) -> Release:
    """The release of one month."""
    keys = [(region, group, need) for region in frame.municipalities for need, group in frame.needs.items()]
    rungs = ladder.month(_cells(month, keys, counters, frame), rule)
    return Release("month", month, rule.k, _topics(keys, rungs.told)[:1])


def release_quarter(months: Sequence[Release], counters: Counters, frame: Frame) -> Release:
    """The release of a quarter, of the months of it that are released. Raises Unreleasable."""
    rule = Rule(months[0].k)
    rungs = _quarter(months, counters, frame)
    topics = _topics(_keys(months), rungs.told)
    divided = tuple(_divided(one, months, counters, frame, rungs, rule) for one in DIVISIONS)
    return Release(
        "quarter",
        quarter_of(months[0].period),
        rule.k,
        (*topics, *divided, _misses(months, counters, frame, rule)),
    )


def release_public(quarter: Release) -> Release:
    """What everybody may see of a quarter, read off the coordinators' release."""
    least = max(PUBLIC_K, quarter.k)
    groups = quarter.table("groups")
    told = tuple(one if one.least >= least else Figure(one.codes, 0, 0) for one in groups.figures)
    return Release("public", quarter.period, least, (ReleasedTable(groups.name, groups.columns, told),))


def release_year(
    quarters: Sequence[Release], months: Sequence[Release], counters: Counters, frame: Frame
) -> Release:
    """The release of a year: its quarters added up, and the municipalities. Raises Unreleasable."""
    rule = Rule(quarters[0].k)
    parts: defaultdict[str, list[Release]] = defaultdict(list)
    for month in months:
        parts[quarter_of(month.period)].append(month)
    rungs = ladder.together(_quarter(part, counters, frame) for part in parts.values())
    counts: Counter[tuple[str, str]] = Counter()
    for month in months:
        for (code, need), count in counters.get(("demand_by_municipality_need", month.period), {}).items():
            counts[code, need] += count
    needs = {need: group for _, group, need in _keys(months)}
    figures = tuple(
        Figure((region, code, need), number, rule.least(number))
        for region, code, need, number in municipalities(
            rungs.told, frame.municipalities, needs, counts, rule
        )
    )
    added = tuple(_added([one.table(table.name) for one in quarters]) for table in quarters[0].tables)
    by_place = ReleasedTable("municipalities", ("region", "municipality", "need"), figures)
    return Release("year", quarters[0].period[:4], rule.k, (*added, by_place))


def _cells(month: str, keys: Iterable[tuple[str, ...]], counters: Counters, frame: Frame) -> dict[Cell, int]:
    """Every cell of a month, the empty ones too; what is not in ``keys`` is not told about."""
    region_of = {code: region for region, codes in frame.municipalities.items() for code in codes}
    counts: Counter[tuple[str, str]] = Counter()
    for (code, need), count in counters.get(("demand_by_municipality_need", month), {}).items():
        if code in region_of:
            counts[region_of[code], need] += count
    return {(month, region, group, need): counts[region, need] for region, group, need in keys}


def _keys(months: Iterable[Release]) -> list[tuple[str, ...]]:
    """The rows of the needs' table in any of these months, in their order."""
    return list(dict.fromkeys(one.codes for month in months for one in month.table("needs").figures))


def _quarter(months: Iterable[Release], counters: Counters, frame: Frame) -> Rungs:
    """The ladder of a quarter, over the cells that its months were released with."""
    parts = []
    for one in months:
        rungs = ladder.month(_cells(one.period, _keys([one]), counters, frame), Rule(one.k))
        if _topics(_keys([one]), rungs.told)[:1] != one.tables:
            raise Unreleasable(f"The counters of {one.period} are not those that it was released from.")
        parts.append(rungs)
    return ladder.quarter(parts, Rule(one.k))


def _topics(keys: Sequence[tuple[str, ...]], told: Sequence[Told]) -> tuple[ReleasedTable, ...]:
    """The tables read off the ladder: each total is the sum of the numbers told below it."""
    tables = []
    for name, columns in TOPIC_TABLES:
        numbers: Counter[tuple[str, ...]] = Counter()
        leasts: Counter[tuple[str, ...]] = Counter()
        for one in told:
            numbers[one.place[: len(columns)]] += one.number
            leasts[one.place[: len(columns)]] += one.least
        rows = dict.fromkeys(key[: len(columns)] for key in keys)
        tables.append(
            ReleasedTable(name, columns, tuple(Figure(row, numbers[row], leasts[row]) for row in rows))
        )
    return tuple(tables)


def _divided(
    division: Division,
    months: Sequence[Release],
    counters: Counters,
    frame: Frame,
    rungs: Rungs,
    rule: Rule,
) -> ReleasedTable:
    counts = _summed(division.counters, ("region", *division.columns), months, counters)
    room_of = rooms(rungs.told, rule)
    figures = []
    for region in dict.fromkeys(key[0] for key in _keys(months)):
        labels = frame.labels(division.name, region)
        numbers = tell((counts[region, *label] for label in labels), room_of[region], rule)
        figures += [
            Figure((region, *label), number, rule.least(number))
            for label, number in zip(labels, numbers, strict=True)
        ]
    return ReleasedTable(division.name, ("region", *division.columns), tuple(figures))


def _misses(months: Sequence[Release], counters: Counters, frame: Frame, rule: Rule) -> ReleasedTable:
    """Messages not understood: other messages than those that were, so each is told by itself."""
    counts = _summed("misses_by_language", ("language", "kind"), months, counters)
    rows = [(language, kind) for language in frame.languages for kind in ("need", "place")]
    figures = ((row, rule.told(counts[row])) for row in rows)
    return ReleasedTable(
        "misses",
        ("language", "kind"),
        tuple(Figure(row, number, rule.least(number)) for row, number in figures),
    )


def _summed(
    table: str, columns: Sequence[str], months: Iterable[Release], counters: Counters
) -> Counter[tuple[str, ...]]:
    """The counters of ``table`` over the months, summed to ``columns``."""
    places = [_COLUMNS[table].index(column) for column in columns]
    counts: Counter[tuple[str, ...]] = Counter()
    for month in months:
        for values, count in counters.get((table, month.period), {}).items():
            counts[tuple(values[place] for place in places)] += count
    return counts


def _added(tables: Sequence[ReleasedTable]) -> ReleasedTable:
    """The same table of several quarters, added up."""
    numbers: Counter[tuple[str, ...]] = Counter()
    leasts: Counter[tuple[str, ...]] = Counter()
    rows = dict.fromkeys(one.codes for table in tables for one in table.figures)
    for table in tables:
        for one in table.figures:
            numbers[one.codes] += one.number
            leasts[one.codes] += one.least
    first = tables[0]
    return ReleasedTable(
        first.name, first.columns, tuple(Figure(row, numbers[row], leasts[row]) for row in rows)
    )
