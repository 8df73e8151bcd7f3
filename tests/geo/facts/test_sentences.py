"""Our own single sentences: the event of each, as a reader sees it, by the round in which they were written."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench"
FLOORS = json.loads((BENCH / "floors" / "facts.json").read_text(encoding="utf-8"))
FRIENDLY = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}
HOSTILE = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"}


def load(name):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


load("dispatches")
sentences = load("sentences")
WRITTEN = list(sentences.sentences())


@pytest.mark.parametrize("name", [name for name in sentences.ROUNDS if any(s.round == name for s in WRITTEN)])
def test_the_floor_of_each_round_holds(name):
    of = sum(each.round == name for each in WRITTEN)
    share = 1 - len(sentences.wrong(name)) / of
    assert share >= FLOORS[f"sentences_{name}"]


def test_each_round_has_every_event_and_no_sentence_twice():
    for name in {each.round for each in WRITTEN}:
        assert {each.event for each in WRITTEN if each.round == name} == FRIENDLY | HOSTILE
    assert len({each.text for each in WRITTEN}) == len(WRITTEN)
