"""Facts as rows of a table, with HXL tags (https://hxlstandard.org) under the column names.

The Humanitarian Exchange Language puts one row of hashtags below the header, so that aid agencies' tools can read a
table whatever its columns are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.types import Article, Fact, Place

#: (column, HXL tag), in order.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "#meta+id"),
    ("event", "#event+type"),
    ("mode", "#event+mode"),
    ("certainty", "#status+certainty"),
    ("negated", "#status+negated"),
    ("statement", "#description"),
    ("date_start", "#date+start"),
    ("date_end", "#date+end"),
    ("date_text", "#date+text"),
    ("actors", "#org+actor"),
    ("recipients", "#org+recipient"),
    ("said_by", "#contact+source"),
    ("figure", "#affected+text"),
    ("figure_low", "#affected+min"),
    ("figure_high", "#affected+max"),
    ("figure_unit", "#affected+unit"),
    ("figure_tag", "#affected+tag"),
    ("places", "#loc+name"),
    ("lat_deg", "#geo+lat"),
    ("lon_deg", "#geo+lon"),
    ("zones", "#loc+zone"),
    ("article", "#meta+article"),
    ("start", "#meta+start"),
    ("end", "#meta+end"),
    ("quote", "#meta+quote"),
)


def fact_rows(
    facts: Iterable[Fact], *, articles: Sequence[Article] = (), places: Sequence[Place] = ()
) -> list[list[str]]:
    """Return a header row, a row of HXL tags and a row for each fact, all of them text.

    Coordinates are those of a fact's first place, WGS 84 degrees; empty where it has none.
    """
    by_id = {place.id: place for place in places}
    texts = {article.id: article for article in articles}
    rows = [[name for name, _ in COLUMNS], [tag for _, tag in COLUMNS]]
    for fact in facts:
        values = _values(fact, texts, by_id)
        rows.append([values.get(name, "") for name, _ in COLUMNS])
    return rows


def _values(fact: Fact, articles: Mapping[str, Article], places: Mapping[str, Place]) -> dict[str, str]:
    article = articles.get(fact.evidence.article)
    named = [places[link.place] for link in fact.places if link.place in places and link.relation != "context"]
    return {
        "id": fact.id,
        "event": fact.event or "",
        "mode": fact.mode or "",
        "certainty": fact.certainty,
        "negated": "true" if fact.negated else "false",
        "statement": fact.statement,
        "actors": "; ".join(a.name for a in fact.actors if a.role == "actor"),
        "recipients": "; ".join(a.name for a in fact.actors if a.role == "recipient"),
        "said_by": " > ".join(voice.name for voice in fact.attribution),
        "places": "; ".join(place.name for place in named),
        "lat_deg": str(named[0].lat_deg) if named else "",
        "lon_deg": str(named[0].lon_deg) if named else "",
        "zones": "; ".join(f"{link.zone} ({link.relation})" for link in fact.zones),
        "article": fact.evidence.article,
        "start": str(fact.evidence.start),
        "end": str(fact.evidence.end),
        "quote": article.slice(fact.evidence) if article else "",
        **_time(fact),
        **_figure(fact),
    }


def _time(fact: Fact) -> dict[str, str]:
    when = fact.when
    if when is None:
        return {}
    return {"date_start": when.start or "", "date_end": when.end or "", "date_text": when.world_value or when.value}


def _figure(fact: Fact) -> dict[str, str]:
    figure = fact.figure
    if figure is None:
        return {}
    return {
        "figure": figure.text,
        "figure_low": f"{figure.low:g}" if figure.low < 1e6 else f"{figure.low:.0f}",  # noqa: PLR2004  :g rounds above
        "figure_high": f"{figure.high:g}" if figure.high < 1e6 else f"{figure.high:.0f}",  # noqa: PLR2004  the same
        "figure_unit": figure.unit,
        "figure_tag": figure.hxl or "",
    }
