"""One turn, one transaction: the thin shell around the pure dialogue.

A channel hands in what it heard, with its own name for the conversation (a chat id, a browser's
token); the service remembers, counts, and gives back what to say. State, counters and answer are
committed together before anything is said. So a crash at any point loses nothing and counts nothing
twice: before the commit the channel delivers the turn again; after it the stored answer is given.

Turns of one conversation are handled one after the other, in the order in which they came: within
this process by a queue, between processes by the database.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import perf_counter
from uuid import UUID
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot.memory import read, write
from bot.metrics import Metrics
from bot.reaction import Dialogue, Reaction, RenderFunction, StepFunction
from bot.said import Said, SaidReply
from bot.turn import Heard, World
from referral.store import conversations, demand, peppers
from referral.store.conversations import Conversation, StoredTurn
from referral.store.database import Database, StoreUnavailable, hold
from referral.store.peppers import HOURS_A_WEEK, Names, Peppers

HELSINKI = ZoneInfo("Europe/Helsinki")

COMPLAIN_SECONDS = 5.0
"""Between two lines in the log that say that the database is out of reach."""

MOST_KEPT = 500
"""Answers that wait in memory to be sent, besides those in the database: what Telegram takes in 20 seconds."""

_LOG = structlog.get_logger("digituki.service")


@dataclass(frozen=True, slots=True)
class Unsent:
    """An answer, or the rest of one, that is still to be sent to ``address``. ``mark`` names its turn."""

    mark: str
    address: str
    language: str
    replies: tuple[SaidReply, ...]


def _as_it_is(said: Said) -> Said:
    return said


class Service:
    """Hears, remembers, counts, answers. Made once by the command line and shared by all channels.

    ``world`` gives the world at a moment (the directory may have been swapped since the last turn);
    ``clock`` gives that moment, aware. ``step`` is ``bot.dialogue.step`` and ``render`` is
    ``bot.render.render``.
    """

    def __init__(
        self,
        database: Database,
        step: StepFunction,
        render: RenderFunction,
        world: Callable[[datetime], World],
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._dialogue = Dialogue(step, render, world)
        self._clock = clock
        self._metrics = metrics
        self._peppers = Peppers(database)
        self._queues: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._token_secret = b""
        self._quiet_until = 0.0
        self._lately: dict[str, Said] = {}
        """Answers that are to be sent, by the mark of their turn: reading one again takes as long as
        sending it."""

    async def hear(
        self, heard: Heard, address: str = "", arrange: Callable[[Said], Said] = _as_it_is
    ) -> Said:
        """What to say in answer to ``heard``, after it has been committed.

        ``heard.conversation`` is the channel's own name for the conversation, never empty; it is
        replaced by a keyed hash before anything else sees it. A ``heard.turn`` that was heard before
        in this conversation gives the stored answer again and changes nothing. A fault in the dialogue
        gives a kind sentence. An empty ``heard.turn`` is never a repeat. ``address`` is where the answer
        is to be sent by a channel that sends later (Telegram); it is stored until ``sent`` has been
        called for every reply. ``arrange`` cuts the answer into replies of the size that such a channel
        sends in one piece; it is pure. Raises StoreUnavailable when nothing could be saved: the turn may
        be repeated. Raises ValueError for a conversation without a name.
        """
        if not heard.conversation:
            raise ValueError("a conversation without a name would be everybody's")
        heard = heard if heard.turn else replace(heard, turn=secrets.token_hex(16))
        began = perf_counter()
        outcome = "unavailable"
        # Nothing is awaited before this queue is joined, so that turns join it in the order they came.
        queue = self._queues.setdefault((heard.channel, heard.conversation), asyncio.Lock())
        async with queue:
            try:
                said, outcome = await self._hear(heard, address, arrange)
            except StoreUnavailable as error:
                self._complain(error)
                raise
            finally:
                self._metrics.turn(heard.channel, outcome, perf_counter() - began)
        if self._quiet_until:
            self._quiet_until = 0.0
            _LOG.info("store available again")
        return said

    async def new_conversation(self, turn: str) -> str:
        """A token for a new conversation of a browser: 64 hexadecimal digits.

        The same random (version 4) UUID in ``turn`` gives the same token, so that a repeated first
        turn finds its conversation; anything else gives a random token. Raises StoreUnavailable.
        """
        try:
            uuid = UUID(turn)
        except ValueError:
            return secrets.token_hex(32)
        if uuid.version != 4:
            return secrets.token_hex(32)
        if not self._token_secret:
            self._token_secret = await self._database.write(partial(peppers.lasting_secret, name="token"))
        return peppers.digest(self._token_secret, str(uuid))

    def greet(self, channel: str, language_hint: str = "") -> Said:
        """The greeting that a page shows before anything is written. Stores and counts nothing."""
        now = self._now()
        heard = Heard(conversation="", turn="", channel=channel, language_hint=language_hint)
        return self._dialogue.react(heard, Conversation.new("", _hour(now)), now).said

    async def said_before(self, channel: str, conversation: str) -> tuple[Said, ...]:
        """Everything said in this conversation so far, oldest first; () for an unknown or forgotten one.

        What the person wrote is not among it, because it is never stored. Raises StoreUnavailable.
        """
        hour = _hour(self._now())
        names = await self._peppers.names(hour, channel, conversation)
        written = await self._database.read(lambda connection: _said_before(connection, names, hour))
        return tuple(said for text in written if (said := read(Said, text)))

    async def unsent(self, limit: int = 100, but: tuple[str, ...] = ()) -> tuple[Unsent, ...]:
        """The oldest answer still to be sent to each address, at most ``limit`` of them.

        The addresses in ``but`` are left out: nothing is to be sent there now. Raises StoreUnavailable.
        """
        stored = await self._database.read(partial(conversations.unsent, limit=limit, but=but))
        found = []
        for turn in stored:
            said = (
                self._lately.get(turn.mark)
                or read(Said, turn.said)
                or self._dialogue.apology("", self._now())
            )
            found.append(Unsent(turn.mark, turn.address, said.language, said.replies[-turn.unsent :]))
        return tuple(found)

    async def sent(self, mark: str, replies: int = 1) -> None:
        """Notes that ``replies`` more replies of a turn have been sent; its address goes with the last.

        Raises StoreUnavailable.
        """
        await self._database.write(partial(conversations.sent, mark=mark, replies=replies))
        said = self._lately.pop(mark, None)
        if said and (left := said.replies[replies:]):
            self._lately[mark] = replace(said, replies=left)

    async def ready(self) -> None:
        """Returns when the database can be written to and has its tables; raises StoreUnavailable."""
        await self._database.write(conversations.count)

    async def sweep(self) -> None:
        """Deletes what has outlived its time; the server calls it every few minutes.

        Raises StoreUnavailable; what was not deleted then is deleted the next time.
        """
        await self._database.write(partial(_sweep, now=self._now()))
        await self._database.tidy()

    async def _hear(self, heard: Heard, address: str, arrange: Callable[[Said], Said]) -> tuple[Said, str]:
        now = self._now()
        names = await self._peppers.names(_hour(now), heard.channel, heard.conversation, heard.turn)

        def one_turn(connection: Connection) -> tuple[Said, str]:
            hold(connection, names.keys)
            repeated = conversations.find_turn(connection, names.marks)
            if repeated is not None:
                return read(Said, repeated) or self._dialogue.apology(heard.language_hint, now), "repeated"
            before = _remembered(connection, names, _hour(now))
            reaction = self._dialogue.react(replace(heard, conversation=before.key), before, now)
            reaction = replace(reaction, said=arrange(reaction.said))
            _keep(connection, names, reaction, address, _hour(now))
            return reaction.said, reaction.outcome

        said, outcome = await self._database.write(one_turn)
        if outcome == "forgotten":
            self._lately.clear()
        elif address and outcome == "answered":
            self._lately[names.marks[0]] = said
            if len(self._lately) > MOST_KEPT:
                del self._lately[next(iter(self._lately))]
        return said, outcome

    def _complain(self, error: StoreUnavailable) -> None:
        """A line in the log, but not one for every turn that waits."""
        if perf_counter() > self._quiet_until:
            self._quiet_until = perf_counter() + COMPLAIN_SECONDS
            _LOG.error("store unavailable", code=error.code, reason=error.reason)

    def _now(self) -> datetime:
        return self._clock().astimezone(HELSINKI)


def _remembered(connection: Connection, names: Names, hour: int) -> Conversation:
    """The conversation as it stands; a new one where there is none or its time is over."""
    found = conversations.find(connection, names.keys)
    if found is not None and not found.expired(hour):
        return found
    if found is not None:
        conversations.drop(connection, found)
    return Conversation.new(names.keys[0], hour)


def _keep(connection: Connection, names: Names, reaction: Reaction, address: str, hour: int) -> None:
    """Stores everything that a turn leads to."""
    # A clock may have been set back; nobody is forgotten sooner for it.
    after = replace(reaction.after, seen=max(hour, reaction.after.seen))
    said = write(reaction.said)
    turn = StoredTurn(names.marks[0], said, address, len(reaction.said.replies) if address else 0)
    if reaction.outcome == "forgotten":
        conversations.forget(connection, names.keys, farewell=said)
        # The farewell is kept by itself, until it is sent and for a repeat of this turn.
        conversations.save_turn(connection, turn, "", after.turns, hour)
    else:
        conversations.save(connection, after)
        conversations.save_turn(connection, turn, after.key, after.turns, hour)
    demand.raise_counters(connection, reaction.increments)


def _said_before(connection: Connection, names: Names, hour: int) -> tuple[str, ...]:
    found = conversations.find(connection, names.keys)
    if found is None or found.expired(hour):
        return ()
    return conversations.said_before(connection, found)


def _sweep(connection: Connection, now: datetime) -> None:
    peppers.rotate(connection, _hour(now) // HOURS_A_WEEK)
    conversations.expire(connection, _hour(now))
    demand.expire_counters(connection, now.date())


def _hour(moment: datetime) -> int:
    """Whole hours since 1970."""
    return int(moment.timestamp() // 3600)
