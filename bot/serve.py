"""The service running: the database open, the channels and the rooms of the site listening, the sweeping done."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

import structlog
from aiohttp.web import RouteDef

from bot import coordinators, demand, stored
from bot.channels import web
from bot.dialogue import step
from bot.known import Known
from bot.metrics import Metrics
from bot.render import renderer
from bot.rooms import rooms
from bot.service import HELSINKI, Service
from bot.settings import Settings
from locales.text import Text, as_written, say
from referral.migrations import upgrade
from referral.store import submissions
from referral.store.database import Database, StoreUnavailable, open_database

SWEEP_SECONDS = 300
"""How often what has outlived its time is deleted, and what has closed is released."""
_LOG = structlog.get_logger("digituki.serve")


def now() -> datetime:
    """This moment, in Helsinki."""
    return datetime.now(UTC).astimezone(HELSINKI)


def operator(settings: Settings) -> Text:
    """Who runs the service, as it is said."""
    return as_written(settings.operator) if settings.operator else say("not named yet")


async def serve(settings: Settings, known: Known) -> int:
    """Answers until it is told to stop; gives the exit status. Raises StoreUnavailable."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    metrics = Metrics()
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        service = _service(settings, known, database, metrics)
        try:
            async with (
                stored.opened(database, settings.database_url, known, lambda: now().date()),
                _swept(partial(_sweep, settings, known, service, database)),
                _telegram(settings, known, service, database, metrics) as routes,
                _web(settings, known, service, database, metrics, routes) as address,
            ):
                sys.stdout.write(f"digituki answers at {address} (stop with Ctrl-C)\n")
                sys.stdout.flush()
                await stop.wait()
        except OSError as error:
            sys.stderr.write(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop the other program, or choose another DIGITUKI_PORT.\n"
            )
            return 1
    return 0


def _service(settings: Settings, known: Known, database: Database, metrics: Metrics) -> Service:
    render = renderer(known.atlas, known.catalogues)
    return Service(database, step, render, known.world(operator(settings)), now, metrics)


@asynccontextmanager
async def _telegram(
    settings: Settings, known: Known, service: Service, database: Database, metrics: Metrics
) -> AsyncIterator[tuple[RouteDef, ...]]:
    """The Telegram channel where a token is set; the routes that it needs on the web server."""
    if not settings.telegram_token:
        yield ()
        return
    # Imported only where it is switched on: its library takes a fifth of a second of every start.
    from bot.channels import telegram

    account = telegram.Account.of(settings)
    async with telegram.open(service, database, known.catalogues, metrics, account) as routes:
        yield routes


@asynccontextmanager
async def _web(
    settings: Settings,
    known: Known,
    service: Service,
    database: Database,
    metrics: Metrics,
    others: tuple[RouteDef, ...],
) -> AsyncIterator[str]:
    shown = web.Operator(operator(settings), settings.operator_contact)
    attributions = tuple(line.text for line in known.atlas.attributions)
    async with web.open(
        service,
        known.catalogues,
        metrics,
        shown,
        attributions,
        settings.host,
        settings.port,
        others=others,
        rooms=rooms(settings, known, database),
    ) as address:
        yield address


async def _sweep(settings: Settings, known: Known, service: Service, database: Database) -> None:
    await service.sweep()
    frame = demand.frame_of(known.catalog, known.atlas, known.catalogues.languages)
    await demand.close(database, frame, settings, now())
    today, moment = now().date(), int(now().timestamp())
    await database.write(partial(coordinators.sweep, today=today, moment=moment))
    await database.write(partial(submissions.expire, today=today))


@asynccontextmanager
async def _swept(sweep: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Deletes what has outlived its time and releases the months that have closed, now and every few minutes."""

    async def sweeps() -> None:
        while True:
            try:
                await sweep()
            except StoreUnavailable:
                pass  # The next sweep does it.
            except demand.BadDemand as error:
                _LOG.error("nothing released", reason=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    sweeping = asyncio.create_task(sweeps())
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
