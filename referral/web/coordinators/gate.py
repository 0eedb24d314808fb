"""The counts of failed attempts to sign in, in the memory of this process; the rule is in accounts.slowing."""

import ipaddress
from collections.abc import Callable

from referral.accounts import slowing
from referral.accounts.slowing import FORGOTTEN, Count, Key

MOST_COUNTS = 50_000


class Gate:
    """Slows down who guesses."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: dict[tuple[str, ...], Count] = {}

    def try_once(self, keys: tuple[Key, ...]) -> int:
        """Seconds to wait, and then the attempt does not count; 0 for a go, which counts as failed until
        it is forgiven: attempts at the same moment do not slip through together."""
        now = self._clock()
        seconds = slowing.longest(slowing.wait(self._counts.get(key.name), key.free, now) for key in keys)
        if not seconds:
            self._make_room(now)
            for key in keys:
                self._counts[key.name] = slowing.one_more(self._counts.get(key.name), now)
        return seconds

    def forgive(self, keys: tuple[Key, ...]) -> None:
        """The attempt was right. What is its own is forgotten; what it shares with others loses one."""
        for place, key in enumerate(keys):
            count = self._counts.pop(key.name, None)
            if place and count:
                self._counts[key.name] = slowing.one_less(count)

    def _make_room(self, now: float) -> None:
        if len(self._counts) >= MOST_COUNTS:
            self._counts = {name: one for name, one in self._counts.items() if now - one.last < FORGOTTEN}
        while len(self._counts) >= MOST_COUNTS:
            self._counts.pop(next(iter(self._counts)))  # The one that has been there longest.


def neighbourhood(address: str) -> str:
    """The address that is counted: of IPv6 the first 64 bits, which one customer has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
