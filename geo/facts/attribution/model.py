"""The model that tells cues from other words: a logistic regression whose weights can be read.

`weights.tsv` holds one feature a line with its weight; `bench/train_attribution.py` writes it. The probability that
a word is a cue is `1 / (1 + exp(-(intercept + the weights of its features)))`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INTERCEPT = "(intercept)"
THRESHOLD = "(threshold)"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature."""

    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Iterable[str]) -> float:
        """Return how likely it is, from 0 to 1, that a word with these features is a cue."""
        total = self.weights.get(INTERCEPT, 0.0) + sum(self.weights.get(name, 0.0) for name in set(features))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@cache
def model() -> Model:
    """Return the model, read once."""
    lines = files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    weights = {name: float(weight) for name, weight in pairs}
    return Model(weights, weights.pop(THRESHOLD, 0.5))
