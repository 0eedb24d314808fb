"""The database's history: one set of migrations for SQLite and PostgreSQL.

Run by ``upgrade`` when the server starts; new ones are made with Alembic's own command line from a
checkout (see CONTRIBUTING.md). A database that is up to date is told by its version alone, and an empty
one gets the tables of the schema, which is where all migrations lead (a test holds that): Alembic is
imported only where there is something to migrate, because it would add a third to the time of a start.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from referral.store.database import Database, hold
from referral.store.schema import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

HOME = Path(__file__).parent

VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic keeps the version of a database."""


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
        if revision == "head" and not inspect(connection).get_table_names():
            _begin(connection)
        elif _present(connection) != (newest() if revision == "head" else revision):
            _run(connection, "upgrade", revision)

    await database.write(up)


async def downgrade(database: Database, revision: str = "base") -> None:
    """Takes the tables back to ``revision``, in one transaction. Raises StoreUnavailable."""

    def down(connection: Connection) -> None:
        hold(connection, ["migrations"])
        _run(connection, "downgrade", revision)

    await database.write(down)


def _begin(connection: Connection) -> None:
    """Makes every table in an empty database, and notes the version as Alembic does."""
    METADATA.create_all(connection, checkfirst=False)
    VERSION.create(connection)
    connection.execute(VERSION.insert().values(version_num=newest()))


def _present(connection: Connection) -> str:
    """The revision that the database is at; "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _run(connection: Connection, name: str, revision: str) -> None:
    from alembic import command

    run: Callable[[Config, str], None] = getattr(command, name)
    run(configuration(connection), revision)
