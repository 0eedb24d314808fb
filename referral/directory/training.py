"""Courses and drop-in sessions: offers with dates, shown until they end.

A session that comes again (the first Wednesday of each month) is one offer: its ``hours`` say when it
meets between ``starts`` and ``ends``. A course for those who give support is theirs alone: citizens are
never sent there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from referral.directory.index import FOR_SUPPORTERS
from referral.hours import AHEAD, HELSINKI, LONGEST
from referral.model import Form, Offer

CITIZENS = "citizens"

MOST_SESSIONS = 24
"""Of a course that goes on for ever, the sessions of about half a year are enough to plan with."""


@dataclass(frozen=True, slots=True)
class Session:
    """One time that a course meets, in Finland's time."""

    starts: datetime
    ends: datetime


def is_dated(offer: Offer) -> bool:
    """Whether the offer is an event: a course or a drop-in session with a date."""
    return offer.form is Form.TRAINING and offer.starts is not None


def is_over(offer: Offer, now: datetime) -> bool:
    """Whether nothing of it is left at ``now`` (aware): it has ended, or has no session to come.

    An event without an end is over when the day on which it starts is.
    """
    if offer.ends is not None:
        return offer.ends <= now
    if offer.starts is None:
        return False
    return offer.starts.astimezone(HELSINKI).date() < now.astimezone(HELSINKI).date()


def sessions(offer: Offer, now: datetime, most: int = MOST_SESSIONS) -> tuple[Session, ...]:
    """The sessions that have not ended at ``now`` (aware), the next first; () where none is left."""
    if offer.starts is None or is_over(offer, now):
        return ()
    starts = offer.starts.astimezone(HELSINKI)
    ends = (offer.ends or offer.starts).astimezone(HELSINKI)
    repeated = meetings(offer.hours, starts, ends, now) if offer.hours else None
    found = [Session(starts, ends)] if repeated is None else repeated
    return tuple(found[:most])


def upcoming(offers: Iterable[Offer], now: datetime, audience: str = CITIZENS) -> tuple[Offer, ...]:
    """The events for ``audience`` ("citizens" or "supporters") that are still to come, the next first.

    Supporters see everything; citizens see nothing that is for supporters.
    """
    coming = []
    for offer in offers:
        if is_dated(offer) and (audience == FOR_SUPPORTERS or FOR_SUPPORTERS not in offer.audience):
            left = sessions(offer, now, 1)
            if left:
                coming.append((left[0].starts, offer.id, offer))
    return tuple(offer for _, _, offer in sorted(coming, key=lambda one: one[:2]))


def can_enrol(offer: Offer, now: datetime) -> bool | None:
    """Whether one may still enrol at ``now`` (aware); None where nobody has said until when."""
    return None if offer.enrol_until is None else now < offer.enrol_until


def meetings(hours: str, starts: datetime, ends: datetime, now: datetime) -> list[Session] | None:
    """The sessions that the hours name between ``starts`` and ``ends`` (aware) and are not over at ``now``;
    None where they cannot be read."""
    if len(hours) > LONGEST:
        return None
    try:
        read = OpeningHours(hours, timezone=HELSINKI, country="FI")
    except ParserError:
        return None
    since = max(starts, now.astimezone(HELSINKI))
    # A session that has begun is found from its beginning.
    midnight = max(starts, since.replace(hour=0, minute=0, second=0, microsecond=0))
    found = []
    for start, end, state, _ in read.intervals(midnight, min(ends, since + AHEAD)):
        if state == State.OPEN and end is not None and end > now:
            found.append(Session(start.astimezone(HELSINKI), end.astimezone(HELSINKI)))
    return found
