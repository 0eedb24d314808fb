"""The page of one helper: everything that it offers, with source and date; and its courses as a calendar file."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from knowledge.model import Names
from locales.text import Text
from referral.directory.calendar_file import calendar_file
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.published.schema_org import CONTEXT, in_script, json_ld
from referral.directory.published.week import week_in_words
from referral.directory.training import Session, is_dated, is_over, sessions
from referral.hours import opening
from referral.model import Match, Offer
from referral.web.languages import known
from referral.web.public import words
from referral.web.public.help import choose
from referral.web.public.listing import Entry, calendar_of, entries
from referral.web.public.organisations import Helper, helpers, shown_instead
from referral.web.public.public import Public
from referral.web.public.show import moved, show
from referral.web.published import published

MOST_SESSIONS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """An offer on the page of its helper: what it is about, for whom, the next times of a course, and the
    opening hours of a week ("" where they are not known)."""

    entry: Entry
    needs: tuple[Names, ...]
    area: tuple[Names | Text, ...]
    times: tuple[Session, ...]
    week: str


async def helper(public: Public, language: str, request: web.Request) -> web.Response:
    """The page of the helper that the address names."""
    edition, now = public.current.edition, public.now()
    directory, word = edition.directory, request.match_info["first"]
    one = helpers(directory).find(word) or shown_instead(edition, word)
    if one is None:
        return choose(public, language, request, words.MISSING, words.MISSING_HINT, status=404)
    address = public.helper(language, one.word)
    if request.path != address:
        raise moved(request, address)
    offers = [offer for offer in one.offers if _holds(offer, now)]
    shown = [Match(offer, 1.0, None, (), opening(offer.hours, now)) for offer in offers]
    values = {
        "helper": one,
        "kind": words.KINDS.get(one.organisation.kind),
        "guidelines": words.FOLLOWS[_guidelines(one)],
        "entries": [
            _told(public, entry, now, language) for entry in entries(public, directory, shown, language, now)
        ],
        "json_ld": in_script(_graph(public, offers, language)),
        "search": public.help(language),
    }
    return published(
        request,
        show(public, request, "helper.html", language, values, lambda code: public.helper(code, one.word)),
    )


async def calendar(public: Public, request: web.Request) -> web.Response:
    """The times of a course as a calendar file. Raises HTTPNotFound where there is none to come."""
    edition, id = public.current.edition, request.match_info["id"]
    if shown := edition.twins.get(id):
        raise moved(request, calendar_of(shown))
    offer = edition.directory.offers.get(id)
    now = public.now()
    times = sessions(offer, now) if offer and is_dated(offer) and FOR_SUPPORTERS not in offer.audience else ()
    if offer is None or not times:
        raise web.HTTPNotFound
    language = known(request.query.get("language", ""), public.catalogues.languages) or "fi"
    # The day is precise enough for when it was written, and the file stays the same for it.
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    response = web.Response(
        body=calendar_file(offer, times, language, day),
        headers={
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": 'attachment; filename="course.ics"',
        },
    )
    return published(request, response)


def _holds(offer: Offer, now: datetime) -> bool:
    """Whether it is on offer on this day, or will be."""
    return not is_over(offer, now) and (offer.valid_until is None or offer.valid_until >= now.date())


def _guidelines(one: Helper) -> bool | None:
    """Whether the national guidelines are followed, as the offers say; None where they say nothing, or differ."""
    said = {offer.ethical_guidelines for offer in one.offers} - {None}
    return said.pop() if len(said) == 1 else None


def _told(public: Public, entry: Entry, now: datetime, language: str) -> Told:
    offer, needs = entry.found.offer, public.catalog.needs
    return Told(
        entry,
        tuple(needs[id].titles for id in needs if id in offer.needs),
        _area(public, offer),
        sessions(offer, now, MOST_SESSIONS) if is_dated(offer) else (),
        "" if is_dated(offer) else week_in_words(offer.hours, language),
    )


def _area(public: Public, offer: Offer) -> tuple[Names | Text, ...]:
    """Where those live whom the offer is for; () where nobody has said."""
    if offer.coverage.national:
        return (words.ALL_FINLAND,)
    regions, towns = public.atlas.regions, public.atlas.municipalities
    return (
        *(regions[code].names for code in offer.coverage.regions if code in regions),
        *(towns[code].names for code in offer.coverage.municipalities if code in towns),
    )


def _graph(public: Public, offers: list[Offer], language: str) -> dict[str, object]:
    plain = language.partition("@")[0]
    return {"@context": CONTEXT, "@graph": [json_ld(offer, plain, public.atlas) for offer in offers]}
