"""Invitations: links that let somebody choose a password, once, within a week. Only their sha256 is stored.

- ``invite(connection, token, invitation)``: earlier links to the same address stop working.
- ``find(connection, token) -> Invitation | None``: also one that is over; ask ``is_good(day)``.
- ``use(connection, token, day) -> bool``: False where it was used or is over.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select, update

from referral.store.offers import day_of, whole_day
from referral.store.schema import INVITATIONS
from referral.store.sessions import digest

GOOD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom it is for, as what, its last day, and the day of its use. ``role`` is "" where an account gets
    new secrets and nothing else."""

    email: str
    role: str
    region: str
    expires: date
    used: date | None = None

    def is_good(self, day: date) -> bool:
        """Whether it may be used on ``day``."""
        return self.used is None and day <= self.expires


def invite(connection: Connection, token: str, invitation: Invitation) -> None:
    """Stores a new invitation in place of those to the same address."""
    connection.execute(delete(INVITATIONS).where(INVITATIONS.c.email == invitation.email))
    row = {"digest": digest(token), "email": invitation.email, "role": invitation.role}
    days = {"expires": whole_day(invitation.expires), "used": 0}
    connection.execute(INVITATIONS.insert(), {**row, "region": invitation.region, **days})


def find(connection: Connection, token: str) -> Invitation | None:
    """The invitation, even where it may no longer be used; None where there is none."""
    query = select(INVITATIONS).where(INVITATIONS.c.digest == digest(token))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    used = day_of(row.used) if row.used else None
    return Invitation(row.email, row.role, row.region, day_of(row.expires), used)


def waiting(connection: Connection, email: str) -> date | None:
    """The last day of the invitation that an address has and has not used; None where it has none."""
    query = select(INVITATIONS.c.expires).where(INVITATIONS.c.email == email, INVITATIONS.c.used == 0)
    last = connection.scalar(query)
    return day_of(last) if last else None


def use(connection: Connection, token: str, day: date) -> bool:
    """Uses it up; False, and nothing happens, where it was used or its time is over."""
    good = (INVITATIONS.c.used == 0) & (INVITATIONS.c.expires >= whole_day(day))
    mine = INVITATIONS.c.digest == digest(token)
    used = update(INVITATIONS).where(mine, good).values(used=whole_day(day))
    return bool(connection.execute(used).rowcount)


def forget_before(connection: Connection, day: date) -> None:
    """Deletes the invitations whose last day was before ``day``."""
    connection.execute(delete(INVITATIONS).where(INVITATIONS.c.expires < whole_day(day)))
