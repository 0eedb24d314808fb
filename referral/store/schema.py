"""Every table on one page: what is stored can be read in one look.

Nothing that a person wrote is stored. ``conversations`` and ``turns`` live for hours or days and are
found only through a keyed hash whose key is destroyed when it rotates; counters live for months and
know nobody. Times are whole hours since 1970, because nothing finer is needed to let things expire.
No table keeps its rows in the order in which they came (WITHOUT ROWID).

What is offered, and who coordinates it, is the third part: public facts of organisations, and the
accounts of those who look after them. Their days are whole days since 1970; only a session and the
record of what coordinators did have a finer time, because they are about staff at work.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

from referral.demand.counters import TABLES, CounterTable
from referral.store.columns import PRIVATE, numbers, texts

METADATA = MetaData()

_WAITS: Any = {"sqlite_where": text("unsent > 0"), "postgresql_where": text("unsent > 0")}

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
    **PRIVATE,
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
    # All that decides what is sent next, so that the answers themselves are not read for it.
    Index("turns_waiting", "address", "conversation", "position", "heard", "unsent", **_WAITS),
    **PRIVATE,
)

PEPPERS = Table(
    "peppers",
    METADATA,
    Column("week", Integer, primary_key=True, autoincrement=False),  # Weeks since 1970.
    Column("secret", LargeBinary, nullable=False),
    **PRIVATE,
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    **PRIVATE,
)


def _counter(declared: CounterTable) -> Table:
    return Table(
        declared.name,
        METADATA,
        Column("period", Text, primary_key=True),  # "2026-11", or "2026" where a year is counted.
        *(Column(column, Text, primary_key=True) for column in declared.columns),
        Column("count", Integer, CheckConstraint("count > 0"), nullable=False),
        **PRIVATE,
    )


COUNTERS = {declared.name: _counter(declared) for declared in TABLES}

RELEASES = Table(
    "releases",
    METADATA,
    Column("kind", Text, primary_key=True),  # "month", "quarter", "public" or "year".
    Column("period", Text, primary_key=True),  # "2026-11", "2026-Q4" or "2026".
    Column("sha256", Text, nullable=False),  # Of the content.
    Column("content", Text, nullable=False),  # JSON: what may be published; written once.
    **PRIVATE,
)


SOURCES = Table(
    "sources",
    METADATA,
    Column("name", Text, primary_key=True),  # "kirkanta", "ptv", "sheet lappi.xlsx", "provider", "starter".
    *texts("kind"),  # A name of IMPORTERS, "provider" or "starter".
    *numbers("imported", "loaded"),  # Days: the last import, and the last that told everything.
    **PRIVATE,
)

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    # The id and a checksum of the rest: two sources may call one organisation by different names.
    Column("key", Text, primary_key=True),
    *texts("id", "names", "kind"),  # ``names`` is JSON by language.
    **PRIVATE,
)

OFFERS = Table(
    "offers",
    METADATA,
    Column("id", Text, primary_key=True),
    *texts("source", "organisation"),  # Name of the source; key of the organisation.
    *texts("names", "descriptions", "role", "form", "needs"),  # JSON, JSON, code, code, ids parted by spaces.
    *texts("coverage"),  # "national", or "r19 m698": regions and municipalities, parted by spaces.
    *texts("authority", "audience", "languages"),
    *texts("street", "postcode", "locality", "municipality", "point"),  # ``point`` is "lat lon", WGS84.
    *texts(
        "phone", "url", "hours", "price", "home_visits", "ethical_guidelines"
    ),  # The two last: yes, no, "".
    *texts("valid_from", "valid_until", "starts", "ends", "enrol_until", "seats"),  # ISO 8601; training too.
    *texts("cited", "checked", "confidence"),  # Where the facts come from: words, ISO day, code.
    *numbers("modified"),  # Day of the last change.
    Index("offers_of_source", "source"),
    **PRIVATE,
)

RECORDS = Table(
    "records",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # The source's own id of the record.
    *texts("sha256", "content"),  # As the source gave it.
    *numbers("fetched"),  # Day.
    **PRIVATE,
)

CHECKS = Table(
    "checks",
    METADATA,
    Column("offer", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("by", Text, primary_key=True),  # "source", "provider", "coordinator" or "links".
    *texts("outcome"),  # "true", "changed", "broken" or "closed".
    **PRIVATE,
)

OVERRULES = Table(
    "overrules",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("record", Text, primary_key=True),  # The source's own id of the record.
    *texts("take", "serves", "form"),  # "yes" or "no"; what it serves and its form, where they differ.
    *texts("by"),  # Id of the coordinator.
    *numbers("day"),
    **PRIVATE,
)

LEFT_OUT = Table(
    "left_out",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("record", Text, primary_key=True),  # The source's own id of a record that was nearly taken.
    *texts("name", "organisation", "region", "municipalities"),  # The two last: a code or "", codes.
    *texts("how", "rule", "because", "against", "but"),  # What it fell short of.
    *texts("sha256", "content"),  # Of all the others; as the source gave it, "" where that is not kept.
    *numbers("seen"),  # Day since when it has been like this.
    **PRIVATE,
)

TOLD_PAIRS = Table(
    "told_pairs",
    METADATA,
    Column("one", Text, primary_key=True),  # Ids of two offers, in their order.
    Column("other", Text, primary_key=True),
    *texts("how"),  # "apart": they look like twins and are none. "same": they are, and do not look it.
    **PRIVATE,
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", Text, primary_key=True),
    *texts("region", "state"),  # "waiting", "accepted" or "refused".
    *texts("content", "email"),  # JSON of what was sent; never shown, "" when none was given.
    *texts("offer", "by", "reason"),  # Which offer it changes or became; who decided, and why.
    *numbers("sent", "decided"),  # Days; 0 while nobody has decided.
    Index("submissions_waiting", "state", "region"),
    **PRIVATE,
)

PROVIDER_LINKS = Table(
    "provider_links",
    METADATA,
    Column("id", Text, primary_key=True),  # Part of the signed link; the link itself is stored nowhere.
    *texts("offer"),
    *numbers("expires", "revoked"),  # Days; ``revoked`` is 0 while it may be used.
    **PRIVATE,
)

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("name", Text, primary_key=True),  # "directory".
    *numbers("number"),  # Raised whenever what is shown has changed.
    **PRIVATE,
)

COORDINATORS = Table(
    "coordinators",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    *texts("password", "totp", "language"),  # argon2id; the app's secret; "" until the invitation is used.
    *numbers("step", "closed"),  # The last TOTP step used; the day on which the account was closed, or 0.
    **PRIVATE,
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("coordinator", Text, primary_key=True),
    Column("role", Text, primary_key=True),  # "regional", "national" or "operator".
    Column("region", Text, primary_key=True),  # Its code; "" for all regions.
    Column("since", Integer, primary_key=True, autoincrement=False),  # Day.
    *numbers("until"),  # The last day; 0 while no end is known.
    **PRIVATE,
)

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("digest", Text, primary_key=True),  # sha256 of the link's secret.
    *texts("email", "role", "region"),
    *numbers("expires", "used"),  # Days; ``used`` is 0 until it has been.
    **PRIVATE,
)

RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    *(Column(one, Text, primary_key=True) for one in ("coordinator", "digest")),  # Keyed; deleted once used.
    **PRIVATE,
)

ATTEMPTS = Table(
    "attempts", METADATA, Column("key", Text, primary_key=True), *numbers("failed", "moment"), **PRIVATE
)  # Failed ones, for an hour; the key is a keyed hash (see ``attempts``).

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", Text, primary_key=True),  # sha256 of the cookie.
    *texts("coordinator", "form_secret"),
    *numbers("started", "seen"),  # Seconds since 1970.
    **PRIVATE,
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("digest", Text, primary_key=True),  # sha256 of the token.
    *texts("id", "coordinator", "name", "scope", "region"),
    *numbers("made", "expires", "revoked"),  # Days; ``revoked`` is 0 while it may be used.
    **PRIVATE,
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Text, primary_key=True),
    *texts("coordinator", "action", "subject", "region", "sha256"),
    *numbers("moment"),  # Seconds since 1970.
    Index("audit_moments", "moment"),
    **PRIVATE,
)

PRACTICES = Table(
    "practices",
    METADATA,
    Column("id", Text, primary_key=True),
    *texts("region", "topic", "title", "body", "written_in", "coordinator"),
    *numbers("day"),
    **PRIVATE,
)

FINDINGS = Table(
    "findings",
    METADATA,
    *(Column(one, Text, primary_key=True) for one in ("region", "period")),
    *texts("body", "coordinator"),  # The coordinator's own words in the report of the period.
    *numbers("day"),
    **PRIVATE,
)
