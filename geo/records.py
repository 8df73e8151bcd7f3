"""The machine interface: reports and readings as plain, JSON-able records.

The shapes are stable. `geoparse`: `{"id", "toponyms": [{"start", "end", "name", "lat", "lon", "geonameid",
"country", "score", "role"}]}`, latitude and longitude null where the resolver abstains; `reading` is added where the
words around a name mean a part of its place or a spot beside it (*northern Syria*, *15 km east of Saraqib*).
`facts`: times of all segments, facts of headline, body and captions. Offsets are code points into the record's `text`.
"""

from __future__ import annotations

import operator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.gazetteer import Gazetteer
    from geo.types import Article, Report, Resolution, Theatre


def geoparse_record(
    record: Mapping[str, Any], gazetteer: Gazetteer, *, given_spans: bool = False, theatre: Theatre | None = None
) -> dict[str, Any]:
    """Return the toponyms of a record `{"id", "text"}`; with `given_spans` those of its own `toponyms`, resolved.

    A demonym (*Syrian*) counts where no other name of the text means its place: then it is all that the text says of
    Syria. With `"demonyms": true` in the record all count, with false none: corpora differ on whether they are places.
    """
    if given_spans:
        given = _given(record, gazetteer, theatre)
        return {"id": record["id"], "toponyms": [_toponym(each, each) for each in given]}
    from geo import language, resolver

    article = _article(record)
    parsed = language.parse(article, full=False)
    named = resolver.resolve(parsed, gazetteer, theatre=theatre, domain=_domain(record), vague=True, readings=False)
    found = resolver.choose_demonyms(named, wanted=_wish(record))
    meant = resolver.read(article.text, found, gazetteer)
    return {"id": record["id"], "toponyms": [_toponym(*pair) for pair in zip(found, meant, strict=True)]}


def _wish(record: Mapping[str, Any]) -> bool | None:
    """Return whether a record wants demonyms; None where it leaves that to us."""
    wish = record.get("demonyms")
    if wish is None or isinstance(wish, bool):
        return wish
    raise InputError(f"`demonyms` is no true or false: {str(wish)[:40]}.", hint="Leave it out, or give true or false.")


def _given(record: Mapping[str, Any], gazetteer: Gazetteer, theatre: Theatre | None) -> Iterable[Resolution]:
    """Return what a record's own names mean; its text is not read for more than what stands beside them."""
    from geo.article.decode import checked
    from geo.resolver import resolve_spans

    text = checked(record["text"], str(record["id"]))
    given = record.get("toponyms", ())
    if not isinstance(given, list | tuple):
        raise InputError("`toponyms` is no list.", hint=_SPANS)
    spans = [_given_span(each, number, len(text)) for number, each in enumerate(given, 1)]
    return resolve_spans(text, spans, gazetteer, theatre=theatre, domain=_domain(record))


_SPANS = 'Give each toponym as {"start": 14, "end": 20}: code points of the text, end exclusive.'


def _given_span(each: Any, number: int, length: int) -> tuple[int, int]:  # noqa: ANN401  whatever the record holds
    """Return where a given toponym begins and ends; it may be empty, and overlap others."""
    try:
        start, end = operator.index(each["start"]), operator.index(each["end"])
    except (KeyError, TypeError) as error:
        raise InputError(f"toponym {number}: its start and end are not two whole numbers.", hint=_SPANS) from error
    if not 0 <= start <= end <= length:
        message = f"toponym {number}: {start} to {end} is no stretch of the text, which has {length:,} characters."
        raise InputError(message, hint=_SPANS)
    return start, end


def _domain(record: Mapping[str, Any]) -> str | None:
    """Return the host name of a record's outlet, where it has one."""
    domain = record.get("domain")
    if domain is not None and not isinstance(domain, str):
        raise InputError(f"`domain` is no host name: {str(domain)[:40]}.", hint="Give it as a string: example.com.")
    return domain


def facts_record(record: Mapping[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the times, attributions and facts of a record `{"id", "text"}` with an optional `date`."""
    from geo import facts, language, resolver

    article = _article(record)
    parsed = language.parse(article)
    found = resolver.resolve(parsed, gazetteer)
    reading = facts.read_facts(parsed, published=article.published.date, resolutions=found)
    return {"id": record["id"], **facts.as_record(reading)}


def report_record(report: Report) -> dict[str, Any]:
    """Return a whole report as JSON-able data; geometries are GeoJSON, unset fields are left out."""
    record: dict[str, Any] = plain(report)
    return record


def toponym_records(resolutions: Iterable[Resolution]) -> list[dict[str, Any]]:
    """Return resolutions in the shape of `contactline geoparse`."""
    return [_toponym(each, each) for each in resolutions]


def _article(record: Mapping[str, Any]) -> Article:
    from geo.article import from_text

    return from_text(record["text"], id=str(record["id"]), published=record.get("date"), title=record.get("title"))


def _toponym(resolution: Resolution, meant: Resolution) -> dict[str, Any]:
    """Return a name with its whole place, and under `reading` the part or spot that the words around it mean."""
    span, place = resolution.mention.span, resolution.place
    reading = {"reading": _reading(meant)} if meant is not resolution and meant.place else {}
    return {
        "start": span.start,
        "end": span.end,
        "name": resolution.mention.text,
        "lat": round(place.lat_deg, 5) if place else None,
        "lon": round(place.lon_deg, 5) if place else None,
        "geonameid": place.geonameid if place else None,
        "country": place.country if place else None,
        "score": round(resolution.score, 4),
        "role": resolution.mention.role,
        **reading,
    }


def _reading(meant: Resolution) -> dict[str, Any]:
    place = meant.place
    return {
        "kind": meant.mention.kind,
        "name": place.name if place else meant.mention.text,
        "lat": round(place.lat_deg, 5) if place else None,
        "lon": round(place.lon_deg, 5) if place else None,
        "radius_km": place.radius_km if place else None,
        "why": meant.reasons[0],
    }


def plain(value: Any) -> Any:  # noqa: ANN401  any value of the report
    """Return a value of `geo.types` as JSON-able data: geometries as GeoJSON, unset fields left out."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: plain(item) for name, item in pairs if item is not None and item not in ((), {})}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "geom_type"):
        from shapely.geometry import mapping

        return plain(mapping(value))
    return value if isinstance(value, str | int | float | bool | None) else str(value)
