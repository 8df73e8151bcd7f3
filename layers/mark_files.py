"""Tables of marks from files: GeoJSON, GeoParquet, CSV.

Columns are known by name, whatever their case: longitude as `lon`, `lng`, `long`, `longitude` or `x`, latitude as
`lat`, `latitude` or `y`; `name` or `title`; `quote`, `text` or `description`; `date`, `day` or `time`; `kind`,
`type` or `category`.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.types import Where
from layers.marks import MarkTable

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
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    header = next(rows, [])
    columns = list(zip(*(row for row in rows if len(row) == len(header)), strict=True))
    named: dict[str, Sequence[Any]] = dict(zip(header, columns, strict=True)) if columns else {}
    return _from_columns(named)


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
        return _from_columns(columns)
    import shapely

    middles = shapely.point_on_surface(shapely.from_wkb(columns[geometry]))
    return _from_columns({**columns, "lon": shapely.get_x(middles).tolist(), "lat": shapely.get_y(middles).tolist()})


def _geojson(content: bytes) -> MarkTable:
    import orjson

    features = orjson.loads(content)["features"]
    points = [each for each in features if (each.get("geometry") or {}).get("type") == "Point"]
    known = {key for each in points for key in (each.get("properties") or {})}
    columns: dict[str, Sequence[Any]] = {
        key: [(each.get("properties") or {}).get(key) for each in points] for key in known
    }
    positions = [each["geometry"]["coordinates"] for each in points]
    return _from_columns({**columns, "lon": [at[0] for at in positions], "lat": [at[1] for at in positions]})


def _from_columns(columns: dict[str, Sequence[Any]]) -> MarkTable:
    lower = {name.strip().lower(): name for name in reversed(columns)}
    found = {key: columns[lower[name]] for key, names in _NAMES.items() for name in names[::-1] if name in lower}
    if "lon" not in found or "lat" not in found:
        message = "no columns lon and lat"
        raise KeyError(message)
    lon, lat = _numbers(found.pop("lon")), _numbers(found.pop("lat"))
    return MarkTable(lon, lat, found)


def _numbers(column: Iterable[Any]) -> list[float]:
    return [_number(value) for value in column]


def _number(value: Any) -> float:  # noqa: ANN401  a cell may hold anything
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
