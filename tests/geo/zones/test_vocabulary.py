"""The published schema, and zones of other agreements that it must be able to say."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest
import shapely

from geo.crs import area_km2
from geo.zones import io, recipes, vocabulary
from geo.zones.recipe import read_recipe

CASES = sorted((Path(__file__).parents[3] / "geo" / "cases").glob("*/zones.geojson"))
SCHEMA = vocabulary.json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def feature(feature_id, geometry=None, **properties):
    base = {"name": feature_id, "kind": "area", "basis": "agreement", "status": "agreed"}
    return {"type": "Feature", "id": feature_id, "properties": {**base, **properties}, "geometry": geometry}


def path(*points):
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def derived(document):
    zones = io.parse(json.dumps(document).encode()).zones
    return {zone.id: zone for zone in recipes.derive(zones, None)}


def test_the_schema_is_sound_and_says_what_the_vocabulary_says():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    said = SCHEMA["$defs"]["properties"]["properties"]
    assert said.keys() == vocabulary.PROPERTIES
    assert {each["const"]: each["description"] for each in said["kind"]["oneOf"]} == dict(vocabulary.KINDS)
    assert tuple(said["status"]["enum"]) == vocabulary.STATUSES
    assert tuple(said["basis"]["enum"]) == vocabulary.BASES
    assert SCHEMA["$defs"]["recipe"]["properties"].keys() == vocabulary.RECIPE_KEYS.keys()
    bases = {key for each in SCHEMA["$defs"]["base"]["oneOf"] for key in each["properties"]}
    assert bases == vocabulary.BASE_KEYS.keys() | {"cut_by"}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.parent.name)
def test_the_bundled_cases_keep_to_the_schema(file):
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(file.read_text("utf-8")))] == []


GOOD = collection(
    feature("line", path((36, 35), (37, 35)), kind="contact_line", sides={"left": "north", "right": "south"}),
    feature("strip", None, recipe={"base": {"zone": "line"}, "depth_km": [15, 20], "side": "north"}),
)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("features", 0, "properties", "kind"), "front"),
        (("features", 0, "properties", "basis"), "guess"),
        (("features", 0, "properties", "valid"), "last week"),
        (("features", 0, "properties", "uncertainty_km"), -1),
        (("features", 0, "properties", "sources"), ["a title"]),
        (("features", 0, "geometry", "coordinates"), [[36, 95], [37, 35]]),
        (("features", 1, "properties", "recipe", "depth_km"), "20 km"),
        (("features", 1, "properties", "recipe", "depth"), 20),
        (("features", 1, "properties", "recipe", "base"), {"zone": "line", "road": "m4"}),
        (("features", 1, "properties", "recipe", "between"), [[36, 35]]),
        (("features", 1, "properties", "recipe", "clip"), {"country": "Syria"}),
    ],
)
def test_the_schema_refuses(where, value):
    assert VALIDATOR.is_valid(GOOD)
    broken = copy.deepcopy(GOOD)
    target = broken
    for step in where[:-1]:
        target = target[step]
    target[where[-1]] = value
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    "edtf", ["2018-09-17", "2018-09", "2018", "../2018-10-15", "2018-09-17/..", "2018-09-17/2019-03-07", "2018-03~"]
)
def test_the_schema_takes_edtf(edtf):
    assert VALIDATOR.is_valid(collection(feature("a", path((36, 35), (37, 35)), valid=edtf)))


def korea():
    """Armistice of 27 July 1953: 2 km on each side of the line; paragraph 3: the map's own limits count."""
    line = path((126.68, 37.95), (127.1, 38.2), (127.8, 38.3), (128.36, 38.61))
    recipe = {"base": {"zone": "mdl"}, "depth_km": 2, "side": "both"}
    corners = [[127, 38], [127.4, 38], [127.4, 38.4], [127, 38.4], [127, 38]]
    drawn = {"type": "Polygon", "coordinates": [corners]}
    return collection(
        feature("mdl", line, kind="ceasefire_line", valid="1953-07-27/..", uncertainty_km=0.1),
        feature("dmz", None, kind="buffer_zone", valid="1953-07-27/..", recipe=recipe),
        feature("dmz-as-mapped", None, kind="buffer_zone", recipe={**recipe, "override": drawn}, variant_of="dmz"),
        feature("han-estuary", None, kind="named_area", note="Open to the civil shipping of both sides (paragraph 5).",
                recipe={"base": {"point": [126.6, 37.8]}, "depth_km": 5, "exclude": {"zone": "dmz"}}),
    )  # fmt: skip


