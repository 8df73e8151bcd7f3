"""Zone files: GeoJSON in, `Zone`s out, and back without touching what was not changed.

A `ZoneFile` keeps the bytes that it was read from. Saving it unchanged gives the same bytes; saving it with a
moved vertex changes that number alone. Members that we do not know, features of other programs, the order of
keys, the form of numbers, the byte-order mark and the line ends all survive.

Coordinates are WGS 84 degrees, longitude before latitude (RFC 7946).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import shapely
import shapely.geometry

from geo.errors import InputError
from geo.types import SourceRef, Where, Zone
from geo.zones.encoding import BOM, decode, split_bom
from geo.zones.rewrite import rewrite
from geo.zones.saving import write_atomic
from geo.zones.syntax import JsonError
from geo.zones.text import Layout, Parsed, parse_json
from geo.zones.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from shapely.geometry.base import BaseGeometry

MAX_BYTES = 20 * 1024 * 1024
#: Decimals of a coordinate that we write: a tenth of a metre (RFC 7946, section 11.2).
DECIMALS = 6

_DEFAULT_KIND = "area"


@dataclass(frozen=True, slots=True)
class ZoneFile:
    """A file of zones as read: its bytes, its JSON value, and the zones in it."""

    name: str
    """As findings name it."""
    data: bytes
    document: Any
    """The JSON value of `data`; never changed in place."""
    zones: tuple[Zone, ...]

    def updated(self, zones: Iterable[Zone], *, bake: bool = False) -> ZoneFile:
        """Return the file with these zones in place of its own, everything else as it stands.

        Zones are matched by id: a changed one is edited in place, a new one goes to the end, a missing one is
        taken out. The geometry of a `derived` zone stays out of the file unless `bake` is true; its recipe
        stays beside it either way. Features without an id keep the id `feature-N` that `load` gave them.
        """
        document = _with_zones(self.document, self.zones, tuple(zones), bake=bake)
        return self._with_document(document)

    def with_geometry(self, zone_id: str, geometry: BaseGeometry | None) -> ZoneFile:
        """Return the file with one zone's geometry (degrees) replaced. Raises KeyError for an unknown id."""
        if all(zone.id != zone_id for zone in self.zones):
            raise KeyError(zone_id)
        changed = (replace(z, geometry=geometry, derived=False) if z.id == zone_id else z for z in self.zones)
        return self.updated(changed)

    def _with_document(self, document: Any) -> ZoneFile:  # noqa: ANN401  a JSON value is of any type
        text, bom = split_bom(self.data)
        new = rewrite(Layout(text), self.document, document)
        return parse((BOM if bom else b"") + new.encode("utf-8"), self.name)


def load(path: str | PathLike[str]) -> ZoneFile:
    """Return the zones of a file. Raises InputError (`file:line:col`) where it can't be read as GeoJSON."""
    return parse(read_bytes(path), str(path))


def parse(data: bytes, name: str = "zones.geojson") -> ZoneFile:
    """Return the zones of a file's bytes. Raises InputError (`name:line:col`) where they are not GeoJSON."""
    from geo.zones.rules.checking import structure_errors

    parsed = parse_bytes(data, name)
    for problem in structure_errors(parsed, name):
        raise InputError(f"{problem.code} {problem.message}.", where=problem.where, hint=problem.hint)
    features = features_of(parsed.value)
    zones = tuple(zone_of(feature, index) for index, feature in enumerate(features))
    return ZoneFile(name, data, parsed.value, zones)


def parse_bytes(data: bytes, name: str) -> Parsed:
    """Return the JSON value of a file's bytes with its layout. Raises InputError (`name:line:col`)."""
    try:
        return parse_json(decode(data))
    except JsonError as error:
        where = Layout(data.decode("utf-8-sig", "replace")).where(error.offset, file=name)
        raise InputError(f"{error.code} {error.message}.", where=where, hint=error.hint) from error


def save(zone_file: ZoneFile, path: str | Path) -> None:
    """Write a zone file, atomically. Raises OutputError, with the old file kept."""
    write_atomic(path, zone_file.data)


def new_file(zones: Iterable[Zone], name: str = "zones.geojson") -> ZoneFile:
    """Return a fresh zone file that holds these zones, a position a line."""
    blank = parse(b'{\n  "type": "FeatureCollection",\n  "features": []\n}\n', name)
    return blank.updated(zones, bake=True)


