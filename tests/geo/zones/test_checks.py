"""Checks: which findings a file has, where, and that nothing it holds can crash or stall them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.types import Theatre
from geo.zones import check_bytes, check_file, parse
from geo.zones.rules import MAX_FINDINGS, as_record, fixed
from geo.zones.rules.schema import _OWN_RULES, property_faults
from geo.zones.vocabulary import json_schema

SUITE = Path(__file__).parents[4] / "shared" / "bench" / "geojson"
IDLIB = Theatre(("SY",), (35.5, 34.9, 37.6, 36.8))
SQUARE = "[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]"
HOLE = "[[36.2, 35.2], [36.2, 35.4], [36.4, 35.4], [36.4, 35.2], [36.2, 35.2]]"


def findings(text: str | bytes, **how) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    problems = check_bytes(data, "z", **{"mode": "geojson"} | how)
    return [f"{p.severity[0].upper()} {p.where.line}:{p.where.column} {p.code}" for p in problems]


def polygon(*rings: str) -> str:
    return f'{{"type": "Polygon",\n "coordinates": [{", ".join(rings)}]}}'


def feature(geometry: str, **members) -> str:
    rest = "".join(f', "{key}": {json.dumps(value)}' for key, value in members.items())
    return f'{{"type": "Feature", "properties": {{}}, "geometry": {geometry}{rest}}}'


def collection(*features: str, more: str = "") -> str:
    return '{"type": "FeatureCollection", ' + more + '"features": [\n' + ",\n".join(features) + "]}"


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Point", "coordinates": [36, 35]}',
        '{"type": "Point", "coordinates": [36.5, 35, 420.5]}',
        '{"type": "Point", "coordinates": [-180, 90]}',
        '{"type": "Point", "coordinates": [3.6e1, 35], "colour": "red"}',
        '{"type": "MultiPoint", "coordinates": [[36, 35]]}',
        '{"type": "GeometryCollection", "geometries": []}',
        '{"type": "LineString", "coordinates": [[36, 35], [37, 36], [36, 35]]}',
        '{"type": "LineString", "coordinates": [[36, 35], [37, 36], [37, 35], [36, 36]]}',
        polygon(SQUARE),
        polygon(SQUARE, HOLE),
        feature(polygon(SQUARE), id=0),
        feature("null", id="somewhere"),
        collection(),
        collection(feature(polygon(SQUARE), id=1), feature(polygon(SQUARE), id="1")),
        polygon("[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]"),
        collection(feature(polygon(SQUARE)), more='"bbox": [36, 35, 37, 36], "name": "x", '),
        '{"type": "Feature", "properties": null, "geometry": null}',
        '{"type": "Feature", "properties": {"text": "\\ud83d\\ude00 \\\\ud800"}, "geometry": null}',
    ],
)
def test_sound_files_have_no_finding(text):
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]", "1:1 not-an-object"),
        ('{"type": "Polygon"}', "1:1 missing-coordinates"),
        ('{"type": "point", "coordinates": [1, 2]}', "1:10 unknown-type"),
        ('{"type": "Point", "coordinates": [1]}', "1:34 short-position"),
        ('{"type": "Point", "coordinates": []}', "1:34 short-position"),
        ('{"type": "Point", "coordinates": [1, "2"]}', "1:38 bad-position"),
        ('{"type": "Point", "coordinates": [1, 2, 1e999]}', "1:34 not-finite"),
        ('{"type": "Point", "coordinates": [1, 90.5]}', "1:38 latitude-out-of-range"),
        ('{"type": "Point", "coordinates": [1e308, 2]}', "1:35 longitude-out-of-range"),
        ('{"type": "Point", "coordinates": [1, 2], "bbox": [1, 2]}', "1:50 bad-bbox"),
        ('{"type": "Point", "coordinates": [1, 2], "bbox": [1, 2, true, 3]}', "1:50 bad-bbox"),
        ('{"type": "Point", "coordinates": [1, 2], "properties": {}}', "1:42 forbidden-member"),
        ('{"type": "LineString", "coordinates": [[1, 2]]}', "1:39 short-line"),
        ('{"type": "LineString", "coordinates": []}', "1:39 short-line"),
        ('{"type": "LineString", "coordinates": {"0": 1}}', "1:39 bad-coordinates"),
        (polygon("[[1, 2], [3, 4], [1, 2]]"), "2:18 short-ring"),
        (polygon("[[1, 2], [3, 4], [5, 7], [1, 3]]"), "2:43 ring-not-closed"),
        (polygon("[[1, 2], [3, 4], [1, 2], [3, 4], [1, 2]]"), "2:18 ring-is-a-line"),
        ('{"type": "GeometryCollection"}', "1:1 bad-geometries"),
        ('{"type": "Feature", "geometry": null}', "1:1 missing-properties"),
        ('{"type": "Feature", "properties": {}}', "1:1 missing-geometry"),
        (feature("[]"), "1:51 bad-geometry"),
        (feature("null", id=None), "1:63 bad-id"),
        (feature("null", id=True), "1:63 bad-id"),
        (collection("3"), "2:1 not-a-feature"),
        (collection('{"type": "Point", "coordinates": [1, 2]}'), "2:10 unknown-type"),
        ('{"type": "FeatureCollection", "features": {}}', "1:43 bad-features"),
        ('{"type": "Point", "coordinates": [1, 2], "x": {"a": 1, "b": [{"é": 1,\n "é": 2}]}}', "2:2 duplicate-key"),
        ('{"type": "Point", "coordinates": [4007501, 4163881]}', "1:44 latitude-out-of-range"),
    ],
)
def test_what_the_rfc_forbids_is_an_error_at_its_place(text, expected):
    assert f"E {expected}" in findings(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"type": "Point", "coordinates": [1, 2, 3, 4]}', "1:34 extra-dimensions"),
        ('{"type": "Point", "coordinates": [190, 2]}', "1:35 longitude-out-of-range"),
        ('{"type": "Point", "coordinates": [1.12345678901, 2]}', "1:36 too-precise"),
        ('{"type": "Point", "coordinates": [1, 2], "bbox": [5, 5, 6, 6]}', "1:50 bbox-mismatch"),
        ('{"type": "Point", "coordinates": [1, 2], "bbox": [0, 6, 6, 0]}', "1:50 bbox-order"),
        ('{"type": "Point", "coordinates": [1, 2], "crs": {}}', "1:42 crs-member"),
        ('{"type": "MultiPoint", "coordinates": []}', "1:39 empty-coordinates"),
        ('{"type": "LineString", "coordinates": [[1, 2], [1, 2]]}', "1:39 zero-length"),
        ('{"type": "LineString", "coordinates": [[1, 2], [1, 2], [3, 4]]}', "1:48 duplicate-position"),
        ('{"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}', "1:39 mixed-dimensions"),
        ('{"type": "LineString", "coordinates": [[179, 2], [-179, 2]]}', "1:39 crosses-antimeridian"),
        ('{"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]]]}', "1:44 single-part"),
        (
            '{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}',
            "1:46 single-member-collection",
        ),
        (polygon("[[36, 35], [36, 36], [37, 36], [37, 35], [36, 35]]"), "2:18 winding"),
        (polygon(SQUARE, "[[36.2, 35.2], [36.4, 35.2], [36.4, 35.4], [36.2, 35.2]]"), "2:70 winding"),
        (polygon("[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]"), "2:19 self-crossing"),
        (polygon(SQUARE, "[[40, 40], [40, 41], [41, 41], [40, 40]]"), "2:71 hole-outside"),
        (polygon("[[36, 35], [37, 35], [38, 35], [36, 35]]"), "2:18 zero-area"),
        (polygon("[[1, 1], [1, 1], [1, 1], [1, 1]]"), "2:18 zero-area"),
        (polygon("[[36, 35], [37, 35], [37, 36], [37, 38], [37, 36], [36, 36], [36, 35]]"), "2:49 spike"),
        (polygon("[[36, 35], [37, 35], [37, 36], [36, 35.000001]]"), "2:49 ring-nearly-closed"),
        ("\ufeff" + polygon(SQUARE), "1:1 byte-order-mark"),
        (collection(feature("null")), "2:51 no-geometry"),
        (collection(feature(polygon(SQUARE), id=1), feature(polygon(SQUARE), id=1)), "5:78 duplicate-id"),
    ],
)
def test_what_is_doubtful_is_a_warning_at_its_place(text, expected):
    found = findings(text)
    code = expected.split()[1]
    assert (f"W {expected}" in found, any(line.startswith("E") for line in found)) == (True, False), (code, found)


def test_a_file_that_relies_on_its_crs_is_doubtful_but_tiles_of_the_web_are_refused():
    metres = polygon("[[797494, 5827326], [797578, 5827326], [797578, 5827438], [797494, 5827326]]")[:-1]
    for code, severity in ((32632, "W"), (3857, "E")):
        crs = f', "crs": {{"type": "name", "properties": {{"name": "urn:ogc:def:crs:EPSG::{code}"}}}}}}'
        assert {line[0] for line in findings(metres + crs) if "crs-member" not in line} == {severity}


def test_swapped_axes_are_seen_against_the_theatre_and_against_the_earlier_version():
    right = feature(polygon("[[36.2, 35.2], [37, 35.2], [37, 36.2], [36.2, 36.2], [36.2, 35.2]]"), id="z")
    swapped = feature(polygon("[[35.2, 36.2], [35.2, 37], [36.2, 37], [36.2, 36.2], [35.2, 36.2]]"), id="z")
    assert not any("swapped" in line for line in findings(swapped))
    assert any("swapped-axes" in line for line in findings(swapped, theatre=IDLIB))
    assert any("swapped-axes" in line for line in findings(swapped, previous=parse(right.encode())))
    assert findings(right, theatre=IDLIB, previous=parse(right.encode())) == []


def zone(geometry: str = polygon(SQUARE), zone_id: str = "z", **properties) -> str:
    good = {"name": "Z", "kind": "area", "basis": "assumption"}
    members = {key: value for key, value in {**good, **properties}.items() if value is not None}
    return f'{{"type": "Feature", "id": "{zone_id}",\n"properties": {json.dumps(members)},\n"geometry": {geometry}}}'


def witnessed(side: str, *at: float) -> str:
    """Return a line from south-west to north-east with a witness at each pair of numbers."""
    pairs = [at[i : i + 2] for i in range(0, len(at), 2)]
    return zone(
        '{"type": "LineString", "coordinates": [[36, 35], [37, 36]]}',
        "witnessed",
        kind="contact_line",
        sides={"left": "north", "right": "south"},
        witnesses=[{"name": "x", "at": pair, "side": side} for pair in pairs],
    )


LINE = zone(
    '{"type": "LineString", "coordinates": [[36, 35], [37, 36]]}',
    "line",
    kind="contact_line",
    sides={"left": "north", "right": "south"},
)


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ([zone()], []),
        ([zone(geometry="null", recipe={"base": {"point": [36, 35]}, "depth_km": 5})], []),
        ([zone(geometry="null", count=3)], []),
        ([zone(geometry="null")], ["W no-geometry"]),
        ([zone(kind=None)], ["E missing-kind"]),
        ([zone(kind="bufferzone")], ["E unknown-kind"]),
        ([zone(basis="rumour")], ["E unknown-basis"]),
        ([zone(status="agred")], ["E unknown-status"]),
        ([zone(name=None)], ["E missing-name"]),
        ([zone(basis="agreement")], ["W missing-source"]),
        ([zone(sources=[{"url": "https://example.org"}])], ["E bad-source"]),
        ([zone(sources=[{"title": "x", "url": "javascript:alert(1)"}])], ["E bad-source"]),
        ([zone(valid="2018-02-30")], ["E bad-date"]),
        ([zone(valid="2018-09-17/2018-01")], ["E bad-date"]),
        ([zone(valid="../2018-10-15")], []),
        ([zone(valid="2018-09~/..")], []),
        ([zone(phases=[{"name": "x", "valid": "October"}])], ["E bad-date"]),
        ([zone(uncertainty_km=-1)], ["E bad-property"]),
        ([zone(uncertainty_km=None)], []),
        ([zone(parties="Turkey")], ["E bad-property"]),
        ([zone(names={"ar": ""})], ["E bad-property"]),
        ([zone(sides={"left": "x", "up": "y"})], ["E bad-property"]),
        ([zone(patrols=[{"how": "on foot"}])], ["E bad-property"]),
        ([zone(count=0.5)], ["E bad-property"]),
        ([zone(shown="no")], ["E bad-property"]),
        ([zone(label="x" * 41)], ["E bad-property"]),
        ([zone(established="2018-13")], ["E bad-date"]),
        ([zone().replace('"z"', "7")], ["E bad-id"]),
        ([zone(colour="red")], ["W unknown-property"]),
        ([zone(variant_of="y")], ["E unknown-zone"]),
        ([zone(variant_of="z")], ["E circular-variant"]),
        ([zone(variant_of="y"), zone(zone_id="y", variant_of="z")], ["E circular-variant", "E circular-variant"]),
        ([zone(), zone()], ["E duplicate-id"]),
        ([zone().replace('"id": "z",', "")], ["E missing-id"]),
        ([zone(polygon("[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]"))], ["E self-crossing"]),
        ([zone(polygon("[[36, 35], [37, 35], [37, 35.0000001], [36, 35.0000001], [36, 35]]"))], ["W sliver"]),
        ([zone(kind="road")], ["W unlikely-geometry"]),
        ([zone(name="x" * 121)], ["W long-name"]),
        ([witnessed("south", 36.5, 35.2), LINE], []),
        ([witnessed("north", 36.5, 35.2)], ["W wrong-side"]),
        ([witnessed("north", 36.5, 35.2, 36.6, 35.3)], ["W sides-turned"]),
        ([witnessed("west", 36.5, 35.2)], ["E unknown-side"]),
        ([witnessed("north", 36.5, 35.5)], []),
        ([witnessed("north", 36.5)], ["E bad-property"]),
        ([LINE.replace("37, 36", "37, 36], [37, 35], [36, 36")], ["W line-crosses-itself"]),
        (
            [
                zone(geometry="null", recipe={"base": {"zone": "line"}, "depth_km": 5}),
                LINE.replace("37, 36", "37, 36], [37, 35], [36, 36"),
            ],
            ["E line-crosses-itself"],
        ),
        ([LINE.replace('"name"', '"vertex_uncertainty_km": [1], "name"')], ["E vertex-count"]),
        ([zone(geometry="null", recipe={"base": {"zone": "lime"}, "depth_km": 5}), LINE], ["E unknown-zone"]),
        (
            [zone(geometry="null", recipe={"base": {"zone": "line"}, "side": "nort", "depth_km": 5}), LINE],
            ["E unknown-side"],
        ),
        ([zone(geometry="null", recipe={"base": {"zone": "line"}, "depth_km": [9, 5]}), LINE], ["E bad-recipe"]),
        ([zone(geometry="null", recipe={"base": {"area": "z"}})], ["E circular-recipe"]),
        ([zone(recipe={"base": {"zone": "line"}, "depth_km": 5}), LINE], []),
        (
            [zone(polygon(SQUARE.replace("36", "41").replace("37", "42")), recipe={"base": {"zone": "line"}}), LINE],
            ["W off-base-line"],
        ),
        ([zone(kind="separation_area"), zone(kind="separation_area", zone_id="y")], ["W overlap"]),
        ([zone(kind="separation_area"), zone(kind="separation_area", zone_id="y", variant_of="z")], []),
        (
            [zone(kind="separation_area", valid="../2018"), zone(kind="separation_area", zone_id="y", valid="2019/..")],
            [],
        ),
    ],
)
def test_the_rules_for_zones(features, expected):
    found = findings(collection(*features), mode="zones")
    assert [f"{line.split()[0]} {line.split()[2]}" for line in found] == expected


def test_a_line_turned_round_without_its_sides_is_noticed_and_mended():
    old = collection(witnessed("north", 36.2, 35.8, 36.4, 35.9))
    turned = old.replace("[[36, 35], [37, 36]]", "[[37, 36], [36, 35]]")
    (problem,) = check_bytes(turned.encode())
    assert (problem.code, problem.severity) == ("sides-turned", "warning")
    mended = fixed(turned.encode())
    assert b'"left": "south", "right": "north"' in mended
    assert check_bytes(mended) == ()
    numbered = turned.replace('"name": "Z"', '"vertex_uncertainty_km": [1, 2], "name": "Z"')
    assert [problem.fix for problem in check_bytes(numbered.encode())] == [None]
    assert check_bytes(old.encode(), previous=parse(turned.encode()))[0].code == "sides-turned"


def test_without_witnesses_the_earlier_version_tells_that_a_line_was_turned_round():
    turned = LINE.replace("[[36, 35], [37, 36]]", "[[37, 36], [36, 35]]")
    before = parse(collection(LINE).encode())
    assert [p.code for p in check_bytes(collection(turned).encode(), previous=before)] == ["sides-turned"]
    both = turned.replace('"left": "north", "right": "south"', '"left": "south", "right": "north"')
    assert check_bytes(collection(both).encode(), previous=before) == ()
    assert check_bytes(collection(turned).encode()) == ()


def test_a_near_miss_is_named():
    problem = check_bytes(collection(zone(kind="buffer_zon")).encode())[0]
    assert 'Did you mean "buffer_zone"?' in problem.hint
    assert problem.fix == {"path": ["features", 0, "properties", "kind"], "value": "buffer_zone"}


def test_the_record_of_a_problem_has_the_published_members():
    record = as_record(check_bytes(collection(zone(kind="x")).encode(), "z.geojson")[0])
    assert list(record) == ["severity", "code", "file", "line", "column", "feature", "message", "hint", "fix"]
    assert (record["file"], record["line"], record["feature"]) == ("z.geojson", 3, "z")
    json.dumps(record)


def test_a_thousand_findings_are_cut_short_and_counted():
    text = collection(*[feature(polygon(SQUARE), id=1)] * (MAX_FINDINGS + 50), "3")
    problems = check_bytes(text.encode(), mode="geojson")
    assert len(problems) == MAX_FINDINGS + 1
    assert (problems[-1].code, problems[-1].message) == ("more", "50 more findings")
    assert any(problem.severity == "error" for problem in problems)


def test_a_file_that_is_too_big_is_refused_unread(tmp_path):
    path = tmp_path / "big.geojson"
    with path.open("wb") as stream:
        stream.truncate(10**9)
    assert [problem.code for problem in check_file(path)] == ["too-big"]
    with pytest.raises(InputError):
        check_file(tmp_path / "none.geojson")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
NUMBER = st.floats(-200, 200) | st.integers(-2, 2)
POSITIONS = st.lists(st.lists(NUMBER, min_size=2, max_size=3), max_size=8)
COORDINATES = JSON | POSITIONS | st.lists(POSITIONS, max_size=3) | st.lists(st.lists(POSITIONS, max_size=2), max_size=2)
TYPES = ["Point", "LineString", "Polygon", "MultiPolygon", "MultiLineString", "MultiPoint", "GeometryCollection", "x"]
GEOMETRY = st.fixed_dictionaries({"type": st.sampled_from(TYPES)}, optional={"coordinates": COORDINATES, "bbox": JSON})
PROPERTIES = st.dictionaries(
    st.sampled_from(
        ["name", "kind", "basis", "valid", "sources", "recipe", "parties", "phases", "vertex_uncertainty_km"]
    ),
    JSON | st.just({"base": {"zone": "a"}}) | st.sampled_from(["contact_line", "assumption", "2018/.."]),
)
FEATURE = st.fixed_dictionaries(
    {"type": st.just("Feature")},
    optional={"id": JSON | st.just("a"), "properties": PROPERTIES | JSON, "geometry": GEOMETRY | JSON, "bbox": JSON},
)
DOCUMENT = st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(FEATURE | JSON, max_size=3)}
)


@given(DOCUMENT | FEATURE | GEOMETRY | JSON, st.sampled_from(["geojson", "zones"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_document_crashes_a_check(document, mode):
    data = json.dumps(document).encode()
    problems = check_bytes(data, mode=mode, theatre=IDLIB)
    assert all(problem.code and problem.message and problem.where.line == 1 for problem in problems)
    if not any(problem.severity == "error" for problem in problems):
        again = parse(data)
        assert again.updated(again.zones).data == data


SCHEMAS = json_schema()["$defs"]["properties"]["properties"]
JUDGED = sorted(key for key, schema in SCHEMAS.items() if "$ref" not in schema and key not in _OWN_RULES)
TEXTS = st.text(max_size=45)
LIKELY = st.lists(
    TEXTS
    | st.fixed_dictionaries({}, optional={k: TEXTS | st.integers() for k in ("who", "what", "unit", "value", "left")})
)


@given(
    st.sampled_from(JUDGED), JSON | LIKELY | TEXTS | st.dictionaries(st.sampled_from(["left", "right", "ar"]), TEXTS)
)
@settings(deadline=None)
def test_the_check_and_the_published_schema_agree(key, value):
    expected = jsonschema.Draft202012Validator({"$defs": json_schema()["$defs"], **SCHEMAS[key]}).is_valid(value)
    dates = (
        key == "phases"
        and isinstance(value, list)
        and any(isinstance(each, dict) and "valid" in each for each in value)
    )
    assert dates or (not list(property_faults({key: value}))) == expected


@given(st.binary(max_size=60), st.integers(0, 60))
@settings(deadline=None)
def test_no_bytes_crash_a_check(noise, at):
    data = polygon(SQUARE).encode()
    check_bytes(data[:at] + noise + data[at:], mode="geojson")
    check_bytes(noise)


def manifest():
    path = SUITE / "manifest.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


@pytest.mark.skipif(not SUITE.is_dir(), reason="the suite of GeoJSON files is not beside this checkout")
@pytest.mark.parametrize("entry", manifest(), ids=lambda entry: entry["file"])
def test_the_suite_of_other_validators(entry):
    theatre = IDLIB if "swapped-axes" in entry["file"] else None
    problems = check_file(SUITE / entry["file"], mode="geojson", theatre=theatre)
    severities = {problem.severity for problem in problems}
    verdict = "invalid" if "error" in severities else "warn" if severities else "valid"
    assert verdict == entry["expected"], [str(problem) for problem in problems]
