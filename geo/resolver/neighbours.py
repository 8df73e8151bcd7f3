"""What the other names of a text say of a stretch: figures for a second look, in the light of the first.

A word that may be a town is likelier one where the text surely names towns close by, in its province or in its country.
How sure the first look is of each name is its weight; a name does not speak for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.figures import FEATURES
from geo.resolver.sphere import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.resolver.spans import Known, Stretch

#: Columns of the second look: those of the first, and what it made of the name and its neighbours.
COLUMNS = (*FEATURES, "first_look", "close", "close_share", "in_unit", "in_unit_share", "in_country_share")
CLOSE_KM = 100.0
#: So many different names are looked at together: those that stand before and after in a long text.
_MOST_NAMES = 400
#: Places that are compared with all others at once: a name may have thirty.
_ROWS = 512
_UNSURE = 1e-4
#: Below so much of other names a share says little.
_LEAST_WEIGHT = 0.5


def with_neighbours(stretches: Sequence[Stretch], matrix: np.ndarray, sure: np.ndarray) -> Iterator[np.ndarray]:
    """Yield arrays with a row of `COLUMNS` for each stretch, in their order; a long text makes many arrays.

    Args:
        stretches: All of a text, in its order.
        matrix: A row of `geo.resolver.figures.FEATURES` for each.
        sure: What the first look gives each, 0 to 1.
    """
    first_look = np.log((sure + _UNSURE) / (1 - sure + _UNSURE))
    for begin, end in _blocks(stretches):
        beside = _related(stretches[begin:end], sure[begin:end])
        yield np.column_stack((matrix[begin:end], first_look[begin:end], beside))


def _blocks(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Yield where to cut a long text."""
    begin, names = 0, set[str]()
    for at, stretch in enumerate(stretches):
        names.add(stretch.known.key)
        if len(names) > _MOST_NAMES:
            yield begin, at
            begin, names = at, {stretch.known.key}
    yield begin, len(stretches)


def _related(stretches: Sequence[Stretch], sure: np.ndarray) -> np.ndarray:
    """Return the figures of a block: by relation the weight of the related names, and its share of all other names."""
    known: dict[str, Known] = {}
    for stretch in stretches:
        known.setdefault(stretch.known.key, stretch.known)
    number = {key: i for i, key in enumerate(known)}
    at = np.array([number[stretch.known.key] for stretch in stretches], dtype=int)
    weight = np.zeros(len(known))
    np.maximum.at(weight, at, sure)
    others = np.maximum(weight.sum() - weight, _LEAST_WEIGHT)
    names = list(known.values())
    close, unit, country = (
        related @ weight - related.diagonal() * weight
        for related in (
            _close(names),
            _sharing([name.units for name in names]),
            _sharing([name.countries for name in names]),
        )
    )
    figures = np.column_stack((close, close / others, unit, unit / others, country / others))
    return np.asarray(figures[at])


def _close(names: Sequence[Known]) -> np.ndarray:
    """Return, for each pair of names, whether some places of theirs lie close to one another."""
    owner = np.repeat(np.arange(len(names)), [len(name.unit_vectors) for name in names])
    vectors = np.concatenate([name.unit_vectors for name in names]) if names else np.zeros((0, 3), dtype=np.float32)
    related = np.zeros((len(names), len(names)), dtype=bool)
    for begin in range(0, len(vectors), _ROWS):
        close = vectors[begin : begin + _ROWS] @ vectors.T > np.cos(CLOSE_KM / EARTH_KM)
        first, second = np.nonzero(close)
        related[owner[begin + first], owner[second]] = True
    return related


def _sharing(sets: Sequence[frozenset[str]]) -> np.ndarray:
    """Return, for each pair of sets, whether they have something in common."""
    column = {code: i for i, code in enumerate(sorted(set().union(*sets)))}
    holds = np.zeros((len(sets), len(column)), dtype=np.float32)
    for row, codes in zip(holds, sets, strict=True):
        row[[column[code] for code in codes]] = 1
    related: np.ndarray = holds @ holds.T > 0
    return related
