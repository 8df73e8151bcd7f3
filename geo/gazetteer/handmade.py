"""Places and names written for this project: what news names and the packages lack.

`lexicon/regions.tsv` holds regions, waters, mountains, landmarks; `units.tsv` counties, provinces and zones;
`war_towns.tsv` towns and camps; `other_names.tsv` the press's spellings of places that the packages have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.gazetteer import boundaries
from geo.gazetteer.folding import strict_key
from geo.gazetteer.sources import LEXICON, Entry, lexicon
from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

#: Of each file, what its ids begin with. The resolver takes `region:` for a part of the world that news is from.
FILES = {"regions.tsv": "region", "units.tsv": "unit", "war_towns.tsv": "town"}
#: What reaches no farther lies in the province of its point.
_LOCAL_KM = 30.0


def places(taken: Collection[str]) -> Iterator[Entry]:
    """Yield the places of the lexicon.

    Args:
        taken: Codes of the provinces that the packages have; the lexicon's take the polygons of others.
    """
    for file, kind in FILES.items():
        for row in lexicon(file, 7):
            yield Entry(_place(kind, row, taken), tuple(alias for alias in row[6].split(",") if alias))


def _place(kind: str, row: list[str], taken: Collection[str]) -> Place:
    name, feature, lon, lat, radius, countries, _ = row
    iso = countries if len(countries) == len("SY") else None
    place = Place(
        id=place_id(kind, name, iso),
        name=name,
        lon_deg=float(lon),
        lat_deg=float(lat),
        feature=feature,
        country=iso,
        radius_km=float(radius),
        source=LEXICON,
    )
    return _in_its_unit(place, taken) if iso else place


def _in_its_unit(place: Place, taken: Collection[str]) -> Place:
    if place.radius_km > _LOCAL_KM and not place.feature.startswith("ADM"):
        return place
    code = boundaries.admin1_at(place.lon_deg, place.lat_deg)
    if code is None or not code.startswith(f"{place.country}."):
        return place
    own = place.feature == "ADM1" and code not in taken
    return replace(place, admin1=code, area=f"admin1:{code}" if own else None)


def place_id(kind: str, name: str, country: str | None) -> str:
    """Return the stable id of a place of the lexicon; a region's does without its country."""
    key = strict_key(name).replace(" ", "-")
    return f"{kind}:{key}" if kind == "region" or not country else f"{kind}:{country.lower()}-{key}"


def other_names() -> Mapping[int, tuple[str, ...]]:
    """Return, for the GeoNames id of a town or unit, spellings that the packages lack."""
    return {int(number): tuple(names.split(",")) for number, _, _, names in lexicon("other_names.tsv", 4)}
