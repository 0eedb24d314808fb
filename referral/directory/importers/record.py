"""Records of registers that speak JSON: reading them without trusting their shape.

Registers leave fields out, set them to null, and now and then put a word where a list belongs. What is
missing reads as empty; what has another shape raises ``Unfit``, and costs one record and no more.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from knowledge.model import Names
from referral.directory.importers.rejected import Rejected, Unfit

Raw = Mapping[str, Any]

_LISTS = ("itemList", "items", "contents", "data", "result", "results")
"""The names under which registers put the records of a page."""


class Faults:
    """The place of one record in a file, and what turned out to be wrong with it."""

    def __init__(self, source: str, number: int, record: str) -> None:
        """``number`` counts the records of the file from 1; ``record`` is the register's own id."""
        self.rejections: list[Rejected] = []
        self._place = (source, number, record)

    def note(self, field: str, value: object, reason: str, fix: str = "Correct it in the register.") -> None:
        """Remembers that ``field`` holds what cannot be used."""
        source, number, record = self._place
        self.rejections.append(Rejected(source, number, field, str(value), reason, fix, record))


def records(content: bytes) -> list[Raw]:
    """The records of a file: one, a list of them, or a page that holds a list. Raises Unfit."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unfit(f"the file is no JSON: {error}", "Fetch it again.") from None
    while isinstance(found, dict):
        inner = next((found[name] for name in _LISTS if isinstance(found.get(name), list | dict)), None)
        found = [found] if inner is None else inner
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unfit("the file holds no list of records", "Fetch it again.")
    return found


def called(raw: Raw, *names: str) -> str:
    """What the record calls itself, for its faults: the first id among ``names``, "" for none."""
    return next((str(raw[name]) for name in names if isinstance(raw.get(name), str | int)), "")


def text(raw: Raw, name: str) -> str:
    """The words or number under ``name``, without the space around them; "" where there is nothing."""
    value = raw.get(name)
    if isinstance(value, str):  # Nearly all are, and a register has millions of them.
        return " ".join(value.split())
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    raise Unfit(f"{name} holds no text", "Correct it in the register.")


def part(raw: Raw, name: str) -> Raw:
    """The record under ``name``; an empty one where there is nothing."""
    value = raw.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise Unfit(f"{name} holds no record", "Correct it in the register.")


def parts(raw: Raw, name: str) -> list[Raw]:
    """The list of records under ``name``; an empty one where there is nothing."""
    return [one for one in listed(raw, name) if isinstance(one, dict)]


def listed(raw: Raw, name: str) -> Sequence[Any]:
    """The list under ``name``, whatever it holds; an empty one where there is nothing."""
    value = raw.get(name)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise Unfit(f"{name} holds no list", "Correct it in the register.")


def said(entries: Sequence[Raw], *types: str) -> Names:
    """Language -> words of a list of {language, value, type}; the first of ``types`` that is there.

    Without ``types`` the entries' type does not matter. Of two in one language the first is kept.
    """
    found: dict[str, str] = {}
    for wanted in types or ("",):
        for entry in entries:
            value = text(entry, "value")
            if value and (not wanted or text(entry, "type") == wanted):
                found.setdefault(text(entry, "language"), value)
    return found


def day(value: str) -> date | None:
    """The day of "2026-11-21" or "2026-11-21T10:00:00Z"; None for "". Raises Unfit for anything else."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise Unfit(f"{value!r} is no date", "Write it as 2026-11-21.") from None


def moment(value: str) -> datetime | None:
    """The moment of an ISO 8601 text with its offset; None for "". Raises Unfit for anything else."""
    if not value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise Unfit(f"{value!r} is no moment", "Write it as 2026-11-21T10:00:00+02:00.") from None


def every(content: bytes, source: str, rejections: list[Rejected]) -> Iterator[tuple[int, Raw]]:
    """The records of a file with their numbers; a file that cannot be read is rejected as a whole."""
    try:
        yield from enumerate(records(content), start=1)
    except Unfit as unfit:
        rejections.append(Rejected(source, 0, "", "", unfit.reason, unfit.fix))
