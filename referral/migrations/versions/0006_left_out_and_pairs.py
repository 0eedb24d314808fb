"""What an import nearly took, and what people say of two offers: that they are two, or that they are one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXTS = (
    *("name", "organisation", "region", "municipalities"),
    *("how", "rule", "because", "against", "but", "sha256", "content"),
)


def upgrade() -> None:
    _table("left_out", ("source", "record"), _TEXTS, "seen")
    _table("told_pairs", ("one", "other"), ("how",))
    op.execute("INSERT INTO told_pairs (one, other, how) SELECT one, other, 'apart' FROM told_apart")
    op.drop_table("told_apart")


def downgrade() -> None:
    _table("told_apart", ("one", "other"), ())
    op.execute("INSERT INTO told_apart (one, other) SELECT one, other FROM told_pairs WHERE how = 'apart'")
    op.drop_table("told_pairs")
    op.drop_table("left_out")


def _table(name: str, keys: tuple[str, ...], texts: tuple[str, ...], number: str = "") -> None:
    op.create_table(
        name,
        *(sa.Column(one, sa.Text, primary_key=True, nullable=False) for one in keys),
        *(sa.Column(one, sa.Text, nullable=False) for one in texts),
        *([sa.Column(number, sa.Integer, nullable=False)] if number else ()),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
