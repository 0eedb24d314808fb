"""The one place where the Telegram channel is opened and closed.

Nothing here waits for Telegram before the rest may start: the web chat and the terminal work while
Telegram is down. What should run for ever is begun again when it fails, and the log says so.
"""

import asyncio
import resource
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import profile, webhook
from bot.channels.telegram.hearing import CHANNEL
from bot.channels.telegram.network import Network
from bot.channels.telegram.pace import CHAT_SECONDS, EVERY_SECONDS, Pace
from bot.channels.telegram.polling import POLL_SECONDS, poll
from bot.channels.telegram.receiver import Receiver
from bot.channels.telegram.sender import Sender
from bot.metrics import Metrics
from bot.service import Service
from bot.settings import Settings
from locales.catalogue import Catalogues
from referral.fault import where
from referral.store.database import Database, Still, StoreUnavailable

AGAIN_SECONDS = 1.0
PROFILE_SECONDS = 60.0
DRAIN_SECONDS = 2.0
"""How long messages are still sent when the service stops; the rest is sent at the next start."""

_LOG = structlog.get_logger("digituki.telegram")


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account: its token, the Bot API server, and the webhook with its secret ("" for polling).

    Neither token nor secret is shown when an account is printed.
    """

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"
    webhook: str = ""
    secret: str = field(default="", repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Account":
        """The account that the settings describe."""
        return cls(
            settings.telegram_token,
            settings.telegram_api,
            settings.telegram_webhook,
            settings.telegram_secret,
        )

    def bot(self, network: Network, listening: Network) -> Bot:
        """The library's bot over these networks, which the caller opens and closes."""
        return Bot(
            self.token,
            base_url=f"{self.api}/bot",
            base_file_url=f"{self.api}/file/bot",
            request=network,
            get_updates_request=listening,
        )


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds between messages to one chat, between any two, and that a poll is held open."""

    chat: float = CHAT_SECONDS
    every: float = EVERY_SECONDS
    poll: int = POLL_SECONDS


@asynccontextmanager
async def open(
    service: Service,
    database: Database,
    catalogues: Catalogues,
    metrics: Metrics,
    account: Account,
    speed: Speed | None = None,
) -> AsyncIterator[tuple[web.RouteDef, ...]]:
    """The channel, at work until the block ends; gives the routes that the web server must have for it.

    On leaving nothing more is received, what was received is committed, and messages are sent for
    ``DRAIN_SECONDS`` more.
    """
    speed = speed or Speed()
    # A crash must leave no copy of the memory, which has the token and what is being said in it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    async with Network() as network, Network() as listening:
        bot = account.bot(network, listening)
        pace = Pace(asyncio.get_running_loop().time, speed.chat, speed.every)
        sender = Sender(service, bot, network, catalogues, pace, metrics)
        receiver = Receiver(service, bot, catalogues, sender, metrics)

        async def exchange(still: Still) -> None:
            """What only one process does: it sends, and asks for updates where there is no webhook."""
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(sender.run(still))
                if not account.webhook:
                    tasks.create_task(poll(bot, listening, receiver, speed.poll))
                await sending

        async def alone() -> None:
            async with database.alone(CHANNEL) as still:
                try:
                    await exchange(still)
                finally:
                    await asyncio.shield(sender.drain(still, DRAIN_SECONDS))

        async def introduce() -> None:
            if account.webhook:
                await webhook.register(bot, account.webhook, account.secret)
            changed = await profile.publish(bot, catalogues)
            _LOG.info("Telegram is ready", channel=CHANNEL, count=changed)

        running = (
            asyncio.create_task(_kept_up(alone, AGAIN_SECONDS)),
            asyncio.create_task(_until_done(introduce)),
        )
        try:
            yield (webhook.route(receiver, account.webhook, account.secret),) if account.webhook else ()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await receiver.close()


async def _kept_up(work: Callable[[], Awaitable[None]], pause: float) -> None:
    """Runs ``work`` for ever; when it fails, again after ``pause`` seconds."""
    while True:
        try:
            await work()
        except* StoreUnavailable:
            _LOG.warning("the database is out of reach", channel=CHANNEL)
        except* Exception as errors:
            for error in errors.exceptions:
                _LOG.error("fault in the channel", channel=CHANNEL, **where(error))
        await asyncio.sleep(pause)


async def _until_done(work: Callable[[], Awaitable[None]]) -> None:
    """Runs ``work`` until it succeeds once."""
    pause = AGAIN_SECONDS
    while True:
        try:
            await work()
            return
        except InvalidToken:
            _LOG.error("Telegram refuses the token", channel=CHANNEL, setting="DIGITUKI_TELEGRAM_TOKEN")
        except TelegramError as error:
            _LOG.warning("Telegram is out of reach", channel=CHANNEL, error=type(error).__name__)
        except Exception as error:
            # A fault in making the profile must not end the channel, which works without it.
            _LOG.error("fault in the channel", channel=CHANNEL, **where(error))
        await asyncio.sleep(pause)
        pause = min(pause * 2, PROFILE_SECONDS)
