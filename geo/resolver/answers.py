"""The resolver's front: an article or given spans in, one resolution for each mention out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.resolver.candidates import INDEX
from geo.resolver.coordinates import find_coordinates
from geo.resolver.datelines import find_datelines
from geo.resolver.features import Setting
from geo.resolver.mentions import Found, find_mentions
from geo.resolver.naming import named
from geo.resolver.outlets import outlet_names, outlet_of
from geo.resolver.rank import rank
from geo.resolver.readings import read
from geo.resolver.vague import filled
from geo.resolver.words import demonyms
from geo.types import Candidate, Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

    from geo.gazetteer import Gazetteer
    from geo.language import Parsed
    from geo.resolver.naming import Named
    from geo.resolver.rank import Ranked
    from geo.types import Place, Theatre

ALTERNATIVES = 4
#: An answer with a lower score is not taken: a name in the wrong country is worse than none, and hardly one in twenty
#: of them was right. Where an answer is wanted at any price, what counts is the candidate alone, not how sure the name
#: is: the neighbourhood is a better guess than a candidate that is less likely.
ABSTAIN = 0.25
#: The same for the candidate alone in a text that names little else: there a low score is for want of company, not for
#: a misfit.
ABSTAIN_ALONE = 0.12
_WORDS = {
    "contained": "the text names what contains it",
    "kind_fits": "the words beside it call for this kind of place",
    "near_sure": "close to other places of the text",
    "unit_share": "other names lie in the same province",
    "country_share": "other names lie in the same country",
    "theatre": "inside the case's theatre",
    "outlet_unit": "the outlet is from there",
    "filed_unit": "the report was filed from the same province",
    "only": "the only place of that name",
    "largest": "the largest place of that name",
}

_LIKELIEST = "the likeliest of its name by size and kind"
_WORD_COLUMNS = [INDEX[name] for name in _WORDS]
#: So many names make a setting in which a name may stand alone.
_COMPANY = 3
_COMPANY_COLUMNS = [INDEX[name] for name in ("contained", "near_sure", "unit_share", "country_share", "theatre")]
_AKIN_COLUMNS = [INDEX[name] for name in ("by_romanisation", "by_skeleton")]
_AKIN_ALONE = 0.25
#: A figure of so much is worth saying.
_ENOUGH = 0.3


def resolve(  # noqa: PLR0913  the setting of an article has these parts
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    theatre: Theatre | None = None,
    dateline: Span | None = None,
    domain: str | None = None,
    vague: bool = False,
    readings: bool = True,
) -> tuple[Resolution, ...]:
    """Return what each place name of an article means, in the order of the text, all segments and roles.

    Coordinates in the text come with the names.

    Args:
        parsed: The article's parse; names suffice, grammar is not needed.
        gazetteer: Its overlay may hold a case's own places, which come before all others.
        theatre: Where a case plays: a hint, not a fence.
        dateline: Span of the name in the dateline, where it is known; by default datelines are looked for.
        domain: The outlet's host name; a place in it is a weak hint.
        vague: Answer for unknown names too, with a point near their neighbours in the text and a low score.
        readings: Give a name the part or the spot that the words around it mean (`geo.resolver.readings`); without,
            each name means its whole place, as corpora of place names have it.
    """
    text = parsed.article.text
    filed = (dateline,) if dateline else find_datelines(text, gazetteer)
    written = _written(parsed)
    taken = {i for each in written for i in range(each.mention.span.start, each.mention.span.end)}
    found = [
        each for each in find_mentions(parsed, gazetteer, sure_spans=filed) if each.mention.span.start not in taken
    ]
    setting = setting_of(theatre, domain, gazetteer, filed=filed)
    answers = _resolve(text, found, gazetteer, setting, vague=vague)
    answers = filled(answers) if vague else answers
    answers = read(text, answers, gazetteer) if readings else answers
    return tuple(sorted((*answers, *written), key=lambda each: each.mention.span.start)) if written else answers


def _written(parsed: Parsed) -> tuple[Resolution, ...]:
    article = parsed.article
    return tuple(each for segment in article.segments for each in find_coordinates(article, segment))


def resolve_spans(  # noqa: PLR0913  the same
    text: str,
    spans: Iterable[Span | tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    theatre: Theatre | None = None,
    domain: str | None = None,
    vague: bool = True,
) -> tuple[Resolution, ...]:
    """Return what the names at the given spans (code points) mean, one resolution for each span, in their order."""
    given = [Found(mention_at(text, _span(span)), 1.0) for span in spans]
    setting = setting_of(theatre, domain, gazetteer, filed=find_datelines(text, gazetteer))
    answers = _resolve(text, given, gazetteer, setting, vague=vague)
    return filled(answers) if vague else answers


def _span(given: Span | tuple[int, int]) -> Span:
    return given if isinstance(given, Span) else Span("", *given)


def explain(name: str, gazetteer: Gazetteer, *, theatre: Theatre | None = None) -> Resolution:
    """Return what a name alone would mean: the first place, the other candidates, and why."""
    return resolve_spans(name, [Span("", 0, len(name))], gazetteer, theatre=theatre, vague=False)[0]


def mention_at(text: str, span: Span) -> Mention:
    """Return the words at a span as a mention."""
    words = text[span.start : span.end]
    return Mention(span, words, "demonym" if words in demonyms() else "toponym")


def setting_of(
    theatre: Theatre | None, domain: str | None, gazetteer: Gazetteer, *, filed: Iterable[Span] = ()
) -> Setting:
    """Return what is known beside the names."""
    spans = tuple((span.start, span.end) for span in filed)
    if not domain:
        return Setting(theatre, filed=spans)
    return Setting(theatre, *outlet_of(domain), outlet_names(domain, gazetteer), spans)


def _resolve(
    text: str, found: Sequence[Found], gazetteer: Gazetteer, setting: Setting, *, vague: bool
) -> tuple[Resolution, ...]:
    names = named([each.mention for each in found], gazetteer)
    ranked = rank(text, names, setting)
    answers = _answers(ranked) if ranked else {}
    alone = ranked is None or len(ranked.table.groups) < _COMPANY
    least = [_least(each.confidence, alone=alone, vague=vague) for each in found]
    rows = zip(names, found, least, strict=True)
    return tuple(_resolution(name, each.confidence, answers, limit) for name, each, limit in rows)


def _least(confidence: float, *, alone: bool, vague: bool) -> float:
    """Return how likely a candidate must be to be taken, of a name that the recogniser is so sure of."""
    if vague:
        return ABSTAIN
    return ABSTAIN_ALONE if alone else ABSTAIN / confidence


def _answers(ranked: Ranked) -> dict[str, tuple[Candidate, ...]]:
    belief = (ranked.belief * _support(ranked)).tolist()
    flags = ranked.matrix[:, _WORD_COLUMNS] > _ENOUGH
    return {group.key: _candidates(ranked, group.rows, belief, flags) for group in ranked.table.groups}


def _support(ranked: Ranked) -> np.ndarray:
    """Return what a candidate's belief is worth: less for a mere likeness of spelling far from all other names."""
    import numpy as np

    if len(ranked.table.groups) < _COMPANY:
        return np.ones(len(ranked.belief))
    akin = (ranked.matrix[:, _AKIN_COLUMNS] > 0).any(axis=1)
    alone = (ranked.matrix[:, _COMPANY_COLUMNS] <= _ENOUGH).all(axis=1)
    return np.where(akin & alone, _AKIN_ALONE, 1.0)


