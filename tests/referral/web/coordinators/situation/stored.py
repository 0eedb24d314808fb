"""Releases put into a database as they are stored when months close."""

from functools import partial

from sqlalchemy import Connection

from referral.demand.export import digest, to_json
from referral.demand.release import Release
from referral.store.database import Database
from referral.store.schema import RELEASES


async def store(database: Database, releases: tuple[Release, ...]) -> None:
    """Stores ``releases``."""
    await database.write(partial(_insert, releases=releases))


def _insert(connection: Connection, releases: tuple[Release, ...]) -> None:
    for one in releases:
        content = to_json(one)
        row = {"kind": one.kind, "period": one.period, "sha256": digest(content), "content": content.decode()}
        connection.execute(RELEASES.insert(), row)
