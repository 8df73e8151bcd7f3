"""Lines and polygons that a person edits: files, recipes, checks, membership, differences."""
