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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box

UNITS_PER_DEG = 10_000
"""Coordinates are whole ten-thousandths of a degree (11 m)."""
_FINE_DEG = 0.001
_COARSE_DEG = 0.02
_WORLD_DEG = 0.15
_NEAR_DEG = 4.0
_MOST_DETAIL_DEG = 14.0
_FULL_DETAIL_DEG = 18.0
_PROVINCES_DEG = 45.0
_SLIVER_DEG2 = 1e-6


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
    fine = _simplified([piece for code in boundaries.countries_in(detail) for piece in _pieces(code, frame)], fine_deg)
    lands = [(code, boundaries.country(code)) for code in boundaries.countries_in(near)]
    coarse = _simplified(
        [Piece(code, None, land) for code, land in lands if land is not None], max(_COARSE_DEG, fine_deg)
    )
    return _cut(fine, shapely.intersection, frame), _cut(
        _cut(coarse, shapely.intersection, wide), shapely.difference, frame
    )


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
    rest = land.difference(shapely.union_all([piece.shape for piece in found])) if found else land
    parts = [part for part in shapely.get_parts(rest) if part.area > _SLIVER_DEG2 and part.geom_type == "Polygon"]
    return [*found, *([Piece(code, None, shapely.multipolygons(parts))] if parts else [])]


def _simplified(pieces: Sequence[Piece], tolerance_deg: float) -> list[Piece]:
    shapes = shapely.coverage_simplify([piece.shape for piece in pieces], tolerance_deg)
    return [Piece(piece.country, piece.unit, shape) for piece, shape in zip(pieces, shapes, strict=True)]


def _countries_of(pieces: Iterable[Piece]) -> list[Piece]:
    grouped: dict[str, list[BaseGeometry]] = {}
    for piece in pieces:
        grouped.setdefault(piece.country, []).append(piece.shape)
    return [Piece(code, None, shapely.union_all(shapes)) for code, shapes in grouped.items()]


def _cut(pieces: Iterable[Piece], how: Callable[..., BaseGeometry], frame: BaseGeometry) -> tuple[Piece, ...]:
    found = [Piece(piece.country, piece.unit, how(shapely.make_valid(piece.shape), frame)) for piece in pieces]
    return tuple(piece for piece in found if piece.shape.area > 0)


def world(near: Box) -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the world at 1:110 million: (lands clear of a box, lands that reach into it, these without the box)."""
    frame = shapely.box(*near)
    pieces = _world()
    clear = tuple(piece for piece in pieces if not piece.shape.intersects(frame))
    reaching = tuple(piece for piece in pieces if piece.shape.intersects(frame))
    return clear, reaching, _cut(reaching, shapely.difference, frame)


def merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return one piece a country."""
    return tuple(_countries_of(pieces))


@lru_cache(maxsize=1)
def _world() -> tuple[Piece, ...]:
    pieces = [Piece(code or "", None, land) for code, land in boundaries.world("110m")]
    return tuple(_simplified(pieces, _WORLD_DEG))


def lines(pieces: Sequence[Piece], *frames: Box, beside: Sequence[Piece] = ()) -> Lines:
    """Return the lines between pieces and along the sea; edges on a frame are cuts, not coasts.

    Lines between pieces and those `beside` them are theirs too; lines that only the latter share are left out.
    """
    own = len(pieces)
    pieces = (*pieces, *beside)
    segments, owners = _segments(pieces)
    unique, first, inverse, counts = np.unique(
        segments, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(inverse.reshape(-1), kind="stable")
    last = order[np.cumsum(counts) - 1]
    countries = np.array([piece.country for piece in pieces])
    ours = (owners[first] < own) | (owners[last] < own)
    shared = ours & (counts > 1)
    abroad = shared & (countries[owners[first]] != countries[owners[last]])
    cut = _on_frames(unique, frames)
    return Lines(
        _joined(unique[abroad]),
        _joined(unique[shared & ~abroad & (owners[first] != owners[last])]),
        _joined(unique[ours & ~shared & ~cut]),
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


def whole_units(line: BaseGeometry) -> np.ndarray:
    """Return the corners of a line in whole units, as an (n, 2) array."""
    return np.rint(shapely.get_coordinates(line) * UNITS_PER_DEG).astype(np.int64)
