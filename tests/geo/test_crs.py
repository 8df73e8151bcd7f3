"""Metres and kilometres: against the ellipsoid, on and off the plane."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, Polygon

from geo.crs import LocalPlane, area_km2, buffer_km, distance_km, distances_km, length_km

GEOD = Geod(ellps="WGS84")
DEG = math.pi / 180


def zone_area_km2(west, south, east, north):
    """Return the area between two meridians and two parallels, by the closed formula of the ellipsoid."""
    a, e2 = 6378.137, 0.00669437999014
    e = math.sqrt(e2)

    def strip(lat):
        s = math.sin(lat * DEG)
        return s / (2 * (1 - e2 * s * s)) + math.atanh(e * s) / (2 * e)

    return (east - west) * DEG * a * a * (1 - e2) * (strip(north) - strip(south))


@settings(deadline=None)
@given(st.floats(-60, 59), st.floats(0.1, 10), st.floats(0.1, 10))
def test_area_has_edges_straight_in_degrees(south, width, height):
    box = shapely.box(20, south, 20 + width, south + height)
    assert area_km2(box) == pytest.approx(zone_area_km2(20, south, 20 + width, south + height), rel=1e-3)


def test_area_counts_holes_and_parts():
    outer, hole = shapely.box(36, 35, 37, 36), shapely.box(36.2, 35.2, 36.4, 35.4)
    holed = Polygon(outer.exterior, [hole.exterior])
    assert area_km2(holed) == pytest.approx(area_km2(outer) - area_km2(hole))
    assert area_km2(shapely.reverse(holed)) == pytest.approx(area_km2(holed))
    assert area_km2(shapely.MultiPolygon([hole, shapely.box(38, 35, 38.2, 35.2)])) == pytest.approx(
        2 * area_km2(hole), rel=5e-3
    )
    assert area_km2(Polygon()) == area_km2(LineString([(36, 35), (37, 36)])) == 0


def test_length_and_distance():
    assert distance_km(36, 35, 36, 36) == pytest.approx(110.95, abs=0.02)
    assert length_km(LineString([(36, 35), (36, 36), (36, 35)])) == pytest.approx(221.9, abs=0.04)
    assert length_km(LineString([(30, 60), (40, 60)])) == pytest.approx(10 * 111.4 * math.cos(60 * DEG), rel=5e-3)
    pairs = np.array([[36, 35], [10, -20]]), np.array([[36, 36], [11, -20]])
    assert distances_km(*pairs) == pytest.approx([distance_km(36, 35, 36, 36), distance_km(10, -20, 11, -20)])


@settings(deadline=None)
@given(st.floats(-179, 179), st.floats(-75, 75), st.floats(0, 360), st.floats(0.1, 500))
def test_plane_keeps_distances_from_its_centre(lon, lat, azimuth, km):
    end = GEOD.fwd(lon, lat, azimuth, km * 1000)[:2]
    x, y = LocalPlane(lon, lat).coordinates_to_km(np.array([end]))[0]
    assert math.hypot(x, y) == pytest.approx(km, rel=1e-4, abs=1e-3)


@settings(deadline=None)
@given(st.floats(-5, 5), st.floats(-5, 5))
def test_there_and_back(dx, dy):
    plane = LocalPlane(36, 35)
    point = Point(36 + dx, 35 + dy)
    assert plane.to_deg(plane.to_km(point)).distance(point) < 1e-7
    back = plane.coordinates_to_deg(plane.coordinates_to_km(np.array([[36 + dx, 35 + dy]])))
    assert back[0] == pytest.approx([36 + dx, 35 + dy])


def test_buffer_is_a_disc_and_a_band():
    assert area_km2(buffer_km(Point(36, 35), 20)) == pytest.approx(math.pi * 400, rel=2e-3)
    edge = shapely.get_coordinates(buffer_km(Point(36, 35), 20))
    assert all(distance_km(36, 35, *spot) == pytest.approx(20, rel=1e-3) for spot in edge)
    parallel = buffer_km(LineString([(34, 36), (38, 36)]), 1)
    assert parallel.contains(Point(36, 36.008))
    assert not parallel.contains(Point(36, 36.011))


def test_plane_around_a_geometry_is_centred_on_it():
    plane = LocalPlane.around(shapely.box(36, 35, 38, 36))
    assert (plane.lon_deg, plane.lat_deg) == (37, 35.5)
