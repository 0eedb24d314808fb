"""One match as a person reads it: every field in words of one language."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.model import Atlas
from locales.catalogue import Catalogues
from locales.text import Text, as_written, say
from referral.directory.training import is_dated, sessions
from referral.hours import in_words
from referral.model import Confidence, Form, Match, Offer, Reason, Role

FORMS = {
    Form.IN_PERSON: say("Face to face"),
    Form.REMOTE: say("By phone or online"),
    Form.TRAINING: say("Course"),
}

ROLES = {
    Role.POINTER: say("Ask here first"),
    Role.AUTHORITY: say("The authority's own advice"),
    Role.URGENT: say("Urgent"),
    Role.LIST: say("A list of places"),
}

REASONS = {
    Reason.IN_YOUR_MUNICIPALITY: say("It is in the same municipality."),
    Reason.NEAREST: say("It is the nearest."),
    Reason.NEIGHBOUR: say("It is in a neighbouring municipality."),
    Reason.IN_YOUR_REGION: say("It is in the same region."),
    Reason.REMOTE: say("You do not have to go anywhere."),
    Reason.HOME_VISITS: say("The helper can come to your home."),
    Reason.COURSE: say("You can learn at your own pace."),
    Reason.OPEN_NOW: say("It is open now."),
    Reason.YOUR_LANGUAGE: say("They serve in your language."),
    Reason.LANGUAGE_UNKNOWN: say("I do not know which languages they serve in. Ask them."),
    Reason.OTHER_LANGUAGE: say("They may not serve in your language. Ask them."),
    Reason.FOR_SENIORS: say("It is meant for older people."),
    Reason.FOR_MIGRANTS: say("It is meant for people who have moved to Finland."),
    Reason.FOR_DEAF: say("It is meant for deaf people."),
    Reason.FOR_DEAFBLIND: say("It is meant for deafblind people."),
    Reason.FOR_VISUALLY_IMPAIRED: say("It is meant for people with impaired vision."),
    Reason.FOR_JOBSEEKERS: say("It is meant for jobseekers."),
    Reason.NOT_CHECKED_LATELY: say("These details have not been checked lately."),
    Reason.CHECK_FIRST: say("Call or look at their page before you go."),
}

SAID_ALREADY = frozenset((Reason.POINTER, Reason.DECLARES_SUPPORT, Reason.AUTHORITY, Reason.LISTS_HELPERS))
"""Reasons that the card's heading and description say."""

LANGUAGES = {
    "fi": say("Finnish"),
    "sv": say("Swedish"),
    "en": say("the English language"),
    "se": say("Northern Sámi"),
    "smn": say("Inari Sámi"),
    "sms": say("Skolt Sámi"),
    "uk": say("Ukrainian"),
    "ru": say("Russian"),
    "et": say("Estonian"),
    "ar": say("Arabic"),
    "so": say("Somali"),
    "fse": say("Finnish sign language"),
    "fss": say("Finland-Swedish sign language"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One offer as a person reads it. Every field is words in their language, or "".

    ``distance`` is "3 km", "in Sodankylä" or "by phone"; ``phone`` is the number as its source gives
    it and ``phone_note`` stands beside it or instead of it; ``why`` are whole sentences. ``point`` is
    for a map pin.
    """

    id: str
    name: str
    what: str
    form: str
    distance: str
    opening: str
    address: str
    phone: str
    phone_note: str
    url: str
    languages: str
    price: str
    why: tuple[str, ...]
    checked: str
    point: tuple[float, float] | None = None


def card(found: Match, language: str, now: datetime, atlas: Atlas, catalogues: Catalogues) -> Card:
    """The match in words of ``language``; ``now`` decides how its opening is told."""

    def words(text: Text | None) -> str:
        return catalogues.say(text, language) if text else ""

    offer = found.offer
    return Card(
        id=offer.id,
        name=catalogues.named(offer.names, language),
        what=catalogues.named(offer.descriptions, language),
        form=words(ROLES.get(offer.role, FORMS[offer.form])),
        distance=words(_distance(found, atlas)),
        opening=words(_when(found, now)),
        address=_address(offer, language, atlas, catalogues),
        phone=offer.phone,
        phone_note=words(_phone_note(offer)),
        url=offer.url,
        languages=words(_languages(offer)),
        price=words(_price(offer)),
        why=tuple(words(_words_for(reason, offer)) for reason in _told(found)),
        checked=words(_checked(offer)),
        point=offer.point,
    )


def _when(found: Match, now: datetime) -> Text | None:
    """The next time of a course; of all else whether it is open."""
    if is_dated(found.offer) and (coming := sessions(found.offer, now, 1)):
        starts, ends = coming[0].starts, coming[0].ends
        return say("{date}, {start}–{end}", date=starts.date(), start=starts.time(), end=ends.time())
    return in_words(found.opening, now) if found.opening.state != "unknown" else None


def _distance(found: Match, atlas: Atlas) -> Text | None:
    """ "About 3 km away"; the municipality's name where the person's own place is no finer than it."""
    offer = found.offer
    here = atlas.municipalities.get(offer.municipality)
    if offer.form is Form.REMOTE:
        return _remotely(offer)
    if here and (found.km is None or Reason.IN_YOUR_MUNICIPALITY in found.reasons):
        return say("{municipality}", municipality=here.names)
    if found.km is None:
        return None
    return say("About {km} km away", km=max(round(found.km), 1))


def _remotely(offer: Offer) -> Text | None:
    if offer.phone:
        return say("By phone")
    return say("Online") if offer.url else None


def _words_for(reason: Reason, offer: Offer) -> Text:
    if reason is Reason.CHECK_FIRST and offer.form is not Form.IN_PERSON:
        return say("These details may have changed. Look at their own page.")
    return REASONS[reason]


def _told(found: Match) -> tuple[Reason, ...]:
    """The reasons worth a sentence: none that the card says anyway, and the nearest place is told once."""
    reasons = tuple(reason for reason in found.reasons if reason not in SAID_ALREADY)
    if Reason.NEAREST in reasons:
        return tuple(reason for reason in reasons if reason is not Reason.IN_YOUR_MUNICIPALITY)
    return reasons


def _address(offer: Offer, language: str, atlas: Atlas, catalogues: Catalogues) -> str:
    """Where to go; the post office by its name in ``language``, where the postcode has one: "65100 Vasa"."""
    known = atlas.postcodes.get(offer.postcode)
    is_known = known and offer.locality in known.names.values()
    locality = catalogues.named(known.names, language) if known and is_known else offer.locality
    place = f"{offer.postcode} {locality}".strip()
    return ", ".join(part for part in (offer.street, place) if part)


def _phone_note(offer: Offer) -> Text | None:
    if offer.phone or offer.form is not Form.REMOTE or offer.role is Role.URGENT:
        return None
    return say("The phone number has not been checked. Look at their own page.") if offer.url else None


def _languages(offer: Offer) -> Text | None:
    if not offer.languages:
        return None
    names = tuple(LANGUAGES.get(code, as_written(code)) for code in offer.languages)
    return say("Service in: {languages}", languages=names)


def _price(offer: Offer) -> Text | None:
    if offer.price == "free":
        return say("Free of charge")
    return as_written(offer.price) if offer.price else None


def _checked(offer: Offer) -> Text:
    checked = offer.source.checked
    if checked is None:
        return say("Nobody has checked these details yet.")
    if offer.source.confidence is Confidence.LOW:
        return say("Details from {date}. Not certain.", date=checked)
    return say("Details checked {date}.", date=checked)
