"""A file to take along: which part of what, in which format. Pure: releases and rows in, bytes out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referral.demand import file_words
from referral.demand.export import NameOf, Say, digest, to_json, to_long_csv, to_xlsx
from referral.demand.release import Release
from referral.sheets import Cell, Sheet
from referral.sheets import to_csv as sheet_csv
from referral.sheets import to_xlsx as sheet_xlsx
from referral.situation.supply_sheet import EXPLAINED, Named, in_words
from referral.web.coordinators.situation import export_words

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-semicolon": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""The formats, and their types on the web."""

Notes = tuple[tuple[str, Cell], ...]
"""What is said of the whole file: labels and words."""

ENDINGS = {"csv": "csv", "csv-semicolon": "csv", "xlsx": "xlsx", "json": "json"}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file: its name, its type and its bytes."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes."""
        return digest(self.content)


def of_release(
    release: Release, notes: Notes, format: str, name_of: NameOf, name: str, said: Say
) -> ExportFile:
    """A release, or a part of it; ``notes`` say which, and of which stored release. Only a workbook is worded.
    Raises KeyError for a format that is not one."""
    content = {
        "csv": lambda: to_long_csv(release, ",", name_of),
        "csv-semicolon": lambda: to_long_csv(release, ";", name_of),
        "xlsx": lambda: to_xlsx(release, name_of, notes, said),
        "json": lambda: to_json(release),
    }[format]()
    return _file(name, format, content)


def of_supply(
    sheet: Sheet, facts: Mapping[str, str], notes: Notes, format: str, name: str, named: Named, said: Say
) -> ExportFile:
    """Demand against supply, with what its columns mean: for programs with ``facts`` and in English, as a
    workbook with ``notes`` and as ``said``. Raises KeyError for a format that is not one."""
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: sheet_csv(sheet, ","),
        "csv-semicolon": lambda: sheet_csv(sheet, ";"),
        "xlsx": lambda: _workbook(sheet, notes, named, said),
        "json": lambda: _json(sheet, facts),
    }
    return _file(name, format, writers[format]())


def _workbook(sheet: Sheet, notes: Notes, named: Named, said: Say) -> bytes:
    columns = ((said(heading), said(explanation)) for heading, explanation in EXPLAINED.values())
    shown = in_words(sheet, said(export_words.SUPPLY_SHEET), named, said)
    return sheet_xlsx((*notes, *columns), [shown], said(file_words.ABOUT))


def _file(name: str, format: str, content: bytes) -> ExportFile:
    return ExportFile(f"{name}.{ENDINGS[format]}", TYPES[format], content)


def _json(sheet: Sheet, facts: Mapping[str, str]) -> bytes:
    rows = [dict(zip(sheet.heading, row, strict=True)) for row in sheet.rows]
    about = {**facts, **{column: words.msgid for column, (_, words) in EXPLAINED.items()}}
    told = {"about": about, "columns": sheet.heading, "rows": rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
