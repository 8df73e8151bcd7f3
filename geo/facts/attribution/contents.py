"""What is said: from a cue to the words that give its content, quoted or not."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geo.facts.attribution.complements import complement_of
from geo.facts.attribution.lexicon import lexicon
from geo.facts.attribution.sources import Range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.facts.attribution.candidates import Text
    from geo.facts.attribution.quotes import Quote
    from geo.language import Doc, Token

EDGES = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "!", "?"})
#: Kinds of cues that a quotation may complete.
SPEAKING = frozenset({"say", "ask", "think", "judge"})
#: How much of a clause must be quoted for the quotation to be the content, and the clause no more than its *that*.
MOSTLY = 0.7
SHORT = 3
#: Verbs whose object is who hears it, or a word of what is quoted anyway.
PLAIN = frozenset({"say", "tell", "write", "tweet", "add", "ask"})


def content_of(cue: Token, text: Text, others: frozenset[int]) -> tuple[Range, ...]:
    """Return the words that a cue reports, in order.

    Args:
        cue: The word that says that somebody says something.
        text: The segment that it stands in.
        others: Tokens of the segment's other cues: a quotation beyond one of them is not this one's.
    """
    if cue.text == ":":
        return _trimmed([Range(cue.i + 1, len(cue.doc) - 1)], cue.doc)
    clause = complement_of(cue)
    quoted = [] if text.speech_at(cue.idx) or not _kinds(cue) & SPEAKING else _quotations(cue, text, others)
    whole = _joined(cue, clause, quoted, _continued(cue, text, others)) if quoted else _merged(clause)
    return _trimmed(whole, cue.doc)


def _joined(cue: Token, clause: list[Range], quoted: list[Range], continued: list[Range]) -> list[Range]:
    """Return clause and quotations as one content: the one, the other, or both where they overlap."""
    touched = [part for part in quoted if any(_overlaps(part, other) for other in clause)]
    if touched and not _mostly_quoted(clause, quoted):
        ended = cue.i > max(part.last for part in touched)
        return _merged([*clause, *touched, *(continued if ended else [])])
    if clause and not touched and not _takes_quotations(cue):
        return clause
    return _merged([*quoted, *continued])


def _kinds(cue: Token) -> frozenset[str]:
    return lexicon().verbs.get(cue.lemma_.lower(), frozenset())


def _takes_quotations(cue: Token) -> bool:
    """Tell verbs that go with a quotation even where they have an object: *told reporters*, *said on Monday*."""
    deps = {child.dep_ for child in cue.children}
    return "say" in _kinds(cue) and "ccomp" not in deps and ("dobj" not in deps or cue.lemma_ in PLAIN)


def _quotations(cue: Token, text: Text, others: frozenset[int]) -> list[Range]:
    """Return the quotations of a cue's sentence that no other cue lies in between."""
    found = [
        _range(cue.doc, quote)
        for quote in text.quotes_in(text.sentence_of[cue.i])
        if not quote.start <= cue.idx < quote.end and _words(text, quote) >= SHORT
    ]
    return [part for part in found if not _owned(part, cue, others)]


def _owned(part: Range, cue: Token, others: frozenset[int]) -> bool:
    low, high = (part.last, cue.i) if part.last < cue.i else (cue.i, part.first)
    return any(low < other < high for other in others)


def _mostly_quoted(clause: Iterable[Range], parts: Iterable[Range]) -> bool:
    told = {i for part in clause for i in range(part.first, part.last + 1)}
    quoted = {i for part in parts for i in range(part.first, part.last + 1)}
    return len(told & quoted) >= MOSTLY * len(told)


def _continued(cue: Token, text: Text, others: frozenset[int]) -> list[Range]:
    """Return the quotations that follow the cue's sentence in its paragraph with nothing but space between."""
    doc, behind = cue.doc, text.sentence_of[cue.i].end_char
    end = behind
    found: list[Range] = []
    for quote in text.quotes[bisect_left(text.quotes, behind, key=lambda quote: quote.start) :]:
        part = _range(doc, quote)
        if part.first > part.last or text.words[end : quote.start].strip():
            break
        if any(part.last < other < text.sentence_of[part.last].end for other in others):
            break
        found.append(part)
        end = quote.end
    return found


def _words(text: Text, quote: Quote) -> int:
    return text.words.count(" ", quote.start, quote.end) + 1


def _range(doc: Doc, quote: Quote) -> Range:
    span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    return Range(span.start, span.end - 1) if span is not None else Range(0, -1)


def _overlaps(left: Range, right: Range) -> bool:
    return left.first <= right.last and right.first <= left.last


def _merged(parts: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for part in sorted(parts):
        if merged and part.first <= merged[-1].last + 1:
            merged[-1] = Range(merged[-1].first, max(merged[-1].last, part.last))
        else:
            merged.append(part)
    return merged


def _trimmed(parts: Iterable[Range], doc: Doc) -> tuple[Range, ...]:
    """Return the stretches without commas, stops and spaces at their edges; what was nothing else is gone."""
    kept: list[Range] = []
    for first, last in parts:
        left, right = first, last
        while left <= right and (doc[left].text in EDGES or doc[left].is_space):
            left += 1
        while right >= left and (doc[right].text in EDGES or doc[right].is_space):
            right -= 1
        if left <= right:
            kept.append(Range(left, right))
    return tuple(kept)
