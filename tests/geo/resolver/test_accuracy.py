"""Accuracy may not fall by accident: the floors of `bench/floors/geoparse.json`."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"


def load_bench():
    spec = importlib.util.spec_from_file_location("bench_geoparse", BENCH / "bench_geoparse.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("corpus", ["geovirus"])
def test_floors(corpus, gazetteer, shared):
    assert (shared / "bench" / "score.py").is_file()
    floors = json.loads((BENCH / "floors" / "geoparse.json").read_text(encoding="utf-8"))[corpus]
    measured = load_bench().measure(corpus, gazetteer, peers=False)
    short = {key: (measured[key], floor) for key, floor in floors.items() if measured[key] < floor}
    assert not short, "lower a floor on purpose only: python bench/bench_geoparse.py --write-floors"
