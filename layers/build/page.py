"""The whole document: what the page opens on, its layers, its span of time, its credits."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.types import Theatre
from layers.build.facts import fact_marks
from layers.build.places import place_marks
from layers.build.reading import article_doc, lines
from layers.build.themes import layer_list
from layers.build.view import opening_view, theatre
from layers.build.zones import geojson, outline, zone_docs
from layers.document import VERSION
from layers.interface import credit_lines, direction, speaker, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.gazetteer.boundaries import Box
    from geo.types import Case, Report
    from layers.document import (
        FactDoc,
        Interval,
        MapDocument,
        PlaceDoc,
        TextMode,
        Tiles,
        TimeDoc,
        ZoneDoc,
    )
    from layers.interface import Say

_LEAST_REACH_DAYS = 365
_DISCLAIMER = "Reconstruction, not an official delimitation"
_BORROWED = "The zones come from the case “{case}”: they are not in this article."


def document(
    report: Report, *, text: TextMode | None = None, tiles: Tiles | None = None, language: str | None = None
) -> MapDocument:
    """Return everything that one page shows of a report.

    Args:
        report: what was read.
        text: how much of the articles the page carries; by default all of a text that the user owns, and only
            the sentences with marks of one that came from an address.
        tiles: a tile server that the user asked for; by default nothing is asked of any server.
        language: of the interface; by default the case's.
    """
    case = report.case
    speech = language or (case.language if case else "en")
    say = speaker(speech)
    modes: dict[str, TextMode] = {each.id: text or ("quotes" if each.url else "full") for each in report.articles}
    numbered = lines(report.articles, report.sentences)
    places = place_marks(report, numbered, say)
    facts = fact_marks(report, numbered, places.by_place, modes, say)
    zones = zone_docs(report, facts.docs, say)
    _join_facts(places.docs, facts.docs)
    marked = (*places.marked, *facts.marked)
    articles = [article_doc(each, numbered, marked, modes[each.id]) for each in report.articles]
    for each in articles:
        each["notes"] += [note for key, note in places.unplaced.items() if key == each["id"]]
    box = opening_view(zones, places.docs)
    return {
        "version": VERSION,
        "id": case.id if case else "report",
        "title": _title(report),
        "subtitle": str(case.options.get("subtitle", "")) if case else "",
        "language": speech,
        "dir": direction(speech),
        "credit": case.credit if case else None,
        "disclaimer": say(_DISCLAIMER) if any(_is_reconstructed(zone) for zone in zones) else None,
        "notes": _notes(report, say),
        "view": {"bbox": box},
        "time": _time(report, facts.docs, zones),
        "tiles": tiles,
        "articles": articles,
        "places": places.docs,
        "facts": facts.docs,
        "zones": zones,
        "areas": _areas(places.docs, box),
        "basemap": _basemap(case, places.docs, box),
        "layers": layer_list(places.docs, facts.docs, zones, say),
        "credits": credit_lines(say),
        "strings": strings(speech),
        "generator": {"name": "contactline", **dict(report.provenance)},
    }


def _title(report: Report) -> str:
    if report.case and not report.borrowed_zones:
        return report.case.title
    return next((each.title for each in report.articles if each.title), "Untitled report")


def _notes(report: Report, say: Say) -> list[str]:
    notes = [report.case.note] if report.case and report.case.note else []
    if report.case and report.borrowed_zones:
        notes.append(say(_BORROWED, case=report.case.title))
    return notes


def _is_reconstructed(zone: ZoneDoc) -> bool:
    return zone["geometry"] is not None and zone["basis"] in {"reconstruction", "assumption"}


def _join_facts(places: Iterable[PlaceDoc], facts: Sequence[FactDoc]) -> None:
    for place in places:
        place["facts"] = [fact["id"] for fact in facts if place["id"] in fact["places"]]


def _areas(places: Iterable[PlaceDoc], box: list[float]) -> dict[str, dict[str, Any]]:
    west, south, east, north = box
    keys = dict.fromkeys(place["area"] for place in places if place["area"])
    return {key: shape for key in keys if key and (shape := _area(key, (west, south, east, north)))}


@lru_cache(maxsize=256)
def _area(key: str, view: Box) -> dict[str, Any] | None:
    """Return an area's outline as GeoJSON; the same few countries come up in report after report."""
    from geo.gazetteer import boundaries

    return geojson(outline(boundaries.area(key), near=view), digits=3)


def _basemap(case: Case | None, places: Iterable[PlaceDoc], box: list[float]) -> dict[str, Any]:
    from geo.gazetteer import boundaries
    from layers.ground_cache import ground

    countries = case.theatre.countries if case else ()
    if not countries:
        local = theatre([each for each in places if each["kind"] not in {"country", "region"}])
        found = (boundaries.country_at(each["lon"], each["lat"]) for each in local)
        countries = tuple(dict.fromkeys(code for code in found if code))[:2]
    west, south, east, north = box
    return ground(Theatre(countries=countries, bbox_deg=(west, south, east, north)), (west, south, east, north))


def _time(report: Report, facts: Iterable[FactDoc], zones: Iterable[ZoneDoc]) -> TimeDoc | None:
    """Return the span of the story: publication, dated facts, and what begins or ends in force about then.

    A zone that is decades old would leave the story itself a thin line at the edge.
    """
    published = [each.published.date for each in report.articles if each.published.date]
    told = {*published, *_days(fact["when"] for fact in facts if fact["when"] and not fact["related"])}
    framing = set(_days(zone["valid"] for zone in zones if zone["valid"] and zone["theme"] != "posts"))
    days = sorted(told) or sorted(framing)
    if not days:
        return None
    reach = max(_LEAST_REACH_DAYS, 2 * (_ordinal(days[-1]) - _ordinal(days[0])))
    first, last = _shift(days[0], -reach), _shift(days[-1], reach)
    days = sorted({*days, *(day for day in framing if first <= day <= last)})
    return {"start": _shift(days[0], -3), "end": _shift(days[-1], 3), "now": min(published, default=None)}


def _days(spans: Iterable[Interval]) -> Iterator[str]:
    return (day for span in spans for day in (span["start"], span["end"]) if day)


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _shift(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day
