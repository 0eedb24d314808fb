"""Asking real servers on the loopback: what goes wrong on the way is overcome, and politeness kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiohttp import web

from referral.directory.importers import IMPORTERS
from referral.directory.importers.fetch import feeds as ways
from referral.directory.importers.fetch import folder, network, pages_of
from referral.directory.importers.fetch.itinerary import Itinerary, Paged, whole
from referral.directory.importers.fetch.network import NoAnswer, Progress, open_asker, travel
from referral.directory.importers.fetch.patience import MOST_TRIES, Failure, Trouble
from referral.directory.importers.fetch.ptv import Version11, Version12, taken_by
from referral.directory.importers.imported import Imported, Means
from referral.directory.starter import load_services
from tests.referral.supply import atlas, catalog
from tests.registers import feeds, ptv11, ptv12
from tests.registers.faults import Faults
from tests.registers.finland import PLACE, Register, channel_id
from tests.registers.server import serving

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MEANS = Means.of(catalog(), atlas(), load_services(), date(2026, 11, 22))
AGENT = "digituki/test (somebody; somebody@example.org)"


@dataclass(slots=True)
class Journey:
    """A fetch in a folder, its waits counted and not waited."""

    path: Path
    waits: list[float] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)

    async def go(self, itinerary: Itinerary, key: str = "") -> tuple[str, ...]:
        async def wait(seconds: float) -> None:
            self.waits.append(seconds)

        headers = {"x-api-key": key} if key else {}
        run = folder.Run(self.path, folder.Manifest("ptv", "", NOW))
        async with open_asker(AGENT, headers, pace=0) as ask:
            names = await travel(itinerary, run, ask, self.progress.append, wait)
        run.end(names, NOW)
        return names

    def read(self, kind: str) -> Imported:
        return IMPORTERS[kind](pages_of(self.path), MEANS)


@asynccontextmanager
async def answering(handler: object, path: str = "/services") -> AsyncIterator[str]:
    async with serving([web.get(path, handler)]) as address:  # type: ignore[arg-type]
        yield address


def the(path: Path, name: str) -> Path:
    """The one page of this name."""
    (found,) = path.glob(f"{name}-*.json")
    return found


def one_page(address: str) -> Paged:
    return Paged("services", lambda _: f"{address}/services", lambda found, _: whole(found, "total_pages"))


async def test_the_service_register_with_everything_going_wrong(tmp_path: Path) -> None:
    register, faults = Register(600), Faults(every=2, slow=0.05)
    async with serving(ptv11.routes(register), faults) as address:
        journey = Journey(tmp_path)
        await journey.go(Version11.begin(f"{address}/api/v11", taken_by(MEANS)))
        whole_path = tmp_path / "whole"
        whole_path.mkdir()
        faults.every = 0
        undisturbed = Journey(whole_path)
        await undisturbed.go(Version11.begin(f"{address}/api/v11", taken_by(MEANS)))
    assert set(faults.made) == set(faults.kinds)
    waited_for = sum(count for kind, count in faults.made.items() if kind not in ("slow", "reset"))
    # The client itself asks again once where a connection that it had used before turns out to be dead.
    assert waited_for <= len(journey.waits) <= waited_for + faults.made["reset"]
    found = journey.read("ptv")
    assert found == undisturbed.read("ptv")
    assert len(found.choices) == 600
    assert len(found.offers) == 2 * register.taken
    assert found.rejections == ()
    assert found.offers[0].organisation.names["sv"] == "Organisation 0"
    assert faults.agents == {AGENT}


async def test_version_12_with_its_key_and_with_everything_going_wrong(tmp_path: Path) -> None:
    register, faults = Register(300), Faults(every=3, slow=0.01)
    gone = frozenset({channel_id(50, PLACE)})
    async with serving(ptv12.routes(register, gone), faults) as address:
        journey = Journey(tmp_path)
        way = Version12.begin(f"{address}/api/v12", taken_by(MEANS))
        await journey.go(way, key=ptv12.KEY)
        found = journey.read("ptv")
        the(tmp_path, "service-00001").unlink()
        faults.every = 0
        with pytest.raises(NoAnswer, match="key"):
            await journey.go(way, key="another")
    assert set(faults.made) == set(faults.kinds)
    assert len(found.choices) == 300
    assert len(found.offers) == 2 * register.taken - 1
    assert [one.value for one in found.rejections] == [channel_id(50, PLACE)]
    assert found.offers[0].organisation.names["sv"] == "Sjö kommun"


async def test_what_has_changed_comes_whole(tmp_path: Path) -> None:
    moved = channel_id(50, PLACE)
    register = Register(600, changed={1: "2026-11-21T12:00:00"}, moved={moved: "2026-11-21T13:00:00"})
    register.changed[2] = "2026-11-21T12:00:00"
    async with serving(ptv11.routes(register)) as address:
        journey = Journey(tmp_path)
        since = datetime(2026, 11, 21, tzinfo=UTC)
        await journey.go(Version11.begin(f"{address}/api/v11", taken_by(MEANS), since))
    found = journey.read("ptv")
    assert [choice.taken for choice in found.choices] == [True, False, True]
    assert len(found.offers) == 4
    assert found.rejections == ()


async def test_a_broken_journey_asks_only_for_the_rest(tmp_path: Path) -> None:
    register, faults = Register(600), Faults()
    async with serving(ptv11.routes(register), faults) as address:
        way = Version11.begin(f"{address}/api/v11", taken_by(MEANS))
        journey = Journey(tmp_path)
        names = await journey.go(way)
        everything = len(faults.addresses)
        for number in (3, 6):
            the(tmp_path, f"Service-0000{number}").unlink()
        the(tmp_path, "Service-00002").write_bytes(b'[{"id": "s1", "serviceNa')
        faults.addresses.clear()
        assert await journey.go(way) == names
    assert len(faults.addresses) == 3
    last = journey.progress[-1]
    assert (last.here, last.kept, last.ahead) == (everything, everything - 3, 0)


@pytest.mark.parametrize(
    ("kind", "count", "pages", "choices"),
    [("kirkanta", 250, 3, 250), ("events", 250, 3, 250), ("hsds", 250, 3, 250), ("events", 0, 1, 0)],
)
async def test_every_other_source(tmp_path: Path, kind: str, count: int, pages: int, choices: int) -> None:
    servers = {"kirkanta": feeds.kirkanta, "events": feeds.events, "hsds": feeds.hsds}
    asked = {"kirkanta": ways.kirkanta, "events": ways.events, "hsds": ways.hsds}
    paths = {"kirkanta": "/v4", "events": "/v1", "hsds": ""}
    async with serving(servers[kind](count), Faults(every=3, slow=0.01)) as address:
        journey = Journey(tmp_path)
        names = await journey.go(asked[kind](address + paths[kind]))
    found = journey.read(kind)
    assert len(names) == pages
    assert len(found.choices) == choices


async def test_libraries_come_with_their_hours(tmp_path: Path) -> None:
    async with serving(feeds.kirkanta(3)) as address:
        journey = Journey(tmp_path)
        await journey.go(ways.kirkanta(f"{address}/v4"))
    assert all(offer.hours and offer.phone and offer.url for offer in journey.read("kirkanta").offers)


async def test_a_source_that_is_away_is_given_up_and_what_came_is_kept(tmp_path: Path) -> None:
    register, faults = Register(300), Faults()
    async with serving(ptv11.routes(register), faults) as address:
        journey = Journey(tmp_path)

        def tell(progress: Progress) -> None:
            journey.progress.append(progress)
            if progress.here == 2:
                faults.every, faults.kinds = 1, ("error",)

        run = folder.Run(tmp_path, folder.Manifest("ptv", "", NOW))
        async with open_asker(AGENT, pace=0) as ask:
            with pytest.raises(NoAnswer, match="500") as raised:
                await travel(
                    Version11.begin(f"{address}/api/v11", taken_by(MEANS)), run, ask, tell, wait=_at_once
                )
    assert raised.value.code == "no_answer"
    assert len(list(tmp_path.glob("*.json"))) == 2
    assert faults.made == {"error": MOST_TRIES}
    assert journey.progress[-1].waiting > 0


async def _at_once(_: float) -> None:
    return None


async def test_a_key_goes_where_it_belongs_and_nowhere_else(tmp_path: Path) -> None:
    keys: list[str | None] = []

    async def keeper(request: web.Request) -> web.Response:
        keys.append(request.headers.get("x-api-key"))
        return web.json_response({"total_pages": 1})

    async with answering(keeper) as elsewhere:

        async def sender(_: web.Request) -> web.Response:
            raise web.HTTPFound(f"{elsewhere}/services")

        async with answering(sender) as address:
            with pytest.raises(NoAnswer, match=elsewhere):
                await Journey(tmp_path).go(one_page(address), key="secret")
        assert keys == []
        await Journey(tmp_path).go(one_page(elsewhere), key="secret")
    assert keys == ["secret"]


async def test_redirects_on_the_same_host_are_followed_but_not_round_and_round(tmp_path: Path) -> None:
    async def moved(request: web.Request) -> web.Response:
        times = int(request.query.get("times", "0"))
        if times == 3:
            return web.json_response({"total_pages": 1})
        raise web.HTTPMovedPermanently(f"/services?times={times + 1}")

    async def round_and_round(_: web.Request) -> web.Response:
        raise web.HTTPFound("/services")

    async with answering(moved) as address:
        (name,) = await Journey(tmp_path).go(one_page(address))
    assert name == the(tmp_path, "services-00001").name
    async with answering(round_and_round) as address:
        with pytest.raises(NoAnswer, match="round"):
            await Journey(tmp_path).go(one_page(address))


async def test_a_page_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST_BYTES", 100_000)

    async def flood(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse()
        await stream.prepare(request)
        for _ in range(100):
            await stream.write(b" " * 10_000)
        return stream

    async with answering(flood) as address:
        with pytest.raises(NoAnswer, match="larger") as raised:
            await Journey(tmp_path).go(one_page(address))
    assert raised.value.code == "too_large"


async def test_a_small_answer_that_unpacks_to_a_large_one_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_BYTES", 100_000)

    async def bomb(_: web.Request) -> web.Response:
        response = web.Response(body=b" " * 5_000_000)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async with answering(bomb) as address:
        with pytest.raises(NoAnswer, match="larger"):
            await Journey(tmp_path).go(one_page(address))


async def test_one_record_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    async def gone(_: web.Request) -> web.Response:
        raise web.HTTPNotFound

    @dataclass(frozen=True, slots=True)
    class One:
        """A single record."""

        address: str
        ahead: int = 1

        @property
        def ask(self) -> network.Ask | None:
            return network.Ask("one", f"{self.address}/services", may_be_gone=True) if self.ahead else None

        def answered(self, content: bytes) -> "One":
            return One(self.address, 0)

    async with answering(gone) as address:
        journey = Journey(tmp_path)
        await journey.go(One(address))
    assert journey.waits == []
    assert journey.read("ptv").rejections == ()


async def test_a_silent_source_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "PATIENCE", 0.05)

    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.json_response({})

    async with answering(silent) as address, open_asker(AGENT, pace=0) as ask:
        assert await ask(f"{address}/services") == Failure(Trouble.TIMEOUT)


async def test_nobody_there(tmp_path: Path) -> None:
    async with serving([]) as address:
        pass
    async with open_asker(AGENT, pace=0) as ask:
        found = await ask(f"{address}/services")
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.UNREACHABLE


async def test_questions_keep_their_distance() -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({})

    async with answering(answer) as address, open_asker(AGENT, pace=60, wait=wait) as ask:
        for _ in range(3):
            await ask(f"{address}/services")
    assert waits[0] == 0
    assert all(0 < seconds <= 60 for seconds in waits[1:])
