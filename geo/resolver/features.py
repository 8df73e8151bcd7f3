"""What speaks for each candidate: one row of figures for each pair of a name and a place.

The evidence is of three kinds. *Prior*: how well the name fits, how large and of what kind the place is (`Block`).
*Document*: how much of what the other names may mean lies in the same country, the same unit, or close by.
*Words*: *X, Y* and *X in Y*, kind words beside the name (*X province*), neighbours in a list, the theatre, the outlet,
the place of the dateline. Mentions with one key are one name: a document that says *Paris, Texas* once means it
throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.candidates import INDEX, NAMES
from geo.resolver.sphere import EARTH_KM
from geo.resolver.table import tabulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolver.naming import Named
    from geo.resolver.table import Pairs, Table
    from geo.types import Place, Theatre

__all__ = [
    "NAMES",
    "Setting",
    "believed",
    "features",
    "in_theatre",
    "lead",
    "prepared",
    "shares",
    "tabulate",
]
_NEAR_KM = 150.0
#: Places that may draw others to them; in a list of ten thousand names the likeliest will do.
_MOST_ANCHORS = 300
_CHUNK = 20_000
_LEADS = (
    ("country_lead", "country_share"),
    ("unit_lead", "unit_share"),
    ("near_lead", "near"),
    ("close_lead", "close"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known beside the text."""

    theatre: Theatre | None = None
    outlet_countries: frozenset[str] = frozenset()
    outlet_units: frozenset[str] = frozenset()
    outlet_names: tuple[Named, ...] = ()
    """A town in the outlet's name: one more name beside those of the text."""
    filed: tuple[tuple[int, int], ...] = ()
    """Where the names of datelines begin and end."""


def prepared(table: Table, setting: Setting) -> np.ndarray:
    """Return the figures that do not depend on what is believed of the other names."""
    matrix = table.figures.copy()
    put = _Columns(matrix)
    put["names"] = np.log1p(len(table.groups))
    put["mentions"] = np.log1p(np.array([len(group.members) for group in table.groups]))[table.owner]
    _containment(table, put)
    _kind_columns(table, put)
    _setting_columns(table, setting, put)
    return matrix


