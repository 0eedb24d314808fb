"""A release as JSON (what is stored, and what its sha256 is taken of), CSV and XLSX.

The same release always gives the same bytes. A number below ``k`` is written "<5" in the sheets and null
in JSON. Text that a spreadsheet would run as a formula is written as text.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from referral.demand.release import Figure, Release, ReleasedTable

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]

NameOf = Callable[[str, str], str]
"""(column, code) -> what people call it; "" where it has no name."""

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheet programs that a CSV file is UTF-8."""

_FORMULA = re.compile(r"[=+\-@\t\r\0]")
_NOT_IN_XML = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 (a date that says nothing)

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
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in _rows(release, release.table(table), name_of):
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def to_xlsx(release: Release, name_of: NameOf | None = None) -> bytes:
    """The whole release as a workbook: a sheet that explains it, then one for each table."""
    # Loading it takes half a second, which only those who write a workbook should wait.
    from openpyxl import Workbook
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    book = Workbook()
    book.properties.created = _EPOCH
    about = book.active
    about.title = "about"
    about.column_dimensions["A"].width = 20
    about.column_dimensions["B"].width = 110
    for explained in _explained(release):
        about.append(explained)
    for table in release.tables:
        sheet = book.create_sheet(table.name)
        for number, row in enumerate(_rows(release, table, name_of), 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(
                    number, place, _NOT_IN_XML.sub("", value) if isinstance(value, str) else value
                )
                if isinstance(value, str):
                    cell.data_type = "s"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    return _same_every_time(book)


def _rows(release: Release, table: ReleasedTable, name_of: NameOf | None) -> Iterator[list[str | int]]:
    """The heading and the rows of a table; with ``name_of`` each code is followed by its name."""
    named = {
        column
        for column in table.columns
        if name_of and any(name_of(column, one.codes[table.columns.index(column)]) for one in table.figures)
    }
    heading: list[str | int] = ["period"]
    for column in table.columns:
        heading += [column, f"{column}_name"] if column in named else [column]
    yield [*heading, "number", "at_least"]
    for one in table.figures:
        row: list[str | int] = [release.period]
        for column, code in zip(table.columns, one.codes, strict=True):
            row += [code, name_of(column, code)] if name_of and column in named else [code]
        yield [*row, one.number or f"<{release.k}", one.least or ""]


def _explained(release: Release) -> Iterator[tuple[str, str | int]]:
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


def _harmless(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would run as a formula (ASVS 5.0 V1.2.10)."""
    return f"'{text}" if _FORMULA.match(text) else text


def _same_every_time(book: "Workbook") -> bytes:
    """The workbook without the moment of its making, which it would carry in several places."""
    made = BytesIO()
    book.save(made)
    out = BytesIO()
    with ZipFile(made) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()
