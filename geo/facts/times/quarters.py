"""Readers of quarters and halves of a year, and of what is compared with them a year on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.facts.times import calendar
from geo.facts.times.lexicon import ordinal, said
from geo.facts.times.scene import Reading

if TYPE_CHECKING:
    from geo.facts.times.scene import Scene

MONEY = re.compile(r"[$£€#]\s?\d|\b(?:cents?|share|earnings|revenue|sales|profit|net income|loss)\b")
#: The end of a month: *the quarter ended Sept. 30* speaks of the quarter.
ENDED = re.compile(r"\d{4}-\d\d-(?:2[89]|3[01])")
#: *In the first nine months*: what is compared there is no quarter.
SPAN_OF_MONTHS = re.compile(r"\b(?:six|nine|6|9)[\s-]months?\b|\b(?:full|fiscal) year\b", re.IGNORECASE)


def part_of_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the third quarter`, `the first half of 2018`, `Q3 2018`, `next year's first quarter`."""
    groups = match.groupdict()
    half = (groups.get("unit") or "quarter").lower() == "half"
    count, last = ordinal(match["n"] or _told_quarter(scene)), 2 if half else 4
    if count is None:
        count = last
    if not 1 <= count <= last:
        return None
    letter, length = ("H", 6) if half else ("Q", 3)
    year_ = groups.get("y") or groups.get("y0")
    whose = said(match, "whose") or said(match, "rel")
    if half and not (year_ or whose or groups.get("gap")):
        return None
    if not year_ and scene.published is None:
        return Reading("DATE", f"XXXX-{letter}{count}")
    if not year_ and scene.published:
        year_ = str(_year_of_part(scene, match.start(), whose, (count - 1) * length + 1))
    return Reading("DATE", f"{year_}-{letter}{count}")


def _told_quarter(scene: Scene) -> str:
    told = next((value for value in reversed(scene.spoken_of) if "-Q" in value), "")
    return told[-1:] if told[-1:].isdigit() else "none"


def _year_of_part(scene: Scene, index: int, whose: str, first_month: int) -> int:
    published = scene.published
    if published is None:
        return 0
    if whose:
        return published.year + {"last": -1, "next": 1}.get(whose, 0)
    begun = first_month <= published.month
    return published.year - (not begun and scene.direction(index) <= 0)


def latest(scene: Scene, unit: str) -> Reading | None:
    """Return what `the latest quarter`, `the latest fiscal year` means: the last quarter over, the year at hand."""
    if scene.published is None:
        return Reading("DATE", calendar.unknown(unit))
    if unit == "Q":
        over = [told for told in scene.spoken_of if "-Q" in told and told < calendar.value_of(scene.published, "Q")]
        return Reading("DATE", the_quarter(scene, told=over[-1] if over else None))
    return Reading("DATE", calendar.value_of(scene.published, unit))


def the_quarter(scene: Scene, *, told: str | None = None) -> str:
    """Return the quarter last spoken of; where none was, the last one that was over."""
    told = told or next((value for value in reversed(scene.spoken_of) if "-Q" in value), None)
    if told or scene.published is None:
        return told or "XXXX-QX"
    return calendar.value_of(calendar.shift_months(scene.published, -3), "Q")


def year_period(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the 1988 period`: the quarter of that year where one is being compared."""
    quarter = the_quarter(scene)[4:] if speaks_of_quarter(scene) else ""
    return Reading("DATE", match["y"] + quarter)


def speaks_of_quarter(scene: Scene) -> bool:
    """Tell whether a year ago means the same quarter: one was named here, or money is compared after one was."""
    near = [value for value in scene.spoken_of[scene.here :] if not ENDED.fullmatch(value)]
    if near:
        return "-Q" in near[-1] and bool(MONEY.search(scene.text))
    if SPAN_OF_MONTHS.search(scene.text):
        return False
    return bool(MONEY.search(scene.text)) and any("-Q" in value for value in scene.spoken_of)


def year_back(quarter: str) -> str:
    """Return the same quarter of the year before."""
    return f"{int(quarter[:4]) - 1:04}{quarter[4:]}" if quarter[:4].isdigit() else quarter
