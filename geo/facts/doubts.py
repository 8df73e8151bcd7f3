"""What a report itself does not vouch for: *neither claim could be independently verified*, *the army denied this*.

A sentence of that kind makes allegations of what somebody was quoted with just before it: of all that stands before
it in its paragraph where it speaks of *claims* or *neither*, else of the last sentence; a paragraph that opens with
it means the one before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.types import READ_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.language import ParsedSegment
    from geo.types import Fact, Span

_CHECKED = r"(?:verif|confirm|corroborat|authenticat|substantiat)"
_UNVERIFIED = re.compile(
    rf"(?:\b(?:could|can|has|have|had|was|were|is|are|did)\s*(?:not|n[’']t)|\bcannot)\b[^.;]{{0,40}}\b{_CHECKED}"
    rf"|\b(?:unable|impossible|not\s+possible|difficult)\s+to\s+(?:\w+\s+)?{_CHECKED}"
    rf"|\b(?:neither|none|nothing)\b[^.;]{{0,60}}\b{_CHECKED}"
    r"|\bno\s+(?:(?:immediate|independent|official)\s+)*(?:confirmation|verification|corroboration)\b",
    re.IGNORECASE,
)
#: An accusation that is denied where it is made, or in the sentence after it.
_CHARGE = r"(?:charges?|claims?|allegations?|accusations?|reports?|assertions?|involvement|responsibility)"
_REFUSED = r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?|dispute[sd]?)"
_DENIED = re.compile(
    rf"\b{_REFUSED}\s+(?:this|(?:that|it)(?=\s*[.,;:”\"]|$)|(?:the|these|those|any|all|such|both)\s+(?:\w+\s+)?{_CHARGE})\b(?!\s+(?:that|of)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    rf",\s+(?:an?|something)\s*(?:\w+\s+)?{_CHARGE}?\s+(?:that\s+)?[^,;]{{2,60}}?\b{_REFUSED}\b", re.IGNORECASE
)
#: *Could not verify reports that nine drowned*: what is in doubt is said there, not before.
_SELF_TOLD = re.compile(
    rf"\b{_CHECKED}\w*\s+(?:\w+\s+){{0,2}}?(?:{_CHARGE}\s+)?(?:that|of|whether|how)\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:claims?|reports?|accounts?|allegations?|statements?|assertions?|figures?|tolls?|details|information|footage"
    r"|videos?|neither|none|nothing|this|that|these|those|it|confirmation|verification|corroboration)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:claims|reports|accounts|allegations|statements|assertions|figures|neither|none|these|those)\b", re.IGNORECASE
)


def doubted(segments: Sequence[ParsedSegment]) -> tuple[Span, ...]:
    """Return the stretches whose quoted claims the report itself says nobody could verify."""
    body = [segment for segment in segments if segment.segment.role in READ_ROLES and segment.sentences]
    found: list[Span] = []
    for place, segment in enumerate(body):
        for number, sentence in enumerate(segment.sentences):
            text = sentence.text
            late, refused = _UNVERIFIED.search(text), _DENIED.search(text)
            parted = refused is not None and ";" in text[: refused.start()]  # *said X; Kyiv dismissed the report*
            if _ASIDE.search(text) or parted or (late and late.start() > len(text) / 3):
                found.append(segment.span(sentence[0], sentence[-1]))
            open_ = late and _TOLD.search(text) and not _SELF_TOLD.search(text)
            if parted or not (open_ or refused):
                continue
            before = (segment, number) if number else (body[place - 1], None) if place else None
            if before:
                part = before[0].sentences[: before[1]]
                first = part[0] if _MANY.search(text) else part[-1]
                found.append(before[0].span(first[0], part[-1][-1]))
    return tuple(found)


def weighed(fact: Fact, doubts: Sequence[Span]) -> Fact:
    """Return a fact as an allegation, where somebody else is quoted with it and nobody could verify it."""
    where = fact.evidence
    doubtful = any(d.start <= where.start and where.end <= d.end for d in doubts)
    if not doubtful or fact.certainty != "established" or fact.negated:
        return fact
    sources = [voice.source for voice in fact.attribution if voice.source]
    quoted = any(not (where.start <= source.start and source.end <= where.end) for source in sources)
    return replace(fact, certainty="alleged") if quoted else fact
