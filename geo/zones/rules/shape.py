"""The rules for sound shapes: winding, repeated positions, spikes, areas of nothing, crossings, boxes.

Every test is planar in degrees, as the topology of a drawn polygon is; nothing here measures. Shapes come from
`geo.zones.rules.geojson.walk`, so that GEOS only ever sees closed rings of finite numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.zones.rules.findings import error, warning
from geo.zones.rules.numbers import position_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from geo.zones.rules.findings import Finding
    from geo.zones.rules.geojson import Line, Shape, Walk
    from geo.zones.rules.numbers import Table
    from geo.zones.text import Path

_REASON = re.compile(r"(?P<what>[^\[]+)(?:\[(?P<lon>\S+) (?P<lat>\S+)\])?")
#: What GEOS says -> code, message in plain words.
_REASONS = {
    "Self-intersection": ("self-crossing", "the outline crosses or overlaps itself"),
    "Ring Self-intersection": ("self-touching", "a ring touches itself in a point"),
    "Hole lies outside shell": ("hole-outside", "a hole lies outside the outline"),
    "Holes are nested": ("nested-holes", "a hole lies inside another hole"),
    "Interior is disconnected": ("cut-apart", "a hole cuts the polygon apart"),
    "Nested shells": ("parts-overlap", "a part lies inside another part"),
    "Duplicate Rings": ("duplicate-ring", "two rings are the same"),
    "Too few points in geometry component": ("zero-area", "a ring has no area"),
}
_ZERO_AREA = 1e-12
#: Sine of a tenth of a degree: the outline comes back along itself.
_SPIKE = 1.75e-3
_FIXABLE_POSITIONS = 5000


def line_findings(table: Table) -> Iterator[Finding]:
    """Yield what is odd about single lines and rings: repeats, spikes, no length or area, antimeridian."""
    import numpy as np

    if not table.lines:
        return
    xy, starts = table.lon_lat_deg, table.starts
    step = np.abs(np.diff(xy, axis=0))
    still = (step == 0).all(axis=1) if len(step) else np.zeros(0, dtype=bool)
    wide = step[:, 0] > 180  # noqa: PLR2004  half the globe
    edges = starts[1:-1] - 1
    still[edges], wide[edges] = False, False
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


def ring_findings(shape: Shape, arrays: list[np.ndarray], *, lenient: bool) -> Iterator[Finding]:
    """Yield what is odd about the rings of one polygon: winding, spikes, rings that enclose nothing.

    Where lenient, holes in the parts of a multipolygon may wind as they like: files from before RFC 7946 do so
    widely (mapbox/geojson-fixtures counts them as good), and the part's own outline tells a hole for what it is.
    """
    part = len(shape.path) > len(shape.geometry) + 1
    for line, xy in zip(shape.lines, arrays, strict=True):
        if abs(xy[1:, 0] - xy[:-1, 0]).max() > 180:  # noqa: PLR2004  half the globe
            continue
        distinct = {(position[0], position[1]) for position in line.positions}
        area = _signed_area(xy)
        extent = float(xy.max(axis=0).dot((1, 1)) - xy.min(axis=0).dot((1, 1)))
        if len(distinct) == 2:  # noqa: PLR2004  there and back
            yield error(
                "ring-is-a-line", line.path, "the ring has two different positions: that is a line, not an area"
            )
        elif abs(area) <= _ZERO_AREA * max(extent, 1e-6) and len(distinct) > 2 and _collinear(xy):  # noqa: PLR2004
            yield warning("zero-area", line.path, "the positions of the ring lie on one line: it has no area")
        elif len(distinct) > 2:  # noqa: PLR2004
            if not (lenient and part and line.hole):
                yield from _winding(line, area)
            yield from _spikes(line, xy)


def _collinear(xy: np.ndarray) -> bool:
    import numpy as np

    centred = xy - xy.mean(axis=0)
    spread = np.linalg.svd(centred, compute_uv=False)
    return bool(spread[-1] <= _SPIKE * 1e-6 * max(float(spread[0]), 1e-12))


def _signed_area(xy: np.ndarray) -> float:
    """Return twice nothing but the shoelace area in square degrees; positive counterclockwise."""
    x, y = (xy - xy[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def _winding(line: Line, area: float) -> Iterator[Finding]:
    if area == 0 or (area > 0) != line.hole:
        return
    turn, ring = ("clockwise", "hole") if line.hole else ("counterclockwise", "outline")
    message = f"the {ring} of a polygon runs {turn} (RFC 7946, section 3.1.6)"
    fix = {"path": list(line.path), "value": line.positions[::-1]}
    yield warning(
        "winding", line.path, message.replace("runs", "should run"), "Reverse the order of its positions.", fix=fix
    )


def _spikes(line: Line, xy: np.ndarray) -> Iterator[Finding]:
    import numpy as np

    moving = np.concatenate(([True], (np.diff(xy, axis=0) != 0).any(axis=1)))
    kept = np.flatnonzero(moving)
    ring = xy[kept]
    out = np.diff(np.vstack((ring, ring[1:2])), axis=0)
    before, after = out[:-1], out[1:]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    dot = (before * after).sum(axis=1)
    size = np.hypot(*before.T) * np.hypot(*after.T)
    sharp = np.flatnonzero((dot < 0) & (np.abs(cross) < _SPIKE * size))
    if sharp.size:
        at = int(kept[(int(sharp[0]) + 1) % len(kept)])
        lon, lat = line.positions[at][:2]
        yield warning(
            "spike",
            (*line.path, at),
            f"a spike at {lon:g}, {lat:g}: the outline comes back along itself",
            "Remove this position.",
        )


def validity_findings(polygons: list[tuple[Path, int, BaseGeometry, tuple[Shape, ...]]]) -> Iterator[Finding]:
    """Yield what GEOS finds wrong with polygons, at the position where it shows."""
    import shapely

    made = [polygon for _, _, polygon, _ in polygons]
    for (path, _, polygon, shapes), sound in zip(polygons, shapely.is_valid(made).tolist(), strict=True):
        if not sound:
            yield _invalid(path, polygon, shapes)


def _invalid(path: Path, polygon: BaseGeometry, shapes: tuple[Shape, ...]) -> Finding:
    import shapely

    found = _REASON.fullmatch(shapely.is_valid_reason(polygon))
    what = found["what"].strip() if found else ""
    code, message = _REASONS.get(what, ("not-valid", what.lower() or "the polygon is not valid"))
    if (
        code == "self-crossing"
        and len(shapes) > 1
        and all(bool(part.is_valid) for part in getattr(polygon, "geoms", ()))
    ):
        code, message = "parts-overlap", "two parts overlap or share an edge"
    where, at = (path, "")
    if found and found["lon"]:
        lon, lat = float(found["lon"]), float(found["lat"])
        where, at = _nearest_position(shapes, lon, lat) or path, f" near {lon:.6g}, {lat:.6g}"
    return warning(code, where, message + at, _HINTS.get(code), fix=_repair(path, polygon, shapes))


_HINTS = {
    "self-crossing": "Put the positions in order along the outline, or let --fix part it where it crosses.",
    "hole-outside": "Move the hole inside, or make it a part of its own.",
    "parts-overlap": "Join the parts into one, or move them apart.",
    "self-touching": "Part the ring in two where it touches itself.",
}


def _repair(path: Path, polygon: BaseGeometry, shapes: tuple[Shape, ...]) -> dict[str, Any] | None:
    """Return a proposal by GEOS' make_valid (structure method), polygons only; None where it would lose everything."""
    import shapely

    from geo.zones.io import geometry_json

    if sum(len(line.positions) for shape in shapes for line in shape.lines) > _FIXABLE_POSITIONS:
        return None
    mended = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    if mended.is_empty or mended.geom_type not in {"Polygon", "MultiPolygon"}:
        return None
    return {"path": list(path), "value": geometry_json(mended), "proposal": "make_valid"}


def _nearest_position(shapes: tuple[Shape, ...], lon_deg: float, lat_deg: float) -> Path | None:
    best: tuple[float, Path] | None = None
    for line in (line for shape in shapes for line in shape.lines):
        for i, position in enumerate(line.positions):
            far = (position[0] - lon_deg) ** 2 + (position[1] - lat_deg) ** 2
            if best is None or far < best[0]:
                best = (far, position_path(line, i))
    return best[1] if best else None


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


def polygons_of(walk: Walk) -> list[tuple[Path, int, BaseGeometry, tuple[Shape, ...]]]:
    """Return (path, feature, polygon or multipolygon, shapes) of every sound polygonal geometry."""
    import shapely

    made: list[tuple[Path, int, BaseGeometry, tuple[Shape, ...]]] = []
    for path, feature, shapes in walk.geometries:
        if shapes[0].lines[0].kind != "ring":
            continue
        parts = [shapely.Polygon(rings[0], rings[1:]) for rings in map(_rings, shapes)]
        whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
        made.append((path, feature, whole, tuple(shapes)))
    return made


def _rings(shape: Shape) -> list[list[list[float]]]:
    return [[position[:2] for position in line.positions] for line in shape.lines]
