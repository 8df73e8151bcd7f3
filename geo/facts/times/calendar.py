"""Arithmetic on TIMEX3 values: what a value covers, and how it moves.

A value is a string as TIMEX3 writes it: `2018`, `2018-10`, `2018-10-15`, `2018-10-15T14:00`, `2018-W37`,
`2018-Q3`, `2018-H1`, `2018-SU`, `198` (a decade), `20` (a century), with X for a digit that is not known.
Weeks are those of ISO 8601, Monday first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

PERIOD_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
PERIOD_DAYS = {"D": 1, "N": 1, "W": 7, "FN": 14, "WE": 7}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
EDTF_SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
MONTH = re.compile(r"(\d{4})-(\d\d)")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
PART = re.compile(r"(\d{4})-([QH])(\d)")
SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
YEARS = re.compile(r"\d{2,4}")


def shift_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day where it is shorter."""
    total = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = total // MONTHS_A_YEAR, total % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift(day: date, count: float, unit: str) -> date:
    """Return the day a number of units away; hours and less stay on the day.

    Raises:
        ValueError: The day is outside the years 1 to 9999 (also as OverflowError).
    """
    if unit in PERIOD_MONTHS:
        return shift_months(day, round(count * PERIOD_MONTHS[unit]))
    return day + timedelta(days=round(count * PERIOD_DAYS.get(unit, 0)))


def value_of(day: date, unit: str) -> str:
    """Return the value of the day, week, month … that a day lies in."""
    week = day.isocalendar()
    values = {
        "W": f"{week.year:04}-W{week.week:02}",
        "FN": f"{week.year:04}-W{week.week:02}",
        "WE": f"{week.year:04}-W{week.week:02}-WE",
        "M": day.isoformat()[:7],
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }
    return values.get(unit, day.isoformat())


def weekday(anchor: date, number: int, *, direction: int, strict: bool = False) -> date:
    """Return the nearest such weekday before (direction < 0) or after the anchor; the anchor itself unless strict."""
    ahead = (number - anchor.isoweekday()) % DAYS_A_WEEK
    if direction < 0:
        back = (DAYS_A_WEEK - ahead) % DAYS_A_WEEK
        return anchor - timedelta(days=back or (DAYS_A_WEEK if strict else 0))
    return anchor + timedelta(days=ahead or (DAYS_A_WEEK if strict else 0))


def interval(value: str) -> tuple[str | None, str | None]:
    """Return the first and last ISO day that a value covers; (None, None) where a digit is not known."""
    try:
        days = _days(value)
    except ValueError:
        return None, None
    return (days[0].isoformat(), days[1].isoformat()) if days else (None, None)


def _days(value: str) -> tuple[date, date] | None:
    if found := DAY.fullmatch(value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
    return _whole_months(value)


def _whole_months(value: str) -> tuple[date, date] | None:
    if found := MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := PART.fullmatch(value):
        length = 3 if found[2] == "Q" else 6
        return _months(int(found[1]), (int(found[3]) - 1) * length + 1, length)
    if found := SEASON.fullmatch(value):
        return _months(int(found[1]), SEASON_MONTHS[found[2]][0], 3)
    if YEARS.fullmatch(value):
        first = int(value.ljust(4, "0"))
        return date(first, 1, 1), date(int(value.ljust(4, "9")), 12, 31)
    return None


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, shift_months(first, length) - timedelta(days=1)


def edtf(value: str) -> str | None:
    """Return a value in EDTF (ISO 8601-2): weeks and quarters become intervals, decades and seasons have codes."""
    if "REF" in value or value.startswith("P"):
        return None
    if found := SEASON.fullmatch(value):
        return f"{found[1]}-{EDTF_SEASONS[found[2]]}"
    if WEEK.fullmatch(value) or PART.fullmatch(value):
        return "/".join(filter(None, interval(value))) or None
    plain = re.sub(r"T.*", "", value)
    if re.fullmatch(r"[\dX]{2,4}", plain):
        return plain.ljust(4, "X")
    return plain if re.fullmatch(r"[\dX]{4}(?:-[\dX]{2}){0,2}", plain) else None


def easter(year: int) -> date:
    """Return Western Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date:
    """Return the day of a named day in a year.

    A rule is `12-25`, `nth 11 4 4` (fourth Thursday of November), `last 5 1` or `easter -2`.
    """
    kind, *figures = rule.split()
    if kind == "easter":
        return easter(year) + timedelta(days=int(figures[0]))
    if kind == "nth":
        month, day, nth = map(int, figures)
        return weekday(date(year, month, 1), day, direction=1) + timedelta(weeks=nth - 1)
    if kind == "last":
        month, day = map(int, figures)
        return weekday(date(year, month, monthrange(year, month)[1]), day, direction=-1)
    return date.fromisoformat(f"{year:04}-{kind}")


def duration(count: float, unit: str) -> str:
    """Return the TIMEX3 value of a length of time: `P3M`, `PT2H`, `P2Y6M`, `PXD` where the number is not told."""
    if count < 0:
        return _length("X", {"DE": "Y", "CE": "Y"}.get(unit, unit))
    factor, small = {"DE": (10, "Y"), "CE": (100, "Y"), "FN": (2, "W")}.get(unit, (1, unit))
    total = count * factor
    if total == int(total):
        return _length(str(int(total)), small)
    parts = {"Y": ("M", 12), "H": ("MIN", 60), "MIN": ("S", 60), "D": ("H", 24)}
    if small in parts and (rest := (total - int(total)) * parts[small][1]) == int(rest):
        below, _ = parts[small]
        head = _length(str(int(total)), small) if total >= 1 else _length("", small).rstrip("YMDWHS")
        tail = _length(str(int(rest)), below)
        return head + (tail[1:] if small == "D" else tail.lstrip("PT")) if total >= 1 else tail
    return _length(f"{total:g}", small)


def _length(count: str, unit: str) -> str:
    clock = {"H": "H", "MIN": "M", "S": "S"}
    return f"PT{count}{clock[unit]}" if unit in clock else f"P{count}{unit}"


def unknown(unit: str) -> str:
    """Return the value of a day, week, month … of which nothing is known."""
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE"}.get(unit, "XXXX")
