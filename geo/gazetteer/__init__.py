"""Names of places and where they are: one read-only index, and the polygons of areas."""
