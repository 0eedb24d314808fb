"""The keys under which conversations are hidden, and their destruction.

A conversation is stored under HMAC-SHA256(pepper, name). Each week has its own pepper. A conversation
lives for seven days at most, so last week's pepper is still tried, and the one before is destroyed:
from then on nobody can tell whether a chat was ever here, whoever holds the database.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from referral.store.database import Database
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
            async with self._database.writing() as connection:
                secrets_now = await rotate(self._database, connection, week)
            self._secrets = secrets_now
        # Next week's is tried too: another process's clock may be a moment ahead.
        weeks = (week, week - 1, week + 1)
        return tuple(self._secrets[known] for known in weeks if known in self._secrets)


async def rotate(database: Database, connection: AsyncConnection, week: int) -> dict[int, bytes]:
    """Makes the pepper of ``week`` if there is none, destroys those past their time, gives the live ones."""
    made = database.insert(PEPPERS).values(week=week, secret=secrets.token_bytes(32))
    await connection.execute(made.on_conflict_do_nothing())
    await connection.execute(delete(PEPPERS).where(PEPPERS.c.week < week - 1))
    rows = await connection.execute(select(PEPPERS))
    return {row.week: row.secret for row in rows}


async def lasting_secret(database: Database, connection: AsyncConnection, name: str) -> bytes:
    """The server's secret called ``name``, made when it is first asked for."""
    made = database.insert(SECRETS).values(name=name, secret=secrets.token_bytes(32))
    await connection.execute(made.on_conflict_do_nothing())
    query = select(SECRETS.c.secret).where(SECRETS.c.name == name)
    return bytes((await connection.execute(query)).scalar_one())


def digest(secret: bytes, words: str) -> str:
    """The keyed hash of ``words``: 64 hexadecimal digits."""
    return hmac.new(secret, words.encode("utf-8", "surrogatepass"), sha256).hexdigest()
