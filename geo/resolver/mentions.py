"""Where a text names a place: the parser's entities joined with what the gazetteer and the lexicon know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.gazetteer.folding import strict_key
from geo.gazetteer.index import CODE
from geo.resolver.words import PLACE_PREPOSITIONS, demonyms, postal_codes, style_forms
from geo.types import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer
    from geo.language import Doc, Parsed, ParsedSegment

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"})
MAX_WORDS = 5
KNOWN_TOWN = 15_000
_LEAD = re.compile(r"(?:the|The|THE)\s+")


class _Stretch(NamedTuple):
    """Token positions in one parsed segment."""

    first: int
    last: int
    kind: str
    weight: float


def find_mentions(parsed: Parsed, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the mentions of places in every segment, in the order of the text, none overlapping."""
    found = [mention for part in parsed.segments for mention in _in_segment(parsed, part, gazetteer)]
    return tuple(found)


def _in_segment(parsed: Parsed, part: ParsedSegment, gazetteer: Gazetteer) -> Iterator[Mention]:
    text = parsed.article.text
    stretches = [*_from_parser(part.doc), *_from_lexicon(part.doc, gazetteer), *_demonyms(part.doc)]
    for stretch in _disjoint(stretches):
        first, last = part.doc[stretch.first], part.doc[stretch.last]
        span = part.span(first, last)
        lead = _LEAD.match(text, span.start, span.end)
        span = Span(span.article, lead.end() if lead else span.start, span.end)
        kind = "demonym" if stretch.kind == "demonym" else "toponym"
        yield Mention(span, text[span.start : span.end], kind, part.segment.role)  # type: ignore[arg-type]


def _from_parser(doc: Doc) -> Iterator[_Stretch]:
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS:
            first, last = _trimmed(doc, entity.start, entity.end - 1)
            if first <= last:
                yield _Stretch(first, last, entity.label_, 2.0)


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first <= last and doc[first].lower_ in {"the", "a", "an", "'s", "’s"}:
        first += 1
    while first <= last and (doc[last].lower_ in {"'s", "’s", "'", "’"} or doc[last].is_space or doc[last].is_punct):
        last -= 1
    return first, last


def _from_lexicon(doc: Doc, gazetteer: Gazetteer) -> Iterator[_Stretch]:
    taken = {i for entity in doc.ents if entity.label_ in _OTHER_LABELS for i in range(entity.start, entity.end)}
    for first in range(len(doc)):
        if not _may_begin(doc[first].text) or first in taken:
            continue
        for last in range(min(first + MAX_WORDS, len(doc)) - 1, first - 1, -1):
            if _is_known(doc, first, last, gazetteer):
                yield _Stretch(first, last, "lexicon", 1.0)
                break


def _may_begin(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _is_known(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> bool:
    if not _may_begin(doc[last].text):
        return False
    text = doc[first : last + 1].text
    if text in style_forms() and ("." in text or text.isupper()):
        return True
    if text in postal_codes():
        return first > 1 and doc[first - 1].text == "," and doc[first - 2].text[:1].isupper()
    hits = gazetteer.find(text, loosest=CODE)
    if not hits or (hits[0].rank == CODE and not text.isupper()):
        return False
    wide = any(hit.place.feature != "PPL" and hit.place.feature != "ADM2" for hit in hits)
    large = max(hit.place.population for hit in hits) >= KNOWN_TOWN
    cued = first > 0 and doc[first - 1].lower_ in PLACE_PREPOSITIONS
    starts = first == 0 or doc[first - 1].text in {".", "\n", '"', "“", ":"}
    return (wide and not starts) or (large and cued) or (wide and last > first)


def _demonyms(doc: Doc) -> Iterator[_Stretch]:
    for token in doc:
        if token.text in demonyms():
            yield _Stretch(token.i, token.i, "demonym", 1.5)
        if token.i and f"{doc[token.i - 1].text} {token.text}" in demonyms():
            yield _Stretch(token.i - 1, token.i, "demonym", 1.6)


def _disjoint(stretches: list[_Stretch]) -> list[_Stretch]:
    """Return the stretches that remain when heavier, then longer ones push out those they overlap."""
    taken: set[int] = set()
    kept = []
    for stretch in sorted(stretches, key=lambda s: (-s.weight, s.first - s.last, s.first)):
        cells = set(range(stretch.first, stretch.last + 1))
        if not cells & taken:
            taken |= cells
            kept.append(stretch)
    return sorted(kept, key=lambda s: s.first)
