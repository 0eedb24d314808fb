"""``digituki import``: what files of a source would bring to the directory, printed line by line."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.load import load_atlas, load_catalog
from referral.directory.change import Change, change
from referral.directory.importers import IMPORTERS
from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.sheet import errors_beside
from referral.directory.starter import load_directory, load_services
from referral.model import Offer

STARTED_FROM = {"kirkanta": "library-"}
"""Which of the starter directory's rows a source replaces: the beginning of their ids."""


class BadFile(Exception):
    """A file that cannot be read or written, with a sentence for people."""

    code = "bad_file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what ``asked`` reads."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--kind", required=True, choices=sorted(IMPORTERS), help="what wrote the files")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--force", action="store_true", help="also where more than a fifth would close")
    parser.add_argument("--explain", action="store_true", help="also say why each record is taken or left")
    parser.add_argument("--errors", type=Path, help="write the sheet with its errors beside the cells here")


@dataclass(frozen=True, slots=True)
class Intake:
    """What was asked for on the command line."""

    kind: str
    files: tuple[Path, ...]
    day: date
    force: bool = False
    explain: bool = False
    errors: Path | None = None


def asked(options: argparse.Namespace, day: date) -> Intake:
    """What the command line asks for on ``day``. Raises BadFile where it cannot be done."""
    if not options.dry_run:
        raise BadFile("Files can only be looked at so far: add --dry-run.")
    return Intake(options.kind, tuple(options.files), day, options.force, options.explain, options.errors)


def dry_run(intake: Intake) -> Iterator[str]:
    """The lines to print. Writes the file of errors where one is asked for. Raises BadFile, BadData."""
    catalog, atlas, services = load_catalog(), load_atlas(), load_services()
    files = [_file(path) for path in intake.files]
    imported = IMPORTERS[intake.kind](files, Means.of(catalog, atlas, services, intake.day))
    beginning = STARTED_FROM.get(intake.kind)
    before: Sequence[Offer] = ()
    if beginning:
        before = [one for one in load_directory(catalog, atlas).rows if one.id.startswith(beginning)]
    done = change(before, imported, intake.day, force=intake.force)
    if intake.explain:
        yield from map(_choice, imported.choices)
    yield from _changes(done)
    yield from map(_rejection, done.rejected)
    yield _summary(done, imported)
    if done.refused:
        yield "More than a fifth of what this source gave would be closed. If that is right, add --force."
    if intake.errors:
        yield _given_back(intake, files, imported.rejections)


def _file(path: Path) -> File:
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}). Is the name right?") from None


def _given_back(intake: Intake, files: Sequence[File], rejections: Sequence[Rejected]) -> str:
    """Writes the sheet with its errors beside the cells."""
    if intake.errors is None or intake.kind != "sheet" or len(files) != 1:
        raise BadFile("--errors gives one sheet back: use it with --kind sheet and one file.")
    try:
        intake.errors.write_bytes(errors_beside(files[0].content, rejections))
    except Unfit as unfit:
        raise BadFile(f"{files[0].name}: {unfit.reason}. {unfit.fix}") from None
    except OSError as error:
        raise BadFile(f"{intake.errors} cannot be written ({error.strerror}).") from None
    return f"The sheet with its errors is in {intake.errors}."


def _choice(choice: Choice) -> str:
    because = f" ({choice.because})" if choice.because else ""
    return f"{'taken' if choice.taken else 'left'} {choice.record} {choice.name}: {choice.rule}{because}"


def _changes(done: Change) -> Iterator[str]:
    for offer in done.new:
        yield f"new {_named(offer)}"
    for one in done.changed:
        yield f"changed {_named(one.after)}: {', '.join(one.fields)}"
    for offer in done.opened:
        yield f"open again {_named(offer)}"
    for offer in done.closed:
        yield f"closed {_named(offer)}, last day {offer.valid_until}"


def _named(offer: Offer) -> str:
    return f"{offer.id} {offer.names.get('fi', '')}".strip()


def _rejection(one: Rejected) -> str:
    where = ", ".join(part for part in (one.source, f"row {one.row}", one.record, one.field) if part)
    value = f" {one.value!r}:" if one.value else ""
    return f"rejected {where}:{value} {one.reason}. {one.fix}"


def _summary(done: Change, imported: Imported) -> str:
    counts = (
        ("new", done.new),
        ("changed", done.changed),
        ("only checked again", done.confirmed),
        ("open again", done.opened),
        ("closed", done.closed),
        ("rejected", done.rejected),
    )
    told = ", ".join(f"{len(found)} {name}" for name, found in counts)
    return f"{len(imported.offers)} offers: {told}, {done.same} the same."
