"""Distances, and where a person stands.

Points are put on a sphere as vectors in kilometres, and a distance is the straight line between two of
them: within Finland (1,160 km from end to end) it falls short of the way along the surface by at most
0.15 %. Straight lines need no trigonometry while somebody waits, and they make the following exact.

Who gives only a municipality may live anywhere in it. The distance from there is the root mean square of
the distances from its homes (the points of its postcodes, weighted by their residents). By the
parallel axis theorem that is the square root of |p - c|² + s², where c is the homes' centre and s² their
spread about it: one centre and one number stand for all homes, nearer to the centre is nearer, and
nothing counts as nearer than the municipality is wide.
"""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

from knowledge.model import Municipality

EARTH_KM = 6371.0

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where distances are measured from. ``spread`` (km²) is 0 where the point itself is known."""

    at: Vector
    spread: float = 0.0

    def km(self, square: float) -> float:
        """The distance, given the square of the straight line from ``at`` (km²)."""
        return sqrt(square + self.spread)


def vector(lat: float, lon: float) -> Vector:
    """The point (WGS84 degrees) as a vector from the earth's centre, in kilometres."""
    flat = EARTH_KM * cos(radians(lat))
    return flat * cos(radians(lon)), flat * sin(radians(lon)), EARTH_KM * sin(radians(lat))


def square(one: Vector, other: Vector) -> float:
    """The square of the straight line between two vectors (km²)."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def from_point(point: tuple[float, float]) -> Standpoint:
    """Standing at ``point`` (WGS84 degrees)."""
    return Standpoint(vector(*point))


def from_homes(municipality: Municipality) -> Standpoint:
    """Standing at no home in particular of ``municipality``; at its seat where no home is known."""
    homes = [(vector(home.lat, home.lon), home.people) for home in municipality.homes]
    people = sum(weight for _, weight in homes)
    if not people:
        return from_point(municipality.seat)
    x, y, z = (sum(home[axis] * weight for home, weight in homes) / people for axis in range(3))
    spread = sum(square(home, (x, y, z)) * weight for home, weight in homes) / people
    return Standpoint((x, y, z), spread)
