"""The database's history: one set of migrations for SQLite and PostgreSQL.

Run by ``upgrade`` when the server starts; new ones are made with Alembic's own command line from a
checkout (see CONTRIBUTING.md).
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from referral.store.database import Database

_LOCK = 4_711_208_042
"""PostgreSQL's advisory lock under which only one process migrates at a time."""


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings: where the migrations are, and the connection to run them on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the tables up to ``revision``, in one transaction. Raises StoreUnavailable."""
    await _run(database, lambda connection: command.upgrade(configuration(connection), revision))


async def downgrade(database: Database, revision: str = "base") -> None:
    """Takes the tables back to ``revision``, in one transaction. Raises StoreUnavailable."""
    await _run(database, lambda connection: command.downgrade(configuration(connection), revision))


async def _run(database: Database, step: Callable[[Connection], None]) -> None:
    async with database.writing() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(step)
