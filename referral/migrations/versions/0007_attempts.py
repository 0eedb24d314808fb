"""Failed attempts to sign in, counted for all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        *(sa.Column(one, sa.Integer, nullable=False) for one in ("failed", "moment")),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("attempts")
