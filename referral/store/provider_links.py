"""The private links by which providers look after their own offers. The link itself is stored nowhere:
it holds the id that is kept here, signed by whoever hands it out (``peppers.lasting_secret`` gives a key).

- ``make(connection, offer, expires) -> str``: the id of a new link, good until the end of ``expires``.
- ``find(connection, id) -> ProviderLink | None``: also one that is over; ask ``is_good(day)``.
- ``revoke(connection, id, day) -> bool``: False where there is no such link, or it was revoked already.
- ``of_offer(connection, offer) -> tuple[ProviderLink, ...]``: the ones that last longest first.
"""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, select, update

from referral.store.offers import day_of, whole_day
from referral.store.schema import PROVIDER_LINKS


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """A link: which offer it is for, its last day, and the day on which it was revoked (None if never)."""

    id: str
    offer: str
    expires: date
    revoked: date | None

    def is_good(self, day: date) -> bool:
        """Whether it may be used on ``day``."""
        return self.revoked is None and day <= self.expires


def make(connection: Connection, offer: str, expires: date) -> str:
    """The id of a new link for ``offer``; nobody can guess it."""
    id = secrets.token_urlsafe(16)
    row = {"id": id, "offer": offer, "expires": whole_day(expires), "revoked": 0}
    connection.execute(PROVIDER_LINKS.insert(), row)
    return id


def find(connection: Connection, id: str) -> ProviderLink | None:
    """The link with this id, even where it may no longer be used; None where there is none."""
    found = connection.execute(select(PROVIDER_LINKS).where(PROVIDER_LINKS.c.id == id)).one_or_none()
    return None if found is None else _read(found)


def revoke(connection: Connection, id: str, day: date) -> bool:
    """Ends a link on ``day``."""
    good = (PROVIDER_LINKS.c.id == id) & (PROVIDER_LINKS.c.revoked == 0)
    done = connection.execute(update(PROVIDER_LINKS).where(good).values(revoked=whole_day(day)))
    return bool(done.rowcount)


def of_offer(connection: Connection, offer: str) -> tuple[ProviderLink, ...]:
    """All links that were made for an offer."""
    query = select(PROVIDER_LINKS).where(PROVIDER_LINKS.c.offer == offer)
    ordered = query.order_by(PROVIDER_LINKS.c.expires.desc(), PROVIDER_LINKS.c.id)
    return tuple(_read(row) for row in connection.execute(ordered))


def _read(row: Row[tuple[str, str, int, int]]) -> ProviderLink:
    revoked = day_of(row.revoked) if row.revoked else None
    return ProviderLink(row.id, row.offer, day_of(row.expires), revoked)
