"""Names of places and where they lie: an index built once from installed packages, look-up, folding of spellings."""

from __future__ import annotations

from geo.gazetteer.store import Gazetteer, Hit

__all__ = ["Gazetteer", "Hit"]
