"""The rules for a case's `places.geojson`: the places that the gazetteer lacks or gets wrong.

What reading it would trip over is an error here, with its line and column; what makes a place poorer, a warning.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from geo.zones.rules.findings import Finding, error, is_number, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.zones.text import Path

_COUNTRY = re.compile(r"[A-Z]{2}")
_ADMIN1 = re.compile(r"[A-Z]{2}\.[A-Z0-9]+")
_FEATURE = re.compile(r"[A-Z][A-Z0-9]*")


def _is_text(value: Any) -> bool:  # noqa: ANN401  a JSON value is of any type
    return isinstance(value, str) and bool(value.strip())


def _are_names(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, dict):
        return False
    given = [name for names in value.values() for name in (names if isinstance(names, list) else [names])]
    return all(map(_is_text, given))


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: value is None or (isinstance(value, str) and bool(pattern.fullmatch(value)))


#: Properties, what they should be, and the test of it.
_PROPERTIES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "name": ("a text that is not empty", _is_text),
    "names": ('names by language: {"ar": "…", "tr": ["…", "…"]}', _are_names),
    "feature": ("a GeoNames feature code, such as PPL", _matches(_FEATURE)),
    "country": ("two capital letters (ISO 3166-1), such as SY", _matches(_COUNTRY)),
    "admin1": ("a GeoNames code, such as SY.12", _matches(_ADMIN1)),
    "uncertainty_km": ("a number from 0", lambda value: value is None or (is_number(value) and 0 <= value < 1000)),  # noqa: PLR2004  a place
    "source": ("a text", lambda value: value is None or isinstance(value, str)),
    "note": ("a text", lambda value: value is None or isinstance(value, str)),
    "geonameid": ("a whole number", lambda value: value is None or (is_number(value) and value == int(value))),
}


def place_findings(document: Any) -> Iterator[Finding]:  # noqa: ANN401  a JSON value is of any type
    """Yield what the rules for places find in a GeoJSON value of sound structure."""
    if document.get("type") != "FeatureCollection":
        yield error("not-a-collection", (), "a file of places is a FeatureCollection", 'Put it into "features".')
        return
    for i, feature in enumerate(document["features"]):
        yield from _place(("features", i), feature)


def _place(path: Path, feature: Mapping[str, Any]) -> Iterator[Finding]:
    where, given = (*path, "properties"), feature.get("properties") or {}
    if "name" not in given:
        hint = 'Add "properties": {"name": …}: the name by which texts call it.'
        yield error("missing-name", where if feature.get("properties") else path, "the place has no name", hint)
    for key, value in given.items():
        known = _PROPERTIES.get(key)
        if known is None:
            near = difflib.get_close_matches(key, _PROPERTIES, n=1, cutoff=0.75)
            hint = f'Did you mean "{near[0]}"?' if near else "It is kept and not read."
            yield warning("unknown-property", (*where, key), f'the property "{key}" is not known', hint, at_key=True)
        elif not known[1](value):
            yield error("bad-property", (*where, key), f'"{key}" should be {known[0]}', "See docs/zones.md.")
    if not given.get("source"):
        yield warning("missing-source", path, "nothing says where this place is known from", 'Add a "source".')
