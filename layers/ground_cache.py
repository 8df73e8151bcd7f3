"""The ground of a map, remembered between runs: coding it takes time, and the same few views come up again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from layers.memory import remembered

if TYPE_CHECKING:
    from geo.types import Theatre

    Box = tuple[float, float, float, float]

_MOST_FILES = 40
_STEP_DEG = 0.5


def ground(theatre: Theatre, bbox: Box) -> dict[str, Any]:
    """Return `layers.basemap.basemap` of a view (west, south, east, north in degrees), from memory if it is there.

    Raises:
        MissingPart: the boundaries have not been built.
    """
    bbox = _snapped(bbox)

    def make() -> dict[str, Any]:
        from layers.basemap import basemap

        return basemap(theatre, bbox)

    coded: dict[str, Any] = remembered("ground", [*theatre.countries, *bbox], make, most=_MOST_FILES)
    return coded


def _snapped(bbox: Box) -> Box:
    """Return a view grown to half degrees: maps of much the same place share their ground."""
    west, south, east, north = bbox
    return (
        math.floor(west / _STEP_DEG) * _STEP_DEG,
        math.floor(south / _STEP_DEG) * _STEP_DEG,
        math.ceil(east / _STEP_DEG) * _STEP_DEG,
        math.ceil(north / _STEP_DEG) * _STEP_DEG,
    )
