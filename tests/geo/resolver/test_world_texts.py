"""The floors of the texts of our own, which need no corpus from outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"


@pytest.fixture(scope="module")
def bench():
    sys.path.insert(0, str(BENCH))
    try:
        import bench_world_texts
    finally:
        sys.path.remove(str(BENCH))
    return bench_world_texts


@pytest.mark.parametrize("file", ["TEXTS", "WIDE_TEXTS"])
def test_marks_stand_where_the_text_has_the_name(bench, file):
    every = list(bench.texts(getattr(bench, file)))
    assert len(every) == 60
    for text in every:
        assert "[" not in text.record["text"]
        assert all(text.record["text"][mark.start : mark.end].strip() for mark in text.marks)
        assert all(one.end <= other.start for one, other in zip(text.marks, text.marks[1:], strict=False))


@pytest.mark.parametrize("file", ["TEXTS", "WIDE_TEXTS"])
def test_the_floors_hold(bench, gazetteer, file):
    path = getattr(bench, file)
    measured = bench.measure(list(bench.texts(path)), gazetteer)
    floors = json.loads((BENCH / "floors" / "world_texts.json").read_text("utf-8"))[path.stem]
    assert not {name: (measured[name], floor) for name, floor in floors.items() if measured[name] < floor}
