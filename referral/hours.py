"""When something is open, seen from one moment, and how that is said.

Hours are written in the ``opening_hours`` syntax of OpenStreetMap ("Mo-Fr 09:00-16:00; PH off"), read
with Finland's public holidays, in Europe/Helsinki. Hours that are missing or cannot be read are
unknown: a provider's slip must not stop an answer. What has been read is kept, one day's plan for each
text, because the same hours are asked for many times a day.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from locales.text import Text, say
from referral.model import Opening

HELSINKI = ZoneInfo("Europe/Helsinki")

LONGEST = 1000
"""Characters; a longer text is no opening hours, and reading it would take time."""

AHEAD = timedelta(days=370)
"""How far the next opening is looked for: a summer café opens again within a year."""

WEEK = timedelta(days=7)
"""Within a week an opening is told by its weekday, later by its date."""

UNKNOWN = Opening("unknown")

_Plan = tuple[tuple[float, ...], tuple[Opening, ...]]
"""The moments (POSIX seconds) at which the state changes, and what holds from each of them on."""


def opening(hours: str, now: datetime) -> Opening:
    """Whether ``hours`` are open at ``now`` (aware), and until or from when.

    ``state`` is "unknown" for hours that are "", cannot be read, or say so themselves.
    """
    return opening_on(hours, now.astimezone(HELSINKI).date(), now.timestamp()) if hours else UNKNOWN


def opening_on(hours: str, day: date, moment: float) -> Opening:
    """The same for a moment (POSIX seconds) of ``day`` in Finland, for those who ask of many offers."""
    if not hours:
        return UNKNOWN
    moments, states = _plan(hours, day)
    return states[max(0, bisect_right(moments, moment) - 1)]


def fault(hours: str) -> str:
    """What is wrong with ``hours`` as ``opening_hours`` syntax; "" where they can be read."""
    if len(hours) > LONGEST:
        return f"longer than {LONGEST} characters"
    try:
        OpeningHours(hours, timezone=HELSINKI, country="FI")
    except ParserError as error:
        return " ".join(str(error).split())
    return ""


def in_words(opening: Opening, now: datetime) -> Text:
    """How ``opening`` is said to somebody who reads it at ``now`` (aware)."""
    if opening.state == "unknown":
        return say("hours not known")
    if opening.changes is None:
        return say("open around the clock") if opening.state == "open" else say("closed for now")
    today, change = now.astimezone(HELSINKI).date(), opening.changes.astimezone(HELSINKI)
    away, at = change.date() - today, time(change.hour, change.minute)
    if opening.state == "open":
        return _until(away, at)
    if away <= timedelta(0):
        return say("opens at {time}", time=at)
    if away == timedelta(days=1):
        return say("opens tomorrow at {time}", time=at)
    if away < WEEK:
        return say("opens {day} at {time}", day=change.date(), time=at)
    return say("opens on {date} at {time}", date=change.date(), time=at)


def _until(away: timedelta, at: time) -> Text:
    """Closing at midnight belongs to today, and closing after midnight to the night that follows."""
    if away <= timedelta(0):
        return say("open today until {time}", time=at)
    if away == timedelta(days=1):
        return say("open today until midnight") if at == time(0) else say("open now until {time}", time=at)
    return say("open now")


@lru_cache(maxsize=8192)
def _plan(hours: str, day: date) -> _Plan:
    """The openings of ``day``, each with its next change."""
    midnight = datetime.combine(day, time(0), HELSINKI)
    try:
        runs = _runs(_read(hours), midnight)
    except ParserError:
        return (midnight.timestamp(),), (UNKNOWN,)
    if not runs:
        return (midnight.timestamp(),), (UNKNOWN,)
    return (
        tuple(start.timestamp() for start, _, _ in runs),
        tuple(_opening(runs, number) for number in range(len(runs))),
    )


@lru_cache(maxsize=8192)
def _read(hours: str) -> OpeningHours:
    return OpeningHours(hours if len(hours) <= LONGEST else "", timezone=HELSINKI, country="FI")


_Run = tuple[datetime, datetime, State]


def _runs(hours: OpeningHours, midnight: datetime) -> list[_Run]:
    """Stretches of one state from ``midnight`` on, up to the first opening after that day."""
    next_day = midnight + timedelta(days=1)
    runs: list[_Run] = []
    for start, end, state, _ in hours.intervals(midnight, midnight + AHEAD):
        if runs and runs[-1][2] == state:
            runs[-1] = (runs[-1][0], end, state)
        else:
            runs.append((start, end, state))
        if start >= next_day and len(runs) > 1 and State.OPEN in (runs[-1][2], runs[-2][2]):
            break
    return runs


def _opening(runs: list[_Run], number: int) -> Opening:
    start, end, state = runs[number]
    if state == State.OPEN:
        # A run that reaches the end of the search never closes.
        return Opening("open", end if number + 1 < len(runs) or end - start < AHEAD - WEEK else None)
    if state == State.CLOSED:
        opens = (later for later, _, coming in runs[number + 1 :] if coming == State.OPEN)
        return Opening("closed", next(opens, None))
    return UNKNOWN
