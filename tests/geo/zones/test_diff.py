"""Differences: what moved, what came and went, how much ground changed hands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import area_km2, distance_km
from geo.types import Zone
from geo.zones import new_file
from geo.zones.diff import diff, diff_zones

LINE = ((36.0, 35.0), (36.5, 35.5), (37.0, 36.0), (37.5, 36.5))


def zone(geometry=None, zone_id="z", **members) -> Zone:
    return Zone(zone_id, members.pop("name", zone_id), "area", geometry, "assumption", **members)


def change(old, new):
    (found,) = diff_zones([zone(old)], [zone(new)])
    return found


def vertices(old, new):
    return [(each.what, each.vertex) for each in change(old, new).vertices]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ((LINE[0], (36.51, 35.5), *LINE[2:]), [("moved", 2)]),
        ((LINE[0], *LINE[2:]), [("removed", 2)]),
        ((*LINE[:2], (36.7, 35.7), *LINE[2:]), [("added", 3)]),
        ((LINE[0], (36.3, 35.3), (36.51, 35.5), *LINE[2:]), [("moved", 3), ("added", 2)]),
        ((LINE[0], (37.01, 36.0), LINE[3]), [("moved", 2), ("removed", 2)]),
        (((36.0, 35.1), *LINE[1:-1], (37.5, 36.6)), [("moved", 1), ("moved", 4)]),
        ((*LINE, (38.0, 37.0)), [("added", 5)]),
    ],
)
def test_vertices_are_matched_in_their_order(new, expected):
    assert vertices(shapely.LineString(LINE), shapely.LineString(new)) == expected


def test_a_move_is_told_in_metres():
    found = change(shapely.LineString(LINE), shapely.LineString((LINE[0], (36.51, 35.5), *LINE[2:])))
    assert found.vertices[0].distance_km == pytest.approx(distance_km(36.5, 35.5, 36.51, 35.5))
    assert (
        "vertex 2 moved 907 m: 36.5, 35.5 -> 36.51, 35.5"
        in diff(
            new_file([zone(shapely.LineString(LINE))]),
            new_file([zone(shapely.LineString((LINE[0], (36.51, 35.5), *LINE[2:])))]),
        ).text()
    )


def test_ground_gained_and_lost():
    found = change(shapely.box(36, 35, 37, 36), shapely.box(36.5, 35, 37.25, 36))
    assert found.gained_km2 == pytest.approx(area_km2(shapely.box(37, 35, 37.25, 36)), rel=1e-6)
    assert found.lost_km2 == pytest.approx(area_km2(shapely.box(36, 35, 36.5, 36)), rel=1e-6)


def test_where_a_ring_begins_does_not_matter():
    ring = [*LINE, (37.5, 35.0)]
    assert diff_zones([zone(shapely.Polygon(ring))], [zone(shapely.Polygon(ring[2:] + ring[:2]))]) == ()


def test_a_ring_that_runs_the_other_way_round_is_said_to():
    ring = [*LINE, (37.5, 35.0)]
    found = change(shapely.Polygon(ring), shapely.Polygon(ring[::-1]))
    assert (found.vertices, found.reversed_runs, found.gained_km2) == ((), 1, 0)


def test_derived_ground_is_compared_and_its_vertices_are_not():
    (found,) = diff_zones(
        [zone(shapely.box(36, 35, 37, 36), derived=True)], [zone(shapely.box(36, 35, 37.5, 36), derived=True)]
    )
    assert (found.vertices, found.lost_km2) == ((), 0)
    assert found.gained_km2 > 1000


def test_zones_that_come_and_go_and_properties_that_change():
    old = [zone(zone_id="a", recipe={"base": {"zone": "l"}, "depth_km": [15, 20]}, valid="2018"), zone(zone_id="b")]
    new = [
        replace(old[0], recipe={"base": {"zone": "l"}, "depth_km": [10, 20]}, valid=None, note="x"),
        zone(zone_id="c"),
    ]
    found = diff_zones(old, new)
    assert [(each.zone, each.what) for each in found] == [("a", "changed"), ("c", "added"), ("b", "removed")]
    assert {(each.key, str(each.before), str(each.after)) for each in found[0].properties} == {
        ("recipe.depth_km", "[15, 20]", "[10, 20]"),
        ("valid", "2018", "None"),
        ("note", "None", "x"),
    }


RINGS = st.lists(
    st.tuples(st.floats(-170, 170).map(lambda x: round(x, 4)), st.floats(-80, 80).map(lambda x: round(x, 4))),
    min_size=3,
    max_size=8,
    unique=True,
)
SHAPES = RINGS.map(shapely.LineString) | RINGS.map(shapely.Polygon) | st.none()
NAMES = st.text(min_size=1, max_size=5)
ZONES = st.lists(
    st.builds(zone, SHAPES, NAMES, name=NAMES, note=st.none() | NAMES), max_size=3, unique_by=lambda z: z.id
)


@given(ZONES)
@settings(deadline=None)
def test_a_file_does_not_differ_from_itself(zones):
    file = new_file(zones)
    found = diff(file, file)
    assert (found.changes, bool(found), found.text()) == ((), False, "Nothing changed.\n")
    assert diff(file, new_file(zones)).changes == ()


@given(ZONES, ZONES)
@settings(deadline=None)
def test_any_two_files_can_be_compared(old, new):
    found = diff(new_file(old), new_file(new))
    json.dumps(found.to_json())
    assert bool(found.text())
    gone = {each.zone for each in found.changes if each.what == "removed"}
    assert gone == {each.id for each in old} - {each.id for each in new}
    for each in found.changes:
        assert all(vertex.distance_km >= 0 for vertex in each.vertices)


def test_a_doubled_id_is_an_added_zone():
    one, other = zone(shapely.box(36, 35, 37, 36)), zone(shapely.box(38, 35, 39, 36))
    assert [(each.what, each.zone) for each in diff_zones([one], [one, other])] == [("added", "z")]
    assert [(each.what, each.zone) for each in diff_zones([one, other], [one])] == [("removed", "z")]
    assert not diff_zones([one, other], [one, other])
