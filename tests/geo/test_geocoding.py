"""geopy's interface over the gazetteer; sockets are blocked in the whole suite."""

from __future__ import annotations

import pytest

from geo.geocoding import OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    return OfflineGeocoder(gazetteer)


def test_geocode_one(geocoder):
    found = geocoder.geocode("Saraqib")
    assert found.raw["geonameid"] == 164816
    assert found.latitude == pytest.approx(35.864, abs=0.01)
    assert found.address == "Saraqib, Idlib, Syria"


def test_geocode_with_container(geocoder):
    assert geocoder.geocode("Paris, Texas").raw["admin1"] == "US.TX"


def test_geocode_many_and_limits(geocoder):
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=3)) == 3
    assert geocoder.geocode("Blorgmundshire") is None
    assert geocoder.geocode("") is None


def test_country_codes(geocoder):
    assert geocoder.geocode("Tripoli", country_codes="lb").raw["country"] == "LB"


def test_viewbox(geocoder):
    corners = ((33.0, 35.0), (35.0, 37.0))
    assert geocoder.geocode("Tripoli", viewbox=corners, bounded=True).raw["country"] == "LB"
    assert {each.raw["country"] for each in geocoder.geocode("Tripoli", viewbox=corners, exactly_one=False)} > {"LB"}


def test_reverse_gives_the_chain(geocoder):
    found = geocoder.reverse((35.8645, 36.8059))
    assert [each["feature"] for each in found.raw["chain"]] == ["PPL", "ADM1", "PCLI"]
    assert found.address.endswith("Syria")


def test_reverse_at_sea(geocoder):
    assert geocoder.reverse((-40.0, -120.0)) is None


def test_geopandas_takes_it(gazetteer):
    from geopandas.tools import geocode

    frame = geocode(["Saraqib", "Idlib"], provider=OfflineGeocoder, gazetteer=gazetteer)
    assert len(frame) == 2
    assert frame.geometry.iloc[0].x == pytest.approx(36.806, abs=0.01)
