"""The index of what waits to be sent holds all that decides what is sent next."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WAITS = sa.text("unsent > 0")


def upgrade() -> None:
    op.drop_index("turns_unsent", "turns")
    _index("turns_waiting", "address", "conversation", "position", "heard", "unsent")


def downgrade() -> None:
    op.drop_index("turns_waiting", "turns")
    _index("turns_unsent", "unsent")


def _index(name: str, *columns: str) -> None:
    op.create_index(name, "turns", columns, sqlite_where=_WAITS, postgresql_where=_WAITS)
