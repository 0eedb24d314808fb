"""Candidates, ranked: by band, then by score.

The bands say in words what no product of figures could promise: declared support within reach comes
before a library that may only be asked; one's own library before support that is far away; and what lies
nowhere in particular never vanishes.

Monotone: an offer that comes nearer, is checked later or better, or opens sooner never ranks lower, all
else equal. Candidates are chosen by distance alone, or by sureness and date alone, so that improving one
offer can only push others out; and every factor of the score is monotone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from knowledge.model import Municipality
from referral.directory.distance import Standpoint, from_point
from referral.directory.index import Directory, Kind
from referral.hours import HELSINKI, opening
from referral.model import Form, Offer, Opening, Request, Role
from referral.score import COURSE, score

REACH_KM = 30.0
"""Within reach: half an hour by car. It is also the distance beyond which the coordinators' reports
count people as left without a point of support, so that an answer and a report agree."""

MOST = {
    Kind.IN_PERSON: 12,
    Kind.TRAINING: 6,
    Kind.REMOTE: 6,
    Kind.POINTER: 3,
    Kind.LIST: 3,
    Kind.CONTACT: 12,
}
"""How many of each shelf are ranked: enough to fill the pages that anybody reads."""

FORMS = {Kind.IN_PERSON: Form.IN_PERSON, Kind.REMOTE: Form.REMOTE, Kind.TRAINING: Form.TRAINING}
"""The shelves that hold one form only; the others are searched whatever form was asked for."""


class Band(IntEnum):
    """What comes before what, whatever the score.

    Declared support within reach; a library where one may ask first; the nearest declared support where
    none is within reach; help that names no place; support that is further; other libraries.
    """

    WITHIN_REACH = 0
    ASK_HERE_FIRST = 1
    NEAREST = 2
    SOMEWHERE = 3
    FAR = 4
    ASK_ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class Seeker:
    """A request, seen from where the person is.

    ``home`` is None where the municipality is not known, ``stand`` where no place is known at all;
    ``exact`` says that the place is a point.
    """

    request: Request
    home: Municipality | None
    stand: Standpoint | None
    exact: bool
    now: datetime

    def is_home_of(self, offer: Offer) -> bool:
        """Whether the offer lies in the person's own municipality."""
        return self.home is not None and offer.municipality == self.home.code


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate. ``row`` is its place in the directory, and decides between equals."""

    band: Band
    score: float
    row: int
    offer: Offer
    km: float | None
    opening: Opening

    @property
    def order(self) -> tuple[int, float, int]:
        """The lowest comes first."""
        return self.band, -self.score, self.row


def seeker(request: Request, directory: Directory, now: datetime) -> Seeker:
    """Who asks, and from where; "fi@simple" is Finnish here. A municipality that the atlas does not know is no place."""
    home = directory.atlas.municipalities.get(request.municipality)
    if request.point:
        stand: Standpoint | None = from_point(request.point)
    else:
        stand = directory.standpoints[home.code] if home else None
    plain = tuple(language.partition("@")[0] for language in request.languages)
    asked = request if plain == request.languages else replace(request, languages=plain)
    return Seeker(asked, home, stand, request.point is not None, now.astimezone(HELSINKI))


def ranked(seeker: Seeker, directory: Directory) -> list[Ranked]:
    """Everything that may be shown to ``seeker``, in no order yet."""
    found = []
    for row, square in _candidates(seeker, directory).items():
        offer = directory.rows[row]
        km = seeker.stand.km(square) if square is not None and seeker.stand else None
        state = opening(offer.hours, seeker.now)
        worth = score(offer, km, state, seeker.request, seeker.now)
        found.append(Ranked(_band(seeker, offer, km), worth, row, offer, km, state))
    found = _lifted(found, Band.FAR, Band.NEAREST, unless=Band.WITHIN_REACH)
    return _lifted(found, Band.ASK_ELSEWHERE, Band.ASK_HERE_FIRST, unless=Band.ASK_HERE_FIRST)


def _candidates(seeker: Seeker, directory: Directory) -> dict[int, float | None]:
    """Rows, each with the square of its distance (None where it has none)."""
    moment, languages = seeker.now.timestamp(), seeker.request.languages
    labels = tuple(_labels(seeker))
    found: dict[int, float | None] = {}
    opened = set()
    for need in seeker.request.needs:
        shelves = directory.shelves(need)
        for label in labels:
            shelf = shelves.get(label)
            if shelf is None or shelf in opened:
                continue
            opened.add(shelf)
            if seeker.stand:
                for square, row in shelf.nearest(seeker.stand.at, MOST[label[0]], moment):
                    found[row] = square
            for row in shelf.first(languages, MOST[label[0]], moment):
                found[row] = None
    return found


def _labels(seeker: Seeker) -> Iterator[tuple[Kind, str, bool]]:
    home, form = seeker.home, seeker.request.form
    scopes = ("", f"r{home.region}", f"m{home.code}", f"@{home.code}") if home else ("",)
    for only_supporters in (False, True) if seeker.request.audience == "supporters" else (False,):
        for kind in Kind:
            if form is None or FORMS.get(kind, form) is form:
                for scope in scopes:
                    yield kind, scope, only_supporters


def _band(seeker: Seeker, offer: Offer, km: float | None) -> Band:
    own = seeker.is_home_of(offer)
    if offer.role is Role.POINTER:
        return Band.ASK_HERE_FIRST if own else Band.ASK_ELSEWHERE
    if offer.role is Role.LIST:
        return Band.SOMEWHERE
    if km is not None:
        return Band.WITHIN_REACH if km <= REACH_KM or (own and not seeker.exact) else Band.FAR
    if own or offer.home_visits or not offer.coverage.national:
        return Band.WITHIN_REACH  # Whoever names the municipality or region that they serve is there.
    at_home = offer.form is Form.REMOTE or (offer.form is Form.TRAINING and COURSE in seeker.request.needs)
    return Band.WITHIN_REACH if at_home else Band.SOMEWHERE


def _lifted(found: list[Ranked], lowest: Band, band: Band, unless: Band) -> list[Ranked]:
    """With the nearest of those in ``lowest`` lifted to ``band``, unless somebody in person is in ``unless``.

    So the nearest library takes the place of one's own where the municipality has none, and the nearest
    declared support is not lost among what is far.
    """
    low = [one for one in found if one.band is lowest and one.offer.form is Form.IN_PERSON]
    if not low or any(one.band is unless and one.offer.form is Form.IN_PERSON for one in found):
        return found
    nearest = min(low, key=lambda one: (one.km is None, one.km or 0.0, one.row))
    return [replace(one, band=band) if one is nearest else one for one in found]
