from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import classes, embedding, model, names

DISPATCHES = sorted((Path(__file__).parents[1] / "facts" / "dispatches").glob("*.yaml"))
#: Texts at which a quick part might go another way.
ODD = (
    "",
    " ",
    "\n\n",
    "Idlib",
    "  Two  spaces.  And a\ttab. ",
    "Let's go. You're gonna see, y'all. It ain't over. C'mon!",
    "There is no truce. There were none. It's there. Is there one? There, is that all?",
    "New York New York New York Stock Exchange of the United States of America on Monday , 3 May 2021",
    "Aleppo. Homs. Hama. Ankara! Moscow? Tehran",
    "The Prime Minister of the Republic of North Macedonia\n\nMr. Zaev",
    "3 million. 15 to 20 km. $5bn. 40 percent. The Second World War. English. UN Resolution 2254.",
)
WORDS = [
    "there",
    "is",
    "are",
    "it",
    "'s",
    "Syria",
    "Idlib",
    "on",
    "Monday",
    "the",
    "United",
    "Nations",
    "n't",
    "let",
    "gonna",
    "all",
    "of",
    "5,000",
    ",",
    ".",
    "Ankara",
]


@pytest.fixture(scope="module")
def stock():
    """The model's pipeline as it comes, from a package loaded anew."""
    model._spacy()
    import spacy

    return spacy.load(model._wanted())


def told(docs):
    return [
        [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
            for t in doc
        ]
        for doc in docs
    ]


def entities(docs):
    return [[(t.ent_iob_, t.ent_type_) for t in doc] for doc in docs]


def same(stock, texts):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the lemmatizer warns of words without a class
        assert told(model.docs(texts)) == told(stock.pipe(texts))


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda path: path.stem)
def test_a_dispatch_is_parsed_as_by_the_model_as_it_comes(stock, path):
    same(stock, [part for part in yaml.safe_load(path.read_text("utf-8"))["text"].split("\n") if part])


def test_odd_texts_are_parsed_as_by_the_model_as_it_comes(stock):
    same(stock, ODD)
    same(stock, ODD[::-1])  # by now all their words are known


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*WORDS, "\n"]), max_size=25), max_size=4))
def test_any_row_of_words_is_parsed_as_by_the_model_as_it_comes(stock, rows):
    same(stock, [" ".join(row) for row in rows])


def test_names_alone_are_found_as_by_the_model_as_it_comes(stock):
    texts = [yaml.safe_load(path.read_text("utf-8"))["text"] for path in DISPATCHES]
    plain = stock.pipe([*texts, *ODD], disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    assert entities(model.docs([*texts, *ODD], full=False)) == entities(plain)


def test_the_pinned_model_has_the_make_that_is_known(stock):
    assert names.finder(stock)
    assert classes.ruler(stock)


def test_what_was_remembered_is_forgotten_when_it_grows_too_large(stock, monkeypatch):
    model.forget()
    monkeypatch.setattr(classes, "MOST", 20)
    monkeypatch.setattr(embedding, "MOST", 20)
    try:
        same(stock, ODD)
        same(stock, ODD)
    finally:
        model.forget()


def test_a_model_of_another_make_is_run_as_it_comes():
    model._spacy()
    import spacy

    blank = spacy.blank("en")
    assert names.finder(blank) is None
    assert classes.ruler(blank) is None
    ruler = blank.add_pipe("attribute_ruler")
    blank.add_pipe("ner", config={"model": {"extra_state_tokens": True}}).add_label("GPE")
    blank.initialize()
    ruler.add([[{"SHAPE": "dddd"}]], {"POS": "NUM"})
    assert names.finder(blank) is None
    assert classes.ruler(blank) is None


def test_a_part_that_sets_entities_or_classes_beforehand_is_heeded():
    model._spacy()
    import spacy

    own = spacy.load(model._wanted())
    own.add_pipe("entity_ruler", before="ner").add_patterns([{"label": "GPE", "pattern": "Zork"}])
    own.add_pipe("morphologizer", before="attribute_ruler")
    assert names.finder(own) is None
    assert classes.ruler(own) is None


def test_where_patterns_over_several_words_overlap_later_rules_come_first_all_the_same():
    model._spacy()
    import spacy

    blank = spacy.blank("en")
    rules = blank.add_pipe("attribute_ruler")
    rules.add([[{"LOWER": "b"}]], {"POS": "NOUN"})
    rules.add([[{"LOWER": "a"}, {"LOWER": "b"}]], {"POS": "VERB"}, index=1)
    rules.add([[{"LOWER": "b"}, {"LOWER": "c"}]], {"POS": "ADJ"}, index=1)
    quick = classes.ruler(blank)
    text = "a b c"
    assert [t.pos_ for t in quick([blank.make_doc(text)])[0]] == [t.pos_ for t in blank(text)] == ["", "VERB", "ADJ"]


def test_vectors_that_another_thread_forgets_meanwhile_are_still_there(monkeypatch):
    plain, count = embedding._vectors, 0

    def meanwhile(*args):
        nonlocal count
        count += 1
        if count == 1:
            monkeypatch.setattr(embedding, "MOST", 0)
            list(model.docs(["Ankara and Moscow agreed."]))  # what another thread reads at that moment
        return plain(*args)

    model.forget()
    try:
        list(model.docs(["Idlib and Aleppo."]))
        monkeypatch.setattr(embedding, "_vectors", meanwhile)
        assert len(list(model.docs(["Idlib and Homs."]))) == 1
    finally:
        model.forget()


def test_nothing_is_remembered_of_words_once_they_are_forgotten():
    model.common_words()
    model.forget()
    assert model._words.cache_info().currsize == 0
