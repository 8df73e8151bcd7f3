"""Zones as marks: geometry, parts, the band of a line's uncertainty, and the figures that an analyst asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping

from geo.gazetteer import boundaries
from geo.zones import figures, membership
from layers.build.words import about_km, about_km2
from layers.interface import english

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box
    from geo.types import Place, Report, SourceRef, Zone
    from layers.document import FactDoc, Interval, PartDoc, SourceDoc, ZoneDoc
    from layers.interface import Say

#: A drawn geometry keeps 0.0001° (11 m); a derived one, kilometres in doubt, 0.001° (110 m) and a third of the bytes.
_DIGITS = 4
_DERIVED_DIGITS = 3
_DERIVED_DETAIL_DEG = 0.0006
_OUTLINE_STEPS = 700
_VIEW_STEPS = 1500
_ISLET_STEPS = 5
_THEMES = {
    "contact_line": "line",
    "ceasefire_line": "line",
    "withdrawal_line": "line",
    "closure": "line",
    "buffer_zone": "zone",
    "separation_area": "zone",
    "limitation_area": "zone",
    "withdrawal_area": "zone",
    "exclusion": "zone",
    "corridor": "zone",
    "patrol_area": "patrols",
    "patrol": "patrols",
    "observation_post": "posts",
    "road": "roads",
}
THEME_TITLES = {
    "area": "Wider area",
    "zone": "Zone",
    "patrols": "Patrols",
    "roads": "Roads",
    "line": "Line of contact",
    "posts": "Observation posts",
}
_SHARED_OUT = frozenset({"buffer_zone", "deescalation_area"})
#: A share below this may be nothing but the doubt of the borders.
_LEAST_SHARE = 0.02
_PARTS = {"core": "sure core", "margin": "doubtful margin"}


def zone_docs(report: Report, facts: list[FactDoc], say: Say = english) -> list[ZoneDoc]:
    """Return the case's zones as marks, each with the facts and sentences that speak of it."""
    return [_doc(zone, report, [fact for fact in facts if zone.id in _zones_of(fact)], say) for zone in report.zones]


def theme(zone: Zone) -> str:
    """Return the layer that a zone belongs to."""
    return _THEMES.get(zone.kind, "area")


def validity(edtf: str | None) -> Interval | None:
    """Return an EDTF interval as the page's: `..` is an open end, an empty one unknown."""
    if not edtf:
        return None
    start, _, end = edtf.partition("/")
    if "/" not in edtf:
        end = start
    return {
        "start": _first_day(start),
        "end": _last_day(end),
        "start_kind": _kind(start),
        "end_kind": _kind(end),
        "edtf": edtf,
        "role": "validity",
    }


def _zones_of(fact: FactDoc) -> set[str]:
    return {link["zone"] for link in fact["zones"]}


def _doc(zone: Zone, report: Report, facts: list[FactDoc], say: Say) -> ZoneDoc:
    return {
        "id": zone.id,
        "name": zone.name,
        "names": dict(zone.names),
        "kind": zone.kind,
        "theme": theme(zone),
        "status": zone.status,
        "basis": zone.basis,
        "valid": validity(zone.valid),
        "parties": list(zone.parties),
        "applies_to": list(zone.applies_to),
        "uncertainty_km": zone.uncertainty_km,
        "sources": [_source(each) for each in zone.sources],
        "note": zone.note,
        "geometry": _shape(zone.geometry) if zone.derived else geojson(zone.geometry),
        "parts": _parts(zone, say),
        "band": _shape(figures.uncertainty_band(zone)),
        "derived": zone.derived,
        "variant_of": zone.variant_of,
        "in_article": bool(facts) or not report.borrowed_zones,
        "shown": zone.variant_of is None and zone.geometry is not None and zone.properties.get("shown") is not False,
        "figures": _figures(zone, report, say),
        "sentences": list(dict.fromkeys(line for fact in facts for line in fact["sentences"])),
        "facts": [fact["id"] for fact in facts],
    }


def geojson(geometry: BaseGeometry | None, *, digits: int = _DIGITS) -> dict[str, Any] | None:
    """Return a geometry as GeoJSON with as many digits as a map of this scale can show."""
    if geometry is None or geometry.is_empty:
        return None
    plain: dict[str, Any] = mapping(shapely.transform(geometry, lambda xy: xy.round(digits)))
    return plain


