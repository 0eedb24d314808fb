"""The history of checks: on which day somebody or something looked whether an offer is still true.

- ``confirm(connection, offer, day, by) -> bool``: a person says "still true". The offer is as fresh as
  ``day`` from then on. ``by`` is PROVIDER or COORDINATOR. False where there is no such open offer.
- ``note(connection, offers, day, by, outcome)``: adds to the history and changes nothing else.
- ``endings(connection, offers) -> frozenset[str]``: those of them that their providers have ended.
- ``take_ending_back(connection, offer) -> bool``
- ``broken_links(connection) -> Mapping[str, date]``: offers whose address is broken, and since when.
- ``confirmed_on(connection, day, by) -> frozenset[str]``
- ``history(connection, offer) -> tuple[Check, ...]``: the newest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select, update

from referral.directory.links import broken_since
from referral.store.database import insert, run_many
from referral.store.offers import day_of, whole_day
from referral.store.revision import raise_it
from referral.store.schema import CHECKS, OFFERS

SOURCE, PROVIDER, COORDINATOR, LINKS = "source", "provider", "coordinator", "links"
"""Who checks: the source that an offer comes from, the helper itself, a coordinator, the link checker."""

TRUE, CHANGED, BROKEN, CLOSED = "true", "changed", "broken", "closed"
"""What came of it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: when, by whom (SOURCE, …) and what came of it (TRUE, …)."""

    day: date
    by: str
    outcome: str


def confirm(connection: Connection, offer: str, day: date, by: str) -> bool:
    """Notes that everything about ``offer`` was true on ``day``, and raises the revision.

    A day before the last check is noted and makes the offer no older. False, and nothing noted, where
    there is no offer with this id or it is closed.
    """
    query = select(OFFERS.c.checked, OFFERS.c.valid_until).where(OFFERS.c.id == offer)
    found = connection.execute(query).one_or_none()
    if found is None or (found.valid_until and found.valid_until < day.isoformat()):
        return False
    ended = [one for one in history(connection, offer) if (one.day, one.by, one.outcome) == (day, by, CLOSED)]
    if not ended:  # Until its last day it is true; that it ends is what has to be remembered.
        note(connection, [offer], day, by, TRUE)
    if found.checked < day.isoformat():
        changed = update(OFFERS).where(OFFERS.c.id == offer).values(checked=day.isoformat())
        connection.execute(changed)
        raise_it(connection)
    return True


def note(connection: Connection, offers: Iterable[str], day: date, by: str, outcome: str) -> None:
    """Adds a check to the history of each of ``offers``; a second one of a day takes the first one's place."""
    rows = [{"offer": offer, "day": whole_day(day), "by": by, "outcome": outcome} for offer in offers]
    added = insert(connection.dialect.name, CHECKS)
    told = {"outcome": added.excluded.outcome}
    keys = ["offer", "day", "by"]
    run_many(connection, added.on_conflict_do_update(index_elements=keys, set_=told), rows)


def forget_older(connection: Connection, offers: Iterable[str], day: date) -> None:
    """Keeps nothing of what a source itself confirmed of ``offers`` before ``day``: a register read every day
    would fill the history with one word. What changed or closed, and what people said, stays."""
    rows = [{"of": offer} for offer in offers]
    told_again = (CHECKS.c.by == SOURCE) & (CHECKS.c.outcome == TRUE) & (CHECKS.c.day < whole_day(day))
    run_many(connection, delete(CHECKS).where(CHECKS.c.offer == bindparam("of"), told_again), rows)


def history(connection: Connection, offer: str) -> tuple[Check, ...]:
    """The checks of an offer, the newest first; () where nobody has looked."""
    query = select(CHECKS).where(CHECKS.c.offer == offer).order_by(CHECKS.c.day.desc(), CHECKS.c.by)
    return tuple(Check(day_of(row.day), row.by, row.outcome) for row in connection.execute(query))


def confirmed_on(connection: Connection, day: date, by: str) -> frozenset[str]:
    """The ids of the offers that ``by`` found true on ``day``."""
    query = select(CHECKS.c.offer).where(CHECKS.c.day == whole_day(day), CHECKS.c.by == by)
    return frozenset(connection.scalars(query.where(CHECKS.c.outcome == TRUE)))


def endings(connection: Connection, offers: Iterable[str]) -> frozenset[str]:
    """Those of ``offers`` that their providers have ended: no source opens them again."""
    query = select(CHECKS.c.offer).where(CHECKS.c.by == PROVIDER, CHECKS.c.outcome == CLOSED)
    return frozenset(connection.scalars(query)) & frozenset(offers)


def take_ending_back(connection: Connection, offer: str) -> bool:
    """Lets sources open ``offer`` again; the history says that something changed on the day of the ending.

    False where its provider has not ended it."""
    ended = (CHECKS.c.offer == offer) & (CHECKS.c.by == PROVIDER) & (CHECKS.c.outcome == CLOSED)
    return bool(connection.execute(update(CHECKS).where(ended).values(outcome=CHANGED)).rowcount)


def broken_links(connection: Connection) -> Mapping[str, date]:
    """By offer, since when its web address has led nowhere; only what is to be called broken.

    A later visit that went well clears it, and so does a person who has found everything true since.
    """
    heard = CHECKS.c.by.in_((LINKS, PROVIDER, COORDINATOR)) & CHECKS.c.outcome.in_((TRUE, CHANGED, BROKEN))
    days: defaultdict[str, dict[date, bool]] = defaultdict(dict)
    said: dict[str, int] = {}
    for row in connection.execute(select(CHECKS).where(heard)):
        if row.by == LINKS:
            days[row.offer][day_of(row.day)] = row.outcome == BROKEN
        else:
            said[row.offer] = max(said.get(row.offer, row.day), row.day)
    found = {}
    for offer, visits in days.items():
        confirmed = said.get(offer)
        since = broken_since(visits, day_of(confirmed) if confirmed is not None else None)
        if since is not None:
            found[offer] = since
    return found
