"""What ``digituki import`` is pointed at: files and folders, sorted into one parcel for each source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from referral.directory.importers import IMPORTERS
from referral.directory.importers.fetch import BadFolder, Manifest, manifest_of, pages_of
from referral.directory.importers.fetch.folder import MANIFEST
from referral.directory.importers.imported import File

SHEETS = (".csv", ".xlsx")
"""Endings of files that are sheets where nothing else is said."""

ONE_OF_A_KIND = ("ptv", "kirkanta")
"""Kinds of which there is one source in the country."""


class BadFile(Exception):
    """A file that cannot be read or written, with a sentence for people."""

    code = "bad_file"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a source gave. ``whole`` says that it is all that the source has, not only what has changed."""

    source: str
    kind: str
    files: Sequence[File]
    whole: bool = True


def parcels(paths: Sequence[Path], kind: str = "", source: str = "") -> tuple[Parcel, ...]:
    """The parcels in ``paths``, in their order. ``kind`` (of IMPORTERS) and ``source`` (its name) may be "":
    then they follow from the folder that was fetched, or the file's ending and name.

    Each sheet is a source of its own; other files are pages of one. Raises BadFile and BadFolder.
    """
    found = [_fetched(path, kind) for path in paths if (path / MANIFEST).is_file()]
    loose = list(_files(path for path in paths if not (path / MANIFEST).is_file()))
    sheets = [path for path in loose if (kind or _ending(path)) == "sheet"]
    found += [Parcel(f"sheet {path.name}", "sheet", [_read(path)]) for path in sheets]
    pages = [path for path in loose if path not in sheets]
    if pages:
        if not kind:
            raise BadFile(f"Say what wrote {pages[0].name}: --kind {', '.join(sorted(IMPORTERS))}.")
        found.append(Parcel(kind, kind, [_read(path) for path in pages]))
    if source and len(found) != 1:
        raise BadFile("--source names one source: give one sheet, one folder, or pages of one kind.")
    return tuple(Parcel(source or one.source, one.kind, one.files, one.whole) for one in found)


def _fetched(folder: Path, kind: str) -> Parcel:
    manifest = manifest_of(folder)
    if kind not in ("", manifest.source) or manifest.source not in IMPORTERS:
        raise BadFile(f"{folder} holds what was fetched from {manifest.source}: leave out --kind.")
    # What has changed comes with the other half of each connection, so it is read by itself.
    return Parcel(_name(manifest), manifest.source, pages_of(folder), not manifest.partial)


def _name(manifest: Manifest) -> str:
    if manifest.source in ONE_OF_A_KIND:
        return manifest.source
    return f"{manifest.source} {urlsplit(manifest.address).hostname or ''}".strip()


def _files(paths: Iterator[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and one.name[0] != ".")
        else:
            yield path


def _ending(path: Path) -> str:
    return "sheet" if path.suffix.lower() in SHEETS else ""


def _read(path: Path) -> File:
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}). Is the name right?") from None


__all__ = ["BadFile", "BadFolder", "Parcel", "parcels"]
