"""What an importer could not use, told so that the person who wrote it can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejected:
    """One cell (or row) of a source that cannot be used.

    ``row`` is counted as a spreadsheet counts, the headings being row 1. ``field`` is the column, ""
    where the whole row is meant. ``value`` is what stands there; ``reason`` says what is wrong with it
    and ``fix`` what to write instead. Of a register, ``row`` counts the records of the file and
    ``record`` is the register's own id of the one meant; for a sheet, the id of the offer that the row
    would have been.
    """

    source: str
    row: int
    field: str
    value: str
    reason: str
    fix: str
    record: str = ""


class Unfit(Exception):
    """A value that cannot be used; only ever raised and caught within an importer."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix = fix
