"""The rules for sound shapes: winding, repeated positions, spikes, areas of nothing, crossings, boxes.

Every test is planar in degrees, as the topology of a drawn polygon is; nothing here measures. Shapes come from
`geo.zones.rules.geojson.walk`, so that GEOS only ever sees closed rings of finite numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_REDRAW = "Draw it again, or remove it."
#: Of the square of its extent; beyond it a ring is looked at more closely.
_ZERO_AREA = 1e-9
_COLLINEAR = 1e-9
#: Sine of a tenth of a degree: the outline comes back along itself.
_SPIKE = 1.75e-3
_FIXABLE_POSITIONS = 5000
_SAMPLED = 5000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A polygonal geometry of a file, built."""

    path: Path
    feature: int
    polygon: BaseGeometry
    shapes: tuple[Shape, ...]

    @property
    def size(self) -> int:
        """How many positions it has."""
        return sum(len(line.positions) for shape in self.shapes for line in shape.lines)


def line_findings(table: Table) -> Iterator[Finding]:
    """Yield what is odd about single lines and rings: repeats, spikes, no length or area, antimeridian."""
    import numpy as np

    if not table.lines:
        return
    xy, starts = table.lon_lat_deg, table.starts
    step = np.abs(np.diff(xy, axis=0))
    still = (step == 0).all(axis=1) if len(step) else np.zeros(0, dtype=bool)
    wide = (step[:, 0] > 180) & (step[:, 0] != 360)  # noqa: PLR2004  half the globe; the edge of a map of the world
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


def ring_findings(walk: Walk, table: Table, *, lenient: bool) -> Iterator[Finding]:
    """Yield what is odd about rings: winding, spikes, rings that enclose nothing.

    Where lenient, holes in the parts of a multipolygon may wind as they like: files from before RFC 7946 do so
    widely (mapbox/geojson-fixtures counts them as good), and the part's own outline tells a hole for what it is.
    """
    rings = [i for i, line in enumerate(table.lines) if line.kind == "ring"]
    if not rings:
        return
    areas, extents, leaps = _measures(table)
    spikes = dict(_spikes(table))
    parts = {i for k, shape in enumerate(walk.shapes) if _is_part(shape) for i in table.lines_of(k)}
    for i in rings:
        line = table.lines[i]
        if 180 < leaps[i] != 360:  # noqa: PLR2004  half the globe; the edge of a map of the world
            continue
        flat = _flat(line, table.of(i)) if abs(areas[i]) <= _ZERO_AREA * max(extents[i] ** 2, 1e-12) else None
        if flat is not None:
            yield from flat
            continue
        if not (lenient and line.hole and i in parts):
            yield from _winding(line, areas[i])
        if i in spikes:
            yield _spike(line, spikes[i])


def _is_part(shape: Shape) -> bool:
    return len(shape.path) > len(shape.geometry) + 1


def _measures(table: Table) -> tuple[list[float], list[float], list[float]]:
    """Return the signed area (positive counterclockwise), extent and longest step east of each line, in degrees."""
    import numpy as np

    xy, starts = table.lon_lat_deg, table.starts
    x, y = (xy - np.repeat(xy[starts[:-1]], np.diff(starts), axis=0)).T
    cross, east = np.zeros(len(xy)), np.zeros(len(xy))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    east[:-1] = np.abs(np.diff(xy[:, 0]))
    ends = starts[1:] - 1
    cross[ends], east[ends] = 0, 0
    first = starts[:-1]
    span = np.maximum.reduceat(xy, first) - np.minimum.reduceat(xy, first)
    return (
        (np.add.reduceat(cross, first) / 2).tolist(),
        span.max(axis=1).tolist(),
        np.maximum.reduceat(east, first).tolist(),
    )


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
    moving[1:] = (xy[1:] != xy[:-1]).any(axis=1)
    moving[starts[:-1]] = True
    kept = np.flatnonzero(moving)
    first = np.searchsorted(kept, starts[:-1])
    last = np.append(first[1:], len(kept)) - 1
    before, after = np.arange(len(kept)) - 1, np.arange(len(kept)) + 1
    before[first], after[last] = np.maximum(last - 1, first), last
    ring = xy[kept]
    come, go = ring - ring[before], ring[after] - ring
    cross = come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0]
    sharp = ((come * go).sum(axis=1) < 0) & (np.abs(cross) < _SPIKE * np.hypot(*come.T) * np.hypot(*go.T))
    seen: set[int] = set()
    for at in kept[np.flatnonzero(sharp)].tolist():
        owner = int(np.searchsorted(starts, at, side="right")) - 1
        if owner not in seen:
            seen.add(owner)
            yield owner, at - int(starts[owner])


def _spike(line: Line, at: int) -> Finding:
    lon, lat = line.positions[at][:2]
    message = f"a spike at {lon:g}, {lat:g}: the outline comes back along itself"
    return warning("spike", (*line.path, at), message, "Remove this position.")


