"""What only following the recipes can tell: one that makes nothing, and how far a drawn zone departs from its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.zones.recipes import Workshop, deviation_of, overridden
from geo.zones.rules.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.types import Zone
    from geo.zones.recipes import Boundaries
    from geo.zones.text import Path

_NOTICED_KM2 = 0.01


def making_findings(zones: Sequence[Zone], boundaries: Boundaries) -> Iterator[Finding]:
    """Yield an error for each recipe that can't be followed, and a warning for each drawn zone that leaves its own.

    Args:
        zones: the features of a FeatureCollection, all of them, in their order; none of them derived yet.
        boundaries: the polygons of countries and provinces.
    """
    try:
        workshop = Workshop(zones, boundaries)
    except InputError as fault:
        yield _refusal((), fault)
        return
    faults: dict[str, InputError] = {}
    for zone in zones:
        try:
            yield from _departure(zones, zone, workshop)
        except InputError as fault:
            faults.setdefault(fault.message, fault)
    for each in faults.values():
        yield _refusal(_culprit(zones, each), each)


def _departure(zones: Sequence[Zone], zone: Zone, workshop: Workshop) -> Iterator[Finding]:
    made = workshop.finished(zone)
    if not overridden(zone):
        return
    if made.geometry is None:
        hint = "Draw its geometry, or take the override out."
        yield warning("no-geometry", _place(zones, zone), "the recipe is overridden and nothing is drawn", hint)
        return
    found = deviation_of(zone, workshop)
    if max(found.gained_km2, found.lost_km2) >= _NOTICED_KM2:
        message = (
            f"drawn by hand, {found.gained_km2:,.2f} km² beyond its recipe and {found.lost_km2:,.2f} km² short of it, "
            f"{found.farthest_km:.2f} km at most"
        )
        hint = 'The drawing counts. For the recipe alone, write "geometry": null.'
        yield warning("off-recipe", _place(zones, zone), message, hint)


def _refusal(path: Path, fault: InputError) -> Finding:
    return error("recipe-fails", path, fault.message.rstrip("."), fault.hint)


def _culprit(zones: Sequence[Zone], fault: InputError) -> Path:
    """Return the path of the zone that a message begins with: it may be another than the one that was asked for."""
    return next((_place(zones, zone) for zone in zones if fault.message.startswith(f"zone {zone.id!r}")), ())


def _place(zones: Sequence[Zone], zone: Zone) -> Path:
    path = ("features", next(i for i, each in enumerate(zones) if each is zone))
    drawn = zone.geometry is not None or zone.recipe is None
    return (*path, "geometry") if drawn else (*path, "properties", "recipe")
