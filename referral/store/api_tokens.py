"""The tokens by which programs fetch exports in a coordinator's name. Only their sha256 is stored.

- ``make(connection, token, coordinator, name, scope, region, day, expires)``
- ``find(connection, token) -> ApiToken | None``: also one that is over; ask ``is_good(day)``.
- ``of_coordinator(connection, coordinator) -> tuple[ApiToken, ...]``, the newest first.
- ``revoke(connection, coordinator, id, day) -> bool``, ``revoke_all(connection, coordinator)``
"""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, select, update

from referral.store.offers import day_of, whole_day
from referral.store.schema import API_TOKENS
from referral.store.sessions import digest


@dataclass(frozen=True, slots=True)
class ApiToken:
    """Whose token it is, what it is called, what it is for (a key of SCOPES), in which region ("" for all
    of its owner's), when it was made, its last day, and the day on which it was revoked."""

    id: str
    coordinator: str
    name: str
    scope: str
    region: str
    made: date
    expires: date
    revoked: date | None

    def is_good(self, day: date) -> bool:
        """Whether it opens something on ``day``."""
        return self.revoked is None and day <= self.expires


def make(
    connection: Connection,
    token: str,
    coordinator: str,
    name: str,
    scope: str,
    region: str,
    day: date,
    expires: date,
) -> str:
    """Stores a new token; gives the id by which it can be revoked."""
    id = secrets.token_hex(8)
    row = {"digest": digest(token), "id": id, "coordinator": coordinator, "name": name, "scope": scope}
    days = {"made": whole_day(day), "expires": whole_day(expires), "revoked": 0}
    connection.execute(API_TOKENS.insert(), {**row, "region": region, **days})
    return id


def find(connection: Connection, token: str) -> ApiToken | None:
    """The token, even where it may no longer be used; None where there is none."""
    row = connection.execute(select(API_TOKENS).where(API_TOKENS.c.digest == digest(token))).one_or_none()
    return None if row is None else _read(row)


def of_coordinator(connection: Connection, coordinator: str) -> tuple[ApiToken, ...]:
    """All tokens of an account, those revoked too."""
    query = select(API_TOKENS).where(API_TOKENS.c.coordinator == coordinator)
    ordered = query.order_by(API_TOKENS.c.made.desc(), API_TOKENS.c.id)
    return tuple(_read(row) for row in connection.execute(ordered))


def revoke(connection: Connection, coordinator: str, id: str, day: date) -> bool:
    """Ends a token of this account; False where it has no such token, or it was revoked already."""
    own = (API_TOKENS.c.coordinator == coordinator) & (API_TOKENS.c.id == id) & (API_TOKENS.c.revoked == 0)
    done = connection.execute(update(API_TOKENS).where(own).values(revoked=whole_day(day)))
    return bool(done.rowcount)


def revoke_all(connection: Connection, coordinator: str) -> None:
    """Deletes the tokens of an account."""
    connection.execute(delete(API_TOKENS).where(API_TOKENS.c.coordinator == coordinator))


def forget_before(connection: Connection, day: date) -> None:
    """Deletes the tokens whose last day was before ``day``."""
    connection.execute(delete(API_TOKENS).where(API_TOKENS.c.expires < whole_day(day)))


def _read(row: Row[tuple[str, ...]]) -> ApiToken:
    revoked = day_of(row.revoked) if row.revoked else None
    made, expires = day_of(row.made), day_of(row.expires)
    return ApiToken(row.id, row.coordinator, row.name, row.scope, row.region, made, expires, revoked)