def _candidates(ranked: Ranked, rows: slice, belief: list[float], flags: np.ndarray) -> tuple[Candidate, ...]:
    order = sorted(range(rows.start, rows.stop), key=belief.__getitem__, reverse=True)[: ALTERNATIVES + 1]
    scores = [round(belief[row], 4) for row in order]
    pairs = zip(_town_first(ranked, order), scores, strict=True)
    places = ranked.table.places
    return tuple(Candidate(places[row], score, _reasons(flags[row].tobytes())) for row, score in pairs)


def _town_first(ranked: Ranked, order: list[int]) -> list[int]:
    """Return the candidates with a town before the district or the province around it that bears its name.

    Where a word calls for the district or the province (*Idlib province*) that one comes first.
    """
    places, belief = ranked.table.places, ranked.belief
    best = order[0]
    for row in order[1:]:
        if belief[row] <= belief[best] * _NAMESAKE:
            continue
        if _lies_in(places[row], places[best]) or _lies_in(places[best], places[row]):
            unit, town = (best, row) if places[best].feature in _UNITS else (row, best)
            called = ranked.matrix[unit, INDEX["kind_fits"]]
            if best != (unit if called else town):
                return [row, *(other for other in order if other != row)]
            return order
    return order


_UNITS = frozenset({"ADM1", "ADM2"})
#: How likely the one must be beside the other.
_NAMESAKE = 0.5


def _lies_in(town: Place, district: Place) -> bool:
    """Return whether the one is a town and the other a district or a province around it."""
    from geo.crs import distance_km

    if not town.feature.startswith("PPL") or district.feature not in _UNITS:
        return False
    if district.feature == "ADM1" and district.admin1:
        return town.admin1 == district.admin1
    return distance_km(town.lon_deg, town.lat_deg, district.lon_deg, district.lat_deg) < max(district.radius_km, 20.0)


@lru_cache(maxsize=4096)
def _reasons(flags: bytes) -> tuple[str, ...]:
    return tuple(words for words, flag in zip(_WORDS.values(), flags, strict=True) if flag) or (_LIKELIEST,)


def _resolution(each: Named, confidence: float, answers: dict[str, tuple[Candidate, ...]], least: float) -> Resolution:
    candidates = answers.get(each.key, ())
    if not candidates:
        return Resolution(each.mention, None, 0.0, ("no place of that name is known",))
    best, *others = candidates
    score = round(best.score * confidence, 4)
    if best.score < least:
        return Resolution(each.mention, None, score, ("no candidate is likely enough",), candidates[:ALTERNATIVES])
    return Resolution(each.mention, best.place, score, best.reasons, tuple(others))
