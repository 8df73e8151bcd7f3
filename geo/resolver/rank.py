"""Which candidate a name means, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.features import NAMES, Setting, features, prior, shares, tabulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolver.features import Table
    from geo.resolver.naming import Named

ROUNDS = 2
WEIGHTS = {
    "population": 0.9, "largest": 0.6, "share_of_largest": 0.6, "country": 6.5, "unit1": 3.2, "unit2": -0.5,
    "capital": 0.8, "region": 4.5, "by_name": 0.5, "by_code": -2.0, "by_skeleton": -1.0, "country_share": 3.0,
    "unit_share": 4.0, "near": 4.0, "near_sure": 2.0, "contained": 4.0, "contained_elsewhere": -3.0,
    "kind_fits": 2.5, "kind_misfits": -1.5, "beside_country": 0.6, "beside_unit": 0.8, "theatre": 3.0,
    "outlet": 0.5, "outlet_unit": 2.0, "contains_others": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a document's names with their scores."""

    table: Table
    matrix: np.ndarray
    belief: np.ndarray
    """Share of each candidate within its name."""


def rank(text: str, names: Sequence[Named], setting: Setting) -> Ranked | None:
    """Return the ranked candidates of all names of a document, or None where no name has any."""
    table = tabulate(text, names)
    if not table.places:
        return None
    belief = prior(table)
    for _ in range(ROUNDS):
        matrix = features(table, belief, setting)
        belief = shares(table, matrix @ _weights())
    return Ranked(table, matrix, belief)


@cache
def _weights() -> np.ndarray:
    return np.array([WEIGHTS.get(name, 0.0) for name in NAMES])
