"""A file that is opened for a map: every error says where it stands, and what only following a recipe can tell."""

from __future__ import annotations

import json

import pytest

from geo.errors import InputError
from geo.types import Theatre
from geo.zones import bake, check_bytes, derived, open_zones, parse

LINE = {
    "type": "Feature",
    "id": "line",
    "properties": {"name": "Line", "kind": "contact_line", "basis": "assumption", "sides": {"left": "north"}},
    "geometry": {"type": "LineString", "coordinates": [[36.0, 35.5], [36.5, 35.5], [37.0, 35.5]]},
}
DRAWN = {"type": "Polygon", "coordinates": [[[36.0, 35.5], [37.0, 35.5], [37.0, 35.7], [36.0, 35.7], [36.0, 35.5]]]}
RECIPE = {"base": {"zone": "line"}, "depth_km": [15, 20], "side": "north"}


def band(geometry=None, **recipe):
    properties = {"name": "Zone", "kind": "buffer_zone", "basis": "assumption", "recipe": {**RECIPE, **recipe}}
    return {"type": "Feature", "id": "zone", "properties": properties, "geometry": geometry}


def moved(coordinates):
    return {**LINE, "geometry": {"type": "LineString", "coordinates": coordinates}}


def written(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=1).encode()


def line_of(data, words):
    """Return the line that the given words stand in."""
    return data.decode()[: data.decode().index(words)].count("\n") + 1


FAULTS = {
    "nothing comes of no depth": ((LINE, band(depth_km=0)), "recipe-fails", '"recipe"'),
    "no such country": ((LINE, band(clip={"country": "XX"})), "recipe-fails", '"recipe"'),
    "a base that is not drawn": (({**LINE, "geometry": None}, band()), "recipe-fails", '"geometry": null'),
    "too far for one plane": ((LINE, band(between=[[0, 0], [90, 0]])), "recipe-fails", "{"),
    "depths the wrong way round": ((LINE, band(depth_km=[20, 15])), "bad-recipe", '"recipe"'),
    "a figure of 400 digits": ((LINE, band(depth_km=[15, 10**400])), "bad-recipe", '"recipe"'),
    "a polygon off the globe": (
        (LINE, band(clip={"polygon": {"type": "Polygon", "coordinates": [[[1e308, 0], [1, 0], [1, 1], [1e308, 0]]]}})),
        "bad-recipe",
        '"recipe"',
    ),
    "a line without length": ((moved([[36, 35.5], [36, 35.5]]), band()), "zero-length", '"coordinates"'),
    "an id taken twice": ((LINE, band(), band()), "duplicate-id", None),
}


@pytest.mark.parametrize(("features", "code", "words"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_can_not_be_meant_is_refused_with_its_place(tmp_path, land, features, code, words):
    path = tmp_path / "zones.geojson"
    path.write_bytes(data := written(*features))
    with pytest.raises(InputError) as refused:
        open_zones(path, land)
    assert f" {code} " in str(refused.value)
    assert str(refused.value).startswith(f"{path}:")
    assert words is None or refused.value.where.line == line_of(data, words)
    (first, *_) = [each for each in check_bytes(data, str(path), boundaries=land) if each.severity == "error"]
    assert (first.code, first.where.line) == (code, refused.value.where.line)


def test_swapped_axes_are_named_where_nothing_comes_of_a_recipe_for_them(tmp_path, land):
    path = tmp_path / "zones.geojson"
    theatre = Theatre(countries=("SY",), bbox_deg=(35.9, 35.0, 37.6, 35.8))
    path.write_bytes(written(moved([[35.5, 36.0], [35.5, 36.5], [35.5, 37.0]]), band(clip={"polygon": DRAWN})))
    with pytest.raises(InputError, match="swapped-axes"):
        open_zones(path, land, theatre=theatre)


def test_a_file_fresh_from_a_drawing_program_is_opened(tmp_path, land):
    path = tmp_path / "zones.geojson"
    path.write_bytes(written({"type": "Feature", "properties": {}, "geometry": DRAWN}))
    (zone,) = open_zones(path, land)
    assert zone.geometry is not None


def test_a_drawing_that_departs_from_its_recipe_is_told_in_square_kilometres(land):
    (found,) = check_bytes(written(LINE, band(DRAWN)), boundaries=land)
    assert (found.severity, found.code, found.where.feature) == ("warning", "off-recipe", "zone")
    assert "km² beyond its recipe" in found.message


def test_an_override_without_a_drawing_is_told(land):
    (found,) = check_bytes(written(LINE, band(override=True)), boundaries=land)
    assert (found.severity, found.code) == ("warning", "no-geometry")


def test_a_missing_zone_is_said_once():
    codes = [each.code for each in check_bytes(written(band()))]
    assert codes == ["unknown-zone"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> other\n}', "merge"),
        ("{\n“type”: “FeatureCollection”\n}", "curly"),
        ("<html></html>", "HTML"),
    ],
    ids=["merge marks", "curly quotes", "HTML"],
)
def test_slips_of_editors_are_told_apart(text, words):
    (found,) = check_bytes(text.encode())
    assert words in found.message
    assert found.hint


def test_fix_takes_a_slip_for_an_id_and_no_other_reading_of_it():
    def proposed(name):
        (found,) = check_bytes(written(LINE, {**band(), "id": "zone-both-sides"}, band(clip={"zone": name})))
        return found.fix

    assert proposed("zone-both-side")["value"] == "zone-both-sides"
    (found,) = check_bytes(
        written(
            LINE,
            {**band(), "id": "zone-both-sides"},
            {**band(), "id": "x", "properties": {**band()["properties"], "variant_of": "zone-both"}},
        )
    )
    assert (found.code, found.fix) == ("unknown-zone", None)


def test_baking_a_baked_file_changes_nothing(land):
    first = parse(written(LINE, band()))
    once = first.updated(bake(derived(first, land)), bake=True)
    twice = once.updated(bake(derived(once, land)), bake=True)
    assert twice.data == once.data
    assert check_bytes(twice.data, boundaries=land) == ()


@pytest.mark.parametrize("properties", [[1], "x", 5, True])
def test_properties_that_are_no_object_break_no_rule_about_other_zones(properties):
    found = check_bytes(written({**LINE, "properties": properties}, band()))
    assert "bad-properties" in [each.code for each in found]
