"""How well one offer fits one request: a product of factors, each of them a figure from 0 to 1.

Every factor is monotone: nearer, open sooner, checked later, or surer is never worse, all else equal.
Distance weighs most: it halves a score within ten kilometres, which no other single factor can.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from referral.directory.freshness import Freshness, share_left
from referral.hours import HELSINKI, opening_on
from referral.model import Confidence, Form, Offer, Opening
from referral.seeker import COURSE, HOME_VISIT, Seeker

HALF_KM = 10.0
"""A place ten kilometres away is worth half of one next door: about the length of a town, and the point
from which people need a car or a bus."""

UNKNOWN_KM = 10.0
"""Where the distance is not known, and for remote help: never before what is really near."""

VERIFIED = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.92, Confidence.LOW: 0.8}

CLOSED_NOW, UNKNOWN_HOURS, CLOSED_LONG = 0.99, 0.9, 0.85
WEEK_SECONDS = 7 * 86_400.0

AUDIENCES = {"seniors": 0.85, "migrants": 0.6, "jobseekers": 0.6}
"""How likely it is that an offer for these is for the person, whom nobody asks about age or origin."""

OTHER_AUDIENCE = 0.4

OTHER_LANGUAGE, UNKNOWN_LANGUAGE = 0.7, 0.95

UNSUITED = 0.5


def worth(offer: Offer, km: float | None, who: Seeker, age: int, how: Freshness) -> float:
    """How well ``offer``, ``km`` away and checked ``age`` days ago, fits ``who`` while it is open: 0..1."""
    return (
        _fit(offer, who)
        * HALF_KM
        / (HALF_KM + (UNKNOWN_KM if km is None else km))
        * share_left(offer, age, how)
        * VERIFIED[offer.source.confidence]
    )


class Openings(dict[str, tuple[Opening, float]]):
    """By opening hours: what they mean at one moment, and what an offer is then worth of what it is worth
    while open. Read on demand: a thousand libraries share few hours."""

    def __init__(self, moment: float) -> None:
        """``moment`` is in POSIX seconds."""
        self._moment = moment
        self._day = datetime.fromtimestamp(moment, HELSINKI).date()

    def __missing__(self, hours: str) -> tuple[Opening, float]:
        opening = opening_on(hours, self._day, self._moment)
        self[hours] = opening, _openness(opening, self._moment)
        return self[hours]


@lru_cache(maxsize=2)
def openings(minute: int) -> Openings:
    """The openings of a minute (POSIX time divided by 60): no hours are finer than that."""
    return Openings(60.0 * minute)


def _fit(offer: Offer, who: Seeker) -> float:
    """How much of what was asked the offer serves, for whom, in which language and way."""
    if who.any_way:
        fit = UNSUITED if offer.form is Form.TRAINING else 1.0
    else:
        fit = _share(offer, who.request.needs)
    if offer.audience:
        fit *= max(AUDIENCES.get(audience, OTHER_AUDIENCE) for audience in offer.audience)
    if who.languages and who.languages.isdisjoint(offer.languages):
        fit *= OTHER_LANGUAGE if offer.languages else UNKNOWN_LANGUAGE
    return fit


def _share(offer: Offer, needs: Sequence[str]) -> float:
    """The needs served, each weighing half of the one before it, in proportion to all that were asked."""
    weight, whole, served = 1.0, 0.0, 0.0
    for need in needs:
        whole += weight
        if need in offer.needs:
            served += weight * _way(offer, need)
        weight /= 2
    return served / whole


def _way(offer: Offer, need: str) -> float:
    """Whether the offer helps in the way that the need asks for."""
    if offer.form is Form.TRAINING or need == COURSE:
        return 1.0 if offer.form is Form.TRAINING and need == COURSE else UNSUITED
    if need == HOME_VISIT:
        return 1.0 if offer.home_visits else UNSUITED
    return 1.0


def _openness(opening: Opening, moment: float) -> float:
    """1 while open, then the less the longer until the next opening; unknown hours lie between."""
    if opening.state == "open":
        return 1.0
    if opening.state == "unknown":
        return UNKNOWN_HOURS
    if opening.changes is None:
        return CLOSED_LONG
    wait = (opening.changes.timestamp() - moment) / WEEK_SECONDS
    return CLOSED_LONG if wait >= 1.0 else CLOSED_NOW - (CLOSED_NOW - CLOSED_LONG) * wait
