"""What imports nearly took, so that a coordinator can find it and take it.

A record is kept while the source has it and the rules leave it; with it, word for word, what the source
gave, so that it can be taken without asking the source again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from referral.directory.importers.choosing import Short, Shortfall
from referral.directory.importers.left_out import LeftOut
from referral.store.database import BATCH, insert, run_many
from referral.store.offers import clean, day_of, whole_day
from referral.store.overrules import overrules
from referral.store.schema import LEFT_OUT

_TOLD = (
    *("name", "organisation", "region", "municipalities"),
    *("how", "rule", "because", "against", "but", "sha256", "content", "seen"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of ``source`` that was left; ``seen`` is the day since when it has been like this, and
    ``decided`` what a coordinator has said of it: "" for nothing, "yes" to take it, "no" to leave it."""

    source: str
    found: LeftOut
    seen: date
    decided: str = ""


def keep(
    connection: Connection,
    source: str,
    found: Iterable[LeftOut],
    records: Mapping[str, str],
    day: date,
    looked_at: Collection[str] | None = None,
) -> None:
    """Keeps ``found`` of ``source`` with its ``records`` (id -> content) in the place of what was kept: of
    the records ``looked_at`` (ids), or for None of all. What is as it was is left alone."""
    rows = {one.record: _row(source, one, records.get(one.record, ""), day) for one in found}
    kept = {
        row.record: row.sha256
        for row in connection.execute(
            select(LEFT_OUT.c.record, LEFT_OUT.c.sha256).where(LEFT_OUT.c.source == source)
        )
    }
    gone = [id for id in kept if id not in rows and (looked_at is None or id in looked_at)]
    for first in range(0, len(gone), BATCH):
        forget(connection, source, gone[first : first + BATCH])
    added = insert(connection.dialect.name, LEFT_OUT)
    told = {name: added.excluded[name] for name in _TOLD}
    changed = [row for id, row in rows.items() if kept.get(id) != row["sha256"]]
    run_many(connection, added.on_conflict_do_update(index_elements=["source", "record"], set_=told), changed)


def forget(connection: Connection, source: str, ids: Iterable[str]) -> None:
    """Keeps these records no longer: they are gone, or have been taken."""
    theirs = LEFT_OUT.c.record.in_(tuple(ids))
    connection.execute(delete(LEFT_OUT).where(LEFT_OUT.c.source == source, theirs))


def left_out(connection: Connection, source: str = "") -> tuple[Kept, ...]:
    """What is kept of ``source``, or of all for "": the nearest first, then by name."""
    columns = [column for column in LEFT_OUT.columns if column.name != "content"]
    query = select(*columns)
    if source:
        query = query.where(LEFT_OUT.c.source == source)
    decided = {(one.source, one.record): one.take for one in overrules(connection, source)}
    words = {None: "", True: "yes", False: "no"}
    kept = [
        Kept(row.source, _found(row), day_of(row.seen), words[decided.get((row.source, row.record))])
        for row in connection.execute(query)
    ]
    order = tuple(Short)
    return tuple(
        sorted(
            kept, key=lambda one: (order.index(one.found.short.how), one.found.name.casefold(), one.source)
        )
    )


def find(connection: Connection, source: str, record: str) -> tuple[LeftOut, str] | None:
    """The record and what the source gave ("" where that was not kept); None where none is kept."""
    query = select(LEFT_OUT).where(LEFT_OUT.c.source == source, LEFT_OUT.c.record == record)
    row = connection.execute(query).one_or_none()
    return None if row is None else (_found(row), row.content)


def is_about(kept: Kept, sought: str) -> bool:
    """Whether every word of ``sought`` stands in what is told of the record; all do for ""."""
    found, short = kept.found, kept.found.short
    told = (found.name, found.organisation, found.record, short.rule, short.because, short.against, short.but)
    words = " ".join(told).casefold()
    return all(word in words for word in sought.casefold().split())


def _row(source: str, one: LeftOut, content: str, day: date) -> dict[str, str | int]:
    short = one.short
    told = {
        "source": source,
        "record": one.record,
        "name": clean(one.name),
        "organisation": clean(one.organisation),
        "region": one.region,
        "municipalities": " ".join(one.municipalities),
        "how": short.how.value,
        "rule": short.rule,
        "because": clean(short.because),
        "against": short.against,
        "but": clean(short.but),
        "content": clean(content),
    }
    digest = sha256("\n".join(told.values()).encode()).hexdigest()
    return {**told, "sha256": digest, "seen": whole_day(day)}


def _found(row: Row[Any]) -> LeftOut:
    short = Shortfall(Short(row.how), row.rule, row.because, row.against, row.but)
    return LeftOut(
        row.record, row.name, row.organisation, row.region, tuple(row.municipalities.split()), short
    )
