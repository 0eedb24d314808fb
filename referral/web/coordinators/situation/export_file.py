"""A file to take along: which part of what, in which format. Pure: releases and rows in, bytes out."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from referral.demand.export import NameOf, digest, to_json, to_long_csv, to_xlsx
from referral.demand.release import Release
from referral.sheets import Cell, Sheet
from referral.sheets import to_csv as sheet_csv
from referral.sheets import to_xlsx as sheet_xlsx
from referral.situation.supply_sheet import EXPLAINED

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-semicolon": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""The formats, and their types on the web."""

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
    release: Release, sha256: str, format: str, filters: str, name_of: NameOf, name: str
) -> ExportFile:
    """A release, or a part of it that ``filters`` name ("" for everything that the reader may see).

    ``sha256`` is that of the release as it is stored. Raises KeyError for a format that is not one.
    """
    notes: tuple[tuple[str, Cell], ...] = (
        ("filters", filters or "none"),
        ("sha256 of the stored release", sha256),
    )
    content = {
        "csv": lambda: to_long_csv(release, ",", name_of),
        "csv-semicolon": lambda: to_long_csv(release, ";", name_of),
        "xlsx": lambda: to_xlsx(release, name_of, notes),
        "json": lambda: to_json(release),
    }[format]()
    return _file(name, format, content)


def of_supply(sheet: Sheet, notes: Iterable[tuple[str, Cell]], format: str, name: str) -> ExportFile:
    """Demand against supply, with what its columns mean. Raises KeyError for a format that is not one."""
    about = (*notes, *EXPLAINED.items())
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: sheet_csv(sheet, ","),
        "csv-semicolon": lambda: sheet_csv(sheet, ";"),
        "xlsx": lambda: sheet_xlsx(about, [sheet]),
        "json": lambda: _json(sheet, about),
    }
    return _file(name, format, writers[format]())


def _file(name: str, format: str, content: bytes) -> ExportFile:
    return ExportFile(f"{name}.{ENDINGS[format]}", TYPES[format], content)


def _json(sheet: Sheet, about: Iterable[tuple[str, Cell]]) -> bytes:
    rows = [dict(zip(sheet.heading, row, strict=True)) for row in sheet.rows]
    told = {"about": dict(about), "columns": sheet.heading, "rows": rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
