"""The reader's hand: `facts.yaml` in a case corrects, hides and adds facts.

    facts:
      - match: {exact: "an Iran-hosted summit last week", prefix: "talks from ", suffix: ", during"}
        set: {time: 2018-W37, world_value: 2018-09-07}
      - match: {exact: "…"}
        hide: true
      - match: {exact: "…"}
        merge: {exact: "…"}            # the first is another telling of the second
      - match: {exact: "…"}
        split: true                    # it was joined to another telling, and is a fact of its own
      - add: {statement: "Ten observation posts were finished.", event: STATE, time: 2018-05-16}
        source: {title: "…", url: "https://…"}
      - add: {event: AGREE, certainty: planned}
        quote: {exact: "…"}
    published: 2018-09-17              # of the only article; or a table of article and day

A correction is tied to the quote with the words around it, never to a number, so that a corrected article does not
shift it. One that no longer fits any fact is an error, with the nearest candidate: a reader's correction that is
silently lost would be worse than none. The quoted text itself is never changed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.facts.override_file import corrections
from geo.facts.selectors import Selector, matches, select
from geo.types import Article, DateRange, Fact, PlaceLink, Published, Span, Voice, Where, ZoneLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.facts.override_file import Entry

_ENOUGH = 0.5
_CHANGES = ("event", "mode", "certainty", "negated", "statement")
_SHOWN = 90


def apply_overrides(facts: Sequence[Fact], articles: Sequence[Article], path: str | Path) -> tuple[Fact, ...]:
    """Return the facts as the reader's file wants them, in their order, added ones last.

    Raises:
        InputError: the file is not of that form, or an entry fits no fact (`file:line:col`).
    """
    kept: dict[str, Fact] = {fact.id: fact for fact in facts}
    order = [fact.id for fact in facts]
    for entry in corrections(Path(path)).entries:
        if entry.model.split:
            order += _split(kept, entry, articles)
        elif entry.model.match is not None:
            fact = _matched(entry, entry.model.match, tuple(facts), articles)
            _change(kept, fact, entry)
            if entry.model.merge is not None:
                _merge(kept, fact, _matched(entry, entry.model.merge, tuple(facts), articles), entry)
        else:
            added = _added(entry, articles)
            kept[added.id] = added
            order.append(added.id)
    return tuple(kept[key] for key in dict.fromkeys(order) if key in kept)


def dated(articles: Sequence[Article], path: str | Path) -> tuple[Article, ...]:
    """Return the articles with the days of publication that the reader's file gives: `published:`.

    Raises:
        InputError: the file is not of that form, or names no such article.
    """
    days = dict(corrections(Path(path)).published)
    if "" in days and len(articles) == 1:
        days = {articles[0].id: days[""]}
    unknown = sorted(set(days) - {article.id for article in articles})
    if unknown:
        names = ", ".join(article.id for article in articles)
        message = "`published` needs the article's name." if unknown == [""] else f"no article is named {unknown[0]}."
        raise InputError(message, where=Where(str(path)), hint=f"The articles: {names}.")
    return tuple(_dated(article, days.get(article.id)) for article in articles)


def _dated(article: Article, day: str | None) -> Article:
    if day is None:
        return article
    told = f"Given by hand: {day}."
    return replace(article, published=Published(day, "given", (told, *article.published.evidence)))


def _merge(kept: dict[str, Fact], fact: Fact, into: Fact, entry: Entry) -> None:
    """Make one fact of two: the first is told as another telling of the second."""
    if fact.id == into.id:
        raise InputError("`match` and `merge` quote the same fact.", where=entry.where)
    gone, stays = kept.pop(fact.id, fact), kept.get(into.id, into)
    voices = tuple(voice for voice in gone.attribution if voice not in stays.attribution)
    kept[into.id] = replace(
        stays,
        same_event_as=(*stays.same_event_as, gone.evidence, *gone.same_event_as),
        attribution=(*stays.attribution, *voices),
    )


def _split(kept: dict[str, Fact], entry: Entry, articles: Sequence[Article]) -> list[str]:
    """Make a fact of its own of a telling that was joined to another; return its id."""
    span = _located(entry.model.match, articles, entry.where)
    for fact in tuple(kept.values()):
        told = next((other for other in fact.same_event_as if _share(span, other) >= _ENOUGH), None)
        if told is not None:
            article = next(a for a in articles if a.id == told.article)
            words = " ".join(article.slice(told).split())
            key = f"f-{select(article, told).key}"
            rest = tuple(other for other in fact.same_event_as if other != told)
            kept[fact.id] = replace(fact, same_event_as=rest)
            alone = replace(fact, id=key, evidence=told, statement=words[:1].upper() + words[1:], same_event_as=())
            kept[key] = _changed(alone, entry.model.set, entry.where) if entry.model.set else alone
            return [key]
    message = f"no fact was joined with “{entry.model.match.exact[:_SHOWN]}”."
    raise InputError(message, where=entry.where, hint="`split` takes apart two tellings of one event.")


def template(facts: Sequence[Fact], articles: Sequence[Article]) -> str:
    """Return a `facts.yaml` that names every fact and changes none: all of it is commented out but the frame."""
    by_id = {article.id: article for article in articles}
    lines = [
        "# Corrections to the facts of this case. Take the # away from an entry and change what is wrong.",
        "# set: event, mode, certainty (established, planned, hypothetical, alleged), negated, statement, time,",
        "#      world_value, places [{place, relation}], zones [{zone, relation}], note. hide: true leaves a fact out.",
        "# Each entry is found again by its quote and the words around it.",
        "facts:",
    ]
    for fact in facts:
        article = by_id.get(fact.evidence.article)
        if article is not None and fact.source == "article":
            lines += ["#", *(f"# {line}" for line in _template_entry(fact, article))]
    return "\n".join(lines) + "\n"


def _template_entry(fact: Fact, article: Article) -> list[str]:
    import json

    quote = select(article, fact.evidence)
    parts = ", ".join(
        f"{k}: {json.dumps(getattr(quote, k), ensure_ascii=False)}" for k in ("exact", "prefix", "suffix")
    )
    values = f"event: {fact.event or 'null'}, certainty: {fact.certainty}, negated: {str(fact.negated).lower()}"
    return [f"- match: {{{parts}}}", f"  set: {{{values}}}"]


def _located(quote: Any, articles: Sequence[Article], where: Where) -> Span:  # noqa: ANN401  the model is made lazily
    selector = Selector(quote.exact, quote.prefix, quote.suffix)
    found = [Span(a.id, at, at + len(selector.exact)) for a in articles for at in matches(a, selector)]
    if not found:
        raise InputError(
            f"no article holds the quote “{quote.exact[:_SHOWN]}”.", where=where, hint=_nearest(quote.exact, articles)
        )
    if len(found) > 1:
        message = f"the quote “{quote.exact[:_SHOWN]}” stands in {len(found)} places."
        raise InputError(message, where=where, hint="Add the words before (`prefix`) or after it (`suffix`).")
    return found[0]


def _matched(entry: Entry, quote: Any, facts: Sequence[Fact], articles: Sequence[Article]) -> Fact:  # noqa: ANN401  a lazy model
    by_id = {article.id: article for article in articles}
    quotes = {f.id: by_id[f.evidence.article].slice(f.evidence) for f in facts if f.evidence.article in by_id}
    try:
        span = _located(quote, articles, entry.where)
    except InputError as error:
        near = _near_fact(quote.exact, quotes)
        hint = error.hint if "places" in error.message else near
        raise InputError(error.message.split(": ", 1)[-1], where=entry.where, hint=hint) from error
    best = max(facts, key=lambda f: _share(span, f.evidence), default=None)
    if best is None or _share(span, best.evidence) < _ENOUGH:
        message = f"no fact rests on “{quote.exact[:_SHOWN]}”."
        raise InputError(message, where=entry.where, hint=_near_fact(quote.exact, quotes))
    return best


def _share(one: Span, other: Span) -> float:
    if one.article != other.article:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _near_fact(exact: str, quotes: dict[str, str]) -> str | None:
    from rapidfuzz import process

    found = process.extractOne(exact, quotes)
    return f"The nearest fact: “{found[0][:_SHOWN]}”." if found else "There are no facts."


def _nearest(exact: str, articles: Sequence[Article]) -> str | None:
    from rapidfuzz import process

    lines = [a.slice(s) for a in articles for s in a.segments]
    found = process.extractOne(exact, lines)
    return f"The nearest line: “{found[0][:_SHOWN]}”." if found else None


def _change(kept: dict[str, Fact], fact: Fact, entry: Entry) -> None:
    if entry.model.hide:
        kept.pop(fact.id, None)
    elif fact.id in kept and entry.model.set is not None:
        kept[fact.id] = _changed(kept[fact.id], entry.model.set, entry.where)


def _changed(fact: Fact, changes: Any, where: Where) -> Fact:  # noqa: ANN401  the model is made lazily
    told = changes.model_fields_set
    new: dict[str, Any] = {name: getattr(changes, name) for name in _CHANGES if name in told}
    if "places" in told:
        new["places"] = tuple(PlaceLink(p.place, p.relation) for p in changes.places or ())
    if "zones" in told:
        new["zones"] = tuple(ZoneLink(z.zone, z.relation) for z in changes.zones or ())
    if told & {"time", "world_value"}:
        new["when"] = _timed(fact, changes, where)
    if changes.note:
        new["notes"] = (*fact.notes, changes.note)
    return replace(fact, **new)


def _timed(fact: Fact, changes: Any, where: Where) -> DateRange | None:  # noqa: ANN401  the model is made lazily
    when = fact.when
    if "time" in changes.model_fields_set:
        when = _range(fact.evidence, changes.time, where) if changes.time else None
    if changes.world_value is None or when is None:
        if changes.world_value is not None:
            when = _range(fact.evidence, changes.world_value, where)
        return when
    _range(fact.evidence, changes.world_value, where)
    return replace(when, world_value=changes.world_value)


def _range(evidence: Span, value: str, where: Where) -> DateRange:
    """Return a day, month, year, week or EDTF interval as a time that no words of the text stand for."""
    from geo.facts.times import calendar

    first, slash, last = value.partition("/")
    start = None if first == ".." else calendar.interval(first)[0]
    end = None if last == ".." else calendar.interval(last or first)[1]
    if (start is None and first != "..") or (end is None and last != ".."):
        raise InputError(
            f"{value!r} is not a time.", where=where, hint="Write 2018-09-17, 2018-09, 2018-W37 or ../2018-10-15."
        )
    edtf = value if slash else calendar.edtf(value)
    span = Span(evidence.article, evidence.start, evidence.start)
    return DateRange(
        span,
        value,
        "DATE",
        last if first == ".." else value,
        start,
        end,
        edtf,
        "ON_OR_BEFORE" if first == ".." else None,
    )


def _added(entry: Entry, articles: Sequence[Article]) -> Fact:
    model = entry.model
    source = model.source
    if model.quote is not None:
        evidence = _located(model.quote, articles, entry.where)
        words = " ".join(model.quote.exact.split())
    else:
        evidence, words = Span("", 0, 0), ""
    key = Selector(
        words or model.add.statement, source.title if source else "", (source.url or "") if source else ""
    ).key
    blank = Fact(
        id=f"e-{key}",
        event=None,
        mode=None,
        context=(),
        statement=words,
        evidence=evidence,
        certainty="established",
        negated=False,
        attribution=(Voice(source.title),) if source else (),
        source="editor",
        notes=(f"Source: {source.title}{f', {source.url}' if source.url else ''}",) if source else (),
    )
    return _changed(blank, model.add, entry.where)
