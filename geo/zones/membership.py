"""Whether places lie in a zone, as a probability: *given this reconstruction* and one reading of its text.

The model is plain. Each vertex of the base line is moved east and north by a normal error with sigma half of its
uncertainty; the depth is uniform between the least and the most that the text allows; each place is moved by a
normal error with sigma half of its own radius. A place counts as inside in a draw if it then lies on the right
side of the line, within the depth, and inside what the recipe clips to. Borders, closures and exclusions are taken
as drawn. A zone without a base line moves its edge in and out as one, by a normal error of half its uncertainty.

The draws come from a fixed seed and are the same for every place and every reading, so that an answer does not
depend on who else is asked, and two readings differ only by what they say. What is left out: a systematic error
of the whole line, and everything that the reconstruction does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from geo.types import Membership
from geo.zones.chances import Chances, Crowd
from geo.zones.recipes import Workshop, overridden
from geo.zones.vocabulary import MEMBERSHIP_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from geo.types import Place, Zone
    from geo.zones.recipes import Boundaries

#: A probability from which on a place is called inside, and its mirror for outside.
SURE = 0.95
_ROUND_TO = 0.05
_NEARLY = 0.01
_EXTENDED = ("PCL", "ADM", "CONT", "SEA", "RGN")


def where(
    places: Iterable[Place],
    zones: Iterable[Zone],
    *,
    boundaries: Boundaries,
    only: Collection[str] | None = None,
    exact_places: bool = False,
) -> tuple[Membership, ...]:
    """Return for each place and zone whether the place is inside, with its probability and the other readings.

    Args:
        places: points; countries, provinces and other areas are passed over.
        zones: the file's zones, derived or not (what is derived already is not derived anew): base lines and clips
            are looked up among them.
        boundaries: the polygons of countries and provinces.
        only: ids of the zones asked about; by default the areas of `MEMBERSHIP_KINDS` that are not variants.
        exact_places: take the places' own uncertainty as 0.

    Raises:
        InputError: a recipe makes no sense.
    """
    asked = [place for place in places if is_point(place)]
    workshop = Workshop(zones, boundaries, keep_derived=True)
    crowd = Crowd.of(asked, workshop, exact=exact_places)
    chances = Chances(workshop, crowd)
    wanted = [zone for zone in workshop.zones.values() if (_is_asked(zone) if only is None else zone.id in only)]
    answers = [_answers(zone, chances, asked) for zone in wanted if chances.is_area(zone)]
    return tuple(answer for of_place in zip(*answers, strict=True) for answer in of_place)


def of_case(places: Iterable[Place], zones: Iterable[Zone]) -> tuple[Membership, ...]:
    """Return `where` for a case's zones, with the boundaries of the gazetteer.

    Raises:
        UsageError: a recipe makes no sense, or the boundaries are not installed.
    """
    from geo.gazetteer import boundaries

    return where(places, zones, boundaries=boundaries)


def _is_asked(zone: Zone) -> bool:
    return zone.kind in MEMBERSHIP_KINDS and not zone.variant_of


def is_point(place: Place) -> bool:
    """Return whether a place is a spot rather than a country, a province or a sea."""
    return place.area is None and not place.feature.startswith(_EXTENDED)


def probability_in_words(probability: float) -> str:
    """Return `< 1 %`, `> 99 %` or the probability rounded to 5 %, never to 0 or 100."""
    if probability < _NEARLY:
        return "< 1 %"
    if probability > 1 - _NEARLY:
        return "> 99 %"
    rounded = min(max(round(probability / _ROUND_TO), 1), round(1 / _ROUND_TO) - 1) * _ROUND_TO
    return f"about {100 * rounded:.0f} %"


def verdict(probability: float) -> Literal["inside", "outside", "in doubt"]:
    """Return inside from 95 %, outside up to 5 %, in doubt between."""
    if probability >= SURE:
        return "inside"
    return "outside" if probability <= 1 - SURE else "in doubt"


def reading_of(zone: Zone) -> str:
    """Return in words how a zone's text is read: its `reading`, or the side that its recipe names."""
    given = zone.properties.get("reading")
    if isinstance(given, str) and given:
        return given
    side = zone.recipe.get("side") if zone.recipe and not overridden(zone) else None
    if side == "both":
        return "both sides of the line"
    return f"{side} side of the line" if isinstance(side, str) else "as drawn"


def _answers(zone: Zone, chances: Chances, places: Sequence[Place]) -> list[Membership]:
    own = chances.of(zone)
    others = [(z, chances.of(z)) for z in chances.readings(zone)]
    line_km = chances.line_km(zone)
    return [
        Membership(
            place=place.id,
            zone=zone.id,
            verdict=verdict(p := float(own[i])),
            probability=p,
            words=probability_in_words(p),
            reading=reading_of(zone),
            other=tuple((z.id, reading_of(z), probability_in_words(float(chance[i]))) for z, chance in others),
            line_km=None if line_km is None else float(line_km[i]),
        )
        for i, place in enumerate(places)
    ]
