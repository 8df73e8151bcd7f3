"""Measure the folding of spellings: is a place found by a name that its entry did not list?

    python bench/bench_folding.py [SAMPLE]

For a sample of the GeoNames alternate names of six countries: take the name away from its place, look it up in the
whole world, and see whether that place (or one within 25 km of the same spelling) comes first. A *false merge* is an
answer that is another place. `strict` uses the strict key alone, `all` the three keys one after another.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from geo.crs import distance_km
from geo.gazetteer import Gazetteer, index
from geo.gazetteer.folding import loose_key, skeleton_key, strict_key

if TYPE_CHECKING:
    from geo.types import Place

COUNTRIES = {
    "SY": (35.5, 32.3, 42.4, 37.4),
    "TR": (26.0, 35.8, 44.8, 42.1),
    "IQ": (38.8, 29.0, 48.6, 37.4),
    "UA": (22.1, 44.3, 40.2, 52.4),
    "YE": (42.5, 12.1, 54.5, 19.0),
    "SD": (21.8, 8.6, 38.6, 22.2),
}
SAME_KM = 25.0


def is_wanted(name: str) -> bool:
    """Return whether a name is in Latin, Arabic or Cyrillic letters, of a town's length."""
    letters = [char for char in name if char.isalpha()]
    scripts = all(char < "\u0250" or "\u0400" <= char < "\u0530" or "\u0600" <= char < "\u0700"
                  or "\u1e00" <= char < "\u1f00" for char in letters)  # fmt: skip
    return scripts and len(letters) > 3  # noqa: PLR2004  shorter ones are codes


def held_out(place: Place, name: str, key: str) -> bool:
    """Return whether a key leads to a place through that name only."""
    others = {n for n in (place.name, *(n for _, n in place.names)) if n != name}
    make = {"~": loose_key, "#": skeleton_key}.get(key[0], strict_key)
    return all(make(other) != key.lstrip("~#") for other in others)


def answer(gazetteer: Gazetteer, place: Place, name: str, loosest: int) -> Place | None:
    """Return what a look-up of `name` would give if the place did not list it."""
    keys = [strict_key(name), "~" + loose_key(name), "#" + skeleton_key(name)]
    for key in keys if loosest > index.CODE else keys[:1]:
        hits = [h for h in gazetteer.under(key, name) if h.place.id != place.id or not held_out(place, name, key)]
        if hits:
            return hits[0].place
    return None


def main() -> None:
    """Print the table."""
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    gazetteer = Gazetteer.open()
    print("country names | strict: recall@1 false merges | all keys: recall@1 false merges")
    for iso, box in COUNTRIES.items():
        places = [p for p in gazetteer.within(box) if p.country == iso and p.geonameid]
        pairs = [(p, n) for p in places for _, n in p.names if is_wanted(n) and strict_key(n) != strict_key(p.name)]
        chosen = random.Random(0).sample(pairs, min(sample, len(pairs)))  # noqa: S311  a sample, no secret
        row = [f"{iso} {len(chosen)}"]
        for loosest in (index.CODE, index.SKELETON):
            found = [(p, answer(gazetteer, p, n, loosest)) for p, n in chosen]
            right = sum(a is not None and is_same(p, a) for p, a in found)
            wrong = sum(a is not None and not is_same(p, a) for p, a in found)
            row.append(f"{right / len(chosen):.3f} {wrong / len(chosen):.3f}")
        print(" | ".join(row))


def is_same(one: Place, other: Place) -> bool:
    """Return whether two entries are one spot: a town and the district named after it count as one."""
    return distance_km(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg) < max(SAME_KM, other.radius_km)


if __name__ == "__main__":
    main()
