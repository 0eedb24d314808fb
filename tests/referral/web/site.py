"""The whole site on a port of its own: the real needs, places and catalogues, and some helpers that are made up."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from bot.channels import web
from bot.metrics import Metrics
from bot.seeking import seek_with
from locales.text import as_written
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.model import Confidence, Form, Offer, Organisation, Source
from referral.store.database import Database, open_database
from referral.web import public
from referral.web.room import Room
from tests.bot.channels.played import Played, service_on
from tests.referral.supply import MONDAY, at, catalog, offer
from tests.world import known

ROVANIEMI = "698"
ALL = frozenset(catalog().needs)
SOFTWARE = Organisation(
    "lapland-clicks", {"fi": "Lapin klikkaajat ry", "sv": "Lapplands klickare rf"}, "association"
)

MADE_UP: tuple[Offer, ...] = (
    replace(
        at("klikkaajat", ROVANIEMI),
        organisation=SOFTWARE,
        names={"fi": "Klikkaajien neuvontapiste", "sv": "Klickarnas rådgivning"},
        descriptions={
            "fi": "Neuvoo puhelimen ja tietokoneen käytössä.",
            "en": "Advises on <phones> & computers.",
        },
        needs=ALL,
        street="Testikatu 1",
        postcode="96100",
        locality="Rovaniemi",
        phone="016 000 000",
        url="https://klikkaajat.example/neuvonta",
        hours="Mo-Fr 09:00-15:00",
        languages=("fi", "se"),
        price="free",
        ethical_guidelines=True,
    ),
    replace(
        at("kurssi", ROVANIEMI),
        organisation=SOFTWARE,
        names={"fi": "Älypuhelin tutuksi"},
        form=Form.TRAINING,
        needs=ALL,
        hours="We 13:00-15:00",
        starts=datetime(2026, 11, 25, 13, tzinfo=HELSINKI),
        ends=datetime(2026, 12, 16, 15, tzinfo=HELSINKI),
    ),
    replace(
        at("tukijoille", ROVANIEMI),
        names={"fi": "Tukijoiden tapaaminen"},
        form=Form.TRAINING,
        needs=ALL,
        audience=("supporters",),
        starts=datetime(2026, 11, 26, 13, tzinfo=HELSINKI),
        ends=datetime(2026, 11, 26, 15, tzinfo=HELSINKI),
    ),
    replace(
        at("vanha", ROVANIEMI),
        names={"fi": "Vanha neuvontapiste </script><b>"},
        organisation=Organisation("vanha", {"fi": "Vanha </script><b> oy"}, "company"),
        needs=ALL,
        source=Source("made up", date(2023, 1, 1), Confidence.LOW),
    ),
    replace(offer("linja"), names={"fi": "Etälinja"}, form=Form.REMOTE, needs=ALL, phone="0295 000 001"),
)


def current(*offers: Offer) -> Current:
    """A directory of what ships and of what is made up."""
    if not offers:
        return Current.of(known().directory)
    return Current.of(Directory.of((*known().directory.rows, *offers), known().atlas))


@cache
def _public() -> public.Public:
    world = known()
    seek = seek_with(world.mind)
    return public.Public.of(world.catalog, world.atlas, world.catalogues, world.current, seek, lambda: MONDAY)


def public_of(held: Current, now: Callable[[], datetime] = lambda: MONDAY) -> public.Public:
    """What the public pages are made from."""
    return replace(_public(), current=held, now=now)


MakeRooms = Callable[[Database], tuple[Room, ...]]


@asynccontextmanager
async def site(folder: Path, make_rooms: MakeRooms) -> AsyncIterator[str]:
    """The site with these rooms; its address, without a slash at the end."""
    metrics = Metrics()
    operator = web.Operator(as_written("Testikunta"), "tuki@testikunta.example")
    async with (
        service_on(folder, Played(), metrics) as service,
        open_database(f"sqlite:///{folder / 'chat.sqlite3'}") as database,
        web.open(
            service, known().catalogues, metrics, operator, ("A source",), port=0, rooms=make_rooms(database)
        ) as opened,
    ):
        yield opened.rstrip("/")


@contextmanager
def in_thread(folder: Path, make_rooms: MakeRooms) -> Iterator[str]:
    """The same in a thread of its own, for browsers; its address."""
    started, stop, found = threading.Event(), None, []

    async def serve() -> None:
        nonlocal stop
        stop = asyncio.Event()
        async with site(folder, make_rooms) as address:
            found.extend((address, asyncio.get_running_loop()))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert started.wait(60)
        yield found[0]
    finally:
        if found and stop is not None:
            found[1].call_soon_threadsafe(stop.set)
        thread.join(30)
