"""``digituki import``: takes what sources gave into the directory, and says line by line what that changes.

Each source is taken in as a whole, in one transaction, or not at all; a service that runs meanwhile
swaps its directory a few seconds later. With ``--dry-run`` the same is said and nothing is done.
"""

import argparse
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO

from bot import stored
from bot.parcels import BadFile, Parcel, parcels
from bot.settings import Settings
from bot.watching import Watched
from knowledge.load import load_atlas, load_catalog
from referral.directory.change import Change
from referral.directory.importers import IMPORTERS
from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.raw import raw_records
from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.sheet import errors_beside
from referral.directory.overruled import Correction, corrected
from referral.directory.starter import load_services
from referral.migrations import upgrade
from referral.model import Offer
from referral.store.database import Database, open_database
from referral.store.imports import Comparison, Delivery, compared, take_in
from referral.store.overrules import Overrule, overrules

REFUSED = 1
"""The exit status where a source was not taken in because too much would close."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what ``asked`` reads."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="SOURCE", help="files, or a folder that was fetched"
    )
    parser.add_argument("--kind", default="", choices=["", *sorted(IMPORTERS)], help="what wrote the files")
    parser.add_argument(
        "--source", default="", help="what the source is called, where its file has a new name"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--force", action="store_true", help="also where more than a fifth would close")
    parser.add_argument("--explain", action="store_true", help="also say why each record is taken or left")
    parser.add_argument("--errors", type=Path, help="write the sheet with its errors beside the cells here")


@dataclass(frozen=True, slots=True)
class Intake:
    """What was asked for on the command line."""

    parcels: tuple[Parcel, ...]
    day: date
    dry_run: bool = False
    force: bool = False
    explain: bool = False
    errors: Path | None = None


def asked(options: argparse.Namespace, day: date) -> Intake:
    """What the command line asks for on ``day``. Raises BadFile and BadFolder where it cannot be done."""
    found = parcels(options.paths, options.kind, options.source)
    if options.errors and (len(found) != 1 or found[0].kind != "sheet"):
        raise BadFile("--errors gives one sheet back: use it with one file that is a sheet.")
    return Intake(found, day, options.dry_run, options.force, options.explain, options.errors)


def of_folder(folder: Path, day: date) -> Intake:
    """What was fetched into ``folder``, to be taken in on ``day``. Raises BadFile and BadFolder."""
    return Intake(parcels([folder]), day)


def watched(intake: Intake, screen: TextIO) -> Intake:
    """The same, with a line on ``screen`` that says how far the reading of many pages is."""
    parcels = tuple(
        replace(one, files=Watched(one.files, one.source, screen)) if len(one.files) > 1 else one
        for one in intake.parcels
    )
    return replace(intake, parcels=parcels)


async def run(settings: Settings, intake: Intake, write: Callable[[str], None]) -> int:
    """Takes the parcels in, one after another; gives the exit status.

    Raises BadFile, BadFolder, BadData, StoreUnavailable; what was taken in before that stays.
    """
    status = 0
    async with _database(settings, intake) as database:
        means = Means.of(load_catalog(), load_atlas(), load_services(), intake.day)
        for parcel in intake.parcels:
            decisions = await database.read(partial(overrules, source=parcel.source))
            imported = imported_from(parcel, means, decisions)
            records = {} if intake.dry_run else raw_records(parcel.files, imported.kept)
            delivery = Delivery(
                parcel.source, parcel.kind, imported, intake.day, parcel.whole, intake.force, records
            )
            done = await database.read(partial(compared, delivery=delivery))
            if not intake.dry_run:
                done = await database.write(partial(take_in, delivery=delivery, found=done))
            for line in lines(parcel, imported, done, intake):
                write(line)
            status = status or (REFUSED if done.change.refused else 0)
    return status


def imported_from(parcel: Parcel, means: Means, decisions: Sequence[Overrule] = ()) -> Imported:
    """What the importer makes of ``parcel``, where coordinators have decided about some of its records."""
    overruled = {one.record: one.take for one in decisions}
    imported = IMPORTERS[parcel.kind](parcel.files, replace(means, overruled=overruled))
    corrections = {one.record: Correction(one.serves, one.form) for one in decisions if one.take}
    return corrected(imported, corrections, means.names)


@asynccontextmanager
async def _database(settings: Settings, intake: Intake) -> AsyncIterator[Database]:
    """The database with what ships in it. Where there is none yet, a trial has one of its own for a moment."""
    if not intake.dry_run or stored.is_there(settings):
        async with open_database(settings.database_url) as database:
            await _prepared(database, intake.day)
            yield database
        return
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite:///{folder}/trial.sqlite3") as database:
            await _prepared(database, intake.day)
            yield database


async def _prepared(database: Database, day: date) -> None:
    await upgrade(database)
    await stored.begun(database, day)


def lines(parcel: Parcel, imported: Imported, done: Comparison, intake: Intake) -> Iterator[str]:
    """What is printed of one parcel. Writes the file of errors where one is asked for. Raises BadFile."""
    if len(intake.parcels) > 1:
        yield f"{parcel.source}:"
    if intake.explain:
        yield from map(_choice, imported.choices)
    yield from _changes(done)
    yield from map(_rejection, done.change.rejected)
    yield _summary(done, imported)
    if done.change.refused:
        doing = "would be closed" if intake.dry_run else "would be closed, so nothing was changed"
        yield f"More than a fifth of what this source gave {doing}. If that is right, add --force."
    if intake.errors:
        yield _given_back(intake.errors, parcel.files[0], done.change.rejected)


def _given_back(errors: Path, sheet: File, rejections: Sequence[Rejected]) -> str:
    """Writes the sheet with its errors beside the cells."""
    try:
        errors.write_bytes(errors_beside(sheet.content, rejections))
    except Unfit as unfit:
        raise BadFile(f"{sheet.name}: {unfit.reason}. {unfit.fix}") from None
    except OSError as error:
        raise BadFile(f"{errors} cannot be written ({error.strerror}).") from None
    return f"The sheet with its errors is in {errors}."


def _choice(choice: Choice) -> str:
    because = f" ({choice.because})" if choice.because else ""
    return f"{'taken' if choice.taken else 'left'} {choice.record} {choice.name}: {choice.rule}{because}"


def _changes(done: Comparison) -> Iterator[str]:
    yield from _each("new", done.change.new)
    for one in done.change.changed:
        yield f"changed {_named(one.after)}: {', '.join(one.fields)}"
    yield from _each("taken over", done.taken_over)
    yield from _each("open again", done.change.opened)
    for offer in done.change.closed:
        yield f"closed {_named(offer)}, last day {offer.valid_until}"


def _each(what: str, offers: Iterable[Offer]) -> Iterator[str]:
    return (f"{what} {_named(offer)}" for offer in offers)


def _named(offer: Offer) -> str:
    return f"{offer.id} {offer.names.get('fi', '')}".strip()


def _rejection(one: Rejected) -> str:
    row = f"row {one.row}" if one.row else ""
    where = ", ".join(part for part in (one.source, row, one.record, one.field) if part)
    value = f" {one.value!r}:" if one.value else ""
    return f"rejected {where}:{value} {one.reason}. {one.fix}"


def _summary(done: Comparison, imported: Imported) -> str:
    counts = _counts(done.change)
    told = ", ".join(f"{count} {name}" for name, count in counts)
    left = f" {done.left} left to a source that is nearer to the helper." if done.left else ""
    return f"{len(imported.offers)} offers: {told}, {done.change.same} the same.{left}"


def _counts(done: Change) -> tuple[tuple[str, int], ...]:
    return (
        ("new", len(done.new)),
        ("changed", len(done.changed)),
        ("only checked again", len(done.confirmed)),
        ("open again", len(done.opened)),
        ("closed", len(done.closed)),
        ("rejected", len(done.rejected)),
    )


__all__ = ["BadFile", "Intake", "add_arguments", "asked", "run"]
