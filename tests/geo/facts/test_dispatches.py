"""Our own dispatches, each with a human reading: what must be found, and what must never be told as done."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BENCH = ROOT / "bench"
SEED = ROOT.parent / "shared" / "seed" / "facts_gold.jsonl"


def load(name):
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


dispatches = load("dispatches")
FLOORS = json.loads((BENCH / "floors" / "facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores():
    found = {}
    for path in dispatches.paths():
        record = dispatches.gold(path)
        found[path.stem] = (record["group"], dispatches.score(record, dispatches.predicted(record)))
    return found


@pytest.mark.parametrize("name", [path.stem for path in dispatches.paths()])
def test_nothing_is_told_as_done_that_was_not(scores, name):
    group, counts = scores[name]
    assert counts["wrongly"] <= (dispatches.UNSTUDIED_WRONGLY if group == dispatches.UNSTUDIED else 0)


@pytest.mark.parametrize("group", dispatches.GROUPS)
@pytest.mark.parametrize("measure", ["found", "certainty", "event"])
def test_the_floors_hold(scores, group, measure):
    counts = [score for of, score in scores.values() if of == group]
    share = sum(c[measure] for c in counts) / sum(c["gold"] for c in counts)
    assert share >= FLOORS[f"{group}_{measure}"]


def test_no_more_is_told_than_a_reader_would():
    for path in dispatches.paths():
        record = dispatches.gold(path)
        answer = dispatches.predicted(record)
        assert len(answer["facts"]) <= 1.8 * len(record["facts"]) + 1, path.stem


def test_there_are_hostile_ones_among_them():
    names = {path.stem for path in dispatches.paths()}
    assert {
        "nested-reporting",
        "denial-of-denial",
        "ultimatum",
        "correction",
        "live-blog",
        "capitals",
        "no-dateline",
    } <= names


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside this checkout")
def test_the_seed_article():
    record = json.loads(SEED.read_text(encoding="utf-8").splitlines()[0])
    answer = dispatches.predicted(record)
    score = dispatches.score(record, answer)
    ignored = {i for start, end in record["ignore"] for i in range(start, end)}
    assert score["found"] >= 25
    assert score["certainty"] >= 25
    assert score["wrongly"] == 0
    assert score["predicted"] <= 34
    assert not any(ignored & set(range(fact["start"], fact["end"])) for fact in answer["facts"])