def minsk():
    """Minsk II, 12 February 2015: each side withdraws from a line of its own, by the calibre of the weapon."""
    actual = path((38.3, 48.9), (38.1, 48.5), (38.0, 48.1), (37.7, 47.9), (37.9, 47.2))
    september = path((38.2, 48.9), (38.0, 48.5), (37.9, 48.1), (37.6, 47.9), (37.8, 47.2))
    weapons = [
        (25, "artillery of 100 mm and more"),
        (35, "rocket launchers"),
        (70, "Tornado-S, Uragan, Smerch, Tochka"),
    ]
    features = [
        feature("line-actual", actual, kind="contact_line", sides={"left": "armed formations", "right": "Ukraine"}),
        feature("line-2014-09-19", september, kind="contact_line", valid="2014-09-19",
                sides={"left": "armed formations", "right": "Ukraine"}),
    ]  # fmt: skip
    for side, line in (("Ukraine", "line-actual"), ("armed formations", "line-2014-09-19")):
        for depth, weapon in weapons:
            recipe = {"base": {"zone": line}, "depth_km": depth, "side": side, "ends": "flat"}
            phases = [{"name": "Withdrawal complete", "valid": "../2015-03-01", "says": "within 14 days"}]
            features.append(
                feature(f"{side}-{depth}", None, kind="withdrawal_area", parties=[side], applies_to=[weapon],
                        recipe=recipe, phases=phases, valid="2015-02-15/..")
            )  # fmt: skip
    return collection(*features)


def m4_corridor():
    """Moscow protocol, 5 March 2020: 6 km north and 6 km south of the M4; patrols between two villages."""
    road = path((36.19, 35.81), (36.32, 35.81), (36.47, 35.79), (36.61, 35.81), (36.81, 35.86))
    stretch = [[36.78, 35.86], [36.2, 35.81]]
    return collection(
        feature("m4", road, kind="road", label="M4", uncertainty_km=3, basis="reconstruction"),
        feature("corridor", None, kind="corridor", valid="2020-03-05/..",
                recipe={"base": {"road": "m4"}, "depth_km": 6, "side": "both", "between": stretch}),
        feature("patrols", None, kind="patrol_area", valid="2020-03-15/..", patrols=[{"who": "Turkey and Russia"}],
                recipe={"base": {"road": "m4"}, "depth_km": 0.5, "side": "both", "between": stretch}),
    )  # fmt: skip


def hodeidah():
    """Stockholm agreement, December 2018: named areas to be vacated, radii as parameters with their source."""
    says = [{"title": "A source of Saudi Gazette", "says": "as far as 20 km from the port"}]
    recipe = {"base": {"point": [42.93, 14.83]}, "depth_km": [0, 20]}
    return collection(feature("port", None, kind="withdrawal_area", basis="assumption", recipe=recipe, sources=says))


@pytest.mark.parametrize("document", [korea(), minsk(), m4_corridor(), hodeidah()])
def test_other_agreements_can_be_said(document):
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    for each in document["features"]:
        if recipe := each["properties"].get("recipe"):
            read_recipe(recipe, each["id"])
    assert all(zone.geometry is not None and zone.geometry.is_valid for zone in derived(document).values())


def test_korea_by_figures():
    zones = derived(korea())
    assert zones["dmz-as-mapped"].geometry.equals(shapely.box(127, 38, 127.4, 38.4))
    length = area_km2(zones["dmz"].geometry) / 4
    assert 150 < length < 200


def test_minsk_measures_each_side_from_its_own_line():
    zones = derived(minsk())
    ukraine, formations = zones["Ukraine-70"].geometry, zones["armed formations-70"].geometry
    assert ukraine.bounds[0] < 37
    assert formations.bounds[2] > 38.8
    assert area_km2(zones["Ukraine-25"].geometry) < area_km2(zones["Ukraine-35"].geometry) < area_km2(ukraine)
    assert shapely.intersection(ukraine, formations).area > 0  # the two lines are not the same


def test_m4_is_twelve_kilometres_wide():
    corridor = derived(m4_corridor())["corridor"].geometry
    assert area_km2(corridor) == pytest.approx(12 * 53, rel=0.05)
