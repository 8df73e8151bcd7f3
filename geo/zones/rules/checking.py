"""From bytes to findings: the order of the checks, each step guarding the next.

Size, encoding, JSON, depth (before any recursion), keys, structure, numbers, axis order, shape; with
`mode="zones"` the rules for zones as well. A step that fails stops those that would trip over it.
"""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import InputError
from geo.types import Problem, Where
from geo.zones.encoding import decode
from geo.zones.io import MAX_BYTES, feature_id, features_of, load, read_bytes, zone_of
from geo.zones.rules.axes import axis_findings
from geo.zones.rules.findings import Finding, located, warning
from geo.zones.rules.geojson import duplicate_keys, walk
from geo.zones.rules.numbers import FATAL, number_findings, precision_findings, tabulate
from geo.zones.rules.shape import box_findings, line_findings, ring_findings
from geo.zones.rules.validity import polygons_of, validity_findings
from geo.zones.syntax import JsonError
from geo.zones.text import Layout, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.types import Theatre
    from geo.zones.io import ZoneFile
    from geo.zones.recipes import Boundaries
    from geo.zones.rules.axes import Box
    from geo.zones.rules.coordinates import Walk
    from geo.zones.rules.numbers import Table
    from geo.zones.rules.validity import Drawn
    from geo.zones.text import Parsed

Mode = Literal["geojson", "places", "zones"]

#: More findings than this help nobody: the rest is counted.
MAX_FINDINGS = 500


def check_file(
    path: str | Path,
    *,
    mode: Mode = "zones",
    theatre: Theatre | None = None,
    previous: ZoneFile | str | PathLike[str] | None = None,
    boundaries: Boundaries | None = None,
) -> tuple[Problem, ...]:
    """Return what is wrong with a file, in the order of its lines. The file is only read.

    Args:
        path: the file.
        mode: `geojson` for the rules of RFC 7946 and of sound geometry alone, `zones` for those of zones too,
            `places` for those of a case's own places.
        theatre: the part of the world that it should lie in; tells swapped axes.
        previous: its earlier version, or the path of one; tells swapped axes too.
        boundaries: the polygons of countries and provinces; with them, and `zones`, the recipes are followed too,
            where nothing else is wrong.

    Raises:
        InputError: the file can't be opened, or its earlier version can't be read.
    """
    try:
        data = read_bytes(path)
    except InputError as error:
        if error.where is None:
            raise
        return (_too_big(str(path)),)
    earlier = load(previous) if isinstance(previous, str | PathLike) else previous
    return check_bytes(data, str(path), mode=mode, theatre=theatre, previous=earlier, boundaries=boundaries)


def check_bytes(  # noqa: PLR0913  each names another thing that a check may lean on
    data: bytes,
    name: str = "zones.geojson",
    *,
    mode: Mode = "zones",
    theatre: Theatre | None = None,
    previous: ZoneFile | None = None,
    boundaries: Boundaries | None = None,
) -> tuple[Problem, ...]:
    """Return what is wrong with a file's bytes, in the order of its lines. See `check_file`."""
    if len(data) > MAX_BYTES:
        return (_too_big(name),)
    try:
        parsed = parse_json(decode(data))
    except JsonError as error:
        return (_syntax(error, data, name),)
    findings = [*_mark(data), *_findings(parsed, mode, theatre, previous)]
    if boundaries is not None and mode == "zones":
        findings += _making(parsed, findings, boundaries)
    return _ordered(located(_fewer(findings), parsed, name), len(findings))


def structure_errors(parsed: Parsed, name: str) -> tuple[Problem, ...]:
    """Return the errors that keep a JSON text from being read as GeoJSON: members, types, nesting, numbers."""
    found = walk(parsed.value)
    findings = [*duplicate_keys(parsed), *found.findings]
    if isinstance(parsed.value, dict):
        findings += number_findings(found, tabulate(found), parsed.value)
    return _ordered(located([finding for finding in findings if finding.severity == "error"], parsed, name), 0)


def _too_big(name: str) -> Problem:
    hint = "Simplify the lines or split the file: a zone that a person edits has some hundred vertices."
    return Problem("error", "too-big", Where(name), f"the file is larger than {MAX_BYTES // 1024**2} MiB", hint)


def _syntax(error: JsonError, data: bytes, name: str) -> Problem:
    where = Layout(data.decode("utf-8-sig", "replace")).where(error.offset, file=name)
    return Problem("error", error.code, where, error.message, error.hint)


