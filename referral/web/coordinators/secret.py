"""The server's own key of the coordinators' site, read from the database once: it signs devices' marks and
keys the digests of recovery codes."""

import hmac
import secrets
from functools import partial

from referral.store.database import Database
from referral.store.peppers import digest, lasting_secret

_NAME = "coordinators"


class Secret:
    """The key, in memory once it has been asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key = b""

    async def digest(self, words: str) -> str:
        """The keyed hash of ``words``. Raises StoreUnavailable."""
        if not self._key:
            self._key = await self._database.write(partial(lasting_secret, name=_NAME))
        return digest(self._key, words)

    async def new_mark(self, coordinator: str) -> str:
        """The mark of a device on which this account has signed in. Raises StoreUnavailable."""
        device = secrets.token_urlsafe(16)
        return f"{device}.{await self.digest(_device(coordinator, device))}"

    async def device_of(self, mark: str, coordinator: str) -> str:
        """The device that ``mark`` is of; "" where this account has not signed in on it.

        Raises StoreUnavailable.
        """
        device, _, seal = mark.partition(".")
        right = await self.digest(_device(coordinator, device))
        return device if device and hmac.compare_digest(seal.encode(), right.encode()) else ""


def _device(coordinator: str, device: str) -> str:
    return f"device:{coordinator}:{device}"
