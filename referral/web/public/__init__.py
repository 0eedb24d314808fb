"""The public pages: who helps where with what, in every language, for everybody and for search engines.

``room`` gives them as a part of the site. Each page has one address; every other name leads there.
"""

from functools import partial

from aiohttp import web

from referral.web.addresses import HELP, HELPER, SOURCES
from referral.web.languages import tag
from referral.web.public import help, helper, search, sitemap, sources, words
from referral.web.public.public import Public
from referral.web.public.sought import Guess, Seek, Sought
from referral.web.room import Room
from referral.web.shell import Entrance

__all__ = ["Guess", "Public", "Seek", "Sought", "room"]


def room(public: Public) -> Room:
    """The routes of the public pages."""
    entrances = (Entrance(words.TITLE, HELP), Entrance(words.SOURCES_TITLE, SOURCES))
    return Room("", tuple(_routes(public)), files=__name__, entrances=entrances)


def _routes(public: Public) -> list[web.RouteDef]:
    routes = [
        web.get("/robots.txt", partial(sitemap.robots, public)),
        web.get("/sitemap.xml", partial(sitemap.index, public)),
        web.get(r"/sitemap-{language:[a-z-]+}-{part:\d{1,3}}.xml", partial(sitemap.part, public)),
        web.get(r"/calendar/{id:[^/]{1,300}}.ics", partial(helper.calendar, public)),
    ]
    for language in public.catalogues.languages:
        routes += [
            web.get(f"/{tag(language)}{end}", partial(help.talk, public, language)) for end in ("", "/")
        ]
    for language, path in public.addresses.spellings(HELP):
        routes += [
            web.get(path, partial(help.start, public, language)),
            web.get(f"{path}/", partial(help.start, public, language)),
            web.post(path, partial(search.search, public, language)),
            web.get(path + "/{first}", partial(help.found, public, language)),
            web.get(path + "/{first}/{second}", partial(help.found, public, language)),
        ]
    for language, path in public.addresses.spellings(HELPER):
        routes.append(web.get(path + "/{first}", partial(helper.helper, public, language)))
    for language, path in public.addresses.spellings(SOURCES):
        routes.append(web.get(path, partial(sources.sources, public, language)))
    return routes
