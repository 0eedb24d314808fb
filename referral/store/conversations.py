"""Conversations and their turns: what is remembered between two messages, and for how long.

A conversation is found by its key, an HMAC of the channel's own name for it under this week's
pepper; a turn by its mark, an HMAC of conversation and turn. Last week's pepper is still accepted,
so that a conversation lives on past midnight on Wednesday; see ``referral.store.peppers``.

The row of a turn is at once the guard against repeats and the outbox: its answer is kept under its
mark, and ``unsent`` says how much of it is still to be sent.

The statements of every turn are made once and kept: making one costs more than running it.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Executable,
    Integer,
    Text,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    update,
)

from referral.store.database import Prepared, insert
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


MOST_KEYS = 3
"""This week's key, last week's and next week's."""


def _one_of(column: Column[str], name: str) -> ColumnElement[bool]:
    """Whether ``column`` is one of up to ``MOST_KEYS`` keys, which are bound as ``_keys`` gives them."""
    return column.in_([bindparam(f"{name}_{place}", type_=Text) for place in range(MOST_KEYS)])


def _keys(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}_{place}": keys[min(place, len(keys) - 1)] for place in range(MOST_KEYS)}


_FIND_TURN = Prepared(select(TURNS.c.said).where(_one_of(TURNS.c.mark, "mark")))
_FIND = Prepared(
    select(CONVERSATIONS).where(_one_of(CONVERSATIONS.c.key, "key")).order_by(CONVERSATIONS.c.seen.desc())
)
_SAVE_TURN = Prepared(TURNS.insert(), TURNS.c.keys())


def find_turn(connection: Connection, marks: tuple[str, ...]) -> str | None:
    """What was said in the turn that has one of ``marks`` (JSON), None for a turn not heard before."""
    rows = _FIND_TURN.run(connection, _keys("mark", marks))
    return rows[0][0] if rows else None


def find(connection: Connection, keys: tuple[str, ...]) -> Conversation | None:
    """The conversation that has one of ``keys``, None for a new one."""
    rows = _FIND.run(connection, _keys("key", keys))
    if not rows:
        return None
    key, state, counted, helped, misses, turns, faults, started, seen = rows[0]
    return Conversation(
        key, state, started, seen, tuple(counted.split()), bool(helped), misses, turns, faults
    )


def save(connection: Connection, conversation: Conversation) -> None:
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
    _saving(connection.dialect.name).run(connection, row)


@cache
def _saving(dialect: str) -> Prepared:
    saved = insert(dialect, CONVERSATIONS)
    changed = {column.name: column for column in saved.excluded if column.name != "key"}
    saving = saved.on_conflict_do_update(index_elements=["key"], set_=changed)
    return Prepared(saving, CONVERSATIONS.c.keys())


def drop(connection: Connection, conversation: Conversation) -> None:
    """Deletes a conversation whose time is over; its answers stay until they expire by themselves."""
    connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.key == conversation.key))


def save_turn(connection: Connection, turn: StoredTurn, conversation: str, position: int, hour: int) -> None:
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
    _SAVE_TURN.run(connection, row)


def forget(connection: Connection, keys: tuple[str, ...], farewell: str) -> None:
    """Deletes the conversation that has one of ``keys``, and everything said in it.

    Of its turns only their marks stay until they expire, each by itself and with ``farewell`` for an
    answer: a channel may deliver a turn again, and without its mark it would be counted twice.
    """
    connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.key.in_(keys)))
    blank = {"conversation": "", "position": 0, "said": farewell, "address": "", "unsent": 0}
    connection.execute(update(TURNS).where(TURNS.c.conversation.in_(keys)).values(**blank))


def said_before(connection: Connection, conversation: Conversation) -> tuple[str, ...]:
    """Everything said in ``conversation`` (JSON), oldest first."""
    query = select(TURNS.c.said).where(TURNS.c.conversation == conversation.key)
    # An earlier conversation of the same person ended a day before this one began.
    query = query.where(TURNS.c.heard >= conversation.started).order_by(TURNS.c.position)
    return tuple(connection.execute(query).scalars())


def unsent(connection: Connection, limit: int, but: tuple[str, ...] = ()) -> tuple[StoredTurn, ...]:
    """The oldest turn with replies to send of each address, but for the addresses in ``but``.

    At most ``limit`` of them: one address with much to send never hides the others.
    """
    rows = connection.execute(_UNSENT, {"but": but, "limit": limit})
    return tuple(StoredTurn(row.mark, row.said, row.address, row.unsent) for row in rows)


_WAITS = TURNS.c.unsent > literal_column("0")
"""A value that is bound would not let PostgreSQL see that the index is enough."""


def _oldest_unsent() -> Executable:
    """A farewell comes before the conversation that began after it. Within a conversation the position
    orders, whatever the clock did."""
    waiting = select(
        TURNS.c.mark,
        TURNS.c.address,
        TURNS.c.conversation,
        TURNS.c.position,
        func.min(TURNS.c.heard).over(partition_by=(TURNS.c.address, TURNS.c.conversation)).label("began"),
    ).where(_WAITS, TURNS.c.address.not_in(bindparam("but", expanding=True)))
    found = waiting.subquery()
    order = (found.c.conversation != "", found.c.began, found.c.conversation, found.c.position)
    place = func.row_number().over(partition_by=found.c.address, order_by=order).label("place")
    numbered = select(found.c.mark, place).subquery()
    query = select(TURNS.c.mark, TURNS.c.said, TURNS.c.address, TURNS.c.unsent)
    query = query.join(numbered, TURNS.c.mark == numbered.c.mark).where(numbered.c.place == 1)
    return query.limit(bindparam("limit"))


_UNSENT = _oldest_unsent()


def sent(connection: Connection, mark: str, replies: int) -> None:
    """Notes that ``replies`` more replies of a turn have been sent; with the last the address is blanked."""
    _SENT.run(connection, {"sent_mark": mark, "replies": replies})


def _note_sent() -> Executable:
    left = TURNS.c.unsent - bindparam("replies", type_=Integer)
    return (
        update(TURNS)
        .where(TURNS.c.mark == bindparam("sent_mark"))
        .values(
            unsent=case((left > 0, left), else_=0),
            address=case((left > 0, TURNS.c.address), else_=""),
        )
    )


_SENT = Prepared(_note_sent())


def expire(connection: Connection, hour: int) -> None:
    """Deletes the conversations and turns whose time is over at ``hour``."""
    idle, old = CONVERSATIONS.c.seen <= hour - IDLE_HOURS, CONVERSATIONS.c.started <= hour - LIFE_HOURS
    connection.execute(delete(CONVERSATIONS).where(idle | old))
    connection.execute(delete(TURNS).where(TURNS.c.heard <= hour - TURN_HOURS))


def count(connection: Connection) -> int:
    """How many conversations there are."""
    query = select(func.count()).select_from(CONVERSATIONS)
    return int(connection.execute(query).scalar_one())
