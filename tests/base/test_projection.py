"""Albers' projection: published numbers, round trips, and pyproj as judge."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.projection import Albers, great_circle

CONE = Albers(lat_1=23.5, lat_2=33.7, lat_0=28.6, lon_0=111.5, radius_km=6371.0)


def test_worked_example_of_snyder() -> None:
    # USGS Professional Paper 1395, appendix A, Albers on the unit sphere (p. 291)
    cone = Albers(lat_1=29.5, lat_2=45.5, lat_0=23.0, lon_0=-96.0, radius_km=1.0)
    assert cone.forward(-75.0, 35.0) == pytest.approx((0.2952720, 0.2416774), abs=5e-7)


@given(st.floats(100.0, 123.0), st.floats(15.0, 42.0))
def test_round_trip(lon: float, lat: float) -> None:
    assert CONE.inverse(*CONE.forward(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


@given(st.floats(104.0, 119.0), st.floats(20.0, 37.0))
def test_pyproj_agrees(lon: float, lat: float) -> None:
    pyproj = pytest.importorskip("pyproj")
    judge = pyproj.Proj(
        proj="aea", lat_1=23.5, lat_2=33.7, lat_0=28.6, lon_0=111.5, R=6371000.0, units="km"
    )
    assert CONE.forward(lon, lat) == pytest.approx(judge(lon, lat), abs=1e-6)


@given(st.floats(105.5, 117.4), st.floats(21.0, 36.1))
def test_distances_are_true_within_one_in_a_hundred(lon: float, lat: float) -> None:
    for d_lon, d_lat in ((0.1, 0.0), (0.0, 0.1), (0.1, 0.1)):
        (x_a, y_a), (x_b, y_b) = CONE.forward(lon, lat), CONE.forward(lon + d_lon, lat + d_lat)
        true = great_circle(lon, lat, lon + d_lon, lat + d_lat, CONE.radius_km)
        assert math.hypot(x_b - x_a, y_b - y_a) == pytest.approx(true, rel=0.01)


def test_mirrored_parallels_are_refused() -> None:
    with pytest.raises(ValueError, match="mirror images"):
        Albers(-30.0, 30.0, 0.0, 0.0, 1.0)
