"""Whom a voice stands for: the person behind *he said* and *the two leaders said*, and the speaker of a transcript.

A voice keeps the words that the text has (`source`); only its name, and its key among the known actors, come from
elsewhere in the article. What the rules cannot decide keeps its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.facts import actors
from geo.facts.coreference import GROUPS, PERSONAL, antecedent, segment_at
from geo.types import Span, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.facts.lexicon import Lexicon
    from geo.language import Parsed, ParsedSegment, Token

#: A speaker's name before what he says: `PUTIN:`, `Sergei Lavrov:`, `Q:`. One alone may be a dateline or a heading.
_LABEL = re.compile(r"\s*(?P<name>[A-Z](?:[\w.'’-]+(?:\s+[A-Z][\w.'’-]*){0,4})?)\s*:\s+(?=\S)")
_LEAST_TURNS = 2
_FIRST_PERSON = frozenset({"i", "we"})


@dataclass(frozen=True, slots=True)
class Turns:
    """Who speaks in each segment of a transcript; empty for any other text."""

    by_segment: Mapping[int, Voice]
    """By the place where a segment begins in the article's text."""

    def voiced(self, segment: ParsedSegment, found: Sequence[Voice]) -> tuple[Voice, ...]:
        """Return the voices of a fact with the speaker of its turn last; *I* and *we* are the speaker."""
        speaker = self.by_segment.get(segment.segment.span.start)
        if speaker is None:
            return tuple(found)
        others = [voice for voice in found if voice.name.lower() not in _FIRST_PERSON and voice.name != speaker.name]
        return (*others, speaker)


def turns(parsed: Parsed, lexicon: Lexicon) -> Turns:
    """Return the turns of a transcript: a line without a label goes on with the speaker before it."""
    body = [segment for segment in parsed.segments if segment.segment.role == "body"]
    labels = {segment.segment.span.start: _label(segment, lexicon) for segment in body}
    if sum(label is not None for label in labels.values()) < _LEAST_TURNS:
        return Turns({})
    found: dict[int, Voice] = {}
    speaker: Voice | None = None
    for start, label in labels.items():
        speaker = label or speaker
        if speaker is not None:
            found[start] = speaker
    return Turns(found)


def _label(segment: ParsedSegment, lexicon: Lexicon) -> Voice | None:
    match = _LABEL.match(segment.doc.text)
    if match is None:
        return None
    start = segment.offset + match.start("name")
    span = Span(segment.segment.span.article, start, start + len(match["name"]))
    inside = segment.doc.char_span(match.start("name"), match.end("name"), alignment_mode="expand")
    known = [n for n in actors.named(segment, lexicon) if inside is not None and n.last < inside.end]
    if known:
        return Voice(known[-1].name, span, None, known[-1].key)
    name = match["name"]
    return Voice(name.title() if name.isupper() and len(name) > 1 else name, span)


def named(voice: Voice, parsed: Parsed, lexicon: Lexicon) -> Voice:
    """Return a voice with the name that its pronoun, or *the two leaders*, points back to."""
    if voice.source is None or voice.actor is not None or not _points_back(voice.name):
        return voice
    found = antecedent(parsed, voice.source)
    segment = _segment_of(found, parsed) if found else None
    if found is None or segment is None:
        return voice
    words = segment.doc.char_span(found.start - segment.offset, found.end - segment.offset, alignment_mode="expand")
    text = " ".join(parsed.article.slice(found).split())
    if _points_back(text) or (PERSONAL.get(voice.name.lower()) == "p" and not _is_near(found, voice.source, segment)):
        return voice
    known = [n for n in actors.named(segment, lexicon) if words and n.first <= words.root.i <= n.last]
    return replace(voice, name=known[0].name, actor=known[0].key) if known else replace(voice, name=text)


def referent(token: Token, segment: ParsedSegment, parsed: Parsed) -> tuple[Token, ...]:
    """Return the words that a pronoun points back to; empty where it is none, or where nobody can tell."""
    if token.lower_ not in PERSONAL:
        return ()
    found = antecedent(parsed, segment.span(token))
    home = _segment_of(found, parsed) if found else None
    if found is None or home is None:
        return ()
    words = home.doc.char_span(found.start - home.offset, found.end - home.offset, alignment_mode="expand")
    return tuple(words) if words is not None else ()


def _is_near(found: Span, source: Span, segment: ParsedSegment) -> bool:
    """*They* is trusted within a paragraph only: plural nouns are many."""
    last = segment.doc[-1]
    return found.article == source.article and segment.offset <= source.start <= segment.offset + last.idx


def _points_back(name: str) -> bool:
    words = name.lower().split()
    return len(words) > 0 and ((len(words) == 1 and words[0] in PERSONAL) or words[0] == "the" or words[0] in GROUPS)


def _segment_of(span: Span, parsed: Parsed) -> ParsedSegment | None:
    place = segment_at(parsed, span)
    return None if place is None else parsed.segments[place]
