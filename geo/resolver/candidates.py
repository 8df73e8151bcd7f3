"""The places that a name might mean, as arrays: what is true of them whatever the document says.

A `Block` is worked out once a name and kept with the gazetteer; a document's table is its names' blocks, one under
another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.index import CODE, LOOSE, NAME, PART, SKELETON
from geo.resolver.sphere import unit_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Hit
    from geo.types import Place

NAMES = (
    "population", "largest", "share_of_largest", "country", "unit1", "unit2", "capital", "region", "other_kind",
    "by_name", "by_code", "by_romanisation", "by_skeleton", "few_candidates", "country_share", "unit_share",
    "near", "near_sure", "contained", "contained_elsewhere", "kind_fits", "kind_misfits", "beside_country",
    "beside_unit", "theatre", "outlet", "outlet_unit", "contains_others", "mentions", "only",
    "country_lead", "unit_lead", "near_lead", "belief", "belief_lead", "by_part", "names", "continent",
    "radius", "filed_country", "filed_unit", "close", "close_lead", "other_thing",
    "less_named", "in_lexicon",
)  # fmt: skip
INDEX = {name: i for i, name in enumerate(NAMES)}
_LEVELS = {"ADM1": 1, "ADM2": 2}
_RANKS = (
    (NAME, "by_name"),
    (CODE, "by_code"),
    (LOOSE, "by_romanisation"),
    (SKELETON, "by_skeleton"),
    (PART, "by_part"),
)


#: Small numbers for countries and units, in the order in which they are met; 0 is for none.
_CODES: dict[str, int] = {}
#: More than there are codes: a name's number times this and a code make one number.
CODES = 1 << 24


@dataclass(frozen=True, slots=True)
class Block:
    """The candidates of one name, a row each."""

    places: tuple[Place, ...]
    figures: np.ndarray
    """The columns of `NAMES`; those that a document decides are 0."""
    unit_vector: np.ndarray
    """Where each lies, as a point on the unit sphere."""
    level: np.ndarray
    """0 country, 1 first-order unit, 2 second-order unit, 3 town, 4 region and all else."""
    reach_km: np.ndarray
    prior: np.ndarray
    """How likely each is before the document is looked at: shares of one."""
    country: np.ndarray
    """The code of its country, a small number."""
    unit: np.ndarray
    """That of its first-order unit."""


def blocks_of(names: Sequence[Sequence[Hit]]) -> list[Block]:
    """Return the candidates of each name as arrays.

    All names at once, for most have few candidates: a call of NumPy takes longer than to work out one of them.

    Args:
        names: The hits of each name, at least one.
    """
    if not names:
        return []
    hits = [hit for each in names for hit in each]
    places = tuple(hit.place for hit in hits)
    level = np.array([_level(place.feature) for place in places], dtype=int)
    logs = np.log10(np.array([place.population for place in places], dtype=float) + 10)
    reach = np.array([place.radius_km for place in places], dtype=float)
    vector = unit_vectors(places)
    rows = _Rows.of([len(each) for each in names])
    figures = _figures(hits, rows, logs, level, reach)
    prior = _prior(rows, logs, level)
    country = _codes([place.country for place in places])
    unit = _codes([place.admin1 if place.feature != "PCLI" else None for place in places])
    return [
        Block(places[own], figures[own], vector[own], level[own], reach[own], prior[own], country[own], unit[own])
        for own in rows.slices
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which rows are whose, of the candidates of several names one under another."""

    sizes: np.ndarray
    starts: np.ndarray
    owner: np.ndarray
    slices: list[slice]

    @classmethod
    def of(cls, counts: list[int]) -> _Rows:
        sizes = np.array(counts)
        ends = np.cumsum(sizes)
        starts = ends - sizes
        slices = list(map(slice, starts.tolist(), ends.tolist()))
        return cls(sizes, starts, np.repeat(np.arange(len(counts)), sizes), slices)

    def most(self, values: np.ndarray) -> np.ndarray:
        """Return, by row, the highest value of its name."""
        return np.asarray(np.maximum.reduceat(values, self.starts)[self.owner])

    def first_best(self, values: np.ndarray) -> np.ndarray:
        """Return, by row, whether it is the first of its name with the name's highest value."""
        best = np.flatnonzero(values == self.most(values))
        is_first = np.zeros(len(values), dtype=bool)
        is_first[best[np.searchsorted(best, self.starts)]] = True
        return is_first


def _codes(values: list[str | None]) -> np.ndarray:
    return np.array([_CODES.setdefault(value, len(_CODES) + 1) if value else 0 for value in values])


@cache
def _level(feature: str) -> int:
    if feature.startswith("PCL") or feature == "TERR":
        return 0
    return _LEVELS.get(feature, 3 if feature.startswith("PPL") else 4)


def _figures(hits: Sequence[Hit], rows: _Rows, logs: np.ndarray, level: np.ndarray, reach: np.ndarray) -> np.ndarray:
    figures = np.zeros((len(hits), len(NAMES)))
    for name, values in _columns(hits, rows, logs, level, reach).items():
        figures[:, INDEX[name]] = values
    return figures


def _columns(
    hits: Sequence[Hit], rows: _Rows, logs: np.ndarray, level: np.ndarray, reach: np.ndarray
) -> dict[str, Any]:
    features = [hit.place.feature for hit in hits]
    ranks = np.array([hit.rank for hit in hits])
    return {
        "population": logs,
        "largest": rows.first_best(logs),
        "share_of_largest": logs - rows.most(logs),
        "country": level == 0,
        "unit1": level == 1,
        "unit2": level == 2,  # noqa: PLR2004  the levels of `Block`
        "region": level == 4,  # noqa: PLR2004
        "continent": [feature in {"CONT", "OCN"} for feature in features],
        "radius": np.log10(reach + 1),
        "capital": [feature == "PPLC" for feature in features],
        "other_kind": [feature == "PPLX" for feature in features],
        **{name: ranks == rank for rank, name in _RANKS},
        "in_lexicon": [hit.place.id.startswith("region:") for hit in hits],
        "less_named": (ranks != NAME) & rows.most(ranks == NAME),
        "few_candidates": (1 / rows.sizes)[rows.owner],
        "only": (rows.sizes == 1)[rows.owner],
    }


def _prior(rows: _Rows, logs: np.ndarray, level: np.ndarray) -> np.ndarray:
    bonus = np.array([3.5, 2.0, 0.3, 0.0, 1.5])[level]
    scores = 1.6 * (np.where(level == 3, logs, 4.2) + bonus)  # noqa: PLR2004  towns
    exp = np.exp(scores - rows.most(scores))
    totals = np.array([exp[own].sum() for own in rows.slices])
    shares: np.ndarray = exp / totals[rows.owner]
    return shares
