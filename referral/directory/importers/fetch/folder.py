"""The pages of a source as files: written whole or not at all, and read one at a time.

A run is a folder, ``<data>/fetched/<source>/<when it began>/``, with its pages and ``manifest.json``, which
says where they are from, whether they are all there is or only what has changed, and, once the end was
reached, which pages there are. A page that is in the folder is whole: it is written beside its name and
renamed when it has reached the disk. That is all that taking up a broken journey again needs.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import overload

from referral.directory.importers.imported import File

FETCHED = "fetched"
MANIFEST = "manifest.json"
_STAMP = "%Y%m%dT%H%M%S.%fZ"


class BadFolder(Exception):
    """A folder that cannot be used as a run; the message says why and what to do."""

    code = "bad_folder"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run is: where its pages are from and since when, and which they are once it has ended.

    ``since`` is None where everything was asked for; else only what has changed since then was.
    ``pages`` are the names of the files that hold records, in the order in which they came.
    """

    source: str
    address: str
    began: datetime
    since: datetime | None = None
    ended: datetime | None = None
    pages: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether what is missing here may still be there: then an import closes nothing."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Run:
    """A run and the folder where it is."""

    path: Path
    manifest: Manifest

    def page(self, name: str) -> bytes | None:
        """The page of this name; None where it has not come yet."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, content: bytes) -> None:
        """Writes a page, so that it is there as a whole or not at all, whatever happens. Raises BadFolder."""
        _write(self.path / name, content)

    def end(self, pages: Sequence[str], now: datetime) -> "Run":
        """The run, ended: these pages are all there are."""
        manifest = replace(self.manifest, ended=now, pages=tuple(pages))
        _write(self.path / MANIFEST, _json(manifest))
        return replace(self, manifest=manifest)


class Pages(Sequence[File]):
    """Files of a folder, in their order; each is read when it is come to, and none is held."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path = path
        self._names = tuple(names)

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, index: slice) -> "Pages": ...
    def __getitem__(self, index: int | slice) -> "File | Pages":
        if isinstance(index, slice):
            return Pages(self._path, self._names[index])
        name = self._names[index]
        try:
            return File(name, (self._path / name).read_bytes())
        except OSError as error:
            raise BadFolder(
                f"{self._path / name} cannot be read ({error.strerror}). Fetch the source again."
            ) from None


def pages_of(folder: Path) -> Pages:
    """The pages of a finished run, read one at a time as they are gone through.

    Going through them again reads them again. Raises BadFolder for a folder that holds no run, or one that
    has not come to its end.
    """
    manifest = manifest_of(folder)
    if manifest.ended is None:
        raise BadFolder(f"Not everything is in {folder} yet. Fetch again: it goes on where it stopped.")
    return Pages(folder, manifest.pages)


def manifest_of(folder: Path) -> Manifest:
    """What the run in ``folder`` is. Raises BadFolder."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        since, ended = told["since"], told["ended"]
        return Manifest(
            source=str(told["source"]),
            address=str(told["address"]),
            began=datetime.fromisoformat(told["began"]),
            since=datetime.fromisoformat(since) if since else None,
            ended=datetime.fromisoformat(ended) if ended else None,
            pages=tuple(_safe(name) for name in told["pages"]),
        )
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise BadFolder(
            f"{folder} does not hold what digituki fetch writes ({type(error).__name__})."
        ) from None


def runs(data: Path, source: str) -> list[Run]:
    """The runs of a source, oldest first. A folder that is none is passed over."""
    found = []
    for path in sorted((data / FETCHED / source).glob("*Z")):
        try:
            found.append(Run(path, manifest_of(path)))
        except BadFolder:
            continue
    return found


def begin(data: Path, manifest: Manifest) -> Run:
    """A new run with nothing in it. Raises BadFolder."""
    path = data / FETCHED / manifest.source / manifest.began.strftime(_STAMP)
    with _told(path):
        path.mkdir(parents=True)
    _write(path / MANIFEST, _json(manifest))
    return Run(path, manifest)


def discard(run: Run) -> None:
    """Takes a run away, with its pages."""
    shutil.rmtree(run.path)


@contextmanager
def alone(data: Path, source: str) -> Iterator[None]:
    """While this is open no other process fetches the source; the system opens it again after a kill.
    Raises BadFolder where one does, or where nothing can be written."""
    path = data / FETCHED / source
    with _told(path):
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / ".lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadFolder(f"{source} is being fetched already. Wait until that has ended.") from None
        yield


def _safe(name: str) -> str:
    """A file's name as we write them; a path to elsewhere is none."""
    if not isinstance(name, str) or Path(name).name != name or not name.endswith(".json"):
        raise ValueError("not a page's name")
    return name


def _json(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), default=datetime.isoformat, indent=1).encode()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Makes of what the system says about writing a sentence for people."""
    try:
        yield
    except OSError as error:
        raise BadFolder(
            f"{path} cannot be written ({error.strerror}). Make room for it, then fetch again: "
            "it goes on where it stopped."
        ) from None


def _write(path: Path, content: bytes) -> None:
    """Writes beside, makes sure that it is on the disk, and renames. Raises BadFolder."""
    beside = path.with_name(f".{path.name}.part")
    with _told(path):
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
