"""The keys under which conversations are hidden, and their destruction.

A conversation is stored under HMAC-SHA256(pepper, name). Each week has its own pepper. A conversation
lives for seven days at most, so last week's pepper is still tried, and the one before is destroyed:
from then on nobody can tell whether a chat was ever here, whoever holds the database.
"""

import asyncio
import hmac
import secrets
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from referral.store.database import Database, insert
from referral.store.schema import PEPPERS, SECRETS

HOURS_A_WEEK = 7 * 24


@dataclass(frozen=True, slots=True)
class Names:
    """What one turn may be stored under, by this week's pepper first: keys of its conversation, its marks."""

    keys: tuple[str, ...]
    marks: tuple[str, ...]


class Peppers:
    """The live peppers, kept in memory and read again when the week changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._secrets: dict[int, bytes] = {}
        self._reading = asyncio.Lock()

    async def names(self, hour: int, channel: str, conversation: str, turn: str = "") -> Names:
        """The names of a turn at ``hour`` (whole hours since 1970). Raises StoreUnavailable."""
        peppers = await self._live(hour // HOURS_A_WEEK)
        # Lengths first: "ab" + "c" must never be hashed like "a" + "bc".
        person = f"{len(channel)}:{channel}:{len(conversation)}:{conversation}"
        return Names(
            keys=tuple(digest(pepper, f"conversation:{person}") for pepper in peppers),
            marks=tuple(digest(pepper, f"turn:{person}:{turn}") for pepper in peppers),
        )

    async def _live(self, week: int) -> tuple[bytes, ...]:
        if week not in self._secrets:
            async with self._reading:
                if week not in self._secrets:  # Many ask at once at the start, and one of them reads.
                    self._secrets = await self._database.write(partial(rotate, week=week))
        # Next week's is tried too: another process's clock may be a moment ahead.
        weeks = (week, week - 1, week + 1)
        return tuple(self._secrets[known] for known in weeks if known in self._secrets)


def rotate(connection: Connection, week: int) -> dict[int, bytes]:
    """Makes the pepper of ``week`` if there is none, destroys those past their time, gives the live ones."""
    made = insert(connection.dialect.name, PEPPERS).values(week=week, secret=secrets.token_bytes(32))
    connection.execute(made.on_conflict_do_nothing())
    connection.execute(delete(PEPPERS).where(PEPPERS.c.week < week - 1))
    rows = connection.execute(select(PEPPERS))
    return {row.week: row.secret for row in rows}


def lasting_secret(connection: Connection, name: str) -> bytes:
    """The server's secret called ``name``, made when it is first asked for."""
    made = insert(connection.dialect.name, SECRETS).values(name=name, secret=secrets.token_bytes(32))
    connection.execute(made.on_conflict_do_nothing())
    query = select(SECRETS.c.secret).where(SECRETS.c.name == name)
    return bytes(connection.execute(query).scalar_one())


def digest(secret: bytes, words: str) -> str:
    """The keyed hash of ``words``: 64 hexadecimal digits."""
    return hmac.new(secret, words.encode("utf-8", "surrogatepass"), sha256).hexdigest()
