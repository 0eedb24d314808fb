"""Opening times as registers give them, written in the ``opening_hours`` syntax that the directory holds.

Whatever the source, its times become ``Rule``s: a week or some dates, and the stretches of the day that
are open. The text is the rules in order, and a later rule replaces an earlier one on the days that both
name: first the ordinary week, then seasons, then single days. It never grows beyond what is read back
(``referral.hours.LONGEST``): the days furthest ahead are left out first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from referral.hours import LONGEST

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WHOLE_DAY = 24 * 60
ALWAYS = "24/7"

Span = tuple[int, int]
"""Minutes from midnight; the end lies beyond 24 hours where it is open past midnight."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When it is open on some days: no ``spans`` is closed, no ``days`` is every day (Monday is 0).

    ``first`` and ``last`` bound the dates, both included; None is without bound. ``note`` is said beside
    the times ("by appointment").
    """

    spans: tuple[Span, ...]
    days: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None
    note: str = ""


def week(
    days: Mapping[int, Sequence[Span]], first: date | None = None, last: date | None = None
) -> list[Rule]:
    """The rules of a week: ``days`` maps a weekday to its stretches; days with the same share a rule.

    In a season, days that are missing are closed; in the ordinary week nothing needs to be said of them.
    """
    alike: dict[tuple[Span, ...], set[int]] = {}
    for day in range(7):
        alike.setdefault(merged(days.get(day, ())), set()).add(day)
    seasonal = first is not None or last is not None
    return [
        Rule(spans, frozenset(shared), first, last) for spans, shared in alike.items() if spans or seasonal
    ]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def written(rules: Iterable[Rule], today: date) -> str:
    """The rules as text, "" for none; rules that are over on ``today`` are left out.

    Where not all fit, rules with dates are taken from the nearest on.
    """
    current = [rule for rule in rules if rule.last is None or rule.last >= today]
    weekly = [_text(rule, today) for rule in current if not _dated(rule, today)]
    length, kept = sum(len(text) + 2 for text in weekly), []
    for rule in sorted(current, key=lambda rule: rule.first or today):
        if _dated(rule, today):
            length += len(_text(rule, today)) + 2
            if length > LONGEST:
                break
            kept.append(rule)
    return "; ".join([*weekly, *(_text(rule, today) for rule in sorted(kept, key=_order))])


def undated(rules: Iterable[Rule]) -> str:
    """Rules without dates as text, all of them."""
    return "; ".join(_text(rule, date.min) for rule in rules)


def calendar(days: Mapping[date, Sequence[Span]], today: date) -> str:
    """Day by day as an ordinary week and its exceptions.

    ``days`` maps dates to the stretches that are open. What a weekday most often has, the earliest of
    equals, is its ordinary time; other dates are said by themselves. Where all of them are closed, that
    is said with its dates, and nothing is known of the time after.
    """
    if days and not any(days.values()):
        return written([Rule((), frozenset(), min(days), max(days))], today)
    usual: dict[int, tuple[Span, ...]] = {}
    for weekday in range(7):
        found = [merged(spans) for day, spans in sorted(days.items()) if day.weekday() == weekday]
        if found:
            usual[weekday] = max(found, key=found.count)
    others = [(day, merged(spans)) for day, spans in sorted(days.items())]
    odd = [(day, spans) for day, spans in others if spans != usual[day.weekday()]]
    return written([*week(usual), *_runs(odd)], today)


def _runs(days: Iterable[tuple[date, tuple[Span, ...]]]) -> list[Rule]:
    """Neighbouring dates with the same times as one rule."""
    rules: list[Rule] = []
    for day, spans in days:
        last = rules[-1].last if rules else None
        if last and day - last == timedelta(days=1) and rules[-1].spans == spans:
            rules[-1] = Rule(spans, frozenset(), rules[-1].first, day)
        else:
            rules.append(Rule(spans, frozenset(), day, day))
    return rules


def minutes(clock: str) -> int:
    """Minutes from midnight of "9:30", "09:30:00" or "9.30". Raises ValueError for no time of the clock."""
    parts = [int(part) for part in clock.strip().replace(".", ":").split(":")]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else 0
    if not (0 <= hour <= 24 and 0 <= minute < 60 and hour * 60 + minute <= WHOLE_DAY):
        raise ValueError(f"{clock!r} is no time of the clock")
    return hour * 60 + minute


def span(start: str, end: str) -> Span:
    """From ``start`` until ``end``; an end that is not after the start is on the next day."""
    first, last = minutes(start), minutes(end)
    return first, last if last > first else last + WHOLE_DAY


def _dated(rule: Rule, today: date) -> bool:
    """Whether its dates need saying: a rule that has begun and has no end is the ordinary week."""
    return rule.last is not None or (rule.first is not None and rule.first > today)


def _order(rule: Rule) -> tuple[int, date]:
    """The longest first, so that single days stand after the seasons that they lie in."""
    first = rule.first or date.min
    return -((rule.last or date.max) - first).days, first


def _text(rule: Rule, today: date) -> str:
    parts = [_dates(rule, today), _weekdays(rule.days), ",".join(map(_clock, rule.spans)) or "off"]
    if rule.spans == ((0, WHOLE_DAY),) and not parts[0] and not parts[1]:
        parts = [ALWAYS]
    if rule.note and rule.spans:
        parts.append(f'"{rule.note}"')
    return " ".join(part for part in parts if part)


def _dates(rule: Rule, today: date) -> str:
    if not _dated(rule, today):
        return ""
    first = _date(rule.first or today)
    if rule.last is None:
        return f"{first}+"
    return first if rule.first == rule.last else f"{first}-{_date(rule.last)}"


def _date(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _weekdays(days: frozenset[int]) -> str:
    """ "Mo-Fr", "Mo,We,Fr"; "" for every day."""
    if not days or len(days) == 7:
        return ""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 1 else DAYS[run[0]] for run in runs)


def _clock(open_from: Span) -> str:
    start, end = open_from
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
