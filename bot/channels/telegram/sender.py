"""Sends what waits in the outbox, one message after another, and notes each when it has gone.

Sending cannot be repeated safely: Telegram has no key by which it would know a message again, so a message
whose call has not been answered yet is in doubt, and is sent again after a crash. Therefore only one is in
doubt at a time: the messages go out in one lane, and the next begins when the last was answered and noted
in the store, however slow the answer is. So a killed process leaves at most one message that may go out
twice. A call that Telegram leaves unanswered altogether is in doubt for good, and its message goes out
again whatever happens; for ``TROUBLE_SECONDS`` after one, calls that take over ``LANE_SECONDS`` leave the
lane to the others (their own chats wait), because otherwise a part of Telegram that is down would stop
the rest. Only a process that is killed in that time may repeat more: those that had left the lane.

What goes wrong with one chat (too many messages, a block, a text that is refused) concerns that chat
alone. What was read from the outbox is old after ``FRESH_SECONDS`` and is read again: the person may have
deleted everything since. Of several processes one sends at a time; see ``Database.alone``.
"""

import asyncio
from contextlib import suppress

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError, TimedOut

from bot.channels.telegram.hearing import CHANNEL, FORGET
from bot.channels.telegram.message import Message, message, plain
from bot.channels.telegram.network import Network, TooMany
from bot.channels.telegram.pace import Pace
from bot.metrics import Metrics
from bot.service import Service, Unsent
from bot.turn import Heard
from locales.catalogue import Catalogues
from referral.fault import where
from referral.store.database import Still, StoreUnavailable

LANE_SECONDS = 0.5
TROUBLE_SECONDS = 60.0
FRESH_SECONDS = 0.1
ROUND = 50
"""How many answers are read at once, where the pace lets so many go out while they are fresh."""

SETTLE_SECONDS = 2.5
"""How long a call that is under way may still take when the service stops."""

LOOK_SECONDS = 0.5
"""How often the outbox is looked at for what other processes have put there."""

STORE_SECONDS = 0.5
"""Between two tries to reach a database that is out of reach."""

REFUSED_SECONDS = 30.0
"""How long every chat waits when Telegram refuses the token."""

MOST_SLOW = 20
"""Calls that may be under way at once."""

GONE = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid")
"""Telegram's words for a chat that is no more, where it does not say 403."""

_LOG = structlog.get_logger("digituki.telegram")


