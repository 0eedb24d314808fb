"""Asks Telegram for updates. The offset moves only when every turn of the batch is committed.

(The library's own loop acknowledges a batch with its next request, before anything is handled: killed
then, it loses them all.)
"""

import asyncio
import json

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.hearing import CHANNEL, UPDATES
from bot.channels.telegram.network import Network, TooMany
from bot.channels.telegram.receiver import Receiver
from referral.store.database import StoreUnavailable

POLL_SECONDS = 30
"""How long Telegram holds a request open while there is nothing to give."""

BATCH = 100
STORE_SECONDS = 0.5
MOST_WAIT = 15.0
"""The longest pause between two tries to reach Telegram."""

_LOG = structlog.get_logger("digituki.telegram")


async def poll(bot: Bot, network: Network, receiver: Receiver, seconds: int = POLL_SECONDS) -> None:
    """Receives until it is cancelled. A cancelled turn was never acknowledged, so it comes again.

    Never raises what Telegram or the database do: it tries again, and the log says so.
    """
    offset, failures, watched = 0, 0, False
    while True:
        try:
            if not watched:
                # While a webhook is set Telegram refuses to be asked.
                await bot.delete_webhook(drop_pending_updates=False)
                watched = True
            batch = await updates(bot, network, offset, seconds)
            await receiver.receive(batch)
        except StoreUnavailable:
            await asyncio.sleep(STORE_SECONDS)
        except TelegramError as error:
            failures += 1
            watched = watched and not isinstance(error, Conflict)
            await _pause(error, failures)
        else:
            failures = 0
            after = max([offset, *(number + 1 for number in map(_number, batch))])
            if batch and after == offset:
                # A server that numbers nothing gives the same again; at least not without a pause.
                await asyncio.sleep(MOST_WAIT)
            offset = after


async def updates(bot: Bot, network: Network, offset: int, seconds: int) -> list[object]:
    """The next updates from ``offset``, as JSON gives them, oldest first. Raises TelegramError."""
    wanted = json.dumps(UPDATES)
    query = f"offset={offset}&limit={BATCH}&timeout={seconds}&allowed_updates={wanted}"
    batch = await network.post(
        f"{bot.base_url}/getUpdates?{query}", read_timeout=seconds + network.read_timeout
    )
    return sorted(batch, key=_number) if isinstance(batch, list) else []


async def _pause(error: TelegramError, failures: int) -> None:
    backing_off = min(0.5 * 2.0 ** min(failures - 1, 10), MOST_WAIT)
    seconds = error.seconds if isinstance(error, TooMany) else backing_off
    if isinstance(error, InvalidToken):
        _LOG.error("Telegram refuses the token", channel=CHANNEL, setting="DIGITUKI_TELEGRAM_TOKEN")
    else:
        _LOG.warning("Telegram gave no updates", channel=CHANNEL, error=type(error).__name__, seconds=seconds)
    await asyncio.sleep(seconds)


def _number(update: object) -> int:
    """An update's number; -1 where it has none, which moves no offset."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else -1
