"""The figures that an analyst asks of a zone: area, length, towns within, distances, each as exact as it is.

Areas and lengths are geodesic. A distance to a border is never stated finer than the border is drawn: Natural
Earth's line between Syria and Turkey lies 1.5 km off on the mean and up to 2.8 km (measured against
OpenStreetMap between 36.0° and 36.75° E), and other borders are no better known, so `BORDER_ACCURACY_KM` holds
for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from geo.crs import LocalPlane, area_km2, length_km

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.types import Place, Zone
    from geo.zones.recipes import Boundaries

BORDER_ACCURACY_KM = 3.0
_DISC_SEGMENTS = 12
_LINE = 1
_STEP_DEG = 0.1  # edges are straight in degrees (RFC 7946, 3.1.1)


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance, and how exact it is."""

    km: float
    accuracy_km: float

    def __str__(self) -> str:
        """Return the distance in words that claim no more than is known."""
        if self.km <= self.accuracy_km:
            return f"less than {self.km + self.accuracy_km:.0f} km"
        step = next((s for s in (1, 2, 5, 10, 20, 50) if s >= self.accuracy_km), 100)
        return f"about {step * round(self.km / step):g} km (± {self.accuracy_km:.2g} km)"


@dataclass(frozen=True, slots=True)
class ZoneFigures:
    """What can be measured of one zone; None where it has no such thing."""

    zone: str
    area_km2: float | None
    length_km: float | None
    """Of a line; the perimeter is not a figure that anybody should quote of a reconstruction."""
    parts_km2: tuple[tuple[str, float], ...]
    """(part, area): core and margin, or the bands."""
    share_by_admin1: tuple[tuple[str, float], ...]
    """(GeoNames code, share of the area), largest first, of the provinces asked about."""
    places_within: tuple[str, ...]
    """Ids of the places that lie inside as drawn."""


def figures(
    zone: Zone, places: Iterable[Place] = (), *, boundaries: Boundaries | None = None, admin1: Iterable[str] = ()
) -> ZoneFigures:
    """Return the figures of a derived or drawn zone.

    Args:
        zone: with its geometry in degrees.
        places: which are counted if they lie inside.
        boundaries: where the polygons of provinces come from.
        admin1: GeoNames codes of the provinces over which the area is shared out.
    """
    geometry = zone.geometry
    dimension = -1 if geometry is None else int(shapely.get_dimensions(geometry))
    if geometry is None or dimension < _LINE:
        return ZoneFigures(zone.id, None, None, (), (), ())
    if dimension == _LINE:
        return ZoneFigures(zone.id, None, length_km(geometry), (), (), ())
    parts = tuple((name, area_km2(part)) for name, part in zone.parts)
    shares = _shares(geometry, boundaries, admin1) if boundaries else ()
    return ZoneFigures(zone.id, area_km2(geometry), None, parts, shares, _within(geometry, places))


def _within(geometry: BaseGeometry, places: Iterable[Place]) -> tuple[str, ...]:
    shapely.prepare(geometry)
    return tuple(place.id for place in places if shapely.intersects_xy(geometry, place.lon_deg, place.lat_deg))


def _shares(geometry: BaseGeometry, boundaries: Boundaries, codes: Iterable[str]) -> tuple[tuple[str, float], ...]:
    whole, found = area_km2(geometry), []
    for code in codes:
        province = boundaries.admin1(code)
        if province is not None:
            found.append((code, area_km2(shapely.intersection(geometry, province)) / whole))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def distance_to_line(place: Place, line: Zone) -> Distance:
    """Return how far a place lies from a line, as exact as the line near it and the place are.

    The accuracy is the root of the squares of the place's radius and the line's uncertainty at the nearer vertex.
    """
    if line.geometry is None:
        message = f"{line.id} has no geometry"
        raise ValueError(message)
    plane = LocalPlane(place.lon_deg, place.lat_deg)
    here = shapely.Point(0, 0)
    metric = plane.to_km(shapely.segmentize(line.geometry, _STEP_DEG))
    accuracy = (place.radius_km**2 + _uncertainty_near(here, plane.to_km(line.geometry), line) ** 2) ** 0.5
    return Distance(float(metric.distance(here)), accuracy)


def _uncertainty_near(here: shapely.Point, metric: BaseGeometry, line: Zone) -> float:
    vertices = shapely.get_coordinates(metric)
    if len(line.vertex_uncertainty_km) != len(vertices):
        return line.uncertainty_km or 0.0
    nearest = int(shapely.distance(shapely.points(vertices), here).argmin())
    return line.vertex_uncertainty_km[nearest]


def distance_to_border(place: Place, country: str, boundaries: Boundaries) -> Distance:
    """Return how far a place lies from a country's border or coast, never finer than the border is drawn.

    Raises:
        ValueError: no such country.
    """
    polygon = boundaries.country(country)
    if polygon is None:
        message = f"no country has the code {country!r}"
        raise ValueError(message)
    plane = LocalPlane(place.lon_deg, place.lat_deg)
    nearby = shapely.clip_by_rect(polygon.boundary, *_window(place))
    edge = polygon.boundary if nearby.is_empty else nearby
    distance = float(plane.to_km(shapely.segmentize(edge, _STEP_DEG)).distance(shapely.Point(0, 0)))
    return Distance(distance, max(BORDER_ACCURACY_KM, (BORDER_ACCURACY_KM**2 + place.radius_km**2) ** 0.5))


def _window(place: Place, half_deg: float = 4.0) -> tuple[float, float, float, float]:
    """Return a box around a place: what is nearer than its edge keeps the plane honest."""
    lon, lat = place.lon_deg, place.lat_deg
    return lon - half_deg, lat - half_deg, lon + half_deg, lat + half_deg


def uncertainty_band(line: Zone) -> BaseGeometry | None:
    """Return the strip in which a line may really run, degrees: as wide as its doubt, from vertex to vertex.

    None where the zone is no line or states no uncertainty.
    """
    geometry = line.geometry
    if geometry is None or geometry.geom_type != "LineString" or not line.uncertainty_km:
        return None
    plane = LocalPlane.around(geometry)
    vertices = shapely.get_coordinates(plane.to_km(geometry))
    radii = line.vertex_uncertainty_km
    if len(radii) != len(vertices):
        radii = (line.uncertainty_km,) * len(vertices)
    discs = [shapely.Point(v).buffer(r, quad_segs=_DISC_SEGMENTS) for v, r in zip(vertices, radii, strict=True)]
    hulls = [shapely.union(one, other).convex_hull for one, other in pairwise(discs)]
    return plane.to_deg(shapely.union_all(hulls))
