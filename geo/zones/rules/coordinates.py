"""The rules of RFC 7946 for coordinates: their nesting, lines of two positions, closed rings of four.

Positions are looked at with the speed of C where all is well, and one by one where something is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from geo.zones.rules.findings import Finding, error, in_words, is_number, warning, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.zones.text import Path

#: How deep the positions of a type are nested.
LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_RING = 4
#: About a metre: a ring that misses its start by less was closed, and then rounded.
_SLIP_DEG = 1e-5
_LINE = 2
_SHAPES = {0: "a position", 1: "an array of positions", 2: "an array of arrays of positions"}


@dataclass(frozen=True, slots=True)
class Line:
    """A run of positions that is sound in itself."""

    path: Path
    positions: list[list[float]]
    kind: str
    """points, line or ring."""
    hole: bool = False
    single: bool = False
    """The coordinates of a Point: the path is that of the position itself."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One point set, line or polygon of a geometry, with the lines that make it."""

    path: Path
    """Path of the polygon's, line's or point set's coordinates."""
    feature: int
    lines: tuple[Line, ...]

    @property
    def geometry(self) -> Path:
        """Path of the geometry that it is part of."""
        return self.path[: len(self.path) - 1 - self.path[::-1].index("coordinates")]


@dataclass(slots=True)
class Walk:
    """The outcome of a walk over a GeoJSON value."""

    findings: list[Finding] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    geometries: list[tuple[Path, int, range]] = field(default_factory=list)
    """(path of the geometry, index of its feature, indices of its shapes), for geometries without an error."""
    boxes: list[tuple[Path, int, list[float]]] = field(default_factory=list)
    """(path, index of the feature or -1 for the whole, numbers) of sound bounding boxes."""
    feature: int = 0
    positions: int = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        self.findings.append(finding)


def shapes_of(kind: str, given: Any, path: Path, found: Walk) -> Iterator[Shape]:  # noqa: ANN401  any JSON
    """Yield the shapes of a geometry's coordinates that may be measured; what is wrong is added to the walk."""
    if kind in {"Point", "MultiPoint", "LineString"}:
        line = _line(kind, given, path, found)
        parts = [(path, given, line)] if line else []
    elif kind == "Polygon":
        yield from _polygon(given, path, found)
        return
    elif not _is_array(given, path, found, LEVELS[kind]):
        return
    else:
        yield from _parts(kind, given, path, found)
        return
    for where, _, made in parts:
        yield Shape(where, found.feature, (made,))


def _parts(kind: str, given: list[Any], path: Path, found: Walk) -> Iterator[Shape]:
    single = kind.removeprefix("Multi")
    if not given:
        found.add(_empty(kind, path))
    elif len(given) == 1:
        message = f"{with_article(kind)} of one part: use {with_article(single)}"
        found.add(
            warning("single-part", path, message, f'Set the type to "{single}" and take away a pair of brackets.')
        )
    for i, part in enumerate(given):
        yield from shapes_of(single, part, (*path, i), found)


def _polygon(given: Any, path: Path, found: Walk) -> Iterator[Shape]:  # noqa: ANN401
    if not _is_array(given, path, found, 2):
        return
    if not given:
        found.add(_empty("Polygon", path))
        return
    rings = [_line("ring", ring, (*path, i), found, hole=i > 0) for i, ring in enumerate(given)]
    sound = tuple(ring for ring in rings if ring)
    if len(sound) == len(given):
        yield Shape(path, found.feature, sound)


def _empty(kind: str, path: Path) -> Finding:
    hint = 'Give it coordinates, or set "geometry" to null.'
    return warning("empty-coordinates", path, f"{with_article(kind)} without coordinates draws nothing", hint)


def _is_array(given: Any, path: Path, found: Walk, level: int) -> bool:  # noqa: ANN401
    if isinstance(given, list):
        return True
    message = f"{_SHAPES.get(level, 'an array of polygons')} is expected here, not {in_words(given)}"
    hint = "The coordinates are nested too little for this type." if isinstance(given, int | float) else None
    found.add(error("bad-coordinates", path, message, hint))
    return False


