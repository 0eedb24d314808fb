"""How far the search had to go, and what was asked for and is not there.

Both are told to the person, and the second is counted for the coordinators.
"""

from collections.abc import Sequence

from knowledge.model import Municipality
from referral.directory.index import Directory
from referral.model import Form, Offer, Role, Unmet, Widened, Width
from referral.prospect import Band, Prospect
from referral.reasons import speaks
from referral.seeker import COURSE, HOME_VISIT, Seeker


def widened(helpers: Sequence[Prospect], who: Seeker, directory: Directory) -> Widened | None:
    """Where the nearest declared in-person support is: in one's own municipality if it has any, else by
    distance. None where there is none, or where the person's municipality is not known."""
    home = who.home
    support = [one for one in helpers if is_in_person_support(one.offer)]
    if not support or home is None:
        return None
    own = [one for one in support if one.offer.municipality == home.code]
    nearest = min(own or support, key=closeness)
    return Widened(_width(nearest.offer, home, directory), nearest.offer.municipality, nearest.km)


def unmet(
    lines: Sequence[Prospect], helpers: Sequence[Prospect], who: Seeker, directory: Directory
) -> tuple[Unmet, ...]:
    """What is missing from ``helpers``, and ``lines`` that come first; () where nothing is."""
    if lines and not helpers:
        return ()  # An emergency: whoever can help is called.
    request = who.request
    support = [one for one in helpers if one.offer.role is Role.SUPPORT]
    if not support:
        return (Unmet.NO_SUPPLY,)
    missing = []
    if who.stand and request.form in (None, Form.IN_PERSON) and not _is_within_reach(support):
        missing.append(Unmet.TOO_FAR)
    if who.languages and not any(speaks(one.offer, who.languages, directory) for one in (*lines, *helpers)):
        missing.append(Unmet.LANGUAGE)
    if not who.any_way and not _is_given_so(support, request.needs):
        missing.append(Unmet.FORM)
    return tuple(missing)


def is_in_person_support(offer: Offer) -> bool:
    """Whether the offer is declared support, face to face."""
    return offer.role is Role.SUPPORT and offer.form is Form.IN_PERSON


def closeness(one: Prospect) -> tuple[bool, float, int]:
    """Sorts by distance; what has none comes last."""
    return one.km is None, one.km or 0.0, one.row


def _width(offer: Offer, home: Municipality, directory: Directory) -> Width:
    there = directory.atlas.municipalities.get(offer.municipality)
    if there is None:  # It has no place of its own, and says whom it serves.
        return Width.NATIONAL if offer.coverage.national else Width.REGION
    if there is home:
        return Width.MUNICIPALITY
    if there.code in home.neighbours:
        return Width.NEIGHBOURS
    return Width.REGION if there.region == home.region else Width.NATIONAL


def _is_within_reach(support: Sequence[Prospect]) -> bool:
    return any(one.band is Band.WITHIN_REACH and one.offer.form is Form.IN_PERSON for one in support)


def _is_given_so(support: Sequence[Prospect], needs: Sequence[str]) -> bool:
    """Whether somebody comes home to those who asked for that, and teaches those who asked for a course."""
    visits = HOME_VISIT not in needs or any(one.offer.home_visits for one in support)
    teaches = COURSE not in needs or any(one.offer.form is Form.TRAINING for one in support)
    return visits and teaches
