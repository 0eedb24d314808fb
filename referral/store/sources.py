"""The sources that supply comes from, and when each was last read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from referral.store.database import insert
from referral.store.offers import day_of, whole_day
from referral.store.schema import SOURCES


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source: its name and kind, the day of the last import, and that of the last which told everything
    (None where there was none)."""

    name: str
    kind: str
    imported: date
    loaded: date | None


def note(connection: Connection, name: str, kind: str, day: date, *, whole: bool = False) -> None:
    """Notes that ``name`` was read on ``day``; ``whole`` says that it told everything it has."""
    number = whole_day(day)
    added = insert(connection.dialect.name, SOURCES)
    told = {"kind": added.excluded.kind, "imported": added.excluded.imported}
    if whole:
        told["loaded"] = added.excluded.loaded
    row = {"name": name, "kind": kind, "imported": number, "loaded": number if whole else 0}
    connection.execute(added.on_conflict_do_update(index_elements=["name"], set_=told), row)


def sources(connection: Connection) -> tuple[StoredSource, ...]:
    """All sources, by name."""
    rows = connection.execute(select(SOURCES).order_by(SOURCES.c.name))
    return tuple(
        StoredSource(row.name, row.kind, day_of(row.imported), day_of(row.loaded) if row.loaded else None)
        for row in rows
    )


def kinds(connection: Connection) -> dict[str, str]:
    """The kind of each source by its name."""
    return {row.name: row.kind for row in connection.execute(select(SOURCES.c.name, SOURCES.c.kind))}
