"""What the lexicon adds to the packages: regions, landmarks, units, towns of wars, spellings of the press."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import shapely

from geo.crs import distance_km
from geo.gazetteer import boundaries, handmade, store
from geo.gazetteer.folding import strict_key
from geo.gazetteer.sources import lexicon
from layers.build.words import place_kind

ROWS = [(file, row) for file in handmade.FILES for row in lexicon(file, 7)]
#: Longitude and latitude to a tenth of a degree, from general knowledge.
KNOWN = [
    ("Salween", "STM", 98.2, 21.0),
    ("Thanlwin River", "STM", 98.2, 21.0),
    ("River Dnipro", "STM", 33.0, 48.5),
    ("Ruzizi River", "STM", 29.1, -2.9),
    ("Lake Kariba", "LK", 28.0, -17.0),
    ("Grand Ethiopian Renaissance Dam", "DAM", 35.1, 11.2),
    ("Jebel Marra", "MTS", 24.3, 13.0),
    ("Nuba Mountains", "MTS", 30.7, 11.2),
    ("Second Thomas Shoal", "SHOL", 115.9, 9.8),
    ("Suwalki Gap", "RGN", 23.2, 54.2),
    ("West Country", "RGN", -3.2, 51.0),
    ("Casamance", "RGN", -15.5, 12.8),
    ("Loya Paktia", "RGN", 69.5, 33.3),
    ("Zaporizhzhya nuclear plant", "PSN", 34.6, 47.5),
    ("Elysee Palace", "PAL", 2.3, 48.9),
    ("Al-Aqsa", "MSQE", 35.2, 31.8),
    ("Kerem Shalom", "PSTB", 34.3, 31.2),
    ("Bab al-Hawa", "PSTB", 36.7, 36.2),
    ("Ain al-Asad", "AIRB", 42.4, 33.8),
    ("Hostomel airport", "AIRP", 30.2, 50.6),
    ("County Kerry", "ADM2", -9.6, 52.1),
    ("Co. Mayo", "ADM2", -9.3, 53.9),
    ("West Yorkshire", "ADM2", -1.7, 53.8),
    ("Dohuk province", "ADM1", 43.2, 37.0),
    ("Metekel", "ADM2", 35.7, 11.0),
    ("Sarmada", "PPL", 36.7, 36.2),
    ("Ain el-Hilweh", "PPL", 35.4, 33.5),
    ("Thibaw", "PPL", 97.3, 22.6),
    ("Kishishe", "PPL", 29.2, -1.0),
    ("Shabwa", "ADM1", 46.9, 14.8),
    ("Orissa", "ADM1", 84.4, 20.5),
    ("Kursk oblast", "ADM1", 36.1, 51.7),
    ("Karen State", "ADM1", 97.7, 17.3),
    ("Hawija", "PPL", 43.8, 35.3),
    ("Tel Rifaat", "PPL", 37.1, 36.5),
]


@pytest.mark.parametrize(("name", "feature", "lon", "lat"), KNOWN)
def test_first_hit(gazetteer, name, feature, lon, lat):
    place = gazetteer.find(name, loosest=2)[0].place
    assert place.feature == feature
    assert distance_km(place.lon_deg, place.lat_deg, lon, lat) < 60


@pytest.mark.parametrize(
    ("name", "country"),
    [("Palma", "ES"), ("Java", "ID"), ("Bayda", "LY"), ("Moura", "PT"), ("Blida", "DZ"), ("Mombasa", "KE")],
)
def test_a_small_namesake_hides_no_larger_place(gazetteer, name, country):
    hits = gazetteer.find(name, loosest=2)
    assert country in {hit.place.country for hit in hits[:2]}
    assert hits[0].place.population == max(hit.place.population for hit in hits)


def test_rows_are_whole_and_ids_differ():
    ids = Counter(handmade.place_id(handmade.FILES[file], row[0], row[5]) for file, row in ROWS)
    assert [key for key, count in ids.items() if count > 1] == []
    for _, (name, feature, lon, lat, radius, countries, _) in ROWS:
        assert strict_key(name)
        assert re.fullmatch(r"[A-Z]{2,4}\d?", feature), name
        assert abs(float(lon)) <= 180, name
        assert abs(float(lat)) <= 90, name
        assert float(radius) >= 1, name
        assert re.fullmatch(r"(?:[A-Z]{2}(?:,[A-Z]{2})*)?", countries), name


def test_names_have_no_stray_blanks_and_come_once():
    for file, row in ROWS:
        others = row[6].split(",") if row[6] else []
        assert all(other and other == other.strip() for other in others), (file, row[0])


def test_towns_lie_in_their_country():
    """Or within their reach of it: a point by hand beside a river on the border may fall across."""
    for _, feature, lon, lat, radius, country, _ in lexicon("war_towns.tsv", 7):
        assert feature in {"PPL", "PPLX", "HLL", "OILF"}
        # The boundary file draws East Jerusalem with Israel.
        homes = [boundaries.country(code) for code in ({country, "IL"} if country == "PS" else {country})]
        gap = min(home.distance(shapely.Point(float(lon), float(lat))) for home in homes)
        assert gap * 111.2 <= float(radius), (lon, lat, country)


def test_other_names_belong_to_known_places(gazetteer):
    for number, names in handmade.other_names().items():
        place = gazetteer.get(f"geonames:{number}")
        assert place is not None, number
        assert {name for _, name in place.names} >= set(names)


def test_a_local_place_lies_in_a_province_and_a_wide_one_does_not(gazetteer):
    (town,) = (hit.place for hit in gazetteer.find("Sarmada", loosest=2))
    assert (town.id, town.admin1, town.area) == ("town:sy-sarmada", "SY.12", None)
    (mountains,) = (hit.place for hit in gazetteer.find("Nuba Mountains", loosest=2))
    assert (mountains.id, mountains.admin1) == ("region:nuba-mountains", None)


def test_a_province_that_the_packages_lack_takes_its_polygon(gazetteer):
    assert [hit.place.name for hit in gazetteer.unit("IQ.08")] == ["Dohuk Governorate"]
    assert gazetteer.get("unit:iq-dohuk-governorate").area == "admin1:IQ.08"
    assert [hit.place.source for hit in gazetteer.unit("IQ.15")] == ["GeoNames"]


def test_every_feature_has_a_word_on_the_page(gazetteer):
    kinds = {place_kind(gazetteer.get(handmade.place_id(handmade.FILES[f], r[0], r[5]))) for f, r in ROWS}
    assert kinds == {"province", "district", "town", "region", "site"}


@pytest.mark.parametrize("file", [*handmade.FILES, "other_names.tsv"])
def test_a_changed_file_makes_the_index_anew(monkeypatch, tmp_path, file):
    before = store.index_signature.__wrapped__()
    folder = tmp_path / "lexicon"
    folder.mkdir()
    real = store.files("geo.gazetteer") / "lexicon"
    for each in real.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    (folder / file).write_text("# emptied\n", encoding="utf-8")
    monkeypatch.setattr(store, "files", lambda name: tmp_path if name == "geo.gazetteer" else real.parent.parent)
    assert store.index_signature.__wrapped__() != before
