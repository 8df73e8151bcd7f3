"""The rules for numbers: finite, in range, degrees and not metres, not finer than any survey.

Latitudes beyond ±90° do not exist, longitudes beyond ±180° do so only by convention: the first is an error, the
second a warning up to ±360°. All positions of a file are looked at in one vectorised pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

from geo.zones.rules.findings import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from geo.zones.rules.coordinates import Line, Walk
    from geo.zones.rules.findings import Finding
    from geo.zones.text import Parsed

#: Errors with which no shape can be judged.
FATAL = frozenset({"not-finite", "latitude-out-of-range", "longitude-out-of-range"})

#: More metres than any projection of the Earth has; squares and products of it are still numbers.
_LARGEST_M = 1e12
_LAT_DEG = 90.0
_LON_DEG = 180.0
#: RFC 7946, section 11.2, calls six decimals (10 cm) enough; eleven are a hundredth of a hair.
_MOST_DECIMALS = 10
_TOO_FINE = re.compile(rf"\.\d{{{_MOST_DECIMALS + 1},}}")
_DIGITS = bytes(ord("0") if chr(code).isdecimal() else code for code in range(128)) + bytes(128)
_FINE = b"." + b"0" * (_MOST_DECIMALS + 1)
#: Web map tiles: metres that no archive keeps data in, and the commonest accident of all.
_WEB_MERCATOR = {"3857", "3785", "900913", "102100", "102113"}
_DEGREES = {"CRS84", "CRS83", "CRS84H", "4326", "4979", ""}


@dataclass(frozen=True, slots=True)
class Table:
    """All positions of a file's lines and rings, end to end."""

    lines: tuple[Line, ...]
    lon_lat_deg: np.ndarray
    """(n, 2)."""
    starts: np.ndarray
    """Index of each line's first position, and one more for the end."""
    shapes: tuple[range, ...]
    """Indices of each shape's lines."""
    is_ring: np.ndarray
    """Of each line."""

    def lines_of(self, shape: int) -> range:
        """Return the indices of a shape's lines."""
        return self.shapes[shape]

    def of(self, index: int) -> np.ndarray:
        """Return the (n, 2) positions of one line."""
        found: np.ndarray = self.lon_lat_deg[self.starts[index] : self.starts[index + 1]]
        return found


def tabulate(walk: Walk) -> Table:
    """Return the positions of all sound lines of a file as one array of longitude, latitude."""
    import numpy as np

    lines = tuple(line for shape in walk.shapes for line in shape.lines)
    counts = [len(line.positions) for line in lines]
    flat = list(chain.from_iterable(line.flat for line in lines))
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    ends = list(accumulate((len(shape.lines) for shape in walk.shapes), initial=0))
    shapes = tuple(range(first, last) for first, last in pairwise(ends))
    is_ring = np.array([line.kind == "ring" for line in lines], dtype=bool)
    return Table(lines, _floats(flat).reshape(-1, 2), starts, shapes, is_ring)


def _floats(numbers: list[float]) -> np.ndarray:
    import numpy as np

    try:
        return np.array(numbers, dtype=np.float64)
    except OverflowError:  # an integer of more than 308 digits
        return np.array([number if abs(number) < 10**300 else np.inf for number in numbers], dtype=np.float64)


def number_findings(walk: Walk, table: Table, document: dict[str, Any]) -> Iterator[Finding]:
    """Yield one finding a line for numbers that no map can hold, the first position of its kind each."""
    import numpy as np

    from geo.zones.rules.geojson import crs_name

    lon, lat = np.abs(table.lon_lat_deg.T) if table.lines else (np.zeros(0), np.zeros(0))
    if lon.max(initial=0) <= _LON_DEG and lat.max(initial=0) <= _LAT_DEG:  # false for what is not a number
        yield from _heights(walk)
        return
    relies = crs_name(document).rpartition(":")[2] not in _DEGREES | _WEB_MERCATOR
    largest = _LARGEST_M if relies else np.inf
    finite = (lon < largest) & (lat < largest)
    yield from _each(table, ~finite, _not_finite)
    if relies:
        yield from _each(table, finite & ((lat > _LAT_DEG) | (lon > _LON_DEG)), _not_degrees)
        return
    yield from _each(table, finite & (lat > _LAT_DEG), _latitude)
    sound_lat = finite & (lat <= _LAT_DEG)
    yield from _each(table, sound_lat & (lon > 2 * _LON_DEG), _longitude_error)
    yield from _each(table, sound_lat & (lon > _LON_DEG) & (lon <= 2 * _LON_DEG), _longitude_warning)
    yield from _heights(walk)


