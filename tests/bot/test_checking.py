"""``digituki directory check-links`` with real servers on the loopback and a real database."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from aiohttp import web

from bot import checking
from bot.checking import check_links
from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from referral.directory.importers.fetch import visits
from referral.directory.importers.fetch.visits import open_visitor, visited
from referral.directory.links import Heard
from referral.migrations import upgrade
from referral.model import Offer
from referral.store.checks import history
from referral.store.database import open_database
from referral.store.starter import begin
from tests.referral.supply import offer
from tests.registers.server import in_thread, serving

TODAY = date(2026, 11, 22)


@dataclass(slots=True)
class Pages:
    """A web site whose pages answer as their path says; ``asked`` are the methods and paths in turn."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    gone: bool = True

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        self.asked.append((request.method, path))
        if path == "/nohead" and request.method == "HEAD":
            return web.Response(status=405)
        if path == "/gone":
            return web.Response(status=404 if self.gone else 200)
        if path == "/moved":
            raise web.HTTPFound("/fine")
        if path == "/round":
            raise web.HTTPFound("/round")
        if path == "/cut" and request.transport:
            request.transport.abort()
        return web.Response(status=int(path[1:]) if path[1:].isdigit() else 200)

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/{path:.*}", self.answer)]


async def _at_once(_: float) -> None:
    return None


async def test_what_pages_answer() -> None:
    site = Pages()
    async with serving(site.routes()) as address, open_visitor("digituki/test", anywhere=True) as ask:
        names = ["fine", "nohead", "gone", "403", "500", "moved", "round", "cut"]
        done: list[int] = []
        found = await visited([f"{address}/{name}" for name in names], ask, done.append, _at_once)
    assert [found[f"{address}/{name}"] for name in names] == [
        Heard(200),
        Heard(200),
        Heard(404),
        Heard(403),
        Heard(500),
        Heard(200),
        Heard(0, "round and round"),
        Heard(0, "connection cut"),
    ]
    assert done == list(range(1, 9))
    assert ("GET", "/fine") not in site.asked[:2]
    assert site.asked[1:3] == [("HEAD", "/nohead"), ("GET", "/nohead")]


async def test_a_host_is_left_in_peace_between_two_visits() -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    async with serving(Pages().routes()) as address, open_visitor("digituki/test", anywhere=True) as ask:
        await visited([f"{address}/a", f"{address}/404"], ask, lambda _: None, wait)
    assert waits == [visits.HOST_PACE] * 3


@pytest.mark.parametrize("where", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
async def test_our_own_network_is_not_visited(where: str) -> None:
    site = Pages()
    async with serving(site.routes()) as address, open_visitor("digituki/test") as ask:
        found = await ask("GET", address.replace("127.0.0.1", where))
    assert not found.status
    assert site.asked == []


@pytest.mark.parametrize("url", ["ftp://a.example/", "javascript:alert(1)", "https://", "https://[", "x", ""])
async def test_what_is_no_address_is_not_visited(url: str) -> None:
    async with open_visitor("digituki/test", anywhere=True) as ask:
        assert not (await ask("GET", url)).status


def settings(data: Path) -> Settings:
    return Settings.from_env({"DIGITUKI_DATA_DIR": str(data)})


async def _filled(path: Path, offers: list[Offer]) -> None:
    async with open_database(settings(path).database_url) as database:
        await upgrade(database)
        await database.write(lambda connection: begin(connection, offers, "test", TODAY))


def run(path: Path, today: date) -> list[str]:
    lines: list[str] = []
    check_links(settings(path), today, lines.append, StringIO(), anywhere=True)
    return lines


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "HOST_PACE", 0)


def test_an_address_is_called_broken_on_the_second_day(tmp_path: Path) -> None:
    pages = Pages()
    with in_thread(pages.routes()) as address:
        offers = [
            offer("fine", url=f"{address}/fine", phone="09 310 1111"),
            offer("lost", url=f"{address}/gone"),
            offer("lost-too", url=f"{address}/gone", phone="358504 320065"),
            offer("tired", url=f"{address}/503"),
            replace(offer("over", url=f"{address}/over"), valid_until=TODAY - timedelta(days=1)),
        ]
        asyncio.run(_filled(tmp_path, offers))
        lines = run(tmp_path, TODAY)
        assert lines == [
            f"broken today (404): {address}/gone shown by lost, lost-too",
            f"unreachable today (503): {address}/503 shown by tired",
            "number 358504 320065: 358 without a plus is not dialled as the country: write +358 or 0; "
            "shown by lost-too",
            "3 web addresses: 1 lead somewhere, 0 are broken, 2 failed today and are to be visited again "
            "on another day.",
        ]
        assert run(tmp_path, TODAY) == lines
        pages.gone = False
        assert run(tmp_path, TODAY + timedelta(days=1))[0] == (
            f"broken since {TODAY} (503): {address}/503 shown by tired"
        )
        pages.gone = True
        later = run(tmp_path, TODAY + timedelta(days=2))
        assert f"broken today (404): {address}/gone shown by lost, lost-too" in later
        assert f"broken since {TODAY} (503): {address}/503 shown by tired" in later
    assert ("HEAD", "/over") not in pages.asked
    found = asyncio.run(_history(tmp_path, "lost-too"))
    assert found == [
        (TODAY + timedelta(days=ago), outcome) for ago, outcome in ((2, "broken"), (1, "true"), (0, "broken"))
    ]


async def _history(path: Path, id: str) -> list[tuple[date, str]]:
    async with open_database(settings(path).database_url) as database:
        found = await database.read(lambda connection: history(connection, id))
    return [(one.day, one.outcome) for one in found if one.by == "links"]


def test_without_a_database_it_looks_at_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = load_atlas()
    directory = checking.load_directory(load_catalog(), atlas)
    with in_thread(Pages().routes()) as address:
        few = [replace(one, url=f"{address}/404") for one in directory.rows[:2]]
        monkeypatch.setattr(checking, "load_directory", lambda *_: type(directory).of(few, atlas))
        lines = run(tmp_path, TODAY)
    assert lines[0].startswith(f"broken today (404): {address}/404 shown by ")
    assert lines[-1].startswith("There is no database yet")
    assert not (tmp_path / "digituki.sqlite3").exists()
