"""Many marks on one page: a table of points as a columnar payload, and the document around it.

The payload goes into `MapDocument["marks"]` and is drawn by `layers/web/src/map/marks.ts`:

`count`      number of marks, sorted along a space-filling curve, so that differences are small.
`scale`      units a degree (100 000: about a metre).
`xy`         longitude and latitude by turns in these units, each the difference from the one before (the first
             from 0).
`separator`  a character that no text of the table holds.
`name`       all names in one string, parted by the separator; likewise `quote`. Left out where there are none.
`kinds`      the kinds that occur; `kind` is an index into them for each mark. Left out where there are none.
`days`       days since 1970-01-01 for each mark, negative before; `no_day` where a mark has none. Left out where
             no mark has a date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import InputError
from layers.document import VERSION
from layers.interface import credit_lines, direction, speaker, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike

    from layers.document import LayerDoc, MapDocument, Tiles, TimeDoc

SCALE: Final = 100_000
NO_DAY: Final = -1_000_000
_SEPARATORS = "|~^¦§¶¤"
_CURVE_BITS = 16
_MARGIN = 0.04
_LEAST_DEG = 0.05
_MOST_KINDS = 12
_MOST_LOST = 8
_WGS84 = 4326
_TURN_DEG = 360.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Points with their columns; what `layers.mark_files.read` returns and `marks` codes."""

    lon: Sequence[float]
    """WGS 84 degrees."""
    lat: Sequence[float]
    columns: dict[str, Sequence[Any]] = field(default_factory=dict)
    """Of `name`, `quote`, `date`, `kind`: those that there are, each as long as `lon`."""
    lost: tuple[str, ...] = ()
    """Where in the file the rows stand that have no usable position: `line 3`."""

    def __len__(self) -> int:
        """Return the number of marks."""
        return len(self.lon)


def marks(frame: Any) -> dict[str, Any]:  # noqa: ANN401  a GeoDataFrame has no type here
    """Return the columnar payload of a `MarkTable` or a GeoDataFrame.

    Of a GeoDataFrame the points count, and of other geometries a point inside each; WGS 84 is assumed where it
    has no CRS. Rows without a usable position are left out.

    Raises:
        InputError: no row has a position.
    """
    return _code(_table(frame))


def marks_document(
    frame: Any,  # noqa: ANN401  as above
    *,
    title: str,
    tiles: Tiles | None = None,
    language: str = "en",
) -> MapDocument:
    """Return a document that shows a table of points: `marks(frame)` on a ground that fits it.

    Args:
        frame: as in `marks`.
        title: of the page.
        tiles: a server of background pictures; the page says that it asks it.
        language: of the interface texts.
    """
    table = _table(frame)
    payload = _code(table)
    box = _box(payload)
    kinds = payload.get("kinds", [])
    return {
        "version": VERSION,
        "id": "marks",
        "title": title,
        "subtitle": "",
        "language": language,
        "dir": direction(language),
        "credit": None,
        "disclaimer": None,
        "notes": _lost(table, payload),
        "view": {"bbox": box},
        "time": _span(payload),
        "tiles": tiles,
        "articles": [],
        "places": [],
        "facts": [],
        "zones": [],
        "areas": {},
        "basemap": _ground(box),
        "layers": [_layer(f"marks-{i}", kind) for i, kind in enumerate(kinds)],
        "credits": credit_lines(speaker(language)),
        "strings": strings(language),
        "generator": {"name": "contactline"},
        "marks": payload,
    }


def _ground(box: list[float]) -> dict[str, Any]:
    from geo.gazetteer import boundaries
    from geo.types import Theatre
    from layers.ground_cache import ground

    west, south, east, north = box
    middle = (west + east) / 2 if west <= east else (west + east) / 2 + 180
    here = boundaries.country_at((middle + 180) % 360 - 180, (south + north) / 2)
    return ground(
        Theatre(countries=(here,) if here else (), bbox_deg=(west, south, east, north)), (west, south, east, north)
    )


def _layer(key: str, title: str) -> LayerDoc:
    return {"id": key, "title": title, "group": "article", "marks": [], "shown": True}


def _table(frame: Any) -> MarkTable:  # noqa: ANN401  as above
    """Return a GeoDataFrame's points and the columns that a page knows."""
    if isinstance(frame, MarkTable):
        return frame
    points = frame.geometry
    if points.crs is not None and points.crs.to_epsg() != _WGS84:
        points = points.to_crs(_WGS84)
    if not (points.geom_type == "Point").all():
        points = points.representative_point()
    known = {name: frame[name].tolist() for name in ("name", "quote", "date", "kind") if name in frame}
    return MarkTable(points.x.to_numpy(), points.y.to_numpy(), known)


def is_position(lon_deg: ArrayLike, lat_deg: ArrayLike) -> np.ndarray[Any, Any]:
    """Return for each pair whether it is a position; a longitude may be up to a turn beyond the antimeridian."""
    lon, lat = np.asarray(lon_deg, dtype=float), np.asarray(lat_deg, dtype=float)
    usable: np.ndarray[Any, Any] = (np.abs(lat) <= 90) & (np.abs(lon) <= 540)  # noqa: PLR2004  degrees
    return usable


def _lost(table: MarkTable, payload: dict[str, Any]) -> list[str]:
    missing = len(table) - payload["count"]
    if not missing:
        return []
    where = ", ".join(table.lost[:_MOST_LOST]) + (" …" if len(table.lost) > _MOST_LOST else "")
    rows = "1 row without a usable position is" if missing == 1 else f"{missing:,} rows without a usable position are"
    return [f"{rows} not on the map{': ' if where else ''}{where}."]


