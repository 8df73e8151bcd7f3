"""The only place for coordinate reference systems, metres and kilometres.

Distances and areas are geodesic on WGS 84 (pyproj.Geod; Karney 2013, *Algorithms for geodesics*,
doi:10.1007/s00190-012-0578-z). Buffers are made in a local azimuthal equidistant projection centred on the
geometry: distances from its centre are exact, and over the 500 km of a theatre the scale error stays below
0.1 %. Every pair is longitude, latitude in degrees.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely
from pyproj import CRS, Geod, Transformer

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
_GEOD = Geod(ellps="WGS84")
_M_PER_KM = 1000.0
_STEP_DEG = 0.25  # over a quarter of a degree a parallel bends less than 10 m from its geodesic


def distance_km(lon1_deg: float, lat1_deg: float, lon2_deg: float, lat2_deg: float) -> float:
    """Return the geodesic distance of two points in kilometres."""
    return float(_GEOD.inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg)[2]) / _M_PER_KM


def distances_km(lon_lat1_deg: np.ndarray, lon_lat2_deg: np.ndarray) -> np.ndarray:
    """Return the geodesic distances of pairs of points, two (n, 2) arrays of longitude, latitude, in kilometres."""
    one, two = lon_lat1_deg.T, lon_lat2_deg.T
    return _GEOD.inv(one[0], one[1], two[0], two[1])[2] / _M_PER_KM  # type: ignore[no-any-return]


def destination(lon_deg: float, lat_deg: float, azimuth_deg: float, away_km: float) -> tuple[float, float]:
    """Return the point (longitude, latitude in degrees) that lies so far away in a direction, clockwise from north."""
    lon, lat, _ = _GEOD.fwd(lon_deg, lat_deg, azimuth_deg, away_km * _M_PER_KM)
    return float(lon), float(lat)


def azimuth_deg(lon1_deg: float, lat1_deg: float, lon2_deg: float, lat2_deg: float) -> float:
    """Return the direction of the geodesic from one point to another, 0 to 360 degrees clockwise from north."""
    return float(_GEOD.inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg)[0]) % 360


def midpoint(lon1_deg: float, lat1_deg: float, lon2_deg: float, lat2_deg: float) -> tuple[float, float]:
    """Return the middle (longitude, latitude in degrees) of the geodesic between two points."""
    azimuth, _, metres = _GEOD.inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg)
    return destination(lon1_deg, lat1_deg, azimuth, metres / 2 / _M_PER_KM)


def mgrs_square(reference: str) -> tuple[float, float, float] | None:
    """Return the middle of a square of the Military Grid Reference System, and its side.

    Args:
        reference: Without spaces, `37SCV1234567890`; from two to ten digits, that is from 10 km to 1 m.

    Returns:
        Longitude, latitude, and the side of the square in kilometres; None where there is no such square.
    """
    from mgrs import MGRS
    from mgrs.core import MGRSError

    digits = len(reference) - len(reference.rstrip("0123456789"))
    head, half = reference[: len(reference) - digits], digits // 2
    east, north = (part.ljust(5, "0") for part in (reference[len(head) :][:half], reference[len(head) + half :]))
    side_m = 10 ** (5 - half)
    centre = "".join(f"{int(part) + side_m // 2:05d}" for part in (east, north))
    try:
        lat, lon = MGRS().toLatLon(head + centre)
    except MGRSError:
        return None
    return float(lon), float(lat), side_m / _M_PER_KM


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of a polygonal geometry (degrees) in square kilometres, never negative.

    Holes count as holes whatever the winding; edges are straight in degrees (RFC 7946, section 3.1.1).
    """
    if geometry.geom_type == "Polygon":
        geometry = shapely.segmentize(geometry, _STEP_DEG)
        rings = [abs(_GEOD.geometry_area_perimeter(shapely.Polygon(ring))[0]) for ring in shapely.get_rings(geometry)]
        return (rings[0] - sum(rings[1:])) / _M_PER_KM**2 if rings else 0.0
    return sum(area_km2(part) for part in getattr(geometry, "geoms", ()))


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of a line, or the perimeter of a polygon, in kilometres."""
    return float(_GEOD.geometry_length(shapely.segmentize(geometry, _STEP_DEG))) / _M_PER_KM


class LocalPlane:
    """A metric plane (kilometres east and north) around one point: project, compute, come back."""

    def __init__(self, lon_deg: float, lat_deg: float) -> None:
        """Centre an azimuthal equidistant projection on a point."""
        self.lon_deg, self.lat_deg = lon_deg, lat_deg
        self._there, self._back = _transformers(round(lon_deg, 6), round(lat_deg, 6))

    @classmethod
    def around(cls, geometry: BaseGeometry) -> LocalPlane:
        """Centre the plane on the middle of a geometry's bounding box (degrees)."""
        west, south, east, north = geometry.bounds
        return cls((west + east) / 2, (south + north) / 2)

    def to_km(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in degrees as kilometres on this plane."""
        return shapely.transform(geometry, self._there)

    def to_deg(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in kilometres on this plane as degrees."""
        return shapely.transform(geometry, self._back)

    def coordinates_to_km(self, lon_lat_deg: np.ndarray) -> np.ndarray:
        """Return an (n, 2) array of longitude, latitude as kilometres east, north."""
        return self._there(lon_lat_deg)

    def coordinates_to_deg(self, east_north_km: np.ndarray) -> np.ndarray:
        """Return an (n, 2) array of kilometres east, north as longitude, latitude."""
        return self._back(east_north_km)


def buffer_km(geometry: BaseGeometry, radius_km: float) -> BaseGeometry:
    """Return all that lies within `radius_km` of a geometry (degrees), as degrees."""
    plane = LocalPlane.around(geometry)
    metric = plane.to_km(shapely.segmentize(geometry, _STEP_DEG))
    return plane.to_deg(metric.buffer(radius_km, quad_segs=32))


@lru_cache(maxsize=64)
def _transformers(lon_deg: float, lat_deg: float) -> tuple[Callable[..., np.ndarray], Callable[..., np.ndarray]]:
    local = CRS.from_proj4(f"+proj=aeqd +lat_0={lat_deg} +lon_0={lon_deg} +datum=WGS84 +units=km +no_defs")
    there = Transformer.from_crs(WGS84, local, always_xy=True)
    back = Transformer.from_crs(local, WGS84, always_xy=True)

    def apply(transformer: Transformer) -> Callable[..., np.ndarray]:
        def run(xy: np.ndarray) -> np.ndarray:
            import numpy as np

            return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

        return run

    return apply(there), apply(back)
