"""Offers that look like twins, and of which a person knows better.

- ``apart(connection, one, other) -> bool``: from now on they are two cards. False where they were already.
- ``together(connection, one, other) -> bool``: takes that back. False where nobody had told them apart.
- ``told_apart(connection) -> tuple[tuple[str, str], ...]``: all pairs.
"""

from sqlalchemy import Connection, delete, select

from referral.store.database import insert
from referral.store.revision import raise_it
from referral.store.schema import TOLD_APART


def apart(connection: Connection, one: str, other: str) -> bool:
    """Tells two offers, by their ids, apart; raises the revision."""
    first, second = sorted((one, other))
    added = insert(connection.dialect.name, TOLD_APART).values(one=first, other=second)
    if not connection.execute(added.on_conflict_do_nothing()).rowcount:
        return False
    raise_it(connection)
    return True


def together(connection: Connection, one: str, other: str) -> bool:
    """Takes back that two offers, by their ids, were told apart; raises the revision."""
    first, second = sorted((one, other))
    pair = (TOLD_APART.c.one == first) & (TOLD_APART.c.other == second)
    if not connection.execute(delete(TOLD_APART).where(pair)).rowcount:
        return False
    raise_it(connection)
    return True


def told_apart(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The pairs that have been told apart, each in the order of the ids."""
    query = select(TOLD_APART).order_by(TOLD_APART.c.one, TOLD_APART.c.other)
    return tuple((row.one, row.other) for row in connection.execute(query))
