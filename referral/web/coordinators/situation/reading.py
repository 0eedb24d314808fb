"""What the pages read: releases, which never change and so are kept once read, and today's supply."""

import asyncio
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TypeVar, cast

from sqlalchemy import Connection, select

from referral.demand.export import from_json
from referral.demand.release import Release
from referral.directory.index import Directory
from referral.situation.out import Out
from referral.situation.picture import Releases
from referral.situation.supply import Supply
from referral.store.releases import find_release
from referral.store.schema import RELEASES
from referral.web.coordinators.office import Office

MOST_KEPT = 64
"""Releases kept as they were read: the months of two years and what they end. A year with all its
municipalities takes a few megabytes."""

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
            for period, sha256, release in await self.office.database.read(partial(_read, wanted=missing)):
                while len(self._kept) >= MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[period] = sha256, release
        return {one: self._kept[one][1] for one in asked if one in self._kept}

    async def release(self, kind: str, period: str) -> Release | None:
        """One release; None where there is none."""
        return (await self.releases([(kind, period)])).get((kind, period))

    def sha256(self, period: Period) -> str:
        """That of a release which was read."""
        return self._kept[period][0]

    def supply(self) -> Supply:
        """What the directory offers today: made anew when the directory or the day has changed."""
        directory: Directory = self.office.current.directory
        today = self.office.today()
        if self._supply is None or self._supply.directory is not directory or self._supply.today != today:
            self._supply = Supply(directory, today)
            self._worked_out = {}
        return self._supply

    async def worked_out(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives, kept under ``key`` until the directory or the day changes.

        It is done in another thread: after a change all distances are reckoned anew, and nobody else should
        wait for them. Ask ``supply`` first.
        """
        kept = self._worked_out
        if key not in kept:
            found = await asyncio.to_thread(work)
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[key] = found
        return cast(T, kept[key])


def _periods(connection: Connection) -> dict[Period, str]:
    """(Kind, period) of every release, and its sha256; without reading their contents."""
    query = select(RELEASES.c.kind, RELEASES.c.period, RELEASES.c.sha256)
    return {(row.kind, row.period): row.sha256 for row in connection.execute(query)}


def _read(connection: Connection, wanted: Iterable[Period]) -> list[tuple[Period, str, Release]]:
    found = []
    for kind, period in wanted:
        stored = find_release(connection, kind, period)
        if stored is not None:
            found.append(((kind, period), stored.sha256, from_json(stored.content)))
    return found
