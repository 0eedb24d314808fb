"""A release as JSON (what is stored, and what its sha256 is taken of), CSV and XLSX.

The same release always gives the same bytes. A number below ``k`` is written "<5" in the sheets and null
in JSON. Text that a spreadsheet would run as a formula is written as text.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from locales.text import Text
from referral import sheets
from referral.demand import file_words as words
from referral.demand.release import Figure, Release, ReleasedTable
from referral.sheets import Cell, Sheet

NameOf = Callable[[str, str], str]
"""(column, code) -> what people call it; "" where it has no name."""

Say = Callable[[Text], str]
"""A sentence in the language of the file."""


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


def to_xlsx(
    release: Release,
    name_of: NameOf | None = None,
    notes: Iterable[tuple[str, Cell]] = (),
    say: Say = words.in_english,
) -> bytes:
    """The whole release as a workbook for people, worded by ``say``: a sheet that explains it (with ``notes``),
    then one for each table."""
    about = (*notes, *_explained(release, say))
    parts = (_worded(_sheet(release, table, name_of), say) for table in release.tables)
    return sheets.to_xlsx(about, parts, say(words.ABOUT))


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


def _worded(sheet: Sheet, say: Say) -> Sheet:
    """``sheet`` with its title and its headings in words."""
    return Sheet(
        say(words.SHEETS[sheet.name]),
        tuple(_head(one, sheet.heading, say) for one in sheet.heading),
        sheet.rows,
    )


def _head(column: str, heading: Collection[str], say: Say) -> str:
    plain = say(words.HEADINGS[column.removesuffix("_name")])
    return say(replace(words.CODE_OF, blanks=(("what", plain),))) if f"{column}_name" in heading else plain


def _explained(release: Release, say: Say) -> Iterator[tuple[str, Cell]]:
    yield say(words.PERIOD), release.period
    yield say(words.SMALLEST), release.k
    yield say(words.SHA256), digest(to_json(release))
    used = {column for table in release.tables for column in table.columns} | set(LAST)
    for column, explanation in words.COLUMNS.items():
        if column in used:
            yield say(words.HEADINGS[column]), say(explanation)
    for number, rule in enumerate(words.RULES, 1):
        of_k = replace(rule, blanks=(("k", release.k),)) if "{k}" in rule.msgid else rule
        yield say(replace(words.RULE, blanks=(("number", number),))), say(of_k)
