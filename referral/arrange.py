"""The order in which ranked offers are shown.

Pages hold three offers, and each of them keeps one remote offer while there is one: a phone is
within reach when no place is. It stands third, after what is near; where nothing in person is within
reach, it stands first. On the first page, a helper who comes to the person's home takes the second place:
who cannot leave home is not helped by a choice of branches.
"""

from collections.abc import Iterable, Iterator

from referral.model import Form
from referral.rank import Band, Ranked

PAGE = 3

LIMIT = 12
"""Four pages. Whoever reads on is better served by another question."""


def arrange(found: Iterable[Ranked]) -> list[Ranked]:
    """At most ``LIMIT`` of ``found``, in the order in which they are shown."""
    order = sorted(found, key=lambda one: one.order)
    remote = [one for one in order if one.offer.form is Form.REMOTE]
    others = _home_visit_second([one for one in order if one.offer.form is not Form.REMOTE])
    if not remote or not others:
        return (others or remote)[:LIMIT]
    near_first = others[0].band <= Band.ASK_HERE_FIRST
    return list(_pages(others, remote, near_first))[:LIMIT]


def _home_visit_second(others: list[Ranked]) -> list[Ranked]:
    for number, one in enumerate(others):
        if one.offer.home_visits and one.band is Band.WITHIN_REACH:
            if number > 1:
                return [others[0], one, *others[1:number], *others[number + 1 :]]
            break
    return others


def _pages(others: list[Ranked], remote: list[Ranked], near_first: bool) -> Iterator[Ranked]:
    while others or remote:
        places, lines = others[: PAGE - 1], remote[:1]
        if len(places) < PAGE - 1:
            lines = remote[: PAGE - len(places)]
        elif not lines:
            places = others[:PAGE]
        others, remote = others[len(places) :], remote[len(lines) :]
        yield from (*places, *lines) if near_first else (*lines, *places)
