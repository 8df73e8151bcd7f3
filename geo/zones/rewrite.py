"""Edits of a JSON text that leave everything else as it stands.

`rewrite` compares the value that a text has with the value that it should have, and replaces the smallest
stretches that differ: one number for a moved vertex, one line for a new one. What it has to write anew follows
the file's own style: indent, line ends, one position a line or spread out, spaces after commas and colons.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.zones.text import Container, Layout, Path

_BREAK = re.compile(r"(\r?\n)([ \t]*)")
_POSITION = re.compile(r'\[(\s*)-?\d[^\[\]"{}]*\]')
_TWO_POSITIONS = re.compile(r"\[\s*-?\d[^\[\]\"{}]*\](\s*),(\s*)\[")


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes JSON, learnt from the file."""

    newline: str = "\n"
    indent: str | None = "  "
    """None where the file is one line."""
    broken_levels: int = 64
    """Containers down to this depth have a line for each member."""
    spread: bool = False
    """A position takes a line for each number."""
    position_lines: bool = True
    """Each position stands on its own line."""
    geometry_lines: bool = True
    """Each member of a geometry stands on its own line."""
    comma: str = ", "
    colon: str = ": "
    ascii_only: bool = False

    def dump(self, value: Any, level: int, *, broken: bool = True) -> str:  # noqa: ANN401  a JSON value
        """Return a value as this file would write it at a depth (1 is the root), on one line where its parent is."""
        if isinstance(value, dict):
            lines = broken and (self.geometry_lines if "coordinates" in value else level <= self.broken_levels)
            pairs = [
                f"{self._scalar(str(k))}{self.colon}{self.dump(v, level + 1, broken=lines)}" for k, v in value.items()
            ]
            return self._wrap("{", pairs, "}", level, broken=lines)
        if isinstance(value, list | tuple):
            lines = broken and self._breaks(value, level)
            return self._wrap(
                "[", [self.dump(item, level + 1, broken=lines) for item in value], "]", level, broken=lines
            )
        return self._scalar(value)

    def _breaks(self, items: list[Any] | tuple[Any, ...], level: int) -> bool:
        if not any(isinstance(item, list | tuple | dict) for item in items):
            return self.spread and all(isinstance(item, int | float) for item in items)
        return self.position_lines if isinstance(items[0], list | tuple) else level <= self.broken_levels

    def _wrap(self, left: str, members: list[str], right: str, level: int, *, broken: bool) -> str:
        if not members:
            return left + right
        if not broken or self.indent is None:
            return left + self.comma.join(members) + right
        inner, outer = self.newline + self.indent * level, self.newline + self.indent * (level - 1)
        return left + inner + ("," + inner).join(members) + outer + right

    def _scalar(self, value: Any) -> str:  # noqa: ANN401  a JSON value is of any type
        return json.dumps(value, ensure_ascii=self.ascii_only)


def learn_style(layout: Layout) -> Style:
    """Return the style that a JSON text is written in."""
    text = layout.text
    first = _BREAK.search(text)
    comma = ", " if re.search(r"[\d\"\]}], [-\d\"\[{]", text) or ("," not in text) else ","
    colon = ": " if re.search(r"\": ", text) or ":" not in text else ":"
    ascii_only = text.isascii() and bool(re.search(r"\\u[0-9a-fA-F]{4}", text))
    one_line = first is None or not text[first.end() :].strip()
    if first is None or one_line:
        return Style("\n", None, 0, False, False, False, comma, colon, ascii_only)
    indent = next((found[2] for found in _BREAK.finditer(text) if found[2]), "")
    position, pair = _POSITION.search(text), _TWO_POSITIONS.search(text)
    levels = _broken_levels(layout)
    spread = bool(position and "\n" in position[1])
    lines = spread or ("\n" in pair[1] + pair[2] if pair else levels > _FEATURE_LEVEL)
    return Style(first[1], indent, levels, spread, lines, _geometry_lines(layout, levels), comma, colon, ascii_only)


