"""Read a report from a file, standard input or an address into an `Article`."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.article import dates, decode, language, roles
from geo.errors import InputError
from geo.types import Article, Segment, Span, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<(?:!doctype )?html)", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_URL = re.compile(r"https?://", re.IGNORECASE)
_SLUG = re.compile(r"[^a-z0-9]+")
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says of itself beside its text."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None
    body_start: int = 0
    """Where the report begins: after the front matter."""
    links: frozenset[str] = field(default_factory=frozenset)
    """Paragraphs that were nothing but a link."""


def read_article(
    source: str | Path,
    *,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    stdin: BinaryIO | None = None,
) -> Article:
    """Return the report in a file, on standard input (`-`) or at an http(s) address.

    Text and Markdown keep their text unchanged, so that offsets are those of the file; of HTML the extracted text
    becomes `Article.text`. The kind is told by the suffix and by the first characters.

    Args:
        source: path, `-` or address.
        published: the day it came out, if you know it better than the file (`2018-09-17`).
        title: its headline, likewise.
        url: where it is from.
        stdin: read instead of the process's standard input.

    Raises:
        InputError: if it can't be read, with the place and the remedy.
    """
    if isinstance(source, str) and _URL.match(source):
        from geo.article.fetch import fetch

        page = fetch(source)
        options = _Options(published, title, url or page.url)
        return _article(
            decode.decode(page.body, source), _id(page.url, page.url), "html" if page.is_html else "text", options
        )
    if str(source) == "-":
        raw = (stdin or sys.stdin.buffer).read(decode.MAX_BYTES + 1)
        return _article(decode.decode(raw, "<stdin>"), "stdin", "text", _Options(published, title, url))
    path = Path(source)
    kind = _SUFFIXES.get(path.suffix.lower(), "text")
    text = decode.decode(_bytes(path), str(source))
    return _article(text, _id(path.stem, str(source)), kind, _Options(published, title, url, str(source)))


def from_text(  # noqa: PLR0913  a record of the machine interface has these fields
    text: str,
    *,
    id: str,  # noqa: A002  the field's name in `Article` and in the machine interface
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Article:
    """Return a text as an `Article`, its text unchanged.

    Raises:
        InputError: if the text is empty, too long, or holds what no text holds.
    """
    made = _article(decode.checked(text, id), id, "text", _Options(published, title, url))
    return replace(made, source=source) if source else made


@dataclass(frozen=True, slots=True)
class _Options:
    published: str | None
    title: str | None
    url: str | None
    name: str | None = None
    """How to call the source in an error."""


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > decode.MAX_BYTES:
            raise InputError(
                f"the file has {size / 1e6:.0f} MB; a report may have {decode.MAX_BYTES // 2**20} MiB.",
                where=Where(str(path)),
            )
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "can't be read").lower()
        raise InputError(f"{path}: {reason}.", hint="Give the path of a report, an address, or - .") from error


def _id(stem: str, whole: str) -> str:
    slug = _SLUG.sub("-", stem.lower()).strip("-")[:60]
    return slug or hashlib.sha256(whole.encode()).hexdigest()[:12]


def _article(text: str, key: str, kind: str, options: _Options) -> Article:
    name = options.name or key
    if kind == "html" or (kind == "text" and _HTML.match(text)):
        from geo.article.html import extract

        text, meta = extract(text, name)
    else:
        meta = _front_matter(text, name)
    return _assembled(text, key, meta, options)


def _assembled(text: str, key: str, meta: Meta, options: _Options) -> Article:
    title = options.title or meta.title
    parts = _segments(text, key, title, meta)
    signs = [dates.given(options.published)] if options.published else []
    if meta.published and (day := dates.parse_day(meta.published)):
        signs.append(dates.Sign(day, "metadata", f"The file's own data say {day.isoformat()}."))
    code = language.guess(text[meta.body_start :])
    headline = next((text[p.span.start : p.span.end] for p in parts if p.role == "headline"), None)
    return Article(
        id=key,
        text=text,
        segments=parts,
        title=title or headline,
        source=meta.source,
        published=dates.published(text, parts, signs=signs, url=options.url or meta.url),
        url=options.url or meta.url,
        language=code,
    )


def _segments(text: str, key: str, title: str | None, meta: Meta) -> tuple[Segment, ...]:
    found = roles.segments(text[meta.body_start :], key, title=title, links=meta.links)
    if not meta.body_start:
        return found
    front = Segment(Span(key, 0, len(text[: meta.body_start].rstrip())), "boilerplate")
    return (front, *(_moved(part, meta.body_start) for part in found))


def _moved(part: Segment, by: int) -> Segment:
    def shift(span: Span) -> Span:
        return Span(span.article, span.start + by, span.end + by)

    return Segment(shift(part.span), part.role, part.duplicate_of and shift(part.duplicate_of))


def _front_matter(text: str, name: str) -> Meta:
    match = _FRONT.match(text)
    if not match:
        return Meta()
    import yaml

    try:
        raw = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(name, mark.line + 2 if mark else 1, mark.column + 1 if mark else 1)
        problem = getattr(error, "problem", None) or "can't be read"
        raise InputError(f"the front matter is not YAML: {problem}.", where=where) from error
    return _meta(raw if isinstance(raw, dict) else {}, match.end())


def _meta(raw: Mapping[Any, Any], body_start: int) -> Meta:
    def text(*keys: str) -> str | None:
        return next((str(raw[k]) for k in keys if raw.get(k) not in (None, "")), None)

    return Meta(
        title=text("title", "headline"),
        source=text("source", "publisher", "outlet"),
        published=text("date", "published", "publication_date"),
        url=text("url", "link"),
        body_start=body_start,
    )
