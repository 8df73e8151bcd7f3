"""The rules of RFC 7946 for coordinates: their nesting, lines of two positions, closed rings of four.

Positions are looked at with the speed of C where all is well, and one by one where something is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.zones.rules.findings import Finding, error, in_words, is_number, warning, with_article

if TYPE_CHECKING:
    from geo.zones.text import Path

#: How deep the positions of a type are nested.
LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_RING = 4
#: About a metre: a ring that misses its start by less was closed, and then rounded.
_SLIP_DEG = 1e-5
_LINE = 2
_ROLES = {"LineString": "line", "ring": "ring"}
_PLAIN = {2, 3}
_NUMBERS = {int, float}
_SHAPES = {0: "a position", 1: "an array of positions", 2: "an array of arrays of positions"}


class Line(NamedTuple):
    """A run of positions that is sound in itself."""

    path: Path
    positions: list[list[float]]
    flat: list[float]
    """Longitudes and latitudes by turns."""
    kind: str
    """points, line or ring."""
    hole: bool = False
    single: bool = False
    """The coordinates of a Point: the path is that of the position itself."""


class Shape(NamedTuple):
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
    heights: bool = False
    """Some position has a third number."""

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        self.findings.append(finding)


def shapes_of(kind: str, given: Any, path: Path, found: Walk) -> list[Shape]:  # noqa: ANN401  any JSON
    """Return the shapes of a geometry's coordinates that may be measured; what is wrong is added to the walk."""
    if kind == "Polygon":
        return _polygon(given, path, found)
    if kind not in {"Point", "MultiPoint", "LineString"}:
        return _parts(kind, given, path, found) if _is_array(given, path, found, LEVELS[kind]) else []
    line = _line(kind, given, path, found)
    return [Shape(path, found.feature, (line,))] if line else []


def _parts(kind: str, given: list[Any], path: Path, found: Walk) -> list[Shape]:
    single = kind.removeprefix("Multi")
    if not given:
        found.add(_empty(kind, path))
    elif len(given) == 1:
        message = f"{with_article(kind)} of one part: use {with_article(single)}"
        found.add(
            warning("single-part", path, message, f'Set the type to "{single}" and take away a pair of brackets.')
        )
    return [shape for i, part in enumerate(given) for shape in shapes_of(single, part, (*path, i), found)]


def _polygon(given: Any, path: Path, found: Walk) -> list[Shape]:  # noqa: ANN401
    if not isinstance(given, list) and not _is_array(given, path, found, 2):
        return []
    if not given:
        found.add(_empty("Polygon", path))
        return []
    rings = [_line("ring", ring, (*path, i), found, hole=i > 0) for i, ring in enumerate(given)]
    sound = tuple([ring for ring in rings if ring])
    return [Shape(path, found.feature, sound)] if len(sound) == len(given) else []


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
    if not isinstance(given, list) and not _is_array(given, path, found, 0 if kind == "Point" else 1):
        return None
    positions = [given] if kind == "Point" else given
    if not positions and kind == "MultiPoint":
        found.add(_empty(kind, path))
        return None
    flat = _flat(positions, path, found, single=kind == "Point")
    if flat is None:
        return None
    found.positions += len(positions)
    if kind in {"LineString", "ring"} and not _long_enough(kind, positions, path, found):
        return None
    return Line(path, positions, flat, _ROLES.get(kind, "points"), hole, single=kind == "Point")


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
    first, end = positions[0], positions[-1]
    near = first[2:] == end[2:] and all(map(_alike, first[:2], end[:2]))
    if near and len(positions) >= _RING:
        message = "the ring closes only nearly: its last position differs from its first in the last decimals"
        nearly = {"path": list(last), "value": positions[0]}
        return warning("ring-nearly-closed", last, message, "Make the two alike.", fix=nearly)
    message = "the ring is not closed: its last position differs from its first"
    fix = {"path": list(path), "value": [*positions, positions[0]]} if len(positions) >= _RING - 1 else None
    return error("ring-not-closed", last, message, "Repeat the first position at the end.", fix=fix)


def _alike(one: float, other: float) -> bool:
    try:
        return abs(one - other) < _SLIP_DEG
    except OverflowError:  # an integer of more than 308 digits
        return False


def _flat(positions: list[Any], path: Path, found: Walk, *, single: bool) -> list[float] | None:
    """Return the longitudes and latitudes of sound positions by turns; None with the reason added to the findings.

    At the speed of C where all is well, and one by one where something is not.
    """
    try:  # what is no array of numbers fails here, or yields something else than numbers
        lengths, flat = set(map(len, positions)), list(chain.from_iterable(positions))
    except TypeError:
        lengths, flat = set(), []
    if flat and lengths <= _PLAIN and set(map(type, flat)) <= _NUMBERS:
        if max(lengths) == _LINE:
            return flat
        _note_heights(lengths, path, found)
        return _plane(positions)
    found.heights = True  # or something worse
    worst = _worst(positions, path, single=single)
    if worst:
        found.add(worst)
    return _plane(positions) if worst is None or worst.severity == "warning" else None


def _worst(positions: list[Any], path: Path, *, single: bool) -> Finding | None:
    """Return the first error of some positions, or else their first warning."""
    doubt = None
    for i, given in enumerate(positions):
        bad = _position(given, path if single else (*path, i))
        if bad and bad.severity == "error":
            return bad
        doubt = doubt or bad
    return doubt


def _plane(positions: list[list[float]]) -> list[float]:
    return [number for position in positions for number in position[:2]]


def _note_heights(lengths: set[int], path: Path, found: Walk) -> None:
    found.heights = True
    if len(lengths) > 1:
        message = "some positions have a height and some have none"
        found.add(warning("mixed-dimensions", path, message, "Give all of them a height, or none."))


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
