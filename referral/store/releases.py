"""What has been released: written once, by the month that closes, and never changed.

Closing runs in one transaction: the counters of the month are read, its release is stored, and from then
on ``raise_counters`` counts what comes in for it in the next month. Months close in order, and the first
that was ever counted is the first to be released.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from referral.demand.classes import Rule
from referral.demand.counters import TABLES
from referral.demand.export import digest, from_json, to_json
from referral.demand.frame import Frame
from referral.demand.period import ends_quarter, ends_year, next_month, quarter_of
from referral.demand.release import (
    Counters,
    Release,
    release_month,
    release_public,
    release_quarter,
    release_year,
)
from referral.store.database import hold
from referral.store.schema import COUNTERS, RELEASES


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """What is stored of a release: its kind and period, the sha256 of its content, and the content (JSON)."""

    kind: str
    period: str
    sha256: str
    content: bytes


def releases(connection: Connection, kind: str = "") -> tuple[StoredRelease, ...]:
    """Everything released, by kind and period; with ``kind`` only that."""
    query = select(RELEASES).order_by(RELEASES.c.kind, RELEASES.c.period)
    if kind:
        query = query.where(RELEASES.c.kind == kind)
    return tuple(
        StoredRelease(row.kind, row.period, row.sha256, row.content.encode())
        for row in connection.execute(query)
    )


def find_release(connection: Connection, kind: str, period: str) -> StoredRelease | None:
    """The release of this kind and period; None where there is none."""
    query = select(RELEASES).where(RELEASES.c.kind == kind, RELEASES.c.period == period)
    row = connection.execute(query).one_or_none()
    return None if row is None else StoredRelease(row.kind, row.period, row.sha256, row.content.encode())


def close_months(connection: Connection, last: str, frame: Frame, rule: Rule) -> tuple[StoredRelease, ...]:
    """Releases every month up to ``last`` that is not yet released, with the quarters and years they end.

    Gives what is new, () where nothing is. Within a year ``k`` stays as it was in the year's first
    release. Raises Unreleasable, and then nothing has been released.
    """
    hold(connection, ["releases"])
    new: list[StoredRelease] = []
    month = _next(connection)
    while month and month <= last:
        new += _close(connection, month, frame, rule)
        month = next_month(month)
    return tuple(new)


def _close(connection: Connection, month: str, frame: Frame, rule: Rule) -> tuple[StoredRelease, ...]:
    months = [one for one in _of_year(connection, "month", month) if one.period < month]
    rule = Rule(months[0].k) if months else rule
    counters = _counters(connection, [*(one.period for one in months), month])
    made = [release_month(month, counters, frame, rule)]
    months.append(made[0])
    if ends_quarter(month):
        part = [one for one in months if quarter_of(one.period) == quarter_of(month)]
        quarter = release_quarter(part, counters, frame)
        made += [quarter, release_public(quarter)]
        if ends_year(month):
            made.append(
                release_year([*_of_year(connection, "quarter", month), quarter], months, counters, frame)
            )
    return tuple(_save(connection, one) for one in made)


def _save(connection: Connection, release: Release) -> StoredRelease:
    content = to_json(release)
    stored = StoredRelease(release.kind, release.period, digest(content), content)
    row = {
        "kind": stored.kind,
        "period": stored.period,
        "sha256": stored.sha256,
        "content": content.decode(),
    }
    connection.execute(RELEASES.insert(), row)
    return stored


def _next(connection: Connection) -> str:
    """The month to be released next; "" where nothing has been counted yet."""
    last = connection.scalar(select(func.max(RELEASES.c.period)).where(RELEASES.c.kind == "month"))
    if last:
        return next_month(last)
    first = [
        connection.scalar(select(func.min(COUNTERS[table.name].c.period)))
        for table in TABLES
        if table.period == "month"
    ]
    return min((month for month in first if month), default="")


def _of_year(connection: Connection, kind: str, month: str) -> list[Release]:
    return [from_json(one.content) for one in releases(connection, kind) if one.period[:4] == month[:4]]


def _counters(connection: Connection, months: Iterable[str]) -> Counters:
    found: defaultdict[tuple[str, str], dict[tuple[str, ...], int]] = defaultdict(dict)
    periods = tuple(months)
    for declared in TABLES:
        if declared.period == "month":
            table = COUNTERS[declared.name]
            codes = [table.c[column] for column in declared.columns]
            query = select(table.c.period, *codes, table.c.count).where(table.c.period.in_(periods))
            for period, *values, count in connection.execute(query):
                found[declared.name, period][tuple(values)] = count
    return found
