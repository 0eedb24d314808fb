"""Releases: how much of a year's demand they show, and what a year of a million requests costs.

The demand is invented: people ask by where they live, needs fall off as one over their rank, every month
alike. Beside each share stands what would be shown if every cell of that table were told by itself when it
holds five (which leaks), and the share that the privacy note measured for its own demand.
"""

import resource
from collections import Counter
from collections.abc import Callable, Iterable
from time import process_time

import numpy as np

from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas
from referral.demand.classes import Rule
from referral.demand.export import to_json
from referral.demand.frame import Frame
from referral.demand.period import next_month, quarter_of
from referral.demand.release import (
    Counters,
    Release,
    release_month,
    release_public,
    release_quarter,
    release_year,
)
from tests.bench.table import Row

SIZES = (1_000, 10_000, 100_000, 1_000_000)
NOTED = {
    "region × quarter": ("96", "100", "100", "-"),
    "region × need group × quarter": ("44", "92", "100", "-"),
    "region × need × month": ("9", "46", "87", "-"),
    "municipality × need × year": ("12", "48", "86", "99"),
}
"""Figures of the privacy note for k = 5, of its own invented demand: tables told cell by cell, which leak."""

HELD = frozenset({"municipality × need × year"})
"""Where the note's figure is that of a partition in which its solver found no leak (though what is merged there
follows from the counts, which whoever knows the program can use)."""

Key = Callable[[str, str, str], tuple[str, ...]]


def rows() -> Iterable[Row]:
    """The shares of events visible by size of the year, then time and memory."""
    catalog, atlas = load_catalog(), load_atlas()
    frame = Frame.of(catalog, atlas, ("fi", "fi@simple", "sv", "en", "se"), ("web", "telegram"))
    region = {code: where for where, codes in frame.municipalities.items() for code in codes}
    tables: dict[str, tuple[str, str, Key]] = {
        "region × quarter": ("quarter", "regions", lambda m, c, n: (quarter_of(m), region[c])),
        "region × need group × quarter": (
            "quarter",
            "groups",
            lambda m, c, n: (quarter_of(m), region[c], frame.needs[n]),
        ),
        "region × need × month": ("month", "needs", lambda m, c, n: (m, region[c], n)),
        "municipality × need × year": ("year", "municipalities", lambda m, c, n: (c, n)),
    }
    for place, size in enumerate(SIZES):
        counters = demand(size, frame, atlas)
        began = process_time()
        released = year(counters, frame)
        content = sum(len(to_json(one)) for one in released)
        seconds = process_time() - began
        for name, (kind, table, key) in tables.items():
            ours = visible(released, kind, table, size)
            alone = told_alone(counters, key, size)
            yield Row(
                f"{size:,}: {name}",
                f"{ours:.0f} %",
                f"each cell alone {alone:.0f} %",
                "",
                f"{'note' if name in HELD else 'note, leaking'}: {NOTED[name][place]}",
            )
        public = visible(released, "public", "groups", size)
        yield Row(f"{size:,}: public, k = 10", f"{public:.0f} %", "", "", "")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("1,000,000: CPU", f"{seconds:.1f} s", "", "", "under 60 s")
    yield Row("1,000,000: memory of this process", f"{memory:.0f} MB", "", "", "under 500 MB")
    yield Row("1,000,000: stored", f"{content / 1e6:.1f} MB", "", "", "")


def demand(size: int, frame: Frame, atlas: Atlas) -> Counters:
    """A year's counters by municipality and need, always the same for the same ``size``."""
    chance = np.random.default_rng(1)
    codes = [code for codes in frame.municipalities.values() for code in codes]
    people = np.array([atlas.municipalities[code].population for code in codes], float)
    needs = list(frame.needs)
    weights = 1 / (1 + chance.permutation(len(needs)))
    shares = np.outer(people / people.sum(), weights / weights.sum()).ravel()
    counters, month = {}, "2026-01"
    for number in range(12):
        counts = chance.multinomial(size // 12 + (number < size % 12), shares)
        counters["demand_by_municipality_need", month] = {
            (codes[cell // len(needs)], needs[cell % len(needs)]): int(counts[cell])
            for cell in np.nonzero(counts)[0]
        }
        month = next_month(month)
    return counters


def year(counters: Counters, frame: Frame) -> tuple[Release, ...]:
    """Everything that is released of the year."""
    months = [release_month(month, counters, frame, Rule()) for _, month in counters]
    quarters = [release_quarter(months[first : first + 3], counters, frame) for first in range(0, 12, 3)]
    whole = release_year(quarters, months, counters, frame)
    return (*months, *quarters, *map(release_public, quarters), whole)


def visible(released: Iterable[Release], kind: str, table: str, size: int) -> float:
    """The numbers told in all releases of a kind, in per cent of what happened."""
    told = (
        one.number for release in released if release.kind == kind for one in release.table(table).figures
    )
    return 100 * sum(told) / size


def told_alone(counters: Counters, key: Key, size: int) -> float:
    """What would be shown, in per cent, were each cell of a table told when it holds five."""
    cells: Counter[tuple[str, ...]] = Counter()
    for (_, month), counts in counters.items():
        for (code, need), count in counts.items():
            cells[key(month, code, need)] += count
    return 100 * sum(count for count in cells.values() if count >= Rule().k) / size
