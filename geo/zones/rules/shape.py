"""The rules for sound shapes: winding, repeated positions, spikes, areas of nothing, crossings, boxes.

Every test is planar in degrees, as the topology of a drawn polygon is; nothing here measures. Shapes come from
`geo.zones.rules.geojson.walk`, so that GEOS only ever sees closed rings of finite numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.zones.rules.findings import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from geo.zones.rules.coordinates import Line, Shape, Walk
    from geo.zones.rules.findings import Finding
    from geo.zones.rules.numbers import Table
    from geo.zones.text import Path

_REDRAW = "Draw it again, or remove it."
#: Of the square of its extent; beyond it a ring is looked at more closely.
_ZERO_AREA = 1e-9
_COLLINEAR = 1e-9
#: Sine of a tenth of a degree: the outline comes back along itself.
_SPIKE = 1.75e-3


def line_findings(table: Table) -> Iterator[Finding]:
    """Yield what is odd about single lines and rings: repeats, spikes, no length or area, antimeridian."""
    import numpy as np

    if not table.lines:
        return
    xy, starts = table.lon_lat_deg, table.starts
    east, north = np.abs(np.diff(xy[:, 0])), np.diff(xy[:, 1])
    still = (east == 0) & (north == 0)
    wide = (east > 180) & (east != 360)  # noqa: PLR2004  half the globe; the edge of a map of the world
    edges = starts[1:-1] - 1
    still[edges], wide[edges] = False, False
    if not (still.any() or wide.any()):
        return
    still_per_line = _per_line(still, starts)
    wide_per_line = _per_line(wide, starts)
    for i, line in enumerate(table.lines):
        if line.kind == "points":
            continue
        if wide_per_line[i]:
            yield _antimeridian(line)
        if still_per_line[i] >= len(line.positions) - 1:
            yield _nothing(line)
        elif still_per_line[i] and (again := _repeats(line)):
            yield _duplicates(line, again)


def _per_line(flags: np.ndarray, starts: np.ndarray) -> list[int]:
    import numpy as np

    total = np.concatenate(([0], np.cumsum(flags)))
    last = np.minimum(starts, len(flags))
    counts: list[int] = (total[last[1:]] - total[last[:-1]]).tolist()
    return counts


def _antimeridian(line: Line) -> Finding:
    message = "a step of more than 180 degrees of longitude: the line crosses the antimeridian or goes round the globe"
    hint = "Cut it in two at the antimeridian (RFC 7946, section 3.1.9)."
    return warning("crosses-antimeridian", line.path, message, hint)


def _nothing(line: Line) -> Finding:
    if line.kind == "ring":
        return warning(
            "zero-area",
            line.path,
            "all positions of the ring are the same: it has no area",
            "Draw it again, or remove it.",
        )
    return warning(
        "zero-length",
        line.path,
        "all positions of the line are the same: it has no length",
        "Draw it again, or remove it.",
    )


def _repeats(line: Line) -> list[int]:
    return [i for i in range(1, len(line.positions)) if line.positions[i] == line.positions[i - 1]]


def _duplicates(line: Line, again: list[int]) -> Finding:
    more = f" ({len(again) - 1} more)" if len(again) > 1 else ""
    kept = [position for i, position in enumerate(line.positions) if i not in set(again)]
    enough = len(kept) >= (4 if line.kind == "ring" else 2)
    fix = {"path": list(line.path), "value": kept} if enough else None
    where = (*line.path, again[0])
    return warning(
        "duplicate-position", where, f"the same position twice in a row{more}", "Remove one of the two.", fix=fix
    )


def ring_findings(walk: Walk, table: Table, *, lenient: bool) -> Iterator[Finding]:
    """Yield what is odd about rings: winding, spikes, rings that enclose nothing.

    Where lenient, holes in the parts of a multipolygon may wind as they like: files from before RFC 7946 do so
    widely (mapbox/geojson-fixtures counts them as good), and the part's own outline tells a hole for what it is.
    """
    import numpy as np

    if not table.is_ring.any():
        return
    areas, extents, leaps = _measures(table)
    spikes = dict(_spikes(table))
    hole = np.array([line.hole for line in table.lines], dtype=bool)
    flat = np.abs(areas) <= _ZERO_AREA * np.maximum(extents**2, 1e-12)
    odd = flat | ((areas > 0) == hole)
    odd[list(spikes)] = True
    # half the globe goes round it; but 360 is the edge of a map of the world
    odd &= table.is_ring & ((leaps <= 180) | (leaps == 360))  # noqa: PLR2004
    parts = {i for k, shape in enumerate(walk.shapes) if _is_part(shape) for i in table.lines_of(k)} if lenient else ()
    for i in np.flatnonzero(odd).tolist():
        line = table.lines[i]
        nothing = _flat(line, table.of(i)) if flat[i] else None
        if nothing is not None:
            yield from nothing
            continue
        if not (line.hole and i in parts):
            yield from _winding(line, areas[i])
        if i in spikes:
            yield _spike(line, spikes[i])


def _is_part(shape: Shape) -> bool:
    return len(shape.path) > len(shape.geometry) + 1


def _measures(table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the signed area (positive counterclockwise), extent and longest step east of each line, in degrees."""
    import numpy as np

    xy, starts = table.lon_lat_deg, table.starts
    first, ends = starts[:-1], starts[1:] - 1
    x, y = (column - np.repeat(column[first], np.diff(starts)) for column in xy.T)
    cross, east = np.zeros(len(xy)), np.zeros(len(xy))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    east[:-1] = np.abs(np.diff(xy[:, 0]))
    cross[ends], east[ends] = 0, 0
    wide, tall = (np.maximum.reduceat(column, first) - np.minimum.reduceat(column, first) for column in xy.T)
    return np.add.reduceat(cross, first) / 2, np.maximum(wide, tall), np.maximum.reduceat(east, first)


