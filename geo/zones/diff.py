"""What changed between two versions of zones: vertices in metres, ground in square kilometres, properties.

Zones are matched by id, those of one id in their order. The vertices of a line or ring are matched in their order,
so that a moved vertex is one change and not a removal and an addition; where a ring begins does not matter, and a
ring that only runs the other way round is said to. Distances and areas are geodesic (`geo.crs`). A derived geometry
is compared by its ground alone: its vertices are nobody's work.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

import shapely

from geo.crs import area_km2, distance_km, length_km
from geo.zones.io import feature_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.types import Zone
    from geo.zones.io import ZoneFile

LonLat = tuple[float, float]
Run = tuple[LonLat, ...]

#: Blocks beyond this are paired in order: the best pairing takes the product of their lengths.
_MATCHED = 300
_POLYGONAL = {"Polygon", "MultiPolygon"}
_NEAR_KM = 10.0


@dataclass(frozen=True, slots=True)
class VertexChange:
    """One vertex that came, went or moved."""

    what: Literal["added", "removed", "moved"]
    run: int
    """The line or ring that it belongs to, counted from 1 through the geometry."""
    vertex: int
    """Its number in that line, from 1: in the new version, for a removed one in the old."""
    before_deg: LonLat | None
    after_deg: LonLat | None
    distance_km: float
    """How far it moved; for the others, how far it lies from the old or new outline's nearest vertex."""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One property, or member of one (`recipe.depth_km`), that differs; None where it is absent."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """What changed about one zone."""

    zone: str
    name: str
    what: Literal["added", "removed", "changed"]
    vertices: tuple[VertexChange, ...] = ()
    gained_km2: float = 0.0
    lost_km2: float = 0.0
    longer_km: float = 0.0
    """For lines: the new length less the old one."""
    reversed_runs: int = 0
    """Lines or rings that have the same vertices in the other direction."""
    properties: tuple[PropertyChange, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        moved = self.vertices or self.gained_km2 or self.lost_km2 or self.longer_km or self.reversed_runs
        return self.what != "changed" or bool(moved or self.properties)


@dataclass(frozen=True, slots=True)
class ZoneDiff:
    """What changed between two versions, zone by zone in the order of the new one, removed ones last."""

    old: str
    new: str
    changes: tuple[ZoneChange, ...]

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.changes)

    def to_json(self) -> dict[str, Any]:
        """Return the changes as JSON-able data."""
        return {"old": self.old, "new": self.new, "changes": [asdict(change) for change in self.changes]}

    def text(self) -> str:
        """Return the changes for a reader, a line each."""
        lines = [line for change in self.changes for line in _told(change)]
        return "\n".join(lines or ["Nothing changed."]) + "\n"


def diff(old: ZoneFile, new: ZoneFile) -> ZoneDiff:
    """Return what changed from one zone file to another."""
    return ZoneDiff(old.name, new.name, diff_zones(old.zones, new.zones))


def diff_zones(old: Iterable[Zone], new: Iterable[Zone]) -> tuple[ZoneChange, ...]:
    """Return what changed from one set of zones to another; give derived zones to have their ground compared."""
    before, after = _numbered(old), _numbered(new)
    changes = [_changed(before[key], zone) if key in before else _whole(zone, "added") for key, zone in after.items()]
    changes += [_whole(zone, "removed") for key, zone in before.items() if key not in after]
    return tuple(change for change in changes if change)


def _numbered(zones: Iterable[Zone]) -> dict[tuple[str, int], Zone]:
    """Return zones by id and by which one of that id it is: a file may hold an id twice by mistake."""
    taken: Counter[str] = Counter()
    found = {}
    for zone in zones:
        found[zone.id, taken[zone.id]] = zone
        taken[zone.id] += 1
    return found


def _whole(zone: Zone, what: Literal["added", "removed"]) -> ZoneChange:
    area = _ground(zone.geometry)
    gained, lost = (area, 0.0) if what == "added" else (0.0, area)
    return ZoneChange(zone.id, zone.name, what, gained_km2=gained, lost_km2=lost)


