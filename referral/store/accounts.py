"""The accounts of coordinators, and what they are assigned to.

An account is made with its first invitation and opens nothing until that has been used. E-mail
addresses are kept as they are compared: without spaces around them and in small letters.
"""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, Update, delete, select, update

from referral.accounts.roles import Assignment, Role
from referral.store import api_tokens, sessions
from referral.store.offers import day_of, whole_day
from referral.store.schema import ASSIGNMENTS, COORDINATORS, INVITATIONS, RECOVERY_CODES


@dataclass(frozen=True, slots=True)
class Account:
    """``password`` is an argon2id hash and ``totp`` the app's secret, both "" until the invitation was
    used. ``step`` is the last TOTP step that opened, ``closed`` the day on which it was closed."""

    id: str
    email: str
    password: str
    totp: str
    language: str
    step: int
    closed: date | None

    @property
    def is_open(self) -> bool:
        """Whether somebody can sign in with it."""
        return self.closed is None and bool(self.password)


def as_compared(email: str) -> str:
    """An address as accounts are found by it."""
    return email.strip().casefold()


def find(connection: Connection, email: str) -> Account | None:
    """The account with this address; None where there is none."""
    query = select(COORDINATORS).where(COORDINATORS.c.email == as_compared(email))
    return _read(connection.execute(query).one_or_none())


def by_id(connection: Connection, id: str) -> Account | None:
    """The account with this id; None where there is none."""
    return _read(connection.execute(select(COORDINATORS).where(COORDINATORS.c.id == id)).one_or_none())


def every(connection: Connection) -> tuple[Account, ...]:
    """All accounts by address, closed ones too."""
    rows = connection.execute(select(COORDINATORS).order_by(COORDINATORS.c.email))
    return tuple(account for account in map(_read, rows) if account)


def add(connection: Connection, email: str) -> str:
    """The id of the account with this address, made or opened again; it has no password until it is set."""
    known = find(connection, email)
    if known:
        connection.execute(_change(known.id).values(closed=0))
        return known.id
    row = {"id": secrets.token_hex(16), "email": as_compared(email), "password": "", "totp": ""}
    connection.execute(COORDINATORS.insert(), {**row, "language": "", "step": 0, "closed": 0})
    return row["id"]


def set_secrets(connection: Connection, id: str, password: str, totp: str, step: int) -> None:
    """Gives an account a new password and app, as somebody does who has used an invitation.

    Whoever was signed in with the old ones no longer is, and no old token opens anything.
    """
    connection.execute(_change(id).values(password=password, totp=totp, step=step))
    sessions.end_all(connection, id)
    api_tokens.revoke_all(connection, id)


def set_password(connection: Connection, id: str, password: str) -> None:
    """Puts a new hash in the place of the old one."""
    connection.execute(_change(id).values(password=password))


def set_language(connection: Connection, id: str, language: str) -> None:
    """Remembers the language that somebody works in."""
    connection.execute(_change(id).values(language=language))


def use_step(connection: Connection, id: str, step: int) -> bool:
    """Notes that the code of ``step`` has been used; False where it, or a later one, was used already."""
    fresh = _change(id).where(COORDINATORS.c.step < step).values(step=step)
    return bool(connection.execute(fresh).rowcount)


def close(connection: Connection, id: str, day: date) -> None:
    """Closes an account: nobody is signed in with it, and its secrets are gone."""
    values = {"closed": whole_day(day), "password": "", "totp": ""}
    connection.execute(_change(id).values(**values))
    connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.coordinator == id))
    email = select(COORDINATORS.c.email).where(COORDINATORS.c.id == id).scalar_subquery()
    connection.execute(delete(INVITATIONS).where(INVITATIONS.c.email == email))
    sessions.end_all(connection, id)
    api_tokens.revoke_all(connection, id)


def forget_closed_before(connection: Connection, day: date) -> None:
    """Deletes the accounts that were closed before ``day``, with their assignments."""
    gone = select(COORDINATORS.c.id).where(COORDINATORS.c.closed > 0, COORDINATORS.c.closed < whole_day(day))
    connection.execute(delete(ASSIGNMENTS).where(ASSIGNMENTS.c.coordinator.in_(gone)))
    connection.execute(delete(COORDINATORS).where(COORDINATORS.c.id.in_(gone)))


def assignments(connection: Connection, id: str) -> tuple[Assignment, ...]:
    """What an account is, was and will be assigned to, in the order of its beginnings."""
    query = select(ASSIGNMENTS).where(ASSIGNMENTS.c.coordinator == id)
    ordered = query.order_by(ASSIGNMENTS.c.since, ASSIGNMENTS.c.role, ASSIGNMENTS.c.region)
    return tuple(
        Assignment(Role(row.role), row.region, day_of(row.since), day_of(row.until) if row.until else None)
        for row in connection.execute(ordered)
    )


def assign(connection: Connection, id: str, assignment: Assignment) -> None:
    """Adds an assignment; one with the same role, region and first day is replaced."""
    row = {
        "coordinator": id,
        "role": assignment.role.value,
        "region": assignment.region,
        "since": whole_day(assignment.since),
        "until": whole_day(assignment.until) if assignment.until else 0,
    }
    table = ASSIGNMENTS.c
    same = (table.coordinator == id) & (table.role == row["role"]) & (table.region == row["region"])
    connection.execute(delete(ASSIGNMENTS).where(same, table.since == row["since"]))
    connection.execute(ASSIGNMENTS.insert(), row)


def unassign(connection: Connection, id: str, role: Role, region: str, last: date) -> int:
    """Ends the assignments of ``role`` in ``region`` after the day ``last``; how many there were."""
    table = ASSIGNMENTS.c
    same = (table.coordinator == id) & (table.role == role.value) & (table.region == region)
    later = (table.until == 0) | (table.until > whole_day(last))
    ended = connection.execute(update(ASSIGNMENTS).where(same, later).values(until=whole_day(last))).rowcount
    # What would have begun afterwards never does.
    connection.execute(delete(ASSIGNMENTS).where(same, table.since > whole_day(last)))
    return ended


def _change(id: str) -> Update:
    return update(COORDINATORS).where(COORDINATORS.c.id == id)


def _read(row: Row[tuple[str, ...]] | None) -> Account | None:
    if row is None:
        return None
    closed = day_of(row.closed) if row.closed else None
    return Account(row.id, row.email, row.password, row.totp, row.language, row.step, closed)
