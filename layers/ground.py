"""The land that a map is drawn on: countries and provinces around a theatre, with the lines between them.

Near the theatre the source's full detail is kept, farther off a generalised coverage, and beyond that the
world at 1:110 million. Neighbours share their edges corner by corner, so a line is told by who owns its
segments: two countries make a border, two provinces of one country an inner line, one alone the coast. That
is read off whole numbers, after rounding, so that no two lines run side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.gazetteer import boundaries
from layers.coding import UNITS_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box

_FINE_DEG = 0.001
_COARSE_DEG = 0.02
_NEAR_DEG = 4.0
_ROUND_DEG = 1.0
_MOST_DETAIL_DEG = 14.0
_FULL_DETAIL_DEG = 18.0
_PROVINCES_DEG = 45.0
_SLIVER_DEG2 = 1e-6
_OFFSET, _OFFSET_BITS = 2_000_000, 22
"""More than the units of half the Earth, and the bits that hold twice as many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One province, or the part of a country that no province is known for."""

    country: str
    unit: str | None
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Lines:
    """Borders between countries, lines between provinces, and coasts; each a list of lines in degrees."""

    borders: tuple[BaseGeometry, ...]
    inner: tuple[BaseGeometry, ...]
    coasts: tuple[BaseGeometry, ...]


def detail_box(countries: Iterable[str], box: Box) -> Box:
    """Return the box that is drawn in full detail: the view with a margin, and a small theatre wholly."""
    west, south, east, north = box
    margin = min(_NEAR_DEG, max(0.5, 0.75 * max(east - west, north - south)))
    frame = shapely.box(west - margin, south - margin, east + margin, north + margin)
    for code in countries:
        land = boundaries.country(code)
        if land is None:
            continue
        both = frame.union(shapely.box(*land.bounds))
        if max(both.bounds[2] - both.bounds[0], both.bounds[3] - both.bounds[1]) <= _MOST_DETAIL_DEG:
            frame = shapely.box(*both.bounds)
    west, south, east, north = frame.bounds
    return max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0)


@lru_cache(maxsize=4)
def near_pieces(near: Box, detail: Box) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return (pieces in the detailed box, pieces of the same countries outside it).

    Those inside are cut at the box; those outside are countries without provinces, generalised, and cut at
    the nearer surroundings.
    """
    frame, wide = shapely.box(*detail), shapely.box(*near)
    fine_deg = _step_deg(detail)
    fine = simplified([piece for code in boundaries.countries_in(detail) for piece in _pieces(code, frame)], fine_deg)
    coarse = simplified(_lands(near), max(_COARSE_DEG, fine_deg))
    return cut(fine, shapely.intersection, frame), cut(
        cut(coarse, shapely.intersection, wide), shapely.difference, frame
    )


def _lands(box: Box) -> list[Piece]:
    found = [(code, boundaries.country(code)) for code in boundaries.countries_in(box)]
    return [Piece(code, None, _clipped(land, box)) for code, land in found if land is not None]


def _step_deg(detail: Box) -> float:
    """Return how fine the detail is: a view of half the world can't show what a view of a province can."""
    west, south, east, north = detail
    return _FINE_DEG * max(1.0, max(east - west, north - south) / _FULL_DETAIL_DEG) ** 2


def shows_provinces(detail: Box) -> bool:
    """Return whether provinces and their names are drawn: in a view of a continent they are thousands."""
    west, south, east, north = detail
    return max(east - west, north - south) <= _PROVINCES_DEG


def _pieces(code: str, frame: BaseGeometry) -> list[Piece]:
    land = boundaries.country(code)
    if land is None:
        return []
    codes = boundaries.admin1_codes(code) if shows_provinces(frame.bounds) else ()
    units = [(key, boundaries.admin1(key)) for key in codes]
    found = [Piece(code, key, shape) for key, shape in units if shape is not None and shape.intersects(frame)]
    near = _clipped(land, frame.bounds)
    if not found:
        return [Piece(code, None, near)]
    rest = near.difference(shapely.union_all([piece.shape for piece in found]))
    parts = [part for part in shapely.get_parts(rest) if part.area > _SLIVER_DEG2 and part.geom_type == "Polygon"]
    return [*found, *([Piece(code, None, shapely.multipolygons(parts))] if parts else [])]


def _clipped(land: BaseGeometry, box: Box) -> BaseGeometry:
    """Return what of a land lies in a box and some way round it: the greatest have most of their corners far off."""
    west, south, east, north = box
    near = shapely.clip_by_rect(land, west - _ROUND_DEG, south - _ROUND_DEG, east + _ROUND_DEG, north + _ROUND_DEG)
    return near if near.is_valid else shapely.make_valid(near)


