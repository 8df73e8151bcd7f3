"""Directions in words, and the part of a place that they speak of.

*Northern* is the third of an area that lies farthest north; a half, a tip or a corner is what the word says. Where a
place has no polygon it is taken for a disc. The part has a point of its own, well inside, and a reach that covers it:
nobody draws the border of *the north*.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.types import Place

if TYPE_CHECKING:
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

    from geo.crs import LocalPlane

_ONE = r"(?:north|south|east|west)"
_TWO = r"(?:north|south)[\s-]?(?:east|west)"
#: A direction as a noun or an adjective; *central* has no azimuth.
DIRECTION = rf"(?:(?:{_ONE}[\s-])?{_TWO}(?:ern)?|{_ONE}(?:ern|ward)?|central|centre|center)"
NOUN = rf"(?:(?:{_ONE}[\s-])?{_TWO}|{_ONE})"
_SIDES = {"north": (0.0, 1.0), "south": (0.0, -1.0), "east": (1.0, 0.0), "west": (-1.0, 0.0)}
_SHORT = {"NW": "north-west", "NE": "north-east", "SW": "south-west", "SE": "south-east"}
_SIDE = re.compile(_ONE)
#: Share of the area that a part is, by the noun that names it.
SHARES = {"half": 0.5, "side": 0.5, "third": 1 / 3, "corner": 0.15, "tip": 0.08, "end": 0.15, "edge": 0.15, "far": 0.2}
SHARE = 1 / 3
_NAMES = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_STEPS = 24
#: A part's reach in radii of a disc of its size: parts are long, and a few far corners are left out.
_LONG = 1.6
#: How often the way to a town's part is halved before the town itself is taken.
_HALVINGS = 4
#: A town's part or edge is never known to better than this.
_TOWN_KM = 3.0


def azimuth_of(words: str) -> float | None:
    """Return the azimuth (degrees clockwise from north) of directions in words, None for the centre.

    Several sides make the direction between them: *north-east*, *north and east*.
    """
    written = _SHORT.get(words, words).lower()
    sides = [_SIDES[side] for side in _SIDE.findall(written)]
    east, north = sum(side[0] for side in sides), sum(side[1] for side in sides)
    return math.degrees(math.atan2(east, north)) % 360 if east or north else None


def name_of(azimuth: float | None) -> str:
    """Return `north-west` and the like, or `centre`."""
    return "centre" if azimuth is None else _NAMES[round(azimuth / 45) % 8]


def part_of(place: Place, azimuth: float | None, *, share: float = SHARE, label: str = "") -> Place:
    """Return the part of a place that lies in a direction as a place of its own.

    Args:
        place: With a polygon (`Place.area`) or without.
        azimuth: Degrees clockwise from north; None is the middle.
        share: How much of the area the part is.
        label: What to call the place; its own name by default.
    """
    found = _sector(place.area, azimuth, share) if place.area else None
    lon, lat, reach_km = found or _of_disc(place, azimuth, share)
    side = name_of(azimuth)
    return replace(
        place,
        id=f"part:{place.id}:{side}" + (f":{share:.2f}" if share != SHARE else ""),
        name=f"{'central' if azimuth is None else side + 'ern'} {label or place.name}",
        lon_deg=round(lon, 5),
        lat_deg=round(lat, 5),
        feature="RGN" if not place.feature.startswith("PPL") else "PPLX",
        names=(),
        population=0,
        radius_km=round(reach_km, 1),
        area=None,
        geonameid=None,
        source=f"computed from {place.name}",
    )


def _of_disc(place: Place, azimuth: float | None, share: float) -> tuple[float, float, float]:
    from geo.crs import destination

    radius = max(place.radius_km, _TOWN_KM)
    if azimuth is None:
        return place.lon_deg, place.lat_deg, radius * 0.6
    away = _ashore(place, azimuth, radius * (1 - share * 1.1))
    lon, lat = destination(place.lon_deg, place.lat_deg, azimuth, away)
    return lon, lat, radius * 0.8


def _ashore(place: Place, azimuth: float, away_km: float) -> float:
    """Return how far off a town its part is drawn: no farther than its country reaches, for a town is no disc."""
    from geo.crs import destination
    from geo.errors import MissingPart
    from geo.gazetteer import boundaries

    try:
        land = boundaries.area(f"country:{place.country}") if place.country else None
    except MissingPart:
        return away_km
    if land is None or not _is_on(land, place.lon_deg, place.lat_deg):
        return away_km
    tried = (away_km / 2**halvings for halvings in range(_HALVINGS))
    return next(
        (away for away in tried if _is_on(land, *destination(place.lon_deg, place.lat_deg, azimuth, away))), 0.0
    )


def _is_on(land: BaseGeometry, lon_deg: float, lat_deg: float) -> bool:
    import shapely

    return bool(shapely.contains_xy(land, lon_deg, lat_deg))


@lru_cache(maxsize=512)
def _sector(area: str, azimuth: float | None, share: float) -> tuple[float, float, float] | None:
    """Return a point in a part of a polygon and the part's reach in kilometres, or None without a polygon."""
    from geo.errors import MissingPart
    from geo.gazetteer import boundaries

    try:
        shape = boundaries.area(area)
    except MissingPart:
        return None
    if shape is None or shape.is_empty:
        return None
    return _middle(shape) if azimuth is None else _cut(shape, azimuth, share)


