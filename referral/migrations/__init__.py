"""The database's history: one set of migrations for SQLite and PostgreSQL.

Run by ``upgrade`` when the server starts; new ones are made with Alembic's own command line from a
checkout (see CONTRIBUTING.md). A database that is up to date is told by its version alone: Alembic is
imported only where there is something to do, because it would double the time that a start takes.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from referral.store.database import Database, hold

if TYPE_CHECKING:
    from alembic.config import Config

HOME = Path(__file__).parent


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's settings: where the migrations are, and the connection to run them on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HOME))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision of the newest migration: the number that its file begins with."""
    return max(path.name.partition("_")[0] for path in (HOME / "versions").glob("[0-9]*.py"))


async def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the tables up to ``revision``, in one transaction. Raises StoreUnavailable."""

    def up(connection: Connection) -> None:
        hold(connection, ["migrations"])  # Several processes may start at once.
        if _present(connection) != (newest() if revision == "head" else revision):
            _run(connection, "upgrade", revision)

    await database.write(up)


async def downgrade(database: Database, revision: str = "base") -> None:
    """Takes the tables back to ``revision``, in one transaction. Raises StoreUnavailable."""

    def down(connection: Connection) -> None:
        hold(connection, ["migrations"])
        _run(connection, "downgrade", revision)

    await database.write(down)


def _present(connection: Connection) -> str:
    """The revision that the database is at; "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _run(connection: Connection, name: str, revision: str) -> None:
    from alembic import command

    run: Callable[[Config, str], None] = getattr(command, name)
    run(configuration(connection), revision)
