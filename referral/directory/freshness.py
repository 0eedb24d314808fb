"""How long what is known of an offer may be believed. One rule for ranking, for answers and for the list
of what is due.

An offer is fresh until its due date; then it ranks the lower the older it is, and the answer says that it
has not been checked lately. After the limit it is only named: its hours are not told, and the answer says
to call or look at its page first. Nothing is dropped for its age, because it may be the last option.

- ``due_date(offer) -> date | None``: None for an event, which is true until it ends.
- ``freshness(offer, today) -> Freshness``
- ``due(offers, today, atlas, region="") -> tuple[Due, ...]``: what somebody should check, the worst first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.model import Atlas
from referral.model import Form, Offer, Role

CHECKED_LATELY_DAYS = 183
"""Half a year: what coordinators report ("share checked in the last six months")."""

_YEAR = 365

DUE_DAYS: Mapping[Role, Mapping[Form, int]] = {
    # Volunteers change, projects end, hours move with the term: half a year, as coordinators report.
    # A course without dates is given anew, or not, each term.
    Role.SUPPORT: {Form.IN_PERSON: 183, Form.REMOTE: 183, Form.TRAINING: 183},
    # A wrong number for somebody in distress costs the most.
    Role.URGENT: {Form.IN_PERSON: 183, Form.REMOTE: 183, Form.TRAINING: 183},
    # Lists are kept by others, and their addresses break: 34 of 200 links in one of them.
    Role.LIST: {Form.IN_PERSON: 183, Form.REMOTE: 183, Form.TRAINING: 183},
    # An authority announces its changes, and law makes it advise.
    Role.AUTHORITY: {Form.IN_PERSON: _YEAR, Form.REMOTE: _YEAR, Form.TRAINING: _YEAR},
    # That one may ask at a library is little to promise, and libraries stay.
    Role.POINTER: {Form.IN_PERSON: _YEAR, Form.REMOTE: _YEAR, Form.TRAINING: _YEAR},
}
"""After how many days an offer is to be checked again, by what it is and how it is given."""

LIMIT_DAYS = 730
"""After two years projects have ended and places moved: what is left is a name to ask."""

FALLEN, PAST = 0.7, 0.35
"""What is left of an offer's worth at the limit, and after it."""


class Freshness(StrEnum):
    """How old what is known of an offer is."""

    FRESH = "fresh"
    DUE = "due"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Due:
    """An offer that somebody should check: since when, and whether it is past the limit.

    ``since`` is None for one that was never checked; ``late`` are the days since it was due.
    """

    offer: Offer
    since: date | None
    late: int
    freshness: Freshness


def due_date(offer: Offer) -> date | None:
    """The day after which the offer is to be checked again; None for a dated event, and for one that was
    never checked (``freshness`` calls that one old)."""
    if _is_event(offer) or offer.source.checked is None:
        return None
    return offer.source.checked + timedelta(days=DUE_DAYS[offer.role][offer.form])


def freshness(offer: Offer, today: date) -> Freshness:
    """How old what is known of ``offer`` is on ``today``."""
    checked = offer.source.checked
    return freshness_at(offer, (today - checked).days if checked else LIMIT_DAYS + 1)


def freshness_at(offer: Offer, age: int) -> Freshness:
    """The same for one that was checked ``age`` days ago."""
    if _is_event(offer) or age <= DUE_DAYS[offer.role][offer.form]:
        return Freshness.FRESH
    return Freshness.OLD if age > LIMIT_DAYS else Freshness.DUE


def share_left(offer: Offer, age: int, how: Freshness) -> float:
    """What is left of the worth of an offer that was checked ``age`` days ago and so is ``how`` fresh: 1 while
    it is, never 0."""
    if how is Freshness.FRESH:
        return 1.0
    if how is Freshness.OLD:
        return PAST
    days = DUE_DAYS[offer.role][offer.form]
    return 1.0 - (1.0 - FALLEN) * (age - days) / (LIMIT_DAYS - days)


def due(offers: Iterable[Offer], today: date, atlas: Atlas, region: str = "") -> tuple[Due, ...]:
    """The offers that are to be checked by ``today``, the longest overdue first, never checked ones before all.

    ``region`` (a code) leaves those that lie in it or are meant for it; "" leaves all. What has closed or
    is over is nobody's to check. () where nothing is due.
    """
    found = [
        Due(offer, due_date(offer), _late(offer, today), freshness(offer, today))
        for offer in offers
        if _is_there(offer, today)
        and freshness(offer, today) is not Freshness.FRESH
        and (not region or region in regions_of(offer, atlas))
    ]
    return tuple(sorted(found, key=lambda one: (one.since or date.min, one.offer.id)))


def regions_of(offer: Offer, atlas: Atlas) -> frozenset[str]:
    """The regions in which the offer lies, or else which it is meant for; none for one that is national
    and has no place."""
    here = atlas.municipalities.get(offer.municipality)
    if here and offer.form is not Form.REMOTE:
        return frozenset({here.region})
    if offer.coverage.national:
        return frozenset({here.region}) if here else frozenset()
    covered = (atlas.municipalities.get(code) for code in offer.coverage.municipalities)
    return frozenset((*offer.coverage.regions, *(one.region for one in covered if one)))


def _is_event(offer: Offer) -> bool:
    return offer.form is Form.TRAINING and offer.starts is not None


def _is_there(offer: Offer, today: date) -> bool:
    over = offer.ends is not None and offer.ends.date() < today
    return not over and (offer.valid_until is None or offer.valid_until >= today)


def _late(offer: Offer, today: date) -> int:
    since = due_date(offer)
    return (today - since).days if since else 0