def _code(table: MarkTable) -> dict[str, Any]:
    lon, lat = np.asarray(table.lon, dtype=float), np.asarray(table.lat, dtype=float)
    kept = np.flatnonzero(is_position(lon, lat))
    if not len(kept):
        message = "There is no mark with a position."
        raise InputError(message, hint="Give longitude and latitude in degrees (WGS 84).")
    units = np.rint(np.column_stack((lon[kept], lat[kept])) * SCALE).astype(np.int64)
    order = np.argsort(_curve(units), kind="stable")
    units, kept = units[order], kept[order]
    return {
        "count": len(kept),
        "scale": SCALE,
        "xy": np.diff(units, axis=0, prepend=0).reshape(-1).tolist(),
        **_texts(table, kept),
        **_kinds(table, kept),
        **_days(table, kept),
    }


def _curve(units: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return each point's place on a Z-order curve (Morton 1966): near on the curve is near on the ground."""
    low, span = units.min(axis=0), np.maximum(1, np.ptp(units, axis=0))
    cells = ((units - low) * (2**_CURVE_BITS - 1) // span).astype(np.uint64)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        cells = (cells | (cells << np.uint64(shift))) & np.uint64(mask)
    along: np.ndarray[Any, Any] = cells[:, 0] | (cells[:, 1] << np.uint64(1))
    return along


def _texts(table: MarkTable, kept: np.ndarray[Any, Any]) -> dict[str, Any]:
    given = {name: table.columns[name] for name in ("name", "quote") if name in table.columns}
    columns = {name: [_text(column[i]) for i in kept.tolist()] for name, column in given.items()}
    separator = _separator(text for column in columns.values() for text in column)
    coded: dict[str, Any] = {name: separator.join(column) for name, column in columns.items()}
    return dict(coded, separator=separator) if coded else {}


def _text(value: object) -> str:
    """Return a cell as text; empty for None and not-a-number."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124  NaN differs from itself


def _separator(texts: Iterable[str]) -> str:
    """Return a character that no text holds: a short one, or else one of the private ones."""
    used = "".join(texts)
    private = map(chr, range(0xE000, 0xF8FF))
    found: str = next(each for each in (*_SEPARATORS, *private) if each not in used)
    return found


def _kinds(table: MarkTable, kept: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Return the kinds by frequency; the rarest share one entry where there are more than a legend can show."""
    if "kind" not in table.columns:
        return {}
    column = table.columns["kind"]
    given = [_text(column[i]) for i in kept.tolist()]
    found, counts = np.unique(np.array(given, dtype=object), return_counts=True)
    kinds = [str(found[i]) for i in np.argsort(-counts, kind="stable")]
    shown = kinds if len(kinds) <= _MOST_KINDS else [*kinds[: _MOST_KINDS - 1], "other"]
    index = {kind: min(i, len(shown) - 1) for i, kind in enumerate(kinds)}
    return {"kinds": shown, "kind": [index[kind] for kind in given]}


def _days(table: MarkTable, kept: np.ndarray[Any, Any]) -> dict[str, Any]:
    if "date" not in table.columns:
        return {}
    column = table.columns["date"]
    days = [_day(_text(column[i])) for i in kept.tolist()]
    return {"no_day": NO_DAY, "days": days} if any(day != NO_DAY for day in days) else {}


@lru_cache(maxsize=65536)
def _day(text: str) -> int:
    try:
        return date.fromisoformat(text[:10]).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY


def _box(payload: dict[str, Any]) -> list[float]:
    """Return west, south, east, north of the marks with a margin; west is greater than east across the antimeridian."""
    corners = np.cumsum(np.array(payload["xy"]).reshape(-1, 2), axis=0) / payload["scale"]
    west, east = _arc(corners[:, 0])
    south, north = float(corners[:, 1].min()), float(corners[:, 1].max())
    across, up = max((east - west) * _MARGIN, _LEAST_DEG), max((north - south) * _MARGIN, _LEAST_DEG)
    west, east = west - across, east + across
    if east - west >= _TURN_DEG:
        west, east = -180.0, 180.0
    edges = (_turned(west), max(south - up, -85.0), _turned(east), min(north + up, 85.0))
    return [round(edge, 4) for edge in edges]


def _arc(lon_deg: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Return the ends of the shortest stretch that holds all longitudes; the second may lie beyond 180 degrees."""
    turned = np.unique((lon_deg + 180) % _TURN_DEG - 180)
    gaps = np.diff(turned, append=turned[0] + _TURN_DEG)
    last = int(np.argmax(gaps))
    # All but the widest gap; where that is the one over the antimeridian, nothing crosses it.
    if last == len(turned) - 1:
        return float(turned[0]), float(turned[-1])
    return float(turned[last + 1]), float(turned[last]) + _TURN_DEG


def _turned(lon_deg: float) -> float:
    """Return a longitude between -180 and 180 degrees."""
    return lon_deg if abs(lon_deg) <= _TURN_DEG / 2 else (lon_deg + 180) % _TURN_DEG - 180


def _span(payload: dict[str, Any]) -> TimeDoc | None:
    days = [day for day in payload.get("days", []) if day != NO_DAY]
    if not days:
        return None
    first, last = (date.fromordinal(day + _EPOCH).isoformat() for day in (min(days), max(days)))
    return {"start": first, "end": last, "now": None}
