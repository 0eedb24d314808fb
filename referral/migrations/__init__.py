"""The database's history: one set of migrations for SQLite and PostgreSQL.

Run by ``upgrade`` when the server starts; new ones are made with Alembic's own command line from a
checkout (see CONTRIBUTING.md).
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from referral.store.database import Database, hold


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings: where the migrations are, and the connection to run them on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the tables up to ``revision``, in one transaction. Raises StoreUnavailable."""
    await database.write(lambda connection: _run(connection, command.upgrade, revision))


async def downgrade(database: Database, revision: str = "base") -> None:
    """Takes the tables back to ``revision``, in one transaction. Raises StoreUnavailable."""
    await database.write(lambda connection: _run(connection, command.downgrade, revision))


def _run(connection: Connection, command: Callable[[Config, str], None], revision: str) -> None:
    hold(connection, ["migrations"])  # Several processes may start at once.
    command(configuration(connection), revision)
