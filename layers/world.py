"""The world at 1:110 million, which lies behind every map: generalised once, and remembered between runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.gazetteer import boundaries
from layers import ground
from layers.ground import Piece
from layers.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box

_STEP_DEG = 0.15


@dataclass(frozen=True, slots=True)
class World:
    """Lands, the borders between them, and each country's extent in square degrees with the seat of its name."""

    pieces: tuple[Piece, ...]
    borders: tuple[BaseGeometry, ...]
    sizes: Mapping[str, tuple[float, float, float]]


def areas(near: Box) -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the world's lands: (clear of a box, reaching into it, these without the box)."""
    frame = shapely.box(*near)
    pieces = world().pieces
    reaches = shapely.intersects(np.array([piece.shape for piece in pieces], dtype=object), frame).tolist()
    clear = tuple(piece for piece, inside in zip(pieces, reaches, strict=True) if not inside)
    reaching = tuple(piece for piece, inside in zip(pieces, reaches, strict=True) if inside)
    return clear, reaching, ground.cut(reaching, shapely.difference, frame)


def borders(near: Box) -> tuple[Sequence[BaseGeometry], Sequence[BaseGeometry], Sequence[BaseGeometry]]:
    """Return the world's borders: (clear of a box, reaching into it, these without the box)."""
    frame = shapely.box(*near)
    found = np.array(world().borders, dtype=object)
    reaches = shapely.intersects(found, frame)
    return list(found[~reaches]), list(found[reaches]), list(shapely.difference(found[reaches], frame))


@lru_cache(maxsize=1)
def world() -> World:
    """Return the world."""
    known = remembered("world", None, _made)
    shapes = shapely.from_wkb([shape for _, shape in known["pieces"]])
    pieces = tuple(Piece(code, None, shape) for (code, _), shape in zip(known["pieces"], shapes, strict=True))
    sizes = {code: (area, lon, lat) for code, area, lon, lat in known["sizes"]}
    return World(pieces, tuple(shapely.from_wkb(known["borders"])), sizes)


def _made() -> dict[str, Any]:
    lands = boundaries.world("110m")
    pieces = ground.simplified([Piece(code or "", None, land) for code, land in lands], _STEP_DEG)
    return {
        "pieces": [[piece.country, shapely.to_wkb(piece.shape, hex=True)] for piece in pieces],
        "borders": _hex(ground.lines(pieces).borders),
        "sizes": [[code, *_size(land)] for code, land in lands if code],
    }


def _hex(shapes: Iterable[BaseGeometry]) -> list[str]:
    found: list[str] = shapely.to_wkb(list(shapes), hex=True).tolist()
    return found


def _size(land: BaseGeometry) -> tuple[float, float, float]:
    """Return a country's extent in square degrees, and where its name stands."""
    largest = max(shapely.get_parts(land), key=lambda part: part.area)
    lon, lat = shapely.maximum_inscribed_circle(largest, tolerance=0.1).coords[0]
    return land.area, round(lon, 3), round(lat, 3)
