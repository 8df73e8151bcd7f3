"""The published schema, asked about single properties: the part of JSON Schema that `zones.schema.json` uses.

So the check and the schema can't come to differ. Members of which the check has more to say (words, dates, sources,
recipes) have rules of their own in `geo.zones.rules.zones`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
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
    schemas = _schemas()
    for key, value in properties.items():
        found = schemas.get(key)
        if found and not _fits(value, found[1]):
            yield from _faults(value, found[0], (key,))


@dataclass(frozen=True, slots=True)
class _Form:
    """A schema made ready for a quick look: what fits is sound, what does not is asked about one by one."""

    types: frozenset[type]
    length: range
    """Of a text or a list."""
    bounded: bool
    items: _Form | None
    """None: of any form; so for the members, too."""
    members: Mapping[str, _Form | None]
    required: frozenset[str]
    closed: bool
    rest: _Form | None


@cache
def _schemas() -> Mapping[str, tuple[Mapping[str, Any], _Form]]:
    """Return the schema and form of each property without a rule of its own."""
    given: Mapping[str, Any] = vocabulary.json_schema()["$defs"]["properties"]["properties"]
    return {key: (schema, _form(schema)) for key, schema in given.items() if key not in _OWN_RULES}


def _form(schema: Mapping[str, Any]) -> _Form:
    kinds = schema.get("type", "string" if "$ref" in schema else list(_TYPES))
    rest, items = schema.get("additionalProperties"), schema.get("items")
    return _Form(
        types=frozenset(each for kind in ([kinds] if isinstance(kinds, str) else kinds) for each in _TYPES[kind]),
        length=_length(schema),
        bounded=not schema.keys().isdisjoint({"minimum", "maximum"}),
        items=_form(items) if items else None,
        members={key: _form(inner) if inner else None for key, inner in schema.get("properties", {}).items()},
        required=frozenset(schema.get("required", ())),
        closed=rest is False,
        rest=_form(rest) if isinstance(rest, dict) else None,
    )


def _length(schema: Mapping[str, Any]) -> range:
    least = schema.get("minLength", schema.get("minItems", 0))
    most = schema.get("maxLength", schema.get("maxItems", sys.maxsize - 1))
    return range(least, most + 1)


def _fits(value: Any, form: _Form | None) -> bool:  # noqa: ANN401
    """Tell whether a value is sound; False may also mean that it takes a closer look."""
    if form is None:
        return True
    kind = type(value)
    if kind is str:
        return str in form.types and len(value) in form.length
    if kind is list:
        fitting = list in form.types and len(value) in form.length
        return fitting and (form.items is None or all(_fits(item, form.items) for item in value))
    if kind is dict:
        return dict in form.types and _members_fit(value, form)
    return kind in form.types and not form.bounded


def _members_fit(value: Mapping[str, Any], form: _Form) -> bool:
    known = form.members
    if not form.required <= value.keys() or (form.closed and not value.keys() <= known.keys()):
        return False
    return all(_fits(inner, known.get(key, form.rest)) for key, inner in value.items())


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
        yield from _list(value, schema, path)
    elif (limit := _limit(value, schema)) is not None:
        yield path, limit


def _is(value: Any, kind: str) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind]) or (kind == "integer" and isinstance(value, float) and value.is_integer())


def _list(value: list[Any], schema: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    length = _length(schema)
    if len(value) not in length:
        yield path, f"a list of {length.start}" if len(length) == 1 else f"a list of {length.start} or more"
    for i, item in enumerate(value):
        yield from _faults(item, schema.get("items", {}), (*path, i))


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
