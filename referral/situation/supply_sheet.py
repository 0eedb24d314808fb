"""Demand against supply as a table to take along."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from locales.text import Text, say
from referral.sheets import Cell, Sheet
from referral.situation.gaps import Served
from referral.situation.supply import ANYTHING

EXPLAINED: Mapping[str, tuple[Text, Text]] = {
    "municipality": (say("Municipality, code"), say("The three digits of the municipality.")),
    "name": (say("Municipality"), say("Its name.")),
    "region": (say("Region"), say("Its region (maakunta).")),
    "need": (
        say("Support with"),
        say("What help is measured to. Digital support in general stands for whatever comes up."),
    ),
    "residents": (
        say("Residents"),
        say("How many people live there (Statistics Finland; see the sources of the service)."),
    ),
    "points": (
        say("Offers there"),
        say("Offers of declared support in person that lie there. Libraries that may only be asked are not."),
    ),
    "median_km": (
        say("Half have at most, km"),
        say(
            "Half of the people have at most so far to the nearest of them: straight kilometres from the postcodes where "
            "they live. Empty: there is none at all."
        ),
    ),
    "share_over_30_km": (
        say("Share with more than 30 km"),
        say("The share of people who have more than 30 km (0 to 1)."),
    ),
    "home_visits": (
        say("Home visits"),
        say("Whether somebody who serves the municipality comes to people’s homes."),
    ),
    "languages_lacking": (
        say("Lacking near"),
        say("Official languages other than Finnish in which no support within 30 km is known."),
    ),
    "by_phone": (say("Of these by phone"), say("Those of them in which remote support is known.")),
    "nearest": (say("Nearest with support"), say("The nearest other municipality with support.")),
    "km_to_nearest": (say("Nearest with support, km"), say("How far it is.")),
    "number": (
        say("Requests"),
        say("Requests told of the municipality in the year, to the nearest five. Empty: nothing is told."),
    ),
    "at_least": (
        say("At the least"),
        say("How many requests there were at the least; empty where fewer than k, or nothing is told."),
    ),
}
"""What each column is called and what it holds, in the order of the columns."""

HEADING = tuple(EXPLAINED)

Named = Callable[[str, str], str]
"""(kind, code) -> what people call it; of "municipality", "region", "need", "language" and "helped"."""


def supply_sheet(
    rows: Iterable[Served], region_of: Callable[[str], str], named: Named, need: str, k: int
) -> Sheet:
    """``rows`` in their order, for programs: with codes. ``k`` is that of the release."""
    return Sheet("supply", HEADING, tuple(_row(one, region_of, named, need or ANYTHING, k) for one in rows))


def in_words(sheet: Sheet, title: str, named: Named, said: Callable[[Text], str]) -> Sheet:
    """A supply sheet for people: headings, regions, needs and languages by their names."""
    return Sheet(
        title,
        tuple(said(heading) for heading, _ in EXPLAINED.values()),
        tuple(tuple(map(partial(_cell_in_words, named), HEADING, row)) for row in sheet.rows),
    )


def _cell_in_words(named: Named, column: str, cell: Cell) -> Cell:
    match column, cell:
        case (("region" | "need"), str()):
            return named(column, cell)
        case "home_visits", str():
            return named("helped", cell)
        case (("languages_lacking" | "by_phone"), str()):
            return ", ".join(named("language", code) for code in cell.split())
        case _:
            return cell


def _row(one: Served, region_of: Callable[[str], str], named: Named, need: str, k: int) -> tuple[Cell, ...]:
    reach = one.reach
    near, km = one.nearest[0] if one.nearest else ("", None)
    told: tuple[Cell, Cell] = ("", "")
    if one.count is not None:
        told = (one.count.number or f"<{k}", one.count.least or "")
    return (
        reach.municipality,
        named("municipality", reach.municipality),
        region_of(reach.municipality),
        need,
        reach.people,
        reach.points,
        "" if reach.km is None else round(reach.km, 1),
        round(reach.beyond, 3),
        "yes" if reach.visits else "no",
        " ".join(one.lacking),
        " ".join(one.by_phone),
        named("municipality", near) if near else "",
        "" if km is None else round(km, 1),
        *told,
    )
