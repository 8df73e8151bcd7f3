"""The index: built whole or not at all, looked up by any spelling."""

from __future__ import annotations

import sqlite3

import pytest

from geo.errors import InputError, OutputError
from geo.gazetteer import dumps, index, store
from geo.gazetteer.keyfilter import KeyFilter, make_filter
from geo.gazetteer.sources import Entry
from geo.gazetteer.store import Gazetteer
from geo.types import Place

TOWN = Place("geonames:1", "Tell Foo", 36.5, 35.5, "PPL", "SY", "SY.12", population=900)
TWIN = Place("geonames:2", "Foo", 10.0, 50.0, "PPL", "DE", "DE.01", population=5_000)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder whose index is built from two places."""
    monkeypatch.setattr(store, "entries", lambda: iter([Entry(TOWN, ("Tall Fu",)), Entry(TWIN, (), ("FOO",))]))
    return tmp_path


def test_build_then_look_up(small):
    found = Gazetteer.open(folder=small)
    assert found.lookup("tall fu") == (TOWN,)
    assert found.lookup("Tal Fou") == (TOWN,), "the loose key joins another romanisation"
    assert found.lookup("nowhere at all") == ()
    assert found.get("geonames:1").names == (("und", "Tall Fu"),)


@pytest.mark.parametrize("harm", ["cut", "garbage", "outdated", "gone"])
def test_broken_index_is_rebuilt(small, harm):
    Gazetteer.open(folder=small)
    path = small / "gazetteer.sqlite"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-4096])
    elif harm == "garbage":
        path.write_bytes(b"not a database at all" * 1000)
    elif harm == "outdated":
        with sqlite3.connect(path) as database:
            database.execute("UPDATE meta SET value = 'older' WHERE key = 'signature'")
        database.close()
    else:
        path.unlink()
    assert Gazetteer.open(folder=small).lookup("Foo") == (TWIN,)


def test_half_built_index_is_no_index(small):
    small.joinpath("gazetteer.sqlite.part").write_bytes(b"half")
    assert Gazetteer.open(folder=small).lookup("Foo") == (TWIN,)


def test_folder_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "entries", lambda: iter([Entry(TOWN, ())]))
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError, match="can't be written"):
        Gazetteer.open(folder=blocked / "below")


def test_a_name_costs_one_query_a_key_and_none_where_the_filter_knows_better(small):
    found = Gazetteer.open(folder=small)
    asked = statements(found)
    assert [hit.place for hit in found.find("Tall Fu")] == [TOWN]
    assert len(asked) == 1, "the key and its places come together"
    found.find("Tall Fu", loosest=index.CODE)
    assert len(asked) == 1, "what was found under the strict key is known"
    assert found.find("Zyzzy", loosest=index.CODE) == found.find("Zyzzy") == ()
    assert len(asked) == 3, "the looser keys only: the filter has no such strict key"


def statements(gazetteer):
    """Return a list that grows with each statement that the index is asked from now on."""
    asked = []
    gazetteer._files[-1]._database.set_trace_callback(asked.append)
    return asked


def test_overlay_comes_first(small):
    own = Place("case:foo", "Foo", 36.0, 35.0, "PPL", "SY", source="case")
    assert Gazetteer.open(folder=small).with_places([own]).lookup("Foo")[0] == own


def test_add_a_dump_and_name_its_broken_lines(small, caplog):
    good = "99\tBar\tBar\tal-Bar\t35.1\t36.1\tP\tPPL\tSY\t\t12\t\t\t\t700\t\t\tAsia/Damascus\t2020-01-01"
    file = small / "SY.txt"
    file.write_text(f"{good}\nbroken line\n100\tX\tX\t\tninety\t0\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t\n", encoding="utf-8")
    found = Gazetteer.open(folder=small)
    assert found.add(file) == 1
    assert [place.id for place in found.lookup("al-Bar")] == ["geonames:99"]
    assert "SY.txt:2:1" in caplog.text
    assert "SY.txt:3:1" in caplog.text
    assert Gazetteer.open(folder=small).lookup("Bar")[0].admin1 == "SY.12", "a layer outlives the process"


def test_add_boundaries_with_pcodes(small):
    file = small / "adm.geojson"
    file.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ADM1_EN":"Baz","ADM1_AR":"باز",'
        '"ADM1_PCODE":"SY99"},"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}}]}',
        encoding="utf-8",
    )
    found = Gazetteer.open(folder=small)
    assert found.add(file) == 1
    place = found.lookup("باز")[0]
    assert (place.id, place.feature, place.country) == ("pcode:SY99", "ADM1", "SY")
    assert (place.lon_deg, place.lat_deg) == (36.5, 35.5)


@pytest.mark.parametrize("name", ["x.doc", "empty.txt", "bad.zip"])
def test_dump_of_no_known_kind(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(b"")
    with pytest.raises(InputError):
        list(dumps.read_dump(file))


def test_filter_never_turns_a_key_away():
    keys = [f"name {i}" for i in range(2000)]
    kept = KeyFilter(make_filter(keys))
    assert all(map(kept.may_hold, keys))
    assert sum(kept.may_hold(f"stranger {i}") for i in range(2000)) < 100


def test_rank_of_keys():
    ranks = dict(index.keys_of(Entry(TWIN, ("Phoo",), ("FU",))))
    assert ranks == {"foo": index.NAME, "phoo": index.ALIAS, "fu": index.CODE}


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("Syria", 163843),
        ("Khan Sheikhoun", 168325),
        ("خان شيخون", 168325),
        ("Jisr al-Shughur", 169023),
        ("Idleb", 169389),
    ],
)
def test_real_index_finds(gazetteer, name, geonameid):
    assert geonameid in [place.geonameid for place in gazetteer.lookup(name)]


def test_countries_and_provinces_are_areas(gazetteer):
    assert [hit.place.area for hit in gazetteer.unit("SY")] == ["country:SY"]
    (idlib,) = (hit.place for hit in gazetteer.unit("SY.12"))
    assert (idlib.geonameid, idlib.area) == (169387, "admin1:SY.12")


def test_suggest_is_near(gazetteer):
    assert "Saraqib" in gazetteer.suggest("Saraqibb")


@pytest.mark.parametrize(("name", "country", "geonameid"), [("Washington", "US", 4140963), ("London", "GB", 2643743)])
def test_one_town_of_a_capitals_name_is_the_capital(gazetteer, name, country, geonameid):
    found = gazetteer.lookup(name)
    assert [p.geonameid for p in found if p.feature == "PPLC" and p.country == country] == [geonameid]