def _changed(old: Zone, new: Zone) -> ZoneChange:
    gained, lost = _areas(old.geometry, new.geometry)
    vertices, turned = ((), 0) if old.derived or new.derived else _vertices(old.geometry, new.geometry)
    return ZoneChange(
        new.id,
        new.name,
        "changed",
        vertices=vertices,
        gained_km2=gained,
        lost_km2=lost,
        longer_km=_line_length(new.geometry) - _line_length(old.geometry),
        reversed_runs=turned,
        properties=tuple(_properties(_plain(old), _plain(new))),
    )


def _ground(geometry: BaseGeometry | None) -> float:
    return area_km2(geometry) if geometry is not None and geometry.geom_type in _POLYGONAL else 0.0


def _line_length(geometry: BaseGeometry | None) -> float:
    lines = {"LineString", "MultiLineString"}
    return length_km(geometry) if geometry is not None and geometry.geom_type in lines else 0.0


def _areas(old: BaseGeometry | None, new: BaseGeometry | None) -> tuple[float, float]:
    """Return the ground gained and lost in km²."""
    if old is None or new is None or shapely.equals_identical(old, new):
        return (0.0, 0.0) if old is new or (old and new) else (_ground(new), _ground(old))
    sound = [shapely.make_valid(shape) if shape.geom_type in _POLYGONAL else shapely.Polygon() for shape in (old, new)]
    return area_km2(sound[1].difference(sound[0])), area_km2(sound[0].difference(sound[1]))


def _plain(zone: Zone) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = feature_from(zone)["properties"]
    return properties


