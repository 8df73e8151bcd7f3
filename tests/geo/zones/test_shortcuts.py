"""Shortcuts: what a sound file is spared must not change what is said of any other."""

from __future__ import annotations

import json
import random
from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.zones import check_bytes
from geo.zones.rules import layout, numbers
from geo.zones.text import Layout, _count_keys, _marks

KEYS = st.text(st.sampled_from('ab"\\[]{}:,é\u2028😀'), max_size=4)
JSON = st.recursive(
    st.none() | st.integers() | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=20,
)
INDENTS = st.sampled_from([None, 1, "\t"])


@given(JSON, INDENTS, st.booleans())
@settings(deadline=None)
def test_marks_are_counted_as_the_layout_counts_them(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    full = Layout(text)
    depth, keys = _marks(full)
    assert keys == full.colons() == _count_keys(value)
    assert depth == full.deepest()
    assert full.too_deep(depth) is None
    assert depth == 0 or full.too_deep(depth - 1) is not None


@given(st.text(st.sampled_from('0159. ,"-e\u0660'), max_size=40))
@settings(deadline=None)
def test_what_is_too_fine_passes_the_quick_look(text):
    quick = numbers._FINE in text.encode("latin-1", "replace").translate(numbers._DIGITS)
    assert quick or not numbers._TOO_FINE.search(text) or not text.isascii()


BOXES = st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=8)


@given(BOXES)
@settings(deadline=None)
def test_zones_that_meet_are_found_in_the_order_of_the_file(boxes):
    drawn = {3 * i: shapely.box(x, y, x + w + 1, y + h + 1) for i, (x, y, w, h) in enumerate(boxes)}
    expected = [pair for pair in combinations(drawn, 2) if drawn[pair[0]].intersects(drawn[pair[1]])]
    assert layout._meeting(list(drawn), drawn) == expected


RINGS = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=4, max_size=9)


@given(RINGS, RINGS, st.booleans())
@settings(deadline=None)
def test_a_ring_is_judged_alike_alone_and_among_sound_ones(ring, other, closed):
    def judged(*rings):
        features = [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [positions]}}
            for positions in rings
        ]
        data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        return [(p.code, p.where.feature) for p in check_bytes(data, mode="geojson")]

    mine = [*ring, ring[0]] if closed else ring
    square = [[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]
    beside = [*other, other[0]]
    alone = {code for code, _ in judged(mine)}
    assert {code for code, feature in judged(square, mine, beside) if feature == "feature 2"} == alone


def plain(features: int, **properties) -> bytes:
    draw = random.Random(2)  # noqa: S311  not a secret
    listed = []
    for i in range(features):
        lon, lat = round(draw.uniform(30, 40), 5), round(draw.uniform(30, 40), 5)
        east, north = round(lon + 0.5, 5), round(lat + 0.5, 5)
        geometry = {
            "type": "Polygon",
            "coordinates": [[[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]],
        }
        listed.append({"type": "Feature", "id": f"z{i}", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def test_zones_that_exclude_each_other_are_compared_wherever_they_meet():
    data = plain(40, name="x", kind="exclusion", basis="assumption")
    said = check_bytes(data)
    boxes = [shapely.geometry.shape(each["geometry"]) for each in json.loads(data)["features"]]
    meeting = sum(a.intersection(b).area > 1e-4 for a, b in combinations(boxes, 2))
    assert meeting
    assert [problem.code for problem in said] == ["overlap"] * meeting


HUGE = "1" + "0" * 400


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            f'{{"type": "Polygon", "coordinates": [[[{HUGE}, 2], [3, 4], [5, 6], [1.5, 3]]]}}',
            "ring-not-closed",
        ),
        ('{"type": "LineString", "coordinates": [[1, 2, 3, 4], 5, [6, 7]]}', "bad-position"),
        ('{"type": "LineString", "coordinates": [[1, 2, 3, 4], ["5", 7]]}', "bad-position"),
        ('{"type": "LineString", "coordinates": [[1, 2], "34"]}', "bad-position"),
        ('{"type": "LineString", "coordinates": [[1, 2], {"3": 1, "4": 2}]}', "bad-position"),
        (
            (
                '{"type": "Feature", "id": "a", "properties": {"kind": "contact_line"}, '
                '"geometry": {"type": [1], "coordinates": [[1, 2], [3, 4]]}}'
            ),
            "unknown-type",
        ),
        (
            (
                '{"type": "Polygon", "coordinates": [[[1e308, 1], [9, 1e308], [3, 3], [1e308, 1]]], '
                '"crs": {"type": "name", "properties": {"name": "EPSG:32637"}}}'
            ),
            "not-finite",
        ),
    ],
)
@pytest.mark.parametrize("mode", ["geojson", "zones"])
def test_what_once_broke_a_check_is_an_error(text, code, mode):
    errors = {problem.code for problem in check_bytes(text.encode(), mode=mode) if problem.severity == "error"}
    wrapped = check_bytes(f'{{"type": "FeatureCollection", "features": [{text}]}}'.encode(), mode=mode)
    assert code in errors
    assert any(problem.severity == "error" for problem in wrapped)
