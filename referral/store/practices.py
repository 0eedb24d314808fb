"""Good practices that coordinators share: short posts with a topic and a region.

- ``share(connection, practice) -> str``: its id. ``change(connection, id, practice)``, ``remove(connection, id)``.
- ``practices(connection, region="", topic="") -> tuple[Practice, ...]``: the newest first.
- ``find(connection, id) -> Practice | None``
"""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, select, update

from referral.store.offers import clean, day_of, whole_day
from referral.store.schema import PRACTICES


@dataclass(frozen=True, slots=True)
class Practice:
    """A post. ``region`` is a code or "" for the whole country, ``topic`` a code of the page's own list,
    ``written_in`` a language, ``coordinator`` the id of who wrote it, ``day`` that of the last change."""

    region: str
    topic: str
    title: str
    body: str
    written_in: str
    coordinator: str
    day: date
    id: str = ""


def share(connection: Connection, practice: Practice) -> str:
    """Adds a post; gives its id."""
    id = secrets.token_urlsafe(9)
    connection.execute(PRACTICES.insert(), {**_row(practice), "id": id, "coordinator": practice.coordinator})
    return id


def change(connection: Connection, id: str, practice: Practice) -> None:
    """Puts the words of ``practice`` in the place of those of the post; it stays its author's."""
    connection.execute(update(PRACTICES).where(PRACTICES.c.id == id).values(_row(practice)))


def remove(connection: Connection, id: str) -> None:
    """Deletes a post."""
    connection.execute(delete(PRACTICES).where(PRACTICES.c.id == id))


def practices(connection: Connection, region: str = "", topic: str = "") -> tuple[Practice, ...]:
    """The posts of a region, or of all for "", and of a topic; the newest first."""
    query = select(PRACTICES).order_by(PRACTICES.c.day.desc(), PRACTICES.c.id)
    for column, value in ((PRACTICES.c.region, region), (PRACTICES.c.topic, topic)):
        if value:
            query = query.where(column == value)
    return tuple(_read(row) for row in connection.execute(query))


def find(connection: Connection, id: str) -> Practice | None:
    """The post with this id; None where there is none."""
    row = connection.execute(select(PRACTICES).where(PRACTICES.c.id == id)).one_or_none()
    return None if row is None else _read(row)


def _row(practice: Practice) -> dict[str, str | int]:
    return {
        "region": practice.region,
        "topic": practice.topic,
        "title": clean(practice.title),
        "body": clean(practice.body),
        "written_in": practice.written_in,
        "day": whole_day(practice.day),
    }


def _read(row: Row[tuple[str, ...]]) -> Practice:
    return Practice(
        row.region,
        row.topic,
        row.title,
        row.body,
        row.written_in,
        row.coordinator,
        day_of(row.day),
        row.id,
    )
