"""Why an offer was chosen, and what to know about it before going there."""

from referral.directory.freshness import Freshness
from referral.directory.index import Directory
from referral.model import Confidence, Form, Offer, Reason, Role
from referral.prospect import Prospect
from referral.seeker import Seeker

ROLES = {
    Role.SUPPORT: Reason.DECLARES_SUPPORT,
    Role.POINTER: Reason.POINTER,
    Role.AUTHORITY: Reason.AUTHORITY,
    Role.LIST: Reason.LISTS_HELPERS,
}

AUDIENCES = {
    "seniors": Reason.FOR_SENIORS,
    "migrants": Reason.FOR_MIGRANTS,
    "deaf": Reason.FOR_DEAF,
    "deafblind": Reason.FOR_DEAFBLIND,
    "visually_impaired": Reason.FOR_VISUALLY_IMPAIRED,
    "jobseekers": Reason.FOR_JOBSEEKERS,
}


def reasons(one: Prospect, who: Seeker, directory: Directory, *, is_nearest: bool) -> tuple[Reason, ...]:
    """The reasons that hold all day, in the order in which they are told: where, what, in which language, for
    whom, how sure."""
    offer = one.offer
    told: list[Reason] = [Reason.NEAREST] if is_nearest else []
    _add_where(told, offer, one.km, who, directory)
    if offer.form is Form.TRAINING:
        told.append(Reason.COURSE)
    elif offer.role is not Role.URGENT:
        told.append(ROLES[offer.role])
    if offer.home_visits:
        told.append(Reason.HOME_VISITS)
    if who.languages:
        _add_language(told, offer, who.languages, directory)
    for audience in offer.audience:
        if audience in AUDIENCES:
            told.append(AUDIENCES[audience])
    if one.call_first:
        told.append(Reason.CHECK_FIRST)
    elif one.freshness is Freshness.DUE and offer.role is not Role.URGENT:
        told.append(Reason.NOT_CHECKED_LATELY)
    return tuple(told)


def call_first(offer: Offer, how: Freshness) -> bool:
    """Whether what is known of an offer that is ``how`` fresh is to be asked for before going there; never of
    an urgent line, which one calls anyway."""
    unsure = how is Freshness.OLD or offer.source.confidence is Confidence.LOW
    return unsure and offer.role is not Role.URGENT


def speaks(offer: Offer, asked: frozenset[str], directory: Directory) -> bool:
    """Whether one may expect to be served in one of the languages ``asked``.

    Where nobody has checked, the official languages of the place are expected, and Finnish of an offer
    that is no place.
    """
    if offer.languages:
        return not asked.isdisjoint(offer.languages)
    there = directory.atlas.municipalities.get(offer.municipality)
    return not asked.isdisjoint(there.languages) if there else "fi" in asked


def _add_where(told: list[Reason], offer: Offer, km: float | None, who: Seeker, directory: Directory) -> None:
    """Where the offer is. One's own municipality is named where the distance is not known any better."""
    home = who.home
    if offer.form is Form.REMOTE:
        told.append(Reason.REMOTE)
        return
    there = directory.atlas.municipalities.get(offer.municipality)
    if home is None or there is None:
        return
    if there is home:
        if km is None or not who.exact:
            told.append(Reason.IN_YOUR_MUNICIPALITY)
    elif there.code in home.neighbours:
        told.append(Reason.NEIGHBOUR)
    elif there.region == home.region:
        told.append(Reason.IN_YOUR_REGION)


def _add_language(told: list[Reason], offer: Offer, asked: frozenset[str], directory: Directory) -> None:
    served = speaks(offer, asked, directory)
    if offer.languages:
        told.append(Reason.YOUR_LANGUAGE if served else Reason.OTHER_LANGUAGE)
    elif not served:
        told.append(Reason.LANGUAGE_UNKNOWN)
