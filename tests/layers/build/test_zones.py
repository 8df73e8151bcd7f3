from __future__ import annotations

import re

import pytest
import shapely

import geo
from geo import crs
from geo.types import Report, SourceRef, Zone
from layers.build.zones import outline, validity, zone_docs


@pytest.mark.parametrize(
    ("edtf", "start", "end", "kinds"),
    [
        ("2018-09-17/2019-03-07", "2018-09-17", "2019-03-07", ("day", "day")),
        ("2018-09-17/..", "2018-09-17", None, ("day", "open")),
        ("../2018-10-15", None, "2018-10-15", ("open", "day")),
        ("2018-09/", "2018-09-01", None, ("day", "unknown")),
        ("2016/2018-02", "2016-01-01", "2018-02-28", ("day", "day")),
        ("1953-07-27~", "1953-07-27", "1953-07-27", ("day", "day")),
    ],
)
def test_validity_keeps_open_and_unknown_ends_apart(edtf, start, end, kinds):
    found = validity(edtf)
    assert (found["start"], found["end"]) == (start, end)
    assert (found["start_kind"], found["end_kind"]) == kinds


def test_no_validity_is_none():
    assert validity(None) is None


LINE = shapely.LineString([(36.0, 36.0), (36.2, 36.0), (36.4, 36.1)])


def docs(*zones, borrowed=False):
    return zone_docs(Report((), (), (), zones=zones, borrowed_zones=borrowed), [])


def test_the_band_of_a_line_is_as_wide_as_its_uncertainty():
    (doc,) = docs(
        Zone("l", "Line", "contact_line", LINE, "reconstruction", uncertainty_km=4, vertex_uncertainty_km=(1, 2, 4))
    )
    band = shapely.geometry.shape(doc["band"])
    west, _, east, _ = band.bounds
    assert crs.distance_km(west, 36.0, 36.0, 36.0) == pytest.approx(1, abs=0.1)
    assert crs.distance_km(36.4, 36.1, east, 36.1) == pytest.approx(4, abs=0.2)


def test_a_zone_that_is_counted_but_not_located_is_listed_and_not_drawn():
    (doc,) = docs(Zone("n", "Seven posts", "observation_post", None, "reconstruction"))
    assert doc["geometry"] is None
    assert doc["shown"] is False


def test_a_borrowed_zone_says_that_no_article_speaks_of_it():
    zone = Zone("z", "Zone", "buffer_zone", LINE.buffer(0.1), "agreement")
    assert docs(zone)[0]["in_article"] is True
    assert docs(zone, borrowed=True)[0]["in_article"] is False


def test_a_variant_is_off_at_first():
    zone = Zone("v", "Both sides", "buffer_zone", LINE.buffer(0.1), "agreement", variant_of="z")
    assert docs(zone)[0]["shown"] is False


def test_a_source_is_linked_only_to_the_web():
    sources = (SourceRef("Good", "https://example.org"), SourceRef("Bad", "javascript:alert(1)"))
    found = docs(Zone("z", "Z", "buffer_zone", None, "agreement", sources=sources))[0]["sources"]
    assert [each["url"] for each in found] == ["https://example.org", None]


def test_an_outline_is_fine_where_one_looks_and_coarse_elsewhere() -> None:
    teeth = [(x / 100, (x % 2) * 0.008) for x in range(1001)]
    comb = shapely.Polygon([*teeth, (10, -5), (0, -5)])
    coarse = outline(comb)
    near = outline(comb, near=(4.0, -1.0, 5.0, 0.0))
    assert coarse is not None
    assert near is not None
    along = shapely.get_coordinates(near)[:, 0]
    assert near.is_valid
    assert ((along > 3.5) & (along < 5.5)).sum() > 150
    assert ((along < 3.4) | (along > 5.6)).sum() < 20
    assert len(shapely.get_coordinates(coarse)) < 20


def test_figures_name_provinces_and_show_no_code():
    case = geo.open_case("cyprus-1974")
    found = zone_docs(geo.read(case.articles, case), [])
    labels = [label for doc in found for label, _ in doc["figures"]]
    assert "In Nicosia" in labels
    assert not [label for label in labels if re.search(r"[A-Z]{2}\.\w+", label)]
