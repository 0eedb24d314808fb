"""Raising the counters, and reading them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from referral.demand.counters import TABLES, Increment, oldest_kept
from referral.store.database import Database
from referral.store.schema import COUNTERS


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One counter: its table, its period, its codes in the order of the table's columns, and the count."""

    table: str
    period: str
    values: tuple[str, ...]
    count: int


async def raise_counters(
    database: Database, connection: AsyncConnection, increments: Iterable[Increment]
) -> None:
    """Adds ``increments`` to the counters, in the transaction of ``connection``."""
    # In one order everywhere, so that two transactions never wait for each other.
    for increment, by in sorted(Counter(increments).items()):
        table = COUNTERS[increment.table]
        codes = [column.name for column in table.primary_key if column.name != "period"]
        row = dict(zip(codes, increment.values, strict=True), period=increment.period, count=by)
        added = database.insert(table).values(row)
        await connection.execute(
            added.on_conflict_do_update(
                index_elements=list(table.primary_key),
                set_={"count": table.c.count + added.excluded.count},
            )
        )


async def demand_rows(connection: AsyncConnection) -> tuple[DemandRow, ...]:
    """Every raw counter, ordered by table, period and codes. For the operator's eyes on the machine only."""
    rows = []
    for declared in TABLES:
        table = COUNTERS[declared.name]
        codes = [table.c[column] for column in declared.columns]
        query = select(table.c.period, *codes, table.c.count).order_by(table.c.period, *codes)
        for period, *values, count in await connection.execute(query):
            rows.append(DemandRow(declared.name, period, tuple(values), count))
    return tuple(rows)


async def expire_counters(connection: AsyncConnection, today: date) -> None:
    """Deletes the counters that are past their months."""
    for declared in TABLES:
        table = COUNTERS[declared.name]
        await connection.execute(delete(table).where(table.c.period < oldest_kept(declared, today)))
