"""Lines and polygons that a person edits: files, recipes, checks, membership, differences."""

from geo.zones.io import ZoneFile, load, new_file, parse, save
from geo.zones.opening import derived, open_zones
from geo.zones.recipes import Boundaries, bake, derive, deviations
from geo.zones.rules import check_bytes, check_file

__all__ = [
    "Boundaries",
    "ZoneFile",
    "bake",
    "check_bytes",
    "check_file",
    "derive",
    "derived",
    "deviations",
    "load",
    "new_file",
    "open_zones",
    "parse",
    "save",
]
