"""The article as the page shows it: blocks of sentences, and the runs in them that lead to marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from layers.interface import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.types import Article, Segment, Span
    from layers.document import ArticleDoc, Block, Run, Sentence, TextMode


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of an article that leads to marks."""

    span: Span
    kind: Literal["place", "fact", "time", "zone"]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the page and where it stands in its article."""

    id: str
    span: Span


def lines(articles: Sequence[Article], sentences: Iterable[Span]) -> tuple[Line, ...]:
    """Return the sentences that the page may show, numbered in document order.

    Boilerplate and what repeats an earlier segment are left out; a segment without sentences counts as one.
    """
    spans = list(sentences)
    found = (each for article in articles for segment in shown(article) for each in _within(segment.span, spans))
    return tuple(Line(f"s{number}", span) for number, span in enumerate(found, start=1))


def shown(article: Article) -> Iterator[Segment]:
    """Yield the segments of an article that a reader should see."""
    return (part for part in article.segments if part.role != "boilerplate" and part.duplicate_of is None)


def touching(span: Span, numbered: Iterable[Line]) -> list[str]:
    """Return the ids of the sentences that a span shares characters with."""
    return [line.id for line in numbered if _overlap(line.span, span)]


def article_doc(article: Article, numbered: Sequence[Line], marked: Sequence[Marked], mode: TextMode) -> ArticleDoc:
    """Return an article as blocks; `quotes` keeps only sentences with marks, `none` keeps no text."""
    return {
        "id": article.id,
        "title": article.title or "Untitled report",
        "source": article.source,
        "url": article.url if article.url and article.url.startswith(("https://", "http://")) else None,
        "language": article.language,
        "dir": direction(article.language),
        "published": {
            "date": article.published.date,
            "basis": article.published.basis,
            "evidence": list(article.published.evidence),
        },
        "text_mode": mode,
        "blocks": [] if mode == "none" else list(_blocks(article, numbered, marked, mode)),
        "notes": list(article.notes),
    }


def _blocks(article: Article, numbered: Sequence[Line], marked: Sequence[Marked], mode: TextMode) -> Iterator[Block]:
    gap = False
    for segment in shown(article):
        mine = [line for line in numbered if _overlap(line.span, segment.span)]
        sentences = [_sentence(article, line, marked) for line in mine]
        kept = [each for each in sentences if mode == "full" or each["marks"]]
        if len(kept) < len(sentences) and not gap:
            yield {"role": "gap", "sentences": []}
        gap = not kept
        if kept:
            yield {"role": segment.role if segment.role != "boilerplate" else "body", "sentences": kept}


def _sentence(article: Article, line: Line, marked: Sequence[Marked]) -> Sentence:
    about = [each for each in marked if _overlap(each.span, line.span)]
    runs = [_run(line, each) for each in about]
    marks = dict.fromkeys(mark for each in about for mark in each.marks)
    return {
        "id": line.id,
        "text": article.text[line.span.start : line.span.end],
        "runs": sorted(runs, key=lambda run: (run["start"], -run["end"])),
        "marks": list(marks),
    }


def _run(line: Line, marked: Marked) -> Run:
    start, end = max(marked.span.start, line.span.start), min(marked.span.end, line.span.end)
    return {
        "start": start - line.span.start,
        "end": end - line.span.start,
        "kind": marked.kind,
        "marks": list(marked.marks),
    }


def _within(segment: Span, sentences: Sequence[Span]) -> list[Span]:
    return [each for each in sentences if _overlap(each, segment)] or [segment]


def _overlap(one: Span, other: Span) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
