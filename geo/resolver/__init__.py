"""From a name in a text to a place, or to an honest abstention."""
