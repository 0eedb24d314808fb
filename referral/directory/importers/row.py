"""One row of a sheet: its cells by column, and what turned out to be wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from referral.directory.importers.rejected import Rejected, Unfit

_Value = TypeVar("_Value")


class Row:
    """Cells are read one by one; what cannot be read is collected in ``rejections``."""

    def __init__(self, source: str, number: int, cells: Mapping[str, str]) -> None:
        """``cells`` maps a column to its text; columns that the sheet lacks are empty."""
        self.rejections: list[Rejected] = []
        self._source, self._number, self._cells = source, number, cells

    def text(self, field: str) -> str:
        """What stands in ``field``, without the space around it; "" where nothing does."""
        return self._cells.get(field, "").strip()

    def read(self, field: str, parse: Callable[[str], _Value], empty: _Value) -> _Value:
        """What ``parse`` makes of the cell; ``empty`` where it is empty or, rejected, unfit."""
        value = self.text(field)
        if not value:
            return empty
        try:
            return parse(value)
        except Unfit as unfit:
            self.reject(field, unfit.reason, unfit.fix)
            return empty

    def known_as(self, id: str) -> None:
        """Says in all rejections which offer the row would have been."""
        self.rejections = [replace(one, record=id) for one in self.rejections]

    def reject(self, field: str, reason: str, fix: str) -> None:
        """Notes that the row cannot be used because of ``field`` ("" for the row as a whole)."""
        self.rejections.append(Rejected(self._source, self._number, field, self.text(field), reason, fix))
