"""Places as marks: one a place, whatever the number of its mentions; doubt kept, nothing placed by guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.types import READ_ROLES
from layers.build.reading import Line, Marked, touching
from layers.build.words import place_kind
from layers.interface import english
from layers.towns import LANGUAGES, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.types import Candidate, Membership, Place, Report, Resolution
    from layers.document import Alternative, MembershipDoc, PlaceDoc
    from layers.interface import Say

#: Below this calibrated score a place is drawn as in doubt: fewer than two in three such answers are right.
DOUBT_BELOW = 0.65
#: A demonym or a metonym names people or a government: it is read, not mapped.
_MAPPED = frozenset({"toponym", "direction", "relative", "coordinate"})
_MOST_ALTERNATIVES = 4
#: `UAE` stays; `SOCHI`, as datelines have it, becomes `Sochi`.
_LONGEST_ABBREVIATION = 4
_LANGUAGES = frozenset({"en", "ar", "tr", "ru", "uk", "fa", "ku", "he", "el", "fr"})
_NO_PLACE = "No place was given to: {names}."


@dataclass(frozen=True, slots=True)
class PlaceMarks:
    """The places of a page and where the text names them."""

    docs: list[PlaceDoc]
    marked: tuple[Marked, ...]
    by_place: Mapping[str, str]
    """Mark id by `Place.id`."""
    unplaced: Mapping[str, str]
    """A note by article id: the names that the resolver abstained from."""


def place_marks(report: Report, lines: Sequence[Line], say: Say = english) -> PlaceMarks:
    """Return the places that the reports name, in order of first mention, then those the case adds."""
    named: dict[str, list[Resolution]] = {}
    for each in report.resolutions:
        if each.place and _is_mapped(each):
            named.setdefault(each.place.id, []).append(each)
    added = [place for place in report.places if place.id not in named]
    ids = {key: f"p{number}" for number, key in enumerate([*named, *(place.id for place in added)], start=1)}
    inside = _memberships(report.memberships, report, say)
    docs = [_named(ids[key], found, lines, inside.get(key, []), say) for key, found in named.items()]
    docs += [_doc(ids[place.id], place, inside.get(place.id, []), say) for place in added]
    marked = tuple(Marked(r.mention.span, "place", (ids[key],)) for key, found in named.items() for r in found)
    return PlaceMarks(docs, marked, ids, _unplaced(report.resolutions, say))


def _is_mapped(resolution: Resolution) -> bool:
    return resolution.mention.kind in _MAPPED and resolution.mention.role in {*READ_ROLES, "byline"}


def _named(
    mark: str, found: Sequence[Resolution], lines: Sequence[Line], inside: list[MembershipDoc], say: Say
) -> PlaceDoc:
    best = max(found, key=lambda each: each.score)
    assert best.place is not None  # noqa: S101  only resolutions with a place are grouped
    doc = _doc(mark, best.place, inside, say)
    sentences = dict.fromkeys(line for each in found for line in touching(each.mention.span, lines))
    doc["origin"] = "article"
    doc["name"] = _as_written(found)
    doc["score"] = round(best.score, 2)
    doc["doubt"] = best.score < DOUBT_BELOW
    doc["reasons"] = list(best.reasons)
    doc["alternatives"] = [_alternative(each, say) for each in best.alternatives[:_MOST_ALTERNATIVES]]
    doc["sentences"] = list(sentences)
    return doc


def _doc(mark: str, place: Place, inside: list[MembershipDoc], say: Say) -> PlaceDoc:
    return {
        "id": mark,
        "name": place.name,
        "names": _names(place),
        "lon": round(place.lon_deg, 5),
        "lat": round(place.lat_deg, 5),
        "feature": place.feature,
        "kind": place_kind(place),
        "where": where(place, say),
        "radius_km": round(place.radius_km, 2),
        "area": place.area,
        "origin": "case",
        "doubt": False,
        "score": None,
        "reasons": [],
        "alternatives": [],
        "source": place.source,
        "sentences": [],
        "facts": [],
        "membership": inside,
    }


def _as_written(found: Sequence[Resolution]) -> str:
    """Return the spelling that the reports use most: readers look for the name that they read.

    A part of a place or a spot beside it has the name that its reading gave it: *north-western Syria*, not *Syria*.
    """
    first = found[0]
    if first.place and first.mention.kind in {"direction", "relative"}:
        bare = first.place.name.removeprefix("the ")
        return bare[:1].upper() + bare[1:]
    name = Counter(each.mention.text for each in found).most_common(1)[0][0]
    return _in_small_letters(name, first.place) if name.isupper() and first.place else name


def _in_small_letters(name: str, place: Place) -> str:
    """Return a dateline's capitals as the gazetteer writes that name: `KYIV` is `Kyiv`, `UAE` stays."""
    known = (place.name, *(spelling for _, spelling in place.names))
    same = next((each for each in known if each.casefold() == name.casefold() and not each.isupper()), None)
    return same or (name.title() if len(name) > _LONGEST_ABBREVIATION else name)


