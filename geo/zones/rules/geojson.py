"""The rules of RFC 7946 (the GeoJSON format): members, types, nesting of coordinates, numbers.

What the RFC says MUST or MUST NOT is an error; what it says SHOULD, or what is allowed but draws nothing, is a
warning. The lines and rings that are sound enough to be measured are collected for the rules of shape.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from geo.zones.rules.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.zones.text import Parsed, Path

MAX_FEATURES = 10_000
#: Nested collections beyond this are refused before anything reaches GEOS, which recurses.
MAX_COLLECTION_DEPTH = 8

_LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_TYPES = (*_LEVELS, "GeometryCollection")
_ALL_TYPES = (*_TYPES, "Feature", "FeatureCollection")
_RING = 4
#: About a metre: a ring that misses its start by less was closed, and then rounded.
_SLIP_DEG = 1e-5
_LINE = 2
_SHAPES = {0: "a position", 1: "an array of positions", 2: "an array of arrays of positions"}


@dataclass(frozen=True, slots=True)
class Line:
    """A run of positions that is sound in itself."""

    path: Path
    positions: list[list[float]]
    kind: str
    """points, line or ring."""
    hole: bool = False
    single: bool = False
    """The coordinates of a Point: the path is that of the position itself."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One point set, line or polygon of a geometry, with the lines that make it."""

    path: Path
    """Path of the polygon's, line's or point set's coordinates."""
    feature: int
    lines: tuple[Line, ...]

    @property
    def geometry(self) -> Path:
        """Path of the geometry that it is part of."""
        return self.path[: len(self.path) - 1 - self.path[::-1].index("coordinates")]


@dataclass(slots=True)
class Walk:
    """The outcome of a walk over a GeoJSON value."""

    findings: list[Finding] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    geometries: list[tuple[Path, int, range]] = field(default_factory=list)
    """(path of the geometry, index of its feature, indices of its shapes), for geometries without an error."""
    boxes: list[tuple[Path, int, list[float]]] = field(default_factory=list)
    """(path, index of the feature or -1 for the whole, numbers) of sound bounding boxes."""
    feature: int = 0
    positions: int = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        self.findings.append(finding)


def duplicate_keys(parsed: Parsed) -> Iterator[Finding]:
    """Yield a finding for each key that an object has twice."""
    for key, offset in parsed.duplicates:
        message = f'the key "{key}" stands twice in one object; programs differ in which one they read'
        yield error("duplicate-key", (), message, "Keep one of the two.", offset=offset)


def walk(document: Any) -> Walk:  # noqa: ANN401  a JSON value is of any type
    """Return findings, lines and boxes of a GeoJSON value (RFC 7946, sections 3 to 7)."""
    found = Walk()
    if not isinstance(document, dict):
        found.add(error("not-an-object", (), f"GeoJSON is an object, this is {_kind(document)}"))
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
    if "type" not in node:
        found.add(error("missing-type", path, 'the "type" member is missing', f"One of {', '.join(allowed)}."))
        return None
    given = node["type"]
    if given in allowed if isinstance(given, str) else False:
        return str(given)
    near = next((name for name in allowed if isinstance(given, str) and name.lower() == given.lower()), None)
    hint = f'Write "{near}": capitals count.' if near else f"One of {', '.join(allowed)}."
    fix = {"path": [*path, "type"], "value": near} if near else None
    found.add(error("unknown-type", (*path, "type"), f"unknown type {_shown(given)}", hint, fix=fix))
    return None


def _forbid(node: Mapping[str, Any], path: Path, found: Walk, names: tuple[str, ...]) -> None:
    for name in names:
        if name in node:
            message = f'{_article(str(node["type"]))} must not have a "{name}" member (RFC 7946, section 7.1)'
            found.add(error("forbidden-member", (*path, name), message, "Remove or rename it.", at_key=True))


def _collection(node: Mapping[str, Any], found: Walk) -> None:
    _forbid(node, (), found, ("coordinates", "geometries", "geometry", "properties"))
    _box(node, (), found, feature=-1)
    features = node.get("features")
    if not isinstance(features, list):
        what = "is missing" if "features" not in node else f"is {_kind(features)}, not an array"
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
        found.add(error("not-a-feature", path, f"a Feature is expected here, not {_kind(node)}"))
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
        if not isinstance(given, str | int | float) or isinstance(given, bool):
            continue
        key = (str if isinstance(given, str) else float, given)
        if key in first:
            message = f"the id {_shown(given)} is taken by feature {first[key] + 1}"
            found.add(warning("duplicate-id", ("features", i, "id"), message, "Give each feature an id of its own."))
        first.setdefault(key, i)


