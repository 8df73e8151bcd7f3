"""The last resort for a name that no gazetteer has: somewhere near what the text names beside it.

A hotel, a street or a creek lies, more often than not, in or near the town that the report speaks of just there.
The answer is as vague as that: a point with a reach of tens of kilometres, a low score and a reason that says so.
It is given only to a caller that asks for it; the map does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Resolution

REACH_KM = 60.0
SCORE = 0.3
SURE_ENOUGH = 0.4
#: Characters by which an anchor counts as farther off for being wide: a country tells little of a hotel.
_WIDTH = {"PCLI": 600, "CONT": 5000, "OCN": 3000, "SEA": 1500, "RGN": 800, "ADM1": 200}


def filled(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions with those that found no place set near their neighbours in the text."""
    anchors = [each for each in resolutions if each.place and each.score >= SURE_ENOUGH]
    return tuple(each if each.place else _near(each, anchors) for each in resolutions)


def _near(lost: Resolution, anchors: Sequence[Resolution]) -> Resolution:
    others = [each for each in anchors if each.mention.text != lost.mention.text]
    if not others:
        return lost
    best = min(others, key=lambda anchor: _cost(lost, anchor))
    anchor = best.place
    if anchor is None:
        return lost
    place = Place(
        id=f"point:{anchor.lon_deg},{anchor.lat_deg}",
        name=lost.mention.text,
        lon_deg=anchor.lon_deg,
        lat_deg=anchor.lat_deg,
        feature="AREA",
        country=anchor.country,
        admin1=anchor.admin1,
        radius_km=max(REACH_KM, anchor.radius_km),
        source="the text's neighbourhood",
    )
    reason = f"no such place is known; the text speaks of {anchor.name} beside it"
    return replace(lost, place=place, score=SCORE, reasons=(reason,))


def _cost(lost: Resolution, anchor: Resolution) -> float:
    gap = abs(anchor.mention.span.start - lost.mention.span.start)
    return gap + (_WIDTH.get(anchor.place.feature, 0) if anchor.place else 0)
