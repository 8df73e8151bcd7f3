"""The three small cases: they open, they derive, they say what they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import shapely
from shapely import Point

from geo import zones
from geo.crs import area_km2
from geo.errors import MissingPart
from geo.gazetteer.places import read_places

CASES = Path(__file__).parents[3] / "geo" / "cases"
NAMES = ["cyprus-1974", "idlib-2018", "north-syria-2019", "undof-1974"]


@pytest.fixture(scope="module")
def boundaries():
    from geo.gazetteer import boundaries

    try:
        boundaries.country("SY")
    except MissingPart as absent:
        pytest.skip(str(absent))
    return boundaries


@pytest.fixture(scope="module")
def opened(boundaries):
    found = {}
    for name in NAMES:
        loaded = zones.load(CASES / name / "zones.geojson").zones
        found[name] = {zone.id: zone for zone in zones.derive(loaded, boundaries)}
    return found


def inside(zone, lon, lat):
    return zone.geometry.contains(Point(lon, lat))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_whole_and_honest(name, opened):
    settings = tomllib.loads((CASES / name / "case.toml").read_text("utf-8"))
    assert "econstruction" in settings["note"]
    assert settings["theatre"]["countries"]
    west, south, east, north = settings["theatre"]["bbox"]
    frame = shapely.box(west, south, east, north)
    assert (CASES / name / "article.md").read_text("utf-8").startswith("---\ntitle: ")
    for zone in opened[name].values():
        assert zone.note, zone.id
        assert zone.sources or zone.basis == "assumption", zone.id
        if zone.geometry is not None:
            assert zone.geometry.is_valid, zone.id
            assert zone.geometry.intersects(frame), zone.id
            assert zone.uncertainty_km, zone.id
    if (CASES / name / "places.geojson").is_file():
        assert all(frame.contains(Point(p.lon_deg, p.lat_deg)) for p in read_places(CASES / name / "places.geojson"))


@pytest.mark.parametrize("name", NAMES)
def test_baking_a_case_changes_no_geometry(name, opened, boundaries):
    loaded = zones.load(CASES / name / "zones.geojson")
    baked = loaded.updated(zones.bake(tuple(opened[name].values())), bake=True)
    again = zones.derive(zones.parse(baked.data).zones, boundaries)
    for zone in again:
        first = opened[name][zone.id]
        assert (zone.geometry is None) == (first.geometry is None)
        assert zone.geometry is None or zone.geometry.equals_exact(first.geometry, 0), zone.id
        assert zone.derived == first.derived


def test_cyprus(opened):
    """The UN gives 346 km² for all parts; lines drawn by hand through villages come to within 5 %."""
    case = opened["cyprus-1974"]
    parts = [case[f"buffer-zone-{part}"] for part in ("west", "east", "kokkina")]
    assert sum(area_km2(part.geometry) for part in parts) == pytest.approx(346, rel=0.05)
    west = case["buffer-zone-west"]
    for village in ((33.689, 35.005), (33.542, 35.062), (33.616, 35.033), (33.145, 35.167), (33.277, 35.15)):
        assert inside(west, *village)
    for town in ((33.42, 35.106), (33.422, 35.023), (33.353, 35.19), (33.038, 35.141), (32.85, 35.12)):
        assert not inside(west, *town)
    assert not west.geometry.intersects(case["dhekelia"].geometry.buffer(-1e-5))
    assert not parts[1].geometry.intersects(case["varosha"].geometry.buffer(-1e-5))
    assert parts[2].geometry.distance(west.geometry) > 0.04
    assert not inside(parts[2], 32.617, 35.175)


def test_undof(opened):
    case = opened["undof-1974"]
    separation, west, east = (case[name] for name in ("area-of-separation", "limitation-west", "limitation-east"))
    assert inside(separation, 35.8246, 33.126)  # Quneitra
    assert area_km2(separation.geometry) == pytest.approx(250, rel=0.15)  # published: 235 to 250
    for side in (west, east):
        assert [name for name, _ in side.parts] == ["0–10 km", "10–20 km", "20–25 km"]
        assert area_km2(shapely.intersection(side.geometry, separation.geometry)) < 0.1
    assert inside(east, 35.9, 33.05)
    assert inside(west, 35.75, 33.05)


def test_northern_syria(opened):
    case = opened["north-syria-2019"]
    strip, before, after = case["peace-spring-area"], case["joint-patrols-10km"], case["joint-patrols-7km"]
    assert inside(strip, 39.4, 36.5)
    assert not inside(strip, 39.4, 36.3)
    assert not strip.geometry.intersects(case["withdrawal-west"].geometry.buffer(-0.003))
    assert not strip.geometry.intersects(case["withdrawal-east"].geometry.buffer(-0.003))
    assert (before.valid, after.valid) == ("2019-10-22/2019-10-31", "2019-11-01/..")
    assert area_km2(after.geometry) == pytest.approx(0.7 * area_km2(before.geometry), rel=0.02)
    for patrols in (before, after):
        assert not inside(patrols, 41.2314, 37.0522)  # Qamishli
        assert inside(patrols, 40.9, 37.08)
        assert not patrols.geometry.intersects(strip.geometry.buffer(-0.003))
