"""Demand against supply: where people live far from help, and what is asked for where nobody gives it.

The first needs no demand at all. The second takes it from a release, and only where the release says
that there were at least ten requests.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from referral.demand.release import Release
from referral.field import REACH_KM
from referral.situation.picture import Count
from referral.situation.supply import ANYTHING, Reach, Supply

ENOUGH = 10
"""A gap is flagged only where there were at least so many requests."""

HALF = 0.5
"""In a region a need is a gap where at least so great a share of the people have help too far away."""


@dataclass(frozen=True, slots=True)
class Served:
    """How a municipality is served. ``lacking`` are its official languages (Finnish goes without saying) that no
    support within 30 km is known to be given in, ``by_phone`` those of them that remote support is; ``nearest`` are the nearest
    other municipalities with support, and the kilometres. ``count`` is what is told of the demand (None
    where nothing is told of municipalities)."""

    reach: Reach
    lacking: tuple[str, ...]
    by_phone: tuple[str, ...]
    nearest: tuple[tuple[str, float], ...]
    count: Count | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that was asked for and is far away: in a whole region (``municipality`` is "") or in one
    municipality. ``beyond`` is the share of people with more than 30 km to help with it; ``km`` is the
    median of a municipality, None where there is no help at all, or for a region."""

    region: str
    municipality: str
    need: str
    count: Count
    beyond: float
    km: float | None


def served(
    supply: Supply,
    regions: Collection[str],
    release: Release | None,
    need: str = ANYTHING,
    most: int | None = None,
) -> tuple[Served, ...]:
    """The municipalities of ``regions``, the worst served first: by the share of people with more than 30 km
    to help with ``need``, then by the median distance, none at all before all; only the first ``most``.

    ``release`` is that of a year, which alone tells of municipalities; None where there is none.
    """
    atlas = supply.directory.atlas
    inside = [one for code, one in supply.reach(need).items() if atlas.municipalities[code].region in regions]
    told = _told_places(release, need)
    return tuple(
        Served(
            one,
            *_languages(supply, one.municipality, need),
            supply.nearest(one.municipality, need),
            told.get(one.municipality),
        )
        for one in sorted(inside, key=worst)[:most]
    )


def worst(reach: Reach) -> tuple[bool, float, float, int]:
    """Sorts municipalities, the worst served first."""
    return reach.km is not None, -reach.beyond, -(reach.km or 0.0), -reach.people


def gaps(
    release: Release, supply: Supply, regions: Collection[str], needs: Collection[str]
) -> tuple[Gap, ...]:
    """What was asked for at least ten times in ``regions`` and is far away; the worst first, () for none.

    ``needs`` are those that help in person is given with.
    """
    found = [*_of_regions(release, supply, regions, needs), *_of_places(release, supply, regions, needs)]
    return tuple(sorted(found, key=lambda one: (-one.beyond, -one.count.number, one.municipality, one.need)))


def share_beyond(reaches: Iterable[Reach]) -> float:
    """The share (0..1) of the people of some municipalities who have more than 30 km to help."""
    parts = tuple(reaches)
    people = sum(one.people for one in parts)
    return sum(one.beyond * one.people for one in parts) / people if people else 0.0


def _of_regions(
    release: Release, supply: Supply, regions: Collection[str], needs: Collection[str]
) -> Iterable[Gap]:
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for code, place in supply.directory.atlas.municipalities.items():
        inside[place.region].append(code)
    for one in release.table("needs").figures:
        region, _, need = one.codes
        if region in regions and need in needs and one.least >= ENOUGH:
            reaches = supply.reach(need)
            beyond = share_beyond(reaches[code] for code in inside[region])
            if beyond >= HALF:
                yield Gap(region, "", need, Count(one.number, one.least), beyond, None)


def _of_places(
    release: Release, supply: Supply, regions: Collection[str], needs: Collection[str]
) -> Iterable[Gap]:
    table = next((one for one in release.tables if one.name == "municipalities"), None)
    for one in table.figures if table else ():
        region, code, need = one.codes
        if region in regions and need in needs and one.least >= ENOUGH:
            reach = supply.reach(need).get(code)
            if reach and not reach.visits and (reach.km is None or reach.km > REACH_KM):
                yield Gap(region, code, need, Count(one.number, one.least), reach.beyond, reach.km)


def _languages(supply: Supply, code: str, need: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The official languages that are lacking near, and those of them that remote help is given in."""
    official = supply.directory.atlas.municipalities[code].languages
    reaches = ((one, supply.reach(need, one)[code]) for one in official if one != "fi")
    lacking = tuple(one for one, reach in reaches if reach.km is None or reach.km > REACH_KM)
    return lacking, tuple(one for one in lacking if one in supply.spoken_remotely(code))


def _told_places(release: Release | None, need: str) -> dict[str, Count]:
    """What a year's release tells of each municipality: of ``need``, or of all needs for ANYTHING."""
    table = next((one for one in release.tables if one.name == "municipalities"), None) if release else None
    found: dict[str, Count] = {}
    for one in table.figures if table else ():
        _, code, its = one.codes
        if need in (its, ANYTHING):
            so_far = found.get(code, Count())
            found[code] = Count(so_far.number + one.number, so_far.least + one.least)
    return found
