"""A web page to the text of its report: trafilatura, with the in-body teasers marked.

trafilatura drops menus and comments but keeps paragraphs that are nothing but a link to another report; those are
collected beforehand, so that the line classifier knows them.
"""

from __future__ import annotations

import re
from typing import Any

from geo.article.reader import Meta
from geo.errors import InputError
from geo.types import Where

_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "div", "aside")
_SHORT = 300  # characters: a longer paragraph in a link is the report itself


def extract(html: str, name: str) -> tuple[str, Meta]:
    """Return the report's text, headline first, and what the page's head says of it.

    Raises:
        InputError: if no report can be found in the page.
    """
    import trafilatura

    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True, deduplicate=False)
    lines = str(getattr(found, "text", None) or "").splitlines()
    text = "\n\n".join(filter(None, map(str.strip, lines)))  # each line is a paragraph of the page, none is wrapped
    if not text:
        raise InputError("no report can be found in this page.", where=Where(name), hint="Save its text to a file.")
    title = _clean(getattr(found, "title", None))
    if title and _key(title) not in _key(text[: len(title) + 200]):
        text = f"{title}\n\n{text}"
    return text, Meta(
        title=title,
        source=_clean(getattr(found, "sitename", None)),
        published=_clean(getattr(found, "date", None)),
        url=_clean(getattr(found, "url", None)),
        links=_link_paragraphs(html),
    )


def _clean(value: object) -> str | None:
    return re.sub(r"\s+", " ", str(value)).strip() or None if value else None


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _link_paragraphs(html: str) -> frozenset[str]:
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]
    from lxml.html import document_fromstring  # type: ignore[import-untyped,unused-ignore]

    try:
        tree: Any = document_fromstring(html.encode(), parser=None)
    except (etree.LxmlError, ValueError):
        return frozenset()
    texts = ((_flat(block), "".join(map(_flat, block.iter("a")))) for block in tree.iter(*_BLOCKS))
    return frozenset(whole for whole, linked in texts if whole and whole == linked and len(whole) < _SHORT)


def _flat(element: Any) -> str:  # noqa: ANN401  lxml ships no types
    return " ".join("".join(element.itertext()).split())
