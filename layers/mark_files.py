"""Tables of marks from files: GeoJSON, GeoParquet, CSV.

Columns are known by name, whatever their case: longitude as `lon`, `lng`, `long`, `longitude` or `x`, latitude as
`lat`, `latitude` or `y`; `name` or `title`; `quote`, `text` or `description`; `date`, `day` or `time`; `kind`,
`type` or `category`.
"""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.types import Where
from layers.marks import MarkTable, is_position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_NAMES = {
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "lat": ("lat", "latitude", "y"),
    "name": ("name", "title"),
    "quote": ("quote", "text", "description"),
    "date": ("date", "day", "time"),
    "kind": ("kind", "type", "category"),
}
_HINT = "Marks come as GeoJSON points, GeoParquet, or CSV with the columns lon and lat."


def read(path: Path) -> MarkTable:
    """Return the marks of a file, told by its ending.

    Raises:
        InputError: the file can't be read, is not what its ending says, or holds no points.
    """
    readers = {".csv": _csv, ".parquet": _parquet, ".geoparquet": _parquet}
    try:
        content = path.read_bytes()
        table = readers.get(path.suffix.lower(), _geojson)(content)
    except OSError as error:
        message = f"{path} can't be read: {error.strerror}."
        raise InputError(message) from error
    except (ValueError, KeyError, TypeError) as error:
        message = f"This is no table of marks: {error}."
        raise InputError(message, where=Where(str(path)), hint=_HINT) from error
    if not len(table):
        message = "There are no points in it."
        raise InputError(message, where=Where(str(path)), hint=_HINT)
    return table


def _csv(content: bytes) -> MarkTable:
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    header = next(reader, [])
    rows, labels = [], []
    for row in filter(None, reader):
        rows.append([*row, *[""] * (len(header) - len(row))][: len(header)])
        labels.append(f"line {reader.line_num}")
    columns = list(zip(*rows, strict=True))
    named: dict[str, Sequence[Any]] = dict(zip(header, columns, strict=True)) if columns else {}
    return _from_columns(named, labels)


def _parquet(content: bytes) -> MarkTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except pa.ArrowInvalid as error:
        raise ValueError(str(error)) from error
    columns: dict[str, Sequence[Any]] = {name: table[name].to_pylist() for name in table.column_names}
    geometry = next((name for name in ("geometry", "geom", "wkb_geometry") if name in columns), None)
    if geometry is None:
        return _from_columns(columns, _rows(columns))
    import shapely

    middles = shapely.point_on_surface(shapely.from_wkb(columns[geometry]))
    spots = {"lon": shapely.get_x(middles).tolist(), "lat": shapely.get_y(middles).tolist()}
    return _from_columns({**columns, **spots}, _rows(columns))


def _rows(columns: dict[str, Sequence[Any]]) -> list[str]:
    return [f"row {i}" for i in range(1, 1 + max(map(len, columns.values()), default=0))]


def _geojson(content: bytes) -> MarkTable:
    import orjson

    features = [each for each in orjson.loads(content)["features"] if isinstance(each, dict)]
    known = {key for each in features for key in (each.get("properties") or {})}
    columns: dict[str, Sequence[Any]] = {
        key: [(each.get("properties") or {}).get(key) for each in features] for key in known
    }
    spots = [_spot(each.get("geometry")) for each in features]
    labels = [f"feature {i}" for i in range(1, len(features) + 1)]
    return _from_columns({**columns, "lon": [at[0] for at in spots], "lat": [at[1] for at in spots]}, labels)


def _spot(geometry: Any) -> tuple[Any, Any]:  # noqa: ANN401  anything that JSON has
    """Return the position of a point, or one inside of what is no point."""
    if not isinstance(geometry, dict):
        return None, None
    if geometry.get("type") == "Point":
        lon, lat, *_ = geometry["coordinates"]
        return lon, lat
    import shapely

    try:
        inside = shapely.from_geojson(json.dumps(geometry)).point_on_surface()
    except (shapely.errors.GEOSException, TypeError):
        return None, None
    return (None, None) if inside.is_empty else (inside.x, inside.y)


def _from_columns(columns: dict[str, Sequence[Any]], labels: Sequence[str]) -> MarkTable:
    """Return the table; `labels` say where in the file each row stands."""
    lower = {name.strip().lower(): name for name in reversed(columns)}
    found = {key: columns[lower[name]] for key, names in _NAMES.items() for name in names[::-1] if name in lower}
    if "lon" not in found or "lat" not in found:
        message = "no columns lon and lat"
        raise KeyError(message)
    lon, lat = _numbers(found.pop("lon")), _numbers(found.pop("lat"))
    lost = tuple(label for label, usable in zip(labels, is_position(lon, lat), strict=True) if not usable)
    return MarkTable(lon, lat, found, lost)


def _numbers(column: Iterable[Any]) -> list[float]:
    return [_number(value) for value in column]


def _number(value: Any) -> float:  # noqa: ANN401  a cell may hold anything
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
