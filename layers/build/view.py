"""What the page shows first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.crs import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layers.document import PlaceDoc, ZoneDoc

_WORLD = (-30.0, -40.0, 70.0, 62.0)
#: Half the height of the view around one lone point: enough to see what lies around it.
_LEAST_HALF_DEG = 0.6
_MARGIN = 0.06
_STEP_KM = 700.0
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
    pad_x = max((east - west) * _MARGIN, _LEAST_HALF_DEG - (east - west) / 2)
    pad_y = max((north - south) * _MARGIN, _LEAST_HALF_DEG - (north - south) / 2)
    edges = (max(-180.0, west - pad_x), max(-85.0, south - pad_y), min(180.0, east + pad_x), min(85.0, north + pad_y))
    return [round(edge, 4) for edge in edges]


def theatre(places: Sequence[PlaceDoc]) -> list[PlaceDoc]:
    """Return the places that lie together and of which most is said, that first.

    A report from a war has talks in one capital and a comment from another: a view of all of them shows nothing of
    the war. Places belong together where a chain of steps of at most `_STEP_KM` leads from one to the next.
    """
    left, groups = list(places), []
    while left:
        group = [left.pop()]
        for each in group:
            near = [other for other in left if _apart_km(each, other) <= _STEP_KM]
            group += near
            left = [other for other in left if other not in near]
        groups.append(sorted(group, key=_weight, reverse=True))
    return max(groups, key=lambda group: sum(map(_weight, group)), default=[])


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
