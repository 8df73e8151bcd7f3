"""The reader's hand: `facts.yaml` in a case corrects, hides and adds facts.

    facts:
      - match: {exact: "an Iran-hosted summit last week", prefix: "talks from ", suffix: ", during"}
        set: {time: 2018-W37, world_value: 2018-09-07}
      - match: {exact: "…"}
        hide: true
      - add: {statement: "Ten observation posts were finished.", event: STATE, time: 2018-05-16}
        source: {title: "…", url: "https://…"}
      - add: {event: AGREE, certainty: planned}
        quote: {exact: "…"}

A correction is tied to the quote with the words around it, never to a number, so that a corrected article does not
shift it. One that no longer fits any fact is an error, with the nearest candidate: a reader's correction that is
silently lost would be worse than none. The quoted text itself is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import InputError
from geo.facts.selectors import Selector, matches, select
from geo.types import Article, DateRange, Fact, PlaceLink, Span, Voice, Where, ZoneLink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

_ENOUGH = 0.5
_CHANGES = ("event", "mode", "certainty", "negated", "statement")
_SHOWN = 90
Certain = Literal["established", "planned", "hypothetical", "alleged"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One checked item of the file."""

    where: Where
    model: Any


def apply_overrides(facts: Sequence[Fact], articles: Sequence[Article], path: str | Path) -> tuple[Fact, ...]:
    """Return the facts as the reader's file wants them, in their order, added ones last.

    Raises:
        InputError: the file is not of that form, or an entry fits no fact (`file:line:col`).
    """
    kept: dict[str, Fact] = {fact.id: fact for fact in facts}
    order = [fact.id for fact in facts]
    for entry in _entries(Path(path)):
        if entry.model.match is not None:
            fact = _matched(entry, tuple(facts), articles)
            _change(kept, fact, entry)
        else:
            added = _added(entry, articles)
            kept[added.id] = added
            order.append(added.id)
    return tuple(kept[key] for key in dict.fromkeys(order) if key in kept)


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


def _models() -> type[BaseModel]:
    from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

    strict = ConfigDict(extra="forbid", frozen=True)

    class Quote(BaseModel):
        model_config = strict
        exact: str = Field(min_length=1)
        prefix: str = ""
        suffix: str = ""

    class Place(BaseModel):
        model_config = strict
        place: str
        relation: Literal["at", "in", "from", "to", "about", "context"] = "at"

    class Zone(BaseModel):
        model_config = strict
        zone: str
        relation: str = "context"

    class Changes(BaseModel):
        model_config = strict
        event: str | None = None
        mode: str | None = None
        certainty: Certain | None = None
        negated: bool | None = None
        statement: str | None = None
        time: str | None = None
        world_value: str | None = None
        places: list[Place] | None = None
        zones: list[Zone] | None = None
        note: str | None = None

        @field_validator("time", "world_value", mode="before")
        @classmethod
        def as_text(cls, value: object) -> object:
            return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value

    class Source(BaseModel):
        model_config = strict
        title: str = Field(min_length=1)
        url: str | None = None

    class Item(BaseModel):
        model_config = strict
        match: Quote | None = None
        hide: bool = False
        set: Changes | None = None
        add: Changes | None = None
        quote: Quote | None = None
        source: Source | None = None

        @model_validator(mode="after")
        def is_one_thing(self) -> Item:
            if (self.match is None) == (self.add is None):
                raise ValueError("an entry has either `match` or `add`")
            if self.match is not None and not self.hide and self.set is None:
                raise ValueError("`match` needs `set` or `hide: true`")
            if self.add is not None and self.quote is None and self.source is None:
                raise ValueError("`add` needs a `quote` from an article or an outside `source` with a title")
            if self.add is not None and self.quote is None and not self.add.statement:
                raise ValueError("`add` without a quote needs a `statement`")
            return self

    return Item


def _entries(path: Path) -> Iterator[_Entry]:
    import yaml
    from pydantic import ValidationError

    text, node = _composed(path)
    raw = yaml.safe_load(text) or {}
    if not isinstance(raw, dict) or not isinstance(raw.get("facts") or [], list) or set(raw) - {"facts"}:
        raise InputError("this file holds one list named `facts`.", where=Where(str(path)))
    model = _models()
    for number, item in enumerate(raw.get("facts") or ()):
        where = _where(path, node, ("facts", number))
        try:
            yield _Entry(where, model.model_validate(item))
        except ValidationError as error:
            first = error.errors()[0]
            at = _where(path, node, ("facts", number, *first["loc"]))
            name = ".".join(map(str, first["loc"]))
            message = first["msg"].removeprefix("Value error, ")
            raise InputError(f"{name + ': ' if name else ''}{message}.", where=at) from error


def _composed(path: Path) -> tuple[str, Any]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'can not be read').lower()}.") from error
    except UnicodeDecodeError as error:
        raise InputError("this is not UTF-8 text.", where=Where(str(path)), hint="Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(str(path), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        raise InputError(f"this is not YAML: {getattr(error, 'problem', 'broken')}.", where=where) from error


def _where(path: Path, node: Any, way: tuple[object, ...]) -> Where:  # noqa: ANN401  a YAML node has no typed stub
    for step in way:
        children = node.value if node is not None and isinstance(node.value, list) else []
        if isinstance(step, int) and step < len(children) and not isinstance(children[step], tuple):
            node = children[step]
            continue
        pairs = [pair for pair in children if isinstance(pair, tuple) and pair[0].value == step]
        if not pairs:
            break
        node = pairs[0][1]
    mark = getattr(node, "start_mark", None)
    return Where(str(path), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)


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


def _matched(entry: _Entry, facts: Sequence[Fact], articles: Sequence[Article]) -> Fact:
    by_id = {article.id: article for article in articles}
    quotes = {f.id: by_id[f.evidence.article].slice(f.evidence) for f in facts if f.evidence.article in by_id}
    try:
        span = _located(entry.model.match, articles, entry.where)
    except InputError as error:
        near = _near_fact(entry.model.match.exact, quotes)
        hint = error.hint if "places" in error.message else near
        raise InputError(error.message.split(": ", 1)[-1], where=entry.where, hint=hint) from error
    best = max(facts, key=lambda f: _share(span, f.evidence), default=None)
    if best is None or _share(span, best.evidence) < _ENOUGH:
        message = f"no fact rests on “{entry.model.match.exact[:_SHOWN]}”."
        raise InputError(message, where=entry.where, hint=_near_fact(entry.model.match.exact, quotes))
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


def _change(kept: dict[str, Fact], fact: Fact, entry: _Entry) -> None:
    if entry.model.hide:
        kept.pop(fact.id, None)
    elif fact.id in kept:
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


def _added(entry: _Entry, articles: Sequence[Article]) -> Fact:
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
