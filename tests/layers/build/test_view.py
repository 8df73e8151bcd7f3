"""What the page shows first: where the report's places lie thickest."""

from __future__ import annotations

from typing import Any

import pytest

from layers.build.view import opening_view, theatre

SPOTS = {
    "Stockholm": (18.07, 59.33),
    "Rimbo": (18.37, 59.74),
    "Hodeidah": (42.95, 14.80),
    "Salif": (42.67, 15.30),
    "Sanaa": (44.21, 15.35),
    "Suva": (178.44, -18.14),
    "Kyiv": (30.52, 50.45),
    "Chasiv Yar": (37.83, 48.59),
    "Kramatorsk": (37.57, 48.73),
    "Port Sudan": (37.22, 19.62),
    "Khartoum": (32.53, 15.55),
    "El Fasher": (25.35, 13.63),
    "El Obeid": (30.22, 13.18),
}


def place(name: str, sentences: int = 1, facts: int = 0, **more: Any) -> Any:
    lon, lat = SPOTS[name]
    said = {"sentences": ["s"] * sentences, "facts": ["f"] * facts}
    return {"name": name, "lon": lon, "lat": lat, "kind": "town", "origin": "article", "doubt": False, **said, **more}


def names(*places: Any) -> list[str]:
    return [each["name"] for each in theatre(places)]


def test_talks_in_a_far_capital_do_not_widen_the_view():
    report = [place("Stockholm"), place("Rimbo"), place("Hodeidah", 4, 2), place("Salif"), place("Sanaa", 2)]
    assert names(*report) == ["Hodeidah", "Sanaa", "Salif"]
    west, south, east, north = opening_view([], report)
    assert 41 < west < 42.67
    assert 44.21 < east < 46
    assert 13 < south < 14.8
    assert 15.35 < north < 17


def test_the_capital_that_a_report_was_sent_from_does_not_widen_the_view():
    report = [place("Kyiv"), place("Chasiv Yar", 4, 2), place("Kramatorsk", 1, 1)]
    assert names(*report) == ["Chasiv Yar", "Kramatorsk"]
    west, south, east, north = opening_view([], report)
    assert east - west < 0.7
    assert north - south < 0.7


def test_a_war_all_over_a_country_is_seen_whole():
    report = [place("Port Sudan", 2, 1), place("Khartoum", 2, 2), place("El Fasher", 2, 1), place("El Obeid", 1, 1)]
    assert len(names(*report)) == 4


def test_a_place_in_doubt_counts_for_less_than_one_that_is_sure():
    assert names(place("Suva", 3, doubt=True), place("Salif")) == ["Salif"]


@pytest.mark.parametrize("count", [0, 1])
def test_few_places(count):
    assert len(opening_view([], [place("Suva")] * count)) == 4


def test_countries_alone_are_shown_where_nothing_smaller_is_named():
    west, _, east, _ = opening_view([], [place("Sanaa", kind="country"), place("Salif", kind="country")])
    assert west < 42.67
    assert east > 44.21
