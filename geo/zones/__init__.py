"""Lines and polygons that a person edits: files, recipes, checks, membership, differences."""

from geo.zones.io import ZoneFile, load, new_file, parse, save
from geo.zones.recipes import Boundaries, bake, derive, deviations

__all__ = ["Boundaries", "ZoneFile", "bake", "derive", "deviations", "load", "new_file", "parse", "save"]
