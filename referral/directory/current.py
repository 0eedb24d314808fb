"""The directory that is in use now: one value that is read often and replaced whole.

Whatever answers (the conversation, the pages, the interface for machines) is given a ``Current`` and
looks at it once for each question. Whoever reads ``current.edition`` has the offers, where they come
from and the revision of one moment together, however often the directory is swapped meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from referral.directory.index import Directory
from referral.model import Organisation

NOT_STORED = -1
"""The revision of a directory that does not come from a database."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an offer comes from: the name and the kind of its source, and the day of its last change."""

    source: str
    kind: str
    modified: date


@dataclass(frozen=True, slots=True)
class Edition:
    """A directory and what is known of its offers.

    ``origins`` is by the offer's id. ``twins`` gives, for an offer that another source tells too and that
    is shown as one with it, the id of the one that is shown, and ``hidden`` whose it is. All are empty where
    the directory does not come from a database; ``revision`` is that of the database.
    """

    directory: Directory
    origins: Mapping[str, Origin] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    revision: int = NOT_STORED
    hidden: Mapping[str, Organisation] = field(default_factory=dict)


class Current:
    """Holds the edition that is in use. Swapping is one assignment: a reader sees the old or the new."""

    __slots__ = ("edition",)

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @classmethod
    def of(cls, directory: Directory) -> "Current":
        """One that holds ``directory`` and knows no more of it."""
        return cls(Edition(directory))

    @property
    def directory(self) -> Directory:
        """The directory that is in use now. Read it once for each question."""
        return self.edition.directory

    def swap(self, edition: Edition) -> None:
        """Puts ``edition`` in the place of the present one."""
        self.edition = edition
