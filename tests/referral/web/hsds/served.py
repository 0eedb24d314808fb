"""The interface on a port of its own, with what ships and with helpers that are made up to fill every field."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from aiohttp import web

from locales.catalogue import Catalogues
from referral.directory.current import Current, Edition, Origin
from referral.directory.index import Directory
from referral.directory.starter import load_directory
from referral.hours import HELSINKI
from referral.model import Coverage, Form, Offer, Organisation, Role
from referral.web.guard import guard, set_headers
from referral.web.hsds import Views, room
from referral.web.pace import Pace
from tests.referral.supply import HELSINKI as HELSINKI_CODE
from tests.referral.supply import INARI, SODANKYLA, at, atlas, catalog, covering, offer

DAY = date(2026, 11, 23)

KEEPERS = Organisation("keepers", {"fi": "Pidon kirjasto", "sv": "Pidos bibliotek"}, "library")
POINT = replace(
    at("point", SODANKYLA),
    organisation=KEEPERS,
    names={"fi": "Pidon neuvontapiste", "sv": "Pidos rådgivning"},
    descriptions={"fi": "Neuvoo digiasioissa.", "fi@simple": "Auttaa digissä."},
    street="Testikatu 1",
    postcode="99600",
    locality="Sodankylä",
    phone="+358 16 000 000",
    url="https://keepers.example/",
    hours="Mo-Fr 09:00-15:00; 2026 Dec 24-2027 Jan 06 off; 2026 Dec 28 10:00-12:00; PH off",
    languages=("fi", "se", "fse"),
    price="free",
    audience=("seniors", "deaf"),
    ethical_guidelines=True,
    coverage=Coverage(False, ("19",), (HELSINKI_CODE, SODANKYLA)),
)
BRANCH = replace(
    POINT,
    id="point-branch",
    street="Testikatu 2",
    postcode="99830",
    locality="Saariselkä",
    municipality=INARI,
    point=atlas().municipalities[INARI].seat,
    hours="Jun-Aug Mo 10:00-12:00",
    phone="",
)
COURSE = replace(
    POINT,
    id="course",
    names={"fi": "Kurssi"},
    form=Form.TRAINING,
    hours="",
    price="10 €",
    seats=12,
    starts=datetime(2026, 12, 1, 17, tzinfo=HELSINKI),
    ends=datetime(2026, 12, 1, 19, tzinfo=HELSINKI),
    enrol_until=datetime(2026, 11, 30, 12, tzinfo=HELSINKI),
)
MADE_UP: tuple[Offer, ...] = (
    POINT,
    BRANCH,
    COURSE,
    replace(
        COURSE,
        id="drop-in",
        hours="We 13:00-15:00",
        ends=datetime(2027, 1, 27, 15, tzinfo=HELSINKI),
        street="",
        point=None,
        postcode="",
        locality="",
        price="10 euroa kerta",
    ),
    replace(offer("line"), form=Form.REMOTE, phone="0295 000 001", hours="24/7", role=Role.URGENT),
    replace(offer("visits"), home_visits=True, coverage=covering(SODANKYLA), valid_from=date(2027, 1, 1)),
    replace(offer("nameless"), names={}, organisation=Organisation("", {}, ""), needs=frozenset()),
    replace(offer("formula"), names={"fi": "=HYPERLINK(1)", "en": "@SUM"}, valid_until=date(2027, 1, 1)),
    replace(offer("night"), hours="Fr-Sa 22:00-04:00", ethical_guidelines=False, price="kysy"),
)
HIDDEN: tuple[Offer, ...] = (
    replace(offer("for-supporters"), audience=("supporters",)),
    replace(offer("expired"), valid_until=date(2026, 11, 22)),
    replace(
        COURSE,
        id="over",
        starts=datetime(2026, 11, 20, 9, tzinfo=HELSINKI),
        ends=datetime(2026, 11, 20, 12, tzinfo=HELSINKI),
    ),
)
ORIGINS = {
    "point": Origin("sheet", "sheet", date(2026, 11, 10)),
    "point-branch": Origin("sheet", "sheet", date(2026, 11, 20)),
}


@cache
def catalogues() -> Catalogues:
    """The words of every language."""
    return Catalogues.load()


@cache
def starter() -> tuple[Offer, ...]:
    """What ships."""
    return load_directory(catalog(), atlas()).rows


def edition(*offers: Offer) -> Edition:
    """A directory of these."""
    return Edition(Directory.of(offers, atlas()), ORIGINS)


def everything() -> Edition:
    """What ships, what is made up, and what nobody may see."""
    return edition(*starter(), *MADE_UP, *HIDDEN)


def views(current: Current, today: Callable[[], date] = lambda: DAY) -> Views:
    """What is published of ``current``."""
    return Views(current, catalog(), atlas(), catalogues(), today)


@asynccontextmanager
async def served(made: Views) -> AsyncIterator[str]:
    """The address at which ``made`` is served, behind the guard of the site."""
    here = room(made)
    assert here.explain is not None
    watch = guard(here.explain, Pace(lambda: 0.0), 30.0)
    app = web.Application(middlewares=[watch])
    app.on_response_prepare.append(set_headers)
    app.add_routes(here.routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hsds"
    finally:
        await runner.cleanup()
