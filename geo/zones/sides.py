"""Which side of a line a point lies on, and the land within a depth of it on one side.

Everything here works in kilometres on a local plane (`geo.crs.LocalPlane`): x east, y north. *Left* and
*right* are meant as one walks the line in the order of its vertices. One-sided bands are cut out of a
two-sided buffer: GEOS's signed (single-sided) buffer goes wrong on concave lines, and a front is concave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.ops import linemerge, nearest_points, polygonize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Side = Literal["left", "right", "both"]
_QUAD_SEGS = 48  # a full circle of 192 chords: its area is 0.02 % short
_PROBE_KM = 0.02  # how far beside a line one looks to see which piece lies there


def signed_distance(x: NDArray[Any], y: NDArray[Any], vx: NDArray[Any], vy: NDArray[Any]) -> NDArray[Any]:
    """Return the distance of points to a polyline in the unit given, positive on its left.

    The polyline's vertices run along the first axis of `vx` and `vy`; what remains of their shape is
    broadcast against `x` and `y`, so that a thousand perturbed lines cost one call. Where the nearest spot is
    a vertex, the sign is that of the sum of the two unit normals (the angle-weighted pseudonormal of
    Bærentzen and Aanæs 2005, doi:10.1109/TVCG.2005.49, which in the plane needs no weights).
    """
    best = np.full(np.broadcast_shapes(x.shape, vx.shape[1:]), np.inf, dtype=np.result_type(x, vx))
    sign = np.empty_like(best)
    ux, uy = np.diff(vx, axis=0), np.diff(vy, axis=0)
    length = np.maximum(np.hypot(ux, uy), np.finfo(best.dtype).tiny)
    ux, uy = ux / length, uy / length
    for i in range(len(vx)):
        dx, dy = x - vx[i], y - vy[i]
        before, after = max(i - 1, 0), min(i, len(ux) - 1)
        beside = (ux[before] + ux[after]) * dy - (uy[before] + uy[after]) * dx
        _keep_nearer(best, sign, dx * dx + dy * dy, beside)
        if i < len(ux):
            across = ux[i] * dy - uy[i] * dx
            along = ux[i] * dx + uy[i] * dy
            inside = (along >= 0) & (along <= length[i])
            _keep_nearer(best, sign, np.where(inside, across * across, np.inf), across)
    result: NDArray[Any] = np.copysign(np.sqrt(best), sign)
    return result


def _keep_nearer(best: NDArray[Any], sign: NDArray[Any], squared: NDArray[Any], side: NDArray[Any]) -> None:
    nearer = squared < best
    np.copyto(best, squared, where=nearer)
    np.copyto(sign, side, where=nearer)


def beyond_ends(
    x: NDArray[Any], y: NDArray[Any], vx: NDArray[Any], vy: NDArray[Any], distance: NDArray[Any]
) -> NDArray[Any]:
    """Return which points lie beyond the ends of a polyline: those whose `distance` to it is that to an end.

    Points and vertices are given as for `signed_distance`.
    """
    ends = np.minimum(np.hypot(x - vx[0], y - vy[0]), np.hypot(x - vx[-1], y - vy[-1]))
    result: NDArray[Any] = ends <= distance * (1 + 1e-5)
    return result


def side_of(point: Point, line: BaseGeometry) -> float:
    """Return the distance of one point to a line, positive on its left."""
    vertices = shapely.get_coordinates(min(parts_of(line), key=point.distance))
    x, y = np.array([point.x]), np.array([point.y])
    return float(signed_distance(x, y, vertices[:, 0], vertices[:, 1])[0])


def parts_of(line: BaseGeometry) -> list[LineString]:
    """Return the simple lines that a line is made of."""
    return [part for part in shapely.get_parts(line) if isinstance(part, LineString) and not part.is_empty]


def band(line: BaseGeometry, depth_km: float, side: Side) -> BaseGeometry:
    """Return all land within a depth of a line on one side of it, or on both; its ends are round.

    Args:
        line: a line or several, in kilometres.
        depth_km: how deep.
        side: left, right or both.
    """
    strips = [_strip(part, depth_km, side) for part in parts_of(line)]
    return shapely.union_all(strips) if strips else Polygon()


def _strip(line: LineString, depth_km: float, side: Side) -> BaseGeometry:
    whole = line.buffer(depth_km, quad_segs=_QUAD_SEGS)
    if side == "both" or whole.is_empty:
        return whole
    pieces = cut(whole, prolonged(line, depth_km * 1.05 + _PROBE_KM))
    wanted = 1 if side == "left" else -1
    return shapely.union_all([piece for piece in pieces if wanted * side_of(piece.representative_point(), line) > 0])


def beyond_both_ends(line: BaseGeometry, reach_km: float) -> BaseGeometry:
    """Return what lies within a reach of the ends of a line, beyond them: take it off for square ends.

    GEOS's own flat caps are not enough: the round corner of a vertex near an end reaches round it.
    """
    ends = [
        beyond(part, at, reach_km=reach_km, chord_km=reach_km, after=at > 0)
        for part in parts_of(line)
        for at in (0.0, float(part.length))
    ]
    return shapely.union_all(ends)


def beyond(line: LineString, along_km: float, *, reach_km: float, chord_km: float, after: bool) -> BaseGeometry:
    """Return the half disc round a spot of a line that lies beyond it.

    Args:
        line: in kilometres.
        along_km: where the spot is, measured along the line.
        after: whether beyond means after the spot, or before it.
        reach_km: the radius.
        chord_km: how far before and after the spot one looks for the line's direction, for a border wriggles.
    """
    spots = (min(max(along_km + step, 0.0), line.length) for step in (-chord_km, 0.0, chord_km))
    back, here, front = (np.array(line.interpolate(spot).coords[0]) for spot in spots)
    forward = front - back
    length = float(np.hypot(*forward))
    if not length:
        return Polygon()
    ahead = forward / length * 2 * reach_km * (1 if after else -1)
    across = np.array([-ahead[1], ahead[0]])
    half_plane = Polygon([here - across, here - across + ahead, here + across + ahead, here + across])
    return Point(here).buffer(reach_km * 1.001, quad_segs=_QUAD_SEGS).intersection(half_plane)


def cut(area: BaseGeometry, line: BaseGeometry) -> list[Polygon]:
    """Return the pieces into which a line cuts an area."""
    edges = shapely.union_all([area.boundary, line])
    return [piece for piece in polygonize(edges) if area.contains(piece.representative_point())]


def prolonged(line: LineString, by_km: float) -> LineString:
    """Return a line carried straight on at both ends."""
    points = shapely.get_coordinates(line)
    head, tail = points[0] - points[1], points[-1] - points[-2]
    first = points[0] + head / np.hypot(*head) * by_km
    last = points[-1] + tail / np.hypot(*tail) * by_km
    return LineString(np.vstack([first, points, last]))


def part_beside(area: BaseGeometry, lines: Sequence[BaseGeometry], side: Side) -> BaseGeometry:
    """Return the part of an area that lies on one side of the first of some lines.

    The lines together cut the area: each end that hangs loose inside it is led to the nearest spot of the
    area's edge. The pieces that touch the first line on the wanted side are the answer.
    """
    merged = _merged(lines)
    knife = shapely.union_all([merged, *_leads(area, merged)])
    probes = list(_probes(lines[0], 1 if side == "left" else -1))
    touching = [piece for piece in cut(area, knife) if side == "both" or any(piece.contains(probe) for probe in probes)]
    return shapely.union_all(touching) if touching else Polygon()


def _merged(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    parts = [part for line in lines for part in parts_of(line)]
    return parts[0] if len(parts) == 1 else linemerge(MultiLineString(parts))


def _leads(area: BaseGeometry, line: BaseGeometry) -> list[LineString]:
    """Return short lines from the loose ends inside an area to just beyond its edge."""
    ends = [Point(end) for part in parts_of(line) for end in (part.coords[0], part.coords[-1])]
    leads = []
    for end in ends:
        if not area.contains(end):
            continue
        edge = nearest_points(area.boundary, end)[0]
        step = np.array([edge.x - end.x, edge.y - end.y])
        reach = float(np.hypot(*step))
        beyond = (reach + _PROBE_KM) / reach if reach else 1.0
        leads.append(LineString([(end.x, end.y), (end.x + step[0] * beyond, end.y + step[1] * beyond)]))
    return leads


def _probes(line: BaseGeometry, sign: int) -> Iterable[Point]:
    for part in parts_of(line):
        points = shapely.get_coordinates(part)
        steps = np.diff(points, axis=0)
        lengths = np.hypot(steps[:, 0], steps[:, 1])[:, None]
        normals = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.where(lengths > 0, lengths, 1)
        yield from map(Point, (points[:-1] + points[1:]) / 2 + sign * _PROBE_KM * normals)


def between(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return the area between two lines whose ends are joined straight, the nearer ends to each other."""
    one, two = shapely.get_coordinates(first), shapely.get_coordinates(second)
    crosswise = np.hypot(*(one[-1] - two[-1])) + np.hypot(*(one[0] - two[0]))
    lengthwise = np.hypot(*(one[-1] - two[0])) + np.hypot(*(one[0] - two[-1]))
    ring = np.vstack([one, two if lengthwise < crosswise else two[::-1]])
    outline = shapely.node(LineString(np.vstack([ring, ring[:1]])))
    return shapely.union_all(list(polygonize(parts_of(outline))))


def stretch(line: BaseGeometry, start: Point, end: Point) -> BaseGeometry:
    """Return the stretch of a line between the spots nearest to two points, in the line's own direction."""
    from shapely.ops import substring

    whole = nearest_part(line, start, end)
    low, high = sorted((whole.project(start), whole.project(end)))
    return substring(whole, low, high)


def nearest_part(line: BaseGeometry, start: Point, end: Point) -> LineString:
    """Return the simple line, of those that a line is made of, nearest to two points together."""
    return min(parts_of(line), key=lambda part: part.distance(start) + part.distance(end))


def edges_along(line: BaseGeometry, depth_km: float, area: BaseGeometry) -> BaseGeometry:
    """Return the far edge of a band: what lies `depth_km` off a line, inside an area."""
    outline = line.buffer(depth_km, quad_segs=_QUAD_SEGS).boundary
    inside = shapely.intersection(outline, area)
    return shapely.line_merge(inside)
