"""Times that come back on a weekday of each month: "joka kuun 1. tiistai klo 13–15".

- ``monthly(value) -> str | None``: in ``opening_hours`` syntax ("Tu[1] 13:00-15:00"); None for anything else.
- ``in_words(hours, language) -> str``: the same back again in Finnish, Swedish or English; "" where it is not
  such a time.
"""

import re

from referral.directory.importers.everyday import WEEKDAYS, times
from referral.directory.importers.timetable import DAYS
from referral.hours import LONGEST

_NUMBERS = (
    (1, ("1", "ensimmäinen", "ensimmäisenä", "ensimmäiset", "första", "first")),
    (2, ("2", "toinen", "toisena", "andra", "second")),
    (3, ("3", "kolmas", "kolmantena", "tredje", "third")),
    (4, ("4", "neljäs", "neljäntenä", "fjärde", "fourth")),
    (5, ("5", "viides", "viidentenä", "femte", "fifth")),
    (-1, ("viimeinen", "viimeisenä", "sista", "last")),
)
_ORDINALS = {word: number for number, words in _NUMBERS for word in words}
_MONTH = (
    *("kuun", "kuukauden", "kuukausittain", "kuussa", "kuukaudessa", "månad", "månads", "månaden"),
    *("månatligen", "month", "months", "monthly"),
)
_FILL = (
    *("joka", "jokaisen", "kunkin", "aina", "klo", "kello", "varje", "den", "i", "av", "kl"),
    *("every", "each", "of", "the", "on", "at", "in", "'s", ",", ".", ":"),
)
_AND = ("ja", "och", "and", "&", "sekä")
_EVERY_OTHER = re.compile(r"\b(?:joka toinen|varannan|every (?:second|other))\b")
_TOKEN = re.compile(
    r"(?P<times>\d{1,2}(?:[.:]\d{2})?\s*-\s*\d{1,2}(?:[.:]\d{2})?)(?!\d)"
    r"|(?P<number>[1-5])(?:\.|:a|:e|st|nd|rd|th)?(?=\s|$)|(?P<word>[a-zåäö]+|'s|\S)"
)

_NAMES = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SAID = {
    "fi": ("joka kuun {number} {day} klo {times}", "{}.", "viimeinen", " ja "),
    "sv": ("varje månads {number} {day} kl. {times}", "{}:a", "sista", " och "),
    "en": ("every month: {number} {day} {times}", "{}.", "last", " and "),
}
_WRITTEN = re.compile(rf"({'|'.join(DAYS)})\[(-?\d(?:,-?\d)*)\] ([\d:,-]+)")


def monthly(value: str) -> str | None:
    """The time in ``opening_hours`` syntax; None for what is no such time, or not understood whole."""
    if len(value) > LONGEST:
        return None
    text = re.sub(r"[‐‑‒–—−]", "-", value.casefold()).strip()
    if _EVERY_OTHER.search(text):
        return None  # It may be the second of a month or every other week.
    numbers: list[int] = []
    days: list[int] = []
    spans: list[str] = []
    of_month = False
    for found in _TOKEN.finditer(text):
        token = found.group("number") or found.group(0)
        if found.lastgroup == "times":
            span = times(token)
            if span is None or not days:
                return None
            spans.append(span)
        elif token in _ORDINALS and not days:
            numbers.append(_ORDINALS[token])
        elif token in WEEKDAYS and numbers and not days:
            days.append(WEEKDAYS[token])
        elif token in _MONTH:
            of_month = True
        elif token not in _FILL and token not in _AND:
            return None
    if not (of_month and numbers and days and spans) or len(set(numbers)) != len(numbers):
        return None
    nth = ",".join(map(str, numbers))
    return f"{DAYS[days[0]]}[{nth}] {','.join(spans)}"


def in_words(hours: str, language: str) -> str:
    """As people write it in ``language`` (Finnish where we have no words of our own); "" for other hours."""
    found = _WRITTEN.fullmatch(hours)
    if found is None:
        return ""
    code = language.partition("@")[0]
    code = code if code in _SAID else "fi"
    sentence, nth, last, joint = _SAID[code]
    numbers = joint.join(last if one == "-1" else nth.format(one) for one in found[2].split(","))
    clock = found[3].replace(":00", "").replace(":", ".").replace("-", "–").replace(",", ", ")
    clock = re.sub(r"\b0(\d)", r"\1", clock)
    day = _NAMES[code][DAYS.index(found[1])]
    said = sentence.format(number=numbers, day=day, times=clock)
    return said if monthly(said) == hours else ""
