"""The directory in memory: immutable, built whole, swapped whole."""

from collections.abc import Iterable, Mapping

from knowledge.model import Atlas
from referral.model import Offer


class Directory:
    """All offers, indexed for matching; ``offers`` maps an id to its offer."""

    offers: Mapping[str, Offer]
    atlas: Atlas

    @classmethod
    def of(cls, offers: Iterable[Offer], atlas: Atlas) -> "Directory":
        """A directory of these offers, with the municipalities and neighbours of ``atlas``."""
        raise NotImplementedError
