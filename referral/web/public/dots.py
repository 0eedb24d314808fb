"""A picture of where helpers are: dots for where people live, numbers for helpers. No borders, no roads.

The points are those of postcodes (knowledge/data/SOURCES.md), so it is approximate, and says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from knowledge.model import Atlas, Municipality

WIDTH = 640
TALLEST = 560
MARGIN = 22
FAR_KM = 120.0
"""What is farther away than this would make everything else a single dot."""


@dataclass(frozen=True, slots=True)
class Dot:
    """In the picture's own units; ``r`` is the radius."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Pin:
    """Where the helper of this number is."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots of the municipality itself and of its neighbours, and the helpers."""

    width: int
    height: int
    own: tuple[Dot, ...]
    beside: tuple[Dot, ...]
    pins: tuple[Pin, ...]


Place = tuple[int, tuple[float, float], float | None]
"""Number, point (lat, lon), and distance in km."""


def picture(here: Municipality, atlas: Atlas, places: Iterable[Place]) -> Picture | None:
    """The picture for those who live in ``here``; None where no helper has a point that is near enough."""
    near = [(number, point) for number, point, km in places if km is None or km <= FAR_KM]
    if not near:
        return None
    homes = [(home.lat, home.lon) for home in here.homes]
    view = _View.around([*homes, *(point for _, point in near)])
    beside = [home for code in here.neighbours for home in atlas.municipalities[code].homes]
    return Picture(
        WIDTH,
        view.height,
        tuple(_dot(view, home.lat, home.lon, home.people) for home in here.homes),
        tuple(
            _dot(view, home.lat, home.lon, home.people) for home in beside if view.holds(home.lat, home.lon)
        ),
        _apart([Pin(*view.at(*point), number) for number, point in near]),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """An equirectangular map: good enough for the width of a municipality."""

    north: float
    west: float
    squeeze: float
    scale: float
    height: int

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_View":
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        squeeze = cos(radians((min(lats) + max(lats)) / 2))
        wide = max((max(lons) - min(lons)) * squeeze, 0.02)
        tall = max(max(lats) - min(lats), 0.01)
        scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
        left = min(lons) - (WIDTH / scale - wide) / 2 / squeeze
        return cls(max(lats), left, squeeze, scale, round(tall * scale) + 2 * MARGIN)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return (
            round((lon - self.west) * self.squeeze * self.scale, 1),
            round((self.north - lat) * self.scale + MARGIN, 1),
        )

    def holds(self, lat: float, lon: float) -> bool:
        x, y = self.at(lat, lon)
        return 0 <= x <= WIDTH and 0 <= y <= self.height


def _dot(view: _View, lat: float, lon: float, people: int) -> Dot:
    return Dot(*view.at(lat, lon), round(min(2 + sqrt(people) / 18, 11), 1))


def _apart(pins: Sequence[Pin]) -> tuple[Pin, ...]:
    """Pins that would hide one another stand side by side, the later ones to the right."""
    placed: list[Pin] = []
    for pin in pins:
        x = pin.x
        while any(abs(x - other.x) < 20 and abs(pin.y - other.y) < 20 for other in placed):
            x += 21
        placed.append(Pin(round(x, 1), pin.y, pin.number))
    return tuple(placed)
