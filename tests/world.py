"""The real world of the tests: real needs, places and directory, read once; and a moment to stand in."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.known import Known
from bot.turn import World
from locales.text import as_written

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
OPERATOR = as_written("Esimerkkikunta")


@cache
def known() -> Known:
    """Everything that the program reads at start."""
    return Known.load()


@cache
def _world() -> Callable[[datetime], World]:
    return known().world(OPERATOR)


def world(now: datetime = MONDAY) -> World:
    """The world at ``now``."""
    return _world()(now)
