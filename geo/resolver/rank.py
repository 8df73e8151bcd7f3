"""Which candidate a name means, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.candidates import INDEX
from geo.resolver.features import NAMES, Setting, believed, features, in_theatre, prepared, shares, tabulate
from geo.resolver.model import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolver.naming import Named
    from geo.resolver.table import Table

WARMTHS = (1.0, 1.0)
#: Logarithms of odds.
OWN_PLACE, IN_THEATRE, OUT_OF_THEATRE, IN_NEWS, CAPITAL, COUNTY = 4.0, 5.0, 3.0, 2.5, 3.0, 2.5
#: So much of what else a text names lies in a province if the text is about that province.
_ABOUT = 0.1
MODEL = "ranking.json"
WEIGHTS = {
    "population": 0.9, "largest": 0.6, "share_of_largest": 0.6, "country": 6.5, "unit1": 3.2, "unit2": -0.5,
    "capital": 0.8, "region": 4.5, "by_name": 0.5, "by_code": -2.0, "by_skeleton": -1.0, "country_share": 3.0,
    "unit_share": 4.0, "near": 4.0, "near_sure": 2.0, "contained": 4.0, "contained_elsewhere": -3.0,
    "kind_fits": 2.5, "kind_misfits": -1.5, "beside_country": 0.6, "beside_unit": 0.8, "theatre": 3.0,
    "outlet": 0.5, "outlet_unit": 2.0, "contains_others": 2.0,
    "close": 2.0, "other_thing": -2.0, "filed_unit": 1.5, "filed_country": 1.0, "less_named": -2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a document's names with their scores."""

    table: Table
    matrix: np.ndarray
    belief: np.ndarray
    """How likely each candidate is right."""


def rank(text: str, names: Sequence[Named], setting: Setting) -> Ranked | None:
    """Return the ranked candidates of all names of a document, or None where no name has any.

    Weights set by hand give a first belief, which tells what the names say of each other; the trained model judges
    each candidate in that light.
    """
    first = rank_by_hand(text, names, setting)
    if first is None:
        return None
    belief = load(MODEL, NAMES).probability(first.matrix)
    return Ranked(first.table, first.matrix, _at_home(first.table, first.matrix, belief, setting))


def _at_home(table: Table, matrix: np.ndarray, belief: np.ndarray, setting: Setting) -> np.ndarray:
    """Raise the odds of what no corpus teaches: capitals, a case's own places, its theatre, the regions of news."""
    odds = IN_NEWS * table.figures[:, INDEX["in_lexicon"]]
    odds += CAPITAL * _rather_capital(table, matrix)
    odds += CAPITAL * _rather_country(table, matrix)
    odds -= COUNTY * _shortened_beside_state(table, matrix)
    odds += OWN_PLACE * np.array([place.id.startswith("case:") for place in table.places], dtype=float)
    if setting.theatre:
        inside = in_theatre(table.places, setting.theatre)
        rivalled = np.maximum.reduceat(inside, table.starts)[table.owner]
        odds += IN_THEATRE * inside - OUT_OF_THEATRE * (rivalled - inside)
    boost = np.exp(odds)
    raised: np.ndarray = belief * boost / (1 - belief + belief * boost)
    return raised


def _rather_capital(table: Table, matrix: np.ndarray) -> np.ndarray:
    """Return 1 for a capital whose name a far province of its country has too, -1 for the province.

    *Washington* is the city, unless the text names more of the state (*Spokane*) or calls it one; then all is 0.
    """
    raised = np.zeros(len(table.places))
    named = matrix[:, INDEX["by_name"]] > 0
    for row in np.flatnonzero((matrix[:, INDEX["capital"]] > 0) & named):
        rivals = named & (matrix[:, INDEX["unit1"]] > 0) & (table.owner == table.owner[row])
        rivals &= (table.country.code == table.country.code[row]) & (table.unit.code != table.unit.code[row])
        called = matrix[rivals][:, [INDEX["kind_fits"], INDEX["contains_others"]]].max(initial=0.0)
        about = matrix[rivals, INDEX["unit_share"]].max(initial=0.0)
        if rivals.any() and not called and about < _ABOUT:
            raised[row] = 1.0
            raised[rivals] = -1.0
    return raised


def _rather_country(table: Table, matrix: np.ndarray) -> np.ndarray:
    """Return 1 for a country whose own province or capital has its name too, -1 for these.

    *Mexico* is the country, however many of its towns are named, unless a word calls for the state or the city.
    """
    raised = np.zeros(len(table.places))
    for row in np.flatnonzero((matrix[:, INDEX["country"]] > 0) & (matrix[:, INDEX["by_name"]] > 0)):
        rivals = (table.owner == table.owner[row]) & (table.country.code == table.country.code[row])
        rivals[row] = False
        if rivals.any() and not (matrix[rivals, INDEX["kind_fits"]] > 0).any():
            raised[row] = 1.0
            raised[rivals] = -1.0
    return raised


def _shortened_beside_state(table: Table, matrix: np.ndarray) -> np.ndarray:
    """Return 1 for a county without its *County* where a state has the bare name: *Mississippi* is the state."""
    named = (matrix[:, INDEX["unit1"]] > 0) & (matrix[:, INDEX["by_name"]] > 0)
    rivalled = np.maximum.reduceat(named, table.starts)[table.owner]
    short = (matrix[:, INDEX["unit2"]] > 0) & (matrix[:, INDEX["less_named"]] > 0)
    return np.asarray(rivalled & short & (matrix[:, INDEX["kind_fits"]] == 0), dtype=float)


def rank_by_hand(text: str, names: Sequence[Named], setting: Setting) -> Ranked | None:
    """Return the candidates with the belief of the hand-set weights, and the figures in its light."""
    if not any(each.hits for each in names):
        return None
    table = tabulate(text, _with_outlet(names, setting.outlet_names), setting.filed)
    matrix, belief = prepared(table, setting), table.prior
    for warmth in WARMTHS:
        belief = shares(table, believed(table, matrix, belief) @ _weights() * warmth)
    return Ranked(table, features(table, matrix, belief), belief)


def _with_outlet(names: Sequence[Named], outlet: Sequence[Named]) -> list[Named]:
    """Return the names with the outlet's town, unless the text names it too: a name is no witness for itself."""
    told = {hit.place.id for each in names for hit in each.hits}
    return [*names, *(each for each in outlet if not told.issuperset(hit.place.id for hit in each.hits))]


@cache
def _weights() -> np.ndarray:
    return np.array([WEIGHTS.get(name, 0.0) for name in NAMES])
