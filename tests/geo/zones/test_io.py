"""Zone files: what is read, what is refused, and that a save changes nothing that was not changed."""

from __future__ import annotations

import difflib
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.types import SourceRef
from geo.zones import load, new_file, parse, save

LINE = """{
  "type": "FeatureCollection",
  "made_by": {"program": "another one"},
  "features": [
    {
      "type": "Feature",
      "id": "line",
      "properties": {
        "name": "Line of contact", "names": {"ar": "خط التماس"}, "kind": "contact_line", "basis": "reconstruction",
        "uncertainty_km": 4.50, "vertex_uncertainty_km": [3, 2.0, 1],
        "sources": [{"title": "A letter", "url": "https://example.org/1"}, "A plain title"],
        "colour": "red"
      },
      "geometry": {
        "type": "LineString",
        "coordinates": [
          [35.990, 35.848],
          [36.080, 35.812],
          [36.18020000000001, 35.7778]
        ]
      }
    },
    {
      "type": "Feature", "id": 7, "style": {"dash": true},
      "properties": {"recipe": {"base": {"zone": "line"}, "depth_km": [15, 20]}},
      "geometry": null
    }
  ]
}
"""


def changed_lines(old: bytes, new: bytes) -> list[str]:
    lines = difflib.ndiff(old.decode().splitlines(), new.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def moved(zone, *, vertex, by=0.001):
    points = shapely.get_coordinates(zone.geometry)
    points[vertex, 0] += by
    return replace(zone, geometry=shapely.LineString(points))


def test_members_become_fields():
    line, zone = parse(LINE.encode()).zones
    assert (line.id, line.name, line.kind, line.basis) == ("line", "Line of contact", "contact_line", "reconstruction")
    assert line.names == (("ar", "خط التماس"),)
    assert line.sources == (SourceRef("A letter", "https://example.org/1"), SourceRef("A plain title"))
    assert line.vertex_uncertainty_km == (3, 2, 1)
    assert line.properties == {"colour": "red"}
    assert (zone.id, zone.geometry, zone.recipe["depth_km"]) == ("7", None, [15, 20])


@pytest.mark.parametrize("text", [LINE, LINE.replace("\n", "\r\n"), "\ufeff" + LINE, LINE.rstrip(), LINE + "\n \n"])
def test_an_unchanged_save_gives_the_same_bytes(text, tmp_path):
    data = text.encode()
    path = tmp_path / "zones.geojson"
    path.write_bytes(data)
    read = load(path)
    save(read.updated(read.zones), path)
    assert path.read_bytes() == data


def test_a_moved_vertex_changes_its_own_line_only():
    read = parse(LINE.encode())
    new = read.updated([moved(read.zones[0], vertex=1), read.zones[1]])
    assert changed_lines(read.data, new.data) == ["-           [36.080, 35.812],", "+           [36.081, 35.812],"]


def test_a_new_vertex_is_a_new_line_in_the_same_form():
    read = parse(LINE.encode())
    points = shapely.get_coordinates(read.zones[0].geometry).tolist()
    new = read.with_geometry("line", shapely.LineString([points[0], (36.0123456789, 35.8), *points[1:]]))
    assert changed_lines(read.data, new.data) == ["+           [36.012346, 35.8],"]


def test_a_baked_geometry_follows_the_form_of_the_file():
    read = parse(LINE.encode())
    zone = replace(read.zones[1], geometry=shapely.box(36, 35, 37, 36), derived=True)
    assert read.updated([read.zones[0], zone]).data == read.data
    baked = read.updated([read.zones[0], zone], bake=True)
    assert "\n            [37.0, 36.0],\n" in baked.data.decode()
    assert baked.zones[1].geometry.exterior.is_ccw
    assert baked.zones[1].recipe == read.zones[1].recipe


def test_one_property_changes_one_value():
    read = parse(LINE.encode())
    new = read.updated([replace(read.zones[0], uncertainty_km=6.0), read.zones[1]])
    assert new.data == read.data.replace(b'"uncertainty_km": 4.50', b'"uncertainty_km": 6.0')


def test_unknown_properties_can_be_changed_and_removed():
    read = parse(LINE.encode())
    new = read.updated([replace(read.zones[0], properties={"width": 2}), read.zones[1]])
    assert (b"colour" in new.data, b'"width": 2' in new.data) == (False, True)


def test_a_zone_leaves_and_another_comes():
    read = parse(LINE.encode())
    new = read.updated([read.zones[1], replace(read.zones[0], id="other")])
    assert [zone.id for zone in new.zones] == ["7", "other"]
    assert b'"made_by": {"program": "another one"}' in new.data
    assert b'"style": {"dash": true}' in new.data


def test_zones_that_share_an_id_stay_apart():
    data = LINE.replace('"id": 7', '"id": "line"').encode()
    read = parse(data)
    assert read.updated(read.zones).data == data
    assert read.updated(read.zones[:1]).zones == read.zones[:1]


def test_a_fresh_file_reads_back_as_what_was_put_in():
    zones = parse(LINE.replace("20000000001", "2").encode()).zones
    assert new_file(zones).zones == zones


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (b"", "1:1", "empty-file"),
        (b'{\n  "type": "Feature",,\n}', "2:21", "json-syntax"),
        (b'{"type": "Point", "coordinates": [NaN, 1]}', "1:35", "not-a-number"),
        (b"[" * 1_000_000, "1:65", "too-deep"),
        ('{"a": "é\xff'.encode("latin-1"), "1:8", "not-utf-8"),
        ('{"type": "Feature"}'.encode("utf-16"), "1:1", "not-utf-8"),
        (b'{"a": 1}\n{"a": 2}', "2:1", "json-syntax"),
        (b'{"a": "\\ud800"}', "1:8", "broken-character"),
        (b'{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [9, 9]]]}', "1:62", "ring-not-closed"),
        (b'{"type": "Point",\n "type": "Point",\n "coordinates": [1, 2]}', "2:2", "duplicate-key"),
        (b'{"type": "Point", "coordinates": [true, 2]}', "1:35", "bad-position"),
    ],
)
def test_what_is_not_geojson_is_refused_with_its_place(data, place, code):
    with pytest.raises(InputError) as caught:
        parse(data, "z.geojson")
    assert str(caught.value).startswith(f"z.geojson:{place}: {code} ")


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(InputError, match="can't be read: no such file"):
        load(tmp_path / "none.geojson")


@pytest.mark.parametrize(
    ("geometry", "wkt"),
    [
        ('{"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}', "LINESTRING (1 2, 3 4)"),
        ('{"type": "Point", "coordinates": [1, 2, 3, 4]}', "POINT Z (1 2 3)"),
        ('{"type": "MultiPolygon", "coordinates": [[]]}', None),
        ('{"type": "MultiPoint", "coordinates": []}', None),
        ('{"type": "GeometryCollection", "geometries": []}', "GEOMETRYCOLLECTION EMPTY"),
    ],
)
def test_odd_but_legal_geometries_are_read(geometry, wkt):
    (zone,) = parse(geometry.encode()).zones
    assert (zone.geometry.wkt if zone.geometry is not None else None) == wkt


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=9, unique=True))
@settings(deadline=None)
def test_coordinates_come_back_exactly(points):
    read = parse(LINE.encode()).with_geometry("line", shapely.LineString(points))
    again = parse(read.data)
    assert again.updated(again.zones).data == read.data
    assert shapely.equals_exact(again.zones[0].geometry, shapely.LineString(points), 1e-6)
