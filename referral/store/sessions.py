"""Who is signed in. A session is found by the sha256 of the cookie, so the table opens nothing to who reads it.

- ``begin(connection, token, coordinator, form_secret, now)``
- ``find(connection, token) -> Session | None``, over or not: ask ``accounts.session.is_over``.
- ``seen(connection, token, now)``, ``end(connection, token)``, ``end_all(connection, coordinator, but)``
- ``forget_over(connection, now)``: deletes those whose time is over.
"""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, delete, func, select, update

from referral.accounts.session import ABSOLUTE, IDLE
from referral.store.schema import SESSIONS


@dataclass(frozen=True, slots=True)
class Session:
    """Whose it is, what its forms must say, when it began and was last seen (seconds since 1970)."""

    coordinator: str
    form_secret: str
    started: int
    seen: int


def digest(token: str) -> str:
    """What is stored in place of a token that cannot be guessed."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def begin(connection: Connection, token: str, coordinator: str, form_secret: str, now: int) -> None:
    """Begins a session for whoever has ``token``."""
    row = {"digest": digest(token), "coordinator": coordinator, "form_secret": form_secret}
    connection.execute(SESSIONS.insert(), {**row, "started": now, "seen": now})


def find(connection: Connection, token: str) -> Session | None:
    """The session of ``token``; None where there is none (any longer)."""
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.digest == digest(token))).one_or_none()
    return None if row is None else Session(row.coordinator, row.form_secret, row.started, row.seen)


def seen(connection: Connection, token: str, now: int) -> None:
    """Notes that the session is in use."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.digest == digest(token)).values(seen=now))


def end(connection: Connection, token: str) -> None:
    """Ends one session; nothing happens where it has ended."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == digest(token)))


def end_all(connection: Connection, coordinator: str, but: str = "") -> None:
    """Ends every session of an account, except that of the token ``but``."""
    ended = delete(SESSIONS).where(SESSIONS.c.coordinator == coordinator)
    connection.execute(ended.where(SESSIONS.c.digest != digest(but)) if but else ended)


def count(connection: Connection, coordinator: str) -> int:
    """How many sessions an account has."""
    query = select(func.count()).select_from(SESSIONS).where(SESSIONS.c.coordinator == coordinator)
    return int(connection.scalar(query) or 0)


def forget_over(connection: Connection, now: int) -> None:
    """Deletes the sessions that are over by ``now``."""
    over = (SESSIONS.c.seen <= now - IDLE) | (SESSIONS.c.started <= now - ABSOLUTE)
    connection.execute(delete(SESSIONS).where(over))
