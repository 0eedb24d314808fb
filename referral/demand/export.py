"""A release as JSON (what is stored, and what its sha256 is taken of), CSV and XLSX.

The same release always gives the same bytes. A number below ``k`` is written "<5" in the sheets and null
in JSON. Text that a spreadsheet would run as a formula is written as text.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from referral import sheets
from referral.demand.release import Figure, Release, ReleasedTable
from referral.sheets import Cell, Sheet

NameOf = Callable[[str, str], str]
"""(column, code) -> what people call it; "" where it has no name."""

COLUMNS = {
    "region": "The region (maakunta), by its two digits, of the home of the person who is helped.",
    "municipality": "The municipality of that home, by its three digits.",
    "need_group": "The group of needs.",
    "need": "What was asked for, as the service understood it.",
    "language": "The language of the conversation.",
    "outcome": "How the request ended: remote help, training, or the authority's own advice.",
    "reason": "What was missing: no_supply (nobody helps with this), too_far (nobody near).",
    "asker": "Whether a person asked for themselves (self) or for another (other).",
    "channel": "Where the conversation took place.",
    "helped": 'The answer to "did this help?".',
    "kind": "What was not understood: the need or the place.",
    "number": "How many, to the nearest five of every part it is the sum of; see the rules.",
    "at_least": "How many there were at the least.",
}
"""What each column holds; the sheet of explanations shows those that a release has."""

RULES = (
    "A number below {k} is told as <{k}. It may be zero, and it may be that nobody asked at all.",
    "Every row that there could be is in the table, so that a missing row says nothing.",
    "Needs are told by month where a month, region and need have at least {k}. What the months of a quarter "
    "leave is added to its groups, and what is then left to its regions. So the needs of a group need not "
    "add up to the group, nor its groups to the region.",
    "Of some shares nothing is told, so that nobody can subtract: of each region the two municipalities with "
    "the fewest inhabitants, its main language and plain Finnish, help found in person and help not found, "
    "those who asked for themselves, and those who did not say whether it helped.",
    "Municipalities and the other divisions are told as far as the numbers of the needs allow, the larger "
    "first. A number may therefore be lower than what was counted, never higher than to the nearest five.",
    "A request that came in after its month had closed is counted in the next month.",
    "A release is never made anew. The sha256 of its JSON tells whether this is the same one.",
    "Anyone may use the service: invented requests cannot be told from real ones.",
)
"""The rules of release, in words for those who read the tables."""


def to_json(release: Release) -> bytes:
    """The release as it is stored."""
    return json.dumps(
        {
            "kind": release.kind,
            "period": release.period,
            "k": release.k,
            "tables": {
                table.name: {
                    "columns": [*table.columns, "number", "at_least"],
                    "rows": [[*one.codes, one.number or None, one.least or None] for one in table.figures],
                }
                for table in release.tables
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_json(content: bytes) -> Release:
    """The release that ``to_json`` wrote. Raises ValueError or KeyError for anything else."""
    data = json.loads(content)
    tables = tuple(
        ReleasedTable(
            name,
            tuple(table["columns"][:-2]),
            tuple(Figure(tuple(codes), number or 0, least or 0) for *codes, number, least in table["rows"]),
        )
        for name, table in data["tables"].items()
    )
    return Release(data["kind"], data["period"], data["k"], tables)


def digest(content: bytes) -> str:
    """The sha256 of a release, in hexadecimal."""
    return sha256(content).hexdigest()


def to_csv(release: Release, table: str, delimiter: str = ",", name_of: NameOf | None = None) -> bytes:
    """One table as CSV: UTF-8 with a byte order mark, ``delimiter`` "," or ";". Raises KeyError."""
    return sheets.to_csv(_sheet(release, release.table(table), name_of), delimiter)


def to_long_csv(release: Release, delimiter: str = ",", name_of: NameOf | None = None) -> bytes:
    """All tables in one CSV: the first column names the table, the next are those of any of them."""
    parts = [_sheet(release, table, name_of) for table in release.tables]
    columns = tuple(dict.fromkeys(column for part in parts for column in part.heading[:-2]))
    heading = ("table", *columns, *LAST)
    rows = []
    for part in parts:
        for row in part.rows:
            cells = dict(zip(part.heading, row, strict=True))
            rows.append((part.name, *(cells.get(column, "") for column in heading[1:])))
    return sheets.to_csv(Sheet("all", heading, tuple(rows)), delimiter)


def to_xlsx(release: Release, name_of: NameOf | None = None, notes: Iterable[tuple[str, Cell]] = ()) -> bytes:
    """The whole release as a workbook: a sheet that explains it (with ``notes``), then one for each table."""
    about = (*notes, *_explained(release))
    return sheets.to_xlsx(about, (_sheet(release, table, name_of) for table in release.tables))


LAST = ("number", "at_least")
"""The last two columns of each table."""


def _sheet(release: Release, table: ReleasedTable, name_of: NameOf | None) -> Sheet:
    """A table to write; with ``name_of`` each code is followed by its name."""
    named = {
        column
        for column in table.columns
        if name_of and any(name_of(column, one.codes[table.columns.index(column)]) for one in table.figures)
    }
    heading = ["period"]
    for column in table.columns:
        heading += [column, f"{column}_name"] if column in named else [column]
    rows = []
    for one in table.figures:
        row: list[Cell] = [release.period]
        for column, code in zip(table.columns, one.codes, strict=True):
            row += [code, name_of(column, code)] if name_of and column in named else [code]
        rows.append((*row, one.number or f"<{release.k}", one.least or ""))
    return Sheet(table.name, (*heading, *LAST), tuple(rows))


def _explained(release: Release) -> Iterator[tuple[str, Cell]]:
    yield "kind", release.kind
    yield "period", release.period
    yield "k", release.k
    yield "sha256", digest(to_json(release))
    used = {column for table in release.tables for column in table.columns} | {"number", "at_least"}
    for column, words in COLUMNS.items():
        if column in used:
            yield column, words
    for number, rule in enumerate(RULES, 1):
        yield f"rule {number}", rule.format(k=release.k)
