"""Demand against supply as a table to take along."""

from collections.abc import Callable, Iterable

from referral.sheets import Cell, Sheet
from referral.situation.gaps import Served
from referral.situation.supply import ANYTHING

EXPLAINED = {
    "municipality": "The municipality, by its three digits; its name follows.",
    "region": "Its region (maakunta), by its two digits.",
    "need": "What help is measured to; generic_help stands for support with whatever comes up.",
    "residents": "How many people live there (Statistics Finland; see the sources of the service).",
    "points": "Offers of declared support in person that lie there. Libraries that may only be asked are not.",
    "median_km": "Half of the people have at most so far to the nearest of them: straight kilometres from the "
    "postcodes where they live. Empty: there is none at all.",
    "share_over_30_km": "The share of people who have more than 30 km (0 to 1).",
    "home_visits": "Whether somebody who serves the municipality comes to people's homes: yes or no.",
    "languages_lacking": "Official languages other than Finnish in which no support within 30 km is known.",
    "by_phone": "Those of them in which remote support is known.",
    "nearest": "The nearest other municipality with support; km_to_nearest is how far it is.",
    "number": "Requests told of the municipality in the year, to the nearest five; see at_least.",
    "at_least": "How many requests there were at the least; empty where fewer than k, or nothing is told.",
}
"""What each column holds."""

HEADING = (
    *("municipality", "name", "region", "need", "residents", "points", "median_km", "share_over_30_km"),
    *("home_visits", "languages_lacking", "by_phone", "nearest", "km_to_nearest", "number", "at_least"),
)


def supply_sheet(
    rows: Iterable[Served], region_of: Callable[[str], str], name_of: Callable[[str], str], need: str, k: int
) -> Sheet:
    """``rows`` in their order; ``name_of`` names a municipality. ``k`` is that of the release."""
    return Sheet("supply", HEADING, tuple(_row(one, region_of, name_of, need or ANYTHING, k) for one in rows))


def _row(
    one: Served, region_of: Callable[[str], str], name_of: Callable[[str], str], need: str, k: int
) -> tuple[Cell, ...]:
    reach = one.reach
    near, km = one.nearest[0] if one.nearest else ("", None)
    told: tuple[Cell, Cell] = ("", "")
    if one.count is not None:
        told = (one.count.number or f"<{k}", one.count.least or "")
    return (
        reach.municipality,
        name_of(reach.municipality),
        region_of(reach.municipality),
        need,
        reach.people,
        reach.points,
        "" if reach.km is None else round(reach.km, 1),
        round(reach.beyond, 3),
        "yes" if reach.visits else "no",
        " ".join(one.lacking),
        " ".join(one.by_phone),
        name_of(near) if near else "",
        "" if km is None else round(km, 1),
        *told,
    )
