"""What every importer is given, and what it gives back.

An importer is a pure function: files in, offers and rejections out. What a source says wrongly about a
detail (hours that cannot be read, a point in the sea) is left out and rejected by name; the offer stays.
What it says wrongly about what matters (who, what, where) costs the offer. The sheet is stricter, because
whoever wrote it can put it right: a row with any fault gives no offer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.model import Atlas, Catalog
from referral.directory.importers.area import Lookup, lookup
from referral.directory.importers.choosing import Choice, Supply
from referral.directory.importers.left_out import LeftOut
from referral.directory.importers.offer import Services
from referral.directory.importers.rejected import Rejected
from referral.model import Offer


@dataclass(frozen=True, slots=True)
class File:
    """A file that was fetched or handed in: its name, as rejections give it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Means:
    """What an importer needs to know of the world.

    ``day`` is the day on which the source was read: what is older than it is over, and offers are as
    fresh as it. ``services`` are the descriptions that rows may name. ``overruled`` says by a record's
    id what a coordinator has decided: True to take it, False to leave it.
    """

    names: Lookup
    services: Services
    supply: Supply
    day: date
    overruled: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, atlas: Atlas, services: Services, day: date) -> "Means":
        """The means of these needs and places, with the rules that ship. Raises BadData."""
        return cls(lookup(atlas, catalog), services, Supply.load(catalog), day)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a source holds: offers, what is wrong with the rest, why records were taken or left, and which of
    those that were left were nearly taken."""

    offers: tuple[Offer, ...]
    rejections: tuple[Rejected, ...]
    choices: tuple[Choice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def kept(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the records that are kept word for word, what was taken and what was nearly taken, with
        the ids of what is kept with them."""
        taken: dict[str, tuple[str, ...]] = {choice.record: () for choice in self.choices if choice.taken}
        return {**taken, **{one.record: one.parts for one in self.left_out}}


Importer = Callable[[Sequence[File], Means], Imported]
