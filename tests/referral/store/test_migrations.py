"""One set of migrations for both databases, up and down, that leads to the tables of the schema."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from referral.migrations import configuration, downgrade, newest, upgrade
from referral.store.database import Database, open_database
from referral.store.schema import METADATA


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(configuration())
    assert script.get_revisions("heads")
    assert len(script.get_heads()) == 1


async def test_upgrading_gives_the_tables_of_the_schema(database: Database) -> None:
    assert await database.read(tables) == METADATA.tables.keys()
    assert await database.read(differences) == []


def seen(connection: Connection) -> tuple[object, ...]:
    """The version, the columns and key of its table, and every index."""
    looked = inspect(connection)
    columns = [
        (one["name"], str(one["type"]), one["nullable"]) for one in looked.get_columns("alembic_version")
    ]
    indexes = [
        (
            one["name"],
            one["column_names"],
            bool(one["unique"]),
            str(one.get("dialect_options")).partition(" object")[0],
        )
        for table in sorted(looked.get_table_names())
        for one in sorted(looked.get_indexes(table), key=lambda one: str(one["name"]))
    ]
    assert len(indexes) >= 5
    versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return versions, columns, looked.get_pk_constraint("alembic_version"), indexes


async def test_an_empty_database_gets_what_the_migrations_lead_to(database: Database) -> None:
    at_once = await database.read(seen)
    await downgrade(database)
    await database.write(lambda connection: connection.execute(text("DROP TABLE alembic_version")))
    assert await database.read(tables) == set()
    await upgrade(database, newest())  # Named, it is reached by every migration.
    assert await database.read(differences) == []
    assert await database.read(seen) == at_once


async def test_every_migration_can_be_taken_back_and_made_again(database: Database) -> None:
    revisions = [
        revision.revision for revision in ScriptDirectory.from_config(configuration()).walk_revisions()
    ]
    assert revisions
    for _ in revisions:
        await downgrade(database, "-1")
    assert await database.read(tables) == set()
    for revision in reversed(revisions):
        await upgrade(database, revision)
    assert await database.read(differences) == []


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    await upgrade(database)
    assert await database.read(differences) == []


async def test_processes_that_start_at_once_upgrade_once(database_url: str) -> None:
    async def start() -> set[str]:
        async with open_database(database_url) as opened:
            await upgrade(opened)
            return await opened.read(tables)

    assert await asyncio.gather(*(start() for _ in range(3))) == [METADATA.tables.keys()] * 3


async def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    async with open_database(database_url) as opened:
        await opened.write(lambda connection: connection.execute(text("CREATE TABLE secrets (name text)")))
        failed = False
        try:
            await upgrade(opened)
        except Exception:
            failed = True
        assert failed
        assert await opened.read(tables) == {"secrets"}


async def test_sqlite_tables_are_strict_and_keep_no_order(sqlite_database: Database) -> None:
    async def definitions() -> list[str]:
        query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")
        return [
            row.sql for row in await sqlite_database.read(lambda connection: connection.execute(query).all())
        ]

    found = await definitions()
    assert len(found) == len(METADATA.tables)
    for definition in found:
        assert "STRICT" in definition
        assert "WITHOUT ROWID" in definition
