"""The counters behind what is published: finer than any table, never told, and perhaps to be worked out.

Outcomes and reasons are counted by need group as well. Messages that were not understood are other messages
than those that were, so they are a system of their own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from referral.demand.classes import Rule
from referral.demand.frame import DIVISIONS, Frame
from referral.demand.period import quarter_of
from referral.demand.release import Release
from tests.referral.demand.attacker import Key, System, numbers
from tests.referral.demand.invented import Event

BY_GROUP = tuple(one for one in DIVISIONS if one.name in ("outcomes", "reasons"))

Misses = Mapping[tuple[str, str], Counter[tuple[str, ...]]]
"""(Table, month) -> language and kind -> count, as counters are."""


def add_groups(
    found: System, events: Sequence[Event], releases: Sequence[Release], region: str, frame: Frame
) -> None:
    """Adds the counters month × need group × outcome, and × reason, to what ``attacker.system`` knows."""
    months = [one.period for one in releases if one.kind == "month"]
    here = [one for one in events if one["region"] == region]
    groups = tuple(dict.fromkeys(frame.needs.values()))
    for quarter in (one for one in releases if one.kind == "quarter"):
        for month in (one for one in months if quarter_of(one) == quarter.period):
            inside = [one for one in here if one["month"] == month]
            for division in BY_GROUP:
                _add_month(found, inside, division.columns[0], division.name, quarter.period, month, groups)


def _add_month(
    found: System,
    events: Sequence[Event],
    column: str,
    division: str,
    quarter: str,
    month: str,
    groups: Iterable[str],
) -> None:
    """Each group's requests of a month by label; by group and by label they are sums that are known of."""
    parts = [key for key in found.place if key[:2] == (division, quarter) and isinstance(key[2], tuple)]
    untold = (division, quarter, "share 1 never told"), (division, quarter, "share 2 never told")
    of_label: dict[Key, list[Key]] = {(part, month): [] for part in parts} | {(*untold, month): []}
    for group in groups:
        inside = [one for one in events if one["need_group"] == group]
        told = [((part, month), sum(one.get(column) == part[2][1] for one in inside)) for part in parts]
        left = len(inside) - sum(count for _, count in told)
        of_group: list[Key] = []
        for label, count in (*told, ((*untold, month), left)):
            of_group.append((label, "in", group))
            of_label[label].append(of_group[-1])
            found.unknown(of_group[-1], count)
        cells = [key for key in found.place if key[:3] == ("x", month, group)]
        found.total(of_group, (0, 0), less=cells)
    for label, keys in of_label.items():
        found.total(keys, (0, 0), less=[label])


def misses(counts: Misses, releases: Sequence[Release]) -> System:
    """What is known of messages that were not understood, month by month, after everything is published."""
    found = System()
    rule = Rule(releases[0].k)
    months = [one.period for one in releases if one.kind == "month"]
    for quarter in (one for one in releases if one.kind == "quarter"):
        inside = [month for month in months if quarter_of(month) == quarter.period]
        for codes, number in numbers(quarter, "misses").items():
            for month in inside:
                found.unknown((codes, month), counts["misses_by_language", month][codes])
            found.total([(codes, month) for month in inside], (rule.least(number), rule.most(number)))
    return found
