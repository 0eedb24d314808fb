"""Conversations, turns, peppers and the first counters."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PRIVATE = {"sqlite_with_rowid": False, "sqlite_strict": True}

# As declared on the day of this migration: a migration never changes with the code.
_COUNTERS = {
    "demand_by_municipality_need": ("municipality", "need"),
    "demand_by_region_language": ("region", "language"),
    "demand_by_region_outcome": ("region", "need_group", "form", "outcome"),
    "demand_by_region_group_language": ("region", "need_group", "language"),
    "demand_by_asker_channel": ("region", "asker", "channel"),
    "unmet_by_region_reason": ("region", "need_group", "reason"),
    "helped_by_region": ("region", "helped"),
    "misses_by_language": ("language", "kind"),
}


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("counted", sa.Text, nullable=False),
        sa.Column("helped", sa.Integer, nullable=False),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("faults", sa.Integer, nullable=False),
        sa.Column("started", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        **_PRIVATE,
    )
    op.create_table(
        "turns",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("unsent", sa.Integer, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        **_PRIVATE,
    )
    op.create_index("turns_of_conversation", "turns", ["conversation", "position"])
    waiting = sa.text("unsent > 0")
    op.create_index("turns_unsent", "turns", ["unsent"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "peppers",
        sa.Column("week", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        **_PRIVATE,
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        **_PRIVATE,
    )
    for name, columns in _COUNTERS.items():
        op.create_table(
            name,
            sa.Column("period", sa.Text, primary_key=True),
            *(sa.Column(column, sa.Text, primary_key=True) for column in columns),
            sa.Column("count", sa.Integer, sa.CheckConstraint("count > 0"), nullable=False),
            **_PRIVATE,
        )


def downgrade() -> None:
    for name in ("secrets", "peppers", "turns", "conversations", *_COUNTERS):
        op.drop_table(name)