def validity_findings(polygons: list[Drawn]) -> Iterator[Finding]:
    """Yield what GEOS finds wrong with polygons, at the position where it shows."""
    import shapely

    small = []
    for drawn in polygons:
        crossing = _sampled_crossing(drawn) if drawn.size > _SAMPLED else None
        if crossing:
            yield crossing
        else:
            small.append(drawn)
    for drawn, sound in zip(small, shapely.is_valid([each.polygon for each in small]).tolist(), strict=True):
        if not sound:
            yield _invalid(drawn)


def _sampled_crossing(drawn: Drawn) -> Finding | None:
    """Return a crossing found among random pairs of segments: GEOS takes minutes where most of them cross."""
    import numpy as np
    import shapely

    xy = shapely.get_coordinates(drawn.polygon)
    pick = np.random.default_rng(0).integers(0, len(xy) - 1, size=(2, 20_000))
    (a, b), (c, d) = ((xy[k], xy[k + 1]) for k in pick)
    apart = [_turn(a, b, c) * _turn(a, b, d) < 0, _turn(c, d, a) * _turn(c, d, b) < 0]
    # segments that join two rings are no segments; a pair of rings is told apart by GEOS
    rings = np.searchsorted(_ring_ends(drawn.polygon), pick, side="right")
    last = np.isin(pick, _ring_ends(drawn.polygon) - 1).any(axis=0)
    found = np.flatnonzero(apart[0] & apart[1] & ~last & (rings[0] == rings[1]))
    if not found.size:
        return None
    lon, lat = a[found[0]].tolist()
    where = _nearest_position(drawn.shapes, lon, lat) or drawn.path
    code, message = _REASONS["Self-intersection"]
    return warning(code, where, f"{message} near {lon:.6g}, {lat:.6g}", _HINTS[code])


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    turn: np.ndarray = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return turn


def _ring_ends(polygon: BaseGeometry) -> np.ndarray:
    import numpy as np
    import shapely

    ends: np.ndarray = np.cumsum(shapely.get_num_coordinates(shapely.get_rings(polygon)))
    return ends


def _invalid(drawn: Drawn) -> Finding:
    import shapely

    found = _REASON.fullmatch(shapely.is_valid_reason(drawn.polygon))
    what = found["what"].strip() if found else ""
    code, message = _REASONS.get(what, ("not-valid", what.lower() or "the polygon is not valid"))
    if code == "self-crossing" and all(part.is_valid for part in getattr(drawn.polygon, "geoms", (drawn.polygon,))):
        code, message = "parts-overlap", "two parts overlap or share an edge"
    where, at = drawn.path, ""
    if found and found["lon"]:
        lon, lat = float(found["lon"]), float(found["lat"])
        where, at = _nearest_position(drawn.shapes, lon, lat) or drawn.path, f" near {lon:.6g}, {lat:.6g}"
    return warning(code, where, message + at, _HINTS.get(code), fix=_repair(drawn))


_HINTS = {
    "self-crossing": "Put the positions in order along the outline, or let --fix part it where it crosses.",
    "hole-outside": "Move the hole inside, or make it a part of its own.",
    "parts-overlap": "Join the parts into one, or move them apart.",
    "self-touching": "Part the ring in two where it touches itself.",
}


def _repair(drawn: Drawn) -> dict[str, Any] | None:
    """Return a proposal by GEOS' make_valid (structure method), polygons only; None where it would lose everything."""
    import shapely

    from geo.zones.io import geometry_json

    flat = all(len(position) == 2 for shape in drawn.shapes for line in shape.lines for position in line.positions)  # noqa: PLR2004
    if drawn.size > _FIXABLE_POSITIONS or not flat:
        return None
    mended = shapely.make_valid(drawn.polygon, method="structure", keep_collapsed=False)
    if mended.is_empty or mended.geom_type not in {"Polygon", "MultiPolygon"}:
        return None
    return {"path": list(drawn.path), "value": geometry_json(mended), "proposal": "make_valid"}


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


def polygons_of(walk: Walk, table: Table) -> list[Drawn]:
    """Return every polygonal geometry whose structure is sound, built in one go."""
    import numpy as np
    import shapely

    owned = [(k, i) for k, shape in enumerate(walk.shapes) for i in table.lines_of(k) if table.lines[i].kind == "ring"]
    if not owned:
        return []
    counts = np.diff(table.starts)
    is_ring = np.zeros(len(counts), dtype=bool)
    is_ring[[i for _, i in owned]] = True
    ring_no = np.repeat(np.cumsum(is_ring) - 1, counts)
    keep = np.repeat(is_ring, counts)
    rings = shapely.linearrings(table.lon_lat_deg[keep], indices=ring_no[keep])
    shape_no = np.unique([k for k, _ in owned], return_inverse=True)
    parts: dict[int, Any] = dict(
        zip(shape_no[0].tolist(), shapely.polygons(rings, indices=shape_no[1]).tolist(), strict=True)
    )
    return [
        Drawn(path, feature, _whole([parts[k] for k in shapes]), tuple(walk.shapes[k] for k in shapes))
        for path, feature, shapes in walk.geometries
        if shapes[0] in parts
    ]


def _whole(parts: list[Any]) -> BaseGeometry:
    import shapely

    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
