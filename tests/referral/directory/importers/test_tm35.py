"""Finland's metric coordinates, held to what PROJ 9 gives for EPSG:3067 to EPSG:4326."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers.tm35 import degrees_of, unprojected

KNOWN = [
    ("Helsinki", 6672035, 385595, 60.16914724, 24.93815305),
    ("Otava", 6834688, 503879, 61.64546678, 27.07320955),
    ("on the central meridian", 7000000, 500000, 63.12933971, 27.0),
    ("Åland", 6700000, 107000, 60.24589286, 19.89214943),
    ("Ilomantsi", 6950000, 732000, 62.60754877, 31.52236702),
    ("Nuorgam", 7770000, 515000, 70.03657207, 27.39365801),
]


@pytest.mark.parametrize(("place", "northing", "easting", "lat", "lon"), KNOWN, ids=[one[0] for one in KNOWN])
def test_known_points(place: str, northing: float, easting: float, lat: float, lon: float) -> None:
    assert unprojected(northing, easting) == pytest.approx((lat, lon), abs=1e-7)
    assert degrees_of(northing, easting) == (round(lat, 5), round(lon, 5))


@pytest.mark.parametrize(("northing", "easting"), [(0, 0), (385595, 6672035), (6672035, 3385595)])
def test_what_is_not_in_finland_is_no_point(northing: float, easting: float) -> None:
    assert degrees_of(northing, easting) is None


@settings(deadline=None)
@given(st.floats(6_600_000, 7_790_000), st.floats(60_000, 740_000))
def test_north_is_north_and_east_is_east(northing: float, easting: float) -> None:
    lat, lon = unprojected(northing, easting)
    north, east = unprojected(northing + 1000, easting), unprojected(northing, easting + 1000)
    assert north[0] > lat
    assert east[1] > lon
    # The grid is turned against true north by up to 11 degrees in the far west.
    assert (north[0] - lat) * 111.2 == pytest.approx(1, abs=0.03)
