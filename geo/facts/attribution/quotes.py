"""Quotation marks: which stretches of a text are quoted.

Curly and straight double marks, two single marks in a row (`` ''), and guillemets. A quotation that no mark closes
runs to the end of its paragraph: that is how a speech over several paragraphs is set.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = re.compile(r"[“”„«»\"]|``|''")
OPENING = frozenset({"“", "„", "«", "``"})
CLOSING = frozenset({"”", "»"})


class Quote(NamedTuple):
    """A quoted stretch, its marks included: characters of the segment's text."""

    start: int
    end: int
    closed: bool


def quotations(text: str) -> tuple[Quote, ...]:
    """Return the quoted stretches of a text, in order, none within another."""
    found: list[Quote] = []
    begun: int | None = None
    for mark in MARK.finditer(text):
        if begun is None:
            if mark[0] in OPENING or (mark[0] not in CLOSING and _may_open(text, mark)):
                begun = mark.start()
        elif mark[0] not in OPENING:
            found.append(Quote(begun, mark.end(), closed=True))
            begun = None
        elif mark[0] in {"“", "``"}:
            found.append(Quote(begun, _trimmed(text, begun, mark.start()), closed=False))
            begun = mark.start()
    if begun is not None:
        found.append(Quote(begun, _trimmed(text, begun, len(text)), closed=False))
    return tuple(found)


def _may_open(text: str, mark: re.Match[str]) -> bool:
    """Tell an opening mark from the sign for inches and from a stray closing one."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return not before.isdigit() and bool(after) and not after.isspace()


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