class Sender:
    """Made once; ``wake`` tells it that an answer was committed, ``run`` sends until it is cancelled."""

    def __init__(
        self,
        service: Service,
        bot: Bot,
        network: Network,
        catalogues: Catalogues,
        pace: Pace,
        metrics: Metrics,
    ) -> None:
        self._service = service
        self._address = bot.base_url
        self._network = network
        self._catalogues = catalogues
        self._pace = pace
        self._metrics = metrics
        self._woken = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._noting: set[str] = set()
        self._trouble_until = 0.0

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._woken.set()

    async def run(self, still: Still) -> None:
        """Sends while this process is the one that does. Raises StoreUnavailable when it may not be."""
        try:
            while True:
                await still()
                if not await self._round():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(min(self._pace.wait(), LOOK_SECONDS) + 0.001):
                            await self._woken.wait()
        finally:
            await self._settled()

    async def drain(self, still: Still, seconds: float) -> None:
        """Sends what can be sent at once, for at most this long; the rest stays in the outbox."""
        with suppress(TimeoutError, StoreUnavailable):
            async with asyncio.timeout(seconds):
                await still()
                while await self._round():
                    pass
        await self._settled()

    async def _round(self) -> bool:
        """Sends to chats that wait and may be written to; False when there was none."""
        self._woken.clear()
        old = _now() + FRESH_SECONDS
        most = int(min(ROUND, self._pace.room(FRESH_SECONDS)))
        waiting = await self._service.unsent(most, but=(*self._pace.resting(), *self._busy))
        for unsent in waiting:
            if _now() > old:
                break
            await asyncio.sleep(self._pace.slot())
            await self._in_lane(unsent)
        return bool(waiting)

    async def _in_lane(self, unsent: Unsent) -> None:
        while self._noting or len(self._busy) >= MOST_SLOW:
            await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
        task = asyncio.create_task(self._send(unsent))
        self._busy[unsent.address] = task
        task.add_done_callback(lambda done: self._finished(unsent.address, done))
        await asyncio.wait([task], timeout=LANE_SECONDS if _now() < self._trouble_until else None)

    def _finished(self, address: str, task: "asyncio.Task[None]") -> None:
        self._busy.pop(address, None)
        self._noting.discard(address)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            self._pace.failed(address)
            self._metrics.sent("fault")
            _LOG.error("fault in sending", channel=CHANNEL, **where(error))

    async def _settled(self) -> None:
        """Lets the calls that are under way end, so that what has gone out is noted."""
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=SETTLE_SECONDS)
        for task in [*self._busy.values()]:
            task.cancel()

    async def _send(self, unsent: Unsent) -> None:
        """Sends the first piece of ``unsent`` and notes it; what comes in between is told to the pace."""
        address = unsent.address
        outgoing = message(unsent.replies[0], unsent.language, self._catalogues)
        try:
            await self._out(address, outgoing)
        except TooMany as error:
            self._metrics.sent("too_many")
            self._pace.rest(address, error.seconds)
        except Forbidden:
            await self._gone(unsent)
        except ChatMigrated:
            await self._note(unsent, len(unsent.replies), "set_aside")
        except BadRequest as error:
            if any(words in str(error).lower() for words in GONE):
                await self._gone(unsent)
            else:
                await self._plainly(unsent)
        except InvalidToken:
            _LOG.error("Telegram refuses the token", channel=CHANNEL, setting="DIGITUKI_TELEGRAM_TOKEN")
            self._pace.rest(address, REFUSED_SECONDS)
        except TelegramError as error:
            if isinstance(error, TimedOut):
                self._trouble_until = _now() + TROUBLE_SECONDS
            self._metrics.sent("failed")
            self._pace.failed(address)
            _LOG.warning("Telegram did not take a message", channel=CHANNEL, error=type(error).__name__)
        else:
            await self._note(unsent, 1, "sent")

    async def _out(self, address: str, outgoing: Message) -> None:
        fields = {"chat_id": int(address), **outgoing.fields}
        await self._network.call(f"{self._address}/{outgoing.method}", fields)

    async def _plainly(self, unsent: Unsent) -> None:
        """Telegram refuses how the message looks: its words go out without markup, buttons or pin. If
        those are refused too the message is set aside, so that it does not stop what comes after it."""
        _LOG.error("Telegram refused a message as we made it", channel=CHANNEL)
        try:
            words = plain(unsent.replies[0], unsent.language, self._catalogues)
            await self._out(unsent.address, Message("sendMessage", {"text": words}))
        except BadRequest:
            _LOG.error("A message was set aside", channel=CHANNEL)
            await self._note(unsent, 1, "set_aside")
        except TelegramError:
            self._metrics.sent("failed")
            self._pace.failed(unsent.address)
        else:
            await self._note(unsent, 1, "plainly")

    async def _gone(self, unsent: Unsent) -> None:
        """The person has blocked the bot, or is no more: the conversation is forgotten."""
        gone = Heard(unsent.address, f"gone:{unsent.mark}", CHANNEL, choice=FORGET)
        while True:
            try:
                await self._service.hear(gone)
                break
            except StoreUnavailable:
                await asyncio.sleep(STORE_SECONDS)
        await self._note(unsent, len(unsent.replies), "gone")

    async def _note(self, unsent: Unsent, replies: int, outcome: str) -> None:
        """Notes what has gone out, however long the store takes; meanwhile nothing else is begun."""
        self._noting.add(unsent.address)
        self._metrics.sent(outcome)
        self._pace.sent(unsent.address)
        while True:
            try:
                await self._service.sent(unsent.mark, replies)
                break
            except StoreUnavailable:
                await asyncio.sleep(STORE_SECONDS)


def _now() -> float:
    return asyncio.get_running_loop().time()
