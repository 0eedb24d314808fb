"""How long one waits after failed attempts to sign in, without anybody being locked out by others.

Every attempt is counted in one or more ``Count``s. A device that has signed in before has one of its
own, and no other matters to it: strangers' attempts do not slow it. Attempts from elsewhere are counted
by address and account, by address, and by account; the last catches those who come from many addresses.
What names no network address is shared by all processes of the service. Time is in seconds; a clock that
is set back makes nobody wait longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SECONDS = 15 * 60
"""The longest wait. Who knows a password and guesses codes gets 96 tries a day, of a million codes."""

FORGOTTEN = 4 * MOST_SECONDS
"""Seconds after the last attempt in which a count is forgotten."""


@dataclass(frozen=True, slots=True)
class Count:
    """Failed attempts so far, and when the last of them was."""

    failed: int
    last: float


@dataclass(frozen=True, slots=True)
class Key:
    """What is counted together, and how many attempts cost no waiting. ``is_shared`` says that all processes
    count it together; what has a network address in it stays in the memory of one."""

    name: tuple[str, ...]
    free: int
    is_shared: bool = False


def keys(device: str, address: str, email: str) -> tuple[Key, ...]:
    """What an attempt counts towards. ``device`` is "" for one that has not signed in to this account
    before."""
    if device:
        return (Key(("device", device), 5, is_shared=True),)
    return (
        Key(("address and account", address, email), 5),
        Key(("address", address), 20),
        Key(("account", email), 20, is_shared=True),
    )


def wait(count: Count | None, free: int, now: float) -> float:
    """Seconds until the next attempt is listened to; 0 for at once.

    After ``free`` failures it is 1, 2, 4 … seconds from the last one, MOST_SECONDS at most.
    """
    if count is None or count.failed < free or now - count.last >= FORGOTTEN:
        return 0
    delay = min(MOST_SECONDS, 2.0 ** min(count.failed - free, 20))
    return min(delay, max(0.0, count.last + delay - now))


def one_more(count: Count | None, now: float) -> Count:
    """``count`` with an attempt at ``now``."""
    failed = 0 if count is None or now - count.last >= FORGOTTEN else count.failed
    return Count(failed + 1, now)


def one_less(count: Count) -> Count:
    """``count`` without the attempt that turned out to be right."""
    return Count(max(0, count.failed - 1), count.last)


def longest(waits: Iterable[float]) -> int:
    """The longest of ``waits`` in whole seconds, rounded up."""
    return -int(-max(waits, default=0.0) // 1)
