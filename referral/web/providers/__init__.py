"""The pages for those who help: joining the network, and the private link by which they look after what they offer."""

from collections.abc import Callable
from functools import partial

from aiohttp import web

from referral.store.database import Database
from referral.web.addresses import JOIN
from referral.web.pace import Pace
from referral.web.provider_link import PATH
from referral.web.providers import words
from referral.web.providers.desk import Desk
from referral.web.providers.join import Join
from referral.web.providers.own import OwnPages
from referral.web.public.public import Public
from referral.web.room import Room
from referral.web.shell import Entrance

BURST, RATE = 6.0, 1 / 60
"""What one address may send: six at once, then one a minute. A project may join at several places in one go."""


def room(public: Public, database: Database, clock: Callable[[], float]) -> Room:
    """The routes of the providers' pages; ``clock`` (seconds, from any moment on) is for the pace."""
    desk = Desk(public, database, Pace(clock, BURST, RATE))
    return Room("", tuple(_routes(desk)), files=__name__, entrances=(Entrance(words.JOIN, JOIN),))


def _routes(desk: Desk) -> list[web.RouteDef]:
    join, own = Join(desk), OwnPages(desk)
    token = PATH + r"{token:[A-Za-z0-9_-]{8,64}\.[0-9a-f]{32}}"
    routes = [
        web.get(token, own.shown),
        web.post(f"{token}/true", own.confirmed),
        web.get(f"{token}/edit", own.edited),
        web.post(f"{token}/edit", own.changed),
        web.post(f"{token}/end", own.ended),
        web.post(f"{token}/reopen", own.reopened),
    ]
    for language, path in desk.public.addresses.spellings(JOIN):
        routes.append(web.get(path, partial(join.asked, language)))
        routes.append(web.post(path, partial(join.sent, language)))
    return routes
