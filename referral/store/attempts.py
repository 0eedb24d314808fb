"""Failed attempts to sign in, counted for all processes together.

No network address is among them: only keyed hashes of what was typed as an e-mail address (whether there is
such an account or not, so that a wait tells nobody which there are) and of devices that have signed in
before. A count is forgotten an hour after its last attempt (``accounts.slowing``).
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select

from referral.accounts import slowing
from referral.accounts.slowing import FORGOTTEN, Count
from referral.store.database import hold
from referral.store.schema import ATTEMPTS

MOST_KEPT = 50_000
"""Counts that are kept; the oldest make room, so that nobody can fill the table."""


def try_once(connection: Connection, keys: Iterable[tuple[str, int]], now: int) -> int:
    """Seconds to wait, and then the attempt does not count; 0 for a go, which counts as failed until it is
    forgiven. ``keys`` are what is counted, with how many attempts cost no waiting; ``now`` is seconds since
    1970."""
    hold(connection, ["attempts"])
    held = {key: _find(connection, key) for key, _ in keys}
    seconds = slowing.longest(slowing.wait(held[key], free, now) for key, free in keys)
    if not seconds:
        _make_room(connection, now)
        for key, count in held.items():
            _put(connection, key, slowing.one_more(count, now))
    return seconds


def forgive(connection: Connection, key: str, whole: bool) -> None:
    """The attempt was right: the count of ``key`` loses one, or goes where it is the device's own."""
    hold(connection, ["attempts"])
    count = _find(connection, key)
    if count is not None and not whole and count.failed > 1:
        _put(connection, key, slowing.one_less(count))
    else:
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key == key))


def forget_over(connection: Connection, now: int) -> None:
    """Deletes the counts whose last attempt is long past at ``now``."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.moment <= now - FORGOTTEN))


def _find(connection: Connection, key: str) -> Count | None:
    query = select(ATTEMPTS.c.failed, ATTEMPTS.c.moment).where(ATTEMPTS.c.key == key)
    row = connection.execute(query).one_or_none()
    return None if row is None else Count(row.failed, row.moment)


def _put(connection: Connection, key: str, count: Count) -> None:
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key == key))
    connection.execute(ATTEMPTS.insert(), {"key": key, "failed": count.failed, "moment": int(count.last)})


def _make_room(connection: Connection, now: int) -> None:
    if (connection.scalar(select(func.count()).select_from(ATTEMPTS)) or 0) < MOST_KEPT:
        return
    forget_over(connection, now)
    oldest = select(ATTEMPTS.c.key).order_by(ATTEMPTS.c.moment).limit(MOST_KEPT // 10)
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key.in_(oldest.scalar_subquery())))
