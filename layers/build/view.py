"""What the page shows first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.crs import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layers.document import PlaceDoc, ZoneDoc

_WORLD = (-30.0, -40.0, 70.0, 62.0)
#: Half the height of the view around one lone point: enough to see what lies around it; around several, less is enough.
_LEAST_HALF_DEG = 0.6
_LEAST_HALF_SEVERAL_DEG = 0.25
_MARGIN = 0.06
#: Steps from place to place, the widest first: a shorter one is taken where nearly all that is said stays in view.
_STEPS_KM = (700.0, 350.0, 175.0)
_KEPT = 0.8
#: What is said of a place that may be another counts for less.
_IN_DOUBT = 0.25


def opening_view(zones: Iterable[ZoneDoc], places: Iterable[PlaceDoc]) -> list[float]:
    """Return west, south, east, north of what matters: the zones, or else where the report's places lie thickest."""
    drawn = [zone["geometry"] for zone in zones if zone["shown"] and zone["geometry"] and zone["theme"] != "roads"]
    points = [pair for shape in drawn for pair in _positions(shape["coordinates"])]
    if not points:
        named = [each for each in places if each["origin"] == "article"]
        local = [each for each in named if each["kind"] not in {"country", "region"}] or named
        points = [(each["lon"], each["lat"]) for each in theatre(local)]
    if not points:
        return list(_WORLD)
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    least = _LEAST_HALF_SEVERAL_DEG if len(set(points)) > 1 else _LEAST_HALF_DEG
    pad_x = max((east - west) * _MARGIN, least - (east - west) / 2)
    pad_y = max((north - south) * _MARGIN, least - (north - south) / 2)
    edges = (max(-180.0, west - pad_x), max(-85.0, south - pad_y), min(180.0, east + pad_x), min(85.0, north + pad_y))
    return [round(edge, 4) for edge in edges]


def theatre(places: Sequence[PlaceDoc]) -> list[PlaceDoc]:
    """Return the places that lie together and of which most is said, that first.

    A report from a war has talks in one capital and a comment from another: a view of all of them shows nothing of
    the war. Places belong together where a chain of steps leads from one to the next. Where the capital from which
    the report was sent lies no farther than that, a shorter step leaves it out, as long as little else goes with it.
    """
    widest = kept = _fullest(places, _STEPS_KM[0])
    for step_km in _STEPS_KM[1:]:
        group = _fullest(kept, step_km)
        if _said(group) >= _KEPT * _said(widest):
            kept = group
    return kept


def _fullest(places: Sequence[PlaceDoc], step_km: float) -> list[PlaceDoc]:
    return max(_groups(places, step_km), key=_said, default=[])


def _groups(places: Sequence[PlaceDoc], step_km: float) -> list[list[PlaceDoc]]:
    left, groups = list(places), []
    while left:
        group = [left.pop()]
        for each in group:
            near = [other for other in left if _apart_km(each, other) <= step_km]
            group += near
            left = [other for other in left if other not in near]
        groups.append(sorted(group, key=_weight, reverse=True))
    return groups


def _said(group: Sequence[PlaceDoc]) -> float:
    return sum(map(_weight, group))


def _apart_km(one: PlaceDoc, other: PlaceDoc) -> float:
    return distance_km(one["lon"], one["lat"], other["lon"], other["lat"])


def _weight(place: PlaceDoc) -> float:
    said = len(place["sentences"]) + 2 * len(place["facts"])
    return said * (_IN_DOUBT if place["doubt"] else 1.0)


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401  GeoJSON's nesting has no type
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _positions(part)
