"""Two offers of which a person knows better than the program: that they are two, or that they are one.

- ``apart(connection, one, other) -> bool``: from now on they are two cards, whatever they look like, and
  whoever said otherwise. False where they had been told apart already.
- ``together(connection, one, other) -> bool``: from now on they are one card (``twins.PRECEDENCE`` says
  which). False where they had been told to be the same already.
- ``told_apart(connection)``, ``told_same(connection) -> tuple[tuple[str, str], ...]``: all such pairs.
"""

from sqlalchemy import Connection, select

from referral.store.database import insert
from referral.store.revision import raise_it
from referral.store.schema import TOLD_PAIRS

APART, SAME = "apart", "same"


def apart(connection: Connection, one: str, other: str) -> bool:
    """Tells two offers, by their ids, apart; raises the revision."""
    return _tell(connection, one, other, APART)


def together(connection: Connection, one: str, other: str) -> bool:
    """Says that two offers, by their ids, are the same; raises the revision."""
    return _tell(connection, one, other, SAME)


def told_apart(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The pairs that have been told apart, each in the order of the ids."""
    return _told(connection, APART)


def told_same(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The pairs that have been told to be the same, each in the order of the ids."""
    return _told(connection, SAME)


def _tell(connection: Connection, one: str, other: str, how: str) -> bool:
    first, second = sorted((one, other))
    added = insert(connection.dialect.name, TOLD_PAIRS).values(one=first, other=second, how=how)
    told = added.on_conflict_do_update(
        index_elements=["one", "other"], set_={"how": how}, where=TOLD_PAIRS.c.how != how
    )
    if not connection.execute(told).rowcount:
        return False
    raise_it(connection)
    return True


def _told(connection: Connection, how: str) -> tuple[tuple[str, str], ...]:
    query = select(TOLD_PAIRS).where(TOLD_PAIRS.c.how == how).order_by(TOLD_PAIRS.c.one, TOLD_PAIRS.c.other)
    return tuple((row.one, row.other) for row in connection.execute(query))
