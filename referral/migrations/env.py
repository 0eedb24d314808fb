"""How Alembic runs a migration: on the connection it was given, in that connection's transaction."""

from alembic import context

from referral.store.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, compare_type=True, transactional_ddl=False)
context.run_migrations()