def _feature(node: Mapping[str, Any], path: Path, found: Walk) -> None:
    _forbid(node, path, found, ("coordinates", "geometries", "features"))
    _box(node, path, found, feature=found.feature)
    if "id" in node and (not isinstance(node["id"], str | int | float) or isinstance(node["id"], bool)):
        found.add(error("bad-id", (*path, "id"), f"an id is text or a number, not {_kind(node['id'])}"))
    _properties(node, path, found)
    if "geometry" not in node:
        hint = 'A feature without a place says so: "geometry": null.'
        found.add(error("missing-geometry", path, 'the feature has no "geometry" member', hint))
    elif isinstance(node["geometry"], dict):
        _geometry(node["geometry"], (*path, "geometry"), found, depth=1)
    elif node["geometry"] is not None:
        message = f"a geometry is an object or null, not {_kind(node['geometry'])}"
        found.add(error("bad-geometry", (*path, "geometry"), message))


def _properties(node: Mapping[str, Any], path: Path, found: Walk) -> None:
    if "properties" not in node:
        fix = {"path": [*path, "properties"], "value": {}}
        message = 'the feature has no "properties" member'
        found.add(error("missing-properties", path, message, 'Add "properties": {}.', fix=fix))
    elif node["properties"] is not None and not isinstance(node["properties"], dict):
        message = f'"properties" is an object or null, not {_kind(node["properties"])}'
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
        found.add(error("missing-coordinates", path, f'{_article(kind)} needs a "coordinates" member'))
        return
    before = len(found.findings)
    shapes = list(_shapes(kind, node["coordinates"], (*path, "coordinates"), found))
    found.shapes += shapes
    if shapes and all(finding.severity == "warning" for finding in found.findings[before:]):
        found.geometries.append((path, found.feature, range(len(found.shapes) - len(shapes), len(found.shapes))))


def _geometries(node: Mapping[str, Any], path: Path, found: Walk, *, depth: int) -> None:
    members = node.get("geometries")
    where = (*path, "geometries")
    if not isinstance(members, list):
        what = "is missing" if "geometries" not in node else f"is {_kind(members)}, not an array"
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
        found.add(error("bad-geometry", path, f"a geometry is expected here, not {_kind(node)}"))
        return
    if node.get("type") == "GeometryCollection":
        message = "a GeometryCollection inside another one should be avoided (RFC 7946, section 3.1.8)"
        found.add(warning("nested-collection", path, message, "Put its geometries into the outer collection."))
    _geometry(node, path, found, depth=depth + 1)


def _shapes(kind: str, given: Any, path: Path, found: Walk) -> Iterator[Shape]:  # noqa: ANN401
    if kind in {"Point", "MultiPoint", "LineString"}:
        line = _line(kind, given, path, found)
        parts = [(path, given, line)] if line else []
    elif kind == "Polygon":
        yield from _polygon(given, path, found)
        return
    elif not _is_array(given, path, found, _LEVELS[kind]):
        return
    else:
        yield from _parts(kind, given, path, found)
        return
    for where, _, made in parts:
        yield Shape(where, found.feature, (made,))


def _parts(kind: str, given: list[Any], path: Path, found: Walk) -> Iterator[Shape]:
    single = kind.removeprefix("Multi")
    if not given:
        found.add(_empty(kind, path))
    elif len(given) == 1:
        message = f"{_article(kind)} of one part: use {_article(single)}"
        found.add(
            warning("single-part", path, message, f'Set the type to "{single}" and take away a pair of brackets.')
        )
    for i, part in enumerate(given):
        yield from _shapes(single, part, (*path, i), found)


def _polygon(given: Any, path: Path, found: Walk) -> Iterator[Shape]:  # noqa: ANN401
    if not _is_array(given, path, found, 2):
        return
    if not given:
        found.add(_empty("Polygon", path))
        return
    rings = [_line("ring", ring, (*path, i), found, hole=i > 0) for i, ring in enumerate(given)]
    sound = tuple(ring for ring in rings if ring)
    if len(sound) == len(given):
        yield Shape(path, found.feature, sound)


def _empty(kind: str, path: Path) -> Finding:
    hint = 'Give it coordinates, or set "geometry" to null.'
    return warning("empty-coordinates", path, f"{_article(kind)} without coordinates draws nothing", hint)


def _is_array(given: Any, path: Path, found: Walk, level: int) -> bool:  # noqa: ANN401
    if isinstance(given, list):
        return True
    message = f"{_SHAPES.get(level, 'an array of polygons')} is expected here, not {_kind(given)}"
    hint = "The coordinates are nested too little for this type." if isinstance(given, int | float) else None
    found.add(error("bad-coordinates", path, message, hint))
    return False


