"""What one turn may add to the counters, however often it is tried.

The dialogue keeps the same limits for the sake of what it says; here they are kept once more, on
what the store itself remembers, because they are a promise: no table of counters rises by more than
three for one conversation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.turn import Effect, RecordDemand, RecordHelped, RecordMiss
from referral.demand.counters import Codes, Increment, of_demand, of_helped, of_miss

MOST = 3
"""Needs, and misses, counted for one conversation; "did this help" is counted once."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What has been counted of a conversation: ids of needs, whether it helped, how many misses."""

    needs: tuple[str, ...] = ()
    helped: bool = False
    misses: int = 0


def count(
    effects: Iterable[Effect], before: Counted, day: date, codes: Codes
) -> tuple[tuple[Increment, ...], Counted]:
    """The counters that ``effects`` raise, and what has then been counted.

    Whatever goes beyond the limits is left out. Raises BadFact for a code that is not in ``codes``.
    """
    needs, helped, misses = list(before.needs), before.helped, before.misses
    increments: list[Increment] = []
    for effect in effects:
        if isinstance(effect, RecordDemand):
            for entry in effect.entries:
                if entry.need not in needs and len(needs) < MOST:
                    needs.append(entry.need)
                    increments += of_demand(entry, day, codes)
        elif isinstance(effect, RecordHelped) and not helped:
            helped = True
            increments += of_helped(effect.municipality, effect.helped, day, codes)
        elif isinstance(effect, RecordMiss) and misses < MOST:
            misses += 1
            increments += of_miss(effect.language, effect.kind, day)
    return tuple(increments), Counted(tuple(needs), helped, misses)
