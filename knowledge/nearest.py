"""Which postcode's area a position lies in, judged by the nearest postcode point."""

from math import cos, hypot, radians

from knowledge.model import Atlas, Postcode

KM_PER_DEGREE = 111.2
"""Length of a degree of latitude on a sphere of 6,371 km."""

FURTHEST_KM = 60.0
"""Beyond this the position is not taken to be in Finland: the emptiest postcode areas of Lapland reach
about 40 km from their point."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points, flat-earth: under 0.5 % off within Finland's 1,200 km."""
    lat = radians((one[0] + other[0]) / 2)
    return KM_PER_DEGREE * hypot(one[0] - other[0], (one[1] - other[1]) * cos(lat))


def nearest_postcode(atlas: Atlas, point: tuple[float, float]) -> Postcode | None:
    """The postcode whose point is nearest; None where none is within ``FURTHEST_KM``."""
    located = ((kilometres(point, code.point), code) for code in atlas.postcodes.values() if code.point)
    km, nearest = min(located, key=lambda pair: pair[0], default=(FURTHEST_KM + 1, None))
    return nearest if km <= FURTHEST_KM else None
