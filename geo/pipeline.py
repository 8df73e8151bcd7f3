"""The whole program in thirty lines: articles and a case in, a report out."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from geo.types import READ_ROLES, Case, Report, Theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.facts import FactReading
    from geo.facts.lexicon import Lexicon
    from geo.gazetteer import Gazetteer
    from geo.language import Parsed
    from geo.types import Article, Membership, Resolution, Span


def read(articles: Sequence[Article], case: Case | None = None, *, gazetteer: Gazetteer | None = None) -> Report:
    """Return what the articles say: places, facts and times, with the case's zones and who is inside them.

    Args:
        articles: the reports. Where they are not the case's own, its zones count as borrowed.
        case: whose zones, places and corrections join the reading.
        gazetteer: an open one; by default the user's index is opened (and built, the first time).

    Raises:
        UsageError: a part of the installation or of the case is missing or broken.
    """
    from geo import facts, language, resolver
    from geo.gazetteer import Gazetteer

    case = case or Case(id="", title="", theatre=Theatre())
    names = (gazetteer or Gazetteer.open()).with_places(case.places)
    corrections = Path(case.folder) / "facts.yaml" if case.folder else None
    corrections = corrections if corrections and corrections.is_file() else None
    own = tuple(articles) == case.articles
    articles = facts.dated(articles, corrections) if corrections and own else articles
    words = _lexicon(case)
    parsed = [language.parse(article) for article in articles]
    found = [resolver.resolve(each, names, theatre=case.theatre) for each in parsed]
    readings = [
        facts.read_facts(
            each, published=each.article.published.date, resolutions=places, zones=case.zones, lexicon=words
        )
        for each, places in zip(parsed, found, strict=True)
    ]
    told = facts.merge_articles([reading.facts for reading in readings])
    if corrections:
        told = facts.apply_overrides(told, articles, corrections)
    resolutions = tuple(resolution for places in found for resolution in places)
    return Report(
        articles=tuple(map(_annotated, articles, readings)),
        resolutions=resolutions,
        facts=told,
        timexes=tuple(timex for reading in readings for timex in reading.timexes),
        attributions=tuple(each for reading in readings for each in reading.attributions),
        zones=case.zones,
        memberships=_memberships(resolutions, case),
        sentences=tuple(sentence for each in parsed for sentence in _sentences(each)),
        places=case.places,
        case=case if case.id else None,
        borrowed_zones=bool(case.zones) and not own,
        provenance={"contactline": version("contactline"), "model": language.model_name()},
    )


def _lexicon(case: Case) -> Lexicon | None:
    """Return the case's own word lists for facts (`lexicon/` in its folder) laid over the bundled ones, if any."""
    folder = Path(case.folder) / "lexicon" if case.folder else None
    if folder is None or not folder.is_dir():
        return None
    from geo.facts import lexicon

    return lexicon.load(folder)


def _annotated(article: Article, reading: FactReading) -> Article:
    return replace(article, notes=(*article.notes, *reading.notes))


def _sentences(parsed: Parsed) -> tuple[Span, ...]:
    return tuple(part.span(sentence[0], sentence[-1]) for part in parsed.segments for sentence in part.sentences)


def _memberships(resolutions: tuple[Resolution, ...], case: Case) -> tuple[Membership, ...]:
    """Return in or out for every place of the reports and of the case that is small enough to ask it of."""
    from geo.zones import membership

    named = {r.place.id: r.place for r in resolutions if r.place and r.mention.role in READ_ROLES}
    asked = {**named, **{place.id: place for place in case.places}}
    return membership.of_case(tuple(asked.values()), case.zones)
