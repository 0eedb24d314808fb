"""What the operator does with the demand log: look, release, export. The machine does the second by itself.

Raw counters are for the operator on the machine, and that somebody looked is logged (without a number).
Everything else that is ever shown of demand is a release.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.demand.classes import Rule
from referral.demand.export import NameOf, Say, from_json, to_csv, to_xlsx
from referral.demand.frame import COUNTED_CHANNELS, Frame
from referral.demand.period import last_closed
from referral.demand.release import Unreleasable
from referral.migrations import upgrade
from referral.store.database import Database, open_database
from referral.store.demand import demand_rows, demand_table
from referral.store.releases import StoredRelease, close_months, find_release, releases

_LOG = structlog.get_logger("digituki.demand")


class BadDemand(Exception):
    """What was asked of the demand log cannot be done; the message says why and what to do."""


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Adds show, release and export to ``parser``; the chosen one is ``options.what``."""
    commands = parser.add_subparsers(required=True, metavar="what", dest="what")
    commands.add_parser("show", help="prints the raw counters; that you looked is logged")
    release = commands.add_parser(
        "release", help="closes the months that are over, and releases their tables"
    )
    release.add_argument("--month", default="", help="YYYY-MM, the last month to be released")
    export = commands.add_parser("export", help="writes a release as JSON, CSV or XLSX")
    export.add_argument("--kind", default="month", choices=["month", "quarter", "public", "year"])
    export.add_argument("--period", default="", help="2026-11, 2026-Q4 or 2026; the latest if left out")
    export.add_argument("--format", default="json", choices=["json", "csv", "xlsx"])
    export.add_argument("--table", default="", help="which table, for CSV; the first if left out")
    export.add_argument("--delimiter", default=",", choices=[",", ";"], help="for CSV")
    export.add_argument(
        "--language", default="fi", choices=["fi", "sv", "en"], help="of names, and of a workbook's words"
    )
    export.add_argument("--output", default="", help="the file to write; standard output if left out")


async def run(
    settings: Settings, options: argparse.Namespace, now: datetime, write: Callable[[str], None]
) -> None:
    """Does what ``options`` say. Raises BadDemand, BadData, StoreUnavailable."""
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        if options.what == "show":
            await show(database, write)
        elif options.what == "export":
            await export(database, load_catalog(), load_atlas(), options)
        else:
            frame = frame_of(load_catalog(), load_atlas(), Catalogues.load().languages)
            for one in await close(database, frame, settings, now, options.month):
                write(f"{one.kind}\t{one.period}\t{one.sha256}")


def frame_of(catalog: Catalog, atlas: Atlas, languages: Iterable[str]) -> Frame:
    """The public order that releases are made in."""
    return Frame.of(catalog, atlas, languages, COUNTED_CHANNELS)


async def show(database: Database, write: Callable[[str], None]) -> None:
    """Writes every raw counter as lines, and logs that somebody looked."""
    _LOG.warning("raw counters shown")
    for line in demand_table(await database.read(demand_rows)):
        write(line)


async def close(
    database: Database, frame: Frame, settings: Settings, now: datetime, month: str = ""
) -> tuple[StoredRelease, ...]:
    """Releases the months that have closed (up to ``month``, if given); gives what is new.

    Raises BadDemand for a month that is not one or has not closed, or counters that were tampered with.
    """
    last = last_closed(now.date())
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise BadDemand(f'"{month}" is not a month. Write it as 2026-11.')
    if month > last:
        raise BadDemand(f"{month} has not closed. A month closes on the 5th of the next one.")
    work = partial(close_months, last=month or last, frame=frame, rule=Rule(settings.release_k))
    try:
        new = await database.write(work)
    except Unreleasable as error:
        raise BadDemand(str(error)) from error
    if new:
        _LOG.info("demand released", count=len(new))
    return new


async def export(database: Database, catalog: Catalog, atlas: Atlas, options: argparse.Namespace) -> None:
    """Writes the release that ``options`` name. Raises BadDemand where there is none, or no such table."""
    found = await _found(database, options.kind, options.period)
    spoken = Catalogues.load(domains=("digituki", "coordinators"))
    named = partial(spoken.named, language=options.language)
    say = partial(spoken.say, language=options.language)
    content = _written(found, partial(name_of, catalog, atlas, named), say, options)
    if options.output:
        Path(options.output).write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    _LOG.info("release exported")


async def _found(database: Database, kind: str, period: str) -> StoredRelease:
    if period:
        found = await database.read(partial(find_release, kind=kind, period=period))
    else:
        found = next(reversed(await database.read(partial(releases, kind=kind))), None)
    if found is None:
        raise BadDemand(f"No {kind} {period or 'at all'} has been released. See: digituki demand release")
    return found


def _written(found: StoredRelease, names: NameOf, say: Say, options: argparse.Namespace) -> bytes:
    release = from_json(found.content)
    if options.format == "json":
        return found.content
    if options.format == "xlsx":
        return to_xlsx(release, names, say=say)
    try:
        return to_csv(release, options.table or release.tables[0].name, options.delimiter, names)
    except KeyError:
        tables = ", ".join(table.name for table in release.tables)
        raise BadDemand(f"There is no table {options.table}. There are: {tables}.") from None


def name_of(
    catalog: Catalog, atlas: Atlas, named: Callable[[Mapping[str, str]], str], column: str, code: str
) -> str:
    """What a code of a release is called, by ``named``; "" where it has no name."""
    if column == "region" and code in atlas.regions:
        return named(atlas.regions[code].names)
    if column == "municipality" and code in atlas.municipalities:
        return named(atlas.municipalities[code].names)
    if column == "need" and code in catalog.needs:
        return named(catalog.needs[code].titles)
    if column == "need_group":
        return next((named(group.titles) for group in catalog.groups if group.id == code), "")
    return ""
