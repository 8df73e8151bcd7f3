"""Places from files that a user brings: GeoNames dumps, and boundary files with P-codes.

A GeoNames dump (`allCountries.zip`, `SY.zip`, or the text inside) has 19 tab-separated columns; see the *readme* beside
the dumps. An administrative boundary file of OCHA's (GeoJSON or GeoPackage) names its units in columns like
`ADM1_EN`, `ADM2_AR` with codes like `ADM2_PCODE`; the finest level that a row has is taken.
"""

from __future__ import annotations

import io
import logging
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.gazetteer.sources import Entry, is_code, town_radius_km
from geo.types import Place, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_LOG = logging.getLogger(__name__)
_COLUMNS = 19
#: Feature classes that a report may name: administrative, water, area, town, spot, mountain; not roads or cables.
_CLASSES = frozenset("AHLPSTU")
_CODE = re.compile(r"(?:ADM|adm|admin)(\d)_?(?:PCODE|Pcode|pcode)$")
_NAME = re.compile(
    r"(?:ADM|adm|admin)(\d)(?:Name|name)?_?([A-Za-z]{2})(?:\d)?$|(?:ADM|adm|admin)(\d)_?(?:NAME|Name|name)$"
)
_KM_PER_DEGREE = 111.2
_HALF_TURN, _QUARTER_TURN = 180, 90


def read_dump(path: Path) -> Iterator[Entry]:
    """Yield the places of a file; a broken line is named in the log and passed over.

    Raises:
        InputError: The file is of no known kind, can't be read, or holds no place.
    """
    kinds = {".zip": _zipped, ".txt": _text, ".tsv": _text, ".geojson": _areas, ".json": _areas, ".gpkg": _areas}
    reader = kinds.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path.name}: not a gazetteer that is known.", hint="Give a GeoNames .zip or .txt, or an "
                         "administrative boundary file as .geojson or .gpkg.")  # fmt: skip
    count = 0
    for entry in reader(path):
        count += 1
        yield entry
    if not count:
        raise InputError("no place was found in it.", where=Where(str(path)),
                         hint="A GeoNames dump has 19 columns, a boundary file ADM1_EN or the like.")  # fmt: skip


def _zipped(path: Path) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
            for name in names:
                with archive.open(name) as raw:
                    yield from from_lines(io.TextIOWrapper(raw, "utf-8", errors="replace"), name)
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"can't be read: {error}.", where=Where(str(path))) from error


def _text(path: Path) -> Iterator[Entry]:
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from from_lines(lines, path.name)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}.", where=Where(str(path))) from error


def from_lines(lines: Iterable[str], file: str) -> Iterator[Entry]:
    """Yield the places of the lines of a GeoNames dump; `file` names them in the log."""
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        try:
            entry = _geoname(cells)
        except ValueError as error:
            _LOG.warning("%s:%d:1: passed over, no GeoNames record: %s", file, number, error)
            continue
        if entry is not None:
            yield entry


def _geoname(cells: list[str]) -> Entry | None:
    if len(cells) < _COLUMNS:
        raise ValueError(f"{len(cells)} columns instead of {_COLUMNS}")
    if cells[6] not in _CLASSES:
        return None
    lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
    if not (abs(lat) <= _QUARTER_TURN and abs(lon) <= _HALF_TURN):
        raise ValueError(f"no such point: {lat}, {lon}")
    number, iso, feature = int(cells[0]), cells[8] or None, cells[7] or cells[6]
    unit = f"{iso}.{cells[10]}" if iso and cells[10] not in {"", "00"} else None
    place = Place(
        id=f"geonames:{number}",
        name=cells[1],
        lon_deg=lon,
        lat_deg=lat,
        feature=feature,
        country=iso,
        admin1=unit,
        population=population,
        radius_km=town_radius_km(population) if cells[6] == "P" else _reach_km(feature),
        area=_area_key(feature, iso, unit),
        geonameid=number,
    )
    others = [cells[2], *cells[3].split(",")]
    return Entry(place, tuple(n for n in others if n and not is_code(n)), tuple(filter(is_code, others)))


def _reach_km(feature: str) -> float:
    return {"PCLI": 300.0, "ADM1": 80.0, "ADM2": 25.0, "ADM3": 10.0, "SEA": 300.0, "OCN": 3000.0}.get(feature, 2.0)


def _area_key(feature: str, iso: str | None, unit: str | None) -> str | None:
    if feature.startswith("PCL") and iso:
        return f"country:{iso}"
    return f"admin1:{unit}" if feature == "ADM1" and unit else None


def _areas(path: Path) -> Iterator[Entry]:
    import pyogrio
    import shapely

    try:
        meta, _, geometry, columns = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise InputError(f"can't be read: {error}.", where=Where(str(path))) from error
    rows = zip(*columns, strict=True)
    for values, shape in zip(rows, shapely.from_wkb(geometry, on_invalid="ignore"), strict=True):
        entry = _unit(dict(zip(meta["fields"], values, strict=True)), shape, path.name)
        if entry is not None:
            yield entry


def _unit(row: dict[str, Any], shape: BaseGeometry | None, file: str) -> Entry | None:
    names: dict[int, dict[str, str]] = {}
    codes: dict[int, str] = {}
    for column, value in row.items():
        if not isinstance(value, str) or not value.strip():
            continue
        if match := _CODE.match(column):
            codes[int(match[1])] = value
        elif match := _NAME.match(column):
            names.setdefault(int(match[1] or match[3]), {})[(match[2] or "und").lower()] = value
    if not names or shape is None or shape.is_empty:
        _LOG.warning("%s: passed over, no name or no shape: %s", file, codes or row)
        return None
    level = max(names)
    spellings = names[level]
    point = shape.centroid if shape.intersects(shape.centroid) else shape.representative_point()
    area_km2 = shape.area * math.cos(math.radians(point.y)) * _KM_PER_DEGREE**2
    code = codes.get(level) or f"{file}:{next(iter(spellings.values()))}"
    iso = codes.get(0) or code[:2]
    place = Place(
        id=f"pcode:{code}",
        name=spellings.get("en") or next(iter(spellings.values())),
        lon_deg=round(point.x, 5),
        lat_deg=round(point.y, 5),
        feature=f"ADM{level}" if level else "PCLI",
        country=iso[:2].upper() if iso[:2].isalpha() else None,
        radius_km=round(max(1.0, math.sqrt(area_km2 / math.pi)), 1),
        source=file,
    )
    return Entry(place, tuple(spellings.values()))
