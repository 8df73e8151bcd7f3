"""Exports: other programs read them, and hostile text stays text."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import OutputError, UsageError
from geo.types import (
    Article,
    DateRange,
    Fact,
    Mention,
    Place,
    PlaceLink,
    Published,
    Report,
    Resolution,
    Span,
    Zone,
)
from geo.zones import check_bytes
from layers.export import ZONE_TAGS, export, kml

KML = {"k": "http://www.opengis.net/kml/2.2"}
HOSTILE = '=HYPERLINK("x")<script>alert(1)</script>&\x00\x1b"\'\n${x}'


def report(name: str = "Zone") -> Report:
    text = f"{name} stands"
    hole = shapely.box(36, 35, 37, 36).difference(shapely.box(36.4, 35.4, 36.6, 35.6))
    zones = (
        Zone(
            "z", name, "buffer_zone", hole, "agreement", valid="2018-09-17/2018-10", note=name, properties={"x": name}
        ),
        Zone("m", name, "area", shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]), "article"),
        Zone("l", name, "contact_line", shapely.LineString([(36, 35), (37, 36)]), "reconstruction", valid="2018/.."),
        Zone("p", name, "observation_post", shapely.Point(36.5, 35.5), "reconstruction"),
        Zone("n", name, "observation_post", None, "reconstruction", properties={"count": 3}),
    )
    place = Place("case:x", name, 36.6, 35.9, "PPL", "SY")
    span = Span("a", 0, len(text))
    when = DateRange(span, "x", "DATE", "2018-10-15", None, "2018-10-15")
    facts = (
        Fact("f", "STATE", None, (), name, span, "planned", negated=False, when=when, places=(PlaceLink("case:x"),)),
        Fact("g", "STATE", None, (), name, span, "planned", negated=False),
    )
    article = Article("a", text, (), name, None, Published(None, "unknown"))
    return Report((article,), (Resolution(Mention(span, name), place, 0.5),), facts, zones=zones)


def rows(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_geojson_passes_our_own_check(tmp_path):
    (path,) = export(report(), tmp_path / "r.geojson", "geojson")
    assert {problem.code for problem in check_bytes(path.read_bytes(), mode="geojson")} <= {"no-geometry"}
    layers = [feature["properties"]["layer"] for feature in json.loads(path.read_bytes())["features"]]
    assert layers == ["zones"] * 5 + ["places"] + ["facts"] * 2


def test_csv_has_hxl_tags_and_no_formulas(tmp_path):
    facts, places, zones = export(report(HOSTILE), tmp_path / "r.csv", "csv")
    assert [path.name for path in (facts, places, zones)] == ["r.csv", "r-places.csv", "r-zones.csv"]
    tags, first, *_ = rows(zones)
    assert {key: tags[key] for key in ZONE_TAGS} == dict(ZONE_TAGS)
    assert first["name"].startswith("'=HYPERLINK")
    assert rows(places)[1]["lon_deg"] == "36.6"
    for path in (facts, places, zones):
        cells = [cell for row in rows(path)[1:] for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_kml_has_folders_dates_and_escaped_balloons():
    root = ET.fromstring(kml(report(HOSTILE)))  # noqa: S314  our own bytes
    assert [each.text for each in root.findall(".//k:Folder/k:name", KML)] == ["Zones", "Places", "Facts"]
    zone, many, *_ = root.findall(".//k:Placemark", KML)
    assert [zone.findtext(f"k:TimeSpan/k:{name}", None, KML) for name in ("begin", "end")] == [
        "2018-09-17",
        "2018-10-31",
    ]
    assert len(zone.findall(".//k:innerBoundaryIs", KML)) == 1
    assert len(many.findall("k:MultiGeometry/k:Polygon", KML)) == 2
    assert all("<script" not in (each.text or "") for each in root.findall(".//k:description", KML))
    assert "\x1b" not in ET.tostring(root, encoding="unicode")


def test_every_format_is_written_twice_alike(tmp_path):
    for form in ("geojson", "kml", "csv", "json"):
        first, second = (export(report(), tmp_path / f"{k}.{form}", form)[0].read_bytes() for k in "ab")
        assert first == second


def test_an_unknown_format_and_a_missing_folder_are_one_clear_line(tmp_path):
    with pytest.raises(UsageError, match=r"no format 'shp'\. One of geojson"):
        export(report(), tmp_path / "r.shp", "shp")
    for form in ("geojson", "kml", "gpkg", "csv", "json"):
        with pytest.raises(OutputError, match="can't be written"):
            export(report(), tmp_path / "none" / "r", form)


@given(st.text(max_size=40))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_exported(tmp_path, name):
    made = report(name)
    ET.fromstring(kml(made))  # noqa: S314  our own bytes
    export(made, tmp_path / "r.csv", "csv")
    assert len(rows(tmp_path / "r-zones.csv")) == 6


@pytest.fixture
def ogrinfo():
    """Return a reader of GDAL's view of a file; skipped in one line where gdal-bin is missing, but never in CI."""
    if shutil.which("ogrinfo") is None:
        if os.environ.get("CI"):
            pytest.fail("ogrinfo is missing: apt-get install gdal-bin")
        pytest.skip("ogrinfo is missing (apt-get install gdal-bin): nothing shows that GDAL and QGIS open our exports")

    def read(path) -> str:
        run = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=True)
        assert "ERROR" not in run.stderr, run.stderr
        return run.stdout

    return read


@pytest.mark.parametrize(
    ("form", "layers"),
    [
        ("geojson", {"r": 8}),
        ("kml", {"Zones": 5, "Places": 1, "Facts": 2}),
        ("gpkg", {"zone areas": 2, "zone lines": 1, "zone points": 2, "places": 1, "facts": 2}),
    ],
)
def test_gdal_opens_what_we_write(tmp_path, ogrinfo, form, layers):
    (path,) = export(report(HOSTILE), tmp_path / f"r.{form}", form)
    told = ogrinfo(path)
    names = [line.partition(": ")[2] for line in told.splitlines() if line.startswith("Layer name: ")]
    counts = [int(line.partition(": ")[2]) for line in told.splitlines() if line.startswith("Feature Count: ")]
    assert dict(zip(names, counts, strict=True)) == layers
