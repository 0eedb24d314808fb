"""The coordinators' site: who may come in, what they see, and how they look after the directory.

``room`` builds it; every address stands in ``entries``, and ``enter`` is the one way in.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from time import monotonic

from aiohttp import web

from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.demand.frame import COUNTED_CHANNELS, Frame
from referral.directory.current import Current
from referral.store.database import Database
from referral.web.coordinators import directory, practices, situation
from referral.web.coordinators.account import OwnAccount
from referral.web.coordinators.door import Door
from referral.web.coordinators.enter import open_route, route
from referral.web.coordinators.gate import Gate
from referral.web.coordinators.hashing import Hashing
from referral.web.coordinators.invitation import Accepting
from referral.web.coordinators.office import Office
from referral.web.coordinators.record import Record
from referral.web.coordinators.refused import explain
from referral.web.coordinators.secret import Secret
from referral.web.coordinators.signing_in import SigningIn
from referral.web.coordinators.situation.reading import Reading
from referral.web.coordinators.situation.routes import situation_routes
from referral.web.coordinators.start import Start
from referral.web.page import compile_templates
from referral.web.room import Room

PREFIX = "/coordinators"
DOMAINS = ("digituki", "coordinators")
"""The catalogues that this site speaks from."""

FIRST_SECONDS = 2.0
"""After which things are made ready: by then the service has started, and the first person is answered."""


def room(
    database: Database,
    current: Current,
    catalog: Catalog,
    atlas: Atlas,
    clock: Callable[[], datetime],
    hashing: Hashing | None = None,
) -> Room:
    """The whole site. ``clock`` gives this moment in Helsinki; ``hashing`` is for tests, which have less
    time than guessers."""
    secret = Secret(database)
    gate = Gate(monotonic, lambda: int(clock().timestamp()), database, secret)
    office = Office(
        database,
        current,
        catalog,
        atlas,
        Catalogues.load(domains=DOMAINS),
        clock,
        Door(hashing or Hashing(), gate, secret),
    )
    frame = Frame.of(catalog, atlas, Catalogues.load().languages, COUNTED_CHANNELS)
    reading = Reading(office)
    routes = (
        *_door(office),
        *_account(office),
        *directory.routes(office),
        *practices.routes(office),
        *situation_routes(office, frame, reading),
    )
    return Room(PREFIX, routes, partial(explain, office), __name__, beside=partial(_beside, reading))


async def _beside(reading: Reading) -> None:
    """Has everything ready before somebody asks for it, until it is cancelled."""
    await asyncio.sleep(FIRST_SECONDS)
    parts = (__name__, *(part.__name__ for part in (directory, practices, situation)))
    await asyncio.to_thread(compile_templates, parts)
    await reading.keep()


def _door(office: Office) -> tuple[web.RouteDef, ...]:
    signing, accepting = SigningIn(office), Accepting(office)
    return (
        route(office, "GET", PREFIX, Start(office).show),
        open_route("GET", f"{PREFIX}/sign-in", signing.ask),
        open_route("POST", f"{PREFIX}/sign-in", signing.enter),
        open_route("GET", f"{PREFIX}/invitation/{{secret}}", accepting.ask),
        open_route("POST", f"{PREFIX}/invitation/{{secret}}", accepting.join),
        route(office, "POST", f"{PREFIX}/sign-out", signing.leave),
        route(office, "POST", f"{PREFIX}/sign-out-everywhere", signing.leave_everywhere),
    )


def _account(office: Office) -> tuple[web.RouteDef, ...]:
    own, record = OwnAccount(office), Record(office)
    return (
        route(office, "GET", f"{PREFIX}/account", own.show),
        route(office, "POST", f"{PREFIX}/account/password", own.change_password),
        route(office, "POST", f"{PREFIX}/account/codes", own.make_codes),
        route(office, "POST", f"{PREFIX}/account/tokens", own.make_token),
        route(office, "POST", f"{PREFIX}/account/tokens/{{id}}/revoke", own.revoke_token),
        route(office, "GET", f"{PREFIX}/audit", record.show),
    )
