"""JSON text with positions: where each value of a file stands, found without a parser of our own.

The values come from the standard library's decoder. Positions are needed for findings (`file:line:col`) and
for edits that leave the rest of a file as it is. `Layout` finds them from one vectorised pass over the text:
strings are masked by the parity of quotes, brackets then give each character its depth, and the commas of one
depth part the members of a container. A million nested brackets cost milliseconds and no recursion.

A *path* is a tuple of keys and indices, `("features", 0, "geometry")`. Offsets are code points, end exclusive.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

from geo.types import Where
from geo.zones.syntax import JsonError, explain

if TYPE_CHECKING:
    import numpy as np

Path = tuple[str | int, ...]

#: Deeper than any map needs; recursion in the decoder and in GEOS stays far from its limits.
MAX_DEPTH = 64

#: Each position is an array: as many as a file of 20 MiB holds with a few decimals each.
MAX_BRACKETS = 600_000
_PREFIX = 100_000
#: Objects with a repeated key beyond this many are not looked into.
_MOST_DUPLICATES = 100

_CONTAINERS = (dict, list)
_OPEN, _CLOSE, _COMMA, _COLON = 1, 2, 3, 4
_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r'[ \t\r\n]*("(?:[^"\\]|\\.)*")[ \t\r\n]*:[ \t\r\n]*')
_DIGITS = re.compile(r"\d{1000,}")
_STRING = re.compile(rb'"[^"]*"')
_MANY_ESCAPES = 100_000
_UNMARKED = bytes(set(range(256)) - set(b'"[]{}:'))


@dataclass(frozen=True, slots=True)
class Container:
    """An object or array: where it opens and closes, and where its members stand."""

    start: int
    close: int
    """Offset of the closing bracket."""
    spans: tuple[tuple[int, int], ...] | None
    """Members' values; None for an array, whose members are found one by one."""
    keys: tuple[str, ...]
    key_starts: tuple[int, ...]
    commas: np.ndarray


