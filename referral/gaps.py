"""How far the search had to go, and what was asked for and is not there.

Both are told to the person, and the second is counted for the coordinators.
"""

from collections.abc import Sequence

from referral.directory.index import Directory
from referral.model import Form, Offer, Role, Unmet, Widened, Width
from referral.rank import Band, Ranked, Seeker
from referral.reasons import speaks
from referral.score import COURSE, HOME_VISIT


def widened(helpers: Sequence[Ranked], who: Seeker, directory: Directory) -> Widened | None:
    """Where the nearest declared in-person support is: in one's own municipality if it has any, else by
    distance. None where there is none, or where the person's municipality is not known."""
    support = [one for one in helpers if _is_in_person_support(one.offer)]
    if not support or who.home is None:
        return None
    nearest = min(support, key=lambda one: _closeness(one, who))
    return Widened(_width(nearest.offer, who, directory), nearest.offer.municipality, nearest.km)


def unmet(helpers: Sequence[Ranked], who: Seeker, directory: Directory) -> tuple[Unmet, ...]:
    """What is missing; () where nothing is."""
    support = [one for one in helpers if one.offer.role is Role.SUPPORT]
    if not support:
        return (Unmet.NO_SUPPLY,)
    missing = []
    if who.stand and who.request.form in (None, Form.IN_PERSON) and not _is_within_reach(support):
        missing.append(Unmet.TOO_FAR)
    if who.request.languages and not any(
        speaks(one.offer, language, directory) for one in helpers for language in who.request.languages
    ):
        missing.append(Unmet.LANGUAGE)
    if not _has_the_way(support, who.request.needs):
        missing.append(Unmet.FORM)
    return tuple(missing)


def _is_in_person_support(offer: Offer) -> bool:
    return offer.role is Role.SUPPORT and offer.form is Form.IN_PERSON


def _closeness(one: Ranked, who: Seeker) -> tuple[bool, bool, float, int]:
    return not who.is_home_of(one.offer), one.km is None, one.km or 0.0, one.row


def _width(offer: Offer, who: Seeker, directory: Directory) -> Width:
    assert who.home is not None
    there = directory.atlas.municipalities.get(offer.municipality)
    if there is None:  # It has no place of its own, and says whom it serves.
        return Width.NATIONAL if offer.coverage.national else Width.REGION
    if there.code == who.home.code:
        return Width.MUNICIPALITY
    if there.code in who.home.neighbours:
        return Width.NEIGHBOURS
    return Width.REGION if there.region == who.home.region else Width.NATIONAL


def _is_within_reach(support: Sequence[Ranked]) -> bool:
    return any(one.band is Band.WITHIN_REACH for one in support if _is_in_person_support(one.offer))


def _has_the_way(support: Sequence[Ranked], needs: Sequence[str]) -> bool:
    """Whether somebody comes home to those who asked for that, and teaches those who asked for a course."""
    visits = HOME_VISIT not in needs or any(one.offer.home_visits for one in support)
    teaches = COURSE not in needs or any(one.offer.form is Form.TRAINING for one in support)
    return visits and teaches