def simplified(pieces: Sequence[Piece], tolerance_deg: float) -> list[Piece]:
    """Return pieces generalised together, so that neighbours still share their edges."""
    shapes = shapely.coverage_simplify([piece.shape for piece in pieces], tolerance_deg)
    return [Piece(piece.country, piece.unit, shape) for piece, shape in zip(pieces, shapes, strict=True)]


def _countries_of(pieces: Iterable[Piece]) -> list[Piece]:
    grouped: dict[str, list[BaseGeometry]] = {}
    for piece in pieces:
        grouped.setdefault(piece.country, []).append(piece.shape)
    return [Piece(code, None, shapely.union_all(shapes)) for code, shapes in grouped.items()]


def cut(pieces: Iterable[Piece], how: Callable[..., BaseGeometry], frame: BaseGeometry) -> tuple[Piece, ...]:
    """Return what a cut leaves of pieces."""
    found = [Piece(piece.country, piece.unit, how(shapely.make_valid(piece.shape), frame)) for piece in pieces]
    return tuple(piece for piece in found if piece.shape.area > 0)


def merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return one piece a country."""
    return tuple(_countries_of(pieces))


def lines(pieces: Sequence[Piece], *frames: Box) -> Lines:
    """Return the lines between pieces and along the sea; edges on a frame are cuts, not coasts."""
    segments, owners = _segments(pieces)
    # One whole number an end, so that edges are sorted by two.
    start, end = ((segments[:, (0, 2)] + _OFFSET) << _OFFSET_BITS).T + segments[:, (1, 3)].T + _OFFSET
    order = np.lexsort((end, start))
    segments, owners, start, end = segments[order], owners[order], start[order], end[order]
    new = np.append(True, (start[1:] != start[:-1]) | (end[1:] != end[:-1]))[: len(start)]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(new))[: len(first)] - 1
    countries = np.array([piece.country for piece in pieces])
    unique, shared = segments[first], last > first
    abroad = shared & (countries[owners[first]] != countries[owners[last]])
    cut = _on_frames(unique, frames)
    return Lines(
        _joined(unique[abroad]),
        _joined(unique[shared & ~abroad & (owners[first] != owners[last])]),
        _joined(unique[~shared & ~cut]),
    )


def _segments(pieces: Sequence[Piece]) -> tuple[np.ndarray, np.ndarray]:
    """Return all edges as rows of x1, y1, x2, y2 in whole units, the lesser end first, and whose they are."""
    parts, whose = _parts(np.array([piece.shape for piece in pieces], dtype=object), np.arange(len(pieces)))
    rings, part_of = shapely.get_rings(parts, return_index=True)
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    units = np.rint(corners * UNITS_PER_DEG).astype(np.int64)
    both = np.hstack([units[:-1], units[1:]])
    real = (ring_of[:-1] == ring_of[1:]) & (both[:, :2] != both[:, 2:]).any(axis=1)
    both = both[real]
    swap = (both[:, 0] > both[:, 2]) | ((both[:, 0] == both[:, 2]) & (both[:, 1] > both[:, 3]))
    both[swap] = both[swap][:, [2, 3, 0, 1]]
    return both, whose[part_of[ring_of[:-1][real]]]


def _parts(shapes: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the single parts of shapes, of collections in collections too, and their owners."""
    for _ in range(2):
        shapes, of = shapely.get_parts(shapes, return_index=True)
        owners = owners[of]
    return shapes, owners


def _on_frames(segments: np.ndarray, frames: Iterable[Box]) -> np.ndarray:
    """Tell which edges run along the frames that the pieces were cut at, or along the edge of the world."""
    found = np.zeros(len(segments), dtype=bool)
    edges = [(0, value) for value in (-180.0, 180.0)] + [(1, -90.0)]
    for frame in frames:
        edges += [(0, frame[0]), (1, frame[1]), (0, frame[2]), (1, frame[3])]
    for axis, value in edges:
        at = round(value * UNITS_PER_DEG)
        found |= (abs(segments[:, axis] - at) <= 1) & (abs(segments[:, axis + 2] - at) <= 1)
    return found


def _joined(segments: np.ndarray) -> tuple[BaseGeometry, ...]:
    """Return the longest lines that some edges make."""
    if not len(segments):
        return ()
    edges = shapely.multilinestrings(np.asarray(shapely.linestrings(segments.reshape(-1, 2, 2) / UNITS_PER_DEG)))
    return tuple(shapely.get_parts(shapely.line_merge(edges)))
