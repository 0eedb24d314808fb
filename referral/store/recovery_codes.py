"""The recovery codes that are left: keyed digests, deleted when they are used."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select

from referral.store.schema import RECOVERY_CODES


def replace_all(connection: Connection, coordinator: str, digests: Iterable[str]) -> None:
    """Puts new codes in the place of those that were left."""
    connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.coordinator == coordinator))
    rows = [{"coordinator": coordinator, "digest": digest} for digest in digests]
    if rows:
        connection.execute(RECOVERY_CODES.insert(), rows)


def use(connection: Connection, coordinator: str, digest: str) -> bool:
    """Takes a code away; False where it is not there (any longer)."""
    own = (RECOVERY_CODES.c.coordinator == coordinator) & (RECOVERY_CODES.c.digest == digest)
    return bool(connection.execute(delete(RECOVERY_CODES).where(own)).rowcount)


def left(connection: Connection, coordinator: str) -> int:
    """How many codes are left."""
    own = select(func.count()).select_from(RECOVERY_CODES).where(RECOVERY_CODES.c.coordinator == coordinator)
    return int(connection.scalar(own) or 0)
