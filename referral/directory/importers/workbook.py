"""Sheets as XLSX workbooks: their rows as text, and the workbook given back with its errors marked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.sheet_marks import MARKS, is_workbook

MOST_BYTES = 100_000_000
MOST_ROWS = 100_000
_MARKED = PatternFill("solid", fgColor="FFE0A3")
_WIDTH = 80
_SAVE = 'Save it again as "Excel workbook (.xlsx)".'
_UNREADABLE = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, EOFError)


def rows(content: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, empty ones too. Raises Unfit for what is no workbook."""
    sheet = _open(content, read_only=True).worksheets[0]
    found = []
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number >= MOST_ROWS:
            raise Unfit(f"the sheet has more than {MOST_ROWS} rows", "Divide it.")
        found.append([_text(value) for value in row])
    return found


def marked(
    content: bytes,
    rejections: Iterable[Rejected],
    columns: Sequence[str],
    table: Sequence[Sequence[str]] = (),
) -> bytes:
    """The workbook with each wrong cell coloured and explained, and a last column that says the same.

    ``content`` is the workbook that was read; for a CSV file, ``table`` is its rows. ``columns`` says
    which field each column holds. What was marked before and is right now is no longer marked.
    """
    book = _open(content, read_only=False) if is_workbook(content) else _book(table)
    sheet = book.worksheets[0]
    headings = [_text(cell.value) for cell in sheet[1]] if sheet.max_row else []
    column = headings.index(MARKS) + 1 if MARKS in headings else len(headings) + 1
    _unmark(sheet, column)
    by_row: dict[int, list[Rejected]] = {}
    for wrong in rejections:
        by_row.setdefault(max(wrong.row, 1), []).append(wrong)
    sheet.cell(1, column).value = MARKS
    for number, wrongs in by_row.items():
        cell = sheet.cell(number, column)
        told = "\n".join(_sentence(wrong) for wrong in wrongs)
        if number > 1:
            _write(cell, told)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        for wrong in wrongs:
            _mark(sheet, columns, number, wrong)
    sheet.column_dimensions[cell_letter(sheet, column)].width = _WIDTH
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell_letter(sheet: Any, column: int) -> str:
    """The letter of a column, counted from 1."""
    return str(sheet.cell(1, column).column_letter)


def _mark(sheet: Any, columns: Sequence[str], number: int, wrong: Rejected) -> None:
    """Colours the cell that is meant; a fault of the whole row has none."""
    if not wrong.field or wrong.field not in columns:
        return
    cell = sheet.cell(number, columns.index(wrong.field) + 1)
    cell.fill = _MARKED
    cell.comment = Comment(f"{wrong.reason}. {wrong.fix}", "digituki")


def _unmark(sheet: Any, column: int) -> None:
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            if cell.comment and cell.comment.author == "digituki":
                cell.comment, cell.fill = None, PatternFill()
            if cell.column == column:
                cell.value = None


def _sentence(wrong: Rejected) -> str:
    where = f"{wrong.field}: " if wrong.field else ""
    return f"{where}{wrong.reason}. {wrong.fix}"


def _book(table: Sequence[Sequence[str]]) -> Any:
    book = Workbook()
    for number, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            _write(book.worksheets[0].cell(number, column), value)
    return book


def _write(cell: Any, value: str) -> None:
    """Writes text as text: what begins with "=" is not reckoned out."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if value:
        cell.data_type = TYPE_STRING


def _open(content: bytes, *, read_only: bool) -> Any:
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
                raise Unfit("the workbook is too large", "Take out pictures, or divide it.")
        with catch_warnings():
            # Workbooks written by other programs lack styles and the like, which is no fault.
            simplefilter("ignore")
            return load_workbook(BytesIO(content), read_only=read_only, data_only=True)
    except _UNREADABLE as error:
        raise Unfit(f"the file is no workbook: {error}", _SAVE) from None


def _text(value: object) -> str:
    """A cell as a person would write it: days and whole numbers, not what the program keeps of them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
