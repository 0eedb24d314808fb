"""How well one offer fits one request: a product of factors, each of them a figure from 0 to 1.

Every factor is monotone: nearer, open sooner, checked later, or surer is never worse, all else equal.
Distance weighs most: it halves a score within ten kilometres, which no other single factor can.
"""

from datetime import date, datetime

from referral.model import Confidence, Form, Offer, Opening, Request

HALF_KM = 10.0
"""A place ten kilometres away is worth half of one next door: about the length of a town, and the point
from which people need a car or a bus."""

UNKNOWN_KM = 10.0
"""Where the distance is not known, and for remote help: never before what is really near."""

FRESH_DAYS = 183
"""Half a year: the age that coordinators report ("share checked in the last six months")."""

STALE_DAYS = 365
"""After a year the person is told that the details have not been checked lately."""

OLD_DAYS = 730
"""After two years the person is told to check first: projects have ended by then, and places moved."""

VERIFIED = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.92, Confidence.LOW: 0.8}

OLDEST = 0.7
"""What is left of an offer that was checked ``OLD_DAYS`` ago or never: the last option is not dropped."""

CLOSED_LONG, UNKNOWN_HOURS, WEEK_SECONDS = 0.85, 0.9, 7 * 86_400.0

AUDIENCES = {"seniors": 0.85, "migrants": 0.6, "jobseekers": 0.6}
"""How likely it is that an offer for these is for the person, whom nobody asks about age or origin."""

OTHER_AUDIENCE = 0.4

OTHER_LANGUAGE, UNKNOWN_LANGUAGE = 0.7, 0.95

COURSE, HOME_VISIT = "course", "home_visit"
"""The needs that ask for a way of being helped; other needs are served by any."""

UNSUITED = 0.5


def nearness(km: float | None) -> float:
    """1 next door, 0.5 at ten kilometres, and never 0: there is no radius beyond which help vanishes."""
    return HALF_KM / (HALF_KM + (UNKNOWN_KM if km is None else km))


def openness(opening: Opening, now: datetime) -> float:
    """1 while open, then the less the longer until the next opening; unknown hours lie between."""
    if opening.state == "open":
        return 1.0
    if opening.state == "unknown":
        return UNKNOWN_HOURS
    if opening.changes is None:
        return CLOSED_LONG
    wait = (opening.changes - now).total_seconds() / WEEK_SECONDS
    return CLOSED_LONG + 0.14 * (1.0 - min(max(wait, 0.0), 1.0))


def freshness(checked: date | None, today: date) -> float:
    """1 for half a year after the last check, then falling to ``OLDEST``."""
    if checked is None:
        return OLDEST
    age = today.toordinal() - checked.toordinal()
    if age <= FRESH_DAYS:
        return 1.0
    return max(OLDEST, 1.0 - (1.0 - OLDEST) * (age - FRESH_DAYS) / (OLD_DAYS - FRESH_DAYS))


def need_fit(offer: Offer, request: Request) -> float:
    """How much of what was asked the offer serves, for whom, in which language and way."""
    fit = _share(offer, request.needs)
    if offer.audience:
        fit *= max(AUDIENCES.get(audience, OTHER_AUDIENCE) for audience in offer.audience)
    if request.languages:
        if not offer.languages:
            fit *= UNKNOWN_LANGUAGE
        elif not any(language in offer.languages for language in request.languages):
            fit *= OTHER_LANGUAGE
    return fit


def _share(offer: Offer, needs: tuple[str, ...]) -> float:
    """The needs served, each weighing half of the one before it, in proportion to all that were asked."""
    if len(needs) == 1:
        return _way(offer, needs[0])
    weight, whole, served = 1.0, 0.0, 0.0
    for need in needs:
        whole += weight
        if need in offer.needs:
            served += weight * _way(offer, need)
        weight /= 2
    return served / whole


def _way(offer: Offer, need: str) -> float:
    if offer.form is Form.TRAINING or need == COURSE:
        return 1.0 if offer.form is Form.TRAINING and need == COURSE else UNSUITED
    if need == HOME_VISIT:
        return 1.0 if offer.home_visits else UNSUITED
    return 1.0


def score(offer: Offer, km: float | None, opening: Opening, request: Request, now: datetime) -> float:
    """How well ``offer``, ``km`` away and open as ``opening`` says, fits ``request``: 0..1."""
    source = offer.source
    return (
        need_fit(offer, request)
        * nearness(km)
        * openness(opening, now)
        * freshness(source.checked, now.date())
        * VERIFIED[source.confidence]
    )
