"""Lines and paragraphs of a text, and the part that each one plays.

A page copied from a browser carries share buttons, captions printed twice, teasers of other articles and
cookie notes between its paragraphs. Each line (or hard-wrapped paragraph) becomes a `Segment` with a role, so
that nothing but the report itself is read for facts. The cues stand in `lines.yaml`; what can't be said by a
pattern (a line doubled, a caption repeated, a headline by its position) stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from geo import wordlists
from geo.types import Segment, SegmentRole, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-*•‣◦–—]\s+|\d{1,2}[.)]\s+)(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_DATE_ONLY = re.compile(
    r"(?:\w+day,?\s+)?(?:\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d)"
    r"[\s,|•·T-]*(?:\d{1,2}[:.]\d\d.{0,12})?$"
)
_BY_STAFF = re.compile(
    r"by\s+(?:an?|our|the|staff|special|foreign)\b.{0,40}\b(?:writer|reporter|correspondent|staff)s?\b", re.IGNORECASE
)
_CLOCK_ONLY = re.compile(
    r"\d{1,2}[:.h]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:GMT|UTC|BST|EST|local time|[A-Z]{2,4})?\s*:?$", re.IGNORECASE
)
_DATELINE = re.compile(
    r"[A-Z][\w.'’ -]{2,40}(?:,\s[^—–-]{2,40})?\s*(?:\((?:[A-Z][\w. ]{1,30})\))?\s*(?:—|–|--|-)\s+(?=\S)"
)

_WRAP_MIN = 45  # a shorter line that does not end a sentence is a heading or an item, not a wrapped one
_WRAP_MAX = 132  # no mail reader or wire wraps wider
_BYLINE_WORDS = 8
_HEADLINE_WORDS = 40
_SUBHEADLINE_WORDS = 60
_DOUBLED_MIN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text that may become a segment: offsets without the white space around it."""

    start: int
    end: int
    text: str
    heading: bool = False
    bullet: bool = False
    block: int = 0
    """Lines without a blank line between them share a block."""


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    raw = wordlists.read("geo.article", "lines.yaml")
    return {role: re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) for role, patterns in raw.items()}


def lines(text: str) -> list[Line]:
    """Return the lines of a text, hard-wrapped paragraphs put together again."""
    return list(_unwrapped(list(_raw_lines(text)), text))


def _raw_lines(text: str) -> Iterator[Line]:
    block, last_end = 0, 0
    for match in _LINE.finditer(text):
        body = match.group().strip()
        if not body:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        block += text.count("\n", last_end, start) > 1
        mark = _HEADING.match(body) or _BULLET.match(body)
        skip = mark.end() if mark else 0
        last_end = start + len(body)
        yield Line(
            start + skip, last_end, body[skip:], bool(mark) and body[0] == "#", bool(mark) and body[0] != "#", block
        )


def _unwrapped(raw: Sequence[Line], text: str) -> Iterator[Line]:
    width = {line.block: 0 for line in raw}
    for line in raw:
        width[line.block] = max(width[line.block], line.end - line.start)
    held: Line | None = None
    for line, following in zip_longest(raw, raw[1:]):
        closed = following is None or following.block != line.block or not following.text[0].islower()
        signs_it = closed and len(line.text.split()) <= _BYLINE_WORDS and _is_byline(line.text)
        if held and not signs_it and _wraps(held, line, width[line.block], text):
            held = Line(held.start, line.end, text[held.start : line.end], held.heading, held.bullet, held.block)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _wraps(first: Line, second: Line, width: int, text: str) -> bool:
    """Was `second` broken off `first` by a fixed line width? Then its first word would not have fitted."""
    if first.block != second.block or second.bullet or second.heading or first.heading or width > _WRAP_MAX:
        return False
    tail = text.rfind("\n", first.start, first.end) + 1
    length = first.end - max(tail, first.start)
    word = len(second.text.split(maxsplit=1)[0])
    return length >= _WRAP_MIN and length + 1 + word > width


def is_doubled(text: str) -> bool:
    """Tell whether a line is one string said twice without a break, as share buttons are when copied."""
    half = len(text) // 2
    return len(text) >= _DOUBLED_MIN and (text[:half] == text[half:] or text[:half] == text[half + 1 :])


