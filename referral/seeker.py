"""A request, seen from where the person is, at one moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.model import Municipality
from referral.directory.distance import Standpoint, from_point
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.model import Request, Source

COURSE, HOME_VISIT = "course", "home_visit"
"""The needs that ask for a way of being helped; the others are served in any."""

NEVER = 100_000
"""The age in days of what was never checked."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who asks, and from where.

    ``home`` is None where the municipality is not known, ``stand`` where no place is known at all;
    ``exact`` says that the place is a point. ``any_way`` says that one need was asked, which is served in
    any way. ``moment`` (POSIX seconds) is when, and ``today`` which day that is in Finland. ``languages``
    are the request's.
    """

    request: Request
    home: Municipality | None
    stand: Standpoint | None
    exact: bool
    any_way: bool
    moment: float
    today: date
    languages: frozenset[str]

    def age(self, source: Source) -> int:
        """Days since the source was last checked; more than any limit where it never was."""
        return (self.today - source.checked).days if source.checked else NEVER


def seeker(request: Request, directory: Directory, now: datetime) -> Seeker:
    """The seeker behind ``request`` at ``now`` (aware).

    A municipality that the atlas does not know is no place. Plain Finnish is Finnish here.
    """
    home = directory.atlas.municipalities.get(request.municipality)
    if request.point:
        stand: Standpoint | None = from_point(request.point)
    else:
        stand = directory.standpoints[home.code] if home else None
    if any("@" in language for language in request.languages):
        request = replace(request, languages=tuple(one.partition("@")[0] for one in request.languages))
    needs = request.needs
    any_way = len(needs) == 1 and needs[0] not in (COURSE, HOME_VISIT)
    today = now.astimezone(HELSINKI).date()
    languages = frozenset(request.languages)
    return Seeker(request, home, stand, request.point is not None, any_way, now.timestamp(), today, languages)
