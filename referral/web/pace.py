"""How fast one address may send: a bucket of tokens each, in memory only.

A library or a care home has one address for many people, so the limit is wide: it stops a flood,
not a conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass

MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Pace:
    """Counts what each address sends. ``burst`` messages at once, then ``rate`` a second."""

    def __init__(self, clock: Callable[[], float], burst: float = 120, rate: float = 4) -> None:
        self._clock = clock
        self._burst = burst
        self._rate = rate
        self._buckets: dict[str, _Bucket] = {}

    def allows(self, address: str) -> bool:
        """Whether one more message from ``address`` is in time; always for ""."""
        if not address:
            return True
        now = self._clock()
        bucket = self._buckets.get(address)
        if bucket is None:
            self._make_room(now)
            bucket = self._buckets[address] = _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled) * self._rate)
        bucket.filled = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def _make_room(self, now: float) -> None:
        """Forgets the addresses whose buckets are full again, and everything if that is not enough."""
        if len(self._buckets) < MOST_ADDRESSES:
            return
        full = self._burst / self._rate
        self._buckets = {key: one for key, one in self._buckets.items() if now - one.filled < full}
        if len(self._buckets) >= MOST_ADDRESSES:
            self._buckets.clear()
