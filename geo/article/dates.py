"""The day a report came out, with what tells it.

In falling order of trust: a day that the caller gives; the file's metadata (front matter, HTML head, the
address); a dateline or a date line of the text; and, failing these, a day that the text itself points to: a full
date in a caption, or one whose weekday is the weekday on which people are said to have spoken. Every sign that
was found is put into words, the conflicting ones too, because all relative times of the report hang on this day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.types import DateBasis, Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.types import Segment

_MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {key: number for number, key in enumerate(_MONTH_KEYS, 1)}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FULL = re.compile(
    r"\b(?:(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"
    rf"|{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)\b"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m2')},?\s+(?P<y2>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(
    rf"\b(?:{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+{_MONTH.format('m2')})(?!\d)(?!,?\s+\d{{4}})",
    re.IGNORECASE,
)
_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>[01]\d)[/-]?(?P<d>[0-3]\d)(?=\D|$)")
_DATELINE_END = re.compile(r"\s(?:—|–|--|-)\s|\)\s*[:—–-]")
_DATELINE_REACH = 90
#: A line of nothing but a place and a day: *Port Sudan, 14 April 2025*.
_PLACE_AND_DAY = re.compile(rf"[A-Z][^.!?;:\d]{{1,60}}?[,:—–-]\s*(?:\w+day,?\s+)?{_FULL.pattern}\.?", re.IGNORECASE)
_DATE_LINES = 4
#: What a periodical report is called: its heading dates the issue (*Flash Update No. 3 (8 September 2022)*).
_ISSUE = re.compile(
    r"\b(?:updates?|situation reports?|sitrep|bulletin|briefing|assessment|digest|factsheet|snapshot|newsletter|monitor"
    r"|as of|issued on|dated|published on|no\.\s*\d)",
    re.IGNORECASE,
)
#: Words that lead to the day of an event (*Monitor: 30 killed on 12 May*), unless they say when the issue came out.
_LEADS_TO_EVENT = re.compile(
    r"(?<!\bas )(?<!\bissued )(?<!\bpublished )(?<!\bupdated )"
    r"\b(?:on|of|in|since|by|until|till|from|before|after|to)\s+(?:the\s+)?(?:\w+day,?\s+)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:on\s+)?(" + "|".join(_WEEKDAYS) + r")(?:'s|’s)?\b")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that tells the day."""

    day: dt.date
    basis: DateBasis
    says: str


def parse_day(value: str) -> dt.date | None:
    """Return the first full calendar date in a string, or None."""
    match = _FULL.search(value)
    return _full_day(match) if match else None


