"""The tree finds what looking at every point would find."""

from math import asin, cos, inf, radians, sin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.distance import EARTH_KM, from_homes, from_point, vector
from referral.directory.tree import LEAF, Tree
from tests.referral.supply import atlas

POINT = st.tuples(st.floats(59.8, 70.0), st.floats(19.5, 31.5))


def surface_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way along the surface (haversine): the textbook's distance."""
    lat = radians(other[0] - one[0]) / 2
    lon = radians(other[1] - one[1]) / 2
    part = sin(lat) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))


@given(POINT, POINT)
def test_a_distance_is_the_textbooks(one: tuple[float, float], other: tuple[float, float]) -> None:
    stand = from_point(one)
    km = stand.km(float(np.array(vector(*other)) @ stand.at))
    assert km == pytest.approx(surface_km(one, other), rel=0.002, abs=0.001)


@pytest.mark.parametrize("code", ["148", "758", "091", "295", "766", "445", "005"])
def test_a_municipalitys_distance_is_the_mean_over_its_homes(code: str) -> None:
    """The root mean square over the homes, worked out one home at a time."""
    municipality = atlas().municipalities[code]
    stand = from_homes(municipality)
    for point in (municipality.seat, (60.17, 24.94), (69.9, 27.0)):
        squares = [(surface_km((home.lat, home.lon), point), home.people) for home in municipality.homes]
        people = sum(weight for _, weight in squares)
        mean = sqrt(sum(km * km * weight for km, weight in squares) / people)
        assert stand.km(float(np.array(vector(*point)) @ stand.at)) == pytest.approx(mean, rel=0.003)


def test_somebody_who_may_live_anywhere_is_not_next_door() -> None:
    inari = atlas().municipalities["148"]
    stand = from_homes(inari)
    assert stand.km(float(stand.at @ stand.at)) > 20


@settings(max_examples=60)
@given(
    st.integers(1, 4 * LEAF),
    st.integers(1, 40),
    POINT,
    st.integers(0, 2**32 - 1),
    st.booleans(),
    st.sampled_from((0.0, 1e-9, 0.01, 5.0)),
)
def test_the_nearest_are_the_nearest(
    size: int, count: int, here: tuple[float, float], seed: int, limited: bool, width: float
) -> None:
    """For any size, also where many stand at one point, and where some do not hold now."""
    chance = np.random.default_rng(seed)
    spots = np.column_stack((chance.normal(63, width, size), chance.normal(26, width, size)))
    points = np.array([vector(*spot) for spot in spots])
    rows = np.sort(chance.choice(size, chance.integers(1, size + 1), replace=False)).astype(np.int32)
    since = np.where(chance.random(size) < 0.5, -inf, 100.0) if limited else None
    until = np.where(chance.random(size) < 0.5, 50.0, inf) if limited else None
    holding = [
        row for row in rows.tolist() if since is None or until is None or since[row] <= 60.0 < until[row]
    ]
    stand = from_point(here)
    found = Tree(points, rows, since, until).nearest(stand, count, 60.0)
    assert len(found) == min(count, len(holding))
    assert {row for _, row in found} <= set(holding)
    expected = sorted(stand.km(float(points[row] @ stand.at)) for row in holding)[:count]
    assert sorted(stand.km(-along) for along, _ in found) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("code", ["091", "148", "295"])
def test_the_nearest_to_homes_are_the_nearest(code: str) -> None:
    """The search may not stop early for somebody whose distance has a spread in it."""
    chance = np.random.default_rng(7)
    spots = np.column_stack((chance.uniform(60, 70, 5000), chance.uniform(20, 31, 5000)))
    points = np.array([vector(*spot) for spot in spots])
    stand = from_homes(atlas().municipalities[code])
    found = Tree(points, np.arange(5000, dtype=np.int32), None, None).nearest(stand, 20, 0.0)
    assert {row for _, row in found} == set(np.argsort(-(points @ stand.at))[:20].tolist())
