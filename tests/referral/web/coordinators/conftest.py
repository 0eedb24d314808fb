"""The coordinators' site on a real port, with accounts in a real database."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from argon2 import PasswordHasher
from pyotp import TOTP

from bot.channels import web
from bot.metrics import Metrics
from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.accounts.roles import Assignment, Role
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.directory.starter import load_directory
from referral.hours import HELSINKI
from referral.store import accounts
from referral.store.database import Database
from referral.web.coordinators import room
from referral.web.coordinators.hashing import Hashing
from tests.bot.channels.played import Played, service_on

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "poro hiihtää suksilla"
APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LAPLAND, SATAKUNTA = "19", "04"


@dataclass
class Clock:
    """A clock that a test moves."""

    moment: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=HELSINKI)

    def __call__(self) -> datetime:
        return self.moment

    def later(self, **span: float) -> None:
        self.moment += timedelta(**span)

    def code(self, secret: str = APP) -> str:
        """What the app shows; a new one each time, because a code opens once."""
        self.later(seconds=30)
        return TOTP(secret).at(int(self.moment.timestamp()))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="session")
def directory(catalog: Catalog, atlas: Atlas) -> Directory:
    return load_directory(catalog, atlas)


@pytest.fixture
def current(directory: Directory) -> Current:
    return Current.of(directory)


@pytest.fixture
def clock() -> Clock:
    return Clock()


Open = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture
def opened(
    tmp_path: Path, current: Current, catalog: Catalog, atlas: Atlas, clock: Clock, sqlite_database: Database
) -> Open:
    """Opens the site over ``sqlite_database``, or over ``database``."""

    @asynccontextmanager
    async def open_(database: Database = sqlite_database) -> AsyncIterator[str]:
        metrics = Metrics()
        site = room(database, current, catalog, atlas, clock, Hashing(QUICK))
        operator = web.Operator(as_written("Testikunta"), "")
        async with (
            service_on(tmp_path, Played(), metrics) as service,
            web.open(service, Catalogues.load(), metrics, operator, (), port=0, rooms=(site,)) as address,
        ):
            yield address.rstrip("/")

    return open_


@pytest.fixture
async def site(opened: Open) -> AsyncIterator[str]:
    """The address of the site."""
    async with opened() as address:
        yield address


Client = Callable[[], ClientSession]


@pytest.fixture
async def clients() -> AsyncIterator[Client]:
    """Makes browsers that keep cookies; all are closed in the end."""
    made: list[ClientSession] = []

    def make() -> ClientSession:
        made.append(ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "en"}))
        return made[-1]

    yield make
    for one in made:
        await one.close()


@pytest.fixture
def member(sqlite_database: Database, clock: Clock) -> Callable[..., Any]:
    """Makes an account that has joined; gives its id."""

    async def make(email: str, *assignments: Assignment, database: Database = sqlite_database) -> str:
        def work(connection: Any) -> str:
            id = accounts.add(connection, email)
            accounts.set_secrets(connection, id, QUICK.hash(PASSWORD), APP, 0)
            for one in assignments:
                accounts.assign(connection, id, one)
            return id

        return await database.write(work)

    return make


def assigned(role: Role, region: str, clock: Clock) -> Assignment:
    """An assignment since last month."""
    return Assignment(role, region, clock().date() - timedelta(days=30))


async def sign_in(
    client: ClientSession, site: str, clock: Clock, email: str, password: str = PASSWORD, code: str = ""
) -> Any:
    """Sends the form; gives the answer, not following where it leads."""
    fields = {"email": email, "password": password, "code": code or clock.code()}
    return await client.post(f"{site}/coordinators/sign-in", data=fields, allow_redirects=False)


@pytest.fixture
def enter(site: str, clients: Client, clock: Clock, member: Callable[..., Any]) -> Callable[..., Any]:
    """Makes an account with a role in a region and signs in: gives the browser."""

    async def make(role: Role, region: str, email: str = "") -> ClientSession:
        email = email or f"{role.value}{region}@example.org"
        await member(email, assigned(role, region, clock))
        client = clients()
        answer = await sign_in(client, site, clock, email)
        assert answer.status == 303, await answer.text()
        return client

    return make
