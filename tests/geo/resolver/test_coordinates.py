"""Coordinates written in a text: every usual dress of a point, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from geo import language, resolver
from geo.article import from_text
from geo.crs import mgrs_square
from geo.resolver.coordinates import find_coordinates

POINT = (36.2083, 37.1583)


def points(text):
    article = from_text(text, id="t")
    return [r for segment in article.segments for r in find_coordinates(article, segment)]


@pytest.mark.parametrize(
    ("written", "lat", "lon", "within_km"),
    [
        ("36°12'30\"N 37°09'30\"E", *POINT, 0.1),
        ("36°12′30″N, 37°09′30″E", *POINT, 0.1),
        ("36° 12’ 30” N, 37° 9’ 30” E", *POINT, 0.1),
        ("37°09'30\"E, 36°12'30\"N", *POINT, 0.1),
        ("N36°12'30\" E37°09'30\"", *POINT, 0.1),
        ("36 12 30 N 37 09 30 E", *POINT, 0.1),
        ("361230N 0370930E", *POINT, 0.1),
        ("36°12.5'N 37°09.5'E", *POINT, 0.2),
        ("36°12'N, 37°10'E", 36.2, 37.1667, 2.0),
        ("36.2083, 37.1583", *POINT, 0.1),
        ("36.2083° N, 37.1583° E", *POINT, 0.1),
        ("36.21N, 37.16E", 36.21, 37.16, 1.0),
        ("N36.21 E37.16", 36.21, 37.16, 1.0),
        ("36.2 degrees north, 37.1 degrees east", 36.2, 37.1, 9.0),
        ("36.2° north and 37.1° east", 36.2, 37.1, 9.0),
        ("-12.3456, -77.1234", -12.3456, -77.1234, 0.1),
        ("12°30'S 77°15'W", -12.5, -77.25, 2.0),
        ("lat 36.2083, lon 37.1583", *POINT, 0.1),
        ("37SCV1234567890", 35.8373, 36.9223, 0.1),
        ("37S CV 12345 67890", 35.8373, 36.9223, 0.1),
        ("37S CV 1234 6789", 35.8373, 36.9223, 0.1),
    ],
)
def test_written_points(written, lat, lon, within_km):
    text = f"A drone crashed at {written} on Monday."
    (found,) = points(text)
    assert found.mention.text == written
    assert found.mention.kind == "coordinate"
    assert found.place.lat_deg == pytest.approx(lat, abs=0.001)
    assert found.place.lon_deg == pytest.approx(lon, abs=0.001)
    assert 0 < found.place.radius_km <= within_km
    assert "coordinates" in found.reasons[0]


@pytest.mark.parametrize(("text", "written"), [
    ("The coordinates 36.2, 37.1 were given.", "36.2, 37.1"),
    ("Coordinates: 36.20 37.13.", "36.20 37.13"),
])  # fmt: skip
def test_a_word_before_them_makes_points_of_coarse_numbers(text, written):
    assert [found.mention.text for found in points(text)] == [written]


@pytest.mark.parametrize(
    "text",
    [
        "Scores were 1.234, 5.678 and rose 3.5, 4.5 more.",
        "He ran 12.345, 23.456 steps, version 3.12.145, 3.14.122.",
        "The values 200.1234, 300.4567 lie nowhere.",
        "They live at 30 W 40 S Street, 3 N 5 E.",
        "Units 12 CAB 2018 and 4Q FY 2018 12 were named in 2018.",
        "It was at 95°N 200°E.",
    ],
)
def test_what_is_no_point(text):
    assert points(text) == []


def test_the_square_of_a_grid_reference_is_met_in_its_middle():
    lon, lat, side_km = mgrs_square("37SCV1267")
    fine = mgrs_square("37SCV1250067500")
    assert side_km == 1.0
    assert (lon, lat) == pytest.approx(fine[:2], abs=1e-4)
    assert mgrs_square("99SCV1267") is None


def test_points_stand_among_the_names_in_the_order_of_the_text(gazetteer):
    text = "Shells fell in Aleppo, then at 36.2083, 37.1583 in Syria."
    found = resolver.resolve(language.parse(from_text(text, id="t"), full=False), gazetteer)
    kinds = [each.mention.kind for each in found]
    starts = [each.mention.span.start for each in found]
    assert "coordinate" in kinds
    assert starts == sorted(starts)
    (point,) = [each for each in found if each.mention.kind == "coordinate"]
    assert point.place.country == "SY"


@pytest.mark.parametrize("unit", ["1 ", "12.345 ", "36°12'", "N ", "lat ", "coordinates 1", "37S CV "])
def test_tables_and_nonsense_are_read_in_time(unit):
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    assert len(points(text)) <= 300
    assert time.process_time() - start < 5
