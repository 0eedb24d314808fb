"""The order in which ranked offers are shown.

Pages hold three offers, and each of them keeps one remote offer while there is one: a phone is
within reach when no place is. It stands third, after what is near; where nothing in person is within
reach, it stands first. On the first page, a helper who comes to the person's home takes the second place:
who cannot leave home is not helped by a choice of branches.
"""

from collections.abc import Sequence
from typing import NamedTuple

from referral.model import Form, Opening
from referral.prospect import Band, Prospect

PAGE = 3

LIMIT = 12
"""Four pages. Whoever reads on is better served by another question."""


class Ranked(NamedTuple):
    """A prospect at one moment. The first three fields are its order, the lowest first; ``loss`` is minus
    its score."""

    band: Band
    loss: float
    row: int
    prospect: Prospect
    opening: Opening


def arrange(order: Sequence[Ranked]) -> list[Ranked]:
    """At most ``LIMIT`` of ``order`` (best first), in the order in which they are shown."""
    remote = [one for one in order if one.prospect.offer.form is Form.REMOTE]
    others = _home_visit_second([one for one in order if one.prospect.offer.form is not Form.REMOTE])
    if not remote or not others:
        return (others or remote)[:LIMIT]
    near_first = others[0].band <= Band.ASK_HERE_FIRST
    return _pages(others, remote, near_first)[:LIMIT]


def _home_visit_second(others: list[Ranked]) -> list[Ranked]:
    for number, one in enumerate(others):
        if one.prospect.offer.home_visits and one.band is Band.WITHIN_REACH:
            if number > 1:
                return [others[0], one, *others[1:number], *others[number + 1 :]]
            break
    return others


def _pages(others: list[Ranked], remote: list[Ranked], near_first: bool) -> list[Ranked]:
    shown: list[Ranked] = []
    while (others or remote) and len(shown) < LIMIT:
        lines = remote[: PAGE - min(len(others), PAGE - 1)]
        places = others[: PAGE - len(lines)]
        others, remote = others[len(places) :], remote[len(lines) :]
        shown += (*places, *lines) if near_first else (*lines, *places)
    return shown
