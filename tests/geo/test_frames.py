"""Frames: one row a thing, degrees, and what is not known is missing."""

from __future__ import annotations

import pytest
import shapely

from geo import frames
from geo.errors import OutputError
from geo.types import Article, Fact, Membership, Mention, Place, PlaceLink, Published, Report, Resolution, Span, Zone

AREA = Zone("z", "Zone", "buffer_zone", shapely.box(36, 35, 37, 36), "assumption", parties=("A", "B"))
LINE = Zone("l", "Line", "contact_line", shapely.LineString([(36, 35), (37, 35)]), "reconstruction")
NOWHERE = Zone("n", "Nowhere", "area", None, "article")
IDLIB = Place("case:idlib", "Idlib", 36.63, 35.93, "PPLA", "SY")
MOREK = Place("case:morek", "Morek", 36.69, 35.37, "PPL", "SY", population=14307)
TEXT = "Idlib and Idlib again"
ARTICLE = Article("a", TEXT, (), None, None, Published(None, "unknown"))


def mention(start: int, place: Place | None) -> Resolution:
    return Resolution(Mention(Span("a", start, start + 5), "Idlib"), place, 0.9)


def fact(name: str, *places: str) -> Fact:
    links = tuple(PlaceLink(place) for place in places)
    return Fact(name, "STATE", None, (), "It is so", Span("a", 0, 5), "established", negated=True, places=links)


REPORT = Report(
    (ARTICLE,),
    (mention(0, IDLIB), mention(10, IDLIB), mention(15, None)),
    (fact("f1", "case:morek"), fact("f2")),
    zones=(AREA, LINE, NOWHERE),
    places=(MOREK, IDLIB),
    memberships=(Membership("case:morek", "z", "in doubt", 0.3, "about 30 %", "as drawn"),),
)


def test_zones_have_their_measures_in_kilometres():
    frame = frames.zones_frame(REPORT.zones)
    assert tuple(frame.columns) == (*frames.ZONE_COLUMNS, "geometry")
    assert frame.crs == "EPSG:4326"
    assert frame.area_km2.tolist()[0] == pytest.approx(10_090, rel=0.01)
    assert frame.length_km.tolist()[1] == pytest.approx(91.3, rel=0.01)
    assert frame.geometry.isna().tolist() == [False, False, True]
    assert frame.parties[0] == "A; B"


def test_places_are_listed_once_with_their_mentions_and_memberships():
    frame = frames.places_frame(REPORT).set_index("id")
    assert frame.mentions.to_dict() == {"case:idlib": 2, "case:morek": 0}
    assert frame.in_z["case:morek"] == 0.3
    assert frame.in_z.isna()["case:idlib"]
    assert frame.membership["case:morek"] == "z: in doubt (about 30 %), as drawn"
    assert (frame.geometry["case:morek"].x, frame.geometry["case:morek"].y) == (36.69, 35.37)


def test_a_fact_without_a_place_has_no_point():
    frame = frames.facts_frame(REPORT)
    assert frame.geometry.isna().tolist() == [False, True]
    assert frame[["id", "negated", "quote"]].to_numpy().tolist() == [["f1", True, "Idlib"], ["f2", True, "Idlib"]]


def test_an_empty_report_gives_empty_frames_with_all_columns(tmp_path):
    empty = Report((), (), ())
    assert [len(f) for f in (frames.zones_frame(()), frames.places_frame(empty), frames.facts_frame(empty))] == [
        0,
        0,
        0,
    ]
    assert tuple(frames.places_frame(empty).columns) == (*frames.PLACE_COLUMNS, "geometry")
    with pytest.raises(OutputError, match="nothing to write"):
        frames.write_geopackage(tmp_path / "none.gpkg", {"places": frames.places_frame(empty)})
