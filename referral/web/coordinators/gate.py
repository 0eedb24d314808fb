"""The counts of failed attempts to sign in; the rule is in accounts.slowing.

Those by network address are in the memory of this process and written nowhere. Those by account and by
device are in the database, under keyed hashes, so that several processes are no weaker than one.
"""

import ipaddress
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from referral.accounts import slowing
from referral.accounts.slowing import FORGOTTEN, Count, Key
from referral.store import attempts
from referral.store.database import Database
from referral.web.coordinators.secret import Secret

MOST_COUNTS = 50_000


class Gate:
    """Slows down who guesses. ``clock`` only goes forward; ``moment`` gives seconds since 1970."""

    def __init__(
        self, clock: Callable[[], float], moment: Callable[[], int], database: Database, secret: Secret
    ) -> None:
        self._here = Counts(clock)
        self._moment, self._database, self._secret = moment, database, secret

    async def try_once(self, keys: tuple[Key, ...]) -> int:
        """Seconds to wait, and then the attempt does not count; 0 for a go, which counts as failed until
        it is forgiven. Raises StoreUnavailable."""
        seconds = self._here.try_once(tuple(key for key in keys if not key.is_shared))
        if seconds:
            return seconds
        shared = [(await self._hashed(key), key.free) for key in keys if key.is_shared]
        work = partial(attempts.try_once, keys=shared, now=self._moment())
        return await self._database.write(work)

    async def forgive(self, keys: tuple[Key, ...]) -> None:
        """The attempt was right. What is its own is forgotten; what it shares with others loses one.
        Raises StoreUnavailable."""
        self._here.forgive(tuple(key for key in keys if not key.is_shared))
        shared = [(await self._hashed(key), not place) for place, key in enumerate(keys) if key.is_shared]

        def work(connection: Connection) -> None:
            for key, whole in shared:
                attempts.forgive(connection, key, whole)

        await self._database.write(work)

    async def _hashed(self, key: Key) -> str:
        return await self._secret.digest("attempt:" + ":".join(key.name))


class Counts:
    """The counts of this process."""

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
