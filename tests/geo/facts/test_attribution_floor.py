"""Accuracy of attributions on a sample of the annotated corpus; skipped where it is absent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import bench_attribution

    if not bench_attribution.FOLDER.exists():
        pytest.skip("no corpus beside the checkout")
    yield bench_attribution
    for name in ("bench_attribution", "language_corpora"):
        sys.modules.pop(name, None)


def test_attributions_keep_their_floor(bench):
    least = bench.floors("attribution")
    assert {name: bench.digest(name) for name in (bench.CORPUS,)} == least["digests"]
    assert bench.undercut(bench.measure(every=least["every"]), least["sample"]) == {}


def test_floors_stay_where_the_project_needs_them(bench):
    least = bench.floors("attribution")["all"]
    assert least["cue"] >= 0.75
    assert least["cue_source"] >= 0.7
    assert least["full"] >= 0.58