#: Root, features, Feature: a file that breaks no deeper writes a feature a line.
_FEATURE_LEVEL = 3
_ALL_LEVELS = 64


def _broken_levels(layout: Layout) -> int:
    """Return how deep members have lines of their own, following the first feature's properties."""
    path: Path = ()
    while True:
        try:
            found = layout.container(path)
        except (KeyError, IndexError):
            return _ALL_LEVELS
        if "\n" not in layout.text[found.start : found.start + 1 + _gap(layout.text, found.start + 1)]:
            return len(path) if found.close > found.start + 1 else _ALL_LEVELS
        step = _inner_step(layout, found)
        if step is None:
            return _ALL_LEVELS
        path = (*path, step)


def _inner_step(layout: Layout, found: Container) -> str | int | None:
    """Return the member that shows best how the next level is written."""
    if found.spans is None:
        return 0
    inner = [key for key, (start, _) in zip(found.keys, found.spans, strict=True) if layout.text[start] in "[{"]
    return next((key for key in ("features", "properties", *inner) if key in inner), None)


def _geometry_lines(layout: Layout, levels: int) -> bool:
    """Tell whether the first geometry of the file has a line for each member."""
    found = re.search(r'"geometry"\s*:\s*\{(\s*)', layout.text)
    return "\n" in found[1] if found else levels > _FEATURE_LEVEL


def _gap(text: str, at: int) -> int:
    return len(text[at : at + 400]) - len(text[at : at + 400].lstrip(" \t\r\n"))


def rewrite(layout: Layout, old: Any, new: Any) -> str:  # noqa: ANN401  a JSON value is of any type
    """Return the text of `layout`, whose value is `old`, with the fewest changes that make its value `new`."""
    work = _Rewriter(layout)
    work.compare((), old, new)
    text = layout.text
    for start, end, put in sorted(work.edits, key=lambda edit: edit[:2], reverse=True):
        text = text[:start] + put + text[end:]
    return text


