"""The rules that GEOS knows: polygons that cross themselves, holes outside, parts that overlap.

Polygons are built in one go from the file's table of positions, so that GEOS only ever sees closed rings of finite
numbers, and never nesting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.zones.rules.findings import warning
from geo.zones.rules.numbers import position_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from geo.zones.rules.coordinates import Shape, Walk
    from geo.zones.rules.findings import Finding
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
_FIXABLE_POSITIONS = 5000
_SAMPLED = 5000


class Drawn(NamedTuple):
    """A polygonal geometry of a file, built."""

    path: Path
    feature: int
    polygon: BaseGeometry
    shapes: Sequence[Shape]
    size: int
    """How many positions it has."""


def polygons_of(walk: Walk, table: Table) -> list[Drawn]:
    """Return every polygonal geometry whose structure is sound, built in one go."""
    import numpy as np
    import shapely

    counts = np.diff(table.starts)
    if not table.is_ring.any():
        return []
    keep = slice(None) if table.is_ring.all() else np.repeat(table.is_ring, counts)
    ring_no = np.repeat(np.cumsum(table.is_ring) - 1, counts)
    rings: Any = shapely.linearrings(table.lon_lat_deg[keep], indices=ring_no[keep])
    parts = _parts(rings, [k for k, shape in enumerate(walk.shapes) for line in shape.lines if line.kind == "ring"])
    sizes = np.add.reduceat(counts, [shape.start for shape in table.shapes]).tolist()
    return [
        Drawn(
            path,
            feature,
            _whole([parts[k] for k in mine]),
            walk.shapes[mine[0] : mine[-1] + 1],
            sum(sizes[mine[0] : mine[-1] + 1]),
        )
        for path, feature, mine in walk.geometries
        if mine[0] in parts
    ]


def _parts(rings: np.ndarray, owners: list[int]) -> dict[int, Any]:
    """Return a polygon of each shape's rings, the first its outline, by index of the shape."""
    import numpy as np
    import shapely

    shapes, indices = np.unique(owners, return_inverse=True)
    made: Any = shapely.polygons(rings) if len(shapes) == len(rings) else shapely.polygons(rings, indices=indices)
    return dict(zip(shapes.tolist(), made.tolist(), strict=True))


def _whole(parts: list[Any]) -> BaseGeometry:
    import shapely

    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


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


def _nearest_position(shapes: Sequence[Shape], lon_deg: float, lat_deg: float) -> Path | None:
    best: tuple[float, Path] | None = None
    for line in (line for shape in shapes for line in shape.lines):
        for i, position in enumerate(line.positions):
            far = (position[0] - lon_deg) ** 2 + (position[1] - lat_deg) ** 2
            if best is None or far < best[0]:
                best = (far, position_path(line, i))
    return best[1] if best else None
