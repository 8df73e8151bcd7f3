"""The published schema, asked about single properties: the part of JSON Schema that `zones.schema.json` uses.

So the check and the schema can't come to differ. Members of which the check has more to say (words, dates, sources,
recipes) have rules of their own in `geo.zones.rules.zones`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geo.zones import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.zones.text import Path

_OWN_RULES = {"kind", "basis", "status", "valid", "sources", "recipe", "variant_of"}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def property_faults(properties: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield (path within the properties, what is expected there) for values that the schema refuses."""
    schemas, texts = _schemas()
    for key, value in properties.items():
        if key in schemas and not (key in texts and isinstance(value, str) and value):
            yield from _faults(value, schemas[key], (key,))


@cache
def _schemas() -> tuple[Mapping[str, Any], frozenset[str]]:
    """Return the schemas of the properties without a rule of their own, and which of them take any text."""
    given: Mapping[str, Any] = vocabulary.json_schema()["$defs"]["properties"]["properties"]
    found = {key: schema for key, schema in given.items() if key not in _OWN_RULES}
    return found, frozenset(key for key, schema in found.items() if schema == {"type": "string", "minLength": 1})


def _faults(value: Any, schema: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:  # noqa: ANN401
    if "$ref" in schema:  # dates: they have a rule of their own, which says more than a pattern
        if not isinstance(value, str):
            yield path, "a date"
        return
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield path, " or ".join(_WORDS[kind] for kind in kinds)
    elif isinstance(value, dict):
        yield from _object(value, schema, path)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), (*path, i))
    elif (limit := _limit(value, schema)) is not None:
        yield path, limit


def _is(value: Any, kind: str) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind]) or (kind == "integer" and isinstance(value, float) and value.is_integer())


def _object(value: Mapping[str, Any], schema: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    members = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    for key in schema.get("required", ()):
        if key not in value:
            yield path, f'an object with "{key}"'
    for key, inner in value.items():
        if key in members:
            yield from _faults(inner, members[key], (*path, key))
        elif rest is False:
            yield (*path, key), f"no such member; only {', '.join(members)}"
        elif isinstance(rest, dict):
            yield from _faults(inner, rest, (*path, key))


def _limit(value: Any, schema: Mapping[str, Any]) -> str | None:  # noqa: ANN401
    if isinstance(value, str):
        least, most = schema.get("minLength", 0), schema.get("maxLength", len(value))
        if least <= len(value) <= most:
            return None
        return "a text that is not empty" if len(value) < least else f"at most {most} characters"
    if isinstance(value, int | float) and not isinstance(value, bool):
        least, most = schema.get("minimum", value), schema.get("maximum", value)
        if not least <= value <= most:
            return f"at least {least:g}" if value < least else f"at most {most:g}"
    return None