class Layout:
    """The positions of a JSON text's values. Right for well-formed JSON; harmless for any other text."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is computed before it is asked for."""
        self.text = text
        self._containers: dict[Path, Container] = {}
        self._levels: dict[tuple[int, int], np.ndarray] = {}

    @cached_property
    def _index(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        import numpy as np

        raw = self.text.encode("latin-1", "replace")  # one byte a code point, so that offsets agree
        codes = np.frombuffer(raw, dtype=np.uint8)
        kinds = _table()[codes]
        quotes = codes == ord('"')
        if b"\\" in raw:
            quotes &= ~_escaped(codes)
        kinds[(np.cumsum(quotes, dtype=np.uint8) & 1).astype(bool)] = 0
        where = np.flatnonzero(kinds)
        kinds = kinds[where]
        depth = np.cumsum((kinds == _OPEN).astype(np.int8) - (kinds == _CLOSE).astype(np.int8), dtype=np.int32)
        return where, kinds, depth

    @cached_property
    def _newlines(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def where(self, offset: int, *, file: str, feature: str | None = None) -> Where:
        """Return line and column (1-based, in code points) of an offset."""
        before = bisect_right(self._newlines, offset - 1)
        line_start = self._newlines[before - 1] + 1 if before else 0
        return Where(file, before + 1, offset - line_start + 1, feature)

    def too_deep(self, limit: int = MAX_DEPTH) -> int | None:
        """Return the offset of the first bracket nested deeper than `limit`, or None."""
        import numpy as np

        where, _, depth = self._index
        if not depth.size or int(depth.max()) <= limit:
            return None
        return int(where[int(np.argmax(depth > limit))])

    def deepest(self) -> int:
        """Return how deep brackets are nested."""
        return int(self._index[2].max(initial=0))

    def colons(self) -> int:
        """Return how many colons stand outside strings: one a key."""
        return int((self._index[1] == _COLON).sum())

    def object_keys(self, ordinal: int) -> list[tuple[str, int]]:
        """Return (key, offset) pairs of the object whose `}` is the `ordinal`-th of the text, from 0."""
        where, _, depth = self._index
        at = self._closes[ordinal]
        level = int(depth[at]) + 1
        opens = self._level(level, _OPEN)
        start = int(opens[opens.searchsorted(where[at]) - 1])
        found = self._read(start, level)
        return list(zip(found.keys, found.key_starts, strict=True))

    @cached_property
    def _closes(self) -> list[int]:
        import numpy as np

        where, kinds, _ = self._index
        codes = np.frombuffer(self.text.encode("latin-1", "replace"), dtype=np.uint8)
        closing: list[int] = ((kinds == _CLOSE) & (codes[where] == ord("}"))).nonzero()[0].tolist()
        return closing

    def container(self, path: Path) -> Container:
        """Return the object or array at a path. Raises KeyError or IndexError where there is none."""
        if path not in self._containers:
            start = self.span(path)[0] if path else _skip(self.text, 0)
            self._containers[path] = self._read(start, len(path) + 1)
        return self._containers[path]

    def span(self, path: Path) -> tuple[int, int]:
        """Return start and end of the value at a path. Raises KeyError or IndexError where there is none."""
        if not path:
            root = self.container(())
            return root.start, root.close + 1
        parent = self.container(path[:-1])
        step = path[-1]
        if isinstance(step, str):
            if parent.spans is None or step not in parent.keys:
                raise KeyError(step)
            return parent.spans[len(parent.keys) - 1 - parent.keys[::-1].index(step)]
        return self._item(parent, step)

    def key_start(self, path: Path) -> int:
        """Return the offset of a member's key; of the value itself for an item of an array."""
        parent = self.container(path[:-1])
        step = path[-1]
        return parent.key_starts[parent.keys.index(step)] if isinstance(step, str) else self._item(parent, step)[0]

    def nearest(self, path: Path) -> int:
        """Return the offset of the value at a path, or of the nearest ancestor that the text has."""
        while path:
            try:
                return self.span(path)[0]
            except (KeyError, IndexError):
                path = path[:-1]
        return _skip(self.text, 0)

    def _item(self, parent: Container, index: int) -> tuple[int, int]:
        if index < 0 or index > parent.commas.size or parent.spans is not None:
            raise IndexError(index)
        before = parent.start if index == 0 else int(parent.commas[index - 1])
        after = parent.close if index == parent.commas.size else int(parent.commas[index])
        start = _skip(self.text, before + 1)
        if start >= after:
            raise IndexError(index)
        return start, _strip(self.text, after)

    def _level(self, level: int, kind: int) -> np.ndarray:
        if (level, kind) not in self._levels:
            where, kinds, depth = self._index
            inner = level - 1 if kind == _CLOSE else level
            self._levels[level, kind] = where[(kinds == kind) & (depth == inner)]
        return self._levels[level, kind]

    def _read(self, start: int, level: int) -> Container:
        closes, commas = self._level(level, _CLOSE), self._level(level, _COMMA)
        at = int(closes.searchsorted(start))
        if self.text[start : start + 1] not in {"{", "["} or at >= closes.size:
            raise IndexError(start)
        close = int(closes[at])
        inner = commas[commas.searchsorted(start) : commas.searchsorted(close)]
        if self.text[start] == "[":
            return Container(start, close, None, (), (), inner)
        return self._members(start, close, inner)

    def _members(self, start: int, close: int, commas: np.ndarray) -> Container:
        keys, key_starts, spans = [], [], []
        edges = [start, *commas.tolist(), close]
        for before, after in pairwise(edges):
            found = _KEY.match(self.text, before + 1, after)
            if found:
                keys.append(json.loads(found[1]))
                key_starts.append(found.start(1))
                spans.append((found.end(), _strip(self.text, after)))
        return Container(start, close, tuple(spans), tuple(keys), tuple(key_starts), commas)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON text, its value, and the keys that an object has twice."""

    value: Any
    layout: Layout
    duplicates: tuple[tuple[str, int], ...] = ()
    """(key, offset of its second occurrence) pairs."""


def parse_json(text: str) -> Parsed:
    """Return the value of a JSON text with its layout. Raises JsonError, before anything big is built.

    Stricter than the standard library: no NaN and Infinity, no nesting beyond `MAX_DEPTH`, no unpaired
    surrogates; keys that an object has twice are reported (RFC 8259, section 4).
    """
    layout = Layout(text)
    if not text.strip(" \t\r\n"):
        raise JsonError("empty-file", "the file is empty", 0, hint="Restore it from a copy, or export it again.")
    _refuse_too_many(text)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:  # the standard library says better what is wrong, and where
        _refuse_too_deep(layout)
        return _slowly(text, layout)
    depth, keys = _marks(layout)
    if depth > MAX_DEPTH:
        _refuse_too_deep(layout)
    # every key of the text is in the value: no object has one twice
    return Parsed(value, layout) if _count_keys(value) == keys else _slowly(text, layout, value)


def _refuse_too_deep(layout: Layout) -> None:
    deep = layout.too_deep()
    if deep is not None:
        raise _nested(deep)


def _marks(layout: Layout) -> tuple[int, int]:
    """Return how deep the brackets of a well-formed text are nested, and how many keys it has.

    A fifth of the work of the layout's index, which is needed only where something is to be pointed at.
    """
    import numpy as np

    raw = layout.text.encode("latin-1", "replace")
    escapes = raw.count(b"\\")
    if escapes > _MANY_ESCAPES:  # taking them out one by one would cost more
        return layout.deepest(), layout.colons()
    if escapes:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = _STRING.sub(b"", raw.translate(None, _UNMARKED))
    kinds = _table()[np.frombuffer(marks, dtype=np.uint8)]
    depth = np.cumsum((kinds == _OPEN).astype(np.int8) - (kinds == _CLOSE).astype(np.int8), dtype=np.int32)
    return int(depth.max(initial=0)), marks.count(b":")


def _count_keys(value: Any) -> int:  # noqa: ANN401  a JSON value is of any type
    """Return how many keys the objects of a value have, not looking into coordinates."""
    count, ahead = 0, [value]
    while ahead:
        node = ahead.pop()
        if isinstance(node, dict):
            count += len(node)
            ahead += [inner for key, inner in node.items() if key != "coordinates" and type(inner) in _CONTAINERS]
        elif isinstance(node, list):
            ahead += [inner for inner in node if type(inner) in _CONTAINERS]
    return count


def _slowly(text: str, layout: Layout, value: Any = None) -> Parsed:  # noqa: ANN401  a JSON value is of any type
    """Return a text's value with the keys that an object has twice; a known value spares reading what follows many."""
    _refuse_lone_surrogates(text)
    ordinals: list[int] = []
    count = 0

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal count
        made = dict(pairs)
        if len(made) != len(pairs):
            ordinals.append(count)
            if value is not None and len(ordinals) == _MOST_DUPLICATES:
                raise _Enough
        count += 1
        return made

    with suppress(_Enough):
        value = _decode(text, build)
    twice = [found for k in ordinals[:_MOST_DUPLICATES] for found in _repeated(layout.object_keys(k))]
    return Parsed(value, layout, tuple(twice))


class _Enough(Exception):
    pass


def _nested(offset: int) -> JsonError:
    return JsonError("too-deep", f"brackets are nested more than {MAX_DEPTH} deep", offset)


def _refuse_too_many(text: str) -> None:
    """Refuse a text of too many arrays before anything as big as the text is built."""
    if len(text) <= MAX_BRACKETS or text.count("[") + text.count("{") <= MAX_BRACKETS:
        return
    deep = Layout(text[:_PREFIX]).too_deep()
    if deep is not None:
        raise _nested(deep)
    hint = "Simplify the lines: a zone that a person edits has some hundred vertices."
    raise JsonError("too-many-positions", f"more than {MAX_BRACKETS:,} positions, arrays and objects", 0, hint=hint)


def _decode(text: str, build: Any) -> Any:  # noqa: ANN401  a JSON value is of any type
    try:
        return json.loads(text, object_pairs_hook=build, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise explain(text, error) from None
    except _Constant as found:
        name = str(found)
        at = re.search(rf"(?<![\w\"]){re.escape(name)}(?![\w\"])", text)
        message = f"{name} is not a JSON number"
        hint = "Give the real number, or remove the position."
        raise JsonError("not-a-number", message, at.start() if at else 0, hint=hint) from None
    except ValueError:
        digits = _DIGITS.search(text)
        message = "a number has thousands of digits"
        raise JsonError("number-too-long", message, digits.start() if digits else 0) from None


class _Constant(Exception):
    pass


def _refuse_constant(name: str) -> NoReturn:
    raise _Constant(name)


def _refuse_lone_surrogates(text: str) -> None:
    if "\\u" not in text:
        return
    pair = re.compile(
        r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\(?:u([dD][89a-fA-F]..)|.)", re.DOTALL
    )
    for found in pair.finditer(text):
        if found[1]:
            message = f"\\u{found[1]} is half of a character"
            raise JsonError("broken-character", message, found.start(), hint="Type the character itself.")


def _repeated(keys: list[tuple[str, int]]) -> list[tuple[str, int]]:
    seen: set[str] = set()
    twice = []
    for key, offset in keys:
        if key in seen:
            twice.append((key, offset))
        seen.add(key)
    return twice


def _escaped(codes: np.ndarray) -> np.ndarray:
    """Return which characters follow an odd run of backslashes."""
    import numpy as np

    slash = np.concatenate(([False], codes == ord("\\"), [False]))
    edges = np.flatnonzero(slash[1:] != slash[:-1])
    begins, ends = edges[::2], edges[1::2]
    escaped = np.zeros(codes.size + 1, dtype=bool)
    escaped[ends[(ends - begins) % 2 == 1]] = True
    return escaped[:-1]


@cache
def _table() -> np.ndarray:
    import numpy as np

    table = np.zeros(256, dtype=np.uint8)
    for characters, kind in (("[{", _OPEN), ("]}", _CLOSE), (",", _COMMA), (":", _COLON)):
        for character in characters:
            table[ord(character)] = kind
    return table


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _strip(text: str, end: int) -> int:
    while end and text[end - 1] in " \t\r\n":
        end -= 1
    return end
