"""Lines and polygons that a person edits: files, recipes, checks, membership, differences."""

from geo.zones.io import ZoneFile, load, new_file, parse, save
from geo.zones.opening import check_places, derived, open_zones
from geo.zones.recipes import Boundaries, bake, derive, deviations
from geo.zones.rules import check_bytes, check_file

__all__ = [
    "Boundaries",
    "ZoneFile",
    "bake",
    "check_bytes",
    "check_file",
    "check_places",
    "derive",
    "derived",
    "deviations",
    "load",
    "new_file",
    "open_zones",
    "parse",
    "save",
]
