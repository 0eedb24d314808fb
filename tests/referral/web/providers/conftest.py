"""The pages for helpers on a real port with a real database, which the tests look into."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from referral.directory.current import Current
from referral.store.database import Database
from referral.web import providers, public
from referral.web.room import Room
from tests.referral.supply import MONDAY
from tests.referral.web.site import current, public_of, site


@dataclass
class Clock:
    """A clock that a test moves; its calls give the moment, its seconds the pace."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        return self.moment.timestamp()

    def later(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass(frozen=True)
class Place:
    """The site, its database, its clock, and somebody who fills in forms."""

    database: Database
    clock: Clock
    client: ClientSession
    address: str
    held: Current


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """An open site without any offers from providers."""
    clock, opened, held = Clock(), [], current()

    def rooms(database: Database) -> tuple[Room, ...]:
        opened.append(database)
        shown = public_of(held, clock)
        return public.room(shown), providers.room(shown, database, clock.seconds)

    async with site(tmp_path, rooms) as address, ClientSession(address) as client:
        yield Place(opened[0], clock, client, address, held)
