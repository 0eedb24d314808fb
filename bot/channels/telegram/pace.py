"""When the next message may go out: to one chat, and at all. Time is the event loop's, never the clock's."""

from collections.abc import Callable

CHAT_SECONDS = 1.0
"""Between two messages to one person; Telegram's own advice."""

GROUP_SECONDS = 3.0
"""Between two messages to one group: Telegram takes 20 a minute."""

EVERY_SECONDS = 1 / 25
"""Between two messages to anybody; Telegram takes 30 a second."""

MOST_WAIT = 60.0
"""The longest pause between two tries after failures."""


class Pace:
    """Keeps the chats that rest. A chat that may be written to is not in memory."""

    def __init__(
        self, clock: Callable[[], float], chat: float = CHAT_SECONDS, every: float = EVERY_SECONDS
    ) -> None:
        self._clock = clock
        self._chat = chat
        self._every = every
        self._next = 0.0
        self._rests: dict[str, float] = {}
        self._failures: dict[str, int] = {}

    def resting(self) -> tuple[str, ...]:
        """The chats that nothing may be sent to now."""
        now = self._clock()
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        return tuple(self._rests)

    def wait(self) -> float:
        """Seconds until the first of the resting chats may be written to; infinite when none rests."""
        return max(min(self._rests.values(), default=float("inf")) - self._clock(), 0.0)

    def room(self, seconds: float) -> float:
        """How many messages may go out within so many seconds; infinite where there is no pace to keep."""
        return 1 + seconds // self._every if self._every else float("inf")

    def slot(self) -> float:
        """Takes the next place among all messages; gives how many seconds it is away."""
        now = self._clock()
        begins = max(now, self._next)
        self._next = begins + self._every
        return begins - now

    def sent(self, chat: str) -> None:
        """A message has gone to ``chat``."""
        self._failures.pop(chat, None)
        usual = self._chat * (GROUP_SECONDS / CHAT_SECONDS if chat.startswith("-") else 1)
        self.rest(chat, usual)

    def rest(self, chat: str, seconds: float) -> None:
        """Nothing is sent to ``chat`` for this long; the others go on."""
        if seconds > 0:
            self._rests[chat] = max(self._rests.get(chat, 0.0), self._clock() + seconds)

    def failed(self, chat: str) -> None:
        """A message to ``chat`` has failed: it rests, twice as long each time."""
        failures = self._failures.get(chat, 0)
        self._failures[chat] = failures + 1
        self.rest(chat, min(2.0 ** min(failures, 10) / 2, MOST_WAIT))
