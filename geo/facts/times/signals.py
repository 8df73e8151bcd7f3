"""Words beside an expression that bound it: *by*, *until*, *before*, *since*, *no later than*."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.facts.times.scene import Scene
    from geo.types import DateRange

BEFORE = re.compile(
    r"\b(?:(?P<by>by|until|till|up\s+to|no\s+later\s+than|not\s+later\s+than|no\s+later\s+than\s+by|through)"
    r"|(?P<before>before|prior\s+to|ahead\s+of)"
    r"|(?P<since>since|from|starting(?:\s+(?:on|from))?|beginning(?:\s+on)?|as\s+of|effective)"
    r"|(?P<after>after))\s+(?:the\s+|at\s+)?\Z",
    re.IGNORECASE,
)
MODS = {"by": "ON_OR_BEFORE", "before": "BEFORE", "since": "ON_OR_AFTER", "after": "AFTER"}
REACH = 40
"""How many characters before an expression a signal may begin."""


def bounded(timex: DateRange, scene: Scene, index: int) -> DateRange:
    """Return a date with the bound that the words before it set: a deadline runs from publication to its day.

    A bound that the expression carries itself (`early`, `the end of`) gives way in `mod`, not in the interval.
    """
    found = BEFORE.search(scene.text, max(0, index - REACH), index)
    if not found or timex.kind not in {"DATE", "TIME"} or timex.edtf is None:
        return timex
    which = next(name for name in MODS if found[name])
    start, end, edtf = _limits(which, timex, scene.published)
    return replace(timex, start=start, end=end, edtf=edtf, mod=MODS[which])


def _limits(which: str, timex: DateRange, published: date | None) -> tuple[str | None, str | None, str | None]:
    today = published.isoformat() if published else None
    if which in {"by", "before"}:
        end = _step(timex.start, -1) if which == "before" else timex.end
        start = today if today and end and today <= end else None
        return start, end, f"../{end or timex.edtf}"
    start = _step(timex.end, 1) if which == "after" else timex.start
    return start, None, f"{start or timex.edtf}/.."


def _step(day: str | None, days: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else None
