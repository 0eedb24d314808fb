"""Opening hours as people write them: "ma–pe 9–15"."""

from collections.abc import Mapping

from referral.directory.importers import monthly
from referral.directory.importers.everyday import everyday
from referral.directory.importers.timetable import WHOLE_DAY
from referral.directory.published.hours import Hours, read

_WRITTEN = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""The days as forms are filled in; whoever writes Sámi writes them in Finnish here, because we read no others."""

_SHOWN = {**_WRITTEN, "se": ("vuos", "maŋ", "gask", "duor", "bear", "láv", "sotn")}
"""The days as they are shown (Unicode CLDR, abbreviated names)."""


def in_everyday_words(hours: str, language: str) -> str:
    """``opening_hours`` syntax as people write it ("ma–pe 9–15"), where that means the same and can be read
    again; else as it is."""
    if said := monthly.in_words(hours, language):
        return said
    found = read(hours)
    said = _said(found, language, _WRITTEN) if found else ""
    back = everyday(said) if said else None
    return said if back is not None and read(back) == found else hours


def week_in_words(hours: str, language: str) -> str:
    """The same to be shown: the hours of every week or month; "" where they are not known, or not the same
    every week."""
    if said := monthly.in_words(hours, language):
        return said
    found = read(hours)
    return _said(found, language, _SHOWN) if found else ""


def _said(found: Hours, language: str, words: Mapping[str, tuple[str, ...]]) -> str:
    if found.always or any(one.first or one.last or one.note for one in found.stretches):
        return ""
    names = words.get(language.partition("@")[0], words["fi"])
    times: dict[tuple[int, ...], list[str]] = {}
    for one in found.stretches:
        if one.span is None or one.span[1] > WHOLE_DAY:
            return ""
        times.setdefault(one.days, []).append(f"{_clock(one.span[0])}–{_clock(one.span[1])}")
    return ", ".join(f"{_days(days, names)} {', '.join(spans)}" for days, spans in times.items())


def _days(days: tuple[int, ...], names: tuple[str, ...]) -> str:
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]}–{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}.{minute:02}" if minute else str(hour)
