"""The sheet that a coordinator fills in: CSV or XLSX in, offers and rejections out.

One row is one offer. Headings and words may be English, Finnish or Swedish (``columns``); commas,
semicolons or tabs may part the cells, as spreadsheets of different countries write them. A row with a
fault in it gives no offer, and one ``Rejected`` for each of its faults; it never stops the other rows.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from knowledge.model import Atlas, Catalog
from referral.directory.importers.area import Lookup, lookup
from referral.directory.importers.cells import plain
from referral.directory.importers.columns import COLUMNS, NEEDED
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.offer import Services, offer
from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.row import Row
from referral.directory.importers.sheet_marks import MARKS, is_workbook
from referral.model import Offer

_HEADINGS = {plain(word): column for column, words in COLUMNS.items() for word in (column, *words)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds: the offers of its sound rows, and what is wrong with the others."""

    offers: tuple[Offer, ...]
    rejections: tuple[Rejected, ...]


def sheet(files: Sequence[File], means: Means) -> Imported:
    """The offers and rejections of sheets; of two rows with one id, the first sheet's counts."""
    offers: dict[str, Offer] = {}
    rejections: list[Rejected] = []
    for file in files:
        found = _read(file.content, file.name, means.names, means.services)
        offers = {**{one.id: one for one in found.offers}, **offers}
        rejections += found.rejections
    return Imported(tuple(offers.values()), tuple(rejections))


def errors_beside(content: bytes, rejections: Sequence[Rejected]) -> bytes:
    """The sheet as a workbook with ``rejections`` beside its cells. Raises Unfit where it cannot be read."""
    from referral.directory.importers import workbook

    records = _records(content)
    columns = [_HEADINGS.get(plain(heading), heading) for heading in records[0]] if records else []
    return workbook.marked(content, rejections, columns, records)


def read_sheet(
    content: bytes, source: str, catalog: Catalog, atlas: Atlas, services: Services | None = None
) -> Sheet:
    """The offers and rejections of a CSV or XLSX file; ``source`` is its name, as rejections give it.

    ``services`` holds descriptions that rows may name instead of having their own. A file that is neither,
    or lacks a column that every row needs, gives no offer and says why.
    """
    return _read(content, source, lookup(atlas, catalog), services or {})


def _read(content: bytes, source: str, names: Lookup, services: Services) -> Sheet:
    try:
        records = _records(content)
        columns, unknown = _columns(records[0] if records else [], source)
    except Unfit as unfit:
        return Sheet((), (Rejected(source, 1, "", "", unfit.reason, unfit.fix),))
    offers: dict[str, Offer] = {}
    rejections = unknown
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        row = Row(source, number, dict(zip(columns, record, strict=False)))
        if any(cell.strip() for cell in record[len(columns) :]):
            row.reject(
                "", "there are more cells than headings", 'Put quotation marks (") around text with commas.'
            )
        made = offer(row, names, services)
        if made and made.id in offers:
            row.reject("id", f"an earlier row has the id {made.id!r} too", "Give each row an id of its own.")
        elif made:
            offers[made.id] = made
        rejections.extend(row.rejections)
    return Sheet(tuple(offers.values()), tuple(rejections))


def _records(content: bytes) -> list[list[str]]:
    if is_workbook(content):
        # Reading workbooks takes a library that would slow down every start.
        from referral.directory.importers import workbook

        return workbook.rows(content)
    try:
        text = content.decode("utf-8-sig")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except UnicodeDecodeError:
        raise Unfit("the file is not UTF-8 text", 'Save it as "CSV UTF-8".') from None
    except csv.Error as error:
        raise Unfit(f"the file is no CSV: {error}", 'Save it as "CSV UTF-8".') from None


def _columns(headings: Sequence[str], source: str) -> tuple[list[str], list[Rejected]]:
    """What each column means ("" for an unknown one, which is reported and left out)."""
    columns, unknown = [], []
    for heading in headings:
        column = _HEADINGS.get(plain(heading), "")
        if column in columns:
            column = ""
        if heading.strip() and not column and heading != MARKS:
            close = get_close_matches(plain(heading), _HEADINGS, n=1)
            fix = f"Did you mean {close[0]!r}?" if close else "Remove it, or use a heading of the template."
            unknown.append(
                Rejected(source, 1, heading, heading, "this column is not known, or there twice", fix)
            )
        columns.append(column)
    for needed in NEEDED:
        if needed not in columns:
            raise Unfit(f"there is no column {needed!r}", f"Add a column with the heading: {needed}.")
    return columns, unknown
