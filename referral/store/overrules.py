"""Where a coordinator knows better than the rules which records of a register are digital support.

They take effect with the next import of that source.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select

from referral.store.database import insert
from referral.store.offers import day_of, whole_day
from referral.store.schema import OVERRULES


@dataclass(frozen=True, slots=True)
class Overrule:
    """A decision about a record of ``source``, by the source's own id: to take it or to leave it.

    ``serves`` (ids of needs or groups) and ``form`` are "" where what the rules say stays.
    """

    source: str
    record: str
    take: bool
    by: str
    day: date
    serves: str = ""
    form: str = ""


def overrule(connection: Connection, decision: Overrule) -> None:
    """Keeps ``decision`` in the place of an earlier one about the same record."""
    row = {
        "source": decision.source,
        "record": decision.record,
        "take": "yes" if decision.take else "no",
        "serves": decision.serves,
        "form": decision.form,
        "by": decision.by,
        "day": whole_day(decision.day),
    }
    added = insert(connection.dialect.name, OVERRULES)
    told = {name: added.excluded[name] for name in ("take", "serves", "form", "by", "day")}
    keys = ["source", "record"]
    connection.execute(added.on_conflict_do_update(index_elements=keys, set_=told), row)


def take_back(connection: Connection, source: str, record: str) -> bool:
    """Lets the rules decide again. False where nobody had overruled them."""
    one = (OVERRULES.c.source == source) & (OVERRULES.c.record == record)
    return bool(connection.execute(delete(OVERRULES).where(one)).rowcount)


def overrules(connection: Connection, source: str = "") -> tuple[Overrule, ...]:
    """The decisions about records of ``source``, or of all sources for "", by source and record."""
    query = select(OVERRULES).order_by(OVERRULES.c.source, OVERRULES.c.record)
    if source:
        query = query.where(OVERRULES.c.source == source)
    return tuple(
        Overrule(row.source, row.record, row.take == "yes", row.by, day_of(row.day), row.serves, row.form)
        for row in connection.execute(query)
    )
