"""One offer asked for by its id: the lines that the conversation itself names (112, a person to talk to)."""

from datetime import datetime

from referral.directory.index import FOR_SUPPORTERS, Directory
from referral.hours import opening
from referral.model import Match


def line(directory: Directory, offer_id: str, now: datetime) -> Match | None:
    """The offer with this id as a match without distance; None where the directory has none for citizens."""
    offer = directory.offers.get(offer_id)
    if offer is None or FOR_SUPPORTERS in offer.audience:
        return None
    return Match(offer, 1.0, None, (), opening(offer.hours, now))