def _line(kind: str, given: Any, path: Path, found: Walk, *, hole: bool = False) -> Line | None:  # noqa: ANN401
    """Return a run of positions that may be measured, or None with the reason added to the findings."""
    if not _is_array(given, path, found, 0 if kind == "Point" else 1):
        return None
    positions = [given] if kind == "Point" else given
    if not positions and kind == "MultiPoint":
        found.add(_empty(kind, path))
        return None
    if not _positions_sound(positions, path, found, single=kind == "Point"):
        return None
    found.positions += len(positions)
    if kind in {"LineString", "ring"} and not _long_enough(kind, positions, path, found):
        return None
    role = {"LineString": "line", "ring": "ring"}.get(kind, "points")
    return Line(path, positions, role, hole, single=kind == "Point")


def _long_enough(kind: str, positions: list[list[float]], path: Path, found: Walk) -> bool:
    needed, code, name = (_RING, "short-ring", "a ring") if kind == "ring" else (_LINE, "short-line", "a line")
    if kind == "ring" and positions and positions[0] != positions[-1]:
        found.add(_not_closed(positions, path))
        if found.findings[-1].severity == "error":
            return False
    if len(positions) >= needed:
        return True
    more = ", the last one equal to the first" if kind == "ring" else ""
    found.add(error(code, path, f"{name} has {len(positions)} positions; it needs {needed} or more{more}"))
    return False


def _not_closed(positions: list[list[float]], path: Path) -> Finding:
    last = (*path, len(positions) - 1)
    gap = max(abs(a - b) for a, b in zip(positions[0][:2], positions[-1][:2], strict=True))
    if gap < _SLIP_DEG and len(positions) >= _RING:
        message = "the ring closes only nearly: its last position differs from its first in the last decimals"
        nearly = {"path": list(last), "value": positions[0]}
        return warning("ring-nearly-closed", last, message, "Make the two alike.", fix=nearly)
    message = "the ring is not closed: its last position differs from its first"
    fix = {"path": list(path), "value": [*positions, positions[0]]} if len(positions) >= _RING - 1 else None
    return error("ring-not-closed", last, message, "Repeat the first position at the end.", fix=fix)


def _positions_sound(positions: list[Any], path: Path, found: Walk, *, single: bool) -> bool:
    """Check positions at the speed of C where all is well, and one by one where something is not."""
    if set(map(type, positions)) == {list}:
        lengths = set(map(len, positions))
        if lengths <= {2, 3} and set(map(type, chain.from_iterable(positions))) <= {int, float}:
            if len(lengths) > 1:
                message = "some positions have a height and some have none"
                found.add(warning("mixed-dimensions", path, message, "Give all of them a height, or none."))
            return True
    first = next(
        (bad for i, given in enumerate(positions) if (bad := _position(given, path if single else (*path, i)))), None
    )
    if first:
        found.add(first)
    return first is None or first.severity == "warning"


def _position(given: Any, path: Path) -> Finding | None:  # noqa: ANN401
    if not isinstance(given, list):
        hint = "The coordinates are nested too little for this type." if _is_number(given) else None
        return error(
            "bad-position", path, f"a position (longitude, latitude) is expected here, not {_kind(given)}", hint
        )
    for k, number in enumerate(given):
        if not _is_number(number):
            hint = "The coordinates are nested too deep for this type." if isinstance(number, list) else None
            message = f"longitude and latitude are numbers, not {_kind(number)}"
            return error("bad-position", (*path, k), message, hint)
    if len(given) < _LINE:
        return error("short-position", path, f"a position of {len(given)} numbers: it takes longitude and latitude")
    if len(given) > _LINE + 1:
        message = f"a position of {len(given)} numbers: beyond longitude, latitude and height they are ignored"
        return warning("extra-dimensions", path, message, "Keep at most three numbers.")
    return None


def _box(node: Mapping[str, Any], path: Path, found: Walk, *, feature: int) -> None:
    if "bbox" not in node:
        return
    box, where = node["bbox"], (*path, "bbox")
    if not isinstance(box, list):
        found.add(error("bad-bbox", where, f"a bounding box is an array, not {_kind(box)}"))
    elif not all(map(_is_number, box)):
        found.add(error("bad-bbox", where, "a bounding box holds numbers only"))
    elif len(box) not in {4, 6}:
        message = f"a bounding box has 4 numbers (6 with heights), not {len(box)}"
        found.add(error("bad-bbox", where, message, "West, south, east, north."))
    else:
        found.boxes.append((path, feature, box))


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)


def _kind(value: Any) -> str:  # noqa: ANN401
    """Return what a JSON value is, in words."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    names: dict[type, str] = {dict: "an object", list: "an array", str: "text"}
    return names.get(type(value), "a number")


def _shown(value: Any) -> str:  # noqa: ANN401
    text = repr(value) if isinstance(value, str | int | float) else _kind(value)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004  the width of a message


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"