def _shape(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a computed geometry as coarse as its doubt allows."""
    if geometry is None:
        return None
    return geojson(shapely.simplify(geometry, _DERIVED_DETAIL_DEG), digits=_DERIVED_DIGITS)


def outline(area: BaseGeometry | None, *, near: Box | None = None) -> BaseGeometry | None:
    """Return an area as coarse as one may draw it to point at it: detail and islets below a part of its extent go.

    Args:
        area: longitude and latitude in degrees.
        near: a view (west, south, east, north): in it and around it the outline is as fine as the view can show,
            so that it runs along the coasts and borders of the ground.
    """
    if area is None or area.is_empty:
        return None
    west, south, east, north = area.bounds
    detail_deg = max(east - west, north - south) / _OUTLINE_STEPS
    parts = [part for part in shapely.get_parts(area) if part.area > (_ISLET_STEPS * detail_deg) ** 2]
    coarse = shapely.simplify(shapely.union_all(parts or [area]), detail_deg)
    return _fine_near(area, coarse, near, detail_deg) if near else coarse


def _fine_near(area: BaseGeometry, coarse: BaseGeometry, view: Box, detail_deg: float) -> BaseGeometry:
    west, south, east, north = view
    wide, high = east - west, north - south
    fine_deg = max(wide, high) / _VIEW_STEPS
    if fine_deg >= detail_deg or wide <= 0:
        return coarse
    box = shapely.box(west - wide / 2, south - high / 2, east + wide / 2, north + high / 2)
    fine = shapely.simplify(shapely.clip_by_rect(area, *box.bounds), fine_deg)
    return shapely.union(shapely.make_valid(fine), shapely.difference(coarse, box))


def _source(source: SourceRef) -> SourceDoc:
    url = source.url if source.url and source.url.startswith(("https://", "http://")) else None
    return {"title": source.title, "url": url, "says": source.says, "contradicts": source.contradicts}


def _parts(zone: Zone, say: Say) -> list[PartDoc]:
    found: list[PartDoc] = []
    for role, geometry in zone.parts:
        plain = _shape(geometry)
        if plain is not None:
            found.append({"role": role, "label": say(_PARTS.get(role, role)), "geometry": plain})
    return found


def _figures(zone: Zone, report: Report, say: Say) -> list[list[str]]:
    measured = figures.figures(zone, _places(report), boundaries=boundaries, admin1=_provinces(zone, report))
    pairs = []
    if measured.area_km2 is not None:
        pairs.append([say("Area"), about_km2(measured.area_km2, say)])
    pairs += [
        [say("Area, {part}", part=say(_PARTS.get(part, part))), about_km2(area, say)]
        for part, area in measured.parts_km2
    ]
    if measured.length_km is not None:
        pairs.append([say("Length"), about_km(measured.length_km, say)])
    pairs += [
        [say("In {province}", province=name), say("{share} of the area", share=f"{share:.0%}")]
        for code, share in measured.share_by_admin1
        if share > _LEAST_SHARE and (name := _province(code, say))
    ]
    if measured.places_within:
        pairs.append([say("Places of this page inside as drawn"), str(len(measured.places_within))])
    return pairs


def _places(report: Report) -> list[Place]:
    named = {each.place.id: each.place for each in report.resolutions if each.place}
    return [place for place in {**named, **{p.id: p for p in report.places}}.values() if membership.is_point(place)]


def _provinces(zone: Zone, report: Report) -> list[str]:
    if zone.kind not in _SHARED_OUT or report.case is None:
        return []
    return [code for country in report.case.theatre.countries for code in boundaries.admin1_codes(country)]


def _province(code: str, say: Say) -> str | None:
    """Return a province's name; a code says nothing to a reader."""
    known = dict(boundaries.names(f"admin1:{code}"))
    return known.get(say("en")) or known.get("en") or known.get("und")


def _kind(end: str) -> Any:  # noqa: ANN401  one of Interval's three words
    return {"..": "open", "": "unknown"}.get(end, "day")


def _first_day(text: str) -> str | None:
    day = text.strip("~?%")
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10] if day not in {"", ".."} else None  # noqa: PLR2004  YYYY


def _last_day(text: str) -> str | None:
    from calendar import monthrange

    day = text.strip("~?%")
    if day in {"", ".."}:
        return None
    year, month, date = (*map(int, day.split("-")), 0, 0)[:3]
    month = month or 12
    return f"{year:04}-{month:02}-{date or monthrange(year, month)[1]:02}"
