"""Fixes: what findings propose, carried out on the text with the fewest changes, and only when asked for.

One round carries out the fixes that touch different parts of a file, then the file is checked again: a ring is
closed before its winding is judged, and GEOS' `make_valid` comes last, when nothing else is left to mend.
"""

from __future__ import annotations

import difflib
from os import PathLike
from typing import TYPE_CHECKING, Any

from geo.zones.encoding import decode
from geo.zones.io import load, read_bytes
from geo.zones.rewrite import rewrite
from geo.zones.rules.checking import check_bytes
from geo.zones.saving import write_atomic
from geo.zones.syntax import JsonError
from geo.zones.text import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.types import Problem, Theatre
    from geo.zones.io import ZoneFile
    from geo.zones.rules.checking import Mode

_BOM = b"\xef\xbb\xbf"
_ROUNDS = 8


def apply_fixes(
    path: str | PathLike[str],
    *,
    mode: Mode = "zones",
    theatre: Theatre | None = None,
    previous: ZoneFile | str | PathLike[str] | None = None,
) -> str:
    """Carry out the fixes that a check of a file proposes, and return what changed as a unified diff.

    The file is written whole or not at all; where there is nothing to fix it is not touched and the diff is empty.

    Raises:
        InputError: the file can't be read.
        OutputError: it can't be written.
    """
    data = read_bytes(path)
    earlier = load(previous) if isinstance(previous, str | PathLike) else previous
    mended = fixed(data, mode=mode, theatre=theatre, previous=earlier)
    if mended != data:
        write_atomic(path, mended)
    return as_diff(data, mended, str(path))


def proposed_diff(path: str | PathLike[str], *, mode: Mode = "zones", theatre: Theatre | None = None) -> str:
    """Return what `apply_fixes` would change in a file, as a unified diff; the file is only read."""
    data = read_bytes(path)
    return as_diff(data, fixed(data, mode=mode, theatre=theatre), str(path))


def fixed(
    data: bytes, *, mode: Mode = "zones", theatre: Theatre | None = None, previous: ZoneFile | None = None
) -> bytes:
    """Return a file's bytes with the proposed fixes carried out; the same bytes where there are none."""
    for _ in range(_ROUNDS):
        problems = check_bytes(data, mode=mode, theatre=theatre, previous=previous)
        mended = _round(data, problems)
        if mended == data:
            break
        data = mended
    return data


def _round(data: bytes, problems: Iterable[Problem]) -> bytes:
    fixes = [problem.fix for problem in problems if problem.fix]
    if any(fix.get("byte_order_mark") is False for fix in fixes):
        data = data.removeprefix(_BOM)
    chosen = _apart([fix for fix in fixes if "proposal" not in fix]) or _apart(fixes)
    if not chosen:
        return data
    try:
        parsed = parse_json(decode(data))
    except JsonError:
        return data
    document = parsed.value
    for fix in chosen:
        document = _changed(document, tuple(fix["path"]), fix)
    head = _BOM if data.startswith(_BOM) else b""
    return head + rewrite(parsed.layout, parsed.value, document).encode("utf-8")


def _apart(fixes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return fixes none of which lies within another one."""
    chosen: list[Mapping[str, Any]] = []
    taken: list[tuple[str | int, ...]] = []
    for fix in fixes:
        path = tuple(fix["path"])
        if "byte_order_mark" in fix or any(path[: len(other)] == other[: len(path)] for other in taken):
            continue
        chosen.append(fix)
        taken.append(path)
    return chosen


def _changed(node: Any, path: Sequence[str | int], fix: Mapping[str, Any]) -> Any:  # noqa: ANN401  a JSON value
    """Return a JSON value with one fix carried out, sharing what does not change."""
    if not path:
        return _swapped(node) if fix.get("swap_axes") else fix["value"]
    step = path[0]
    if isinstance(node, dict):
        if len(path) == 1 and fix.get("remove"):
            return {key: value for key, value in node.items() if key != step}
        return {**node, step: _changed(node.get(str(step)), path[1:], fix)}
    return [_changed(item, path[1:], fix) if i == step else item for i, item in enumerate(node)]


def _swapped(node: Any) -> Any:  # noqa: ANN401  coordinates nest one to four deep
    if node and not isinstance(node[0], list):
        return [node[1], node[0], *node[2:]]
    return [_swapped(part) for part in node]


def as_diff(old: bytes, new: bytes, name: str) -> str:
    """Return what changed from one text to another as a unified diff with one line of context."""
    if old == new:
        return ""
    before, after = (data.decode("utf-8-sig", "replace").splitlines(keepends=True) for data in (old, new))
    found = list(difflib.unified_diff(before, after, name, f"{name} (mended)", n=1))
    if not found:
        return f"--- {name}\n+++ {name} (mended)\n(the byte-order mark was taken off)\n"
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in found)
