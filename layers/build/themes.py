"""The themed layers of the control, lowest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.build.words import THEME_TITLES as FACT_TITLES
from layers.build.words import THEMES
from layers.build.zones import THEME_TITLES as ZONE_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.document import FactDoc, LayerDoc, PlaceDoc, ZoneDoc
    from layers.interface import Say


def layer_list(
    places: Sequence[PlaceDoc], facts: Sequence[FactDoc], zones: Sequence[ZoneDoc], say: Say
) -> list[LayerDoc]:
    """Return the layers that have marks: zones, places, facts; other readings and related headlines are off."""
    found = [each for each in (*_zone_layers(zones), *_place_layers(places), *_fact_layers(facts)) if each["marks"]]
    for each in found:
        each["title"] = say(each["title"])
    return found


def _zone_layers(zones: Sequence[ZoneDoc]) -> Iterator[LayerDoc]:
    for theme, title in ZONE_TITLES.items():
        mine = [zone["id"] for zone in zones if zone["theme"] == theme and not zone["variant_of"]]
        yield _layer(f"zones-{theme}", title, "zones", mine)
    variants = [zone["id"] for zone in zones if zone["variant_of"]]
    yield _layer("zones-variants", "Other readings", "zones", variants, shown=False)


def _place_layers(places: Sequence[PlaceDoc]) -> Iterator[LayerDoc]:
    for origin, title in (("article", "Places in the text"), ("case", "Other places of the case")):
        mine = [place["id"] for place in places if place["origin"] == origin]
        yield _layer(f"places-{origin}", title, origin, mine, shown=origin == "article")


def _fact_layers(facts: Sequence[FactDoc]) -> Iterator[LayerDoc]:
    for theme in THEMES:
        told = [fact["id"] for fact in facts if fact["theme"] == theme and not fact["related"]]
        yield _layer(f"facts-{theme}", FACT_TITLES[theme], "article", told)
    related = [fact["id"] for fact in facts if fact["related"]]
    yield _layer("facts-related", "Related headlines", "article", related, shown=False)


def _layer(key: str, title: str, group: Any, marks: list[str], *, shown: bool = True) -> LayerDoc:  # noqa: ANN401  one of LayerDoc's words
    return {"id": key, "title": title, "group": group, "marks": marks, "shown": shown}
