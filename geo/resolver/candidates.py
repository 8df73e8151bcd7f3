"""The places that a name might mean, as arrays: what is true of them whatever the document says.

A `Block` is worked out once a name and kept with the gazetteer; a document's table is its names' blocks, one under
another.
"""

from __future__ import annotations

from dataclasses import dataclass
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
class Coded:
    """A code of each candidate of one name (its country, or its unit)."""

    code: np.ndarray
    distinct: np.ndarray
    """The codes that occur, sorted."""
    position: np.ndarray
    """Of each candidate, where its code stands in `distinct`."""


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
    country: Coded
    unit: Coded


def block_of(hits: Sequence[Hit]) -> Block:
    """Return the candidates of a name as arrays."""
    places = tuple(hit.place for hit in hits)
    level = np.array([_level(place.feature) for place in places], dtype=int)
    logs = np.log10(np.array([place.population for place in places], dtype=float) + 10)
    reach = np.array([place.radius_km for place in places], dtype=float)
    figures = np.zeros((len(places), len(NAMES)))
    for name, values in _columns(hits, logs, level, reach).items():
        figures[:, INDEX[name]] = values
    return Block(
        places=places,
        figures=figures,
        unit_vector=unit_vectors(places),
        level=level,
        reach_km=reach,
        prior=_prior(logs, level),
        country=_coded([place.country for place in places]),
        unit=_coded([place.admin1 if place.feature != "PCLI" else None for place in places]),
    )


def _coded(values: list[str | None]) -> Coded:
    codes = [_CODES.setdefault(value, len(_CODES) + 1) if value else 0 for value in values]
    distinct = sorted(set(codes))
    at = {code: i for i, code in enumerate(distinct)}
    return Coded(np.array(codes), np.array(distinct), np.array([at[code] for code in codes]))


def _level(feature: str) -> int:
    if feature.startswith("PCL") or feature == "TERR":
        return 0
    return _LEVELS.get(feature, 3 if feature.startswith("PPL") else 4)


def _columns(hits: Sequence[Hit], logs: np.ndarray, level: np.ndarray, reach: np.ndarray) -> dict[str, Any]:
    features = [hit.place.feature for hit in hits]
    ranks = np.array([hit.rank for hit in hits])
    return {
        "population": logs,
        "largest": np.arange(len(hits)) == np.argmax(logs),
        "share_of_largest": logs - logs.max(),
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
        "less_named": (ranks != NAME) & (ranks == NAME).any(),
        "few_candidates": 1 / len(hits),
        "only": len(hits) == 1,
    }


def _prior(logs: np.ndarray, level: np.ndarray) -> np.ndarray:
    bonus = np.array([3.5, 2.0, 0.3, 0.0, 1.5])[level]
    scores = 1.6 * (np.where(level == 3, logs, 4.2) + bonus)  # noqa: PLR2004  towns
    exp = np.exp(scores - scores.max())
    shares: np.ndarray = exp / exp.sum()
    return shares