def _each(table: Table, wrong: np.ndarray, make: Any) -> Iterator[Finding]:  # noqa: ANN401  a small constructor
    import numpy as np

    if not wrong.any():
        return
    at = np.flatnonzero(wrong)
    owners = np.searchsorted(table.starts, at, side="right") - 1
    for owner in np.unique(owners).tolist():
        mine = at[owners == owner]
        line = table.lines[owner]
        index = int(mine[0] - table.starts[owner])
        yield make(line, index, f" ({mine.size - 1} more in this line)" if mine.size > 1 else "")


def position_path(line: Line, index: int) -> tuple[str | int, ...]:
    """Return the path of a position of a line; a Point's coordinates are the position itself."""
    alone = bool(line.positions) and line.path[-1] == "coordinates" and line.single
    return line.path if alone else (*line.path, index)


def _not_finite(line: Line, index: int, more: str) -> Finding:
    return error("not-finite", position_path(line, index), f"a coordinate is too large to be a number{more}")


def _latitude(line: Line, index: int, more: str) -> Finding:
    lon, lat = line.positions[index][:2]
    message = f"the latitude {lat:g} is beyond 90 degrees{more}"
    if abs(lon) <= _LAT_DEG and abs(lat) <= _LON_DEG:
        return error(
            "latitude-out-of-range",
            (*position_path(line, index), 1),
            message,
            "Longitude comes first: are the two swapped?",
        )
    hint = "These look like metres: export as WGS 84 (EPSG:4326), longitude and latitude in degrees."
    return error(
        "latitude-out-of-range", (*position_path(line, index), 1), message, hint if abs(lat) > _LON_DEG else None
    )


def _longitude_error(line: Line, index: int, more: str) -> Finding:
    message = f"the longitude {line.positions[index][0]:g} is no degree of the globe{more}"
    hint = "Give longitudes from -180 to 180, in degrees."
    return error("longitude-out-of-range", (*position_path(line, index), 0), message, hint)


def _longitude_warning(line: Line, index: int, more: str) -> Finding:
    message = f"the longitude {line.positions[index][0]:g} is beyond 180 degrees{more}"
    hint = "Cut what crosses the antimeridian in two, each part from -180 to 180 (RFC 7946, section 3.1.9)."
    return warning("longitude-out-of-range", (*position_path(line, index), 0), message, hint)


def _not_degrees(line: Line, index: int, more: str) -> Finding:
    lon, lat = line.positions[index][:2]
    message = f'{lon:g}, {lat:g} are no degrees{more}: the file relies on its removed "crs" member'
    hint = "Reproject it: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson."
    return warning("not-degrees", position_path(line, index), message, hint)


def _heights(walk: Walk) -> Iterator[Finding]:
    from math import isinf

    if not walk.heights:
        return
    for shape in walk.shapes:
        for line in shape.lines:
            if max(map(len, line.positions)) == 2:  # noqa: PLR2004  no heights
                continue
            tall = next((i for i, p in enumerate(line.positions) if any(isinf(number) for number in p[2:])), None)
            if tall is not None:
                yield _not_finite(line, tall, "")


def precision_findings(parsed: Parsed, walk: Walk) -> Iterator[Finding]:
    """Yield one finding for the first coordinate of a file that has more than `_MOST_DECIMALS` decimals."""
    text = parsed.layout.text
    if _FINE not in text.encode("latin-1", "replace").translate(_DIGITS) or not _TOO_FINE.search(text):
        return
    for path, _, _ in walk.geometries:
        start, end = parsed.layout.span((*path, "coordinates"))
        found = _TOO_FINE.search(text, start, end)
        if found:
            digits = len(found[0]) - 1
            message = f"a coordinate with {digits} decimals: six are ten centimetres (RFC 7946, section 11.2)"
            yield warning(
                "too-precise", path, message, "Round it: the accuracy is only apparent.", offset=found.start()
            )
            return