def _names(place: Place) -> dict[str, str]:
    """Return one name a language, the first given, and the gazetteer's own as `und`."""
    names = {"und": place.name}
    for language, name in place.names:
        if language in _LANGUAGES:
            names.setdefault(language, name)
    # In English a place is called what the report calls it.
    return {**{code: name for code, name in _known_names(place.id, place.area) if code in LANGUAGES}, **names}


@lru_cache(maxsize=4096)
def _known_names(place_id: str, area: str | None) -> tuple[tuple[str, str], ...]:
    """Return the names that the boundaries tell the language of, or else those that their letters tell."""
    if area:
        from geo.gazetteer import boundaries

        return tuple(reversed(boundaries.names(area)))
    if not place_id.startswith("geonames:"):
        return ()
    from geo.gazetteer.store import Gazetteer

    known = Gazetteer.open().get(place_id)
    return tuple(spellings(known).items()) if known else ()


def where(place: Place, say: Say = english) -> str:
    """Return what tells a place from its namesakes: `town, Idlib, Syria`."""
    from geo.gazetteer import boundaries

    keys = [key for key in (_admin1_key(place), _country_key(place)) if key and key != place.area]
    above = [_short(key, dict(boundaries.names(key)), say("en")) for key in keys]
    return say(", ").join([say(place_kind(place)), *(name for name in above if name)])


def _short(key: str, names: Mapping[str, str], language: str) -> str | None:
    """Return the everyday name: `Syria`, not the state's full style; `Aleppo`, not the province's own spelling."""
    first, second = ("und", "en") if key.startswith("country:") else ("en", "und")
    own = names.get(language) if language != "en" else None
    return own or names.get(first) or names.get(second)


def _admin1_key(place: Place) -> str | None:
    return f"admin1:{place.admin1}" if place.admin1 else None


def _country_key(place: Place) -> str | None:
    return f"country:{place.country}" if place.country else None


def _alternative(candidate: Candidate, say: Say) -> Alternative:
    place = candidate.place
    return {
        "name": place.name,
        "where": where(place, say),
        "lon": round(place.lon_deg, 4),
        "lat": round(place.lat_deg, 4),
        "score": round(candidate.score, 2),
        "reasons": list(candidate.reasons),
    }


def _memberships(found: Iterable[Membership], report: Report, say: Say) -> dict[str, list[MembershipDoc]]:
    names = {zone.id: zone.name for zone in report.zones}
    by_place: dict[str, list[MembershipDoc]] = {}
    for each in found:
        doc: MembershipDoc = {
            "zone": each.zone,
            "verdict": each.verdict,
            "words": _odds(each.words, say),
            "reading": each.reading,
        }
        if each.other:
            doc["other"] = "; ".join(
                f"{reading or names.get(zone, zone)}: {words}" for zone, reading, words in each.other
            )
        by_place.setdefault(each.place, []).append(doc)
    return by_place


def _odds(words: str, say: Say) -> str:
    return say("about {n}", n=words.removeprefix("about ")) if words.startswith("about ") else words


def _unplaced(resolutions: Iterable[Resolution], say: Say) -> dict[str, str]:
    names: dict[str, dict[str, None]] = {}
    for each in resolutions:
        if each.place is None and _is_mapped(each):
            names.setdefault(each.mention.span.article, {})[each.mention.text] = None
    return {article: say(_NO_PLACE, names=", ".join(found)) for article, found in names.items()}
