"""The search: what somebody writes is understood, forgotten, and answered with the address of a page.

The form is sent by POST, so that words about somebody's troubles stand in no address, no history and no
log. What leads on is the address of a municipality and a topic, as everybody's is.
"""

from dataclasses import dataclass

from aiohttp import web

from locales.text import Text
from referral.web.form import fields, line
from referral.web.public import words
from referral.web.public.lists import Link, regions, topics
from referral.web.public.public import Public
from referral.web.public.show import show
from referral.web.public.sought import MOST_CHOICES, Sought, taken

MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What to ask back, and the pages among which the person chooses; () where they write again."""

    question: Text
    links: tuple[Link, ...] = ()


async def search(public: Public, language: str, request: web.Request) -> web.Response:
    """The page that was looked for; else the search again, with the words as they were written."""
    given = await fields(request)
    what, where = line(given, "what", MOST_WORDS), line(given, "where", MOST_WORDS)
    sought = public.seek(what, where, language)
    asked = to_ask(public, sought, what, where, language)
    if asked is None:
        raise web.HTTPSeeOther(_address(public, sought, language))
    values = {
        "heading": words.TITLE,
        "lead": words.LEAD,
        "search": public.help(language),
        "talk": public.talk(language),
        "what": what,
        "where": where,
        "asked": asked,
        "regions": regions(public, language),
        "groups": topics(public, language),
    }
    return show(public, request, "start.html", language, values, public.help)


def to_ask(public: Public, sought: Sought, what: str, where: str, language: str) -> Asked | None:
    """What has to be asked before a page can be shown; None where it is clear."""
    place, need = taken(sought.places), taken(sought.needs)
    named = public.catalogues.named
    if sought.places and (sought.region or not place):
        towns = [public.atlas.municipalities[guess.id] for guess in sought.places[:MOST_CHOICES]]
        links = [Link(named(one.names, language), public.help(language, one.code, need)) for one in towns]
        if sought.region:
            region = public.atlas.regions[sought.region].names
            links.insert(0, Link(named(region, language), region_address(public, sought.region, language)))
        return Asked(words.WHICH_PLACE, tuple(links))
    if where and not place and not sought.region:
        return Asked(words.NO_PLACE)
    if sought.needs and not need:
        topics_ = [public.catalog.needs[guess.id] for guess in sought.needs[:MOST_CHOICES]]
        return Asked(
            words.WHICH_NEED,
            tuple(Link(named(one.titles, language), public.help(language, place, one.id)) for one in topics_),
        )
    if place or need or sought.region:
        return None
    return Asked(words.NO_NEED if what else words.NOTHING_WRITTEN)


def _address(public: Public, sought: Sought, language: str) -> str:
    place, need = taken(sought.places), taken(sought.needs)
    if sought.region and not place:
        return region_address(public, sought.region, language)
    return public.help(language, place, need)


def region_address(public: Public, region: str, language: str) -> str:
    """Where the municipalities of a region are listed."""
    return f"{public.help(language)}#region-{region}"
