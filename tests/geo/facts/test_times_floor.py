"""Accuracy of times on a sample of the annotated corpora; skipped where they are absent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import bench_times

    if not bench_times.FOLDER.exists():
        pytest.skip("no corpora beside the checkout")
    yield bench_times
    for name in ("bench_times", "language_corpora"):
        sys.modules.pop(name, None)


def test_times_keep_their_floor(bench):
    least = bench.floors("times")
    assert {name: bench.digest(name) for name in bench.CORPORA} == least["digests"]
    assert bench.undercut(bench.measure(every=least["every"]), least["sample"]) == {}


def test_floors_stay_where_the_project_needs_them(bench):
    least = bench.floors("times")["all"]
    assert least["relaxed"] >= 0.9
    assert least["value"] >= 0.8


def test_an_undercut_floor_is_reported(bench):
    assert bench.undercut({"value": 0.5, "relaxed": 0.95}, {"value": 0.8, "relaxed": 0.9}) == {"value": (0.5, 0.8)}
