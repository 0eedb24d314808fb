"""One turn, one transaction: the thin shell around the pure dialogue.

A channel hands in what it heard, with its own name for the conversation (a chat id, a browser's
token); the service remembers, counts, and gives back what to say.
"""

from collections.abc import Callable
from datetime import datetime

from bot.said import Said
from bot.turn import Heard, Reply, State, Turn, World
from referral.store.database import Database

StepFunction = Callable[[State, Heard, World], Turn]
RenderFunction = Callable[[tuple[Reply, ...], str], Said]


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
    ) -> None:
        self._database = database
        self._step = step
        self._render = render
        self._world = world
        self._clock = clock

    async def hear(self, heard: Heard, address: str = "") -> Said:
        """What to say in answer to ``heard``, after it has been committed.

        ``heard.conversation`` is the channel's own name for the conversation, never empty; it is
        replaced by a keyed hash before anything else sees it. A ``heard.turn`` that was heard before
        in this conversation gives the stored answer again and changes nothing. A fault in the dialogue
        gives a kind sentence. ``address`` is where the answer is to be sent by a channel that sends
        later (Telegram); it is stored until ``sent`` is called. Raises StoreUnavailable when nothing
        could be saved: then nothing has happened, and the turn may be repeated.
        """
        raise NotImplementedError

    async def new_conversation(self, turn: str) -> str:
        """A token for a new conversation of a browser.

        The same random (version 4) UUID in ``turn`` gives the same token, so that a repeated first
        turn finds its conversation; anything else gives a random token.
        Raises StoreUnavailable.
        """
        raise NotImplementedError

    def greet(self, channel: str, language_hint: str = "") -> Said:
        """The greeting that a page shows before anything is written. Stores and counts nothing."""
        raise NotImplementedError

    async def said_before(self, channel: str, conversation: str) -> tuple[Said, ...]:
        """Everything said in this conversation so far, oldest first; () for an unknown or forgotten one.

        What the person wrote is not among it, because it is never stored. Raises StoreUnavailable.
        """
        raise NotImplementedError

    async def ready(self) -> None:
        """Returns when the database can be reached and written to; raises StoreUnavailable otherwise."""
        raise NotImplementedError

    async def sweep(self) -> None:
        """Deletes what has outlived its time; the server calls it every few minutes."""
        raise NotImplementedError