def _mark(data: bytes) -> Iterator[Finding]:
    if data.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with a byte-order mark, which some programs choke on (RFC 8259, section 8.1)"
        fix = {"path": [], "byte_order_mark": False}
        yield warning("byte-order-mark", (), message, "Save it as UTF-8 without BOM.", fix=fix, offset=0)


def _findings(parsed: Parsed, mode: Mode, theatre: Theatre | None, previous: ZoneFile | None) -> list[Finding]:
    found = walk(parsed.value)
    table = tabulate(found)
    findings = [*duplicate_keys(parsed), *found.findings]
    if isinstance(parsed.value, dict):
        findings += number_findings(found, table, parsed.value)
    built = None
    if not any(finding.severity == "error" and finding.code in FATAL for finding in findings):
        built = polygons_of(found, table)
        findings += _shape_findings(parsed, found, table, built, lenient=mode == "geojson")
        if theatre or previous:
            findings += axis_findings(found, table, theatre, _boxes(previous), _ids(parsed.value))
    if mode == "places":
        return _place_findings(parsed, findings)
    return findings if mode == "geojson" else _zone_findings(parsed, findings, built, previous)


def _place_findings(parsed: Parsed, findings: list[Finding]) -> list[Finding]:
    from geo.zones.rules.places import place_findings
    from geo.zones.rules.zones import strict

    stricter = list(strict(findings, parsed.value))
    return [*stricter, *place_findings(parsed.value)] if _passes(stricter) else stricter


def _zone_findings(
    parsed: Parsed, findings: list[Finding], built: list[Drawn] | None, previous: ZoneFile | None
) -> list[Finding]:
    from geo.zones.rules.zones import strict, zone_findings

    stricter = list(strict(findings, parsed.value))
    sound = built is not None and _passes(stricter)
    polygons = {each.feature: each.polygon for each in built or () if len(each.path) == _FEATURE_GEOMETRY}
    found = [*stricter, *zone_findings(parsed.value, polygons if sound else None)]
    return [*found, *_side_findings(parsed, previous)] if sound and _passes(found) else found


def _side_findings(parsed: Parsed, previous: ZoneFile | None) -> Iterator[Finding]:
    from geo.zones.rules.lines import turned_findings, witness_findings

    features = features_of(parsed.value)
    told = list(witness_findings(features))
    yield from told
    if previous:
        known = {finding.path for finding in told}
        yield from (each for each in turned_findings(features, previous.zones) if each.path not in known)


def _passes(findings: list[Finding]) -> bool:
    return all(finding.severity != "error" for finding in findings)


#: features, index, geometry.
_FEATURE_GEOMETRY = 3


def _making(parsed: Parsed, findings: list[Finding], boundaries: Boundaries) -> list[Finding]:
    """Follow the recipes, where nothing found so far keeps them from making sense."""
    if not _passes(findings) or parsed.value["type"] != "FeatureCollection":
        return []
    from geo.zones.rules.making import making_findings

    zones = [zone_of(feature, index) for index, feature in enumerate(features_of(parsed.value))]
    return list(making_findings(zones, boundaries))


def _shape_findings(
    parsed: Parsed, found: Walk, table: Table, built: list[Drawn], *, lenient: bool
) -> Iterator[Finding]:
    yield from line_findings(table)
    if table.lines:
        yield from ring_findings(found, table, lenient=lenient)
        yield from validity_findings(built)
    yield from box_findings(found, table)
    yield from precision_findings(parsed, found)


def _boxes(previous: ZoneFile | None) -> dict[str, Box]:
    zones = previous.zones if previous else ()
    return {zone.id: zone.geometry.bounds for zone in zones if zone.geometry is not None}


def _ids(document: Any) -> dict[int, str]:  # noqa: ANN401  a JSON value is of any type
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        return {0: feature_id(document, 0)} if isinstance(document, dict) else {}
    return {i: feature_id(feature, i) for i, feature in enumerate(features) if isinstance(feature, dict)}


def _fewer(findings: list[Finding]) -> list[Finding]:
    """Return at most `MAX_FINDINGS`, errors before warnings."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return sorted(findings, key=lambda finding: finding.severity)[:MAX_FINDINGS]


def _ordered(problems: Iterable[Problem], total: int) -> tuple[Problem, ...]:
    made = sorted(problems, key=lambda problem: (problem.where.line, problem.where.column, problem.code))
    if total > len(made):
        last = made[-1]
        made.append(replace(last, code="more", message=f"{total - len(made):,} more findings", hint=None, fix=None))
    return tuple(made)