def read_bytes(path: str | PathLike[str]) -> bytes:
    """Return a file's bytes, at most `MAX_BYTES`. Raises InputError."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: can't be read: {reason}.", hint="Check the path.") from error
    if len(data) > MAX_BYTES:
        message = f"too-big the file is larger than {MAX_BYTES // 1024**2} MiB."
        hint = "Simplify the lines or split the file: a zone that a person edits has some hundred vertices."
        raise InputError(message, where=Where(str(path)), hint=hint)
    return data


def features_of(document: Any) -> list[dict[str, Any]]:  # noqa: ANN401  a JSON value is of any type
    """Return the features of a GeoJSON value; a bare geometry counts as a feature without properties."""
    if document.get("type") == "FeatureCollection":
        return cast("list[dict[str, Any]]", document["features"])
    if document.get("type") == "Feature":
        return [document]
    return [{"type": "Feature", "properties": {}, "geometry": document}]


def zone_of(feature: Mapping[str, Any], index: int = 0) -> Zone:
    """Return the zone of a GeoJSON feature of sound structure; what it leaves out gets a cautious default."""
    given = feature.get("properties") or {}
    zone_id = feature_id(feature, index)
    return Zone(
        id=zone_id,
        name=_text(given.get("name")) or zone_id,
        kind=_text(given.get("kind")) or _DEFAULT_KIND,
        geometry=geometry_of(feature.get("geometry")),
        basis=cast("Any", _text(given.get("basis")) or "assumption"),
        status=cast("Any", _text(given.get("status")) or "announced"),
        recipe=given["recipe"] if isinstance(given.get("recipe"), dict) else None,
        names=_names(given.get("names")),
        valid=_text(given.get("valid")),
        parties=_texts(given.get("parties")),
        applies_to=_texts(given.get("applies_to")),
        uncertainty_km=_number(given.get("uncertainty_km")),
        sources=_sources(given.get("sources")),
        note=_text(given.get("note")),
        vertex_uncertainty_km=_numbers(given.get("vertex_uncertainty_km")),
        variant_of=_text(given.get("variant_of")),
        properties={key: value for key, value in given.items() if key not in FIELDS},
    )


def feature_id(feature: Mapping[str, Any], index: int) -> str:
    """Return a feature's id as text; `feature-N`, counted from 1, where it has none."""
    given = feature.get("id")
    return f"feature-{index + 1}" if given is None or given == "" else str(given)


def geometry_of(value: Mapping[str, Any] | None) -> BaseGeometry | None:
    """Return the shapely geometry of a GeoJSON geometry of sound structure; None for null or empty."""
    if value is None:
        return None
    if value["type"] == "GeometryCollection":
        parts = [geometry_of(part) for part in value["geometries"]]
        return shapely.GeometryCollection([part for part in parts if part is not None])
    given = value["coordinates"]
    # shapely takes positions of two or three numbers, but not of both in one geometry
    solid = _trim(given, 3 if min(_lengths(given), default=2) > 2 else 2)  # noqa: PLR2004  longitude and latitude
    return shapely.geometry.shape({"type": value["type"], "coordinates": solid}) if solid else None


def _trim(node: Any, most: int) -> Any:  # noqa: ANN401  coordinates nest one to four deep
    """Return coordinates without empty parts and without numbers beyond the first `most` of a position."""
    if node and not isinstance(node[0], list):
        return node[:most]
    return [_trim(part, most) for part in node if part]


def _lengths(node: Any) -> set[int]:  # noqa: ANN401  coordinates nest one to four deep
    """Return how many numbers the positions of some coordinates have."""
    if node and not isinstance(node[0], list):
        return {len(node)}
    return set().union(*map(_lengths, node))


def feature_from(zone: Zone, *, bake: bool = True) -> dict[str, Any]:
    """Return a fresh GeoJSON feature for a zone."""
    properties = {key: value for key in FIELDS if (value := _encoded(zone, key)) not in (None, [], {}, "")}
    geometry = None if zone.derived and not bake else geometry_json(zone.geometry)
    return {"type": "Feature", "id": zone.id, "properties": {**properties, **zone.properties}, "geometry": geometry}


def _with_zones(document: Any, old: tuple[Zone, ...], new: tuple[Zone, ...], *, bake: bool) -> Any:  # noqa: ANN401
    if document.get("type") != "FeatureCollection":
        if len(new) != 1 or len(old) != 1 or new[0].id != old[0].id:
            raise InputError("a file of one feature can't hold several zones.", hint="Start from a FeatureCollection.")
        return _single(document, old[0], new[0], bake=bake)
    wanted: dict[str, list[Zone]] = {}
    for zone in new:
        wanted.setdefault(zone.id, []).append(zone)
    features = [
        _edited(feature, was, wanted[was.id].pop(0), bake=bake)  # in their order, where an id is taken twice
        for feature, was in zip(document["features"], old, strict=True)
        if wanted.get(was.id)
    ]
    features += [feature_from(zone, bake=bake) for rest in wanted.values() for zone in rest]
    return {**document, "features": features}


