"""Fixes: they mend what they say, touch nothing else, and never run unasked."""

from __future__ import annotations

import json

import pytest
import shapely

from geo.types import Theatre
from geo.zones import check_bytes, check_file
from geo.zones.rules import apply_fixes, fixed, proposed_diff

HEAD = """{"type": "FeatureCollection", "name": "kept as it is",
 "features": [{"type": "Feature", "id": 1, "properties": {},
"""
TAIL = "}]}\n"


def file(geometry: str, kind: str = "Polygon") -> bytes:
    return f'{HEAD}  "geometry": {{"type": "{kind}", "coordinates": {geometry}}}{TAIL}'.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[[36, 35], [36, 36], [37, 36], [36, 35]]]", "[[[36, 35], [37, 36], [36, 36], [36, 35]]]"),
        ("[[[36, 35], [37, 36], [36, 36]]]", "[[[36, 35], [37, 36], [36, 36], [36, 35]]]"),
        ("[[[36, 35], [36, 36], [37, 36.50]]]", "[[[36, 35], [37, 36.5], [36, 36], [36, 35]]]"),
        ("[[[36, 35], [37, 36.50], [37, 36.50], [36, 36], [36, 35]]]", "[[[36, 35], [37, 36.50], [36, 36], [36, 35]]]"),
        ("[[[36, 35], [37, 36], [36, 36], [36.0000001, 35]]]", "[[[36, 35], [37, 36], [36, 36], [36, 35]]]"),
    ],
)
def test_rings_are_mended_in_place(before, after):
    assert fixed(file(before), mode="geojson") == file(after)


def test_a_bow_tie_is_parted_on_request_only(tmp_path):
    path = tmp_path / "zones.geojson"
    path.write_bytes(file("[[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]]"))
    before = path.read_bytes()
    shown = proposed_diff(path, mode="geojson")
    check_file(path, mode="geojson")
    assert path.read_bytes() == before
    assert apply_fixes(path, mode="geojson") == shown
    mended = json.loads(path.read_bytes())["features"][0]["geometry"]
    assert (mended["type"], shapely.geometry.shape(mended).is_valid) == ("MultiPolygon", True)
    assert check_file(path, mode="geojson") == ()
    assert apply_fixes(path, mode="geojson") == ""


def test_swapped_axes_are_turned_back():
    theatre = Theatre(("SY",), (35.5, 34.9, 37.6, 36.8))
    swapped = file("[[36.10, 36.9], [35.3, 37.0]]", "LineString")
    assert fixed(swapped, mode="geojson", theatre=theatre) == file("[[36.9, 36.1], [37.0, 35.3]]", "LineString")
    assert fixed(swapped, mode="geojson") == swapped


def test_the_byte_order_mark_is_taken_off():
    data = file("[[36, 35], [37, 36]]", "LineString")
    assert fixed(b"\xef\xbb\xbf" + data, mode="geojson") == data


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2", file("[[1, 2]]"), file("[[36, 95], [1, 2]]", "LineString")])
def test_what_no_rule_can_mend_stays(data):
    assert fixed(data, mode="geojson") == data


def test_a_hole_in_heights_is_left_to_a_person():
    data = file("[[[36, 35, 1], [37, 36, 2], [37, 35, 3], [36, 36, 4], [36, 35, 1]]]")
    assert [problem.fix for problem in check_bytes(data, mode="geojson")] == [None]
