"""Conversations and their turns: what is remembered between two messages, and for how long.

A conversation is found by its key, an HMAC of the channel's own name for it under this week's
pepper; a turn by its mark, an HMAC of conversation and turn. Last week's pepper is still accepted,
so that a conversation lives on past midnight on Wednesday; see ``referral.store.peppers``.

The row of a turn is at once the guard against repeats and the outbox: its answer is kept under its
mark, and ``unsent`` says how much of it is still to be sent.
"""

from dataclasses import dataclass

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from referral.store.database import Database
from referral.store.schema import CONVERSATIONS, TURNS

IDLE_HOURS = 24
"""A conversation in which nothing has been said for this long is forgotten."""

LIFE_HOURS = 7 * 24
"""A conversation is forgotten at this age, however lively."""

TURN_HOURS = 48
"""How long an answer is kept for a repeat of its turn."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A row of ``conversations``; ``state`` is JSON, "" when there is none yet."""

    key: str
    state: str
    started: int
    seen: int
    counted: tuple[str, ...] = ()
    helped: bool = False
    misses: int = 0
    turns: int = 0
    faults: int = 0

    @classmethod
    def new(cls, key: str, hour: int) -> "Conversation":
        """A conversation that begins at ``hour``, whole hours since 1970."""
        return cls(key=key, state="", started=hour, seen=hour)

    def expired(self, hour: int) -> bool:
        """Whether this conversation's time is over at ``hour``."""
        return self.seen <= hour - IDLE_HOURS or self.started <= hour - LIFE_HOURS


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A row of ``turns``: what was said (JSON), where the rest is to go, how many replies are unsent."""

    mark: str
    said: str
    address: str
    unsent: int


async def find_turn(connection: AsyncConnection, marks: tuple[str, ...]) -> str | None:
    """What was said in the turn that has one of ``marks`` (JSON), None for a turn not heard before."""
    query = select(TURNS.c.said).where(TURNS.c.mark.in_(marks))
    return (await connection.execute(query)).scalar()


async def find(connection: AsyncConnection, keys: tuple[str, ...]) -> Conversation | None:
    """The conversation that has one of ``keys``, None for a new one."""
    query = select(CONVERSATIONS).where(CONVERSATIONS.c.key.in_(keys)).order_by(CONVERSATIONS.c.seen.desc())
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    return Conversation(
        key=row.key,
        state=row.state,
        started=row.started,
        seen=row.seen,
        counted=tuple(row.counted.split()),
        helped=bool(row.helped),
        misses=row.misses,
        turns=row.turns,
        faults=row.faults,
    )


async def save(database: Database, connection: AsyncConnection, conversation: Conversation) -> None:
    """Keeps ``conversation`` as it is now."""
    row = {
        "key": conversation.key,
        "state": conversation.state,
        "counted": " ".join(conversation.counted),
        "helped": int(conversation.helped),
        "misses": conversation.misses,
        "turns": conversation.turns,
        "faults": conversation.faults,
        "started": conversation.started,
        "seen": conversation.seen,
    }
    saved = database.insert(CONVERSATIONS).values(row)
    await connection.execute(saved.on_conflict_do_update(index_elements=["key"], set_=row))


async def drop(connection: AsyncConnection, conversation: Conversation) -> None:
    """Deletes a conversation whose time is over; its answers stay until they expire by themselves."""
    await connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.key == conversation.key))


async def save_turn(
    connection: AsyncConnection, turn: StoredTurn, conversation: str, position: int, hour: int
) -> None:
    """Keeps the answer to a turn. ``conversation`` is its key, "" for a forgotten one."""
    row = {
        "mark": turn.mark,
        "conversation": conversation,
        "position": position,
        "said": turn.said,
        "address": turn.address if turn.unsent else "",
        "unsent": turn.unsent,
        "heard": hour,
    }
    await connection.execute(TURNS.insert(), row)


async def forget(connection: AsyncConnection, keys: tuple[str, ...], farewell: str) -> None:
    """Deletes the conversation that has one of ``keys``, and everything said in it.

    Of its turns only their marks stay until they expire, each by itself and with ``farewell`` for an
    answer: a channel may deliver a turn again, and without its mark it would be counted twice.
    """
    await connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.key.in_(keys)))
    blank = {"conversation": "", "position": 0, "said": farewell, "address": "", "unsent": 0}
    await connection.execute(update(TURNS).where(TURNS.c.conversation.in_(keys)).values(**blank))


async def said_before(connection: AsyncConnection, conversation: Conversation) -> tuple[str, ...]:
    """Everything said in ``conversation`` (JSON), oldest first."""
    query = select(TURNS.c.said).where(TURNS.c.conversation == conversation.key)
    # An earlier conversation of the same person ended a day before this one began.
    query = query.where(TURNS.c.heard >= conversation.started).order_by(TURNS.c.position)
    return tuple((await connection.execute(query)).scalars())


async def unsent(connection: AsyncConnection, limit: int) -> tuple[StoredTurn, ...]:
    """At most ``limit`` turns with replies to send, those of one conversation oldest first."""
    columns = (TURNS.c.mark, TURNS.c.said, TURNS.c.address, TURNS.c.unsent)
    query = select(*columns).where(TURNS.c.unsent > 0)
    query = query.order_by(TURNS.c.conversation, TURNS.c.heard, TURNS.c.position).limit(limit)
    rows = await connection.execute(query)
    return tuple(StoredTurn(row.mark, row.said, row.address, row.unsent) for row in rows)


async def sent(connection: AsyncConnection, mark: str, replies: int) -> None:
    """Notes that ``replies`` more replies of a turn have been sent; with the last the address is blanked."""
    left = TURNS.c.unsent - replies
    changed = update(TURNS).where(TURNS.c.mark == mark)
    await connection.execute(
        changed.values(
            unsent=case((left > 0, left), else_=0),
            address=case((left > 0, TURNS.c.address), else_=""),
        )
    )


async def expire(connection: AsyncConnection, hour: int) -> None:
    """Deletes the conversations and turns whose time is over at ``hour``."""
    idle, old = CONVERSATIONS.c.seen <= hour - IDLE_HOURS, CONVERSATIONS.c.started <= hour - LIFE_HOURS
    await connection.execute(delete(CONVERSATIONS).where(idle | old))
    await connection.execute(delete(TURNS).where(TURNS.c.heard <= hour - TURN_HOURS))


async def count(connection: AsyncConnection) -> int:
    """How many conversations there are."""
    query = select(func.count()).select_from(CONVERSATIONS)
    return int((await connection.execute(query)).scalar_one())
