"""One offer among those that may be shown, and where it stands."""

from enum import IntEnum
from typing import NamedTuple

from referral.directory.freshness import Freshness
from referral.model import Offer


class Band(IntEnum):
    """What comes before what, whatever the score.

    Declared support within reach; a library where one may ask first; the nearest declared support where
    none is within reach; help that names no place; support that is further; other libraries.
    """

    WITHIN_REACH = 0
    ASK_HERE_FIRST = 1
    NEAREST = 2
    SOMEWHERE = 3
    FAR = 4
    ASK_ELSEWHERE = 5


class Prospect(NamedTuple):
    """An offer in the field. ``row`` is its place in the directory, and decides between equals; ``worth`` is
    its score while it is open; ``call_first`` says that its hours may have changed."""

    band: Band
    row: int
    offer: Offer
    km: float | None
    worth: float
    freshness: Freshness
    call_first: bool
