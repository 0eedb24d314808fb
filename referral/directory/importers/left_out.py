"""What an import left and somebody may want: the records that the rules nearly took, for a coordinator to see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from referral.directory.importers.choosing import Choice, Short, Shortfall

MOST_LEFT_OUT = 2000
"""Of one source; the nearest are kept. A register of 22,000 has some hundreds with a word of ours, and a
list that nobody reads to its end helps nobody."""

_NEARNESS = tuple(Short)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that was nearly taken: the source's own id, its name and organisation ("" where the source
    does not say), the region that alone it serves ("" for more than one), the codes of its municipalities,
    and what it fell short of. ``parts`` are the ids of further records that it is made of."""

    record: str
    name: str
    organisation: str
    region: str
    municipalities: tuple[str, ...]
    short: Shortfall
    parts: tuple[str, ...] = ()


def nearest(found: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What is kept of ``found``: the nearest first, then by name, and no more than ``MOST_LEFT_OUT``."""
    ordered = sorted(found, key=lambda one: (_NEARNESS.index(one.short.how), one.name.casefold(), one.record))
    return tuple(ordered[:MOST_LEFT_OUT])


def nearly_taken(choices: Iterable[Choice]) -> Iterator[tuple[Choice, Shortfall]]:
    """The choices that left a record which was nearly taken, with what it fell short of."""
    return ((one, one.short) for one in choices if one.short and not one.taken)
