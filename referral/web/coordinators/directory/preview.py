"""An offer as citizens will see it."""

from referral.card import Card, card
from referral.hours import opening
from referral.model import Match, Offer
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat


def preview(office: Office, seat: Seat, offer: Offer) -> Card:
    """The card that is shown of ``offer`` at this moment, in the language of ``seat``."""
    now = office.clock()
    found = Match(offer, 1.0, None, (), opening(offer.hours, now))
    return card(found, seat.language, now, office.atlas, office.catalogues)