def _main(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    largest: BaseGeometry = max(shapely.get_parts(shape), key=lambda part: part.area)
    return largest


def _inside(shape: BaseGeometry) -> Point:
    import shapely

    return shape.centroid if shape.contains(shape.centroid) else shapely.point_on_surface(shape)


def _degrees(plane: LocalPlane, spot: BaseGeometry) -> tuple[float, float]:
    import shapely

    ((lon, lat),) = shapely.get_coordinates(plane.to_deg(spot))
    return float(lon), float(lat)


def _middle(shape: BaseGeometry) -> tuple[float, float, float]:
    from geo.crs import LocalPlane

    plane = LocalPlane.around(_main(shape))
    flat = plane.to_km(_main(shape))
    return *_degrees(plane, _inside(flat)), math.sqrt(flat.area / math.pi) * 0.6


def _cut(shape: BaseGeometry, azimuth: float, share: float) -> tuple[float, float, float]:
    import numpy as np
    import shapely
    from shapely import affinity

    from geo.crs import LocalPlane

    plane = LocalPlane.around(_main(shape))
    flat = shapely.simplify(plane.to_km(_main(shape)), 1.0)
    turned = affinity.rotate(flat, azimuth, origin=(0, 0))  # the wanted side now lies at the top
    west, south, east, north = turned.bounds
    low, high = south, north
    for _ in range(_STEPS):
        middle = (low + high) / 2
        above = shapely.clip_by_rect(turned, west - 1, middle, east + 1, north + 1).area
        low, high = (middle, high) if above > share * turned.area else (low, middle)
    part = _main(shapely.clip_by_rect(turned, west - 1, low, east + 1, north + 1))
    spot = _inside(part)
    corners = shapely.get_coordinates(part)
    farthest = float(np.hypot(corners[:, 0] - spot.x, corners[:, 1] - spot.y).max())
    reach = min(farthest, _LONG * math.sqrt(part.area / math.pi))
    return *_degrees(plane, affinity.rotate(spot, -azimuth, origin=(0, 0))), reach


def off_place(place: Place, azimuth: float, away_km: float, *, label: str = "") -> Place:
    """Return the spot so far off a place in a direction; its doubt grows with the distance, for words are coarse.

    A direction in words is meant to about 20 degrees, and a distance in whole kilometres to about a tenth.
    """
    from geo.crs import destination

    lon, lat = destination(place.lon_deg, place.lat_deg, azimuth, away_km)
    distance = f"{away_km:.0f} km" if away_km >= 1 else f"{away_km * 1000:.0f} m"
    return replace(
        spot_near(place, reach_km=place.radius_km + max(0.35 * away_km, 0.5)),
        id=f"off:{place.id}:{name_of(azimuth)}:{away_km:.1f}",
        name=f"{distance} {name_of(azimuth)} of {label or place.name}",
        lon_deg=round(lon, 5),
        lat_deg=round(lat, 5),
    )


def spot_near(place: Place, *, reach_km: float, name: str = "") -> Place:
    """Return a spot at a place with a wider reach: what is said to be around it, or so far from it."""
    return Place(
        id=f"near:{place.id}:{reach_km:.0f}",
        name=name or f"near {place.name}",
        lon_deg=place.lon_deg,
        lat_deg=place.lat_deg,
        feature="SPOT",
        country=place.country,
        admin1=place.admin1,
        radius_km=round(reach_km, 1),
        source=f"computed from {place.name}",
    )


def between(one: Place, other: Place, *, label: str = "") -> Place:
    """Return the spot halfway between two places, reaching to both."""
    from geo.crs import distance_km, midpoint

    ends = (one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)
    lon, lat = midpoint(*ends)
    return replace(
        spot_near(one, reach_km=max(distance_km(*ends) / 2, 1.0)),
        id=f"between:{one.id}:{other.id}",
        name=label or f"between {one.name} and {other.name}",
        lon_deg=round(lon, 5),
        lat_deg=round(lat, 5),
        country=one.country if one.country == other.country else None,
        admin1=one.admin1 if one.admin1 == other.admin1 else None,
        source=f"computed from {one.name} and {other.name}",
    )