def _full_day(match: re.Match[str]) -> dt.date | None:
    g = match.groupdict()
    if g["iy"]:
        return _day(int(g["iy"]), int(g["im"]), int(g["id"]))
    month = g["m1"] or g["m2"]
    return _day(int(g["y1"] or g["y2"]), _MONTHS[month[:3].lower()], int(g["d1"] or g["d2"]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def given(value: str) -> Sign:
    """Return the sign for a day that the caller gives.

    Raises:
        InputError: if the value holds no ISO day.
    """
    day = parse_day(value)
    if day is None:
        raise InputError(f"{value[:40]!r} is not a date.", hint="Write the day as 2018-09-17.")
    return Sign(day, "given", f"Given with the article: {day.isoformat()}.")


def published(text: str, parts: Iterable[Segment], *, signs: Iterable[Sign] = (), url: str | None = None) -> Published:
    """Return the day of publication and every sign of it, best first.

    Args:
        text: the article's text.
        parts: its segments.
        signs: what is known from outside the text (the caller's day, metadata).
        url: the address, which often holds the day.
    """
    kept = tuple(parts)
    found = [*signs, *_from_url(url), *_datelines(text, kept)]
    found = _with_years(found, text, kept) or _inferred(text, kept)
    if not found:
        return Published(None, "unknown", ("Nothing in the file tells the day.",))
    best = min(found, key=lambda sign: _ORDER.index(sign.basis))
    return Published(best.day.isoformat(), best.basis, tuple(_told(best, found)))


_ORDER: tuple[DateBasis, ...] = ("given", "metadata", "dateline", "inferred", "unknown")


def _told(best: Sign, found: list[Sign]) -> Iterator[str]:
    yield best.says
    for sign in dict.fromkeys(found):
        if sign is not best and sign.says != best.says:
            yield sign.says if sign.day == best.day else f"Conflicting: {sign.says}"


def _from_url(url: str | None) -> Iterator[Sign]:
    match = _URL.search(url or "")
    day = _day(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    if day:
        yield Sign(day, "metadata", f"The address holds {day.isoformat()}.")


def _datelines(text: str, parts: tuple[Segment, ...]) -> Iterator[Sign]:
    for number, part in enumerate(parts):
        stretch = text[part.span.start : part.span.end]
        early = number < _DATE_LINES and _PLACE_AND_DAY.fullmatch(stretch)
        if number < _DATE_LINES and part.role in {"headline", "subheadline"} and _ISSUE.search(stretch):
            yield from _issue(stretch)
        elif part.role == "byline" or (part.role in {"body", "subheadline"} and early):
            yield from _sign(stretch, stretch, "A date line")
        elif part.role == "body":
            end = _DATELINE_END.search(stretch[:_DATELINE_REACH])
            if end and stretch[:1].isupper():
                yield from _sign(stretch[: end.start() + 1], stretch[: end.start()], "The dateline")


def _issue(heading: str) -> Iterator[Sign]:
    told = _FULL.search(heading) or _DAY_ONLY.search(heading)
    if told and not _LEADS_TO_EVENT.search(heading[: told.start()]):
        yield from _sign(heading, told[0], "The heading")


def _sign(stretch: str, quote: str, what: str) -> Iterator[Sign]:
    day = parse_day(stretch)
    if day:
        yield Sign(day, "dateline", f"{what} says “{quote.strip()[:60]}”.")
        return
    match = _DAY_ONLY.search(stretch)
    if match:
        month = match["m1"] or match["m2"]
        bare = _day(_NO_YEAR, _MONTHS[month[:3].lower()], int(match["d1"] or match["d2"]))
        if bare:
            yield Sign(bare, "dateline", f"{what} says “{quote.strip()[:60]}”.")


_NO_YEAR = 1904  # a leap year that no report here is from: marks a dateline without a year


def _with_years(found: list[Sign], text: str, parts: tuple[Segment, ...]) -> list[Sign]:
    """Give a dateline without a year the year of another sign or of the first full date in the text."""
    bare = [s for s in found if s.day.year == _NO_YEAR]
    if not bare:
        return found
    full = [s for s in found if s.day.year != _NO_YEAR]
    years = [s.day.year for s in full] or [d.year for d, _ in _full_dates(text, parts)]
    if not years:
        return full
    dated = [(s, _day(years[0], s.day.month, s.day.day)) for s in bare]
    return full + [Sign(day, s.basis, f"{s.says[:-1]}, the year from {years[0]} elsewhere.") for s, day in dated if day]


def _full_dates(text: str, parts: tuple[Segment, ...]) -> Iterator[tuple[dt.date, Segment]]:
    for part in parts:
        if part.role in {"related_link", "boilerplate"} or part.duplicate_of:
            continue
        for match in _FULL.finditer(text, part.span.start, part.span.end):
            day = _full_day(match)
            if day:
                yield day, part


def _inferred(text: str, parts: tuple[Segment, ...]) -> list[Sign]:
    """Return the days that the text points to: by caption, by the weekday on which people spoke, or by both."""
    weekdays = {
        m.group(1) for p in parts if p.role == "body" for m in _WEEKDAY.finditer(text, p.span.start, p.span.end)
    }
    signs = []
    for day, part in _full_dates(text, parts):
        named = _WEEKDAYS[day.weekday()]
        agrees = named in weekdays
        if part.role == "caption":
            signs.append((2 + agrees, Sign(day, "inferred", f"A caption is dated {day.isoformat()}.")))
        elif agrees:
            signs.append((1, Sign(day, "inferred", f"The text names {day.isoformat()}.")))
        if agrees:
            signs.append((0, Sign(day, "inferred", f"The text says “{named}”, and {day.isoformat()} is a {named}.")))
    return [sign for _, sign in sorted(signs, key=lambda pair: -pair[0])]
