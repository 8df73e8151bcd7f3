"""Runs of marks without a space: made into words as by the model's own tokenizer, with less to look at."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import model, runs

MARKS = [
    "!",
    "..",
    "...",
    "$",
    "US$",
    "'s",
    "n't",
    ":)",
    "(",
    "…",
    "—",
    "5",
    "km",
    "a",
    "U.S.",
    "http://a.org/",
    "é",
    "😀",
]
RUNS = (
    "!" * 300,
    "." * 300,
    "-" * 300,
    "a." * 150,
    "a" + "." * 300,
    "Chapter" + "." * 150 + "12",
    "'" * 300,
    "5" + "km" * 150,
    "5US$" * 80,
    ":)" * 150 + "." * 200,
    "http://example.org/" + "a/b?c=d&e." * 30,
    "(" * 100 + "Idlib" + ")" * 100 + "." * 100,
)


@pytest.fixture
def nlp():
    """The model, loaded for this test alone."""
    model.forget()
    yield model._load(model._wanted())
    model.forget()


class Counting:
    """A search that counts the characters that it is given to look at."""

    def __init__(self, search):
        self.search = search
        self.looked_at = self.longest = 0

    def __call__(self, text, start=0):
        self.looked_at += len(text) - start
        self.longest = max(self.longest, len(text) - start)
        return self.search(text, start)


@pytest.mark.parametrize("mark", ["!", "(", "'", "$", ":)", "—", "😀", "."])
def test_a_run_of_marks_is_looked_at_a_few_times_not_once_for_each_mark(nlp, mark):
    counting = nlp.tokenizer.suffix_search = Counting(nlp.tokenizer.suffix_search)
    text = (mark * 3000)[:3000]
    (doc,) = model.docs([text], full=False)
    assert doc.text == text
    assert counting.looked_at <= 100 * len(text)


def test_nothing_endless_is_tried_for_an_address(nlp):
    counting = nlp.tokenizer.url_match = Counting(nlp.tokenizer.url_match)
    text = "a:@" * 1000 + " http://example.org/" + "a" * 1900
    (doc,) = model.docs([text], full=False)
    assert counting.longest < runs.LONGEST
    assert [len(token) for token in doc][-1] == 1919, "what browsers take for an address is one word"


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run[:8])
def test_the_words_of_a_run_are_those_of_the_model_as_it_comes(run):
    same(f"Shells fell {run} on Idlib, {run}")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=40, max_size=120), st.booleans())
def test_the_words_of_any_row_of_marks_are_those_of_the_model_as_it_comes(marks, spaced):
    same((" " if spaced else "").join(["".join(marks), *marks]))


def same(text):
    quick, stock = both()
    assert told(quick(text)) == told(stock(text))


@cache
def both():
    """The quick tokenizer, and the model's own, from a package loaded anew."""
    model._spacy()
    import spacy

    nlp = spacy.load(model._wanted())
    return runs._quick(nlp), nlp.make_doc


def told(doc):
    return [(token.text, token.idx, token.whitespace_, token.norm_) for token in doc]


def test_a_text_without_long_runs_is_left_to_the_tokenizer_as_it_comes(nlp, monkeypatch):
    monkeypatch.setattr(runs, "_quick", None)
    words = runs.word_maker(nlp)
    assert [token.text for token in words("Shells fell on Idlib.")] == ["Shells", "fell", "on", "Idlib", "."]
    address = "http://example.org/" + "a" * (runs.LONG - 20)
    assert not runs.has_long_run(f"See {address} there.\n\n{address}")
    assert runs.has_long_run(f"See {address}a there.")


def test_another_tokenizer_is_run_as_it_comes(nlp):
    nlp.tokenizer = str.split
    assert runs.word_maker(nlp) == nlp.make_doc


def test_what_follows_a_run_is_where_it_stands(nlp):
    del nlp
    text = "?!" * 500 + " Shells fell on Idlib."
    (doc,) = model.docs([text], full=False)
    assert [text[token.idx :] for token in doc if token.text == "Idlib"] == ["Idlib."]
