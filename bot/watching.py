"""How far something long is, on one line: written over where somebody watches, else now and then a line."""

import time
from collections.abc import Sequence
from typing import TextIO, overload

from referral.directory.importers.fetch.network import Progress
from referral.directory.importers.imported import File

LINE_EVERY = 15.0
"""Seconds between two lines where nobody watches."""

BAR = 24


class Shown:
    """Shows how far it is; ``last`` is what was told last."""

    def __init__(self, source: str, screen: TextIO) -> None:
        self.last = Progress()
        self._source = source
        self._screen = screen
        self._is_watched = screen.isatty()
        self._told = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Tells ``progress``: over the last line where somebody watches, else if it is time for a line."""
        self.last = progress
        line = said(self._source, progress)
        if self._is_watched:
            self._screen.write(f"\r\x1b[K{line}")
            self._screen.flush()
        elif time.monotonic() - self._told >= LINE_EVERY:
            self._told = time.monotonic()
            self._screen.write(f"{line}\n")
            self._screen.flush()

    def end(self) -> None:
        """Leaves the line as it is."""
        if self._is_watched:
            self._screen.write("\n")
            self._screen.flush()

    def clear(self) -> None:
        """Takes the line away."""
        if self._is_watched:
            self._screen.write("\r\x1b[K")
            self._screen.flush()


def said(source: str, progress: Progress) -> str:
    """A line of plain letters: a bar, how many pages are here of how many known so far, and the bytes."""
    known = max(progress.here + progress.ahead, 1)
    filled = BAR * progress.here // known
    bar = "#" * filled + "." * (BAR - filled)
    waiting = f", asking again in {progress.waiting:.0f} s" if progress.waiting else ""
    kept = f", {progress.kept} from before" if progress.kept else ""
    return f"{source} [{bar}] {progress.here} of {known} pages{kept}, {size(progress.size)}{waiting}"


def size(count: int) -> str:
    """So many bytes, in megabytes."""
    return f"{count / 1e6:.1f} MB"


class Watched(Sequence[File]):
    """Files, and a line that says which of them is being read; it goes with the last of them."""

    def __init__(self, files: Sequence[File], source: str, screen: TextIO) -> None:
        self._files = files
        self._shown = Shown(f"reading {source}", screen)
        self._size = 0

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[File]: ...
    def __getitem__(self, index: int | slice) -> File | Sequence[File]:
        if isinstance(index, slice):
            return self._files[index]
        file = self._files[index]
        here = index + 1 if index >= 0 else len(self) + index + 1
        self._size = len(file.content) + (self._size if here > 1 else 0)
        self._shown(Progress(here, ahead=len(self) - here, size=self._size))
        if here == len(self):
            self._shown.clear()
        return file
