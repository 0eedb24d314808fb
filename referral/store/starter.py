"""What ships with the program as a source among the others, called "starter".

- ``has_begun(connection, digest) -> bool``: whether this version of it is in the tables.
- ``begin(connection, offers, digest, day)``: puts it there. A newer version changes what has changed, and
  closes what is gone, as an import does; what other sources have taken over stays theirs.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from referral.directory.importers.imported import Imported
from referral.directory.starter import STARTER as SHEET
from referral.model import Offer
from referral.store.database import insert
from referral.store.imports import STARTER, Delivery, take_in
from referral.store.offers import whole_day
from referral.store.schema import RECORDS


def has_begun(connection: Connection, digest: str) -> bool:
    """Whether the version of ``digest`` (of ``starter_digest``) is in the tables."""
    query = select(RECORDS.c.sha256).where(RECORDS.c.source == STARTER, RECORDS.c.id == SHEET)
    return connection.scalar(query) == digest


def begin(connection: Connection, offers: Iterable[Offer], digest: str, day: date) -> None:
    """Takes in the version of ``digest``, which has these ``offers``. The sheet itself is not kept: it ships."""
    delivery = Delivery(STARTER, STARTER, Imported(tuple(offers), ()), day, force=True)
    take_in(connection, delivery)
    row = {
        "source": STARTER,
        "id": SHEET,
        "sha256": digest,
        "content": "",
        "fetched": whole_day(day),
    }
    added = insert(connection.dialect.name, RECORDS)
    told = {name: added.excluded[name] for name in ("sha256", "fetched")}
    connection.execute(added.on_conflict_do_update(index_elements=["source", "id"], set_=told), row)