class _Rewriter:
    """Collects (start, end, replacement) edits; they never overlap."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.style = layout, learn_style(layout)
        self.edits: list[tuple[int, int, str]] = []

    def compare(self, path: Path, old: Any, new: Any) -> None:  # noqa: ANN401  a JSON value is of any type
        if old is new or _same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and old and new:
            self._object(path, old, new)
        elif isinstance(old, list) and isinstance(new, list | tuple) and old and new:
            self._array(path, old, list(new))
        else:
            self._replace(path, new)

    def _object(self, path: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
        kept = [key for key in old if key in new]
        if not kept:
            self._replace(path, new)
            return
        for key in kept:
            self.compare((*path, key), old[key], new[key])
        container = self.layout.container(path)
        starts = list(container.key_starts)
        ends = [end for _, end in container.spans or ()]
        gone = [i for i, key in enumerate(container.keys) if key not in new]
        self._remove(starts, ends, gone)
        level = len(path) + 2
        fresh = [
            f"{self.style.dump(key, level)}{self.style.colon}{self.style.dump(value, level)}"
            for key, value in new.items()
            if key not in old
        ]
        last = max(i for i, key in enumerate(container.keys) if key in new)
        self._insert(path, starts, ends, after=last, fresh=fresh)

    def _array(self, path: Path, old: list[Any], new: list[Any]) -> None:
        steps = _steps(old, new)
        if not any(i1 < i2 and j1 < j2 for _, i1, i2, j1, j2 in steps):
            self._replace(path, new)
            return
        spans = (
            [self.layout.span((*path, i)) for i in range(len(old))] if len(old) != len(new) or len(steps) > 1 else []
        )
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        for _, i1, i2, j1, j2 in steps:
            paired = min(i2 - i1, j2 - j1)
            for i, j in zip(range(i1, i1 + paired), range(j1, j2), strict=False):
                self.compare((*path, i), old[i], new[j])
            if i2 - i1 > paired:
                self._remove(starts, ends, list(range(i1 + paired, i2)))
            fresh = [self.style.dump(item, len(path) + 2) for item in new[j1 + paired : j2]]
            self._insert(path, starts, ends, after=i1 + paired - 1, fresh=fresh)

    def _replace(self, path: Path, new: Any) -> None:  # noqa: ANN401  a JSON value is of any type
        start, end = self.layout.span(path)
        self.edits.append((start, end, self.style.dump(new, len(path) + 1)))

    def _remove(self, starts: list[int], ends: list[int], gone: list[int]) -> None:
        """Cut members out, each run of them with the comma before it, or after it at the front."""
        runs: list[list[int]] = []
        for i in gone:
            if runs and runs[-1][1] == i - 1:
                runs[-1][1] = i
            else:
                runs.append([i, i])
        for first, last in runs:
            if first:
                self.edits.append((ends[first - 1], ends[last], ""))
            else:
                self.edits.append((starts[0], starts[last + 1], ""))

    def _insert(self, path: Path, starts: list[int], ends: list[int], *, after: int, fresh: list[str]) -> None:
        if not fresh:
            return
        opened = self.layout.container(path).start
        gap = self._separator(opened, starts, ends, near=max(after, 0), level=len(path) + 2)
        if after < 0:
            self.edits.append((starts[0], starts[0], "".join(f"{item},{gap}" for item in fresh)))
        else:
            self.edits.append((ends[after], ends[after], "".join(f",{gap}{item}" for item in fresh)))

    def _separator(self, opened: int, starts: list[int], ends: list[int], *, near: int, level: int) -> str:
        """Return the white space that stands after a comma in this container."""
        text = self.layout.text
        if len(starts) > 1:
            right = min(near + 1, len(starts) - 1)
            between = text[ends[right - 1] : starts[right]]
            return between[between.index(",") + 1 :]
        lead = text[opened + 1 : starts[0]]
        if "\n" in lead:
            return lead
        wide = self.style.indent is not None and level - 1 <= self.style.broken_levels
        return self.style.newline + (self.style.indent or "") * (level - 1) if wide else self.style.comma[1:]


def _same(old: Any, new: Any) -> bool:  # noqa: ANN401  JSON values are of any type
    """Tell whether two values are equal as JSON: 36 is 36.0, but 1 is not true."""
    if old != new:
        return False
    if isinstance(old, dict | list):
        return repr(old) == repr(new)  # else look closer, member by member
    return isinstance(old, bool) == isinstance(new, bool)


#: Longer lists are compared item by item: the search for the best match takes the square of the length.
_MATCHED = 4000


def _steps(old: list[Any], new: list[Any]) -> list[tuple[str, int, int, int, int]]:
    """Return how one list becomes the other, as `difflib` opcodes; runs that are kept come as pairs too."""
    if len(old) == len(new) and (len(old) > _MATCHED or not isinstance(old[0], dict)):
        return [("replace", 0, len(old), 0, len(new))]
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if _key(a) != _key(b)), None)
    start = min(len(old), len(new)) if head is None else head
    kept = [("equal", 0, start, 0, start)] if start else []
    if max(len(old), len(new)) - start > _MATCHED:
        return [*kept, ("replace", start, len(old), start, len(new))]
    match = SequenceMatcher(None, [*map(_key, old[start:])], [*map(_key, new[start:])], autojunk=False)
    return kept + [(tag, i1 + start, i2 + start, j1 + start, j2 + start) for tag, i1, i2, j1, j2 in match.get_opcodes()]


def _key(item: Any) -> str:  # noqa: ANN401  a JSON value is of any type
    """Return what makes an item the same one, edited or not: a feature's id, all else by value."""
    return f"id {item['id']!r}" if isinstance(item, dict) and "id" in item else repr(item)
