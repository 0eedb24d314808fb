"""Keeps the directory in memory up with the tables, while the service answers.

Every process looks at the revision every other second. When it has changed, the directory is read and
built anew by a thread with a connection of its own, so that nothing of it runs on the loop that answers,
and then swapped whole. When the database cannot be read, or holds a row that cannot, the old directory
stays in use and the next look tries again.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial

import structlog

from knowledge.model import Atlas
from referral.directory.current import Current, Edition
from referral.directory.index import Directory
from referral.store.database import Database, StoreUnavailable, open_database
from referral.store.directory import read_edition
from referral.store.revision import revision

LOOK_SECONDS = 2.0
"""How often the revision is looked at: with the time that building takes, a change is seen within five."""

Prepare = Callable[[Directory], object]
"""What is given each new directory before it is used."""

_LOG = structlog.get_logger("digituki.directory")


@asynccontextmanager
async def watched(
    database: Database,
    url: str,
    current: Current,
    atlas: Atlas,
    today: Callable[[], date],
    prepare: Prepare | None = None,
) -> AsyncIterator[None]:
    """Swaps what ``current`` holds whenever the tables of ``database``, which is at ``url``, have changed.

    ``prepare`` makes what is made once of each directory, beside the loop and before the swap.
    """

    async def watching() -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await refresh(database, url, current, atlas, today(), prepare)

    task = asyncio.create_task(watching())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def refresh(
    database: Database,
    url: str,
    current: Current,
    atlas: Atlas,
    today: date,
    prepare: Prepare | None = None,
) -> bool:
    """Looks once; True where the directory has been swapped. It never raises for what a database holds."""
    try:
        number = await database.read(revision)
        # An empty database is being filled: what ships answers until it is.
        if not number or number == current.edition.revision:
            return False
        edition = await asyncio.to_thread(_read_aside, url, atlas, today, prepare)
    except StoreUnavailable as error:
        _LOG.warning("the directory cannot be looked at", reason=error.reason)
        return False
    except (ValueError, KeyError) as error:
        _LOG.error("the directory cannot be used, the old one stays", reason=type(error).__name__)
        return False
    current.swap(edition)
    _LOG.info("the directory has been swapped", offers=len(edition.directory.rows))
    return True


def _read_aside(url: str, atlas: Atlas, today: date, prepare: Prepare | None) -> Edition:
    """The directory, read in this thread.

    Nothing of it is garbage, and looking for some among so much that is new would stop every thread: so it
    is not looked for meanwhile, and the directory is set aside afterwards.
    """

    async def read() -> Edition:
        async with open_database(url) as aside:
            return await aside.read(partial(read_edition, atlas=atlas, today=today))

    was_on = gc.isenabled()
    gc.disable()
    try:
        edition = asyncio.run(read())
        if prepare:
            prepare(edition.directory)
        gc.freeze()
        return edition
    finally:
        if was_on:
            gc.enable()
