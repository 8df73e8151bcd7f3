"""The tagger: finds time expressions in a parsed article and says what they mean.

TIMEX3 (ISO-TimeML) in short: a *date* has a value on the calendar, a *time* one with a `T`, a *duration* a length
(`P3M`), a *set* a repetition (`XXXX-WXX-1`). Words of relation outside the expression (*by*, *until*, *since*) do
not belong to its span but bound its interval: *by Oct. 15* covers the days from publication to 15 October.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from geo.facts.times import calendar, signals
from geo.facts.times.lexicon import lexicon
from geo.facts.times.rules import worth_trying
from geo.facts.times.scene import Reading, Scene
from geo.types import DateRange, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.times.rules import Rule
    from geo.language import Parsed, ParsedSegment

#: What may stand between a clock time or a part of the day and the day that it belongs to.
JOINT = re.compile(r",?\s*(?:on\s+|of\s+|at\s+|at\s+about\s+)?", re.IGNORECASE)
#: The same hour told again between them: *10:35 a.m. (0735 GMT) Friday*.
AGAIN = re.compile(r"\s*\((?P<hour>[^()]{4,12}\b(?:GMT|UTC))\)", re.IGNORECASE)


#: An article that belongs to the noun behind the expression: *a* in *a two-day visit*.
ARTICLE = re.compile(
    r"(?:the\s+(?=[\w.]+-(?:quarter|half|second|minute|hour|day|week|month|year)\b)"
    r"|an?\s+(?=(?!hundred|thousand|dozen|half|couple|single|additional|extra|further|full|whole)[\w.]+[-\s](?:second|minute|hour|day|week|month|year)\b"
    r"(?!\s+(?:earlier|later|ago))))",
    re.IGNORECASE,
)
#: Digits in the value of a decade.
DECADE = 3
#: Rules whose date is told only by comparison: what follows does not point back to it.
TO_PRINT = timedelta(days=3)
DERIVED = frozenset({"ago", "units-ago", "year-ago", "year-period", "same-period", "earlier"})


@dataclass(frozen=True, slots=True, eq=False)
class _Match:
    start: int
    end: int
    rule: Rule
    found: re.Match[str]


@dataclass(frozen=True, slots=True)
class _Timex:
    start: int
    end: int
    reading: Reading


def tag(parsed: Parsed, published: str | None) -> tuple[DateRange, ...]:
    """Return the time expressions of all segments, in the order of the text.

    Args:
        parsed: The article's full parse.
        published: ISO day that *today* means; without it a value keeps X for what is not known (`XXXX-10-15`).
    """
    anchor = _written(parsed, _day(published))
    spoken_of: list[str] = []
    found: list[DateRange] = []
    for segment in parsed.segments:
        scene = Scene(segment.doc, anchor, spoken_of, len(spoken_of))
        found += [_range(timex, segment, scene) for timex in _read(scene)]
    return tuple(sorted(found, key=lambda timex: timex.span.start))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _written(parsed: Parsed, published: date | None) -> date | None:
    """Return the day of the dateline (`GENEVA, Sept. 12 (Reuters) -`) where that is a little earlier."""
    head = next((segment.doc.text for segment in parsed.segments if segment.segment.role == "body"), "")
    found = _dateline().match(head)
    if not found or published is None:
        return published
    day = _day(f"{published.year:04}-{lexicon().months[found['m']]:02}-{int(found['d']):02}")
    return day if day and timedelta() <= published - day <= TO_PRINT else published


@cache
def _dateline() -> re.Pattern[str]:
    months = lexicon().months.pattern
    return re.compile(
        rf"[A-Z][^\W\d_a-z][^\n]{{1,40}}?,\s+(?P<m>(?i:{months}))\s+(?P<d>\d{{1,2}})\s*(?:\([^)\n]+\)\s*)?[_–—-]"
    )


def _read(scene: Scene) -> list[_Timex]:
    text = scene.text
    candidates = [_match(rule, found) for rule in worth_trying(text) for found in rule.matches(text)]
    chosen: list[_Match] = []
    while len(fresh := _longest(candidates, len(text))) and fresh != chosen:
        chosen, refused = fresh, {match for match in fresh if not _readable(match, scene)}
        candidates = [match for match in candidates if match not in refused]
    return [_extended(timex, text) for timex in _joined(list(_timexes(chosen, scene)), text)]


def _readable(match: _Match, scene: Scene) -> bool:
    """Tell whether a rule makes anything of its match; if not, a shorter one has its chance."""
    return match.rule.read(match.found, scene) is not None


def _timexes(chosen: list[_Match], scene: Scene) -> Iterator[_Timex]:
    for match in chosen:
        reading = match.rule.read(match.found, scene)
        if reading is None:
            continue
        if re.match(r"\d", reading.value) and reading.kind in {"DATE", "TIME"} and match.rule.name not in DERIVED:
            scene.spoken_of.append(reading.value)
        yield _Timex(match.start, match.end, reading)


def _longest(candidates: list[_Match], size: int) -> list[_Match]:
    """Return the matches that do not overlap, the longest first served, in the order of the text."""
    taken: list[_Match] = []
    covered = bytearray(size)
    for match in sorted(candidates, key=lambda match: (match.start - match.end, match.start)):
        if not any(covered[match.start : match.end]):
            covered[match.start : match.end] = b"\1" * (match.end - match.start)
            taken.append(match)
    return sorted(taken, key=lambda match: match.start)


def _match(rule: Rule, found: re.Match[str]) -> _Match:
    core = "core" if found.groupdict().get("core") else 0
    skipped = ARTICLE.match(found[core])
    return _Match(found.start(core) + (skipped.end() if skipped else 0), found.end(core), rule, found)


def _joined(read: list[_Timex], text: str) -> list[_Timex]:
    """Return the readings with each clock time made one with the day beside it: `10 p.m. Wednesday`."""
    joined: list[_Timex] = []
    for timex in _without_zones(read, text):
        before = joined[-1] if joined else None
        again = AGAIN.match(text, before.end) if before else None
        one = _one(before, timex) if before else None
        if before and one and JOINT.fullmatch(text, again.end() if again else before.end, timex.start):
            joined[-1:] = [replace(before, reading=one.reading), timex] if again else [one]
        else:
            joined.append(timex)
    return joined


def _without_zones(read: list[_Timex], text: str) -> list[_Timex]:
    """Return the readings without hours told again for another part of the world."""
    again = {
        found.start("hour")
        for timex in read
        if timex.reading.kind == "TIME" and (found := AGAIN.match(text, timex.end))
    }
    return [timex for timex in read if timex.start not in again]


def _one(left: _Timex, right: _Timex) -> _Timex | None:
    kinds = (left.reading.kind, right.reading.kind)
    if kinds == ("TIME", "DATE"):
        clock, day = left.reading.value, right.reading.value
    elif kinds == ("DATE", "TIME"):
        day, clock = left.reading.value, right.reading.value
    else:
        return None
    if not calendar.DAY.fullmatch(day) or "T" not in clock:
        return None
    return _Timex(left.start, right.end, Reading("TIME", f"{day[:10]}T{clock.split('T', 1)[1]}"))


def _extended(timex: _Timex, text: str) -> _Timex:
    """Return a reading with the words before it that belong to it: `early`, `the end of`, `nearly`."""
    measured = timex.reading.kind == "DURATION" or text[timex.start : timex.end].lower().endswith("ago")
    if not measured and not re.match(r"\d", timex.reading.value):
        return timex
    if measured and text[timex.start : timex.end].lower().startswith(
        ("the ", "these ", "those ", "past", "last", "next")
    ):
        return timex
    found = _before(measured=measured).search(text, max(0, timex.start - 40), timex.start)
    if not found:
        return timex
    mod = (lexicon().modifiers if measured else lexicon().parts).get(found["word"])
    decade = timex.reading.value.isdigit() and len(timex.reading.value) == DECADE
    first = found.start() if decade or found["word"].lower().endswith(" of") else found.start("word")
    return _Timex(first, timex.end, timex.reading._replace(mod=mod))


@cache
def _before(*, measured: bool) -> re.Pattern[str]:
    table, between = (lexicon().modifiers, "") if measured else (lexicon().parts, r"(?:in\s+|on\s+)?")
    return re.compile(rf"(?<!\w)(?:the\s+)?(?P<word>{table.pattern})(?:\s+|-){between}(?:the\s+)?\Z", re.IGNORECASE)


def _range(timex: _Timex, segment: ParsedSegment, scene: Scene) -> DateRange:
    reading = timex.reading
    start, end = (reading.start, reading.end) if reading.start else calendar.interval(reading.value)
    whole = DateRange(
        span=Span(segment.segment.span.article, segment.offset + timex.start, segment.offset + timex.end),
        text=scene.text[timex.start : timex.end],
        kind=cast("Literal['DATE', 'TIME', 'DURATION', 'SET']", reading.kind),
        value=reading.value,
        start=start,
        end=end,
        edtf=f"{start}/{end}" if reading.start else calendar.edtf(reading.value),
        mod=reading.mod,
    )
    return signals.bounded(whole, scene, timex.start)
