"""``digituki fetch``: asks a source for its pages and keeps them in the data folder, for the import to read.

What comes is told on one line that is written over, where somebody watches; else on a line now and then.
"""

import argparse
import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from bot import stored
from bot.settings import Settings
from bot.watching import Shown, size
from knowledge.load import load_atlas, load_catalog
from referral.directory.importers.fetch import feeds, folder
from referral.directory.importers.fetch.address import agent, base_of
from referral.directory.importers.fetch.folder import BadFolder
from referral.directory.importers.fetch.itinerary import Itinerary
from referral.directory.importers.fetch.network import NoAnswer, open_asker, travel
from referral.directory.importers.fetch.plan import Plan, plan
from referral.directory.importers.fetch.ptv import Version11, Version12, taken_by
from referral.directory.importers.imported import Means
from referral.directory.starter import load_services
from referral.store.database import open_database
from referral.store.overrules import Overrule, overrules

ADDRESSES: Mapping[str, str] = {
    "ptv": "https://api.palvelutietovaranto.suomi.fi/api/v11",
    "kirkanta": "https://api.kirjastot.fi/v4",
    "events": "https://api.hel.fi/linkedevents/v1",
    "hsds": "",
}
"""What can be fetched, and where it is where nothing else is said: the service register, the library
directory and Helsinki's events (their documentation, read 2026-11-22). An HSDS feed is wherever it is."""

PTV_12 = "https://api-gw.palvelutietovaranto.suomi.fi/api/v12"
"""Version 12 of the service register, which needs a key (its OpenAPI description, read 2026-11-22)."""

KEY_HEADER = "x-api-key"


class BadFetch(Exception):
    """What was asked for cannot be fetched; the message says why and what to do."""

    code = "bad_fetch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what ``asked`` reads."""
    parser.add_argument("source", choices=sorted(ADDRESSES), help="what to fetch")
    parser.add_argument("--address", default="", help="where its interface is, if not at the usual address")
    parser.add_argument("--full", action="store_true", help="everything, not only what has changed")
    parser.add_argument("--import", action="store_true", dest="bring", help="take it into the directory, too")


@dataclass(frozen=True, slots=True)
class Errand:
    """What was asked for: the source, where it is, the key that it needs (or ""), whether everything."""

    source: str
    address: str
    key: str = field(repr=False)
    full: bool

    @property
    def is_version_12(self) -> bool:
        """Whether it is version 12 of the service register."""
        return self.source == "ptv" and self.address.endswith("/v12")

    @property
    def tells_changes(self) -> bool:
        """Whether the source can be asked for what has changed."""
        return self.source == "hsds" or (self.source == "ptv" and not self.is_version_12)


def asked(options: argparse.Namespace, settings: Settings) -> Errand:
    """What the command line asks for. Raises BadFetch."""
    usual = ADDRESSES[options.source]
    if options.source == "ptv" and settings.ptv_key:
        usual = PTV_12
    address = options.address or usual
    if not address:
        raise BadFetch(f"Say where the feed is: digituki fetch {options.source} --address https://…")
    try:
        errand = Errand(options.source, base_of(address), settings.ptv_key, options.full)
    except ValueError as error:
        raise BadFetch(f"{address}: {error}") from None
    if errand.is_version_12 and not errand.key:
        raise BadFetch("Version 12 of the service register needs a key: set DIGITUKI_PTV_KEY.")
    return errand if errand.is_version_12 else replace(errand, key="")


def fetch(errand: Errand, settings: Settings, write: Callable[[str], None], screen: TextIO) -> Path:
    """Fetches, writes what came and where it is, and gives the folder.

    Raises BadFolder, NoAnswer, BadData, StoreUnavailable; what has come by then is kept.
    """
    data = settings.data_dir
    with folder.alone(data, errand.source):
        now = datetime.now(UTC)
        decisions = asyncio.run(_decisions(settings, errand.source))
        planned = _planned(errand, data, decisions, now)
        for run in planned.outlived:
            folder.discard(run)
        run = planned.goes_on or folder.begin(
            data, folder.Manifest(errand.source, errand.address, now, planned.since)
        )
        write(_beginning(run, planned))
        shown = Shown(errand.source, screen)
        try:
            pages = asyncio.run(_travelled(errand, run, settings, decisions, shown))
        finally:
            shown.end()
        run.end(pages, datetime.now(UTC))
    write(f"{len(pages)} pages of {errand.source}, {size(shown.last.size)}. They are in {run.path}")
    write(f"To bring them into the directory: digituki import {run.path}")
    return run.path


def _planned(errand: Errand, data: Path, decisions: Sequence[Overrule], now: datetime) -> Plan:
    return plan(
        folder.runs(data, errand.source),
        errand.address,
        now,
        tells_changes=errand.tells_changes,
        full=errand.full,
        decided=max((one.day for one in decisions if one.take), default=None),
    )


async def _travelled(
    errand: Errand, run: folder.Run, settings: Settings, decisions: Sequence[Overrule], shown: Shown
) -> tuple[str, ...]:
    itinerary = _itinerary(errand, run.manifest, {one.record: one.take for one in decisions})
    introduction = agent(version("digituki"), settings.operator, settings.operator_contact)
    headers = {KEY_HEADER: errand.key} if errand.key else {}
    async with open_asker(introduction, headers) as ask:
        return await travel(itinerary, run, ask, shown)


async def _decisions(settings: Settings, source: str) -> Sequence[Overrule]:
    """What coordinators have decided about records of the source, whatever the rules say."""
    if not stored.is_there(settings):
        return ()
    async with open_database(settings.database_url) as database:
        if not await database.read(stored.has_tables):
            return ()
        return await database.read(partial(overrules, source=source))


def _itinerary(errand: Errand, manifest: folder.Manifest, decided: Mapping[str, bool]) -> Itinerary:
    if errand.source == "kirkanta":
        return feeds.kirkanta(errand.address)
    if errand.source == "events":
        return feeds.events(errand.address)
    if errand.source == "hsds":
        return feeds.hsds(errand.address, manifest.since)
    means = Means.of(load_catalog(), load_atlas(), load_services(), manifest.began.date())
    means = replace(means, overruled=decided)
    if errand.is_version_12:
        # It gives channels one by one: what is nearly taken would double the questions of every night.
        return Version12.begin(errand.address, taken_by(means))
    return Version11.begin(errand.address, taken_by(means, nearly=True), manifest.since)


def _beginning(run: folder.Run, planned: Plan) -> str:
    manifest = run.manifest
    what = f"what has changed since {manifest.since:%Y-%m-%d %H:%M} UTC" if manifest.since else "everything"
    if planned.goes_on:
        return f"Going on where it stopped: {what}, from {manifest.address}"
    return f"Asking for {what}, from {manifest.address}"


__all__ = ["BadFetch", "BadFolder", "NoAnswer", "add_arguments", "asked", "fetch"]
