"""Raising the counters, and reading them.

A statement is made once and kept: making one costs more than running it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from referral.demand.counters import TABLES, Increment, oldest_kept
from referral.demand.period import next_month
from referral.store.database import Prepared, insert
from referral.store.schema import COUNTERS, RELEASES


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One counter: its table, its period, its codes in the order of the table's columns, and the count."""

    table: str
    period: str
    values: tuple[str, ...]
    count: int


def raise_counters(connection: Connection, increments: Iterable[Increment]) -> None:
    """Adds ``increments`` to the counters, in the transaction of ``connection``.

    What comes in for a month that has been released is counted in the month after the last released one.
    """
    increments = tuple(increments)
    if not increments:
        return
    released = _LAST_RELEASED.run(connection, {})[0][0] or ""
    open_now = next_month(released) if released else ""
    increments = tuple(
        one if len(one.period) == len("2026") or one.period >= open_now else replace(one, period=open_now)
        for one in increments
    )
    # In one order everywhere, so that two transactions never wait for each other.
    for increment, by in sorted(Counter(increments).items()):
        codes = {f"code_{place}": value for place, value in enumerate(increment.values)}
        row = {**codes, "period": increment.period, "by": by}
        _raising(connection.dialect.name, increment.table).run(connection, row)


_LAST_RELEASED = Prepared(select(func.max(RELEASES.c.period)).where(RELEASES.c.kind == "month"))


@cache
def _raising(dialect: str, name: str) -> Prepared:
    table = COUNTERS[name]
    declared = next(declared for declared in TABLES if declared.name == name)
    values: dict[str, Any] = {
        column: bindparam(f"code_{place}") for place, column in enumerate(declared.columns)
    }
    added = insert(dialect, table).values(period=bindparam("period"), count=bindparam("by"), **values)
    return Prepared(
        added.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={"count": table.c.count + added.excluded.count},
        )
    )


def demand_rows(connection: Connection) -> tuple[DemandRow, ...]:
    """Every raw counter, ordered by table, period and codes. For the operator's eyes on the machine only."""
    rows = []
    for declared in TABLES:
        table = COUNTERS[declared.name]
        codes = [table.c[column] for column in declared.columns]
        query = select(table.c.period, *codes, table.c.count).order_by(table.c.period, *codes)
        for period, *values, count in connection.execute(query):
            rows.append(DemandRow(declared.name, period, tuple(values), count))
    return tuple(rows)


def expire_counters(connection: Connection, today: date) -> None:
    """Deletes the counters that are past their months."""
    for declared in TABLES:
        table = COUNTERS[declared.name]
        connection.execute(delete(table).where(table.c.period < oldest_kept(declared, today)))


def demand_table(rows: Iterable[DemandRow]) -> Iterator[str]:
    """``rows`` as lines to read: a heading for each table, then one counter a line, parted by tabs."""
    heading = ""
    for row in rows:
        if row.table != heading:
            heading = row.table
            columns = next(table.columns for table in TABLES if table.name == heading)
            yield heading
            yield "\t".join(("period", *columns, "count"))
        yield "\t".join((row.period, *row.values, str(row.count)))
