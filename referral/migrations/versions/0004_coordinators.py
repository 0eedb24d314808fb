"""Coordinators: their accounts, what they did, and what they write."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# As declared on the day of this migration: keys, texts and whole numbers of each table. "#" is a number.
_TABLES = {
    "coordinators": ("id", "email password totp language #step #closed"),
    "assignments": ("coordinator role region #since", "#until"),
    "invitations": ("digest", "email role region #expires #used"),
    "recovery_codes": ("coordinator digest", ""),
    "sessions": ("digest", "coordinator form_secret #started #seen"),
    "api_tokens": ("digest", "id coordinator name scope region #made #expires #revoked"),
    "audit": ("id", "coordinator action subject region sha256 #moment"),
    "practices": ("id", "region topic title body written_in coordinator #day"),
    "findings": ("region period", "body coordinator #day"),
}
_INDEXES = {
    "audit_moments": ("audit", "moment"),
}
_UNIQUE = {"coordinators": ("email",)}


def upgrade() -> None:
    for name, (keys, rest) in _TABLES.items():
        op.create_table(
            name,
            *(_column(one, primary_key=True) for one in keys.split()),
            *(_column(one) for one in rest.split()),
            *(sa.UniqueConstraint(one) for one in _UNIQUE.get(name, ())),
            sqlite_with_rowid=False,
            sqlite_strict=True,
        )
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns.split())


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)


def _column(declared: str, *, primary_key: bool = False) -> sa.Column[str] | sa.Column[int]:
    name = declared.lstrip("#")
    if name == declared:
        return sa.Column(name, sa.Text, primary_key=primary_key, nullable=False)
    return sa.Column(name, sa.Integer, primary_key=primary_key, nullable=False, autoincrement=False)
