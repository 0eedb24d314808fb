"""One offer asked for by its id: the lines that the conversation itself names (112, a person to talk to)."""

from datetime import datetime

from referral.directory.index import Directory
from referral.hours import opening
from referral.model import Match


def line(directory: Directory, offer_id: str, now: datetime) -> Match | None:
    """The offer with this id as a match without distance; None where the directory has none."""
    offer = directory.offers.get(offer_id)
    if offer is None:
        return None
    return Match(offer, 1.0, None, (), opening(offer.hours, now))
