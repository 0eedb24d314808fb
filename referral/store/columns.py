"""Kinds of columns, and what every table has in common."""

from typing import Any

from sqlalchemy import Column, Integer, Text

PRIVATE: Any = {"sqlite_with_rowid": False, "sqlite_strict": True}
"""No table keeps its rows in the order in which they came, and none takes what its columns are not for."""


def texts(*names: str) -> tuple[Column[str], ...]:
    """Columns of text that are "" where nothing is known."""
    return tuple(Column(name, Text, nullable=False) for name in names)


def numbers(*names: str) -> tuple[Column[int], ...]:
    """Columns of whole numbers."""
    return tuple(Column(name, Integer, nullable=False) for name in names)
