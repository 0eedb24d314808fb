"""Tables as CSV and as a workbook, harmless to whoever opens them, and the same bytes every time."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell = str | int | float

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheet programs that a CSV file is UTF-8."""

WIDEST = 48
"""The most characters that a column of a workbook shows by itself."""

_FORMULA = re.compile(r"[=+\-@\t\r\0]")
_NOT_IN_XML = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 (a date that says nothing)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, the names of its columns, and its rows."""

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def to_csv(sheet: Sheet, delimiter: str = ",") -> bytes:
    """``sheet`` as CSV: UTF-8 with a byte order mark, ``delimiter`` "," or ";"."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in (sheet.heading, *sheet.rows):
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def to_xlsx(about: Iterable[tuple[str, Cell]], sheets: Iterable[Sheet], title: str = "about") -> bytes:
    """A workbook: the sheet ``title``, which explains the others, then one for each of ``sheets``."""
    # Loading it takes half a second, which only those who write a workbook should wait.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.created = _EPOCH
    first = book.active
    first.title = title
    first.column_dimensions["A"].width = 36
    first.column_dimensions["B"].width = 100
    _fill(first, about)
    for label, words in first.iter_rows(max_col=2):
        label.alignment, words.alignment = (
            Alignment(vertical="top"),
            Alignment(wrap_text=True, horizontal="left"),
        )
    for one in sheets:
        sheet = book.create_sheet(one.name)
        _fill(sheet, (one.heading, *one.rows))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for place, width in enumerate(_widths(one), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
    return _same_every_time(book)


def _widths(sheet: Sheet) -> Iterable[int]:
    """How wide each column must be for its words to be read, within bounds."""
    return (
        min(WIDEST, 2 + max(len(str(cell)) for cell in column))
        for column in zip(sheet.heading, *sheet.rows, strict=True)
    )


def _fill(sheet: "Workbook", rows: Iterable[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place, _NOT_IN_XML.sub("", value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # Text, whatever it looks like.


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
