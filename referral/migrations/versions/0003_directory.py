"""The directory: what is offered, by whom, where it was told, and how it is looked after."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As declared on the day of this migration: keys, texts and whole numbers of each table. "#" is a number.
_TABLES = {
    "sources": ("name", "kind #imported #loaded"),
    "organisations": ("key", "id names kind"),
    "offers": (
        "id",
        "source organisation names descriptions role form needs coverage authority audience languages street postcode locality municipality point phone url hours price home_visits ethical_guidelines valid_from valid_until starts ends enrol_until seats cited checked confidence #modified",
    ),
    "records": ("source id", "sha256 content #fetched"),
    "checks": ("offer #day by", "outcome"),
    "overrules": ("source record", "take serves form by #day"),
    "told_apart": ("one other", ""),
    "submissions": ("id", "region state content email offer by reason #sent #decided"),
    "provider_links": ("id", "offer #expires #revoked"),
    "revisions": ("name", "#number"),
}
_INDEXES = {
    "offers_of_source": ("offers", "source"),
    "submissions_waiting": ("submissions", "state region"),
}


def upgrade() -> None:
    for name, (keys, rest) in _TABLES.items():
        op.create_table(
            name,
            *(_column(one, primary_key=True) for one in keys.split()),
            *(_column(one) for one in rest.split()),
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
