"""The last resort for a name that no gazetteer has: somewhere near what else the text names.

A hotel, a street or a creek lies, more often than not, where most of the names of the report lie, and near the town
that it speaks of just there.
The answer is as vague as that: a point with a reach of tens of kilometres, a low score and a reason that says so.
It is given only to a caller that asks for it; the map does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.sphere import EARTH_KM, unit_vectors
from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.types import Resolution

REACH_KM = 60.0
SCORE = 0.3
SURE_ENOUGH = 0.4
#: Names within so far of one another speak for the same neighbourhood.
_TOGETHER_KM = 161.0
#: So many names are looked at together: in a long text those around it.
_MOST_NAMES = 600
#: Over so many characters what a name says of another falls to a third.
_BESIDE_CHARACTERS = 500.0
#: What the share of all names that lie together counts beside the nearness in the text: a report's own town is spoken
#: of throughout, a far city once, be it just beside.
_CROWD = 2.0
#: Characters by which an anchor counts as farther off for being wide: a country tells little of a hotel.
_WIDTH = {"PCLI": 600, "CONT": 5000, "OCN": 3000, "SEA": 1500, "RGN": 800, "ADM1": 200}


def filled(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions, those that found no place set where most of the text's names lie, near it in the text."""
    blocks = [resolutions[begin : begin + _MOST_NAMES] for begin in range(0, len(resolutions), _MOST_NAMES)]
    return tuple(each for block in blocks for each in _filled(block))


def _filled(resolutions: Sequence[Resolution]) -> Iterator[Resolution]:
    anchors = _Anchors.of(resolutions) if any(each.place is None for each in resolutions) else None
    for each in resolutions:
        anchor = anchors.best_for(each) if anchors and each.place is None else None
        yield _near(each, anchor) if anchor else each


@dataclass(frozen=True, slots=True)
class _Anchors:
    """The sure names of a stretch of text, side by side."""

    places: list[Place]
    texts: np.ndarray
    start: np.ndarray
    width: np.ndarray
    """Characters by which each counts as farther off for being wide."""
    crowd: np.ndarray
    """The share of the different names that lie near each; a wide place counts for half."""

    @classmethod
    def of(cls, resolutions: Sequence[Resolution]) -> _Anchors | None:
        """Return the names that are sure enough, or None without any."""
        sure = [(each, each.place) for each in resolutions if each.place and each.score >= SURE_ENOUGH]
        if not sure:
            return None
        places = [place for _, place in sure]
        names = {(each.mention.text, place.id): place for each, place in sure}
        near = unit_vectors(places) @ unit_vectors(list(names.values())).T
        weight = np.array([0.5 if place.feature in _WIDTH else 1.0 for place in names.values()])
        return cls(
            places,
            np.array([each.mention.text for each, _ in sure], dtype=object),
            np.array([each.mention.span.start for each, _ in sure]),
            np.array([_WIDTH.get(place.feature, 0) for place in places]),
            (near > np.cos(_TOGETHER_KM / EARTH_KM)) @ weight / len(names),
        )

    def best_for(self, lost: Resolution) -> Place | None:
        """Return the place that a lost name is likeliest near to, or None where only its own name is sure."""
        gap = np.abs(self.start - lost.mention.span.start) + self.width
        worth = np.where(self.texts != lost.mention.text, _CROWD * self.crowd + np.exp(-gap / _BESIDE_CHARACTERS), -1.0)
        best = int(np.argmax(worth))
        return self.places[best] if worth[best] >= 0 else None


def _near(lost: Resolution, anchor: Place) -> Resolution:
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
    why = "no place of its name is likely enough" if lost.alternatives else "no such place is known"
    reason = f"{why}; set near {anchor.name}, of which the text speaks"
    return replace(lost, place=place, score=SCORE, reasons=(reason,))
