from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import boundaries
from geo.types import Theatre
from layers import ground
from layers.basemap import basemap
from layers.coding import DIGITS, decoded, encoded
from layers.towns import spellings

VIEW = (35.7, 35.1, 37.4, 36.5)


@pytest.fixture(scope="module")
def idlib(gazetteer):
    return basemap(Theatre(countries=("SY",)), VIEW, gazetteer=gazetteer)


def lines_of(paths):
    return [np.cumsum(np.array(decoded(path)).reshape(-1, 2), axis=0) / 1e4 for path in paths]


@given(st.lists(st.integers(-(10**8), 10**8)))
def test_coding_reads_back(numbers):
    assert decoded(encoded(numbers)) == numbers
    assert set(encoded(numbers)) <= set(DIGITS)


def kinds(coded, section, zoom):
    return {shape[0] for shape in coded[section] if shape[1] <= zoom < shape[2]}


def area_at(coded, lon, lat, zoom):
    where = shapely.Point(lon, lat)
    return {
        kind
        for kind, first, last, paths, *_ in coded["areas"]
        if first <= zoom < last
        for ring in lines_of(paths)
        if shapely.Polygon(ring).buffer(0).contains(where)
    }


def test_is_plain_json_and_small(idlib):
    text = json.dumps(idlib, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(text) == idlib
    assert len(text.encode()) < 215_000


@pytest.mark.parametrize("zoom", [2, 4, 5, 8, 12])
def test_each_zoom_has_land_and_borders(idlib, zoom):
    assert {"land", "theatre"} <= kinds(idlib, "areas", zoom)
    assert "border" in kinds(idlib, "lines", zoom)


@pytest.mark.parametrize("zoom", [3, 8])
def test_land_is_where_it_is(idlib, zoom):
    assert area_at(idlib, 36.6, 35.9, zoom) == {"theatre"}  # Idlib
    assert area_at(idlib, 36.16, 36.5, zoom) <= {"land", "theatre"}
    assert "land" in area_at(idlib, 33.0, 39.0, zoom)  # Anatolia
    assert "land" in area_at(idlib, 10.0, 50.0, zoom)  # Germany, far off
    assert area_at(idlib, 33.0, 34.0, zoom) == set()  # the sea


def test_borders_between_provinces_are_not_borders_of_countries(idlib):
    frame = shapely.box(36.5, 35.3, 37.3, 35.9)  # wholly in Syria
    inside = {
        kind
        for kind, first, last, paths, *_ in idlib["lines"]
        if first <= 8 < last
        for line in lines_of(paths)
        if shapely.LineString(line).intersects(frame)
    }
    assert inside == {"admin"}


def test_border_of_the_theatre_keeps_the_sources_detail(idlib):
    border = [
        line
        for kind, first, _, paths, *_ in idlib["lines"]
        if kind == "border" and first == 5
        for line in lines_of(paths)
    ]
    drawn = shapely.MultiLineString([shapely.LineString(line) for line in border])
    syria = boundaries.country("SY").boundary.intersection(shapely.box(36.0, 35.7, 36.8, 36.7))
    corners = shapely.points(shapely.get_coordinates(syria))
    assert len(corners) > 50
    assert max(shapely.distance(corners, drawn)) < 0.003


def test_no_cut_edge_is_drawn_as_a_line(idlib):
    detail = ground.detail_box(("SY",), VIEW)
    for kind, _, _, paths, *_ in idlib["lines"]:
        if kind in {"border", "coast"}:
            for line in lines_of(paths):
                for axis, value in ((0, detail[0]), (0, detail[2]), (1, detail[1]), (1, detail[3])):
                    along = (abs(line[1:, axis] - value) < 2e-4) & (abs(line[:-1, axis] - value) < 2e-4)
                    assert not along.any()


def test_towns_are_thinned_and_seats_come_first(idlib):
    towns = {name[1]: name for name in idlib["names"] if name[0] == "town"}
    assert towns["Idlib"][6] <= 8
    assert towns["Aleppo"][5] == 0
    assert towns["Idlib"][2]["ar"] == "إدلب"
    assert towns["Idlib"][2]["ru"] == "Идлиб"
    early = [name for name in idlib["names"] if name[0] == "town" and name[6] <= 6]
    assert 3 < len(early) < 120


def test_countries_carry_names_in_several_scripts(idlib):
    countries = {name[1]: name for name in idlib["names"] if name[0] == "country"}
    assert countries["Syria"][2]["ar"] == "سوريا"
    assert countries["Turkey"][2]["ru"] == "Турция" if "Turkey" in countries else countries["Türkiye"]
    assert {"Germany", "China"} <= set(countries)


def test_disputed_areas_near_the_view_have_words(idlib):
    assert any("UNDOF" in note for _, note, *_ in idlib["contested"])
    assert "disputed" in kinds(idlib, "lines", 8)


@pytest.mark.parametrize(
    ("countries", "view"),
    [
        ((), (170.0, -25.0, -170.0, -10.0)),
        ((), (-30.0, -40.0, -20.0, -30.0)),
        ((), (10.0, 10.0, 10.0, 10.0)),
        (("ZZ",), (0.0, 50.0, 1.0, 51.0)),
    ],
)
def test_odd_views_are_drawn(gazetteer, countries, view):
    coded = basemap(Theatre(countries=countries), view, gazetteer=gazetteer)
    assert coded["areas"]
    assert coded["names"]


def test_spellings_are_told_apart_by_their_letters(gazetteer):
    town = next(p for p in gazetteer.within((36.6, 35.9, 36.7, 36.0)) if p.geonameid == 169389)
    found = spellings(town)
    assert found["ar"] == "إدلب"
    assert found["ru"] == "Идлиб", "not the Ukrainian name"


def test_what_is_clear_of_a_box_does_not_reach_into_it(idlib):
    told = [shape for shape in (*idlib["areas"], *idlib["lines"]) if len(shape) > 4]
    assert {shape[0] for shape in told} == {"land", "border", "disputed"}
    for *_, paths, (west, south, east, north) in told:
        for line in lines_of(paths):
            lon, lat = line[:, 0], line[:, 1]
            assert not ((lon > west) & (lon < east) & (lat > south) & (lat < north)).any()


def test_a_view_of_half_the_world_takes_no_more_room_than_one_of_a_country():
    wide = basemap(Theatre((), (-30.0, -40.0, 70.0, 62.0)), (-30.0, -40.0, 70.0, 62.0))
    assert len(json.dumps(wide)) < 600_000
    assert not [name for name in wide["names"] if name[0] == "admin"]
    assert not [line for line in wide["lines"] if line[0] == "admin"]
