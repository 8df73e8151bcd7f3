"""The resolver's front: an article or given spans in, one resolution for each mention out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.resolver.features import NAMES, Setting
from geo.resolver.mentions import find_mentions
from geo.resolver.naming import named
from geo.resolver.rank import rank
from geo.types import Candidate, Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.language import Parsed
    from geo.resolver.naming import Named
    from geo.resolver.rank import Ranked
    from geo.types import Theatre

ALTERNATIVES = 4
_WORDS = {
    "contained": "the text names what contains it",
    "kind_fits": "the words beside it call for this kind of place",
    "near_sure": "close to other places of the text",
    "unit_share": "other names lie in the same province",
    "country_share": "other names lie in the same country",
    "theatre": "inside the case's theatre",
    "outlet_unit": "the outlet is from there",
    "only": "the only place of that name",
    "largest": "the largest place of that name",
}


def resolve(
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    theatre: Theatre | None = None,
    dateline: Span | None = None,
    domain: str | None = None,
) -> tuple[Resolution, ...]:
    """Return what each place name of an article means, in the order of the text, all segments and roles.

    Args:
        parsed: The article's parse; names suffice, grammar is not needed.
        gazetteer: Its overlay may hold a case's own places, which come before all others.
        theatre: Where a case plays: a hint, not a fence.
        dateline: Span of the dateline, where the reader of the article found one.
        domain: The outlet's host name; a place in it is a weak hint.
    """
    del dateline
    mentions = find_mentions(parsed, gazetteer)
    return _resolve(parsed.article.text, mentions, gazetteer, _setting(theatre, domain))


def resolve_spans(
    text: str,
    spans: Iterable[Span],
    gazetteer: Gazetteer,
    *,
    theatre: Theatre | None = None,
    domain: str | None = None,
) -> tuple[Resolution, ...]:
    """Return what the names at the given spans mean, one resolution for each span, in their order."""
    mentions = [_mention(text, span) for span in spans]
    return _resolve(text, mentions, gazetteer, _setting(theatre, domain))


def explain(name: str, gazetteer: Gazetteer, *, theatre: Theatre | None = None) -> Resolution:
    """Return what a name alone would mean: the first place, the other candidates, and why."""
    return resolve_spans(name, [Span("", 0, len(name))], gazetteer, theatre=theatre)[0]


def _mention(text: str, span: Span) -> Mention:
    from geo.resolver.words import demonyms

    words = text[span.start : span.end]
    return Mention(span, words, "demonym" if words in demonyms() else "toponym")


def _setting(theatre: Theatre | None, domain: str | None) -> Setting:
    del domain
    return Setting(theatre)


def _resolve(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, setting: Setting) -> tuple[Resolution, ...]:
    names = [named(mention, gazetteer) for mention in mentions]
    ranked = rank(text, names, setting)
    answers = _answers(ranked) if ranked else {}
    return tuple(_resolution(each, answers) for each in names)


def _answers(ranked: Ranked) -> dict[str, tuple[Candidate, ...]]:
    return {group.key: _candidates(ranked, group.rows) for group in ranked.table.groups}


def _candidates(ranked: Ranked, rows: slice) -> tuple[Candidate, ...]:
    order = sorted(range(rows.start, rows.stop), key=lambda row: -ranked.belief[row])[: ALTERNATIVES + 1]
    return tuple(
        Candidate(ranked.table.places[row], round(float(ranked.belief[row]), 4), _reasons(ranked, row)) for row in order
    )


def _reasons(ranked: Ranked, row: int) -> tuple[str, ...]:
    values = dict(zip(NAMES, ranked.matrix[row], strict=True))
    return tuple(words for name, words in _WORDS.items() if values[name] > 0.3)  # noqa: PLR2004  enough to be said


def _resolution(each: Named, answers: dict[str, tuple[Candidate, ...]]) -> Resolution:
    candidates = answers.get(each.key, ())
    if not candidates:
        return Resolution(each.mention, None, 0.0, ("no place of that name is known",))
    best, *others = candidates
    return Resolution(each.mention, best.place, best.score, best.reasons, tuple(others))
