"""Sides of lines, on the plane: signs, strips, cuts."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from geo.zones import sides

EAST = LineString([(0, 0), (10, 0)])
BEND = LineString([(0, 0), (10, 0), (10, 10)])  # turns left
HAIRPIN = LineString([(0, 0), (10, 0), (0, 1)])
HORSESHOE = LineString([(0, 20), (0, 0), (8, 0), (8, 20)])

steps = st.floats(-5, 5).filter(lambda step: abs(step) > 0.05)


@pytest.mark.parametrize(
    ("line", "point", "distance"),
    [
        (EAST, (5, 2), 2),
        (EAST, (5, -2), -2),
        (EAST, (13, 4), 5),
        (EAST, (13, -4), -5),
        (BEND, (9, 1), 1),
        (BEND, (12, -1), -(5**0.5)),
        (BEND, (13, 5), -3),
        (HAIRPIN, (5, 0.2), 0.2),
        (HAIRPIN, (12, 0), -2),
        (HAIRPIN, (5, -1), -1),
        (HAIRPIN, (5, 3), -2.487),
    ],
)
def test_signed_distance(line, point, distance):
    vertices = shapely.get_coordinates(line)
    x, y = np.array([float(point[0])]), np.array([float(point[1])])
    assert sides.signed_distance(x, y, vertices[:, 0], vertices[:, 1])[0] == pytest.approx(distance, abs=1e-3)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-90, 90), st.integers(-90, 90)), min_size=2, max_size=6, unique=True))
def test_signed_distance_is_the_distance(points):
    line = LineString(np.array(points) * 0.1)
    x, y = np.array([1.5, -3.0]), np.array([2.5, 4.0])
    vertices = np.array(points) * 0.1
    found = np.abs(sides.signed_distance(x, y, vertices[:, 0], vertices[:, 1]))
    assert found == pytest.approx(shapely.distance(line, shapely.points(x, y)), abs=1e-6)


@settings(deadline=None)
@given(st.lists(steps, min_size=1, max_size=7), st.floats(0.2, 6))
def test_left_and_right_make_both(rises, depth):
    line = LineString([(4 * i, y) for i, y in enumerate([0.0, *rises])])
    left, right, both = (sides.band(line, depth, side) for side in ("left", "right", "both"))
    assert shapely.union(left, right).symmetric_difference(both).area < 1e-6 * both.area
    assert shapely.intersection(left, right).area < 1e-6 * both.area


def test_strip_of_a_horseshoe_stays_on_its_side():
    ends = sides.beyond_both_ends(HORSESHOE, 3)
    inner, outer = (sides.band(HORSESHOE, 3, side).difference(ends) for side in ("left", "right"))
    assert inner.contains(Point(2, 10))
    assert not inner.contains(Point(-1, 10))
    assert outer.contains(Point(-2, 10))
    assert inner.area == pytest.approx(2 * 3 * 20 + (8 - 6) * 3, rel=1e-6)
    # round corners on the outside: two quarters of a disc
    assert outer.area == pytest.approx(2 * 3 * 20 + 8 * 3 + np.pi * 9 / 2, rel=1e-3)


def test_flat_ends_stop_at_the_line():
    flat = sides.band(EAST, 2, "both").difference(sides.beyond_both_ends(EAST, 2))
    assert flat.area == pytest.approx(40)
    assert sides.band(EAST, 2, "both").area == pytest.approx(40 + np.pi * 4, rel=1e-3)


def test_two_stretches_that_meet_share_their_edge():
    line = LineString([(0, 0), (6, 0.3), (9, 2), (11, 2), (20, 0)])
    stretches = (sides.stretch(line, Point(a, 0), Point(b, 0)) for a, b in ((2, 10), (10, 18)))
    first, second = (sides.band(part, 3, "left") for part in stretches)
    at = line.project(Point(10, 0))
    first = first.difference(sides.beyond(line, at, reach_km=3, chord_km=3, after=True))
    second = second.difference(sides.beyond(line, at, reach_km=3, chord_km=3, after=False))
    assert shapely.intersection(first, second).area < 1e-9
    assert first.distance(second) < 1e-9


def test_part_beside_leads_loose_ends_to_the_edge():
    area = shapely.box(-5, -5, 15, 5)
    half = sides.part_beside(area, [EAST], "left")
    assert half.contains(Point(5, 4))
    assert not half.contains(Point(5, -4))
    assert half.area + sides.part_beside(area, [EAST], "right").area == pytest.approx(area.area, rel=1e-4)


def test_part_beside_takes_a_second_line_as_a_wall_only():
    area = shapely.box(-5, -20, 15, 20)
    wall = LineString([(10, 0), (10, 20)])
    part = sides.part_beside(area, [EAST, wall], "left")
    assert part.contains(Point(5, 15))
    assert not part.contains(Point(12, 15))


@pytest.mark.parametrize("second", [[(0, 3), (10, 3)], [(10, 3), (0, 3)]])
def test_between_joins_the_nearer_ends(second):
    assert sides.between(EAST, LineString(second)).equals(Polygon([(0, 0), (10, 0), (10, 3), (0, 3)]))


def test_between_crossing_lines_is_both_sides_of_the_crossing():
    area = sides.between(EAST, LineString([(0, 2), (10, -2)]))
    assert area.is_valid
    assert area.area == pytest.approx(10)


def test_stretch_keeps_the_direction():
    part = sides.stretch(EAST, Point(8, 1), Point(2, 1))
    assert list(part.coords) == [(2, 0), (8, 0)]


def test_beyond_ends():
    vertices = shapely.get_coordinates(BEND)
    x, y = np.array([-1.0, 5.0, 10.5, 12.0]), np.array([0.5, 1.0, 12.0, -1.0])
    distance = np.abs(sides.signed_distance(x, y, vertices[:, 0], vertices[:, 1]))
    assert sides.beyond_ends(x, y, vertices[:, 0], vertices[:, 1], distance).tolist() == [True, False, True, False]
