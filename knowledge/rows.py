"""The rows of a data file, each checked as it is turned into a value, with the blame put on the row.

What is wrong with a row is raised as an ordinary ``ValueError`` where it is noticed, and leaves here as
``BadData`` with the file's name and the number of the line that a text editor shows.
"""

import csv
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from io import StringIO
from typing import Any, TypeVar

from knowledge.model import BadData

_Value = TypeVar("_Value")
Row = dict[str, str]


@contextmanager
def blame(source: str, row: int | str) -> Iterator[None]:
    """Whatever is wrong with the values handled inside is ``BadData`` of this file and row."""
    try:
        yield
    except KeyError as error:
        raise BadData(source, row, f"{error.args[0]!r} is missing") from error
    except (ValueError, TypeError, AttributeError, csv.Error, OSError) as error:
        raise BadData(source, row, str(error)) from error


def read(root: Traversable, name: str, make: Callable[[Row], _Value]) -> list[_Value]:
    """What ``make`` makes of every row of the CSV file ``name``, in the file's order.

    Raises ``BadData`` where a row has too few or too many cells, or where ``make`` objects to it.
    """
    lines = csv.reader(StringIO(_text(root, name), newline=""), strict=True)
    made = []
    try:
        columns = next(lines, [])
        for cells in lines:
            made.append(make(dict(zip(columns, cells, strict=True))))
    except Exception:
        # Raised anew with the file and the line, whatever it was: a BadData, or a cell of the wrong shape.
        with blame(name, lines.line_num):
            raise
    return made


def toml(root: Traversable, name: str) -> dict[str, Any]:
    """The contents of the TOML file ``name``; ``BadData`` where it cannot be read."""
    with blame(name, "all"):
        return tomllib.loads(_text(root, name))


def _text(root: Traversable, name: str) -> str:
    with blame(name, "all"):
        return (root / name).read_text(encoding="utf-8")
