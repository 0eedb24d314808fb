"""The directory of the database: begun with what ships, read at start, and looked at by single commands."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url

from bot.known import Known
from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas
from referral.directory.current import Edition
from referral.directory.starter import load_directory, starter_digest
from referral.model import Offer
from referral.store.database import Database, StoreUnavailable, open_database
from referral.store.directory import read_edition
from referral.store.revision import revision
from referral.store.schema import OFFERS
from referral.store.starter import begin, has_begun
from referral.store.watch import watched
from referral.web.public.organisations import helpers

FIRST_SECONDS = 1.0
"""After which an empty database is filled: by then the first person has been answered."""

AGAIN_SECONDS = 5.0
"""When filling an empty database is tried again."""

_LOG = structlog.get_logger("digituki.directory")


@asynccontextmanager
async def opened(
    database: Database, url: str, known: Known, today: Callable[[], date]
) -> AsyncIterator[None]:
    """Gives ``known`` the directory of ``database``, which is at ``url``, and keeps it up with the tables.

    While an empty database is being filled, what ships answers from memory: a first start takes no longer
    than any other. Raises BadData, StoreUnavailable.
    """
    filling: asyncio.Task[None] | None = None
    if await database.read(revision):
        await begun(database, today())
        known.current.swap(await _at_start(database, known, today()))
    else:
        known.current.swap(Edition(load_directory(known.catalog, known.atlas)))
        filling = asyncio.create_task(_fill(url, known.directory.rows, today))
    helpers(known.directory)  # Made once of each directory: not while somebody waits for a page.
    gc.freeze()  # The directory is kept, as all that was read before.
    try:
        async with watched(database, url, known.current, known.atlas, today, helpers):
            yield
    finally:
        if filling:
            filling.cancel()
            with suppress(asyncio.CancelledError):
                await filling


async def begun(database: Database, today: date, rows: Iterable[Offer] = ()) -> None:
    """Puts what ships into the tables where this version of it is not there: ``rows``, or else what the
    sheet holds. Raises BadData, StoreUnavailable."""
    digest = starter_digest()
    if not await database.read(partial(has_begun, digest=digest)):
        rows = tuple(rows) or load_directory(load_catalog(), load_atlas()).rows
        await database.write(partial(begin, offers=rows, digest=digest, day=today))


async def _at_start(database: Database, known: Known, today: date) -> Edition:
    """The directory of the database; where it holds what this version cannot read, what ships answers."""
    try:
        return await database.read(partial(read_edition, atlas=known.atlas, today=today))
    except (ValueError, KeyError) as error:
        _LOG.error("the directory cannot be used, what ships answers", reason=type(error).__name__)
        return Edition(load_directory(known.catalog, known.atlas))


async def _fill(url: str, rows: Iterable[Offer], today: Callable[[], date]) -> None:
    """Fills an empty database by a thread with a connection of its own, so that nobody waits for it."""

    async def filled() -> None:
        async with open_database(url) as aside:
            await begun(aside, today(), rows)

    wait = FIRST_SECONDS
    while True:
        await asyncio.sleep(wait)
        try:
            await asyncio.to_thread(lambda: asyncio.run(filled()))
            return
        except StoreUnavailable as error:
            _LOG.warning("what ships is not in the database yet", reason=error.reason)
        wait = AGAIN_SECONDS


def look(settings: Settings, atlas: Atlas, today: date) -> Edition | None:
    """The directory of the database; None where there is none, or nothing in it. Raises StoreUnavailable."""

    def found(connection: Connection) -> Edition | None:
        begun = has_tables(connection) and revision(connection)
        return read_edition(connection, atlas, today) if begun else None

    async def reading() -> Edition | None:
        async with open_database(settings.database_url) as database:
            return await database.read(found)

    return asyncio.run(reading()) if is_there(settings) else None


def is_there(settings: Settings) -> bool:
    """Whether there may be a database: a file of SQLite that is missing is not made only to look into it."""
    url = make_url(settings.database_url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def has_tables(connection: Connection) -> bool:
    """Whether the database has a directory at all: one that nobody has started the service on has none."""
    return inspect(connection).has_table(OFFERS.name)
