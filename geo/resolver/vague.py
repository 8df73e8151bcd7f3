"""The last resort for a name that no gazetteer has: somewhere near what else the text names.

A hotel, a street or a creek lies, more often than not, where most of the names of the report lie, and near the town
that it speaks of just there.
The answer is as vague as that: a point with a reach of tens of kilometres, a low score and a reason that says so.
It is given only to a caller that asks for it; the map does not.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.sphere import EARTH_KM, unit_vectors
from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Resolution

REACH_KM = 60.0
SCORE = 0.3
SURE_ENOUGH = 0.4
#: Names within so far of one another speak for the same neighbourhood.
_TOGETHER_KM = 161.0
#: Over so many characters what a name says of another falls to a third.
_BESIDE_CHARACTERS = 500.0
#: What the share of all names that lie together counts beside the nearness in the text: a report's own town is spoken
#: of throughout, a far city once, be it just beside.
_CROWD = 2.0
#: Characters by which an anchor counts as farther off for being wide: a country tells little of a hotel.
_WIDTH = {"PCLI": 600, "CONT": 5000, "OCN": 3000, "SEA": 1500, "RGN": 800, "ADM1": 200}


def filled(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions, those that found no place set where most of the text's names lie, near it in the text."""
    if all(each.place for each in resolutions):
        return tuple(resolutions)
    anchors = [(each, each.place) for each in resolutions if each.place and each.score >= SURE_ENOUGH]
    crowd = _crowd(anchors)
    return tuple(each if each.place else _near(each, anchors, crowd) for each in resolutions)


def _crowd(anchors: Sequence[tuple[Resolution, Place]]) -> np.ndarray:
    """Return, for each anchor, the share of the different names that lie near it; a wide place counts for half."""
    names = {(each.mention.text, place.id): place for each, place in anchors}
    near = unit_vectors([place for _, place in anchors]) @ unit_vectors(list(names.values())).T
    weight = np.array([0.5 if place.feature in _WIDTH else 1.0 for place in names.values()])
    share: np.ndarray = (near > np.cos(_TOGETHER_KM / EARTH_KM)) @ weight / max(len(names), 1)
    return share


def _near(lost: Resolution, anchors: Sequence[tuple[Resolution, Place]], crowd: np.ndarray) -> Resolution:
    others = [i for i, (each, _) in enumerate(anchors) if each.mention.text != lost.mention.text]
    if not others:
        return lost
    _, anchor = anchors[max(others, key=lambda i: _CROWD * crowd[i] + _beside(lost, *anchors[i]))]
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
    reason = f"no such place is known; set near {anchor.name}, of which the text speaks"
    return replace(lost, place=place, score=SCORE, reasons=(reason,))


def _beside(lost: Resolution, anchor: Resolution, place: Place) -> float:
    """Return how near an anchor stands in the text, 0 to 1."""
    gap = abs(anchor.mention.span.start - lost.mention.span.start) + _WIDTH.get(place.feature, 0)
    return math.exp(-gap / _BESIDE_CHARACTERS)
