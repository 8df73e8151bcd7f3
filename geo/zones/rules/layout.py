"""The rules for how zones lie: overlaps of zones that exclude each other, zones off their base, slivers.

Distances and widths are measured in kilometres through `geo.crs`. Geometries are sound when these run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.crs import LocalPlane, area_km2, length_km
from geo.zones import vocabulary
from geo.zones.io import feature_id, geometry_of
from geo.zones.rules.dates import overlap
from geo.zones.rules.findings import Finding, error, warning
from geo.zones.rules.zones import references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.zones.text import Path

#: Thinner than this on average, a part is an accident of drawing.
_SLIVER_KM = 0.05
#: Of longitude at 80 degrees of latitude: beyond it a thin part may pass unseen.
_KM_PER_DEGREE_WEST = 19.0
_POLYGON = 3  # shapely's number for the type
#: Rather more than any degree has.
_KM_PER_DEGREE = 113.0
_LINES = vocabulary.LINE_KINDS
#: A zone may stand this far off its base line beyond the line's own doubt.
_SLACK_KM = 1.0


def layout_findings(features: Sequence[Mapping[str, Any]], built: Mapping[int, BaseGeometry]) -> Iterator[Finding]:
    """Yield what is odd about how drawn zones lie, alone and to one another.

    Args:
        features: the features of a file.
        built: polygons that were built already, by index of their feature.
    """
    drawn = {i: g for i, f in enumerate(features) if (g := built.get(i) or geometry_of(f.get("geometry"))) is not None}
    index = {feature_id(feature, i): i for i, feature in enumerate(features)}
    carrying = {name for feature in features for _, name in references(_properties(feature).get("recipe"))}
    yield from _slivers(built)
    for i, geometry in drawn.items():
        properties = _properties(features[i])
        if _text(properties.get("kind")) in _LINES:
            path = ("features", i, "geometry", "coordinates")
            yield from _crossing_line(path, geometry, carries=feature_id(features[i], i) in carrying)
        if "recipe" in properties:
            yield from _off_base(i, features, drawn, index)
    yield from _overlaps(features, drawn)


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    given = feature.get("properties")
    return given if isinstance(given, dict) else {}


def _slivers(built: Mapping[int, BaseGeometry]) -> Iterator[Finding]:
    owners = [i for i, thin in zip(built, _thin(list(built.values())), strict=True) if thin]
    if not owners:
        return
    rings, polygons = shapely.get_rings([built[i] for i in owners], return_index=True)
    shells: Any = shapely.polygons(rings)
    thin = 2 * shapely.area(shells) < shapely.length(rings) * _SLIVER_KM / _KM_PER_DEGREE_WEST
    for k in thin.nonzero()[0].tolist():
        width = 2 * area_km2(shells[k]) / max(length_km(rings[k]), 1e-9)
        if width < _SLIVER_KM:
            message = f"a part or hole that is {width * 1000:.0f} m wide on average: a sliver"
            path = _ring_path(built[owners[polygons[k]]], ("features", owners[polygons[k]], "geometry"), rings[k])
            yield warning("sliver", path, message, "Remove it, or snap the two edges together.")


def _thin(polygons: list[BaseGeometry]) -> list[bool]:
    """Tell which polygons may have a thin part; those of one ring are looked at in degrees, which most of them pass.

    A degree is at most 112 km.
    """
    if not polygons:
        return []
    broad = 2 * shapely.area(polygons) >= shapely.length(polygons) * _SLIVER_KM / _KM_PER_DEGREE_WEST
    plain = (shapely.get_type_id(polygons) == _POLYGON) & (shapely.get_num_interior_rings(polygons) == 0)
    found: list[bool] = (~(plain & broad)).tolist()
    return found


def _ring_path(geometry: BaseGeometry, path: Path, ring: BaseGeometry) -> Path:
    many = geometry.geom_type == "MultiPolygon"
    for i, part in enumerate(getattr(geometry, "geoms", (geometry,))):
        for j, found in enumerate(shapely.get_rings(part)):
            if shapely.equals_identical(found, ring):
                return (*path, "coordinates", i, j) if many else (*path, "coordinates", j)
    return path


def _crossing_line(path: Path, geometry: BaseGeometry, *, carries: bool) -> Iterator[Finding]:
    """Check that a line keeps its sides apart; an error where the recipe of a zone rests on it."""
    if geometry.geom_type == "LineString" and not geometry.is_simple:
        message = "the line crosses itself: its sides and the zones derived from it are not defined there"
        found = error if carries else warning
        yield found("line-crosses-itself", path, message, "Put its vertices in order.")


def _off_base(
    i: int, features: Sequence[Mapping[str, Any]], drawn: Mapping[int, BaseGeometry], index: Mapping[str, int]
) -> Iterator[Finding]:
    recipe = _properties(features[i]).get("recipe")
    if not isinstance(recipe, dict) or not isinstance(base := recipe.get("base"), dict):
        return
    name = base.get("zone", base.get("road"))
    line = drawn.get(index.get(str(name), -1))
    if line is None:
        return
    doubt = _properties(features[index[str(name)]]).get("uncertainty_km")
    allowed = _SLACK_KM + (doubt if isinstance(doubt, int | float) else 0) + _first_km(recipe)
    if drawn[i].distance(line) * _KM_PER_DEGREE <= allowed:
        return
    plane = LocalPlane.around(line)
    gap = float(plane.to_km(drawn[i]).distance(plane.to_km(line)))
    if gap > allowed:
        message = f"the zone lies {gap:.1f} km off its base line {name!r}"
        hint = 'Move it to the line, set "geometry" to null to derive it again, or change the base.'
        yield warning("off-base-line", ("features", i, "geometry"), message, hint)


def _first_km(recipe: Mapping[str, Any]) -> float:
    """Return how far from its base a zone may begin: the nearest of its bands."""
    bands = recipe.get("bands")
    starts = [band.get("from", 0) for band in bands if isinstance(band, dict)] if isinstance(bands, list) else []
    return float(min((start for start in starts if isinstance(start, int | float)), default=0))


def _overlaps(features: Sequence[Mapping[str, Any]], drawn: Mapping[int, BaseGeometry]) -> Iterator[Finding]:
    exclusive = [i for i in drawn if _text(_properties(features[i]).get("kind")) in vocabulary.EXCLUSIVE_KINDS]
    for i, j in _meeting(exclusive, drawn):
        first, second = _properties(features[i]), _properties(features[j])
        if first.get("kind") != second.get("kind") or _readings(features, i, j):
            continue
        if not overlap(_text(first.get("valid")), _text(second.get("valid"))):
            continue
        shared = drawn[i].intersection(drawn[j])
        if area_km2(shared) > _SLIVER_KM:
            names = feature_id(features[i], i), feature_id(features[j], j)
            message = f"{names[1]!r} overlaps {names[0]!r} by {area_km2(shared):,.1f} km², and each excludes the other"
            hint = "Move their common edge, part them by date, or mark one as variant_of the other."
            yield warning("overlap", ("features", j, "geometry"), message, hint)


def _meeting(chosen: list[int], drawn: Mapping[int, BaseGeometry]) -> list[tuple[int, int]]:
    """Return which pairs of the chosen have a point in common, in the order of the file."""
    if len(chosen) < 2:  # noqa: PLR2004  a pair
        return []
    geometries = [drawn[i] for i in chosen]
    first, second = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    apart = first < second
    return sorted((chosen[i], chosen[j]) for i, j in zip(first[apart].tolist(), second[apart].tolist(), strict=True))


def _readings(features: Sequence[Mapping[str, Any]], i: int, j: int) -> bool:
    """Tell whether two zones are readings of one another."""
    ids = {feature_id(features[i], i), feature_id(features[j], j)}
    roots = [_text(_properties(features[k]).get("variant_of")) for k in (i, j)]
    return any(root in ids for root in roots) or (roots[0] is not None and roots[0] == roots[1])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
