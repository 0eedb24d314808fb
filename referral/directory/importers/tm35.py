"""Finland's metric coordinates (ETRS-TM35FIN, EPSG:3067) as degrees of latitude and longitude.

A transverse Mercator projection of the ellipsoid GRS80 with the central meridian 27° E, undone by the
series that Krüger gave in 1912, to the fourth power of the third flattening: exact to well under a
millimetre all over Finland. ETRS89 is taken for WGS84, as maps do; they lie less than a metre apart.
"""

from math import asin, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tanh

_FLATTENING = 1 / 298.257222101
_SEMI_MAJOR = 6378137.0
_MERIDIAN = radians(27)
_SCALE = 0.9996
_FALSE_EASTING = 500_000.0

_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _SEMI_MAJOR / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_E = sqrt(_FLATTENING * (2 - _FLATTENING))

_BACK = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - 1 / 360 * _N**4,
    _N**2 / 48 + _N**3 / 15 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4,
    4397 / 161280 * _N**4,
)

_EASTINGS = (40_000.0, 760_000.0)
_NORTHINGS = (6_500_000.0, 7_800_000.0)


def degrees_of(northing: float, easting: float) -> tuple[float, float] | None:
    """The point (lat, lon) of two coordinates in metres, rounded to 5 decimals (about a metre).

    None for what lies outside Finland: a point that is not a place in the country is a slip.
    """
    if not (_NORTHINGS[0] <= northing <= _NORTHINGS[1] and _EASTINGS[0] <= easting <= _EASTINGS[1]):
        return None
    lat, lon = unprojected(northing, easting)
    return round(lat, 5), round(lon, 5)


def unprojected(northing: float, easting: float) -> tuple[float, float]:
    """The same without rounding and without asking where it lies."""
    xi, eta = northing / (_RADIUS * _SCALE), (easting - _FALSE_EASTING) / (_RADIUS * _SCALE)
    steps = [(2 * (power + 1), factor) for power, factor in enumerate(_BACK)]
    xi_sphere = xi - sum(factor * sin(step * xi) * cosh(step * eta) for step, factor in steps)
    eta_sphere = eta - sum(factor * cos(step * xi) * sinh(step * eta) for step, factor in steps)
    beta = asin(sin(xi_sphere) / cosh(eta_sphere))
    turn = asin(tanh(eta_sphere) / cos(beta))
    return degrees(atan(sinh(_isometric(atanh(sin(beta)))))), degrees(_MERIDIAN + turn)


def _isometric(conformal: float) -> float:
    """The isometric latitude of the ellipsoid, from that of the sphere; four rounds settle it."""
    isometric = conformal + _E * atanh(_E * tanh(conformal))
    for _ in range(4):
        isometric = conformal + _E * atanh(_E * tanh(isometric))
    return isometric
