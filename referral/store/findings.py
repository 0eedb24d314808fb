"""A coordinator's own findings in the report of a region and a period.

- ``write_findings(connection, region, period, body, coordinator, day)``: takes the place of what was there.
- ``find_findings(connection, region, period) -> Findings | None``
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select

from referral.store.database import insert
from referral.store.offers import day_of, whole_day
from referral.store.schema import FINDINGS

LONGEST = 20_000
"""Characters; a report is read by people."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The words, the id of the account that wrote them last, and the day."""

    body: str
    coordinator: str
    day: date


def write_findings(
    connection: Connection, region: str, period: str, body: str, coordinator: str, day: date
) -> None:
    """Keeps ``body`` (at most LONGEST characters are kept) for the report; "" deletes what was there."""
    if not body.strip():
        kept = (FINDINGS.c.region == region) & (FINDINGS.c.period == period)
        connection.execute(delete(FINDINGS).where(kept))
        return
    row = {"region": region, "period": period, "body": body.strip()[:LONGEST], "coordinator": coordinator}
    added = insert(connection.dialect.name, FINDINGS).values(**row, day=whole_day(day))
    new = {name: added.excluded[name] for name in ("body", "coordinator", "day")}
    connection.execute(added.on_conflict_do_update(index_elements=["region", "period"], set_=new))


def find_findings(connection: Connection, region: str, period: str) -> Findings | None:
    """What was written for the report; None where nothing was."""
    query = select(FINDINGS).where(FINDINGS.c.region == region, FINDINGS.c.period == period)
    row = connection.execute(query).one_or_none()
    return None if row is None else Findings(row.body, row.coordinator, day_of(row.day))
