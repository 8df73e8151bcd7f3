"""Recipes are written by hand: whatever stands there, the answer is a zone or one clear line."""

from __future__ import annotations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.types import Place, Zone
from geo.zones import recipes
from geo.zones.membership import where


class Land:
    def country(self, code):
        return {"SY": shapely.box(35, 34, 39, 37), "TR": shapely.box(35, 37, 39, 39)}.get(code)

    def admin1(self, code):
        return shapely.box(35, 34, 37, 37) if code == "SY.12" else None


def zone(zone_id, geometry, recipe=None, **properties):
    return Zone(
        zone_id, zone_id, "buffer_zone", geometry, "assumption", recipe=recipe, uncertainty_km=2, properties=properties
    )


OTHERS = (
    zone("line", shapely.LineString([(36, 35), (36.5, 35.2), (37, 35)]), sides={"left": "north", "right": "south"}),
    zone("second", shapely.LineString([(36, 35.5), (37, 35.6)])),
    zone("dot", shapely.Point(36, 35)),
    zone("town", shapely.box(36, 35, 36.1, 35.1)),
    zone("counted", None),
    zone("nothing", shapely.LineString()),
    zone("strip", None, {"base": {"zone": "line"}, "depth_km": [5, 10], "side": "north"}),
)
ids = st.sampled_from([*(each.id for each in OTHERS), "me", "nowhere", "country:SY", "admin1:SY.12", "country:XX", ""])
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | ids,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ids | st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
points = st.tuples(st.floats(34, 40), st.floats(33, 39)).map(list)
regions = st.one_of(
    ids.map(lambda name: {"zone": name}),
    st.sampled_from(["SY", "TR", "XX"]).map(lambda code: {"country": code}),
    st.tuples(points, st.floats(0, 30)).map(lambda pair: {"point": pair[0], "radius_km": pair[1]}),
    junk.map(lambda value: {"polygon": {"type": "Polygon", "coordinates": value}}),
    junk,
)
bases = st.one_of(
    st.tuples(st.sampled_from(["zone", "road", "area", "edges_of"]), ids).map(lambda pair: {pair[0]: pair[1]}),
    st.lists(ids, min_size=2, max_size=2).map(lambda pair: {"zones": pair}),
    st.sampled_from([["SY", "TR"], ["TR", "SY"], ["SY", "XX"]]).map(lambda pair: {"border": pair}),
    points.map(lambda point: {"point": point}),
    st.tuples(ids, st.lists(ids, max_size=2)).map(lambda pair: {"area": pair[0], "cut_by": pair[1]}),
    junk,
)
depths = st.floats(0, 60) | st.lists(st.floats(0, 60), max_size=3) | ids.map(lambda name: {"zone": name}) | junk
plain = st.fixed_dictionaries(
    {"base": bases},
    optional={
        "depth_km": depths,
        "side": st.sampled_from(["left", "right", "both", "inside", "outside", "north", "SY"]) | junk,
        "ends": st.sampled_from(["flat", "round"]) | junk,
        "bands": st.lists(st.fixed_dictionaries({"from": st.floats(0, 9), "to": st.floats(10, 20)}), max_size=2) | junk,
        "between": st.lists(points, min_size=2, max_size=2) | junk,
        "clip": regions | st.lists(regions, max_size=2),
        "exclude": regions,
        "override": junk | st.just({"type": "Point", "coordinates": [36, 35]}),
    },
)
written = plain | st.lists(plain, max_size=2).map(lambda parts: {"base": {"union": parts}}) | st.dictionaries(ids, junk)
PLACES = [Place("p", "p", 36.5, 35.1, "PPL", "SY")]


def assert_one_clear_line(error):
    assert "\n" not in str(error)
    assert error.hint


@settings(max_examples=150, deadline=None)
@given(written)
def test_a_recipe_gives_a_sound_zone_or_one_clear_line(recipe):
    mine = zone("me", None, recipe)
    try:
        made = recipes.derive((*OTHERS[:-2], OTHERS[-1], mine), Land())[-1]
        answers = where(PLACES, (*OTHERS, mine), boundaries=Land(), only={"me"})
    except InputError as error:
        assert_one_clear_line(error)
        return
    assert made.geometry is None or made.geometry.is_valid
    assert all(0 <= answer.probability <= 1 for answer in answers)
