"""Attributions: who says what, by which word.

A cue is found by the model of `model.py` among the candidates of `candidates.py`; its source and its content are
read off the parse and the quotation marks. The conventions are those of the PolNeAR corpus (Newell, Margolin and
Ruths 2018): beliefs, intentions and judgements count as well as speech; the content keeps its *that* and its marks;
inside a quotation nothing is attributed a second time unless the model is sure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from geo.facts.attribution.candidates import Text, candidates, features
from geo.facts.attribution.contents import content_of
from geo.facts.attribution.model import model
from geo.facts.attribution.sources import Range, source_of
from geo.types import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.language import Parsed, Token

    Mode = Literal["direct", "indirect", "mixed"]

#: A speech of more paragraphs than this is a mark that somebody forgot to close.
MOST_PARAGRAPHS = 6


def find(parsed: Parsed) -> tuple[Attribution, ...]:
    """Return the attributions of all segments, in the order of their cues.

    Needs the full parse, and returns nothing without it. A source that the text does not name is empty; so is a
    content that could not be bounded.
    """
    if not parsed.full:
        return ()
    texts = [Text(segment, position) for position, segment in enumerate(parsed.segments)]
    return tuple(found for text in texts for found in _read(text, texts[text.position + 1 :]))


def _read(text: Text, following: list[Text]) -> Iterator[Attribution]:
    weigh = model()
    cues = [token for token in candidates(text) if weigh.probability(features(token, text)) >= weigh.threshold]
    places = frozenset(cue.i for cue in cues)
    for cue in cues:
        source, content = source_of(cue), content_of(cue, text, places - {cue.i})
        beyond = tuple(_beyond(cue, content, text, following))
        yield Attribution(
            source=_spans((source,) if source else (), text),
            cue=_spans((cue_range(cue),), text),
            content=_spans(content, text) + beyond,
            mode="direct" if beyond and not content else _mode(content, text),
        )


def _beyond(cue: Token, content: tuple[Range, ...], text: Text, following: list[Text]) -> Iterator[Span]:
    """Yield the paragraphs that a quotation goes on in: after *He said:*, and while no mark closes it."""
    words = text.words
    if content:
        last = text.quotes[-1] if text.quotes else None
        goes_on = last is not None and not last.closed and text.quote_at(text.segment.doc[content[-1].last].idx) == last
    else:
        goes_on = words.rstrip().endswith(":") and not words[cue.idx :].strip(" :").count(" ")
    for after in following[:MOST_PARAGRAPHS]:
        quote = after.quotes[0] if goes_on and after.quotes else None
        if quote is None or after.words[: quote.start].strip():
            return
        offset = after.segment.offset
        yield Span(after.segment.segment.span.article, offset + quote.start, offset + quote.end)
        goes_on = not quote.closed


def cue_range(cue: Token) -> Range:
    """Return the words of a cue: the word itself, with the particle or the *to* that makes it one."""
    last = cue.i
    after = cue.doc[cue.i + 1] if cue.i + 1 < len(cue.doc) else None
    if after is not None and after.head == cue and (after.dep_ == "prt" or cue.lower_ == "according"):
        last = after.i
    return Range(cue.i, last)


def _mode(content: Iterable[Range], text: Text) -> Mode:
    doc = text.segment.doc
    words = [doc[i] for part in content for i in range(part.first, part.last + 1) if not doc[i].is_punct]
    quoted = sum(text.quote_at(word.idx) is not None for word in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(words) else "mixed"


def _spans(ranges: Iterable[Range], text: Text) -> tuple[Span, ...]:
    doc = text.segment.doc
    return tuple(text.segment.span(doc[part.first], doc[part.last]) for part in ranges)
