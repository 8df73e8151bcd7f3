"""An article's segments, each with its parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geo.article.language import guess
from geo.language import model
from geo.language.capitals import in_capitals, truecase
from geo.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.language.model import Doc, SentenceSpan, Token
    from geo.types import Article, Segment

#: Longest text, in characters, that is given to the parser in one piece; its memory grows with the length.
PIECE = 20_000
#: Half of a character, which no text may hold and the parser cannot take.
_HALF = re.compile(r"[\ud800-\udfff]")
BREAK = re.compile(r"\n+|(?<=[.!?])\s+|\s+")


@dataclass(frozen=True, slots=True)
class ParsedSegment:
    """A segment, or a piece of one that is too long, with its parse."""

    segment: Segment
    doc: Doc
    offset: int
    """Where `doc` begins in `Article.text`: `offset + token.idx` is the token's place there."""

    @property
    def sentences(self) -> tuple[SentenceSpan, ...]:
        """Return the sentences; the whole text as one where grammar was left out."""
        if self.doc.has_annotation("SENT_START"):
            return tuple(self.doc.sents)
        return (self.doc[:],) if len(self.doc) else ()

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the stretch of the article from one token to another, both included."""
        final = last if last is not None else first
        return Span(self.segment.span.article, self.offset + first.idx, self.offset + final.idx + len(final))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article and the parse of each of its segments, in the order of the text."""

    article: Article
    segments: tuple[ParsedSegment, ...]
    language: str
    """BCP 47 as judged from the text; `und` where it is too short to tell."""
    model: str
    """Package and version of the model, for a report's provenance."""
    full: bool = True
    """Whether tags, lemmas and dependencies were computed, or names only."""


class _Piece(NamedTuple):
    segment: Segment
    offset: int
    text: str


def parse(article: Article, *, full: bool = True) -> Parsed:
    """Return the parse of every segment of an article.

    Args:
        article: Any length; a segment of more than `PIECE` characters is parsed in pieces.
        full: False leaves out tags, lemmas and dependencies, which names do not need.

    Raises:
        MissingPart: No English model is installed.
    """
    pieces = [piece for segment in article.segments for piece in _pieces(article, segment)]
    words = model.common_words() if any(in_capitals(piece.text) for piece in pieces) else frozenset[str]()
    texts = [_readable(piece.text, words) for piece in pieces]
    once = tuple(dict.fromkeys(texts))
    docs = dict(zip(once, model.docs(once, full=full), strict=True))
    return Parsed(
        article=article,
        segments=tuple(
            ParsedSegment(piece.segment, docs[text], piece.offset) for piece, text in zip(pieces, texts, strict=True)
        ),
        language=guess(article.text),
        model=model.model_name(),
        full=full,
    )


def _readable(text: str, common: frozenset[str]) -> str:
    plain = _HALF.sub("\ufffd", re.sub(r"[\u00a0\u202f\r\n]", " ", text))
    return truecase(plain, common=common) if common and in_capitals(plain) else plain


def _pieces(article: Article, segment: Segment) -> Iterator[_Piece]:
    """Yield a segment whole, or cut at line ends, sentence ends or spaces, the best there is near the limit."""
    start, end = segment.span.start, segment.span.end
    while end - start > PIECE:
        cut = _cut(article.text, start + PIECE // 2, start + PIECE)
        yield _Piece(segment, start, article.text[start:cut])
        start = cut
    yield _Piece(segment, start, article.text[start:end])


def _cut(text: str, low: int, high: int) -> int:
    breaks = {
        match[0][:1] == "\n" or text[match.start() - 1] in ".!?": match.end()
        for match in BREAK.finditer(text, low, high)
    }
    return breaks.get(True) or breaks.get(False) or high
