"""From a name to its candidates: the spellings to look up, and arrays that no other name changes."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from geo.resolver import naming
from geo.resolver.answers import mention_at
from geo.resolver.candidates import INDEX, blocks_of
from geo.resolver.naming import forms, named
from geo.types import Span

NAMES = ("Springfield", "Syria", "Idlib", "Washington", "Hama")


def test_a_name_is_worked_out_as_if_it_stood_alone(gazetteer):
    hits = [gazetteer.find(name) for name in NAMES]
    for mine, block in zip(hits, blocks_of(hits), strict=True):
        (alone,) = blocks_of([mine])
        assert block.places == tuple(hit.place for hit in mine)
        for field in fields(block):
            assert np.array_equal(getattr(block, field.name), getattr(alone, field.name)), field.name


def test_the_largest_is_one_and_the_shares_are_of_one(gazetteer):
    for block in blocks_of([gazetteer.find(name) for name in NAMES]):
        largest = block.figures[:, INDEX["largest"]]
        people = [place.population for place in block.places]
        assert largest.sum() == 1
        assert people[int(largest.argmax())] == max(people)
        assert abs(block.prior.sum() - 1) < 1e-9


def test_no_names_have_no_blocks():
    assert blocks_of([]) == []


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Homs", ("Homs",)),
        ("Gulf", ()),
        ("Adair Co.", ("Adair County", "County Adair", "Adair")),
        ("Clay Twp", ("Clay Township", "Clay")),
        ("N. Idlib", ("North Idlib", "Idlib")),
        ("the city of Hama", ("city of Hama", "Hama")),
    ],
)
def test_spellings_to_look_up(text, spellings):
    assert forms(text) == spellings


def test_what_the_memory_holds_is_not_looked_up_again(gazetteer, monkeypatch):
    mentions = [mention_at("Homs and Hama, Homs.", Span("", *span)) for span in ((0, 4), (9, 13), (15, 19))]
    first = named(mentions, gazetteer)
    monkeypatch.setattr(naming, "_looked_up", None)
    assert [each.key for each in named(mentions, gazetteer)] == ["homs", "hama", "homs"]
    assert first[0].block is first[2].block
