"""Boosted trees, read from a small JSON file and evaluated with numpy alone.

The file names its features and lists its trees; a tree is a list of nodes, an inner node `[feature, threshold, left,
right]` (left where the figure is at most the threshold), a leaf `[value]`. The values of all trees and the base are
summed, and the logistic function makes a probability of the sum. `bench/train_ranker.py` writes such files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees side by side, one row a tree, so that they are walked at once."""

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    depth: int
    base: float

    def probability(self, matrix: np.ndarray) -> np.ndarray:
        """Return the probability of each row of figures."""
        if not len(matrix):
            return np.zeros(0)
        count = len(self.feature)
        trees = np.arange(count)[None, :]
        node = np.zeros((len(matrix), count), dtype=np.intp)
        rows = np.arange(len(matrix))[:, None]
        for _ in range(self.depth):
            goes_left = matrix[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        total: np.ndarray = self.base + self.value[trees, node].sum(axis=1)
        probability: np.ndarray = 1 / (1 + np.exp(-total))
        return probability


def from_json(data: dict[str, Any], names: Sequence[str]) -> Trees:
    """Return the trees of a model file; a leaf points to itself, so that every walk may be as long as the deepest."""
    position = [names.index(name) for name in data["features"]]
    trees = data["trees"]
    size = max(map(len, trees))
    shape = (len(trees), size)
    feature, left, right = (np.zeros(shape, dtype=np.intp) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    for t, nodes in enumerate(trees):
        for n, node in enumerate(nodes):
            left[t, n] = right[t, n] = n
            if len(node) == 1:
                value[t, n] = node[0]
            else:
                feature[t, n], threshold[t, n] = position[node[0]], node[1]
                left[t, n], right[t, n] = node[2], node[3]
    return Trees(feature, threshold, left, right, value, max(map(_depth, trees)), data["base"])


def _depth(nodes: list[list[float]], at: int = 0) -> int:
    node = nodes[at]
    return 0 if len(node) == 1 else 1 + max(_depth(nodes, int(node[2])), _depth(nodes, int(node[3])))


def load(name: str, names: Sequence[str]) -> Trees:
    """Return a model that lies beside this module; `names` is the order of the figures in a row."""
    return _load(name, tuple(names))


@cache
def _load(name: str, names: tuple[str, ...]) -> Trees:
    import orjson

    return from_json(orjson.loads((files("geo.resolver") / "models" / name).read_bytes()), names)
