"""Lines as text: many at once read back as the same lines one by one."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.coding import corners, decoded, paths

_WHOLE = st.integers(-1_800_000, 1_800_000)
_LINE = st.lists(st.tuples(_WHOLE, _WHOLE), min_size=2, max_size=6, unique=True)


def units(text):
    return np.cumsum(np.array(decoded(text)).reshape(-1, 2), axis=0).tolist()


@given(st.lists(_LINE, max_size=5))
def test_lines_read_back(lines):
    coded = paths([shapely.LineString(np.array(line) / 10_000) for line in lines])
    assert [units(text) for text in coded] == [[list(corner) for corner in line] for line in lines]


@given(st.lists(_LINE, min_size=1, max_size=5))
def test_many_are_read_as_each_alone(lines):
    coded = paths([shapely.LineString(np.array(line) / 10_000) for line in lines])
    degrees, counts = corners(coded)
    assert counts.tolist() == [len(line) for line in lines]
    assert np.rint(degrees * 10_000).astype(int).tolist() == [list(corner) for line in lines for corner in line]


def test_rings_are_left_open_in_the_order_of_their_shapes():
    square, line = shapely.box(0, 0, 1, 1), shapely.LineString([(5, 5), (6, 6)])
    holed = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [shapely.box(1, 1, 2, 2).exterior])
    shapes = [line, shapely.MultiPolygon([square, shapely.box(2, 2, 3, 3)]), line, holed]
    found = [units(text) for text in paths(shapes)]
    assert [len(each) for each in found] == [2, 4, 4, 2, 4, 4]
    assert found[0] == found[3] == [[50_000, 50_000], [60_000, 60_000]]
    assert {tuple(corner) for corner in found[1]} == {(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)}


def test_what_has_no_extent_at_this_precision_is_left_out():
    speck, stroke = shapely.box(0, 0, 1e-6, 1e-6), shapely.LineString([(1, 1), (1, 1.000001)])
    assert paths([speck, stroke, shapely.Point(1, 1), shapely.Polygon()]) == []
    assert paths([]) == []
    again = shapely.LineString([(0, 0), (0, 1e-6), (1, 1)])
    assert [units(text) for text in paths([again])] == [[[0, 0], [10_000, 10_000]]]
