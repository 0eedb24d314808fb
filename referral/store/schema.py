"""Every table on one page: what is stored can be read in one look.

Nothing that a person wrote is stored. ``conversations`` and ``turns`` live for hours or days and are
found only through a keyed hash whose key is destroyed when it rotates; counters live for months and
know nobody. Times are whole hours since 1970, because nothing finer is needed to let things expire.
No table keeps its rows in the order in which they came (WITHOUT ROWID).
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

from referral.demand.counters import TABLES, CounterTable

METADATA = MetaData()

_PRIVATE: Any = {"sqlite_with_rowid": False, "sqlite_strict": True}

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("key", Text, primary_key=True),  # HMAC of the channel's own name for it, under a pepper.
    Column("state", Text, nullable=False),  # JSON: codes that we chose ourselves, never words.
    Column("counted", Text, nullable=False),  # Ids of needs already counted, parted by spaces.
    Column("helped", Integer, nullable=False),  # 1 when "did this help" has been counted.
    Column("misses", Integer, nullable=False),  # How many misses have been counted.
    Column("turns", Integer, nullable=False),  # How many turns there have been.
    Column("faults", Integer, nullable=False),  # Faults of ours in a row.
    Column("started", Integer, nullable=False),  # Hour.
    Column("seen", Integer, nullable=False),  # Hour.
    **_PRIVATE,
)

TURNS = Table(
    "turns",
    METADATA,
    Column("mark", Text, primary_key=True),  # HMAC of conversation and turn, under a pepper.
    Column("conversation", Text, nullable=False),  # Its key; "" once the conversation is forgotten.
    Column("position", Integer, nullable=False),  # Its place in the conversation, from 1.
    Column("said", Text, nullable=False),  # JSON: what was said in answer.
    Column("address", Text, nullable=False),  # Where the rest is to be sent; "" when nothing is left.
    Column("unsent", Integer, nullable=False),  # How many of the replies are still to be sent.
    Column("heard", Integer, nullable=False),  # Hour.
    Index("turns_of_conversation", "conversation", "position"),
    Index("turns_unsent", "unsent", sqlite_where=text("unsent > 0"), postgresql_where=text("unsent > 0")),
    **_PRIVATE,
)

PEPPERS = Table(
    "peppers",
    METADATA,
    Column("week", Integer, primary_key=True, autoincrement=False),  # Weeks since 1970.
    Column("secret", LargeBinary, nullable=False),
    **_PRIVATE,
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    **_PRIVATE,
)


def _counter(declared: CounterTable) -> Table:
    return Table(
        declared.name,
        METADATA,
        Column("period", Text, primary_key=True),  # "2026-11", or "2026" where a year is counted.
        *(Column(column, Text, primary_key=True) for column in declared.columns),
        Column("count", Integer, CheckConstraint("count > 0"), nullable=False),
        **_PRIVATE,
    )


COUNTERS = {declared.name: _counter(declared) for declared in TABLES}

RELEASES = Table(
    "releases",
    METADATA,
    Column("kind", Text, primary_key=True),  # "month", "quarter", "public" or "year".
    Column("period", Text, primary_key=True),  # "2026-11", "2026-Q4" or "2026".
    Column("sha256", Text, nullable=False),  # Of the content.
    Column("content", Text, nullable=False),  # JSON: what may be published; written once.
    **_PRIVATE,
)
