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

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Municipality

EARTH_KM = 6371.0

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Standpoint:
    """Where distances are measured from: the vector ``at``, and ``square``, that of its own length."""

    at: NDArray[np.float64]
    square: float

    def km(self, along: float) -> float:
        """The distance of the point whose product with ``at`` is ``along``.

        Points and homes have the length R, so the mean of |p - h|² over the homes h is 2 R² - 2 p·c: the
        spread is within that already, because c, their mean, lies inside the sphere.
        """
        return sqrt(max(0.0, 2.0 * (EARTH_KM * EARTH_KM - along)))

    def line(self, along: float) -> float:
        """The square of the straight line from ``at`` to that point, without the spread."""
        return EARTH_KM * EARTH_KM + self.square - 2.0 * along


def vector(lat: float, lon: float) -> Vector:
    """The point (WGS84 degrees) as a vector from the earth's centre, in kilometres."""
    flat = EARTH_KM * cos(radians(lat))
    return flat * cos(radians(lon)), flat * sin(radians(lon)), EARTH_KM * sin(radians(lat))


def from_point(point: tuple[float, float]) -> Standpoint:
    """Standing at ``point`` (WGS84 degrees)."""
    return Standpoint(np.array(vector(*point)), EARTH_KM * EARTH_KM)


def from_homes(municipality: Municipality) -> Standpoint:
    """Standing at no home in particular of ``municipality``; at its seat where no home is known."""
    people = sum(home.people for home in municipality.homes)
    if not people:
        return from_point(municipality.seat)
    homes = np.array([vector(home.lat, home.lon) for home in municipality.homes])
    weights = np.array([home.people for home in municipality.homes])
    centre = weights @ homes / people
    return Standpoint(centre, float(centre @ centre))
