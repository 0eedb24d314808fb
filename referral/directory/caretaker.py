"""Whose coordinator looks after an offer, and which record of a register it was made of."""

from collections.abc import Iterable

from knowledge.model import Atlas
from referral.directory.importers.offer import slug
from referral.model import Coverage, Offer

WHOLE_COUNTRY = ""


def region_of(offer: Offer, atlas: Atlas) -> str:
    """The code of the region in which the offer is, or which alone it serves; else WHOLE_COUNTRY."""
    here = atlas.municipalities.get(offer.municipality)
    return here.region if here else served_region(offer.coverage, atlas)


def served_region(covered: Coverage, atlas: Atlas) -> str:
    """The code of the only region that is served; WHOLE_COUNTRY where there are more, or none is known."""
    served = (atlas.municipalities.get(code) for code in covered.municipalities)
    regions = {one.region for one in served if one} | set(covered.regions)
    return regions.pop() if len(regions) == 1 and not covered.national else WHOLE_COUNTRY


def record_of(offer: str, records: Iterable[str]) -> str:
    """The register's own id of the record that the offer with this id was made of; "" where none of
    ``records`` is in it."""
    inside = (record for record in records if f"-{slug(record)}-" in f"{offer}-".lower())
    return max(inside, key=len, default="")