def believed(table: Table, matrix: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """Return the matrix with what is believed of the other names written in: the figures that the hand's weights use.

    Args:
        table: The document's names.
        matrix: From `prepared`.
        belief: How likely each candidate is.
    """
    put = _Columns(matrix)
    others = max(len(table.groups) - 1, 1)
    for pairs, name in ((table.country, "country"), (table.unit, "unit")):
        own = pairs.own(belief)
        total = np.bincount(pairs.code, weights=belief)
        put[f"{name}_share"] = (total[pairs.code] - own[pairs.key]) / others * (pairs.code > 0)
        if len(pairs.beside[0]):
            put[f"beside_{name}"] = np.minimum(pairs.gathered(own, pairs.beside), 3)
        if len(pairs.filed[0]):
            put[f"filed_{name}"] = np.minimum(pairs.gathered(own, pairs.filed), 1)
    put["near"], put["near_sure"], put["close"] = _nearness(table, belief)
    return matrix


def features(table: Table, matrix: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """Return `believed` and how far each candidate is ahead of its rivals: the figures of the trained model."""
    put = _Columns(believed(table, matrix, belief))
    for ahead, name in _LEADS:
        put[ahead] = lead(table, matrix[:, INDEX[name]])
    put["belief"], put["belief_lead"] = belief, lead(table, belief)
    return matrix


class _Columns:
    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix = matrix

    def __setitem__(self, name: str, values: object) -> None:
        self.matrix[:, INDEX[name]] = values


def shares(table: Table, scores: np.ndarray) -> np.ndarray:
    """Return the softmax of scores within each name."""
    exp = np.exp(scores - np.maximum.reduceat(scores, table.starts)[table.owner])
    result: np.ndarray = exp / np.add.reduceat(exp, table.starts)[table.owner]
    return result


def lead(table: Table, values: np.ndarray) -> np.ndarray:
    """Return how far each candidate is ahead of the best of its rivals, or behind; 0 where it has none."""
    best = np.maximum.reduceat(values, table.starts)
    at_best = np.flatnonzero(values == best[table.owner])[::-1]
    first = np.zeros(len(best), dtype=np.intp)
    first[table.owner[at_best]] = at_best
    rest = values.copy()
    rest[first] = -np.inf
    rivals = best[table.owner]
    rivals[first] = np.maximum.reduceat(rest, table.starts)
    return np.where(table.alone, 0.0, values - rivals)


def _nearness(table: Table, belief: np.ndarray) -> tuple[np.ndarray | float, np.ndarray | float, np.ndarray | float]:
    """Return how near each candidate is to what other names may mean, to the nearest that is sure, to any next door."""
    anchors = np.flatnonzero((belief > 0.05) & table.small)  # noqa: PLR2004  the rest weighs nothing
    if not len(anchors):
        return 0.0, 0.0, 0.0
    if len(anchors) > _MOST_ANCHORS:
        anchors = anchors[np.argsort(-belief[anchors], kind="stable")[:_MOST_ANCHORS]]
    sure = (belief[anchors] > 0.6) & (table.level[anchors] >= 2)  # noqa: PLR2004  towns and small units
    near, nearest, close = np.empty(len(belief)), np.zeros(len(belief)), np.empty(len(belief))
    for begin in range(0, len(belief), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        kernel = _kernel(table, part, anchors)
        near[part] = kernel @ belief[anchors]
        fourth = kernel * kernel
        fourth *= fourth  # the same kernel with a quarter of the reach
        close[part] = np.max(fourth * belief[anchors], axis=1)
        if sure.any():
            nearest[part] = kernel[:, sure].max(axis=1)
    return near / max(len(table.groups) - 1, 1), nearest, close


def _kernel(table: Table, rows: slice, anchors: np.ndarray) -> np.ndarray:
    """Return how near each row is to each anchor of another name, 1 to 0 (by the chord: where it counts, the arc)."""
    cosine = table.unit_vector[rows] @ table.unit_vector[anchors].T
    chord = np.sqrt(np.maximum(2 - 2 * cosine, 0.0))
    kernel: np.ndarray = np.exp(chord * (-EARTH_KM / _NEAR_KM))
    kernel *= table.owner[rows, None] != table.owner[anchors]
    return kernel


def _kind_columns(table: Table, put: _Columns) -> None:
    fits, misfits, other = (np.zeros(len(table.places)) for _ in range(3))
    for group in table.groups:
        if group.kind_codes:
            fit = np.array([place.feature in group.kind_codes for place in group.block.places], dtype=float)
            if fit.any():
                fits[group.rows], misfits[group.rows] = fit, 1 - fit
        if group.own_codes:
            other[group.rows] = [place.feature not in group.own_codes for place in group.block.places]
    put["other_thing"] = other
    put["kind_fits"], put["kind_misfits"] = fits, misfits


def _containment(table: Table, put: _Columns) -> None:
    size = len(table.places)
    inside, elsewhere, contains = np.zeros(size), np.zeros(size), np.zeros(size)
    for group in table.groups:
        rows = group.rows
        for other in dict.fromkeys(group.containers):
            there = table.groups[other].rows
            holds = _holds(table, rows, there)
            inside[rows] = np.maximum(inside[rows], holds.max(axis=1))
            contains[there] = np.maximum(contains[there], holds.max(axis=0))
        if group.containers and inside[rows].any():
            elsewhere[rows] = 1 - inside[rows]
    put["contained"], put["contained_elsewhere"], put["contains_others"] = inside, elsewhere, contains


def _holds(table: Table, rows: slice, there: slice) -> np.ndarray:
    """Return, for each pair, whether the right place is a unit that holds the left one."""
    wide = table.level[there][None, :]
    finer = table.level[rows][:, None] > wide
    country = (wide == 0) & _same(table.country, rows, there)
    unit = (wide == 1) & _same(table.unit, rows, there)
    reach = np.minimum(table.reach_km[there][None, :] * 1.5 + 10, 400)
    cosine = table.unit_vector[rows] @ table.unit_vector[there].T
    apart = EARTH_KM * np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0))
    close = (wide >= 2) & (apart < reach)  # noqa: PLR2004  districts, towns, regions
    holds: np.ndarray = (country | unit | close) & (finer | (wide >= 3))  # noqa: PLR2004  towns hold quarters
    return holds.astype(float)


def _same(pairs: Pairs, rows: slice, there: slice) -> np.ndarray:
    left, right = pairs.code[rows][:, None], pairs.code[there][None, :]
    same: np.ndarray = (left == right) & (left > 0)
    return same


def _setting_columns(table: Table, setting: Setting, put: _Columns) -> None:
    if setting.theatre:
        put["theatre"] = in_theatre(table.places, setting.theatre)
    if setting.outlet_countries:
        put["outlet"] = [place.country in setting.outlet_countries for place in table.places]
    if setting.outlet_units:
        put["outlet_unit"] = [place.admin1 in setting.outlet_units for place in table.places]


def in_theatre(places: Sequence[Place], theatre: Theatre | None) -> np.ndarray:
    """Return 1 for a place within the theatre's frame, a half for one in its countries, else 0."""
    return np.array([_in_theatre(place, theatre) if theatre else 0.0 for place in places])


def _in_theatre(place: Place, theatre: Theatre) -> float:
    if theatre.bbox_deg:
        west, south, east, north = theatre.bbox_deg
        if west <= place.lon_deg <= east and south <= place.lat_deg <= north:
            return 1.0
    return 0.5 if place.country in theatre.countries else 0.0
