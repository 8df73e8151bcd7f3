"""The Idlib case: its figures against the dossier's, its honesty, its places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geo import zones
from geo.crs import area_km2, length_km
from geo.errors import MissingPart
from geo.gazetteer.places import read_places
from geo.types import Place
from geo.zones import figures
from geo.zones.membership import where

CASE = Path(__file__).parents[3] / "geo" / "cases" / "idlib-2018"
DOSSIER = Path(__file__).parents[4] / "shared" / "idlib"

#: What the case's model gives with each place's own doubt (radius 1 km), for towns that are not clear-cut.
IN_DOUBT = {"Qalaat al-Madiq": 0.90, "Karnaz": 0.12, "Kabani": 0.80, "Saraqib": 0.33, "Kafr Nabl": 0.03}
TOWNS = {
    "Qalaat al-Madiq": (36.39085, 35.41465),
    "Karnaz": (36.48773, 35.38972),
    "Kabani": (36.23361, 35.71833),
    "Saraqib": (36.80591, 35.86447),
    "Kafr Nabl": (36.56449, 35.61376),
    "Khan Shaykhun": (36.65095, 35.44208),
    "Idlib": (36.63393, 35.93062),
    "Hama": (36.75783, 35.13179),
    "Suran": (36.74848, 35.29193),
}


@pytest.fixture(scope="module")
def boundaries():
    from geo.gazetteer import boundaries

    try:
        boundaries.country("SY")
    except MissingPart as absent:
        pytest.skip(str(absent))
    return boundaries


@pytest.fixture(scope="module")
def case(boundaries):
    return {zone.id: zone for zone in zones.derive(zones.load(CASE / "zones.geojson").zones, boundaries)}


def town(name, radius_km=1.0):
    lon, lat = TOWNS[name]
    return Place(name, name, lon, lat, "PPL", "SY", radius_km=radius_km)


def test_figures_agree_with_the_dossier(case):
    """Within 0.5 %: another projection (the dossier's is UTM 37N) and another border make the rest."""
    zone = case["demilitarized-zone"]
    core = dict(zone.parts)["core"]
    assert length_km(case["contact-line"].geometry) == pytest.approx(238, rel=5e-3)
    assert area_km2(case["deescalation-area"].geometry) == pytest.approx(6649, rel=5e-3)
    assert area_km2(core) == pytest.approx(3103, rel=5e-3)
    assert area_km2(zone.geometry) == pytest.approx(3969, rel=5e-3)


def test_the_zone_is_measured_from_the_line_alone(case):
    line, zone = case["contact-line"].geometry, case["demilitarized-zone"]
    from geo.crs import LocalPlane

    plane = LocalPlane(36.5, 35.8)
    far = shapely.distance(plane.to_km(line), shapely.points(shapely.get_coordinates(plane.to_km(zone.geometry))))
    assert far.max() < 20.05
    # 25 km along the closure from where the line ends, nothing is left of the zone
    assert not zone.geometry.intersects(shapely.Point(36.66, 36.34).buffer(0.02))


def test_the_zone_lies_in_four_governorates(case, boundaries):
    found = figures.figures(
        case["demilitarized-zone"], boundaries=boundaries, admin1=["SY.12", "SY.09", "SY.10", "SY.02"]
    )
    shares = dict(found.share_by_admin1)
    assert 0.45 < shares["SY.12"] < 0.6
    assert all(share > 0.02 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)


def test_the_other_reading_holds_the_first(case):
    zone, both = case["demilitarized-zone"], case["demilitarized-zone-both-sides"]
    assert both.variant_of == zone.id
    assert both.properties["shown"] is False
    assert area_km2(zone.geometry.difference(both.geometry)) < 1
    government = both.geometry.difference(zone.geometry)
    assert area_km2(government) == pytest.approx(238 * 20 * 1.12, rel=0.1)


def test_patrols_are_not_split_before_the_day_that_a_source_splits_them(case):
    coordinated = case["patrols-coordinated"]
    assert coordinated.valid == "2018-09-17/2019-03-07"
    assert [name for name, _ in coordinated.parts] == ["near edge", "far edge"]
    for name in ("patrols-turkish", "patrols-russian"):
        assert case[name].valid.startswith("2019-03-08/")
        assert any("Akar" in source.title for source in case[name].sources)
    assert case["patrols-turkish"].geometry.equals(case["demilitarized-zone"].geometry)
    assert case["patrols-russian"].basis == "assumption"
    assert not case["patrols-russian"].geometry.intersects(shapely.Point(36.7, 35.5))


def test_posts(case):
    posts = [zone for zone in case.values() if zone.kind == "observation_post"]
    turkish = [zone for zone in posts if zone.parties == ("Turkey",)]
    assert [zone.properties["number"] for zone in turkish] == list(range(1, 13))
    counted = dict.fromkeys(("Russia", "Iran"), 0)
    for zone in posts:
        if zone.geometry is None:
            counted[zone.parties[0]] += zone.properties["count"]
    assert counted == {"Russia": 10, "Iran": 7}
    candidates = [zone for zone in posts if zone.parties == ("Russia",) and zone.geometry is not None]
    assert len(candidates) == 5
    assert all(zone.properties["candidate_for"] and "not in addition" in zone.note for zone in candidates)
    inside = [zone.id for zone in turkish if dict(case["demilitarized-zone"].parts)["core"].covers(zone.geometry)]
    assert len(inside) == 11
    assert "post-tr-01-salwa" not in inside


def test_everything_says_what_it_rests_on(case):
    for zone in case.values():
        assert zone.note, zone.id
        assert zone.sources or zone.basis == "assumption", zone.id
        assert zone.uncertainty_km or zone.geometry is None, zone.id
        assert zone.valid, zone.id
    line = case["contact-line"]
    vertices = len(shapely.get_coordinates(line.geometry))
    assert len(line.vertex_uncertainty_km) == vertices
    assert len(line.properties["vertex_sources"]) == vertices
    assert "four governorates" in case["demilitarized-zone"].note
    assert any("15 to 25 km" in (source.contradicts or "") for source in case["demilitarized-zone"].sources)
    deadlines = {phase["valid"] for zone in case.values() for phase in zone.properties.get("phases", ())}
    assert deadlines == {"../2018-10-10", "../2018-10-15", "../2018-12-31"}


def test_membership_with_the_doubt_of_the_places(case, boundaries):
    answers = where([town(name) for name in TOWNS], case.values(), boundaries=boundaries, only={"demilitarized-zone"})
    found = {answer.place: answer for answer in answers}
    for name, probability in IN_DOUBT.items():
        assert found[name].probability == pytest.approx(probability, abs=0.02)
    assert found["Khan Shaykhun"].words == "> 99 %"
    assert found["Idlib"].words == found["Hama"].words == "< 1 %"
    suran = found["Suran"]
    assert suran.verdict == "outside"
    assert suran.other[0][1:] == ("on both sides of the line of contact", "> 99 %")
    assert found["Saraqib"].line_km == pytest.approx(19.0, abs=0.1)


def test_membership_agrees_with_the_independent_run(case, boundaries):
    if not DOSSIER.is_dir():
        pytest.skip("the dossier is not beside the checkout")
    expected = json.loads((DOSSIER / "containment_mc.json").read_text())
    features = json.loads((DOSSIER / "places.geojson").read_text())["features"]
    places = [
        Place(f["properties"]["name"], "", *f["geometry"]["coordinates"], feature="PPL", country="SY") for f in features
    ]
    answers = where(places, case.values(), boundaries=boundaries, only={"demilitarized-zone"}, exact_places=True)
    assert {a.place: a.probability for a in answers} == pytest.approx(expected, abs=0.05)


def test_the_reference_towns_lie_on_the_side_that_held_them(case):
    if not DOSSIER.is_dir():
        pytest.skip("the dossier is not beside the checkout")
    area = case["deescalation-area"].geometry
    for feature in json.loads((DOSSIER / "places.geojson").read_text())["features"]:
        held = feature["properties"]["side_2018_09"] == "opposition"
        assert area.contains(shapely.Point(feature["geometry"]["coordinates"])) is held, feature["properties"]["name"]


ABSENT_FROM_GEONAMES = [
    ("al-Lataminah", "Latamneh"), ("al-Eis", "Al-Iss"), ("Tell Tuqan", "Tel Toukan"), ("Bab al-Hawa", "باب الهوى"),
    ("Sarmada", "سرمدا"), ("Salma", "سلمى"), ("Khan Tuman", "Khan Touman"), ("Anadan", "عندان"),
    ("Kabani", "Kbana"), ("Ishtabraq", "Eshtabraq"), ("Hmeimim", "Khmeimim"), ("Tal Rifaat", "Tel Rifaat"),
    ("Shir Mughar", "Shir Maghar"), ("Turmanin", "ترمانين"), ("Rashidin", "Rashideen"), ("Khan al-Sabil", "خان السبل"),
]  # fmt: skip


def test_places_supply_what_the_gazetteer_lacks(boundaries):
    places = read_places(CASE / "places.geojson")
    known = {}
    for place in places:
        for name in (place.name, *(name for _, name in place.names)):
            known.setdefault(name.casefold(), place)
    for names in ABSENT_FROM_GEONAMES:
        assert len({known[name.casefold()].id for name in names}) == 1
    syria = boundaries.country("SY").buffer(0.03)
    for place in places:
        assert place.country == "SY"
        assert dict(place.names)["ar"], place.id
        assert syria.contains(shapely.Point(place.lon_deg, place.lat_deg)), place.id
        reach = shapely.Point(place.lon_deg, place.lat_deg).buffer(place.radius_km / 90)
        assert boundaries.admin1(place.admin1).intersects(reach), place.id
        assert "Wikipedia" in place.source or place.source.startswith(("Estimate", "Derived")), place.id


def test_an_edited_depth_moves_the_zone_the_patrols_and_the_answers(boundaries):
    text = (CASE / "zones.geojson").read_text("utf-8")
    assert text.count('"depth_km": [15, 20]') == 1
    loaded = zones.parse(text.replace('"depth_km": [15, 20]', '"depth_km": [8, 12]').encode())
    edited = {zone.id: zone for zone in zones.derive(loaded.zones, boundaries)}
    zone = edited["demilitarized-zone"]
    assert area_km2(zone.geometry) == pytest.approx(2550, rel=0.05)
    assert edited["patrols-turkish"].geometry.equals(zone.geometry)
    far_edge = dict(edited["patrols-coordinated"].parts)["far edge"]
    assert zone.geometry.buffer(1e-4).covers(far_edge)
    assert area_km2(edited["demilitarized-zone-both-sides"].geometry) < 6000
    (answer,) = where([town("Khan Shaykhun")], edited.values(), boundaries=boundaries, only={zone.id})
    assert answer.probability < 0.2


def test_a_moved_vertex_moves_what_is_measured_from_it(case, boundaries):
    text = (CASE / "zones.geojson").read_text("utf-8")
    assert text.count("[36.7191, 35.334]") == 1
    loaded = zones.parse(text.replace("[36.7191, 35.334]", "[36.7191, 35.36]").encode())
    edited = {zone.id: zone for zone in zones.derive(loaded.zones, boundaries)}
    for name in ("deescalation-area", "demilitarized-zone", "patrols-turkish", "patrols-russian"):
        moved = edited[name].geometry.symmetric_difference(case[name].geometry)
        assert area_km2(moved) > 5, name


def test_the_deescalation_area_follows_the_doubt_of_its_line_alone(case, boundaries):
    places = [town("Idlib"), town("Suran"), town("Kabani"), Place("crossing", "", 36.692639, 36.230639, "PASS", "SY")]
    answers = where(places, case.values(), boundaries=boundaries, only={"deescalation-area"})
    found = {answer.place: answer.probability for answer in answers}
    assert found["Idlib"] == 1
    assert found["Suran"] == 0
    assert found["Kabani"] == pytest.approx(IN_DOUBT["Kabani"], abs=0.01)
    assert found["crossing"] > 0.9
