"""A report in other programs' formats: GeoJSON, KML, GeoPackage, CSV with HXL tags, JSON.

Article text is hostile input here too: KML balloons would run it as HTML and spreadsheets as formulas, so it is
escaped for the first and marked as text for the second. Files are written whole or not at all.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import UsageError
from geo.zones.io import feature_from, geometry_json
from geo.zones.rules.dates import earliest, latest
from geo.zones.saving import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from os import PathLike

    from shapely.geometry.base import BaseGeometry

    from geo.types import Place, Report, Zone

#: Columns of zones and places, with their HXL tags (https://hxlstandard.org); those of facts are `geo.facts.rows`'.
ZONE_TAGS: Mapping[str, str] = {
    "id": "#meta+id",
    "name": "#loc+name",
    "kind": "#loc+type",
    "status": "#status",
    "basis": "#meta+basis",
    "valid": "#date+edtf",
    "parties": "#org+party",
    "applies_to": "#item+type",
    "uncertainty_km": "#indicator+uncertainty+km",
    "area_km2": "#indicator+area+km2",
    "length_km": "#indicator+length+km",
    "derived": "#meta+derived",
    "variant_of": "#meta+variant",
    "sources": "#meta+source",
    "note": "#meta+note",
}
PLACE_TAGS: Mapping[str, str] = {
    "id": "#meta+id",
    "name": "#loc+name",
    "feature": "#loc+type",
    "country": "#country+code+v_iso2",
    "admin1": "#adm1+code",
    "population": "#population",
    "radius_km": "#indicator+radius+km",
    "mentions": "#indicator+mentions",
    "source": "#meta+source",
    "membership": "#status+zone",
}
_ILLEGAL_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d.eE+-]*")
#: KML colours are alpha, blue, green, red.
_STYLES = {"areas": ("ff3c5a96", "553c5a96"), "lines": ("ff1e1e1e", "00000000"), "points": ("ff1e1e1e", "00000000")}
_FORMS = {"Polygon": "areas", "MultiPolygon": "areas", "LineString": "lines", "MultiLineString": "lines"}


def export(report: Report, output: str | PathLike[str], form: str) -> tuple[Path, ...]:
    """Write a report in a format, and return the files that were written.

    Args:
        report: what to write.
        output: the file; for CSV that of the facts, with `…-places.csv` and `…-zones.csv` beside it.
        form: geojson, kml, gpkg, csv or json.

    Raises:
        UsageError: there is no such format.
        OutputError: the file can't be written.
    """
    if form not in _WRITERS:
        message = f"There is no format {form!r}."
        raise UsageError(message, hint=f"One of {', '.join(_WRITERS)}.")
    return _WRITERS[form](report, Path(output))


def geojson(report: Report) -> dict[str, Any]:
    """Return a report as one FeatureCollection; the property `layer` tells zones, places and facts apart."""
    from geo import frames

    zones = [_in_layer(_clean_zone(zone), "zones") for zone in report.zones]
    tables = (("places", frames.places_frame(report)), ("facts", frames.facts_frame(report)))
    rest = [_in_layer(feature, layer) for layer, frame in tables for feature in _features(frame)]
    return {"type": "FeatureCollection", "features": [*zones, *rest]}


def _clean_zone(zone: Zone) -> dict[str, Any]:
    feature = feature_from(zone)
    feature["properties"].pop("recipe", None)  # it names other features, which another program may drop
    return feature


def _in_layer(feature: dict[str, Any], layer: str) -> dict[str, Any]:
    return {**feature, "id": f"{layer}/{feature['id']}", "properties": {"layer": layer, **feature["properties"]}}


def _features(frame: Any) -> Iterable[dict[str, Any]]:  # noqa: ANN401  GeoDataFrames have no type here
    for row, shape in zip(_records(frame), frame.geometry, strict=True):
        properties = {key: value for key, value in row.items() if value is not None and key != "id"}
        yield {"type": "Feature", "id": row["id"], "properties": properties, "geometry": geometry_json(shape)}


def _records(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401  GeoDataFrames have no type here
    """Return the rows of a frame as plain values; what is missing is None."""
    table = frame.drop(columns="geometry")
    columns = {name: [_plain(value) for value in table[name].tolist()] for name in table.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:  # noqa: ANN401  a cell may hold anything
    missing = value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124  NaN differs from itself
    if missing:
        return None
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _write_geojson(report: Report, path: Path) -> tuple[Path, ...]:
    write_atomic(path, json.dumps(geojson(report), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    return (path,)


def _write_json(report: Report, path: Path) -> tuple[Path, ...]:
    from geo.records import report_record

    write_atomic(path, json.dumps(report_record(report), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    return (path,)


def _write_gpkg(report: Report, path: Path) -> tuple[Path, ...]:
    from geo import frames

    zones: dict[str, list[Zone]] = {"areas": [], "lines": [], "points": []}
    for zone in report.zones:
        zones[_form(zone.geometry)].append(zone)
    layers = {f"zone {form}": frames.zones_frame(of_form) for form, of_form in zones.items()}
    frames.write_geopackage(
        path, {**layers, "places": frames.places_frame(report), "facts": frames.facts_frame(report)}
    )
    return (path,)


def _form(shape: BaseGeometry | None) -> str:
    return _FORMS.get(shape.geom_type, "points") if shape is not None else "points"


def _write_csv(report: Report, path: Path) -> tuple[Path, ...]:
    from geo import frames
    from geo.facts.rows import fact_rows

    facts = fact_rows(report.facts, articles=report.articles, places=frames.known_places(report))
    beside = {layer: path.with_name(f"{path.stem}-{layer}{path.suffix or '.csv'}") for layer in ("places", "zones")}
    write_atomic(path, _csv(facts))
    write_atomic(beside["places"], _csv(_table(frames.places_frame(report), PLACE_TAGS)))
    write_atomic(beside["zones"], _csv(_table(frames.zones_frame(report.zones), ZONE_TAGS)))
    return (path, *beside.values())


def _table(frame: Any, tags: Mapping[str, str]) -> list[list[Any]]:  # noqa: ANN401  GeoDataFrames have no type here
    """Return a header row, a row of HXL tags and the rows of a frame, with longitude and latitude at the end."""
    rows = _records(frame)
    names = [*tags, *(name for name in frame.columns if name not in tags and name != "geometry")]
    spots = [shape.representative_point() if shape is not None else None for shape in frame.geometry]
    head = [*names, "lon_deg", "lat_deg"]
    hxl = [*(tags.get(name, "#indicator+probability") for name in names), "#geo+lon", "#geo+lat"]
    body = [
        [*(row[name] for name in names), *((round(spot.x, 6), round(spot.y, 6)) if spot else (None, None))]
        for row, spot in zip(rows, spots, strict=True)
    ]
    return [head, hxl, *body]


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as CSV, UTF-8 with a byte-order mark: without it Excel takes Arabic for Latin."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _cell(value: Any) -> str:  # noqa: ANN401  a cell may hold anything
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = str(value).replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def kml(report: Report) -> bytes:
    """Return a report as KML 2.2: folders of zones, places and facts, dated where they have dates."""
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = _child(root, "Document")
    _child(document, "name", report.case.title if report.case else _title(report))
    if report.case and report.case.note:
        _child(document, "description", _balloon(report.case.note))
    for name, (line, fill) in _STYLES.items():
        _style(document, name, line, fill)
    _zone_folder(document, report.zones)
    _place_folder(document, report)
    _fact_folder(document, report)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _write_kml(report: Report, path: Path) -> tuple[Path, ...]:
    write_atomic(path, kml(report))
    return (path,)


def _title(report: Report) -> str:
    return next((article.title for article in report.articles if article.title), "Report")


def _zone_folder(document: ET.Element, zones: Iterable[Zone]) -> None:
    folder = _folder(document, "Zones")
    for zone in zones:
        fields = {
            "kind": zone.kind,
            "status": zone.status,
            "basis": zone.basis,
            "valid": zone.valid,
            "parties": "; ".join(zone.parties),
            "uncertainty_km": zone.uncertainty_km,
            "sources": "; ".join(source.title for source in zone.sources),
        }
        mark = _placemark(folder, zone.name, zone.note, fields, shown=zone.properties.get("shown") is not False)
        _span(mark, earliest(zone.valid) if zone.valid else None, latest(zone.valid) if zone.valid else None)
        _child(mark, "styleUrl", f"#{_form(zone.geometry)}")
        _fields(mark, fields)
        if zone.geometry is not None:
            _shape(mark, zone.geometry)


def _place_folder(document: ET.Element, report: Report) -> None:
    from geo import frames

    folder = _folder(document, "Places")
    for place, row in zip(frames.known_places(report), _records(frames.places_frame(report)), strict=True):
        fields = {key: value for key, value in row.items() if key not in {"id", "name"}}
        mark = _placemark(folder, place.name, None, fields)
        _child(mark, "styleUrl", "#points")
        _fields(mark, fields)
        _point(mark, place.lon_deg, place.lat_deg)


def _fact_folder(document: ET.Element, report: Report) -> None:
    from geo import frames

    folder = _folder(document, "Facts")
    places: Mapping[str, Place] = {place.id: place for place in frames.known_places(report)}
    for fact, row in zip(report.facts, _records(frames.facts_frame(report)), strict=True):
        fields = {key: value for key, value in row.items() if key not in {"id", "statement"}}
        mark = _placemark(folder, fact.statement, row["quote"], fields)
        _span(mark, fact.when.start if fact.when else None, fact.when.end if fact.when else None)
        _child(mark, "styleUrl", "#points")
        _fields(mark, fields)
        spot = next(
            (places[link.place] for link in fact.places if link.place in places and link.relation != "context"), None
        )
        if spot:
            _point(mark, spot.lon_deg, spot.lat_deg)


def _folder(document: ET.Element, name: str) -> ET.Element:
    folder = _child(document, "Folder")
    _child(folder, "name", name)
    return folder


def _placemark(
    folder: ET.Element, name: str, text: str | None, fields: Mapping[str, Any], *, shown: bool = True
) -> ET.Element:
    """Add a placemark with its name and balloon; KML wants its other children in a fixed order after them."""
    mark = _child(folder, "Placemark")
    _child(mark, "name", name)
    if not shown:
        _child(mark, "visibility", "0")
    _child(mark, "Snippet", "").set("maxLines", "0")
    lines = [f"{key}: {value}" for key, value in fields.items() if value not in (None, "")]
    _child(mark, "description", _balloon("\n".join([*([text, ""] if text else []), *lines])))
    return mark


def _balloon(text: str) -> str:
    """Return text for a balloon, which is read as HTML."""
    return html.escape(text).replace("\n", "<br>")


def _span(mark: ET.Element, start: str | None, end: str | None) -> None:
    if start or end:
        span = _child(mark, "TimeSpan")
        for name, day in (("begin", start), ("end", end)):
            if day:
                _child(span, name, day)


def _fields(mark: ET.Element, fields: Mapping[str, Any]) -> None:
    data = _child(mark, "ExtendedData")
    for name, value in fields.items():
        if value not in (None, ""):
            entry = _child(data, "Data")
            entry.set("name", name)
            _child(entry, "value", str(value))


def _style(document: ET.Element, name: str, line: str, fill: str) -> None:
    style = _child(document, "Style")
    style.set("id", name)
    outline = _child(style, "LineStyle")
    _child(outline, "color", line)
    _child(outline, "width", "2")
    _child(_child(style, "PolyStyle"), "color", fill)


def _shape(parent: ET.Element, shape: BaseGeometry) -> None:
    if hasattr(shape, "geoms"):
        many = _child(parent, "MultiGeometry")
        for part in shape.geoms:
            _shape(many, part)
    elif shape.geom_type == "Polygon":
        polygon = _child(parent, "Polygon")
        _child(polygon, "tessellate", "1")
        for k, ring in enumerate(shapely.get_rings(shapely.orient_polygons(shape)).tolist()):
            edge = _child(polygon, "innerBoundaryIs" if k else "outerBoundaryIs")
            _coordinates(_child(edge, "LinearRing"), ring.coords)
    elif shape.geom_type == "Point":
        _coordinates(_child(parent, "Point"), shape.coords)
    else:
        line = _child(parent, "LineString")
        _child(line, "tessellate", "1")
        _coordinates(line, shape.coords)


def _point(parent: ET.Element, lon_deg: float, lat_deg: float) -> None:
    _coordinates(_child(parent, "Point"), [(lon_deg, lat_deg)])


def _coordinates(parent: ET.Element, positions: Iterable[Sequence[float]]) -> None:
    _child(parent, "coordinates", " ".join(f"{round(lon, 6)},{round(lat, 6)}" for lon, lat, *_ in positions))


def _child(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    """Add an element; characters that XML can't hold are left out of its text."""
    made = ET.SubElement(parent, name)
    if text is not None:
        made.text = _ILLEGAL_XML.sub("", text)
    return made


_WRITERS: Mapping[str, Callable[[Report, Path], tuple[Path, ...]]] = {
    "geojson": _write_geojson,
    "kml": _write_kml,
    "gpkg": _write_gpkg,
    "csv": _write_csv,
    "json": _write_json,
}
