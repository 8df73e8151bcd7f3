"""The rules of RFC 7946 (the GeoJSON format): members, types, nesting of coordinates, numbers.

What the RFC says MUST or MUST NOT is an error; what it says SHOULD, or what is allowed but draws nothing, is a
warning. The lines and rings that are sound enough to be measured are collected for the rules of shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.zones.rules.coordinates import LEVELS, Walk, shapes_of
from geo.zones.rules.findings import Finding, error, in_words, is_number, shown, warning, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.zones.text import Parsed, Path

MAX_FEATURES = 10_000
#: Nested collections beyond this are refused before anything reaches GEOS, which recurses.
MAX_COLLECTION_DEPTH = 8

_TYPES = (*LEVELS, "GeometryCollection")
_ID_TYPES = (str, int, float)
_ALL_TYPES = (*_TYPES, "Feature", "FeatureCollection")


def duplicate_keys(parsed: Parsed) -> Iterator[Finding]:
    """Yield a finding for each key that an object has twice."""
    for key, offset in parsed.duplicates:
        message = f'the key "{key}" stands twice in one object; programs differ in which one they read'
        yield error("duplicate-key", (), message, "Keep one of the two.", offset=offset)


def walk(document: Any) -> Walk:  # noqa: ANN401  a JSON value is of any type
    """Return findings, lines and boxes of a GeoJSON value (RFC 7946, sections 3 to 7)."""
    found = Walk()
    if not isinstance(document, dict):
        found.add(error("not-an-object", (), f"GeoJSON is an object, this is {in_words(document)}"))
        return found
    kind = _type_of(document, (), found, _ALL_TYPES)
    if kind == "FeatureCollection":
        _collection(document, found)
    elif kind == "Feature":
        _feature(document, (), found)
    elif kind:
        _geometry(document, (), found, depth=1)
    if "crs" in document:
        found.add(_crs(document))
    return found


def _crs(document: Mapping[str, Any]) -> Finding:
    message = 'the "crs" member was removed from GeoJSON in 2016: most programs ignore it and read WGS 84'
    hint = "Remove it if the coordinates are longitude and latitude; else reproject: ogr2ogr -t_srs EPSG:4326."
    harmless = crs_name(document).rpartition(":")[2] in {"CRS84", "4326"}
    fix = {"path": ["crs"], "remove": True} if harmless else None
    return warning("crs-member", ("crs",), message, hint, fix=fix, at_key=True)


def crs_name(document: Mapping[str, Any]) -> str:
    """Return the name in a `crs` member of GeoJSON of 2008, or nothing."""
    crs = document.get("crs")
    given = crs.get("properties") if isinstance(crs, dict) else None
    return str(given.get("name", "")) if isinstance(given, dict) else ""


def _type_of(node: Mapping[str, Any], path: Path, found: Walk, allowed: tuple[str, ...]) -> str | None:
    given = node.get("type")
    if isinstance(given, str) and given in allowed:
        return given
    if "type" not in node:
        found.add(error("missing-type", path, 'the "type" member is missing', f"One of {', '.join(allowed)}."))
        return None
    near = next((name for name in allowed if isinstance(given, str) and name.lower() == given.lower()), None)
    hint = f'Write "{near}": capitals count.' if near else f"One of {', '.join(allowed)}."
    fix = {"path": [*path, "type"], "value": near} if near else None
    found.add(error("unknown-type", (*path, "type"), f"unknown type {shown(given)}", hint, fix=fix))
    return None


def _forbid(node: Mapping[str, Any], path: Path, found: Walk, names: tuple[str, ...]) -> None:
    if node.keys().isdisjoint(names):
        return
    for name in names:
        if name in node:
            message = f'{with_article(str(node["type"]))} must not have a "{name}" member (RFC 7946, section 7.1)'
            found.add(error("forbidden-member", (*path, name), message, "Remove or rename it.", at_key=True))


def _collection(node: Mapping[str, Any], found: Walk) -> None:
    _forbid(node, (), found, ("coordinates", "geometries", "geometry", "properties"))
    _box(node, (), found, feature=-1)
    features = node.get("features")
    if not isinstance(features, list):
        what = "is missing" if "features" not in node else f"is {in_words(features)}, not an array"
        found.add(error("bad-features", ("features",), f'the "features" member {what}'))
        return
    if len(features) > MAX_FEATURES:
        message = f"{len(features):,} features; at most {MAX_FEATURES:,} are read"
        found.add(error("too-many-features", ("features",), message, "Split the file."))
        return
    for i, feature in enumerate(features):
        found.feature = i
        _member_feature(feature, ("features", i), found)
    _same_ids(features, found)


def _member_feature(node: Any, path: Path, found: Walk) -> None:  # noqa: ANN401  a JSON value is of any type
    if not isinstance(node, dict):
        found.add(error("not-a-feature", path, f"a Feature is expected here, not {in_words(node)}"))
        return
    if _type_of(node, path, found, ("Feature",)):
        _feature(node, path, found)
        if node.get("geometry", 0) is None:
            hint = "Draw it, or remove the feature."
            found.add(
                warning("no-geometry", (*path, "geometry"), "the feature has no geometry: it draws nothing", hint)
            )


def _same_ids(features: list[Any], found: Walk) -> None:
    first: dict[tuple[type, Any], int] = {}
    for i, feature in enumerate(features):
        given = feature.get("id") if isinstance(feature, dict) else None
        if not isinstance(given, _ID_TYPES) or isinstance(given, bool):
            continue
        key = (str if isinstance(given, str) else float, given)
        if key in first:
            message = f"the id {shown(given)} is taken by feature {first[key] + 1}"
            found.add(warning("duplicate-id", ("features", i, "id"), message, "Give each feature an id of its own."))
        first.setdefault(key, i)


def _feature(node: Mapping[str, Any], path: Path, found: Walk) -> None:
    _forbid(node, path, found, ("coordinates", "geometries", "features"))
    _box(node, path, found, feature=found.feature)
    if "id" in node and (not isinstance(node["id"], _ID_TYPES) or isinstance(node["id"], bool)):
        found.add(error("bad-id", (*path, "id"), f"an id is text or a number, not {in_words(node['id'])}"))
    _properties(node, path, found)
    if "geometry" not in node:
        hint = 'A feature without a place says so: "geometry": null.'
        found.add(error("missing-geometry", path, 'the feature has no "geometry" member', hint))
    elif isinstance(node["geometry"], dict):
        _geometry(node["geometry"], (*path, "geometry"), found, depth=1)
    elif node["geometry"] is not None:
        message = f"a geometry is an object or null, not {in_words(node['geometry'])}"
        found.add(error("bad-geometry", (*path, "geometry"), message))


def _properties(node: Mapping[str, Any], path: Path, found: Walk) -> None:
    if "properties" not in node:
        fix = {"path": [*path, "properties"], "value": {}}
        message = 'the feature has no "properties" member'
        found.add(error("missing-properties", path, message, 'Add "properties": {}.', fix=fix))
    elif node["properties"] is not None and not isinstance(node["properties"], dict):
        message = f'"properties" is an object or null, not {in_words(node["properties"])}'
        found.add(error("bad-properties", (*path, "properties"), message))


def _geometry(node: Mapping[str, Any], path: Path, found: Walk, *, depth: int) -> None:
    kind = _type_of(node, path, found, _TYPES)
    if kind is None:
        return
    _forbid(node, path, found, ("geometry", "properties", "features"))
    _box(node, path, found, feature=found.feature)
    if kind == "GeometryCollection":
        _geometries(node, path, found, depth=depth)
        return
    if "coordinates" not in node:
        found.add(error("missing-coordinates", path, f'{with_article(kind)} needs a "coordinates" member'))
        return
    before = len(found.findings)
    shapes = shapes_of(kind, node["coordinates"], (*path, "coordinates"), found)
    found.shapes += shapes
    if shapes and not any(finding.severity == "error" for finding in found.findings[before:]):
        found.geometries.append((path, found.feature, range(len(found.shapes) - len(shapes), len(found.shapes))))


def _geometries(node: Mapping[str, Any], path: Path, found: Walk, *, depth: int) -> None:
    members = node.get("geometries")
    where = (*path, "geometries")
    if not isinstance(members, list):
        what = "is missing" if "geometries" not in node else f"is {in_words(members)}, not an array"
        found.add(error("bad-geometries", where, f'the "geometries" member {what}'))
        return
    if depth >= MAX_COLLECTION_DEPTH:
        found.add(error("too-deep", where, f"collections are nested more than {MAX_COLLECTION_DEPTH} deep"))
        return
    if len(members) == 1:
        message = "a GeometryCollection of one geometry: use the geometry itself (RFC 7946, section 3.1.8)"
        found.add(warning("single-member-collection", where, message))
    for i, member in enumerate(members):
        _member_geometry(member, (*where, i), found, depth=depth)


def _member_geometry(node: Any, path: Path, found: Walk, *, depth: int) -> None:  # noqa: ANN401
    if not isinstance(node, dict):
        found.add(error("bad-geometry", path, f"a geometry is expected here, not {in_words(node)}"))
        return
    if node.get("type") == "GeometryCollection":
        message = "a GeometryCollection inside another one should be avoided (RFC 7946, section 3.1.8)"
        found.add(warning("nested-collection", path, message, "Put its geometries into the outer collection."))
    _geometry(node, path, found, depth=depth + 1)


def _box(node: Mapping[str, Any], path: Path, found: Walk, *, feature: int) -> None:
    if "bbox" not in node:
        return
    box, where = node["bbox"], (*path, "bbox")
    if not isinstance(box, list):
        found.add(error("bad-bbox", where, f"a bounding box is an array, not {in_words(box)}"))
    elif not all(map(is_number, box)):
        found.add(error("bad-bbox", where, "a bounding box holds numbers only"))
    elif len(box) not in {4, 6}:
        message = f"a bounding box has 4 numbers (6 with heights), not {len(box)}"
        found.add(error("bad-bbox", where, message, "West, south, east, north."))
    else:
        found.boxes.append((path, feature, box))
