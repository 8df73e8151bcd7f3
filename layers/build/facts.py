"""Facts as marks: the quote, who says it, how sure it is, and a point only where its source gives one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.build.reading import Line, Marked, touching
from layers.build.words import certainty_word, label, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.types import Article, DateRange, Fact, Report
    from layers.document import FactDoc, Interval, TextMode
    from layers.interface import Say


@dataclass(frozen=True, slots=True)
class FactMarks:
    """The facts of a page and where the text tells them."""

    docs: list[FactDoc]
    marked: tuple[Marked, ...]


def fact_marks(
    report: Report, lines: Sequence[Line], places: Mapping[str, str], modes: Mapping[str, TextMode], say: Say
) -> FactMarks:
    """Return the facts in the order of the text, linked to the marks of their places and zones."""
    articles = {article.id: article for article in report.articles}
    zones = {zone.id for zone in report.zones}
    page = _Page(lines, places, say)
    docs: list[FactDoc] = []
    marked: list[Marked] = []
    for number, fact in enumerate(report.facts, start=1):
        mark = f"f{number}"
        article = articles.get(fact.evidence.article)
        docs.append(_doc(mark, fact, page, _quote(article, fact, modes)))
        led_to = (mark, *(link.zone for link in fact.zones if link.zone in zones))
        marked += [Marked(span, "fact", led_to) for span in (fact.evidence, *fact.same_event_as)]
        if fact.when is not None and fact.when.span.end > fact.when.span.start:
            marked.append(Marked(fact.when.span, "time", (mark,)))
    return FactMarks(docs, tuple(marked))


@dataclass(frozen=True, slots=True)
class _Page:
    lines: Sequence[Line]
    places: Mapping[str, str]
    say: Say


def _doc(mark: str, fact: Fact, page: _Page, quote: str) -> FactDoc:
    called = label(fact, page.say)
    spans = (fact.evidence, *fact.same_event_as)
    return {
        "id": mark,
        "event": fact.event,
        "label": called,
        "theme": theme(fact),
        "statement": fact.statement if quote else called,
        "quote": quote,
        "certainty": fact.certainty,
        "negated": fact.negated,
        "word": certainty_word(fact, page.say),
        "article": fact.evidence.article,
        "sentences": list(dict.fromkeys(line for span in spans for line in touching(span, page.lines))),
        "voices": [{"name": voice.name} for voice in fact.attribution],
        "when": interval(fact.when) if fact.when else None,
        "places": [
            page.places[link.place] for link in fact.places if link.place in page.places and link.relation != "context"
        ],
        "zones": [{"zone": link.zone, "relation": link.relation} for link in fact.zones],
        "figure": fact.figure.text if fact.figure else None,
        "actors": [actor.name for actor in fact.actors],
        "origin": fact.source,
        "related": _is_related(fact),
        "notes": list(fact.notes),
    }


def interval(when: DateRange) -> Interval:
    """Return a time expression as an interval; one that closes on a day and opens nowhere is a deadline."""
    deadline = when.mod == "ON_OR_BEFORE" or (when.edtf or "").startswith("..")
    doc: Interval = {
        "start": when.start,
        "end": when.end,
        "start_kind": "day" if when.start else "unknown",
        "end_kind": "day" if when.end else "unknown",
        "text": when.text,
        "role": "deadline" if deadline else "event",
    }
    if when.edtf:
        doc["edtf"] = when.edtf
    return doc


def _quote(article: Article | None, fact: Fact, modes: Mapping[str, TextMode]) -> str:
    if article is None or modes.get(article.id) == "none":
        return ""
    return article.slice(fact.evidence)


def _is_related(fact: Fact) -> bool:
    return "related" in fact.notes
