"""The second look: what the names of a text that are sure say of the others."""

from __future__ import annotations

import numpy as np
import pytest

from geo import language
from geo.article import from_text
from geo.resolver import figures, mentions, model, neighbours, spans
from geo.resolver.tokens import tokens_of


def looked_at(text, gazetteer, sure):
    """Return the figures of the second look for each stretch, by its text; `sure` gives what the first look said."""
    parsed = language.parse(from_text(text, id="t"), full=False)
    tokens = [tokens_of(part.doc) for part in parsed.segments]
    proposed = spans.propose(parsed.segments, tokens, gazetteer)
    stretches = [each for piece in proposed for each in piece]
    first = np.array([sure.get(each.text, 0.0) for each in stretches])
    rows = np.concatenate(list(neighbours.with_neighbours(stretches, figures.figures_of(tokens, proposed), first)))
    return {
        each.text: dict(zip(neighbours.COLUMNS, row, strict=True)) for each, row in zip(stretches, rows, strict=True)
    }


TEXT = "Saraqib and Ariha were quiet. Leeds was not. Mr. Binnish went from Saraqib to Idlib."


def test_a_sure_name_speaks_for_those_close_to_it(gazetteer):
    rows = looked_at(TEXT, gazetteer, {"Saraqib": 0.9})
    assert rows["Ariha"]["close"] == pytest.approx(0.9)
    assert rows["Ariha"]["in_unit"] == pytest.approx(0.9)
    assert rows["Ariha"]["in_country_share"] == pytest.approx(1.0)
    assert rows["Leeds"]["close"] == rows["Leeds"]["in_country_share"] == 0


def test_a_name_does_not_speak_for_itself(gazetteer):
    rows = looked_at(TEXT, gazetteer, {"Saraqib": 0.9})
    assert rows["Saraqib"]["close"] == rows["Saraqib"]["in_unit"] == 0


def test_an_unsure_name_says_little(gazetteer):
    assert looked_at(TEXT, gazetteer, {"Saraqib": 0.1})["Ariha"]["close"] == pytest.approx(0.1)


def test_what_the_first_look_said_is_kept(gazetteer):
    rows = looked_at(TEXT, gazetteer, {"Saraqib": 1.0, "Leeds": 0.5})
    assert rows["Saraqib"]["first_look"] > rows["Leeds"]["first_look"] > rows["Ariha"]["first_look"]
    assert rows["Leeds"]["first_look"] == pytest.approx(0.0)


def test_names_far_apart_in_a_long_text_are_not_looked_at_together(gazetteer, monkeypatch):
    monkeypatch.setattr(neighbours, "_MOST_NAMES", 1)
    text = "Saraqib is calm. Leeds is calm. Ariha is calm."
    assert looked_at(text, gazetteer, {"Saraqib": 0.9})["Ariha"]["close"] == 0
    monkeypatch.undo()
    assert looked_at(text, gazetteer, {"Saraqib": 0.9})["Ariha"]["close"] == pytest.approx(0.9)


def test_a_text_without_names(gazetteer):
    assert looked_at("nothing is said here.", gazetteer, {}) == {}


def test_names_are_taken_for_the_names_around_them(gazetteer, monkeypatch):
    texts = {
        "Kupiansk": "A Kupiansk man was fined in Izium on Monday. He lives near Vovchansk.",
        "Loughrea": "A Loughrea man was fined in Gort on Monday. He lives near Athenry.",
        "Dungannon": "A Dungannon man was fined in Cookstown on Monday. He lives near Omagh.",
        "Kisoro": "A Kisoro man was fined in Kabale on Monday. He lives near Mbarara.",
    }
    parsed = {name: language.parse(from_text(text, id="t"), full=False) for name, text in texts.items()}

    def taken():
        mentioned = {name: mentions.find_mentions(each, gazetteer) for name, each in parsed.items()}
        return {name for name, found in mentioned.items() if name in {each.mention.text for each in found}}

    both = taken()
    first_look = model.load(mentions.FIRST_LOOK, figures.FEATURES)
    monkeypatch.setattr(mentions, "_looked_at", lambda _, matrix: first_look.probability(matrix))
    assert len(both - taken()) >= 2  # not all: the models are made anew now and then
    assert taken() <= both


def test_close_is_a_hundred_kilometres(gazetteer):
    rows = looked_at("Saraqib, Aleppo, Palmyra and Berlin.", gazetteer, {"Saraqib": 0.9})
    assert rows["Aleppo"]["close"] == pytest.approx(0.9)  # 50 km
    assert rows["Palmyra"]["close"] == 0  # 200 km


def test_a_share_is_of_all_other_names(gazetteer):
    rows = looked_at("Saraqib, Ariha, Leeds and Mosul.", gazetteer, {"Saraqib": 0.9, "Leeds": 0.9, "Mosul": 0.9})
    assert rows["Ariha"]["close_share"] == pytest.approx(1 / 3)
    assert rows["Ariha"]["in_unit_share"] == pytest.approx(1 / 3)


def test_the_surest_mention_of_a_name_is_its_weight(gazetteer):
    parts = ("Saraqib is calm. Saraqib is not. Ariha waits.", "Saraqib")
    parsed = language.parse(from_text(parts[0], id="t"), full=False)
    tokens = [tokens_of(part.doc) for part in parsed.segments]
    proposed = spans.propose(parsed.segments, tokens, gazetteer)
    stretches = [each for piece in proposed for each in piece]
    first = np.zeros(len(stretches))
    first[[each.text for each in stretches].index(parts[1])] = 0.8
    rows = np.concatenate(list(neighbours.with_neighbours(stretches, figures.figures_of(tokens, proposed), first)))
    ariha = rows[[each.text for each in stretches].index("Ariha")]
    assert ariha[neighbours.COLUMNS.index("close")] == pytest.approx(0.8)


def test_the_middle_of_a_country_is_close_to_nothing(gazetteer):
    rows = looked_at("Syria and Palmyra.", gazetteer, {"Syria": 0.9})
    assert rows["Palmyra"]["close"] == 0
    assert rows["Palmyra"]["in_country_share"] == pytest.approx(1.0)
