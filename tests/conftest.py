"""The databases of the tests, and the log: the same suite runs on a SQLite file and on a PostgreSQL server.

The PostgreSQL server comes from a package (``pgserver``), is started once, and hands out a fresh
database for each test. Where it cannot be started those tests are skipped, and say why.
"""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
import structlog

from bot import logs
from referral.migrations import upgrade
from referral.store.database import Database, open_database


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty PostgreSQL schema with a user of its own; gives the address."""
    folder = Path(tempfile.mkdtemp(prefix="digituki-postgres-"))
    # The package keeps a lock there, and warns when it has to choose a place by itself.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pgserver

        server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    except (ImportError, OSError, subprocess.SubprocessError, AssertionError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here: {type(error).__name__}")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    numbers = count()

    def make() -> str:
        name = f"test_{next(numbers)}"
        # A user sees the schema of its own name, which is made in no time; a database is not.
        server.psql(f"CREATE ROLE {name} LOGIN; CREATE SCHEMA AUTHORIZATION {name};")
        address: str = server.get_uri()
        return address.replace("//postgres:", f"//{name}:")

    yield make
    os.kill(server.get_pid(), signal.SIGQUIT)  # At once, without writing down what nobody will read.
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    make: Callable[[], str] = request.getfixturevalue("new_postgres")
    return make()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with all its tables, of each kind in turn."""
    async with open_database(database_url) as opened:
        await upgrade(opened)
        yield opened


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open SQLite database with all its tables."""
    async with open_database(f"sqlite:///{tmp_path / 'test.sqlite3'}") as opened:
        await upgrade(opened)
        yield opened


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is logged while a test runs; everything is as it was before afterwards."""
    root = logging.getLogger()
    handlers, level, access = root.handlers, root.level, logging.getLogger("aiohttp.access").disabled
    stream = StringIO()
    logs.configure("INFO", stream)
    yield stream
    root.handlers, logging.getLogger("aiohttp.access").disabled = handlers, access
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()