def _flat(line: Line, xy: np.ndarray) -> list[Finding] | None:
    """Return what is wrong with a ring of no area; None where it has none only because its loops cancel out."""
    distinct = {(position[0], position[1]) for position in line.positions}
    if len(distinct) == 1:
        return []  # reported with the lines of no length
    if len(distinct) == 2:  # noqa: PLR2004  there and back
        message = "the ring has two different positions: that is a line, not an area"
        return [error("ring-is-a-line", line.path, message, "Draw an area, or make it a LineString.")]
    if not _collinear(xy):
        return None
    return [warning("zero-area", line.path, "the positions of the ring lie on one line: it has no area", _REDRAW)]


def _collinear(xy: np.ndarray) -> bool:
    import numpy as np

    spread = np.linalg.svd(xy - xy.mean(axis=0), compute_uv=False)
    return bool(spread[-1] <= _COLLINEAR * max(float(spread[0]), 1e-12))


def _winding(line: Line, area: float) -> Iterator[Finding]:
    if area == 0 or (area > 0) != line.hole:
        return
    turn, ring = ("clockwise", "hole") if line.hole else ("counterclockwise", "outline")
    message = f"the {ring} of a polygon should run {turn} (RFC 7946, section 3.1.6)"
    fix = {"path": list(line.path), "value": line.positions[::-1]}
    yield warning("winding", line.path, message, "Reverse the order of its positions.", fix=fix)


def _spikes(table: Table) -> Iterator[tuple[int, int]]:
    """Yield (line, position) of the first spike of each line, repeats left out of account."""
    import numpy as np

    xy, starts = table.lon_lat_deg, table.starts
    moving = np.ones(len(xy), dtype=bool)
    moving[1:] = (np.diff(xy[:, 0]) != 0) | (np.diff(xy[:, 1]) != 0)
    moving[starts[:-1]] = True
    kept = np.flatnonzero(moving)
    first = np.searchsorted(kept, starts[:-1])
    last = np.append(first[1:], len(kept)) - 1
    before, after = np.arange(len(kept)) - 1, np.arange(len(kept)) + 1
    before[first], after[last] = np.maximum(last - 1, first), last
    x, y = xy[kept].T
    come_x, come_y, go_x, go_y = x - x[before], y - y[before], x[after] - x, y[after] - y
    back = np.flatnonzero(come_x * go_x + come_y * go_y < 0)
    come_x, come_y, go_x, go_y = come_x[back], come_y[back], go_x[back], go_y[back]
    cross = come_x * go_y - come_y * go_x
    sharp = np.abs(cross) < _SPIKE * np.hypot(come_x, come_y) * np.hypot(go_x, go_y)
    seen: set[int] = set()
    for at in kept[back[sharp]].tolist():
        owner = int(np.searchsorted(starts, at, side="right")) - 1
        if owner not in seen:
            seen.add(owner)
            yield owner, at - int(starts[owner])


def _spike(line: Line, at: int) -> Finding:
    lon, lat = line.positions[at][:2]
    message = f"a spike at {lon:g}, {lat:g}: the outline comes back along itself"
    return warning("spike", (*line.path, at), message, "Remove this position.")


def box_findings(walk: Walk, table: Table) -> Iterator[Finding]:
    """Yield bounding boxes that do not hold what they should bound (RFC 7946, section 5)."""
    import numpy as np

    for path, _, box in walk.boxes:
        west, south, east, north = (box[0], box[1], box[len(box) // 2], box[len(box) // 2 + 1])
        where = (*path, "bbox")
        if not all(abs(number) < 1e300 for number in box):  # noqa: PLR2004  not infinite
            yield error("not-finite", where, "a bounding box holds a number that is too large")
            continue
        mine = [table.of(i) for i, line in enumerate(table.lines) if line.path[: len(path)] == path]
        positions = np.vstack(mine) if mine else np.zeros((0, 2))
        yield from _box(where, (west, south, east, north), positions)


def _box(where: Path, box: tuple[float, float, float, float], positions: np.ndarray) -> Iterator[Finding]:
    west, south, east, north = box
    if south > north:
        yield warning(
            "bbox-order", where, "the south of the bounding box lies north of its north", "West, south, east, north."
        )
        return
    if not len(positions):
        return
    slack = 1e-9
    (least_lon, least_lat), (most_lon, most_lat) = positions.min(axis=0), positions.max(axis=0)
    if west > east and least_lon >= east - slack and most_lon <= west + slack:
        yield warning(
            "bbox-order", where, "the west of the bounding box lies east of its east", "West, south, east, north."
        )
        return
    outside_lon = west <= east and (least_lon < west - slack or most_lon > east + slack)
    if outside_lon or least_lat < south - slack or most_lat > north + slack:
        real = [float(f"{number:.10g}") for number in (least_lon, least_lat, most_lon, most_lat)]
        message = "the bounding box does not hold all positions"
        fix = {"path": list(where), "value": real} if west <= east else None
        yield warning("bbox-mismatch", where, message, f"It should be {real}, or be left out.", fix=fix)
