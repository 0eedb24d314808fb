"""Why an offer was chosen, and what to know about it before going there."""

from collections.abc import Iterator

from knowledge.model import Municipality
from referral.directory.index import Directory
from referral.model import Confidence, Form, Offer, Reason, Role
from referral.rank import Ranked, Seeker
from referral.score import OLD_DAYS, STALE_DAYS

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


def reasons(one: Ranked, seeker: Seeker, directory: Directory, is_nearest: bool) -> tuple[Reason, ...]:
    """The reasons, in the order in which they are told: where, what, for whom, when, how sure."""
    return tuple(_reasons(one, seeker, directory, is_nearest))


def speaks(offer: Offer, language: str, directory: Directory) -> bool:
    """Whether one may expect to be served in ``language``.

    Where nobody has checked, the official languages of the place are expected, and Finnish of an offer
    that is no place.
    """
    if offer.languages:
        return language in offer.languages
    there = directory.atlas.municipalities.get(offer.municipality)
    return language in (there.languages if there else ("fi",))


def _reasons(one: Ranked, seeker: Seeker, directory: Directory, is_nearest: bool) -> Iterator[Reason]:
    offer = one.offer
    if is_nearest:
        yield Reason.NEAREST
    yield from _where(one, seeker, directory)
    if offer.form is Form.TRAINING:
        yield Reason.COURSE
    elif offer.role in ROLES:
        yield ROLES[offer.role]
    if offer.home_visits:
        yield Reason.HOME_VISITS
    if one.opening.state == "open":
        yield Reason.OPEN_NOW
    yield from _language(offer, seeker, directory)
    for audience in offer.audience:
        if audience in AUDIENCES:
            yield AUDIENCES[audience]
    if offer.role is not Role.URGENT:
        yield from _age(offer, seeker)


def _where(one: Ranked, seeker: Seeker, directory: Directory) -> Iterator[Reason]:
    """Where the offer is. One's own municipality is named where the distance is not known any better."""
    offer, home = one.offer, seeker.home
    there: Municipality | None = directory.atlas.municipalities.get(offer.municipality)
    if offer.form is Form.REMOTE:
        yield Reason.REMOTE
    elif home is None or there is None:
        return
    elif there.code == home.code:
        if one.km is None or not seeker.exact:
            yield Reason.IN_YOUR_MUNICIPALITY
    elif there.code in home.neighbours:
        yield Reason.NEIGHBOUR
    elif there.region == home.region:
        yield Reason.IN_YOUR_REGION


def _language(offer: Offer, seeker: Seeker, directory: Directory) -> Iterator[Reason]:
    asked = seeker.request.languages
    if not asked:
        return
    if any(language in offer.languages for language in asked):
        yield Reason.YOUR_LANGUAGE
    elif offer.languages:
        yield Reason.OTHER_LANGUAGE
    elif not any(speaks(offer, language, directory) for language in asked):
        yield Reason.LANGUAGE_UNKNOWN


def _age(offer: Offer, seeker: Seeker) -> Iterator[Reason]:
    source = offer.source
    age = (seeker.now.date() - source.checked).days if source.checked else OLD_DAYS + 1
    if age > OLD_DAYS or source.confidence is Confidence.LOW:
        yield Reason.CHECK_FIRST
    elif age > STALE_DAYS:
        yield Reason.NOT_CHECKED_LATELY
