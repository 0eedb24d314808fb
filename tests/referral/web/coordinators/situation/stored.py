"""Releases put into a database as they are stored when months close."""

from functools import cache

from referral.demand.export import digest, to_json
from referral.demand.release import Release
from referral.store.database import Database
from referral.store.schema import RELEASES


async def store(database: Database, releases: tuple[Release, ...]) -> None:
    """Stores ``releases``."""
    rows = [_row(one) for one in releases]
    await database.write(lambda connection: connection.execute(RELEASES.insert(), rows))


@cache
def _row(release: Release) -> dict[str, str]:
    """Made once: to write two years of them takes as long as a test."""
    content = to_json(release)
    named = {"kind": release.kind, "period": release.period}
    return {**named, "sha256": digest(content), "content": content.decode()}
