"""What sources gave, word for word: to look up what an offer was made of, and whether it has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, select

from referral.store.database import insert, run_many
from referral.store.offers import day_of, whole_day
from referral.store.schema import RECORDS


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a source under the source's own id, as it was last given; ``fetched`` is the day since
    when it has been like this."""

    source: str
    id: str
    sha256: str
    content: str
    fetched: date


def keep(connection: Connection, source: str, records: Iterable[tuple[str, str]], day: date) -> None:
    """Keeps the (id, content) pairs of ``source``; what is kept already in the same words is left alone."""
    rows = [
        {
            "source": source,
            "id": id,
            "sha256": sha256(content.encode()).hexdigest(),
            "content": content,
            "fetched": whole_day(day),
        }
        for id, content in records
    ]
    added = insert(connection.dialect.name, RECORDS)
    told = {name: added.excluded[name] for name in ("sha256", "content", "fetched")}
    differs = RECORDS.c.sha256 != added.excluded.sha256
    keys = ["source", "id"]
    run_many(connection, added.on_conflict_do_update(index_elements=keys, set_=told, where=differs), rows)


def find(connection: Connection, source: str, id: str) -> Record | None:
    """The record of ``source`` with its own id; None where none is kept."""
    query = select(RECORDS).where(RECORDS.c.source == source, RECORDS.c.id == id)
    row = connection.execute(query).one_or_none()
    return None if row is None else Record(row.source, row.id, row.sha256, row.content, day_of(row.fetched))


def ids(connection: Connection, source: str) -> tuple[str, ...]:
    """The ids of the records of ``source`` that are kept."""
    return tuple(connection.scalars(select(RECORDS.c.id).where(RECORDS.c.source == source)))
