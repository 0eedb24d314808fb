"""The number that says whether what is shown has changed: every process looks at it.

- ``raise_it(connection)``: in the transaction of the change itself, so that nobody sees one without the other.
- ``revision(connection) -> int``: 0 for a database in which nothing has been written.
"""

from sqlalchemy import Connection, select

from referral.store.database import insert
from referral.store.schema import REVISIONS

DIRECTORY = "directory"
_NUMBER = select(REVISIONS.c.number).where(REVISIONS.c.name == DIRECTORY)


def raise_it(connection: Connection) -> None:
    """Says that what the directory shows has changed."""
    first = insert(connection.dialect.name, REVISIONS).values(name=DIRECTORY, number=1)
    one_more = {"number": REVISIONS.c.number + 1}
    connection.execute(first.on_conflict_do_update(index_elements=["name"], set_=one_more))


def revision(connection: Connection) -> int:
    """The present number."""
    return int(connection.scalar(_NUMBER) or 0)
