"""Figures: areas, lengths and distances, each with its accuracy."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from geo.crs import area_km2
from geo.types import Place, Zone
from geo.zones.figures import Distance, distance_to_border, distance_to_line, figures, uncertainty_band

LINE = Zone(
    "line", "line", "contact_line", shapely.LineString([(36, 35), (37, 35)]), "reconstruction",
    uncertainty_km=4, vertex_uncertainty_km=(1, 4),
)  # fmt: skip
BOX = Zone("box", "box", "buffer_zone", shapely.box(36.8, 35, 37.2, 35.2), "agreement")


def place(lon, lat, radius_km=1.0):
    return Place("p", "p", lon, lat, "PPL", "SY", radius_km=radius_km)


def test_an_area_is_measured_and_shared_out(land):
    found = figures(BOX, [place(37, 35.1), place(36, 35)], boundaries=land, admin1=["SY.12", "SY.09", "SY.99"])
    assert found.area_km2 == pytest.approx(area_km2(BOX.geometry))
    assert found.length_km is None
    assert dict(found.share_by_admin1) == pytest.approx({"SY.12": 0.5, "SY.09": 0.5}, abs=1e-6)
    assert found.places_within == ("p",)


def test_parts_are_measured():
    parts = (("core", shapely.box(36.8, 35, 37, 35.2)), ("margin", shapely.box(37, 35, 37.2, 35.2)))
    found = figures(replace(BOX, parts=parts))
    assert sum(area for _, area in found.parts_km2) == pytest.approx(found.area_km2)


def test_a_line_is_measured_and_a_point_is_not():
    assert figures(LINE).length_km == pytest.approx(91.29, abs=0.05)
    assert figures(LINE).area_km2 is None
    nothing = figures(replace(LINE, geometry=shapely.Point(36, 35)))
    assert (nothing.area_km2, nothing.length_km) == (None, None)
    assert figures(replace(LINE, geometry=None)).area_km2 is None


def test_distance_to_a_line_is_as_exact_as_the_line_is_there():
    west, east = distance_to_line(place(36, 35.1), LINE), distance_to_line(place(37, 35.1), LINE)
    assert west.km == pytest.approx(11.1, abs=0.05)
    assert (west.accuracy_km, east.accuracy_km) == pytest.approx((2**0.5, 17**0.5))
    with pytest.raises(ValueError, match="no geometry"):
        distance_to_line(place(36, 35), replace(LINE, geometry=None))


def test_distance_to_a_border_is_never_finer_than_the_border(land):
    found = distance_to_border(place(36.5, 36.8, radius_km=0), "SY", land)
    assert found.km == pytest.approx(22.2, abs=0.1)
    assert found.accuracy_km == 3
    assert str(found) == "about 20 km (± 3 km)"
    with pytest.raises(ValueError, match="'XX'"):
        distance_to_border(place(36.5, 36.8), "XX", land)


@pytest.mark.parametrize(
    ("km", "accuracy_km", "words"),
    [
        (19.03, 1, "about 19 km (± 1 km)"),
        (19.03, 1.5, "about 20 km (± 1.5 km)"),
        (2, 3, "less than 5 km"),
        (27.1, 3, "about 25 km (± 3 km)"),
    ],
)
def test_distances_claim_no_more_than_is_known(km, accuracy_km, words):
    assert str(Distance(km, accuracy_km)) == words


def test_the_band_of_a_line_is_as_wide_as_its_doubt():
    band = uncertainty_band(LINE)
    assert band.contains(shapely.Point(37, 35 + 3.9 / 111))
    assert not band.contains(shapely.Point(36, 35 + 1.1 / 111))
    assert band.contains(LINE.geometry)
    assert uncertainty_band(replace(LINE, uncertainty_km=None)) is None
    assert uncertainty_band(BOX) is None
    even = uncertainty_band(replace(LINE, vertex_uncertainty_km=()))
    assert even.contains(shapely.Point(36, 35 + 3.9 / 111))
