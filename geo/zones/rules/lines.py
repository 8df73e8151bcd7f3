"""The rules for which side of a line is whose: towns that are known to be one party's, and the earlier version.

A line drawn the other way round turns every zone that rests on it inside out, and nothing in the line itself says
so. What can tell are towns of which it is known who held them (`witnesses`), and the file before the edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.zones.io import feature_id
from geo.zones.rules.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.types import Zone
    from geo.zones.text import Path

_PAIR = 2
_PER_VERTEX = {"vertex_uncertainty_km", "vertex_sources"}
_STEP_DEG = 0.1  # edges are straight in degrees (RFC 7946, 3.1.1)
#: Neither side: so near to the line that a rounded coordinate decides.
_ON_THE_LINE_KM = 0.01


def witness_findings(features: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield lines whose witnesses lie on the other side than the line's `sides` have it.

    Args:
        features: the features of a file whose structure, numbers and properties are sound.
    """
    for i, feature in enumerate(features):
        given = feature.get("properties") or {}
        line = _coordinates(feature)
        if line and given.get("witnesses") and given.get("sides"):
            yield from _heard(("features", i, "properties"), line, given)


def _coordinates(feature: Mapping[str, Any]) -> list[list[float]] | None:
    geometry = feature.get("geometry")
    found: list[list[float]] | None = geometry["coordinates"] if geometry and geometry["type"] == "LineString" else None
    return found


def _heard(path: Path, line: list[list[float]], given: Mapping[str, Any]) -> Iterator[Finding]:
    sides, witnesses = given["sides"], given["witnesses"]
    left, right = sides.get("left"), sides.get("right")
    known = [(k, each) for k, each in enumerate(witnesses) if each["side"] in {left, right}]
    for k, each in enumerate(witnesses):
        if each["side"] not in {left, right}:
            message = f"{each['side']!r} is no side of this line"
            hint = f"One of {', '.join(sides.values())}."
            yield error("unknown-side", (*path, "witnesses", k, "side"), message, hint)
    if not known or left == right:
        return
    off_km = _offsets_km(line, [each["at"] for _, each in known])
    wrong = [
        (k, each, abs(km))
        for (k, each), km in zip(known, off_km, strict=True)
        if abs(km) > _ON_THE_LINE_KM and (km > 0) != (each["side"] == left)
    ]
    if len(wrong) >= _PAIR and 2 * len(wrong) > len(known):
        yield _turned(path, given, f"{len(wrong)} of {len(known)} witnesses lie on the other side of it")
        return
    for k, each, km in wrong:
        message = f"{each['name']} was held by {each['side']!r}, and lies {km:.1f} km on the other side of the line"
        yield warning("wrong-side", (*path, "witnesses", k), message, "Move the line, or mend the witness.")


def _offsets_km(line: list[list[float]], spots: list[list[float]]) -> list[float]:
    """Return how far spots lie from a line in kilometres, those on its left positive."""
    import numpy as np
    import shapely

    from geo.crs import LocalPlane
    from geo.zones.sides import signed_distance

    drawn = shapely.LineString([position[:2] for position in line])
    vertices = shapely.get_coordinates(shapely.segmentize(drawn, _STEP_DEG))
    plane = LocalPlane(*(vertices.min(axis=0) + vertices.max(axis=0)) / 2)
    vx, vy = plane.coordinates_to_km(vertices).T
    x, y = plane.coordinates_to_km(np.array([spot[:2] for spot in spots], dtype=float)).T
    found: list[float] = signed_distance(x, y, vx, vy).tolist()
    return found


def _turned(path: Path, given: Mapping[str, Any], why: str) -> Finding:
    message = f"the line and its sides do not go together, one of them looks turned round: {why}"
    hint = "Zones that rest on it would lie on the wrong side. Put the vertices back in order, or swap left and right."
    swapped = {{"left": "right", "right": "left"}.get(key, key): value for key, value in given["sides"].items()}
    # figures for each vertex tell that the vertices have an order, not which of the two was meant
    fix = None if _PER_VERTEX & given.keys() else {"path": [*path, "sides"], "value": swapped}
    return warning("sides-turned", (*path, "sides"), message, hint, fix=fix)


def turned_findings(features: Sequence[Mapping[str, Any]], earlier: Sequence[Zone]) -> Iterator[Finding]:
    """Yield lines that run the other way than in the earlier version while their `sides` stayed what they were."""
    import shapely

    was = {zone.id: zone for zone in earlier if zone.geometry is not None and zone.properties.get("sides")}
    for i, feature in enumerate(features):
        before, line = was.get(feature_id(feature, i)), _coordinates(feature)
        given = feature.get("properties") or {}
        if before is None or line is None or before.properties["sides"] != given.get("sides"):
            continue
        old = shapely.get_coordinates(before.geometry).tolist()
        if _alike([position[:2] for position in line], old[::-1]) > _alike([position[:2] for position in line], old):
            why = "it runs the other way than in the earlier version"
            yield _turned(("features", i, "properties"), given, why)


def _alike(line: list[list[float]], other: list[list[float]]) -> int:
    """Return how many vertices of one line come in the same order in the other."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, [*map(tuple, line)], [*map(tuple, other)], autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