def _line(kind: str, given: Any, path: Path, found: Walk, *, hole: bool = False) -> Line | None:  # noqa: ANN401
    """Return a run of positions that may be measured, or None with the reason added to the findings."""
    if not _is_array(given, path, found, 0 if kind == "Point" else 1):
        return None
    positions = [given] if kind == "Point" else given
    if not positions and kind == "MultiPoint":
        found.add(_empty(kind, path))
        return None
    if not _positions_sound(positions, path, found, single=kind == "Point"):
        return None
    found.positions += len(positions)
    if kind in {"LineString", "ring"} and not _long_enough(kind, positions, path, found):
        return None
    role = {"LineString": "line", "ring": "ring"}.get(kind, "points")
    return Line(path, positions, role, hole, single=kind == "Point")


def _long_enough(kind: str, positions: list[list[float]], path: Path, found: Walk) -> bool:
    needed, code, name = (_RING, "short-ring", "a ring") if kind == "ring" else (_LINE, "short-line", "a line")
    if kind == "ring" and positions and positions[0] != positions[-1]:
        found.add(_not_closed(positions, path))
        if found.findings[-1].severity == "error":
            return False
    if len(positions) >= needed:
        return True
    more = ", the last one equal to the first" if kind == "ring" else ""
    found.add(error(code, path, f"{name} has {len(positions)} positions; it needs {needed} or more{more}"))
    return False


def _not_closed(positions: list[list[float]], path: Path) -> Finding:
    last = (*path, len(positions) - 1)
    gap = max(abs(a - b) for a, b in zip(positions[0][:2], positions[-1][:2], strict=True))
    if gap < _SLIP_DEG and len(positions) >= _RING:
        message = "the ring closes only nearly: its last position differs from its first in the last decimals"
        nearly = {"path": list(last), "value": positions[0]}
        return warning("ring-nearly-closed", last, message, "Make the two alike.", fix=nearly)
    message = "the ring is not closed: its last position differs from its first"
    fix = {"path": list(path), "value": [*positions, positions[0]]} if len(positions) >= _RING - 1 else None
    return error("ring-not-closed", last, message, "Repeat the first position at the end.", fix=fix)


def _positions_sound(positions: list[Any], path: Path, found: Walk, *, single: bool) -> bool:
    """Check positions at the speed of C where all is well, and one by one where something is not."""
    if set(map(type, positions)) == {list}:
        lengths = set(map(len, positions))
        if lengths <= {2, 3} and set(map(type, chain.from_iterable(positions))) <= {int, float}:
            if len(lengths) > 1:
                message = "some positions have a height and some have none"
                found.add(warning("mixed-dimensions", path, message, "Give all of them a height, or none."))
            return True
    first = next(
        (bad for i, given in enumerate(positions) if (bad := _position(given, path if single else (*path, i)))), None
    )
    if first:
        found.add(first)
    return first is None or first.severity == "warning"


def _position(given: Any, path: Path) -> Finding | None:  # noqa: ANN401
    if not isinstance(given, list):
        hint = "The coordinates are nested too little for this type." if is_number(given) else None
        return error(
            "bad-position", path, f"a position (longitude, latitude) is expected here, not {in_words(given)}", hint
        )
    for k, number in enumerate(given):
        if not is_number(number):
            hint = "The coordinates are nested too deep for this type." if isinstance(number, list) else None
            message = f"longitude and latitude are numbers, not {in_words(number)}"
            return error("bad-position", (*path, k), message, hint)
    if len(given) < _LINE:
        return error("short-position", path, f"a position of {len(given)} numbers: it takes longitude and latitude")
    if len(given) > _LINE + 1:
        message = f"a position of {len(given)} numbers: beyond longitude, latitude and height they are ignored"
        return warning("extra-dimensions", path, message, "Keep at most three numbers.")
    return None
