"""What the tests of the service say to it, and how they look at what it keeps."""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import text

from bot.memory import read
from bot.said import Said
from bot.turn import Heard, State
from referral.store.database import Database
from referral.store.demand import demand_rows
from referral.store.schema import CONVERSATIONS

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def heard(turn: str, words: str = "hello", conversation: str = "c1", language: str = "") -> Heard:
    """Something written in the web chat."""
    return Heard(conversation, turn, "web", words, language_hint=language)


def words(said: Said) -> str:
    """All that was said, on one line."""
    return " / ".join(reply.text for reply in said.replies)


async def counted(database: Database, table: str = "demand_by_municipality_need") -> Counter[tuple[str, ...]]:
    """The counters of one table."""
    rows = await database.read(demand_rows)
    return Counter({row.values: row.count for row in rows if row.table == table})


async def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    """Every row of a table."""
    found = await database.read(lambda connection: connection.execute(text(f"SELECT * FROM {table}")).all())
    return [tuple(row) for row in found]


async def remembered(database: Database) -> list[State]:
    """The state of every conversation."""
    found = await database.read(lambda connection: connection.execute(CONVERSATIONS.select()).all())
    states = [read(State, row.state) for row in found]
    assert None not in states
    return [state for state in states if state]
