"""Hears updates: each once, each person's in their order, and none lost before it is committed.

Polling and webhook both hand their updates in here, and move on only when it returns.
"""

import asyncio
from collections.abc import Coroutine, Iterable
from functools import partial

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.hearing import CHANNEL, BadUpdate, Reader, Received
from bot.channels.telegram.pieces import pieces
from bot.channels.telegram.sender import Sender
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues
from referral.fault import where
from referral.store.database import StoreUnavailable

TYPING_SECONDS = 1.0
"""When an answer takes longer than this, Telegram shows that somebody is writing."""

LATE_SECONDS = 5.0
"""When turns take longer than this, the log says so: it is the database that keeps them waiting."""

CLOSING_SECONDS = 1.0

_LOG = structlog.get_logger("digituki.telegram")


class Receiver:
    """Made once; polling or webhook calls ``receive``."""

    def __init__(
        self, service: Service, bot: Bot, catalogues: Catalogues, sender: Sender, metrics: Metrics
    ) -> None:
        self._service = service
        self._bot = bot
        self._catalogues = catalogues
        self._sender = sender
        self._metrics = metrics
        self._reader = Reader(catalogues)
        self._asides: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Iterable[object]) -> None:
        """Hears ``updates`` (as JSON gives them); afterwards each is committed, or set aside for good.

        Raises StoreUnavailable when one could not be saved: all of them may be handed in again.
        """
        read = [received for update in updates if (received := self._read(update))]
        # Acknowledged first, so that the button stops turning however long the answer takes.
        for received in read:
            if received.query:
                self._aside(self._acknowledged(received.query))
        late = asyncio.get_running_loop().call_later(LATE_SECONDS, _late)
        heard = await asyncio.gather(*map(self._heard_of_one, _by_person(read)), return_exceptions=True)
        late.cancel()
        self._sender.wake()
        for outcome in heard:
            if isinstance(outcome, BaseException):
                raise outcome

    async def close(self) -> None:
        """Lets what is under way besides the turns end."""
        if self._asides:
            await asyncio.wait(self._asides, timeout=CLOSING_SECONDS)
        for task in [*self._asides]:
            task.cancel()

    def _read(self, update: object) -> Received | None:
        try:
            received = self._reader.read(update)
        except BadUpdate as error:
            self._metrics.set_aside("unreadable")
            _LOG.warning("an update was set aside", channel=CHANNEL, error=error.reason)
            return None
        if received is None:
            self._metrics.set_aside("passed_over")
        return received

    async def _heard_of_one(self, turns: Iterable[Received]) -> None:
        """One person's turns, in order. After one that could not be saved none is heard: it is handed in
        again, and would come after those."""
        for received in turns:
            await self._heard(received)

    async def _heard(self, received: Received) -> None:
        typing = asyncio.get_running_loop().call_later(
            TYPING_SECONDS, lambda: self._aside(self._typing(received.address))
        )
        cut = partial(pieces, heard=received.heard, catalogues=self._catalogues)
        try:
            await self._service.hear(received.heard, received.address, cut)
        except StoreUnavailable:
            raise
        except Exception as error:
            # A fault of ours. Handed in again it would be the same, and keep back all that follow.
            self._metrics.set_aside("fault")
            _LOG.error("an update was set aside", channel=CHANNEL, **where(error))
        finally:
            typing.cancel()

    def _aside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _acknowledged(self, query: str) -> None:
        """A query that is too old, or was acknowledged before, needs nothing more."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            _LOG.info("a press was not acknowledged", channel=CHANNEL, error=type(error).__name__)

    async def _typing(self, address: str) -> None:
        if not address:
            return
        try:
            await self._bot.send_chat_action(int(address), ChatAction.TYPING)
        except TelegramError as error:
            _LOG.info("typing was not shown", channel=CHANNEL, error=type(error).__name__)


def _by_person(read: Iterable[Received]) -> Iterable[list[Received]]:
    """The turns of each conversation, in the order in which they came."""
    found: dict[str, list[Received]] = {}
    for received in read:
        found.setdefault(received.heard.conversation, []).append(received)
    return found.values()


def _late() -> None:
    _LOG.warning("the database is slow to answer", channel=CHANNEL, seconds=LATE_SECONDS)
