"""Quotes that find their place again: W3C TextQuoteSelector and TextPositionSelector.

A quote with the words before and after it survives a corrected article, where a position does not
(https://www.w3.org/TR/annotation-model/#text-quote-selector).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.types import Article, Span

CONTEXT = 32
"""Characters of context on either side, as the W3C's examples and most annotators have it."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A quote with its surroundings."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def key(self) -> str:
        """Return twelve hexadecimal digits that stand for this quote in its surroundings."""
        whole = f"{self.prefix}\x1f{self.exact}\x1f{self.suffix}"
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def select(article: Article, span: Span) -> Selector:
    """Return the selector of a span of an article."""
    text = article.text
    return Selector(
        exact=text[span.start : span.end],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def anchor(article: Article, span: Span) -> dict[str, object]:
    """Return a span as W3C selectors, quote and position, in plain JSON values."""
    quote = select(article, span)
    return {
        "article": span.article,
        "quote": {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
        "position": {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    }


def matches(article: Article, selector: Selector) -> list[int]:
    """Return every place where the quote stands in these surroundings; where none is, no place."""
    found, at = [], article.text.find(selector.exact)
    while selector.exact and at >= 0:
        before = article.text[:at].endswith(selector.prefix)
        after = article.text.startswith(selector.suffix, at + len(selector.exact))
        found += [at] if before and after else []
        at = article.text.find(selector.exact, at + 1)
    return found