def segments(
    text: str, article: str, *, title: str | None = None, links: frozenset[str] = frozenset()
) -> tuple[Segment, ...]:
    """Return every line as a segment with its role, in text order.

    Args:
        text: the article's text, unchanged.
        article: `Article.id`, for the spans.
        title: the headline, where the file's metadata give one.
        links: texts of paragraphs that were nothing but a link (HTML only).
    """
    parts = [piece for line in lines(text) for piece in _classified(line, links)]
    parts = _with_captions(_with_headline(parts, title))
    return tuple(_segments(parts, article))


_Part = tuple[Line, SegmentRole]


def _classified(line: Line, links: frozenset[str]) -> Iterable[_Part]:
    credit = _cues()["credit"].search(line.text)
    if credit and credit.start() > 0:
        cut = line.start + credit.start()
        rest = line.text[credit.start() :]
        lead = len(rest) - len(rest.lstrip())
        caption = Line(line.start, cut, line.text[: credit.start()].rstrip(), block=line.block)
        return [(caption, "caption"), (Line(cut + lead, line.end, rest.lstrip(), block=line.block), "boilerplate")]
    return [(line, _role(line, links))]


def _role(line: Line, links: frozenset[str]) -> SegmentRole:
    cues = _cues()
    if is_doubled(line.text):
        return "boilerplate"
    if line.text in links or cues["related_link"].match(line.text):
        return "related_link"
    if cues["boilerplate"].match(line.text):
        return "boilerplate"
    if _is_byline(line.text):
        return "byline"
    return "caption" if cues["caption"].match(line.text) else "body"


def _is_byline(text: str) -> bool:
    cue = _cues()["byline"].match(text)
    by_name = cue and (text[:3].lower() != "by " or text[3:4].isupper())
    named = (by_name or _BY_STAFF.match(text)) and not _ENDS_SENTENCE.search(text)
    editors = cue and re.match(r"(?i)(?:additional )?(?:reporting|writing|editing|edited|last|published|updated)", text)
    return bool(named or editors or _DATE_ONLY.match(text) or _CLOCK_ONLY.match(text))


def _with_headline(parts: list[_Part], title: str | None) -> list[_Part]:
    """Name the headline (the title's line, else a first line that is no sentence) and what stands under it."""
    body = [i for i, (_, role) in enumerate(parts) if role == "body"]
    if not body:
        return parts
    first = next((i for i in body if title and _same(parts[i][0].text, title)), body[0])
    if len(body) == 1 or not (_same(parts[first][0].text, title or "") or _reads_as_headline(parts[first][0])):
        return parts
    parts[first] = (parts[first][0], "headline")
    after = [i for i in body if i > first]
    if len(after) > 1 and _reads_as_subheadline(parts[after[0]][0]):
        parts[after[0]] = (parts[after[0]][0], "subheadline")
    return parts


def _same(text: str, other: str) -> bool:
    return text.casefold().split() == other.casefold().split()


def _reads_as_headline(line: Line) -> bool:
    short = len(line.text.split()) <= _HEADLINE_WORDS
    return line.heading or (
        short and not line.bullet and not _ENDS_SENTENCE.search(line.text) and not _DATELINE.match(line.text)
    )


def _reads_as_subheadline(line: Line) -> bool:
    short = len(line.text.split()) <= _SUBHEADLINE_WORDS
    closed = _ENDS_SENTENCE.search(line.text) or line.text.endswith(":")
    return short and not closed and not line.bullet and not line.heading and not _DATELINE.match(line.text)


def _with_captions(parts: list[_Part]) -> list[_Part]:
    """Make a body line that a caption repeats a caption as well."""
    captions = {line.text for line, role in parts if role == "caption"}
    return [(line, "caption" if role == "body" and line.text in captions else role) for line, role in parts]


def _segments(parts: Sequence[_Part], article: str) -> Iterator[Segment]:
    seen: dict[str, Span] = {}
    for line, role in parts:
        span = Span(article, line.start, line.end)
        key = " ".join(line.text.casefold().split())
        yield Segment(span, role, duplicate_of=seen.get(key))
        seen.setdefault(key, span)
