"""The rules for zones: the vocabulary of `geo.zones.vocabulary`, dates, sources, recipes, and how zones lie.

An error is what would make the map say something else than its author meant: a word that we do not know in a
member that we read, a recipe that points nowhere, a date that does not exist, an outline that crosses itself.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.zones import vocabulary
from geo.zones.io import feature_id, features_of
from geo.zones.rules.dates import date_fault
from geo.zones.rules.findings import Finding, error, warning
from geo.zones.rules.schema import property_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.zones.text import Path

#: Findings that a GeoJSON file may live with and a zone may not.
_STRICT = frozenset(
    {
        "self-crossing",
        "hole-outside",
        "nested-holes",
        "cut-apart",
        "parts-overlap",
        "duplicate-ring",
        "not-valid",
        "zero-area",
        "zero-length",
        "duplicate-id",
        "not-degrees",
        "empty-coordinates",
    }
)
_SOURCED = [basis for basis in vocabulary.BASES if basis != "assumption"]
#: How alike two ids must be for --fix to take one for the other: a letter or two, not another reading of a zone.
_SLIP = 0.85
_LONG_NAME = 120
#: Members that take one of a list of words: (member, words, whether a zone must have it).
_WORDS = (
    ("kind", tuple(vocabulary.KINDS), True),
    ("basis", vocabulary.BASES, True),
    ("status", vocabulary.STATUSES, False),
)
_SIDES = {"left", "right", "both", "inside", "outside"}
#: Members of a recipe, at any depth, whose text is the id of a zone (or a list of ids).
_REFERENCES = ("zone", "zones", "road", "area", "edges_of", "cut_by")


def strict(findings: Iterable[Finding], document: Any) -> Iterator[Finding]:  # noqa: ANN401  a JSON value
    """Yield findings as zones take them: unsound shapes are errors, a missing geometry may be on purpose."""
    for finding in findings:
        if finding.code == "no-geometry" and _meant(document, finding.path):
            continue
        yield replace(finding, severity="error") if finding.code in _STRICT else finding


def _meant(document: Any, path: Path) -> bool:  # noqa: ANN401  a JSON value is of any type
    given = document["features"][path[1]].get("properties") or {}
    return isinstance(given, dict) and ("recipe" in given or "count" in given)


def zone_findings(
    document: Any,  # noqa: ANN401  a JSON value is of any type
    built: Mapping[int, BaseGeometry] | None,
) -> Iterator[Finding]:
    """Yield what the rules for zones find in a GeoJSON value.

    Args:
        document: the value.
        built: its polygons by index of their feature; None where its structure or shapes have an error, so that
            geometries can't be compared.
    """
    if not isinstance(document, dict):
        return
    if document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        yield warning("not-a-collection", (), "a file of zones is a FeatureCollection", 'Put it into "features".')
        return
    listed = [(("features", i), f) for i, f in enumerate(document["features"]) if isinstance(f, dict)]
    given = {str(feature["id"]): feature for _, feature in listed if feature.get("id") not in (None, "")}
    for path, feature in listed:
        yield from _feature(path, feature, given)
    if built is not None:
        from geo.zones.rules.layout import layout_findings

        yield from layout_findings(features_of(document), built)


def _feature(path: Path, feature: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Finding]:
    if feature.get("id") in (None, ""):
        yield error("missing-id", path, "the zone has no id", 'Add "id" beside "type"; recipes and facts refer to it.')
    elif not isinstance(feature["id"], str):
        fix = {"path": [*path, "id"], "value": str(feature["id"])}
        yield error("bad-id", (*path, "id"), "the id of a zone is text", 'Put it in quotes: "1".', fix=fix)
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        yield error("missing-kind", path, "the zone has no properties", 'Say at least its "name", "kind" and "basis".')
        return
    where = (*path, "properties")
    yield from _words(where, properties)
    yield from _values(where, properties, feature)
    if not _DATED.isdisjoint(properties):
        yield from _date(where, properties)
    yield from _sources(where, properties)
    yield from _unknown(where, properties)
    yield from _form(path, feature, properties)
    if "variant_of" in properties:
        yield from _reference((*where, "variant_of"), properties["variant_of"], given)
        yield from _variant((*where, "variant_of"), feature, given)
    if "recipe" in properties:
        yield from _recipe((*where, "recipe"), feature, given)


def _given(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the properties of a feature, none where they are no object."""
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _words(path: Path, properties: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the members that take one of a list of words."""
    for key, words, needed in _WORDS:
        if key not in properties:
            if needed:
                yield error(f"missing-{key}", path, f'the zone has no "{key}"', f"One of {', '.join(words)}.")
            continue
        value = properties[key]
        if value not in words:
            yield _unknown_word((*path, key), key, value, words)


def _unknown_word(path: Path, key: str, value: Any, words: tuple[str, ...]) -> Finding:  # noqa: ANN401
    near = difflib.get_close_matches(str(value), words, n=1)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    fix = {"path": list(path), "value": near[0]} if near else None
    return error(f"unknown-{key}", path, f"{value!r} is no {key}", f"{hint}One of {', '.join(words)}.", fix=fix)


def _is_text(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(value.strip())


def _values(path: Path, properties: Mapping[str, Any], feature: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the values of properties against the published schema."""
    if "name" not in properties:
        yield error("missing-name", path, "the zone has no name", 'Add a "name": the map and its legend show it.')
    elif isinstance(name := properties["name"], str) and len(name) > _LONG_NAME:
        message = f"a name of {len(name):,} characters: the map and its legend have room for {_LONG_NAME}"
        yield warning("long-name", (*path, "name"), message, 'Say the rest in a "note".')
    faulty = set()
    for where, expected in property_faults(properties):
        faulty.add(where[0])
        member = ".".join(map(str, where))
        yield error(
            "bad-property", (*path, *where), f'"{member}" should be {expected}', "See geo/zones/zones.schema.json."
        )
    if "vertex_uncertainty_km" in properties and "vertex_uncertainty_km" not in faulty:
        yield from _vertex_count((*path, "vertex_uncertainty_km"), properties["vertex_uncertainty_km"], feature)


def _vertex_count(path: Path, figures: list[float], feature: Mapping[str, Any]) -> Iterator[Finding]:
    geometry = feature.get("geometry")
    line = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "LineString" else None
    if isinstance(line, list) and len(line) != len(figures):
        message = f"{len(figures)} figures for {len(line)} vertices"
        hint = "One figure a vertex: a vertex was added or removed without its figure."
        yield error("vertex-count", path, message, hint)


_DATED = frozenset({"valid", "established", "phases"})


def _date(path: Path, properties: Mapping[str, Any]) -> Iterator[Finding]:
    hint = "EDTF: 2018-09-17, 2018-09, 2018-09-17/.., ../2018-10-15."
    for key in ("valid", "established"):
        if isinstance(properties.get(key), str) or (key == "valid" and key in properties):
            yield from _one_date((*path, key), properties[key], hint)
    phases = properties.get("phases")
    for i, phase in enumerate(phases if isinstance(phases, list) else []):
        if isinstance(phase, dict) and isinstance(phase.get("valid"), str):
            yield from _one_date((*path, "phases", i, "valid"), phase["valid"], hint)


def _one_date(path: Path, value: Any, hint: str) -> Iterator[Finding]:  # noqa: ANN401
    fault = date_fault(value) if isinstance(value, str) else "it is not a text"
    if fault:
        yield error("bad-date", path, f"{value!r} is no date or interval: {fault}", hint)


def _sources(path: Path, properties: Mapping[str, Any]) -> Iterator[Finding]:
    sources, where = properties.get("sources"), (*path, "sources")
    if not sources and properties.get("basis") in _SOURCED:
        message = f"nothing says what this zone rests on ({properties['basis']})"
        hint = 'Add "sources": [{"title": …, "url": …, "says": …}], or call its basis "assumption".'
        yield warning("missing-source", where if "sources" in properties else path, message, hint)
    if sources is not None and not isinstance(sources, list):
        yield error("bad-property", where, '"sources" is not a list', 'Write [{"title": …, "url": …}].')
        return
    for i, source in enumerate(sources or []):
        yield from _source((*where, i), source)


def _source(path: Path, source: Any) -> Iterator[Finding]:  # noqa: ANN401
    if not isinstance(source, dict) or not _is_text(source.get("title")):
        yield error("bad-source", path, "a source needs a title", 'Write {"title": …, "url": …, "says": …}.')
        return
    url = source.get("url")
    if url is not None and not (isinstance(url, str) and url.startswith(("https://", "http://"))):
        yield error("bad-source", (*path, "url"), "an address of a source begins with https:// or http://")
    for key in source.keys() - {"title", "url", "says", "contradicts"}:
        yield warning(
            "unknown-property",
            (*path, key),
            f'"{key}" is not read',
            "Known: title, url, says, contradicts.",
            at_key=True,
        )


def _unknown(path: Path, properties: Mapping[str, Any]) -> Iterator[Finding]:
    if properties.keys() <= vocabulary.PROPERTIES:
        return
    for key in properties:
        if key not in vocabulary.PROPERTIES:
            near = difflib.get_close_matches(key, sorted(vocabulary.PROPERTIES), n=1, cutoff=0.75)
            hint = f'Did you mean "{near[0]}"?' if near else "It is kept and not read."
            yield warning("unknown-property", (*path, key), f'the property "{key}" is not known', hint, at_key=True)


_LINES, _POINTS = {"LineString", "MultiLineString"}, {"Point", "MultiPoint"}


def _form(path: Path, feature: Mapping[str, Any], properties: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that a kind and its geometry go together."""
    geometry, kind = feature.get("geometry"), properties.get("kind")
    if not isinstance(geometry, dict) or not isinstance(kind, str):
        return
    form = str(geometry.get("type"))
    if (kind in vocabulary.LINE_KINDS and form not in _LINES) or (
        kind in vocabulary.POINT_KINDS and form not in _POINTS
    ):
        drawn = "a line" if kind in vocabulary.LINE_KINDS else "a point"
        yield warning("unlikely-geometry", (*path, "geometry"), f"a {kind} is {drawn}, this is a {form}")


def _reference(path: Path, value: Any, given: Mapping[str, Any]) -> Iterator[Finding]:  # noqa: ANN401
    if not isinstance(value, str) or value not in given:
        near = difflib.get_close_matches(str(value), given, n=1)
        slip = difflib.get_close_matches(str(value), given, n=1, cutoff=_SLIP)
        fix = {"path": list(path), "value": slip[0]} if slip else None
        hint = f'Did you mean "{near[0]}"?' if near else "Give the id of a zone of this file."
        yield error("unknown-zone", path, f"there is no zone {value!r} in this file", hint, fix=fix)


def _variant(path: Path, feature: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that readings do not stand for one another: none of them would be the one to ask about."""
    start, seen = feature.get("id"), set()
    name = feature["properties"]["variant_of"]
    while isinstance(name, str) and name in given and name not in seen:
        if name == start:
            yield error("circular-variant", path, f"{start!r} is a reading of itself", "Take it out of the main one.")
            return
        seen.add(name)
        name = _given(given[name]).get("variant_of")


def _recipe(path: Path, feature: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Finding]:
    from geo.zones.recipe import read_recipe

    recipe = feature["properties"]["recipe"]
    if recipe is None:
        return
    try:
        read_recipe(recipe if isinstance(recipe, dict) else {}, feature_id(feature, 0))
    except InputError as fault:
        message = fault.message.partition(": ")[2].rstrip(".") or fault.message
        yield error("bad-recipe", path, message, fault.hint)
        return
    for where, name in references(recipe):
        if ":" not in name:
            yield from _reference((*path, *where), name, given)
    yield from _circle(path, feature, given)
    yield from _side(path, recipe, given)


def references(recipe: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401  a JSON value is of any type
    """Yield (path, id) for each zone or area that a recipe names."""
    if isinstance(recipe, list):
        for i, item in enumerate(recipe):
            yield from references(item, (*at, i))
    if not isinstance(recipe, dict):
        return
    for key, value in recipe.items():
        names = value if isinstance(value, list) else [value]
        if key in _REFERENCES and all(isinstance(name, str) for name in names):
            yield from (
                ((*at, key, i) if isinstance(value, list) else (*at, key), name) for i, name in enumerate(names)
            )
        elif key != "override":
            yield from references(value, (*at, key))


def _circle(path: Path, feature: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that a recipe does not need itself."""
    start = str(feature.get("id"))
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        node = given.get(ahead.pop(), {})
        for _, name in references(_given(node).get("recipe")):
            if name == start:
                yield error(
                    "circular-recipe", path, f"the recipe of {start!r} needs {start!r} itself", "Draw one of them."
                )
                return
            if name not in seen:
                seen.add(name)
                ahead.append(name)


def _side(path: Path, recipe: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that a side given by a party's name is a side of one of the lines that the recipe rests on."""
    side, base = recipe.get("side"), recipe.get("base")
    if side is None or side in _SIDES or not isinstance(base, dict):
        return
    named = [name for _, name in references(base) if ":" not in name]
    if any(name not in given for name in named):  # said already
        return
    lines = [given[name] for name in named]
    sides = [_given(line).get("sides") for line in lines]
    parties = sorted({str(party) for named in sides if isinstance(named, dict) for party in named.values()})
    parties += [str(country) for country in base.get("border", ())]
    if side not in parties:
        choices = [*sorted(_SIDES), *parties]
        near = difflib.get_close_matches(str(side), choices, n=1)
        fix = {"path": [*path, "side"], "value": near[0]} if near else None
        hint = f"One of {', '.join(choices)}."
        yield error("unknown-side", (*path, "side"), f"{side!r} is no side of the base line", hint, fix=fix)
