"""Boosted trees, read from a small JSON file and evaluated with numpy alone.

The file names its features and lists its trees; a tree is a list of nodes, an inner node `[feature, threshold, left,
right]` (left where the figure is at most the threshold), a leaf `[value]`. The values of all trees and the base are
summed, and the logistic function makes a probability of the sum. `bench/train_ranker.py` writes such files.

No tree is walked. A node whose test fails strikes out the leaves on its left; when all nodes of a tree have been
asked, the leftmost leaf that is still standing is the one that a walk would have reached (Lucchese et al. 2015,
*QuickScorer*, doi:10.1145/2766462.2767733). So one comparison serves a whole column of nodes of all trees and rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LEAVES = 16
#: Rows that are judged at once: each takes some 3 kB on the way.
_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees side by side: the n-th inner node of each tree in the n-th row of an array, one column a tree."""

    feature: np.ndarray
    threshold: np.ndarray
    standing: np.ndarray
    """The leaves, as bits, that still stand where the figure is above the threshold."""
    value: np.ndarray
    """By tree and bits of the leaves standing, the value of the leftmost."""
    base: float

    def probability(self, matrix: np.ndarray) -> np.ndarray:
        """Return the probability of each row of figures."""
        if len(matrix) > _ROWS:
            parts = [matrix[begin : begin + _ROWS] for begin in range(0, len(matrix), _ROWS)]
            return np.concatenate([self.probability(part) for part in parts])
        figures = np.ascontiguousarray(matrix.T)
        bits = np.full((self.feature.shape[1], len(matrix)), 0xFFFF, dtype=np.uint16)
        for feature, threshold, standing in zip(self.feature, self.threshold, self.standing, strict=True):
            passed = (figures.take(feature, axis=0) <= threshold[:, None]).astype(np.uint16)
            np.negative(passed, out=passed)  # all bits where the test is passed, else none
            passed |= standing[:, None]
            bits &= passed
        size = self.value.shape[1]
        at = (bits & np.uint16(size - 1)) + (np.arange(len(bits)) * size)[:, None]
        total: np.ndarray = self.base + self.value.ravel().take(at).sum(axis=0)
        probability: np.ndarray = 1 / (1 + np.exp(-total))
        return probability


def from_json(data: dict[str, Any], names: Sequence[str]) -> Trees:
    """Return the trees of a model file; `names` is the order of the figures in a row.

    Raises:
        ValueError: a tree has more than 16 leaves.
    """
    position = [names.index(name) for name in data["features"]]
    trees = [_flat(nodes) for nodes in data["trees"]]
    most = max(len(leaves) for _, leaves in trees)
    if most > _MOST_LEAVES:
        raise ValueError(f"a tree has {most} leaves; {_MOST_LEAVES} at most can be told apart")
    shape = (max(1, *(len(tests) for tests, _ in trees)), len(trees))
    feature, threshold = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf)
    standing = np.full(shape, 0xFFFF, dtype=np.uint16)
    value = np.zeros((len(trees), 2**most))
    leftmost = _leftmost(2**most)
    for t, (tests, leaves) in enumerate(trees):
        value[t] = np.array([*leaves, *[0.0] * (_MOST_LEAVES + 1 - len(leaves))])[leftmost]
        for n, (column, limit, struck) in enumerate(tests):
            feature[n, t], threshold[n, t], standing[n, t] = position[column], limit, 0xFFFF ^ struck
    return Trees(feature, threshold, standing, value, data["base"])


def _flat(nodes: list[list[float]]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """Return a tree's tests (feature, threshold, the leaves on its left as bits) and its leaves from left to right."""
    tests: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def visit(at: int) -> None:
        node = nodes[at]
        if len(node) == 1:
            leaves.append(node[0])
            return
        before = len(leaves)
        visit(int(node[2]))
        tests.append((int(node[0]), node[1], (1 << len(leaves)) - (1 << before)))
        visit(int(node[3]))

    visit(0)
    return tests, leaves


def _leftmost(size: int) -> np.ndarray:
    """Return the number of the lowest bit of each number below `size`; of 0, which no walk leaves, a spare one."""
    numbers = np.arange(size)
    low = np.where(numbers, numbers & -numbers, 1)
    return np.where(numbers, np.log2(low).astype(int), _MOST_LEAVES)


def load(name: str, names: Sequence[str]) -> Trees:
    """Return a model that lies beside this module; `names` is the order of the figures in a row."""
    return _load(name, tuple(names))


@cache
def _load(name: str, names: tuple[str, ...]) -> Trees:
    import orjson

    return from_json(orjson.loads((files("geo.resolver") / "models" / name).read_bytes()), names)