def _single(document: Any, old: Zone, new: Zone, *, bake: bool) -> Any:  # noqa: ANN401  a JSON value is of any type
    if document.get("type") == "Feature":
        return _edited(document, old, new, bake=bake)
    return _edited({"geometry": document, "properties": {}}, old, new, bake=bake)["geometry"]


def _edited(feature: dict[str, Any], old: Zone, new: Zone, *, bake: bool) -> dict[str, Any]:
    """Return a feature with the members replaced in which two zones differ; itself where they do not."""
    properties = dict(feature.get("properties") or {})
    for key in FIELDS:
        if getattr(old, key) != getattr(new, key):
            properties[key] = _encoded(new, key)
    properties |= {k: v for k, v in new.properties.items() if k not in properties or properties[k] != v}
    for key in set(old.properties) - set(new.properties) | {k for k in FIELDS if _emptied(properties, old, new, k)}:
        properties.pop(key, None)
    edited = dict(feature)
    if properties != (feature.get("properties") or {}):
        edited["properties"] = properties
    if (bake or not new.derived) and not _same_geometry(old.geometry, new.geometry):
        edited["geometry"] = _merged_geometry(feature.get("geometry"), new.geometry, fresh=old.geometry is None)
    return edited


def _emptied(properties: Mapping[str, Any], old: Zone, new: Zone, key: str) -> bool:
    return getattr(old, key) != getattr(new, key) and properties.get(key) in (None, [], {}, "")


def _same_geometry(old: BaseGeometry | None, new: BaseGeometry | None) -> bool:
    if old is None or new is None:
        return old is new
    return old is new or bool(shapely.equals_identical(old, new))


def _merged_geometry(
    was: dict[str, Any] | None, geometry: BaseGeometry | None, *, fresh: bool
) -> dict[str, Any] | None:
    """Return a geometry as JSON; foreign members stay, and a bounding box that no longer holds goes."""
    made = geometry_json(geometry, orient=fresh, kept=_figures((was or {}).get("coordinates", [])))
    if was is None or made is None or was.get("type") != made["type"]:
        return made
    kept = {key: value for key, value in was.items() if key != "bbox"}
    return {key: made.get(key, value) for key, value in kept.items()}


def geometry_json(
    geometry: BaseGeometry | None, *, orient: bool = True, kept: frozenset[float] = frozenset()
) -> dict[str, Any] | None:
    """Return a geometry as GeoJSON, rounded to `DECIMALS` but for the figures to keep; shells turned if asked for."""
    if geometry is None:
        return None
    turned = shapely.orient_polygons(geometry) if orient else geometry
    made: dict[str, Any] = _rounded(shapely.geometry.mapping(turned), kept)
    return made


def _rounded(node: Any, kept: frozenset[float]) -> Any:  # noqa: ANN401  coordinates nest one to four deep
    if isinstance(node, dict):
        return {key: _rounded(value, kept) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_rounded(part, kept) for part in node]
    return round(node, DECIMALS) if isinstance(node, float) and node not in kept else node


def _figures(node: Any) -> frozenset[float]:  # noqa: ANN401  coordinates nest one to four deep
    if isinstance(node, list):
        return frozenset().union(*map(_figures, node))
    return frozenset((node,))


def _encoded(zone: Zone, key: str) -> Any:  # noqa: ANN401  a JSON value is of any type
    value = getattr(zone, key)
    if key == "names":
        return dict(value)
    if key == "sources":
        return [_source_json(source) for source in value]
    return list(value) if isinstance(value, tuple) else value


def _source_json(source: SourceRef) -> dict[str, str]:
    members = {"title": source.title, "url": source.url, "says": source.says, "contradicts": source.contradicts}
    return {key: value for key, value in members.items() if value is not None}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits; the checks refuse it
        return None


def _numbers(value: object) -> tuple[float, ...]:
    found = [_number(item) for item in value] if isinstance(value, list) else []
    return tuple(item for item in found if item is not None)


def _names(value: object) -> tuple[tuple[str, str], ...]:
    pairs = value.items() if isinstance(value, dict) else ()
    return tuple((language, name) for language, name in pairs if isinstance(name, str))


def _sources(value: object) -> tuple[SourceRef, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(found for found in map(_source, items) if found)


def _source(value: object) -> SourceRef | None:
    if isinstance(value, str):
        return SourceRef(value)
    if not isinstance(value, dict):
        return None
    title = _text(value.get("title")) or _text(value.get("url"))
    parts = {key: _text(value.get(key)) for key in ("url", "says", "contradicts")}
    return SourceRef(title, **parts) if title else None
