"""The rule for axis order: a feature that fits far better with longitude and latitude swapped.

Where a theatre lies near lat = lon (Idlib: 36, 36) a swapped feature lands next door, and no test of ranges sees
it. So the theatre's box and the feature's own earlier version are asked which of the two readings they know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.zones.rules.findings import warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np

    from geo.types import Theatre
    from geo.zones.rules.coordinates import Walk
    from geo.zones.rules.findings import Finding
    from geo.zones.rules.numbers import Table

Box = tuple[float, float, float, float]

#: The swapped reading must leave at most this share of what the given one leaves outside.
_CLEARLY_FEWER = 0.5
_CLEARLY_NEARER = 0.25


def axis_findings(
    walk: Walk, table: Table, theatre: Theatre | None, earlier: Mapping[str, Box], ids: Mapping[int, str]
) -> Iterator[Finding]:
    """Yield a warning for each feature whose axes look swapped.

    Args:
        walk: the file's shapes.
        table: its positions.
        theatre: the part of the world that the file is about.
        earlier: bounding boxes (west, south, east, north) of the previous version's features by id.
        ids: ids of this file's features by index.
    """
    if (theatre is None or theatre.bbox_deg is None) and not earlier:
        return
    for feature, paths in _features(walk).items():
        positions = _positions(table, paths)
        why = _against_theatre(positions, theatre.bbox_deg if theatre else None) or _against_earlier(
            positions, earlier.get(ids.get(feature, ""))
        )
        if why:
            path = walk.shapes[paths[0]].geometry
            fix = {"path": [*path, "coordinates"], "swap_axes": True} if path or feature == 0 else None
            message = f"longitude and latitude look swapped: {why}"
            yield warning("swapped-axes", (*path, "coordinates"), message, "GeoJSON has the longitude first.", fix=fix)


def _features(walk: Walk) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, shape in enumerate(walk.shapes):
        found.setdefault(shape.feature, []).append(index)
    return found


def _positions(table: Table, shapes: list[int]) -> np.ndarray:
    import numpy as np

    return np.vstack([table.of(line) for shape in shapes for line in table.lines_of(shape)])


def _against_theatre(positions: np.ndarray, box: Box | None) -> str | None:
    if box is None:
        return None
    given, swapped = _outside(positions, box), _outside(positions[:, ::-1], box)
    if given and swapped < _CLEARLY_FEWER * given:
        return f"{given} of {len(positions)} positions lie outside the theatre as given, {swapped} the other way round"
    return None


def _outside(positions: np.ndarray, box: Box) -> int:
    west, south, east, north = box
    lon, lat = positions.T
    return int(((lon < west) | (lon > east) | (lat < south) | (lat > north)).sum())


def _against_earlier(positions: np.ndarray, box: Box | None) -> str | None:
    if box is None:
        return None
    given, swapped = _misfit(positions, box), _misfit(positions[:, ::-1], box)
    if given > 0 and swapped < _CLEARLY_NEARER * given:
        return "the earlier version of this feature lies where the other way round would put it"
    return None


def _misfit(positions: np.ndarray, box: Box) -> float:
    """Return how far, in degrees, the edges of the positions' box lie from those of a box, summed up."""
    least, most = positions.min(axis=0), positions.max(axis=0)
    edges = (least[0], least[1], most[0], most[1])
    return float(sum(abs(a - b) for a, b in zip(edges, box, strict=True)))