def _properties(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> Iterator[PropertyChange]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before == after and (key in old) == (key in new):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _properties(before, after, f"{prefix}{key}.")
        else:
            yield PropertyChange(f"{prefix}{key}", before, after)


def _runs(geometry: BaseGeometry | None) -> list[tuple[Run, bool]]:
    """Return the vertices of each line or ring, a ring without its closing vertex, and whether it is one."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return [(_run(ring)[:-1], True) for ring in shapely.get_rings(geometry)]
    if hasattr(geometry, "geoms"):
        return [run for part in geometry.geoms for run in _runs(part)]
    return [(_run(geometry), False)]


def _run(line: BaseGeometry) -> Run:
    return tuple((lon, lat) for lon, lat in shapely.get_coordinates(line).tolist())


def _vertices(old: BaseGeometry | None, new: BaseGeometry | None) -> tuple[tuple[VertexChange, ...], int]:
    """Return the changed vertices of two geometries, and how many of their lines were turned round."""
    before, after = _runs(old), _runs(new)
    blank: tuple[Run, bool] = ((), False)
    changes: list[VertexChange] = []
    turned = 0
    for number in range(max(len(before), len(after))):
        first, _ = before[number] if number < len(before) else blank
        second, closed = after[number] if number < len(after) else blank
        found, was_turned = _compared(first, second, closed=closed, run=number + 1)
        changes += found
        turned += was_turned
    return tuple(changes), turned


def _compared(old: Run, new: Run, *, closed: bool, run: int) -> tuple[list[VertexChange], bool]:
    best: list[VertexChange] | None = None
    for turned in (False, True):
        there = new[::-1] if turned else new
        aligned, shift = _aligned(old, there) if closed else (there, 0)
        found = list(_steps(old, aligned, run=run, number=_numbering(len(new), shift, turned=turned)))
        if best is None or len(found) < len(best) / 2:  # turned round only if that explains most of it
            best, was_turned = found, turned
        if not best:
            break
    return best or [], was_turned and bool(old)


def _numbering(count: int, shift: int, *, turned: bool) -> Sequence[int]:
    """Return the number that each vertex of an aligned run has in the file, from 1."""
    order = list(range(count, 0, -1) if turned else range(1, count + 1))
    return order[shift:] + order[:shift]


def _aligned(old: Run, new: Run) -> tuple[Run, int]:
    """Return a ring turned so that it begins where another one does, if they share a vertex, and by how much."""
    place = {vertex: i for i, vertex in reversed(list(enumerate(new)))}
    shift = next(((place[vertex] - i) % len(new) for i, vertex in enumerate(old) if vertex in place), 0)
    return new[shift:] + new[:shift], shift


def _steps(old: Run, new: Run, *, run: int, number: Sequence[int]) -> Iterator[VertexChange]:
    if old == new:
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = _paired(old[i1:i2], new[j1:j2])
        yield from (
            VertexChange("moved", run, number[j1 + j], old[i1 + i], new[j1 + j], _apart(old[i1 + i], new[j1 + j]))
            for i, j in pairs
        )
        kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
        for i in range(i1, i2):
            if i - i1 not in kept_old:
                yield VertexChange("removed", run, i + 1, old[i], None, _off(old[i], new))
        for j in range(j1, j2):
            if j - j1 not in kept_new:
                yield VertexChange("added", run, number[j], None, new[j], _off(new[j], old))


def _apart(a: LonLat, b: LonLat) -> float:
    return distance_km(*a, *b)


def _off(vertex: LonLat, run: Run) -> float:
    """Return how far a vertex lies from the nearest one of a run, in kilometres."""
    if not run:
        return 0.0
    near = min(run, key=lambda other: (other[0] - vertex[0]) ** 2 + (other[1] - vertex[1]) ** 2)
    return _apart(vertex, near)


def _paired(old: Run, new: Run) -> list[tuple[int, int]]:
    """Return which of two blocks' vertices are the same one, moved: in order, with the least total distance."""
    if len(old) == len(new) or max(len(old), len(new)) > _MATCHED:
        return [(i, i) for i in range(min(len(old), len(new)))]
    if len(old) > len(new):
        return [(i, j) for j, i in _paired(new, old)]
    # cost[i][j]: the first i of the shorter block paired with i of the first j of the longer one
    cost = [[0.0] * (len(new) + 1)]
    for i, vertex in enumerate(old, start=1):
        row = [float("inf")] * (len(new) + 1)
        for j in range(i, len(new) + 1):
            row[j] = min(row[j - 1], cost[i - 1][j - 1] + _square(vertex, new[j - 1]))
        cost.append(row)
    pairs = []
    j = len(new)
    for i in range(len(old), 0, -1):
        while j > i and cost[i][j] == cost[i][j - 1]:
            j -= 1
        pairs.append((i - 1, j - 1))
        j -= 1
    return pairs[::-1]


def _square(a: LonLat, b: LonLat) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _told(change: ZoneChange) -> Iterator[str]:
    label = change.zone if change.name == change.zone else f"{change.zone} ({change.name})"
    if change.what != "changed":
        area = change.gained_km2 or change.lost_km2
        yield f"{'+' if change.what == 'added' else '-'} {label}: {change.what}" + (
            f", {area:,.1f} km²" if area else ""
        )
        return
    yield f"~ {label}"
    yield from (f"    {_vertex_told(vertex)}" for vertex in change.vertices)
    if change.reversed_runs:
        yield "    the order of the vertices was reversed"
    if change.gained_km2 or change.lost_km2:
        yield f"    ground: {change.gained_km2:,.2f} km² gained, {change.lost_km2:,.2f} km² lost"
    if change.longer_km:
        yield f"    length: {change.longer_km:+,.2f} km"
    yield from (f"    {each.key}: {_value(each.before)} -> {_value(each.after)}" for each in change.properties)


def _vertex_told(vertex: VertexChange) -> str:
    where = f"vertex {vertex.vertex}" + (f" of line {vertex.run}" if vertex.run > 1 else "")
    if vertex.what == "moved" and vertex.before_deg and vertex.after_deg:
        return f"{where} moved {_far(vertex.distance_km)}: {_spot(vertex.before_deg)} -> {_spot(vertex.after_deg)}"
    spot = vertex.after_deg or vertex.before_deg or (0, 0)
    return f"{where} {vertex.what} at {_spot(spot)}, {_far(vertex.distance_km)} from the nearest vertex"


def _far(km: float) -> str:
    return f"{km:,.1f} km" if km >= _NEAR_KM else f"{km * 1000:,.0f} m"


def _spot(spot: LonLat) -> str:
    return f"{spot[0]:g}, {spot[1]:g}" if spot == (round(spot[0], 4), round(spot[1], 4)) else f"{spot[0]}, {spot[1]}"


def _value(value: Any) -> str:  # noqa: ANN401  a JSON value is of any type
    import json

    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:97]}..."  # noqa: PLR2004  the width of a line
