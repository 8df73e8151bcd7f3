"""The rule for dates: EDTF levels 0 and 1 as far as zones use them (ISO 8601-2:2019, Annex A).

`2018`, `2018-09`, `2018-09-17`, each with `~`, `?` or `%`; intervals `a/b` whose ends may be `..` (open) or empty
(unknown).
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[~?%]?", re.ASCII)
_DECEMBER = 12
_OPEN = {"..", ""}
_ENDS = 2


@lru_cache(maxsize=256)  # the zones of a file share their dates
def date_fault(text: str) -> str | None:
    """Return what is wrong with an EDTF date or interval, in words; None where it is sound."""
    ends = text.split("/")
    if len(ends) > _ENDS:
        return "it has more than two ends"
    if len(ends) == _ENDS and all(end in _OPEN for end in ends):
        return "both of its ends are open"
    for end in ends:
        fault = None if len(ends) == _ENDS and end in _OPEN else _day_fault(end)
        if fault:
            return fault
    first, last = earliest(text), latest(text)
    return "it ends before it begins" if first and last and first > last else None


def _day_fault(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if not found:
        return f"{text or 'nothing'} is no date"
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    if year == 0:
        return "there is no year 0000"
    if not 1 <= month <= _DECEMBER:
        return f"there is no month {month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"there is no day {day:02d} in month {month:02d}"
    return None


def earliest(text: str) -> str | None:
    """Return the first ISO day that a sound EDTF text may mean; None where open or unknown."""
    return _bound(text.split("/", maxsplit=1)[0], last=False)


def latest(text: str) -> str | None:
    """Return the last ISO day that a sound EDTF text may mean; None where open or unknown."""
    return _bound(text.rsplit("/", maxsplit=1)[-1], last=True)


def _bound(text: str, *, last: bool) -> str | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    month = found["month"] or ("12" if last else "01")
    longest = calendar.monthrange(int(found["year"]), int(month))[1] if last else 1
    return f"{found['year']}-{month}-{found['day'] or f'{longest:02d}'}"


def overlap(first: str | None, second: str | None) -> bool:
    """Tell whether two EDTF intervals may share a day; an interval that is not given is always."""
    if not first or not second or date_fault(first) or date_fault(second):
        return True
    start, end = earliest(first), latest(second)
    other_start, other_end = earliest(second), latest(first)
    return not ((start and end and start > end) or (other_start and other_end and other_start > other_end))
