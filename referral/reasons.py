"""Why an offer was chosen, and what to know about it before going there."""

from referral.directory.freshness import Freshness, freshness_at
from referral.directory.index import Directory
from referral.model import Confidence, Form, Offer, Reason, Role
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


def reasons(
    offer: Offer, km: float | None, who: Seeker, directory: Directory, *, is_nearest: bool
) -> tuple[Reason, ...]:
    """The reasons that hold all day, in the order in which they are told: where, what, in which language, for
    whom, how sure."""
    told: list[Reason] = [Reason.NEAREST] if is_nearest else []
    _add_where(told, offer, km, who, directory)
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
    if offer.role is not Role.URGENT:
        how = freshness_at(offer, who.age(offer.source))
        if how is Freshness.OLD or offer.source.confidence is Confidence.LOW:
            told.append(Reason.CHECK_FIRST)
        elif how is Freshness.DUE:
            told.append(Reason.NOT_CHECKED_LATELY)
    return tuple(told)


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
