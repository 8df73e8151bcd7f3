from __future__ import annotations

import itertools
import math

import pytest
import shapely

from geo import crs
from geo.errors import MissingPart
from geo.gazetteer import boundaries

IDLIB_TOWNS = [
    ("Idlib", 36.63393, 35.93062),
    ("Saraqib", 36.80591, 35.86447),
    ("Maarrat al-Numan", 36.67693, 35.6483),
    ("Khan Shaykhun", 36.65095, 35.44208),
    ("Jisr al-Shughur", 36.31983, 35.81418),
    ("Kafr Nabl", 36.56449, 35.61376),
    ("Ariha", 36.60964, 35.81374),
    ("Abu al-Duhur", 37.0448, 35.74058),
    ("Bidama", 36.19649, 35.81151),
]


@pytest.mark.parametrize(("name", "lon", "lat"), IDLIB_TOWNS)
def test_towns_of_idlib_lie_in_idlib(name, lon, lat):
    assert boundaries.admin1_at(lon, lat) == "SY.12", name
    assert boundaries.country_at(lon, lat) == "SY"


def test_every_geonames_town_of_idlib_lies_in_idlib(gazetteer):
    towns = [
        p for p in gazetteer.within((35.0, 34.5, 38.0, 37.5)) if p.admin1 == "SY.12" and p.feature.startswith("PPL")
    ]
    idlib = boundaries.admin1("SY.12")
    own = [p for p in towns if p.source == "GeoNames" and p.geonameid]
    assert len(own) >= 28
    assert [p.name for p in own if not idlib.intersects(shapely.Point(p.lon_deg, p.lat_deg))] == []


@pytest.mark.parametrize(
    ("lon", "lat", "country", "province"),
    [
        (37.16117, 36.20124, "SY", "SY.09"),  # Aleppo
        (36.15722, 36.20655, "TR", "TR.31"),  # Antakya
        (39.72477, 43.59699, "RU", "RU.38"),  # Sochi
        (34.1, 44.95, "UA", "UA.11"),  # Simferopol: GeoNames' code decides
        (33.6, 44.6, "UA", "UA.20"),  # Sevastopol
        (-1.5, 52.5, "GB", "GB.ENG"),  # a county, melted into England
        (51.42151, 35.69439, "IR", "IR.26"),  # Tehran
        (20.0, 35.0, None, None),  # the Mediterranean
    ],
)
def test_points_lie_where_geonames_says(lon, lat, country, province):
    assert boundaries.country_at(lon, lat) == country
    assert boundaries.admin1_at(lon, lat) == province


def test_provinces_that_the_source_has_wrong_are_absent():
    assert boundaries.admin1("LB.08") is None  # Beqaa from before Baalbek-Hermel
    assert boundaries.admin1("ET.54") is None  # the old southern region
    assert boundaries.admin1("SY.99") is None
    assert boundaries.country("ZZ") is None


def test_country_is_nearly_the_sum_of_its_provinces():
    syria = boundaries.country("SY")
    parts = shapely.union_all([boundaries.admin1(code) for code in boundaries.admin1_codes("SY")])
    assert syria.symmetric_difference(parts).area < 1e-6
    assert crs.area_km2(syria) == pytest.approx(186_000, rel=0.02)
    assert crs.area_km2(boundaries.admin1("SY.12")) == pytest.approx(5_638, rel=0.001)


def test_area_reads_the_keys_of_places():
    assert boundaries.area("country:SY").equals(boundaries.country("SY"))
    assert boundaries.area("admin1:SY.12").equals(boundaries.admin1("SY.12"))
    assert boundaries.area("region:levant") is None


def test_names_carry_their_languages():
    names = boundaries.names("admin1:SY.12")
    assert ("ar", "محافظة إدلب") in names
    assert ("ru", "Идлиб") in names
    assert ("tr", "İdlip") in names
    assert ("ar", "سوريا") in boundaries.names("country:SY")
    assert boundaries.names("admin1:SY.99") == ()
    assert boundaries.names("region:levant") == ()


@pytest.mark.parametrize("key", ["country:SY", "country:NO", "admin1:SY.12", "admin1:TR.31"])
def test_point_lies_well_inside(key):
    lon, lat = boundaries.point(key)
    assert boundaries.area(key).contains(shapely.Point(lon, lat).buffer(0.02))


def test_no_point_for_what_is_not_there():
    assert boundaries.point("country:ZZ") is None


def test_countries_in_a_box():
    found = boundaries.countries_in((35.5, 35.0, 37.5, 37.0))
    assert found == ("SY", "TR")
    assert "US" not in boundaries.countries_in((33.0, 32.0, 42.0, 38.0))


def test_every_country_is_valid_and_codes_are_unique():
    codes = boundaries.country_codes()
    assert len(codes) == len(set(codes)) >= 235
    assert sum(len(boundaries.admin1_codes(code)) for code in codes) > 3_000
    for code in ("SY", "TR", "LB", "CY", "IL", "PS"):
        assert boundaries.country(code).is_valid


def test_disputed_areas_say_who_claims_what():
    areas = {found.id: found for found in boundaries.disputed()}
    assert {"crimea", "western-sahara", "kosovo", "undof"} <= set(areas)
    assert all(found.note.endswith(".") and found.geometry.area > 0 for found in areas.values())
    near = {found.id for found in boundaries.disputed((35.0, 32.0, 37.0, 34.0))}
    assert near == {"undof"}


def test_world_at_two_scales():
    coarse, fine = boundaries.world("110m"), boundaries.world("50m")
    assert len(coarse) == 177
    assert len(fine) > 230
    assert {"SY", "TR", "RU", "XK"} <= {code for code, _ in coarse}


def test_water_near_the_euphrates():
    water = boundaries.water((38.0, 34.0, 41.0, 37.0))
    euphrates = shapely.Point(39.0, 35.95)
    assert min(river.distance(euphrates) for river in water.rivers) < 0.2
    assert water.step_deg < 0.02


def test_water_falls_back_to_the_world_where_no_continent_has_any():
    assert boundaries.water((135.0, -36.0, 150.0, -28.0)).step_deg == pytest.approx(0.036, abs=0.001)


def test_missing_file_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(boundaries, "FILE", tmp_path / "boundaries.zip")
    boundaries._archive.cache_clear()
    try:
        with pytest.raises(MissingPart, match="make map"):
            boundaries._archive()
    finally:
        monkeypatch.undo()
        boundaries._archive.cache_clear()


def test_borders_are_as_fine_as_said():
    ring = shapely.get_coordinates(boundaries.admin1("SY.12").exterior)
    steps = [math.dist(a, b) for a, b in itertools.pairwise(ring)]
    assert len(steps) > 250
    assert sorted(steps)[len(steps) // 2] < 0.05
