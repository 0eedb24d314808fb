"""The whole channel against our own Bot API server, in one process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.channels import telegram
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues
from referral.migrations import upgrade
from referral.store.database import Database, open_database
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotServer, serving

AT_ONCE = telegram.Speed(chat=0.0, every=0.0, poll=1)


@dataclass(frozen=True, slots=True)
class Channel:
    """A running channel, what it talks to, and what it stores in."""

    server: BotServer
    service: Service
    metrics: Metrics

    def person(self, chat: int = 7, language: str = "fi") -> Person:
        return Person(self.server, chat, language)

    async def settled(self, seconds: float = 60) -> None:
        """Waits until every update was acknowledged and every answer has gone out."""
        async with asyncio.timeout(seconds):
            while self.server.waiting or await self.service.unsent():
                await self.server.wake()
                await asyncio.sleep(0.005)

    def counted(self, name: str) -> float:
        """A figure of the metrics page, 0 where it is not there."""
        lines = self.metrics.page().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


MakeService = Callable[[Database, Metrics], Service]
Run = Callable[..., AbstractAsyncContextManager[Channel]]


@pytest.fixture
async def server() -> AsyncIterator[BotServer]:
    async with serving() as made:
        yield made


@pytest.fixture
def run(server: BotServer, tmp_path: Any, catalogues: Catalogues) -> Run:
    """Runs the channel with a service that a test makes, until the block ends."""

    @asynccontextmanager
    async def run_(make: MakeService, url: str = "", **different: Any) -> AsyncIterator[Channel]:
        metrics = Metrics()
        speed = replace(AT_ONCE, **different)
        account = telegram.Account(TOKEN, server.url)
        async with open_database(url or f"sqlite:///{tmp_path / 'telegram.sqlite3'}") as database:
            await upgrade(database)
            service = make(database, metrics)
            async with telegram.open(service, database, catalogues, metrics, account, speed):
                yield Channel(server, service, metrics)

    return run_
