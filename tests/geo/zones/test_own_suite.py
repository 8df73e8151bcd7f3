"""Our own files of the kinds that other validators' suites hold: what the RFC forbids, doubts, and lets pass."""

from __future__ import annotations

import pytest

from geo.zones import check_bytes

SQUARE = "[[36,35],[37,35],[37,36],[36,36],[36,35]]"
HOLE = "[[36.2,35.2],[36.2,35.4],[36.4,35.4],[36.4,35.2],[36.2,35.2]]"
POINT = '{"type":"Point","coordinates":[36,35]}'


def shape(kind: str, coordinates: str, more: str = "") -> str:
    return f'{{"type":"{kind}","coordinates":{coordinates}{more}}}'


def feature(geometry: str = POINT, properties: str = "{}", more: str = "") -> str:
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}{more}}}'


def collection(*features: str, more: str = "") -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]{more}}}'


def crs(name: str) -> str:
    return f',"crs":{{"type":"name","properties":{{"name":"{name}"}}}}'


INVALID = {
    "null at the root": "null",
    "a number at the root": "36",
    "an array of features": f"[{feature()}]",
    "an empty object": "{}",
    "type null": '{"type":null,"coordinates":[36,35]}',
    "type a number": '{"type":1,"coordinates":[36,35]}',
    "type an array": '{"type":["Point"],"coordinates":[36,35]}',
    "type in capitals": '{"type":"POINT","coordinates":[36,35]}',
    "a plural type": '{"type":"Points","coordinates":[36,35]}',
    "a TopoJSON file": '{"type":"Topology","objects":{},"arcs":[]}',
    "an Esri JSON file": '{"geometryType":"esriGeometryPoint","features":[]}',
    "coordinates null": shape("Point", "null"),
    "coordinates an object": shape("Point", '{"lon":36,"lat":35}'),
    "coordinates a string": shape("Point", '"36,35"'),
    "a position of one": shape("Point", "[36]"),
    "an empty position": shape("MultiPoint", "[[]]"),
    "a position with null": shape("LineString", "[[36,35],[null,36]]"),
    "a position with text": shape("LineString", '[[36,35],["37",36]]'),
    "a position with true": shape("MultiPoint", "[[true,36]]"),
    "a position with an object": shape("LineString", '[[36,35],{"x":37,"y":36}]'),
    "a height of text": shape("Point", '[36,35,"400 m"]'),
    "a height of null": shape("Point", "[36,35,null]"),
    "a point nested too deep": shape("Point", "[[36,35]]"),
    "a line nested too little": shape("LineString", "[36,35,37,36]"),
    "a line nested too deep": shape("LineString", "[[[36,35],[37,36]]]"),
    "a multiline nested too little": shape("MultiLineString", "[[36,35],[37,36]]"),
    "a polygon nested too little": shape("Polygon", SQUARE),
    "a polygon nested too deep": shape("Polygon", f"[[{SQUARE}]]"),
    "a multipolygon nested too deep": shape("MultiPolygon", f"[[[{SQUARE}]]]"),
    "a line of one position": shape("LineString", "[[36,35]]"),
    "a ring of three": shape("Polygon", "[[[36,35],[37,35],[36,35]]]"),
    "a ring left open": shape("Polygon", "[[[36,35],[37,35],[37,36],[36,36]]]"),
    "a hole left open": shape("Polygon", f"[{SQUARE},[[36.2,35.2],[36.2,35.4],[36.4,35.4],[36.4,35.2]]]"),
    "an empty ring": shape("Polygon", "[[]]"),
    "a ring that closes in its heights only": shape("Polygon", "[[[36,35,1],[37,35,1],[37,36,1],[36,36,1],[36,35,2]]]"),
    "a second part left open": shape("MultiPolygon", f"[[{SQUARE}],[[[38,35],[39,35],[39,36],[38,36]]]]"),
    "geometries missing": '{"type":"GeometryCollection"}',
    "geometries an object": f'{{"type":"GeometryCollection","geometries":{POINT}}}',
    "geometries with null": f'{{"type":"GeometryCollection","geometries":[{POINT},null]}}',
    "geometries with a feature": f'{{"type":"GeometryCollection","geometries":[{POINT},{feature()}]}}',
    "a feature without geometry": '{"type":"Feature","properties":{}}',
    "a feature without properties": f'{{"type":"Feature","geometry":{POINT}}}',
    "a feature as the geometry": feature(feature()),
    "a geometry of text": feature('"Point"'),
    "a geometry without a type": feature('{"coordinates":[36,35]}'),
    "an empty geometry": feature("{}"),
    "properties a text": feature(properties='"name"'),
    "properties a list": feature(properties="[]"),
    "an id that is an object": feature(more=',"id":{}'),
    "an id that is a list": feature(more=',"id":["a"]'),
    "an id that is false": feature(more=',"id":false'),
    "features missing": '{"type":"FeatureCollection"}',
    "features null": '{"type":"FeatureCollection","features":null}',
    "features an object": f'{{"type":"FeatureCollection","features":{feature()}}}',
    "a geometry among features": collection(POINT),
    "null among features": collection("null"),
    "a collection among features": collection(collection()),
    "an array among features": collection("[]"),
    "a feature with coordinates": feature(more=',"coordinates":[36,35]'),
    "a collection with a geometry": collection(more=f',"geometry":{POINT}'),
    "a bbox of text": shape("Point", "[36,35]", ',"bbox":"36,35,36,35"'),
    "a bbox of null": shape("Point", "[36,35]", ',"bbox":null'),
    "a bbox of five": shape("Point", "[36,35]", ',"bbox":[36,35,36,35,0]'),
    "a bbox of pairs": shape("Point", "[36,35]", ',"bbox":[[36,35],[36,35]]'),
    "a bbox with null": feature(more=',"bbox":[36,35,null,35]'),
    "a latitude of 91": shape("Point", "[36,91]"),
    "a latitude of -90.1": shape("LineString", "[[36,35],[36,-90.1]]"),
    "metres": shape("Point", "[4007501.67,4163881.14]"),
    "infinity": shape("Point", "[Infinity,35]"),
    "minus infinity": shape("Point", "[36,-Infinity]"),
    "NaN in a property": feature(properties='{"x":NaN}'),
    "an overflowing exponent": shape("Point", "[36,1e400]"),
    "single quotes": POINT.replace('"', "'"),
    "no quotes": '{type:"Point",coordinates:[36,35]}',
    "a missing comma": '{"type":"Point" "coordinates":[36,35]}',
    "a doubled comma": shape("Point", "[36,,35]"),
    "a leading zero": shape("Point", "[036,35]"),
    "a leading plus": shape("Point", "[+36,35]"),
    "a bare point": shape("Point", "[36.,35]"),
    "a hexadecimal number": shape("Point", "[0x24,35]"),
    "a decimal comma": shape("Point", "[36,5,35,2]").replace("36,5,35,2", '"36,5","35,2"'),
    "degrees and minutes": shape("Point", '["36°30\'E","35°N"]'),
    "a block comment": "/* zones */" + POINT,
    "newline-delimited features": feature() + "\n" + feature(),
    "JavaScript before": "var zones = " + collection(),
    "JSONP around": f"callback({collection()});",
    "a semicolon after": collection() + ";",
    "a raw tab in a string": feature(properties='{"x":"a\tb"}'),
    "an unknown escape": feature(properties='{"x":"\\q"}'),
    "half a surrogate": feature(properties='{"x":"\\ud800"}'),
    "a doubled key": '{"type":"Point","type":"Point","coordinates":[36,35]}',
    "a doubled key in properties": feature(properties='{"x":1,"x":2}'),
    "cut off in a string": feature()[:24],
    "cut off in a number": POINT[:-4],
    "a stray bracket": POINT + "]",
    "XML": '<?xml version="1.0"?><kml/>',
    "WKT": "POINT (36 35)",
    "CSV": "lon,lat\n36,35\n",
    "two-position ring there and back": shape("Polygon", "[[[36,35],[37,36],[36,35],[37,36],[36,35]]]"),
}
DOUBTFUL = {
    "an outline clockwise": shape("Polygon", "[[[36,35],[36,36],[37,36],[37,35],[36,35]]]"),
    "a hole counterclockwise": shape(
        "Polygon", f"[{SQUARE},[[36.2,35.2],[36.4,35.2],[36.4,35.4],[36.2,35.4],[36.2,35.2]]]"
    ),
    "a second part clockwise": shape("MultiPolygon", f"[[{SQUARE}],[[[38,35],[38,36],[39,36],[39,35],[38,35]]]]"),
    "a figure of eight": shape("Polygon", "[[[36,35],[37,36],[37,35],[36,36],[36,35]]]"),
    "a small crossing": shape(
        "Polygon", "[[[36,35],[37,35],[37,35.5],[37.0001,35.5001],[37,35.5001],[37.0001,35.5],[37,36],[36,36],[36,35]]]"
    ),
    "a hole across the outline": shape(
        "Polygon", f"[{SQUARE},[[36.5,35.5],[36.5,36.5],[36.7,36.5],[36.7,35.5],[36.5,35.5]]]"
    ),
    "holes that overlap": shape(
        "Polygon", f"[{SQUARE},{HOLE},[[36.3,35.3],[36.3,35.5],[36.5,35.5],[36.5,35.3],[36.3,35.3]]]"
    ),
    "a hole twice": shape("Polygon", f"[{SQUARE},{HOLE},{HOLE}]"),
    "parts that overlap": shape(
        "MultiPolygon", f"[[{SQUARE}],[[[36.5,35.5],[37.5,35.5],[37.5,36.5],[36.5,36.5],[36.5,35.5]]]]"
    ),
    "a part inside a part": shape(
        "MultiPolygon", f"[[{SQUARE}],[[[36.2,35.2],[36.4,35.2],[36.4,35.4],[36.2,35.4],[36.2,35.2]]]]"
    ),
    "the same part twice": shape("MultiPolygon", f"[[{SQUARE}],[{SQUARE}]]"),
    "a position twice in a ring": shape("Polygon", "[[[36,35],[37,35],[37,35],[37,36],[36,36],[36,35]]]"),
    "a position twice in a line": shape("LineString", "[[36,35],[36,35],[37,36]]"),
    "a line of no length": shape("LineString", "[[36,35],[36,35]]"),
    "a flat ring": shape("Polygon", "[[[36,35],[37,35],[38,35],[36,35]]]"),
    "a spike": shape("Polygon", "[[[36,35],[37,35],[37,36],[38,37],[37,36],[36,36],[36,35]]]"),
    "a longitude of 190": shape("Point", "[190,35]"),
    "a step across the antimeridian": shape("LineString", "[[179,35],[-179,36]]"),
    "four numbers": shape("Point", "[36,35,400,7]"),
    "heights for some": shape("LineString", "[[36,35],[37,36,400]]"),
    "a polygon of nothing": shape("Polygon", "[]"),
    "a multipoint of nothing": shape("MultiPoint", "[]"),
    "a multipolygon of nothing": shape("MultiPolygon", "[]"),
    "a multipolygon of one": shape("MultiPolygon", f"[[{SQUARE}]]"),
    "a multiline of one": shape("MultiLineString", "[[[36,35],[37,36]]]"),
    "a collection of one": f'{{"type":"GeometryCollection","geometries":[{POINT}]}}',
    "a collection in a collection": (
        f'{{"type":"GeometryCollection","geometries":[{POINT},{{"type":"GeometryCollection","geometries":[{POINT},{POINT}]}}]}}'
    ),
    "a feature of a collection without a place": collection(feature(), feature("null")),
    "an old crs": collection(feature(), more=crs("urn:ogc:def:crs:OGC:1.3:CRS84")),
    "an old crs of nothing": collection(feature(), more=',"crs":null'),
    "an id twice": collection(feature(more=',"id":"a"'), feature(more=',"id":"a"')),
    "an id of a number twice": collection(feature(more=',"id":1'), feature(more=',"id":1.0')),
    "a bbox upside down": shape("Point", "[36,35]", ',"bbox":[36,36,36,35]'),
    "a bbox east to west": shape("LineString", "[[36,35],[37,36]]", ',"bbox":[37,35,36,36]'),
    "a bbox elsewhere": shape("Point", "[36,35]", ',"bbox":[1,1,2,2]'),
    "twelve decimals": shape("Point", "[36.123456789012,35]"),
    "a byte-order mark": "\ufeff" + POINT,
}
VALID = {
    "a point": POINT,
    "a point at the pole": shape("Point", "[0,90]"),
    "a point at the antimeridian": shape("Point", "[180,0]"),
    "whole numbers and exponents": shape("Point", "[3.6E1,-0]"),
    "a height": shape("Point", "[36,35,-12.5]"),
    "heights throughout": shape("LineString", "[[36,35,1],[37,36,2]]"),
    "a multipoint of one": shape("MultiPoint", "[[36,35]]"),
    "a line that crosses itself": shape("LineString", "[[36,35],[37,36],[37,35],[36,36]]"),
    "a line that closes": shape("LineString", "[[36,35],[37,36],[37,35],[36,35]]"),
    "a triangle": shape("Polygon", "[[[36,35],[37,35],[36,36],[36,35]]]"),
    "a hole": shape("Polygon", f"[{SQUARE},{HOLE}]"),
    "a hole that touches in a point": shape("Polygon", f"[{SQUARE},[[36,35.5],[36.5,35.7],[36.5,35.3],[36,35.5]]]"),
    "parts that touch in a point": shape("MultiPolygon", f"[[{SQUARE}],[[[37,36],[38,36],[38,37],[37,37],[37,36]]]]"),
    "a collection of nothing": '{"type":"GeometryCollection","geometries":[]}',
    "features of nothing": collection(),
    "a feature without a place": feature("null"),
    "properties null": feature(properties="null"),
    "an id of nought": feature(more=',"id":0'),
    "an id of text": feature(more=',"id":"é"'),
    "ids of different kinds": collection(feature(more=',"id":1'), feature(more=',"id":"1"')),
    "foreign members": collection(feature(more=',"title":"x"'), more=',"name":"x","links":[{"href":"y"}]'),
    "a foreign member of a geometry": shape("Point", "[36,35]", ',"precision":3'),
    "type in the properties": feature(properties='{"type":"Polygon","coordinates":[[1]],"features":1}'),
    "a bbox": shape("LineString", "[[36,35],[37,36]]", ',"bbox":[36,35,37,36]'),
    "a bbox larger than needed": shape("Point", "[36,35]", ',"bbox":[30,30,40,40]'),
    "a bbox with heights": shape("LineString", "[[36,35,1],[37,36,2]]", ',"bbox":[36,35,1,37,36,2]'),
    "a bbox across the antimeridian": collection(
        feature(shape("Point", "[179,0]")), feature(shape("Point", "[-179,0]")), more=',"bbox":[178,-1,-178,1]'
    ),
    "a bbox of an empty collection": collection(more=',"bbox":[36,35,37,36]'),
    "cut in two at the antimeridian": shape(
        "MultiLineString", "[[[170,45],[180,45]],[[-180,45],[-170,45]]]"
    ),
    "the whole world": shape("Polygon", "[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]"),
    "white space": "\n\t " + POINT.replace(",", " ,\r\n") + "\n\n",
    "nine decimals": shape("Point", "[36.123456789,35]"),
    "text in many scripts": feature(properties='{"name":"إدلب 🙂 \\u062d","empty":""}'),
    "an empty key": feature(properties='{"":1}'),
    "deep but sane properties": feature(properties='{"a":' * 20 + "1" + "}" * 20),
}  # fmt: skip


def verdict(text: str) -> str:
    found = check_bytes(text.encode("utf-8", "surrogatepass"), mode="geojson")
    assert all(problem.where.line >= 1 and problem.where.column >= 1 and problem.message for problem in found)
    severities = {problem.severity for problem in found}
    return "invalid" if "error" in severities else "doubtful" if severities else "valid"


@pytest.mark.parametrize("name", INVALID)
def test_what_the_format_forbids_is_refused(name):
    assert verdict(INVALID[name]) == "invalid"


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_passes_with_a_warning(name):
    assert verdict(DOUBTFUL[name]) == "doubtful"


@pytest.mark.parametrize("name", VALID)
def test_what_is_sound_passes_without_a_word(name):
    assert verdict(VALID[name]) == "valid"
