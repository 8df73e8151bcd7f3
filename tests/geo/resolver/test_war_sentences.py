"""Towns in reports of fighting: our own sentences, measured against a floor; and the cues one by one."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from geo import language
from geo.article import from_text
from geo.resolver import war
from geo.resolver.mentions import find_mentions

BENCH = Path(__file__).parents[3] / "bench"


def load_bench():
    spec = importlib.util.spec_from_file_location("bench_war_sentences", BENCH / "bench_war_sentences.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_floors(gazetteer):
    bench = load_bench()
    rows = bench.outcomes(gazetteer)
    assert len(rows) >= 120
    measured = bench.figures(rows)
    floors = json.loads((BENCH / "floors" / "war_sentences.json").read_text(encoding="utf-8"))
    assert not {key: (measured[key], floor) for key, floor in floors.items() if measured[key] < floor}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Planes bombed Homs.", ["Homs"]),
        ("clashes in Hodeidah", ["Hodeidah"]),
        ("shelling of Avdiivka", ["Avdiivka"]),
        ("fighters entered Saraqib", ["Saraqib"]),
        ("Fighters left Hama's northern countryside.", ["Hama"]),
        ("They shelled Hama, Homs and Latakia.", ["Hama", "Homs", "Latakia"]),
        ("Haftar accused Sarraj of breaking the truce.", []),
        ("Rebels attacked Kabila for his silence.", []),
        ("Colonel Goita seized power.", []),
    ],
)
def test_towns_and_people(text, names, gazetteer):
    parsed = language.parse(from_text(text, id="t"), full=False)
    found = [each.mention for each in find_mentions(parsed, gazetteer)]
    assert [mention.text for mention in found if mention.kind != "demonym"] == names


@pytest.mark.parametrize(
    ("words", "first", "before", "behind"),
    [
        ("planes bombed homs .", 2, 1.0, 0.0),
        ("rebels captured goma .", 2, 0.5, 0.0),
        ("the fall of the town sirte", 5, 0.0, 0.0),
        ("the siege of sirte", 3, 1.0, 0.0),
        ("the fall of sirte", 3, 0.5, 0.0),
        ("the mayor of lviv spoke", 3, 0.5, 0.0),
        ("areas north of aleppo", 3, 1.0, 0.0),
        ("shushi was shelled again", 0, 0.0, 1.0),
        ("shushi was captured .", 0, 0.0, 0.5),
        ("mariupol fell .", 0, 0.0, 1.0),
        ("hama 's northern countryside", 0, 0.0, 1.0),
        ("he went to paris", 3, 0.0, 0.0),
    ],
)
def test_cues(words, first, before, behind):
    lower = words.split()
    assert war.object_cue(lower, first) == before
    assert war.subject_cue(lower, first) == behind
