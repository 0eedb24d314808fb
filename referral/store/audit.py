"""The record of what coordinators did: who, what, about what, in which region, and when.

- ``write_audit(connection, seat, action, subject, region, sha256, moment)``: in the transaction of what
  is done, so that nothing is done that is not written down.
- ``audit(connection, coordinator, before, most) -> tuple[Deed, ...]``: the newest first.
- ``forget_before(connection, moment)``: deletes what has outlived its time.
"""

import secrets
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, delete, func, select

from referral.store.schema import AUDIT, COORDINATORS

KEPT_DAYS = 26 * 31
"""How long a line is kept: as long as the counters that it is about (26 months)."""


class Acting(Protocol):
    """Whoever does something."""

    @property
    def coordinator_id(self) -> str:
        """The id of the account; "" for the operator at the machine itself."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line. ``email`` is "" for the machine's operator and for an account that is gone. ``subject``
    is an account's address where the line is about one."""

    id: str
    moment: int
    email: str
    action: str
    subject: str
    region: str
    sha256: str


def write_audit(
    connection: Connection, seat: Acting, action: str, subject: str, region: str, sha256: str, moment: int
) -> None:
    """Adds a line. ``subject`` is an id or a file's name, never what somebody wrote; ``region`` a code
    or ""; ``sha256`` that of what was exported, else ""; ``moment`` seconds since 1970."""
    same = select(func.count()).select_from(AUDIT).where(AUDIT.c.moment == moment)
    # Ids are in the order of the lines, also of those of one second; the end parts what is written at once.
    id = f"{moment:012d}-{connection.scalar(same) or 0:06d}-{secrets.token_hex(4)}"
    row = {
        "id": id,
        "coordinator": seat.coordinator_id,
        "action": action,
        "subject": subject,
        "region": region,
        "sha256": sha256,
        "moment": moment,
    }
    connection.execute(AUDIT.insert(), row)


def audit(
    connection: Connection, coordinator: str = "", most: int = 100, before: str = ""
) -> tuple[Deed, ...]:
    """The last ``most`` lines, the newest first: those of one account, or of all for "".

    With ``before`` (a line's id) only older ones: the next page.
    """
    who, whom = COORDINATORS.alias("who"), COORDINATORS.alias("whom")
    joined = AUDIT.outerjoin(who, who.c.id == AUDIT.c.coordinator)
    joined = joined.outerjoin(whom, whom.c.id == AUDIT.c.subject)
    query = select(AUDIT, who.c.email, whom.c.email.label("about")).select_from(joined)
    if coordinator:
        query = query.where(AUDIT.c.coordinator == coordinator)
    if before:
        query = query.where(AUDIT.c.id < before)
    query = query.order_by(AUDIT.c.id.desc()).limit(most)
    return tuple(
        Deed(
            row.id, row.moment, row.email or "", row.action, row.about or row.subject, row.region, row.sha256
        )
        for row in connection.execute(query)
    )


def forget_before(connection: Connection, moment: int) -> None:
    """Deletes the lines older than ``moment`` (seconds since 1970)."""
    connection.execute(delete(AUDIT).where(AUDIT.c.moment < moment))
