"""Passwords as argon2id hashes (RFC 9106), two at once at most: each takes 64 MiB and a fifth of a second.

There are two lanes, and one is for devices that have signed in before: a crowd of strangers at the door
cannot keep those who work here waiting.
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_T = TypeVar("_T")

MOST_WAITING = 20
"""Attempts that may wait in a lane; about four seconds of work."""


class Crowded(Exception):
    """Too many people are signing in at this moment."""


class Hashing:
    """Hashes and compares, in threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._lanes = {True: asyncio.Semaphore(1), False: asyncio.Semaphore(1)}
        self._waiting = {True: 0, False: 0}
        self._nobodys = ""

    async def hashed(self, password: str) -> str:
        """The hash to be stored. Raises Crowded."""
        return await self._in_turn(True, lambda: self._hasher.hash(password))

    async def matches(self, stored: str, password: str, known: bool) -> bool:
        """Whether ``password`` is the one that ``stored`` is the hash of; never for "".

        It takes as long for "", so that nobody learns which accounts there are. ``known`` says that the
        device has signed in before. Raises Crowded.
        """
        return await self._in_turn(known, lambda: self._compare(stored, password))

    def _compare(self, stored: str, password: str) -> bool:
        if not self._nobodys:
            self._nobodys = self._hasher.hash(secrets.token_hex(16))
        try:
            return self._hasher.verify(stored or self._nobodys, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_turn(self, lane: bool, work: Callable[[], _T]) -> _T:
        if self._waiting[lane] >= MOST_WAITING:
            raise Crowded
        self._waiting[lane] += 1
        try:
            async with self._lanes[lane]:
                return await asyncio.to_thread(work)
        finally:
            self._waiting[lane] -= 1
