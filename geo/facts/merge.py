"""One event told twice is one fact with two places in the text.

A headline, a line under it or a caption repeats what the body says more fully: its fact joins the body's. Of
several articles each keeps its own words: the earlier fact carries the later one's evidence and voices. What
contradicts stays apart, each noting the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.types import Fact, SegmentRole

_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")
_STOP = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "with",
        "from",
        "have",
        "has",
        "had",
        "was",
        "were",
        "will",
        "would",
        "been",
        "being",
        "are",
        "this",
        "their",
        "his",
        "her",
        "its",
        "who",
        "which",
        "said",
        "says",
        "say",
        "after",
        "into",
        "over",
        "out",
        "not",
        "they",
        "them",
        "but",
        "about",
    ]
)
_ALIKE = 0.4
_ALIKE_ARTICLES = 0.6
_MIN_SHARED = 2
_FAMILY = {
    "CONCEDE": "yield",
    "RETREAT": "yield",
    "DEADLINE": "zone",
    "AGREE": "zone",
    "THREATEN": "force",
    "ASSAULT": "force",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the role of the segment that tells it."""

    fact: Fact
    role: SegmentRole


def merge_roles(told: Sequence[Told]) -> tuple[Fact, ...]:
    """Return the facts of one article, those of headline and captions joined to the body's where it repeats them."""
    body = [t.fact for t in told if t.role == "body"]
    loose: list[Fact] = []
    for each in told:
        if each.role == "body":
            continue
        twins = (
            [i for i, fact in enumerate(body) if _alike(each.fact, fact, _ALIKE)] if each.role != "related_link" else []
        )
        best = max(twins, key=lambda i: _overlap(each.fact, body[i]), default=None)
        if best is None:
            loose.append(each.fact)
        else:
            body[best] = _joined(body[best], each.fact)
    return tuple(sorted([*body, *loose], key=lambda f: (f.evidence.start, -f.evidence.end)))


def merge_articles(readings: Iterable[Sequence[Fact]]) -> tuple[Fact, ...]:
    """Return the facts of several articles, the same event once, contradictions kept and noted on both sides."""
    merged: list[Fact] = []
    for facts in readings:
        earlier = len(merged)
        for fact in facts:
            at = _twin(fact, merged[:earlier])
            if at is None:
                merged.append(fact)
            elif _contradicts(fact, merged[at]):
                merged[at] = _noted(merged[at], fact)
                merged.append(_noted(fact, merged[at]))
            else:
                merged[at] = _joined(merged[at], fact)
    return tuple(merged)


def _twin(fact: Fact, earlier: Sequence[Fact]) -> int | None:
    near = [i for i, other in enumerate(earlier) if _same_story(fact, other)]
    return max(near, key=lambda i: _overlap(fact, earlier[i]), default=None)


def _same_story(one: Fact, other: Fact) -> bool:
    if "related" in (*one.notes, *other.notes) or not _same_family(one, other) or _days_differ(one, other):
        return False
    return _overlap(one, other) >= _ALIKE_ARTICLES or _same_parties(one, other)


def _alike(one: Fact, other: Fact, least: float) -> bool:
    if one.negated != other.negated or not _same_family(one, other) or _days_differ(one, other):
        return False
    return _overlap(one, other) >= least or _same_parties(one, other)


def _same_family(one: Fact, other: Fact) -> bool:
    def family(fact: Fact) -> str | None:
        return _FAMILY.get(fact.event or "", fact.event)

    return family(one) == family(other)


def _days_differ(one: Fact, other: Fact) -> bool:
    a, b = one.when, other.when
    return bool(a and b and a.start and b.start and (a.start, a.end) != (b.start, b.end))


def _same_parties(one: Fact, other: Fact) -> bool:
    """Two leaders who meet, and the same two meet in the body: that is the meeting."""
    if one.event != "CONSULT" or other.event != "CONSULT":
        return False
    return len(_keys(one) & _keys(other)) >= _MIN_SHARED


def _keys(fact: Fact) -> set[str]:
    return {actor.key for actor in fact.actors if actor.key}


def _overlap(one: Fact, other: Fact) -> float:
    a, b = _words(one), _words(other)
    smaller = min(len(a), len(b))
    shared = len(a & b)
    return shared / smaller if smaller and shared >= _MIN_SHARED else 0.0


def _words(fact: Fact) -> set[str]:
    words = {w.casefold() for w in _WORD.findall(fact.statement)}
    return {w[:5] for w in words if w not in _STOP}


def _contradicts(one: Fact, other: Fact) -> bool:
    """Told yes here and no there, or with figures that can't both be right."""
    if one.negated != other.negated and {one.certainty, other.certainty} <= {"established", "alleged"}:
        return True
    a, b = one.figure, other.figure
    if not a or not b or a.unit != b.unit or a.modifier or b.modifier:
        return False
    return a.high < b.low or b.high < a.low


def _joined(fact: Fact, other: Fact) -> Fact:
    spans = dict.fromkeys((*fact.same_event_as, other.evidence, *other.same_event_as))
    known = {voice.name for voice in fact.attribution}
    foreign = fact.evidence.article != other.evidence.article
    voices = tuple(v for v in other.attribution if v.name not in known) if foreign else ()
    return replace(
        fact, same_event_as=tuple(spans), attribution=(*fact.attribution, *voices), when=fact.when or other.when
    )


def _noted(fact: Fact, other: Fact) -> Fact:
    note = f"Contradicted in {other.evidence.article}: “{other.statement}”"
    return replace(fact, notes=tuple(dict.fromkeys((*fact.notes, note))))
