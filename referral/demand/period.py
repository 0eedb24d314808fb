"""Months, quarters and years as they are written, and when a month closes.

A month is "2026-11", a quarter "2026-Q4", a year "2026". A month closes on the 5th of the next one.
"""

from datetime import date

CLOSES_ON = 5
"""The day of the next month on which a month closes."""


def next_month(month: str) -> str:
    """The month after ``month``."""
    year, number = _parts(month)
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def quarter_of(month: str) -> str:
    """The quarter that ``month`` lies in."""
    year, number = _parts(month)
    return f"{year:04}-Q{(number + 2) // 3}"


def ends_quarter(month: str) -> bool:
    """Whether ``month`` is the last of its quarter."""
    return _parts(month)[1] % 3 == 0


def ends_year(month: str) -> bool:
    """Whether ``month`` is a December."""
    return month.endswith("-12")


def last_closed(today: date) -> str:
    """The latest month that is closed on ``today``."""
    back = 2 if today.day < CLOSES_ON else 1
    months = today.year * 12 + today.month - 1 - back
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _parts(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:])
