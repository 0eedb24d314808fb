"""One set of migrations for both databases, up and down, that leads to the tables of the schema."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from referral.migrations import configuration, downgrade, upgrade
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
