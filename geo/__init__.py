"""What a report says, and where: articles, places, facts and zones.

    case = geo.open_case("idlib-2018")
    report = geo.read(case.articles, case)

Everything heavy loads in the function that needs it: `import geo` stays under a tenth of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.article import read_article
    from geo.case import open_case
    from geo.gazetteer import Gazetteer
    from geo.geocoding import OfflineGeocoder
    from geo.pipeline import read
    from geo.zones import load as load_zones
    from geo.zones import save as save_zones

__all__ = ["Gazetteer", "OfflineGeocoder", "load_zones", "open_case", "read", "read_article", "save_zones"]

_HOMES = {
    "Gazetteer": ("geo.gazetteer", "Gazetteer"),
    "OfflineGeocoder": ("geo.geocoding", "OfflineGeocoder"),
    "load_zones": ("geo.zones", "load"),
    "open_case": ("geo.case", "open_case"),
    "read": ("geo.pipeline", "read"),
    "read_article": ("geo.article", "read_article"),
    "save_zones": ("geo.zones", "save"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attribute may be anything
    """Load a public name from its home on first use (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    home, attribute = _HOMES[name]
    return getattr(import_module(home), attribute)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
