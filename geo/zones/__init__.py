"""Lines and polygons that a person edits: files, recipes, checks, membership, differences."""

from geo.zones.io import ZoneFile, load, new_file, parse, save

__all__ = ["ZoneFile", "load", "new_file", "parse", "save"]
