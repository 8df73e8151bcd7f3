"""What a rule finds: a `Finding` points at a path in the JSON value; `located` turns it into a `Problem`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.types import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.types import Severity
    from geo.zones.text import Parsed, Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule, before its line and column are known."""

    severity: Severity
    code: str
    path: Path
    message: str
    hint: str | None = None
    fix: Mapping[str, Any] | None = None
    """`{"path": [...], "value": ...}` or `{"path": [...], "remove": true}`, where one is safe to propose."""
    at_key: bool = False
    """Point at the member's key, not at its value."""
    offset: int | None = None
    """Where it stands, if the rule knows better than the path."""


def error(code: str, path: Path, message: str, hint: str | None = None, **more: Any) -> Finding:  # noqa: ANN401
    """Return a finding that refuses the file."""
    return Finding("error", code, path, message, hint, **more)


def warning(code: str, path: Path, message: str, hint: str | None = None, **more: Any) -> Finding:  # noqa: ANN401
    """Return a finding that lets the file pass."""
    return Finding("warning", code, path, message, hint, **more)


def located(findings: Iterable[Finding], parsed: Parsed, file: str) -> list[Problem]:
    """Return findings as problems with file, line, column and feature id."""
    return [_problem(finding, parsed, file) for finding in findings]


def _problem(finding: Finding, parsed: Parsed, file: str) -> Problem:
    layout = parsed.layout
    offset = finding.offset if finding.offset is not None else layout.nearest(finding.path)
    if finding.at_key:
        offset = _key_offset(finding, parsed, offset)
    where = layout.where(offset, file=file, feature=feature_label(parsed.value, finding.path))
    return Problem(finding.severity, finding.code, where, finding.message, finding.hint, finding.fix)


def _key_offset(finding: Finding, parsed: Parsed, fallback: int) -> int:
    try:
        return parsed.layout.key_start(finding.path)
    except (KeyError, IndexError, ValueError):
        return fallback


def feature_label(document: Any, path: Path) -> str | None:  # noqa: ANN401  a JSON value is of any type
    """Return the id of the feature that a path lies in, or its name, or its place in the file."""
    inside = isinstance(document, dict) and len(path) > 1 and path[0] == "features" and isinstance(path[1], int)
    feature = document["features"][path[1]] if inside else document
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return f"feature {int(path[1]) + 1}" if inside else None
    given = feature.get("id")
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        return str(given)
    properties = feature.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and name:
        return name
    return f"feature {int(path[1]) + 1}" if inside else None


def as_record(problem: Problem) -> dict[str, Any]:
    """Return a problem as `check --json` prints it."""
    where = problem.where
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "feature": where.feature,
        "message": problem.message,
        "hint": problem.hint,
        "fix": dict(problem.fix) if problem.fix else None,
    }


def is_number(value: Any) -> bool:  # noqa: ANN401  a JSON value is of any type
    """Tell whether a JSON value is a number: true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def in_words(value: Any) -> str:  # noqa: ANN401
    """Return what a JSON value is, in words."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    names: dict[type, str] = {dict: "an object", list: "an array", str: "text"}
    return names.get(type(value), "a number")


def shown(value: Any) -> str:  # noqa: ANN401  a JSON value is of any type
    """Return a JSON value for a message, cut short."""
    text = repr(value) if isinstance(value, str | int | float) else in_words(value)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004  the width of a message


def with_article(kind: str) -> str:
    """Return the name of a type with its article."""
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"
