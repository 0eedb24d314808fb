"""Offers as a page shows them: the card that the conversation shows too, and where to go from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from urllib.parse import quote

from locales.text import Text
from referral.card import Card, card
from referral.directory.index import Directory
from referral.directory.training import is_dated
from referral.findings import findings
from referral.match import match
from referral.model import Answer, Form, Match, Offer, Request, Role
from referral.page import pages
from referral.web.public.filters import Filters
from referral.web.public.organisations import helpers
from referral.web.public.public import Public

GENERAL = "generic_help"
"""The need of somebody who has not said what it is about."""

AT_ONCE = 6
"""Two pages of the conversation: what is near, and a phone line on each. Twelve cards are ten screens of a phone."""

MAP = "https://www.openstreetmap.org/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One offer of a list. Addresses are "" where there is nothing to lead to."""

    number: int
    found: Match
    card: Card
    map: str
    helper: str
    calendar: str

    @property
    def asks_hours(self) -> bool:
        """Whether somebody might go there without knowing when it is open."""
        return not self.card.opening and self.found.offer.form is Form.IN_PERSON and bool(self.map)


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found, what is to be said of it, and how many the reader's own choices leave out."""

    entries: tuple[Entry, ...]
    findings: tuple[Text, ...]
    hidden: int

    @property
    def first(self) -> tuple[Entry, ...]:
        """Those that are shown at once: the first, and every urgent line."""
        return self.entries[: max(AT_ONCE, self._urgent)]

    @property
    def rest(self) -> tuple[Entry, ...]:
        """Those that are shown to whoever asks for more."""
        return self.entries[len(self.first) :]

    @property
    def _urgent(self) -> int:
        return sum(one.found.offer.role is Role.URGENT for one in self.entries)


def listing(
    public: Public,
    directory: Directory,
    filters: Filters,
    language: str,
    now: datetime,
    municipality: str,
    need: str,
) -> Listing:
    """Who helps with ``need`` ("" for any) in ``municipality`` ("" for all of Finland), as the matching
    ranks them: the same helpers in the same order as in the conversation, but that all urgent lines come
    first: the conversation says who to call in its first message, and here only the list does."""
    spoken = filters.served_in or language.partition("@")[0]
    request = Request((need or GENERAL,), municipality, form=filters.form, languages=(spoken,))
    answer = match(request, directory, now)
    ranked = _ranked(answer)
    shown = tuple(found for found in ranked if filters.passes(found, directory))
    return Listing(
        tuple(entries(public, directory, shown, language, now)),
        findings(answer, public.atlas) if _is_wide(answer) else (),
        len(ranked) - len(shown),
    )


def _ranked(answer: Answer) -> tuple[Match, ...]:
    urgent = tuple(one for one in answer.first_contact if one.offer.role is Role.URGENT)
    others = (one for one in chain.from_iterable(pages(answer)) if one.offer.role is not Role.URGENT)
    return (*urgent, *others)


def entries(
    public: Public, directory: Directory, shown: Iterable[Match], language: str, now: datetime
) -> Iterable[Entry]:
    """The offers as a page shows them, numbered from 1."""
    known = helpers(directory).by_id
    for number, found in enumerate(shown, start=1):
        offer = found.offer
        helper = known.get(offer.organisation.id)
        yield Entry(
            number,
            found,
            card(found, language, now, public.atlas, public.catalogues),
            map_of(offer),
            public.helper(language, helper.word) if helper else "",
            f"{calendar_of(offer.id)}?language={quote(language)}" if is_dated(offer) else "",
        )


def calendar_of(id: str) -> str:
    """The address of the calendar file of an offer."""
    return f"/calendar/{quote(id, safe='')}.ics"


def map_of(offer: Offer) -> str:
    """Where a map on another site shows the place; "" for what is nowhere in particular."""
    if offer.form is Form.REMOTE:
        return ""
    if offer.point:
        lat, lon = offer.point
        return f"{MAP}?mlat={lat}&mlon={lon}#map=16/{lat}/{lon}"
    place = ", ".join(part for part in (offer.street, f"{offer.postcode} {offer.locality}".strip()) if part)
    return f"{MAP}search?query={quote(place)}" if offer.street and place else ""


def _is_wide(answer: Answer) -> bool:
    """Lines that come first (112, one's bank) are all that an emergency needs: nothing is missing then."""
    return bool(answer.matches or not answer.first_contact)
