"""What the pages read: releases, which never change and so are kept once read, and today's supply.

Nobody should wait for a page. ``keep`` runs beside the pages: it reads a release when a month has closed,
and reckons all distances when the directory or the day has changed, in a thread. Until the new supply is
whole, the pages show the one before.
"""

import asyncio
import gc
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from threading import Event
from typing import TypeVar, cast

import structlog
from sqlalchemy import Connection, select

from referral.demand.export import from_json
from referral.demand.release import Release
from referral.directory.index import Directory
from referral.situation.out import Out, looked_at
from referral.situation.overview import Overview, overview
from referral.situation.picture import Releases
from referral.situation.supply import Supply
from referral.store.database import StoreUnavailable
from referral.store.releases import StoredRelease, find_release
from referral.store.schema import RELEASES
from referral.web.coordinators.office import Office

MOST_KEPT = 64
"""Releases kept as they were read: the months of two years and what they end. A year with all its
municipalities takes a few megabytes."""

MOST_WORKED_OUT = 256
"""Views of today's supply that are kept; the longest takes some tens of kilobytes."""

LOOK_SECONDS = 3.0
"""How often ``keep`` looks whether something has changed."""

REST_SECONDS = 0.002
"""The pause after each part of the reckoning, in which those are answered who are being answered."""

_LOG = structlog.get_logger("digituki.coordinators")

T = TypeVar("T")

Period = tuple[str, str]
"""Kind and period."""


class Reading:
    """One for each process."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._kept: dict[Period, tuple[str, Release]] = {}
        self._supply: Supply | None = None
        self._worked_out: dict[Hashable, object] = {}
        self._is_kept = False

    async def keep(self) -> None:
        """Has everything ready before somebody asks for it, until it is cancelled."""
        self._is_kept = True
        try:
            while True:
                await self._looked()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._is_kept = False

    async def _looked(self) -> None:
        try:
            await self.prepare()
        except StoreUnavailable:
            pass  # The pages say so; the next look tries again.
        except Exception as fault:  # Whatever it is, the pages that need it say so.
            _LOG.error("the situation picture was not prepared", reason=type(fault).__name__)

    async def prepare(self) -> None:
        """Reads the releases that pages look at, and reckons today's supply. Raises StoreUnavailable."""
        for period in looked_at(await self.out()):
            await self.releases([period])
        if self._is_old():
            supply = Supply(self.office.current.directory, self.office.today())
            stopped = Event()
            try:
                worked_out = await asyncio.to_thread(_reckon, supply, stopped)
            finally:
                stopped.set()  # Whoever stops the service does not wait for what nobody will read.
            self._supply, self._worked_out = supply, worked_out
            gc.freeze()  # None of it is garbage, and looking for some would keep somebody waiting.

    async def out(self) -> Out:
        """The periods that have been released."""
        found = await self.office.database.read(_periods)
        # Another database, or one that was restored: what is kept must be what is there.
        for period in [one for one, (sha256, _) in self._kept.items() if found.get(one) != sha256]:
            self._kept.pop(period, None)
        return Out.of(found)

    async def releases(self, wanted: Iterable[Period]) -> Releases:
        """Those of ``wanted`` that have been released. Ask ``out`` first: it forgets what is no longer there."""
        asked = tuple(wanted)
        missing = [one for one in asked if one not in self._kept]
        if missing:
            for period, stored in await self.office.database.read(partial(_read, wanted=missing)):
                release = await asyncio.to_thread(from_json, stored.content)
                while len(self._kept) >= MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[period] = stored.sha256, release
        return {one: self._kept[one][1] for one in asked if one in self._kept}

    async def release(self, kind: str, period: str) -> Release | None:
        """One release; None where there is none."""
        return (await self.releases([(kind, period)])).get((kind, period))

    def sha256(self, period: Period) -> str:
        """That of a release which was read."""
        return self._kept[period][0]

    def supply(self) -> Supply:
        """What the directory offers today: made anew when the directory or the day has changed, by ``keep``
        where that runs."""
        if self._supply is None or (self._is_old() and not self._is_kept):
            self._supply = Supply(self.office.current.directory, self.office.today())
            self._worked_out = {}
        return self._supply

    def _is_old(self) -> bool:
        directory: Directory = self.office.current.directory
        made = self._supply
        return made is None or made.directory is not directory or made.today != self.office.today()

    async def worked_out(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives, kept under ``key`` until the directory or the day changes.

        It is done in another thread: after a change all distances are reckoned anew, and nobody else should
        wait for them. Ask ``supply`` first.
        """
        kept = self._worked_out
        if key not in kept:
            found = await asyncio.to_thread(work)
            if len(kept) >= MOST_WORKED_OUT:
                kept.clear()
            kept[key] = found
        return cast(T, kept[key])


async def overview_of(reading: Reading, supply: Supply, regions: tuple[str, ...]) -> Overview:
    """The overview of ``regions``, kept as long as ``supply`` is."""
    return await reading.worked_out(("overview", regions), partial(overview, supply, regions))


def _periods(connection: Connection) -> dict[Period, str]:
    """(Kind, period) of every release, and its sha256; without reading their contents."""
    query = select(RELEASES.c.kind, RELEASES.c.period, RELEASES.c.sha256)
    return {(row.kind, row.period): row.sha256 for row in connection.execute(query)}


def _reckon(supply: Supply, stopped: Event) -> dict[Hashable, object]:
    """Works out all that pages may ask of ``supply``, part by part until it is ``stopped``, and makes room for
    others in between; gives the overviews by their keys."""
    for part in supply.parts():
        part()
        if stopped.wait(REST_SECONDS):
            return {}
    regions = tuple(supply.directory.atlas.regions)
    found: dict[Hashable, object] = {}
    for some in (regions, *((one,) for one in regions)):
        found["overview", some] = overview(supply, some)
        if stopped.wait(REST_SECONDS):
            return {}
    return found


def _read(connection: Connection, wanted: Iterable[Period]) -> list[tuple[Period, StoredRelease]]:
    found = ((one, find_release(connection, *one)) for one in wanted)
    return [(one, stored) for one, stored in found if stored is not None]
