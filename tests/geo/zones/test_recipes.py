"""Recipes: what each form makes, what is refused, and that baking changes nothing."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, Polygon

from geo.crs import area_km2, length_km
from geo.errors import InputError
from geo.types import Zone
from geo.zones import io, recipes


def line(*points, zone_id="line", **properties):
    return Zone(
        id=zone_id,
        name=zone_id,
        kind="contact_line",
        geometry=shapely.LineString(points),
        basis="assumption",
        properties={"sides": {"left": "north", "right": "south"}, **properties},
    )


def cooked(recipe, zone_id="zone", geometry=None, **fields):
    return Zone(
        id=zone_id, name=zone_id, kind="buffer_zone", geometry=geometry, basis="assumption", recipe=recipe, **fields
    )


FRONT = line((36, 35), (36.5, 35.1), (37, 35))
GEOD = Geod(ellps="WGS84")


def derived(recipe, *others, land, **fields):
    zones = recipes.derive((*others, cooked(recipe, **fields)), land)
    return zones[-1]


def inside(zone, lon, lat):
    return zone.geometry.contains(Point(lon, lat))


def test_depth_range_gives_core_and_margin(land):
    zone = derived({"base": {"zone": "line"}, "depth_km": [15, 20], "side": "north"}, FRONT, land=land)
    parts = dict(zone.parts)
    assert zone.derived
    assert list(parts) == ["core", "margin"]
    assert area_km2(parts["core"]) + area_km2(parts["margin"]) == pytest.approx(area_km2(zone.geometry), rel=1e-4)
    assert inside(zone, 36.5, 35.2)
    assert not inside(zone, 36.5, 35.0)


@pytest.mark.parametrize(("side", "north"), [("left", True), ("right", False), ("north", True), ("south", False)])
def test_a_side_may_be_named_after_who_holds_it(land, side, north):
    zone = derived({"base": {"zone": "line"}, "depth_km": 10, "side": side}, FRONT, land=land)
    assert inside(zone, 36.5, 35.15) is north
    assert inside(zone, 36.5, 35.05) is not north


def test_bands_are_parts_and_leave_holes(land):
    bands = [{"from": 0, "to": 10, "applies_to": ["artillery"]}, {"from": 15, "to": 20, "name": "outer"}]
    zone = derived({"base": {"zone": "line"}, "side": "left", "bands": bands}, FRONT, land=land)
    assert [name for name, _ in zone.parts] == ["0–10 km", "outer"]
    assert not inside(zone, 36.5, 35.1 + 12.5 / 111)


def test_between_two_points_cuts_the_strip_square(land):
    recipe = {"base": {"border": ["SY", "TR"]}, "depth_km": 30, "side": "SY", "between": [[36, 37], [37, 37]]}
    zone = derived(recipe, land=land)
    assert inside(zone, 36.5, 36.9)
    assert not inside(zone, 36.5, 37.1)
    assert not inside(zone, 35.95, 36.9)
    assert not inside(zone, 36.5, 36.7)


def test_clip_and_exclude(land):
    recipe = {
        "base": {"zone": "line"},
        "depth_km": 20,
        "clip": [{"admin1": "SY.12"}, {"zone": "box"}],
        "exclude": [{"point": [36.5, 35.2], "radius_km": 3}],
    }
    box = cooked(None, "box", geometry=shapely.box(36.2, 34, 40, 40))
    zone = derived(recipe, FRONT, box, land=land)
    assert zone.geometry.bounds[0] == pytest.approx(36.2, abs=1e-4)
    assert zone.geometry.bounds[2] == pytest.approx(37, abs=1e-4)
    assert not inside(zone, 36.5, 35.2)


def test_area_between_two_lines(land):
    other = line((36, 35.2), (37, 35.3), zone_id="other")
    zone = derived({"base": {"zones": ["line", "other"]}}, FRONT, other, land=land)
    assert inside(zone, 36.3, 35.15)
    assert not inside(zone, 36.5, 35.3)


def test_country_cut_by_lines(land):
    wall = line((37, 35), (37, 38), zone_id="wall")
    recipe = {"base": {"area": "country:SY", "cut_by": ["line", "wall"]}, "side": "north"}
    zone = derived(recipe, FRONT, wall, land=land)
    assert inside(zone, 36.5, 36)
    assert inside(zone, 35.2, 36.9)
    assert not inside(zone, 38, 36)
    assert not inside(zone, 36.5, 34.5)


def test_point_and_area_bases_grow(land):
    disc = derived({"base": {"point": [36, 35]}, "depth_km": 20}, land=land)
    assert area_km2(disc.geometry) == pytest.approx(math.pi * 400, rel=5e-3)
    town = cooked(None, "town", geometry=shapely.box(36, 35, 36.1, 35.1))
    rim = derived({"base": {"area": "town"}, "depth_km": 5, "side": "outside"}, town, land=land)
    assert not inside(rim, 36.05, 35.05)
    assert inside(rim, 36.05, 35.12)
    edge = derived({"base": {"area": "town"}, "depth_km": 2, "side": "inside"}, town, land=land)
    assert inside(edge, 36.05, 35.01)
    assert not inside(edge, 36.05, 35.05)


def test_edges_of_a_zone_are_two_lines(land):
    strip = cooked({"base": {"zone": "line"}, "depth_km": [8, 12], "side": "north"}, "strip")
    zone = derived({"base": {"edges_of": "strip"}}, FRONT, strip, land=land)
    near, far = dict(zone.parts)["near edge"], dict(zone.parts)["far edge"]
    assert near.hausdorff_distance(FRONT.geometry) < 1e-5
    assert far.distance(Point(36.5, 35.1)) * 111 > 8
    assert length_km(far) > 80


def test_union_takes_another_zones_depth(land):
    strip = cooked({"base": {"zone": "line"}, "depth_km": [8, 12], "side": "north"}, "strip")
    half = {"base": {"zone": "line"}, "depth_km": {"zone": "strip"}, "side": "south"}
    zone = derived({"base": {"union": [{"base": {"area": "strip"}}, half]}}, FRONT, strip, land=land)
    assert inside(zone, 36.5, 35.19)
    assert inside(zone, 36.5, 35.01)
    assert [name for name, _ in zone.parts] == ["core", "margin"]


def test_a_moved_vertex_moves_what_is_measured_from_it(land):
    recipe = {"base": {"zone": "line"}, "depth_km": 10, "side": "north"}
    moved = replace(FRONT, geometry=LineString([(36, 35), (36.5, 35.3), (37, 35)]))
    assert inside(derived(recipe, moved, land=land), 36.5, 35.35)
    assert not inside(derived(recipe, FRONT, land=land), 36.5, 35.35)


class TestOverride:
    recipe = {"base": {"zone": "line"}, "depth_km": 10, "side": "north"}  # noqa: RUF012  never changed
    drawn = shapely.box(36.2, 35.1, 36.4, 35.2)

    def test_a_drawn_geometry_wins_and_its_deviation_is_told(self, land):
        zones = (FRONT, cooked(self.recipe, geometry=self.drawn))
        zone = recipes.derive(zones, land)[1]
        assert zone.geometry == self.drawn
        assert not zone.derived
        (deviation,) = recipes.deviations(zones, land)
        made = recipes.derive((FRONT, cooked(self.recipe)), land)[1].geometry
        assert deviation.gained_km2 == pytest.approx(area_km2(self.drawn.difference(made)), rel=1e-3)
        assert deviation.lost_km2 == pytest.approx(area_km2(made.difference(self.drawn)), rel=1e-3)
        assert deviation.farthest_km > 10

    def test_an_override_in_the_recipe_wins(self, land):
        override = shapely.geometry.mapping(self.drawn)
        assert derived({**self.recipe, "override": override}, FRONT, land=land).geometry.equals(self.drawn)

    def test_a_baked_geometry_follows_the_recipe_until_it_is_touched(self, land):
        baked = recipes.bake(recipes.derive((FRONT, cooked(self.recipe)), land))
        assert not baked[1].derived
        again = recipes.derive(baked, land)[1]
        assert again.derived
        deeper = replace(baked[1], recipe={**baked[1].recipe, "depth_km": 20})
        assert area_km2(recipes.derive((FRONT, deeper), land)[1].geometry) > 1.8 * area_km2(again.geometry)
        touched = replace(baked[1], geometry=self.drawn)
        assert recipes.derive((FRONT, touched), land)[1].geometry == self.drawn
        assert recipes.deviations(baked, land) == ()


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        ({}, "recipe has no base"),
        ({"base": {"zone": "line", "road": "m4"}}, "has the members zone, road"),
        ({"base": {"zone": "nowhere"}, "depth_km": 1}, "'nowhere', which is not in this file"),
        ({"base": {"zone": "line"}, "depth_km": -3}, "depth_km is -3"),
        ({"base": {"zone": "line"}, "depth_km": [20, 15]}, "from 20 down to 15"),
        ({"base": {"zone": "line"}, "depth_km": True}, "depth_km is True"),
        ({"base": {"zone": "line"}, "depth_km": float("nan")}, "depth_km is nan"),
        ({"base": {"zone": "line"}, "depth_km": 5, "side": "east"}, "recipe.side is 'east'"),
        ({"base": {"zone": "line"}, "depth_km": 5, "ends": "square"}, "ends is 'square'"),
        ({"base": {"zone": "line"}, "deepness": 5}, "unknown member 'deepness'"),
        ({"base": {"zone": "line"}, "bands": [{"from": 5, "to": 2}]}, "runs from 5 to 2"),
        ({"base": {"area": "country:XX"}}, "no country has the code 'XX'"),
        ({"base": {"border": ["SY"]}, "depth_km": 1}, "names 1"),
        ({"base": {"zone": "line"}, "depth_km": 5, "clip": {}}, "clip names no area"),
        ({"base": {"point": [36]}, "depth_km": 1}, "base.point is not a point"),
        ({"base": {"area": "zone"}, "depth_km": 1}, "in a circle: zone → zone"),
        ({"base": {"point": [36, 95]}, "depth_km": 1}, "base.point is 95"),
        ({"base": {"union": []}}, "base.union is not a list of recipes"),
        ({"base": {"zone": "line"}, "depth_km": 0}, "its recipe makes nothing"),
        ({"base": {"zone": "line"}, "depth_km": 5, "clip": {"point": [38, 36], "radius_km": 5}}, "makes nothing"),
        ({"base": {"zone": "line"}, "depth_km": 5, "override": [1]}, "recipe.override is no such geometry"),
        ({"base": {"zone": "line"}, "clip": {"polygon": {"type": "Polygon", "coordinates": [[1]]}}}, "no sound coord"),
        ({"base": {"zone": "line"}, "clip": {"polygon": {"type": "GeometryCollection"}}}, "is no such geometry"),
        ({"base": {"zone": "line"}, "baked": 3}, "recipe.baked is 3"),
        (
            {"base": {"zones": ["line", "line"]}, "between": [[34, 33], [34, 33]]},
            "recipe.between cuts a line, and the base is an area",
        ),
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused_in_words(land, recipe, message):
    with pytest.raises(InputError, match="zone 'zone'") as caught:
        derived(recipe, FRONT, land=land)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_clip_that_crosses_itself_is_refused(land):
    bow = [[36, 35], [37, 35], [36, 36], [37, 36], [36, 35]]
    clip = {"polygon": {"type": "Polygon", "coordinates": [bow]}}
    with pytest.raises(InputError, match=r"crosses itself: Self-intersection\[36.5 35.5\]"):
        derived({"base": {"zone": "line"}, "depth_km": 5, "clip": clip}, FRONT, land=land)


def test_zones_too_far_apart_for_one_plane_are_refused(land):
    with pytest.raises(InputError, match="too far for one plane"):
        recipes.derive((FRONT, line((60, 35), (61, 35), zone_id="far")), land)


def test_counted_zones_and_drawn_ones_pass_through(land):
    counted = cooked(None, "counted")
    assert recipes.derive((FRONT, counted), land) == (FRONT, counted)


lats = st.floats(34.6, 35.4)
fronts = st.lists(lats, min_size=2, max_size=8).map(
    lambda ys: line(*((36 + 0.2 * i, round(y, 6)) for i, y in enumerate(ys)))
)
depths = st.one_of(
    st.floats(1, 30).map(lambda d: round(d, 2)),
    st.tuples(st.floats(1, 15), st.floats(16, 30)).map(lambda pair: [round(d, 2) for d in pair]),
)


@settings(max_examples=40, deadline=None)
@given(fronts, depths, st.sampled_from(["left", "right", "both"]), st.booleans())
def test_derive_bake_save_load_derive_is_stable(front, depth, side, clipped):
    from geo.zones.recipes import bake, derive

    recipe = {"base": {"zone": "line"}, "depth_km": depth, "side": side}
    if clipped:
        recipe["clip"] = {
            "polygon": {"type": "Polygon", "coordinates": [list(shapely.box(36, 34, 37, 36).exterior.coords)]}
        }
    first = derive((front, cooked(recipe)), None)
    again = derive(io.parse(io.new_file(bake(first)).data).zones, None)
    for one, two in zip(first, again, strict=True):
        assert one.geometry.equals_exact(two.geometry, 0)
        assert [name for name, _ in one.parts] == [name for name, _ in two.parts]
        assert all(a.equals_exact(b, 0) for (_, a), (_, b) in zip(one.parts, two.parts, strict=True))


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0, 360), st.floats(20, 300), st.floats(1, 30))
def test_area_of_a_band_agrees_with_geodesics(lat, lon, azimuth, length, depth):
    """A flat band along a geodesic: its reference is drawn with pyproj.Geod, point by point."""
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, azimuth, length * 1000)
    if abs(end_lon - lon) > 12:
        return
    path = [(lon, lat), *GEOD.npts(lon, lat, end_lon, end_lat, 60), (end_lon, end_lat)]
    recipe = {"base": {"zone": "line"}, "depth_km": depth, "side": "left", "ends": "flat"}
    made = recipes.derive((line(*path), cooked(recipe)), None)[1].geometry
    offset = []
    for here, there in zip(path, [*path[1:], path[-2]], strict=True):
        ahead = GEOD.inv(*here, *there)[0] + (180 if there is path[-2] and here is path[-1] else 0)
        offset.append(GEOD.fwd(*here, ahead - 90, depth * 1000)[:2])
    reference = Polygon([*path, *reversed(offset)])
    assert area_km2(made) == pytest.approx(area_km2(reference), rel=5e-3)
