"""A web chat on a real port, in which a small fixed conversation is played."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels import web
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues
from locales.text import as_written
from tests.bot.channels.played import Played, service_on


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.fixture
def played() -> Played:
    return Played()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def service(tmp_path: Path, played: Played, metrics: Metrics) -> AsyncIterator[Service]:
    async with service_on(tmp_path, played, metrics) as made:
        yield made


Open = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture
def opened(service: Service, catalogues: Catalogues, metrics: Metrics) -> Open:
    """Opens the web chat with whatever a test wants different."""

    @asynccontextmanager
    async def open_(**different: Any) -> AsyncIterator[str]:
        settings = {
            "service": service,
            "catalogues": catalogues,
            "metrics": metrics,
            "operator": web.Operator(as_written("Testikunta"), "tuki@testikunta.example"),
            "attributions": ("Place names: a register, CC BY 4.0",),
            "port": 0,
            **different,
        }
        async with web.open(**settings) as address:
            yield address

    return open_


@pytest.fixture
async def client(opened: Open) -> AsyncIterator[ClientSession]:
    async with opened() as address, ClientSession(address) as session:
        yield session
