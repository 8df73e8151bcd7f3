"""From a name in a text to a place, or to an honest abstention."""

from __future__ import annotations

from geo.resolver.answers import explain, resolve, resolve_spans
from geo.resolver.demonyms import choose_demonyms
from geo.resolver.readings import read

__all__ = ["choose_demonyms", "explain", "read", "resolve", "resolve_spans"]
