"""Opening hours as people write them: "ma–pe 9–15, la suljettu", "mån–fre 9–15", "Mon-Fri 9-15".

Words are read one by one: days collect until times follow, and new days begin a new rule. Whatever is not
understood ("parittomina viikkoina") makes the whole text unreadable: hours half understood send people to
closed doors.
"""

import re
from collections.abc import Iterator

from referral.directory.importers.timetable import ALWAYS, Rule, Span, minutes, undated, week
from referral.hours import LONGEST

_STEMS: tuple[tuple[str, ...], ...] = (
    ("ma", "maanantai", "må", "mån", "måndag", "mo", "mon", "monday"),
    ("ti", "tiistai", "tis", "tisdag", "tu", "tue", "tues", "tuesday"),
    ("ke", "keskiviikko", "on", "ons", "onsdag", "we", "wed", "wednesday"),
    ("to", "torstai", "tor", "tors", "torsdag", "th", "thu", "thur", "thurs", "thursday"),
    ("pe", "perjantai", "fre", "fredag", "fr", "fri", "friday"),
    ("la", "lauantai", "lö", "lör", "lördag", "sa", "sat", "saturday"),
    ("su", "sunnuntai", "sö", "sön", "söndag", "sun", "sunday"),
)
_ENDINGS = ("", "s", "ar", "arna", "sin", "isin", "na", "ina", "en")
WEEKDAYS = {stem + ending: day for day, stems in enumerate(_STEMS) for stem in stems for ending in _ENDINGS}
"""Every word for a weekday -> its number; Monday is 0."""

_GROUPS = {
    **dict.fromkeys(("arkisin", "arkipäivisin", "arki", "vardagar", "vardag", "weekdays"), range(5)),
    **dict.fromkeys(("viikonloppuisin", "helger", "veckoslut", "weekends"), range(5, 7)),
    **dict.fromkeys(
        ("päivittäin", "joka päivä", "dagligen", "varje dag", "alla dagar", "daily", "every day"), range(7)
    ),
}
_CLOSED = ("suljettu", "kiinni", "stängt", "stängd", "closed", "off")
_ROUND = ("24/7", "24 h", "24h", "ympäri vuorokauden", "dygnet runt", "around the clock", "aina auki")
_AND = (",", ";", "ja", "och", "sekä", "samt", "and", "&", "/", "\n")
_FILL = ("klo", "kl", "kello", "auki", "avoinna", "öppet", "open", ":", ".", "at", "clock")

_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_TOKEN = re.compile(
    rf"(?P<times>{_TIME}\s*(?:-|till|to|until)\s*{_TIME})(?!\d)"
    r"|(?P<phrase>24/7|24 ?h|[a-zåäöšž]+(?: (?:päivä|dag|dagar|vuorokauden|runt|day|the clock|auki)\b)?)"
    r"|(?P<mark>[-,;:./&\n])|(?P<space>[^\S\n]+)|(?P<other>.)",
    re.DOTALL,
)


def everyday(value: str) -> str | None:
    """The hours in ``opening_hours`` syntax; None for what is not understood."""
    if len(value) > LONGEST:
        return None
    text = re.sub(r"[‐‑‒–—−]", "-", value.casefold()).strip()
    if text in _ROUND:
        return ALWAYS
    days: dict[int, list[Span]] = {}
    for some, spans in _stretches(text):
        if some is None or spans is None:
            return None
        for day in some:
            if day in days:
                return None
            days[day] = spans
    closed = [day for day, spans in days.items() if not spans]
    rules = [*week(days), *([Rule((), frozenset(closed))] if closed else [])]
    return undated(rules) if days else None


def times(text: str) -> str | None:
    """A stretch of time ("13-15", "9.30-12") in ``opening_hours`` syntax; None for what is none."""
    found = _span(text) if len(re.findall(_TIME, text)) == 2 else None
    if found is None:
        return None
    start, end = found
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _stretches(text: str) -> Iterator[tuple[list[int] | None, list[Span] | None]]:
    """Days with their stretches, [] for closed; (None, None) where something is not understood."""
    days: list[int] = []
    spans: list[Span] | None = None
    is_range = False
    for kind, token in _tokens(text):
        if kind == "day" or kind == "group":
            if spans is not None:
                yield days, spans
                days, spans = [], None
            named = list(_GROUPS[token]) if kind == "group" else [WEEKDAYS[token]]
            days += _between(days[-1], named[0]) if is_range and days else named
            is_range = False
        elif kind == "range" and days and spans is None:
            is_range = True
        elif kind == "times" and days and not is_range and spans != []:
            found = _span(token)
            if found is None:
                yield None, None
                return
            spans = [*(spans or []), found]
        elif kind == "closed" and days and spans is None:
            spans = []
        elif kind != "and":
            yield None, None
            return
    yield (days, spans) if spans is not None and not is_range else (None, None)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        token = " ".join(found.group(0).split()) or "\n"
        if found.lastgroup == "space" or token in _FILL:
            continue
        if found.lastgroup == "times":
            yield "times", token
        elif token in _GROUPS:
            yield "group", token
        elif token in WEEKDAYS:
            yield "day", token
        elif token == "-":
            yield "range", token
        else:
            yield "closed" if token in _CLOSED else "and" if token in _AND else "other", token


def _between(first: int, last: int) -> list[int]:
    """The days after ``first`` up to ``last``, over the weekend if need be."""
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]


def _span(token: str) -> Span | None:
    start, end = re.findall(_TIME, token)
    try:
        first, last = minutes(start), minutes(end)
    except ValueError:
        return None
    return (first, last) if first < last else None
