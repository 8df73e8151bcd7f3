from __future__ import annotations

import subprocess
import sys

import geo
import layers


def test_the_public_names_are_complete_and_resolve():
    assert set(geo.__all__) == {
        "Gazetteer",
        "OfflineGeocoder",
        "load_zones",
        "open_case",
        "read",
        "read_article",
        "save_zones",
    }
    assert all(callable(getattr(geo, name)) for name in geo.__all__)
    assert layers.__all__ == ["draw"]


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(geo, "no_such_thing")


def test_importing_geo_loads_nothing_heavy():
    heavy = "{'spacy', 'geopandas', 'folium', 'pandas', 'shapely', 'pyproj', 'numpy'}"
    code = f"import sys, geo; print(sorted({heavy} & {{*sys.modules}}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
