"""A case's `places.geojson`: the places that the gazetteer lacks or gets wrong, written by hand.

A FeatureCollection of points. Properties: `name`, `names` ({language: name or list of names}), `feature` (GeoNames
feature code), `country` (ISO 3166-1 alpha-2), `admin1` (GeoNames code), `uncertainty_km`, `source`, `geonameid`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from geo.errors import InputError
from geo.types import Place, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def read_places(path: Path) -> tuple[Place, ...]:
    """Return the places of a file; features without a geometry are left out.

    Raises:
        InputError: it is not UTF-8, not JSON or no FeatureCollection of named points (`file:line:col`).
    """
    try:
        collection = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text.", where=Where(str(path)), hint="Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        where = Where(str(path), error.lineno, error.colno)
        raise InputError(f"is not JSON: {error.msg}.", where=where, hint="Mend that line.") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise InputError("is no FeatureCollection.", where=Where(str(path)), hint='It needs "features": […].')
    return tuple(_place(feature, path) for feature in features if _has_geometry(feature))


def _has_geometry(feature: object) -> bool:
    return not isinstance(feature, dict) or feature.get("geometry") is not None


def _place(feature: Any, path: Path) -> Place:  # noqa: ANN401  a hand-written file may hold anything
    try:
        properties = feature["properties"]
        name = str(properties["name"])
        key = str(feature.get("id") or name.casefold().replace(" ", "-"))
        spot = shapely.point_on_surface(shape(feature["geometry"]))
        lon_deg, lat_deg = float(shapely.get_x(spot)), float(shapely.get_y(spot))
        radius_km = float(properties.get("uncertainty_km") or 1.0)
        names = tuple(_names(properties.get("names") or {}))
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        what = feature.get("id", "a feature") if isinstance(feature, dict) else "a feature"
        message = f"{what} is no place: {error}."
        raise InputError(message, where=Where(str(path)), hint="A place has a name and a geometry.") from error
    return Place(
        id=f"case:{key}",
        name=name,
        lon_deg=lon_deg,
        lat_deg=lat_deg,
        feature=str(properties.get("feature") or "PPL"),
        country=properties.get("country"),
        admin1=properties.get("admin1"),
        names=names,
        radius_km=radius_km,
        source=str(properties.get("source") or "the case's places.geojson"),
        geonameid=properties.get("geonameid"),
    )


def _names(names: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for language, given in names.items():
        for name in given if isinstance(given, list) else [given]:
            yield str(language), str(name)
