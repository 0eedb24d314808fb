"""Which offers a person may mean who says that one is told twice: those of one sort, the likeliest first."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from referral.directory.importers.cells import plain
from referral.directory.twins import may_be_one
from referral.model import Offer


def joinable(offer: Offer, others: Iterable[Offer], sought: str = "") -> tuple[Offer, ...]:
    """Those of ``others`` that one card could stand for together with ``offer``: in its municipality, or
    without one; with ``sought`` anywhere, where every word of it stands in the name, organisation or address.
    Those in its municipality come first, then the likest in name; () where there are none."""
    wanted = plain(sought).split()
    near = ("", offer.municipality) if offer.municipality and not wanted else ()
    found = [
        one
        for one in others
        if may_be_one(offer, one)
        and (not near or one.municipality in near)
        and all(word in _told(one) for word in wanted)
    ]
    own = _told(offer)

    def order(one: Offer) -> tuple[bool, float, str]:
        return one.municipality != offer.municipality, -fuzz.token_set_ratio(own, _told(one)), one.id

    return tuple(sorted(found, key=order))


def _told(offer: Offer) -> str:
    names = (*offer.names.values(), *offer.organisation.names.values())
    return plain(" ".join((*names, offer.street, offer.locality)))
