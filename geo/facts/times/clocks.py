"""Readers of the parts of a day and of clock times: from a match of a rule to its value."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geo.facts.times.lexicon import lexicon, number, said
from geo.facts.times.scene import Reading, day_of

if TYPE_CHECKING:
    import re
    from datetime import date

    from geo.facts.times.scene import Scene


def daypart(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `this morning`, `last night`, `the next evening`."""
    rel, part = said(match, "rel"), said(match, "part")
    base = scene.published
    if rel.startswith(("the ", "that")):
        base = day_of(scene.last(10)) or base
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{lexicon().dayparts[part]}")
    step = {"last": -1, "yesterday": -1, "tomorrow": 1, "the next": 1, "the following": 1, "the previous": -1}.get(
        rel, 0
    )
    return with_part(base + timedelta(days=step), part)


def nth_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the fifth day of the war`: the day last spoken of."""
    return Reading("DATE", today(scene, match.start()))


def tonight(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `tonight`, and `overnight`, which is the night before unless the clause looks ahead."""
    if scene.published is None:
        return Reading("TIME", "XXXX-XX-XXTNI")
    back = match[0].lower() == "overnight" and scene.direction(match.start()) <= 0
    return Reading("TIME", f"{(scene.published - timedelta(days=back)).isoformat()}TNI")


def the_daypart(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `in the morning`, `mid-afternoon`: of the day last spoken of."""
    word = said(match, "part")
    code = lexicon().dayparts.get("midday" if word == "day" else word)
    base = day_of(scene.last(10, near=True)) or scene.published
    return Reading("TIME", f"{base.isoformat() if base else 'XXXX-XX-XX'}T{code}")


def small_hours(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `in the early hours`: of the day last spoken of."""
    return Reading("DATE", today(scene, match.start()))


def clock(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `10:35 a.m.`, `19:30 GMT`, `0600 GMT`."""
    hour, half = int(match["h"]), (match.groupdict().get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004  hours on a clock's face
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return Reading("TIME", f"{today(scene, match.start())}T{hour:02}:{match['min'] or '00'}")


def oclock(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `six o'clock in the evening`, `4 in the morning`."""
    count = number(match["n"] or match["n2"])
    part = said(match, "part") or said(match, "part2")
    if count is None or not 0 < count <= 12:  # noqa: PLR2004  hours on a clock's face
        return None
    late = part in {"afternoon", "evening", "night"}
    return Reading("TIME", f"{today(scene, match.start())}T{int(count) % 12 + 12 * late:02}:00")


def noon(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `noon` and `midnight`."""
    hour = 24 if match["word"].lower() == "midnight" else 12
    return Reading("TIME", f"{today(scene, match.start())}T{hour}:00")


def today(scene: Scene, index: int) -> str:
    """Return the day that a clock time falls on: the one last spoken of, unless it is to come and the clause is not."""
    base = day_of(scene.last(10, near=True)) or _story_day(scene, index) or scene.published
    if base and scene.published and base > scene.published and scene.direction(index) < 0:
        base = scene.published
    return base.isoformat() if base else "XXXX-XX-XX"


def _story_day(scene: Scene, index: int) -> date | None:
    """Return the day that an earlier paragraph told of, where that is a few days back and the clause is past."""
    base = day_of(scene.last(10))
    recent = base and scene.published and timedelta() <= scene.published - base < timedelta(weeks=1)
    return base if recent and scene.direction(index) < 0 else None


def with_part(day_: date, part: str) -> Reading:
    """Return a day, or its morning, evening … where a part of it is told."""
    code = lexicon().dayparts.get(part)
    return Reading("TIME", f"{day_.isoformat()}T{code}") if code else Reading("DATE", day_.isoformat())
