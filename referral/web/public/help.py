"""The pages of help: the lists of all municipalities and topics, and who helps in one, with one, or both."""

from aiohttp import web

from knowledge.model import Handling, Municipality, Need
from knowledge.slugs import Kind, Named
from locales.text import Text, say_many
from referral import authorities
from referral.card import LANGUAGES
from referral.directory.published.schema_org import CONTEXT, in_script, json_ld
from referral.first_steps import FIRST_STEPS
from referral.web.origin import origin
from referral.web.public import words
from referral.web.public.dots import picture
from referral.web.public.filters import Filters
from referral.web.public.listing import Listing, listing
from referral.web.public.lists import neighbours, others, regions, topics
from referral.web.public.public import Public
from referral.web.public.show import moved, show
from referral.web.public.sought import taken
from referral.web.published import published

MOST_LETTERS = 60
SURE = 0.8
"""Of a word of an address that is guessed at."""


async def talk(public: Public, language: str, request: web.Request) -> web.Response:
    """Whoever shortens an address down to its language gets to the conversation."""
    raise web.HTTPFound(public.talk(language))


async def start(public: Public, language: str, request: web.Request) -> web.Response:
    """The municipalities by region, the topics by group, and a search."""
    if request.path != public.help(language):
        raise moved(request, public.help(language))
    return published(request, choose(public, language, request, words.TITLE, words.LEAD))


async def found(public: Public, language: str, request: web.Request) -> web.Response:
    """Who helps. Whatever name the address was written with leads to the one address of the page."""
    named = [_named(public, word, language) for word in request.match_info.values()]
    by_kind = {one.kind: one.id for one in named if one is not None}
    if len(by_kind) != len(named):
        return choose(public, language, request, words.MISSING, words.MISSING_HINT, status=404)
    municipality, need = by_kind.get(Kind.MUNICIPALITY, ""), by_kind.get(Kind.NEED, "")
    address = public.help(language, municipality, need)
    if request.path != address:
        raise moved(request, address)
    return published(request, _found(public, language, request, municipality, need))


def _named(public: Public, word: str, language: str) -> Named | None:
    """What a word of an address names. What is no name in our tables may be a form of one ("rovaniemella") or
    a nickname; only a place is guessed, and only a sure one."""
    named = public.slugs.read(word, language)
    if named is None:
        places = public.seek("", word[:MOST_LETTERS].replace("-", " "), language).places
        if places and places[0].score >= SURE and taken(places):
            return Named(Kind.MUNICIPALITY, places[0].id)
    return named


def choose(
    public: Public, language: str, request: web.Request, heading: Text, lead: Text, status: int = 200
) -> web.Response:
    """The page with the search and all lists, under a heading that says why it is shown."""
    values = {
        "heading": heading,
        "lead": lead,
        "search": public.help(language),
        "talk": public.talk(language),
        "regions": regions(public, language),
        "groups": topics(public, language),
    }
    return show(public, request, "start.html", language, values, public.help, status)


def _found(public: Public, language: str, request: web.Request, municipality: str, need: str) -> web.Response:
    filters, now = Filters.of(request.query), public.now()
    here, asked = public.atlas.municipalities.get(municipality), public.catalog.needs.get(need)
    made = listing(public, public.current.directory, filters, language, now, municipality, need)
    address = public.help(language, municipality, need)
    shown = frozenset(entry.found.offer.organisation.id for entry in made.entries)
    values = {
        "heading": words.NEED_IN if asked and here else words.HELP_IN if here else words.ONLY_NEED,
        "place": here.names if here else "",
        "need": asked.titles if asked else "",
        "listing": made,
        "hidden": _hidden(made.hidden),
        "rest": say_many("Show {n} more helper", "Show {n} more helpers", n=len(made.rest)),
        "filters": filters,
        "spoken": LANGUAGES,
        "address": address,
        "whole_address": origin(request) + address,
        "today": now.date(),
        "search": public.help(language),
        "first": FIRST_STEPS.get(need, ()),
        "authority": _authority(asked, here),
        "picture": picture(here, public.atlas, _places(made)) if here else None,
        "groups": topics(public, language, municipality) if here and not asked else (),
        "others": others(public, here, shown, language) if not asked else (),
        "neighbours": neighbours(public, here, language, need),
        "place_page": public.help(language, municipality),
        "talk": public.talk(language, municipality, need),
        "json_ld": in_script(_item_list(public, made, language)),
    }
    return show(
        public,
        request,
        "found.html",
        language,
        values,
        lambda code: public.help(code, municipality, need) + filters.query,
    )


def _hidden(n: int) -> Text:
    return say_many("{n} helper does not fit your choices.", "{n} helpers do not fit your choices.", n=n)


def _authority(asked: Need | None, here: Municipality | None) -> Text | None:
    """The authority that advises on its own service, where the need belongs to one."""
    if asked is None or asked.handling is not Handling.AUTHORITY_FIRST or not asked.first_contact:
        return None
    return authorities.name(asked.first_contact, here)


def _places(made: Listing) -> list[tuple[int, tuple[float, float], float | None]]:
    """Number, point and distance of what can be drawn."""
    return [
        (entry.number, entry.found.offer.point, entry.found.km)
        for entry in made.entries
        if entry.found.offer.point and entry.map
    ]


def _item_list(public: Public, made: Listing, language: str) -> dict[str, object]:
    items = [
        {
            "@type": "ListItem",
            "position": entry.number,
            "item": json_ld(entry.found.offer, language.partition("@")[0], public.atlas),
        }
        for entry in made.entries
    ]
    return {"@context": CONTEXT, "@type": "ItemList", "itemListElement": items}
