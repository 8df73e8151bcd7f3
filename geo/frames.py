"""Zones, places and facts as GeoDataFrames: the door to geopandas, and the only module that imports it.

Every frame is WGS 84 (EPSG:4326), longitude before latitude, one row a thing, its id in the column `id`. Lists
become text joined with semicolons, so that a frame can be written to any format. Areas and lengths are geodesic.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.crs import WGS84, area_km2, length_km
from geo.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.types import Membership, Place, Report, SourceRef, Zone

ZONE_COLUMNS = (
    "id",
    "name",
    "kind",
    "status",
    "basis",
    "valid",
    "parties",
    "applies_to",
    "uncertainty_km",
    "area_km2",
    "length_km",
    "derived",
    "variant_of",
    "sources",
    "note",
)
PLACE_COLUMNS = (
    "id",
    "name",
    "feature",
    "country",
    "admin1",
    "population",
    "radius_km",
    "mentions",
    "source",
    "membership",
)
#: 1.4 needs a GDAL of 2023; QGIS installations are often older.
_GPKG = {"VERSION": "1.3"}
_NUMBERS = ("figure_low", "figure_high", "start", "end")


def zones_frame(zones: Iterable[Zone]) -> gpd.GeoDataFrame:
    """Return zones as a frame with `ZONE_COLUMNS` and `geometry`; areas in km², lengths in km.

    A zone without a geometry has none in the frame either.
    """
    listed = tuple(zones)
    rows = [_zone_row(zone) for zone in listed]
    return _frame(rows, ZONE_COLUMNS, [zone.geometry for zone in listed])


def places_frame(report: Report) -> gpd.GeoDataFrame:
    """Return the places of a report, named in it or the case's own, with `PLACE_COLUMNS` and `geometry`.

    `mentions` counts how often the articles name a place. Where the report has memberships, `membership` says them
    in words, and a column `in_ZONE` for each zone asked about holds the probability that the place lies in it, given
    this reconstruction (0 to 1; missing where the question was not asked).
    """
    import shapely

    places = known_places(report)
    counts: dict[str, int] = {}
    for resolution in report.resolutions:
        if resolution.place:
            counts[resolution.place.id] = counts.get(resolution.place.id, 0) + 1
    asked = _by_place(report.memberships)
    rows = [_place_row(place, counts, asked.get(place.id, ())) for place in places]
    zones = list(dict.fromkeys(f"in_{each.zone}" for each in report.memberships))
    points = [shapely.Point(place.lon_deg, place.lat_deg) for place in places]
    return _frame(rows, (*PLACE_COLUMNS, *zones), points)


def facts_frame(report: Report) -> gpd.GeoDataFrame:
    """Return the facts of a report with the columns of `geo.facts.rows.COLUMNS` and `geometry`.

    The geometry is the point of a fact's first place, or none. `negated` is a truth value, `figure_low` and
    `figure_high` are numbers; `places_frame` and `zones_frame` have the rest.
    """
    import shapely

    from geo.facts.rows import COLUMNS, fact_rows

    names = [name for name, _ in COLUMNS]
    listed = fact_rows(report.facts, articles=report.articles, places=known_places(report))[2:]
    rows = [_fact_row(dict(zip(names, values, strict=True))) for values in listed]
    points = [shapely.Point(float(row["lon_deg"]), float(row["lat_deg"])) if row["lon_deg"] else None for row in rows]
    return _frame(rows, [name for name in names if name not in {"lon_deg", "lat_deg"}], points)


def known_places(report: Report) -> tuple[Place, ...]:
    """Return every place of a report once: those that its articles name, in their order, then the case's own."""
    named = (resolution.place for resolution in report.resolutions if resolution.place)
    return tuple({place.id: place for place in (*named, *report.places)}.values())


def write_geopackage(path: str | PathLike[str], layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write frames as the layers of a GeoPackage, whole or not at all. Raises OutputError.

    Empty frames are left out; each layer should hold one kind of geometry, so that QGIS shows it as one layer.
    """
    from geo.zones.saving import write_atomic

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.gpkg"
        for name, frame in layers.items():
            if len(frame):
                points = set(frame.geom_type.dropna()) <= {"Point"}
                frame.to_file(made, layer=name, driver="GPKG", promote_to_multi=not points, dataset_options=_GPKG)
        if not made.exists():
            raise OutputError(f"{path}: there is nothing to write.", hint="The report has no zone, place or fact.")
        write_atomic(path, made.read_bytes())


def _frame(
    rows: Sequence[Mapping[str, Any]], columns: Iterable[str], geometry: Sequence[BaseGeometry | None]
) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    table = pd.DataFrame(list(rows), columns=list(columns))
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(list(geometry), index=table.index, crs=WGS84), crs=WGS84)


def _zone_row(zone: Zone) -> dict[str, Any]:
    shape = zone.geometry
    polygonal = shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}
    linear = shape is not None and shape.geom_type in {"LineString", "MultiLineString"}
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "status": zone.status,
        "basis": zone.basis,
        "valid": zone.valid,
        "parties": "; ".join(zone.parties),
        "applies_to": "; ".join(zone.applies_to),
        "uncertainty_km": zone.uncertainty_km,
        "area_km2": round(area_km2(shape), 2) if shape is not None and polygonal else None,
        "length_km": round(length_km(shape), 2) if shape is not None and linear else None,
        "derived": zone.derived,
        "variant_of": zone.variant_of,
        "sources": "; ".join(map(_source, zone.sources)),
        "note": zone.note,
    }


def _source(source: SourceRef) -> str:
    return f"{source.title} <{source.url}>" if source.url else source.title


def _by_place(memberships: Iterable[Membership]) -> dict[str, tuple[Membership, ...]]:
    found: dict[str, tuple[Membership, ...]] = {}
    for each in memberships:
        found[each.place] = (*found.get(each.place, ()), each)
    return found


def _place_row(place: Place, counts: Mapping[str, int], asked: Sequence[Membership]) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population or None,
        "radius_km": place.radius_km,
        "mentions": counts.get(place.id, 0),
        "source": place.source,
        "membership": "; ".join(f"{each.zone}: {each.verdict} ({each.words}), {each.reading}" for each in asked)
        or None,
        **{f"in_{each.zone}": each.probability for each in asked},
    }


def _fact_row(row: dict[str, Any]) -> dict[str, Any]:
    numbers = {key: float(row[key]) if row[key] else None for key in _NUMBERS}
    texts = {key: value or None for key, value in row.items()}
    return {**texts, **numbers, "negated": row["negated"] == "true"}
