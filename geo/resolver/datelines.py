"""Datelines, where a report was filed: *KYIV -*, *BEIRUT (Reuters) —*, *HODEIDAH, Yemen —*, *Goma, 12 March -*.

The place stands at the head of a line and a dash follows it. In capitals, with an agency or with a day it is taken
where the gazetteer knows the name; without them (*Goma – Heavy rain*) only a town of some size is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.gazetteer.folding import strict_key
from geo.gazetteer.index import LOOSE
from geo.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer

_WORD = r"(?:[^\W\d_]+(?:['’`.-][^\W\d_]+)*\.?)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,4}}?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_LINE = re.compile(
    rf"^[ \t]*(?P<name>{_NAME})(?P<more>(?:(?:,\s|/){_NAME}){{0,2}})(?P<day>,\s{_DAY})?"
    r"(?P<agency>\s?(?:\([^()\n]{2,40}\)|/[A-Z][\w ]{1,20}/|,\s[A-Z]{2,12}(?=\s)))?\s?(?:—|–|―|--|-)\s?(?=[\"“‘'«A-Z])",
    re.MULTILINE,
)
#: Without one there is no dateline: most lines need no closer look.
_DASH = re.compile(r"[—–―-]\s?[\"“‘'«A-Z]")
_LONGEST = 90
_MOST = 8
#: People of a town that stands in a dateline with nothing but a dash.
_LARGE = 50_000


def find_datelines(text: str, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the spans (without an article's id) of the places that datelines of a text name, in order."""
    found: list[Span] = []
    for match in _heads(text):
        if match.end() - match.start() <= _LONGEST and len(found) < _MOST:
            found.extend(_spans(match, gazetteer))
    return tuple(found)


def _heads(text: str) -> Iterator[re.Match[str]]:
    """Yield the heads of lines that look like a dateline."""
    start = 0
    while True:
        match = _LINE.match(text, start) if _DASH.search(text, start, start + _LONGEST + 1) else None
        if match:
            yield match
        start = text.find("\n", match.end() - 1 if match else start) + 1
        if not start:
            return


def _spans(match: re.Match[str], gazetteer: Gazetteer) -> Iterator[Span]:
    name = match["name"]
    plain = not (name.isupper() or match["agency"] or match["day"])
    if not _known(name, gazetteer, large=plain):
        return
    yield Span("", match.start("name"), match.end("name"))
    for part in re.finditer(rf"(?:,\s|/)({_NAME})(?=[,/]|$)", match["more"]):
        agency = part[1].isupper() and not name.isupper()
        if not agency and _known(part[1], gazetteer, large=False):
            offset = match.start("more")
            yield Span("", offset + part.start(1), offset + part.end(1))


@lru_cache(maxsize=4096)
def _known(name: str, gazetteer: Gazetteer, *, large: bool) -> bool:
    from geo.resolver.words import style_forms

    if name in style_forms():
        return True
    if len(strict_key(name)) < 3:  # noqa: PLR2004  no town that reports are filed from has a shorter name
        return False
    hits = gazetteer.find(name.title() if name.isupper() else name, loosest=LOOSE)
    return any(hit.place.population >= (_LARGE if large else 0) for hit in hits)
