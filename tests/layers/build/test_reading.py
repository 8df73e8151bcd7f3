from __future__ import annotations

import pytest

from geo.types import Article, Published, Segment, Span
from layers.build.reading import Marked, article_doc, lines

TEXT = "Head line\nShare this\nFirst one. Second one.\nMore on: other story"


def article(**changes):
    parts = (
        Segment(Span("a", 0, 9), "headline"),
        Segment(Span("a", 10, 20), "boilerplate"),
        Segment(Span("a", 21, 43), "body"),
        Segment(Span("a", 44, 64), "related_link"),
    )
    fields = {
        "id": "a",
        "text": TEXT,
        "segments": parts,
        "title": "T",
        "source": None,
        "published": Published(None, "unknown"),
    }
    return Article(**{**fields, **changes})


SENTENCES = (Span("a", 0, 9), Span("a", 10, 20), Span("a", 21, 31), Span("a", 32, 43))


def test_sentences_are_numbered_in_order_without_boilerplate():
    found = lines([article()], SENTENCES)
    assert [(line.id, line.span.start) for line in found] == [("s1", 0), ("s2", 21), ("s3", 32), ("s4", 44)]


def test_a_segment_without_sentences_counts_as_one():
    assert [line.span.start for line in lines([article()], ())] == [0, 21, 44]


def test_what_repeats_an_earlier_segment_is_left_out():
    parts = (*article().segments[:3], Segment(Span("a", 44, 64), "caption", duplicate_of=Span("a", 0, 9)))
    assert len(lines([article(segments=parts)], SENTENCES)) == 3


@pytest.mark.parametrize(
    ("mode", "roles", "texts"),
    [
        (
            "full",
            ["headline", "body", "related_link"],
            ["Head line", "First one.", "Second one.", "More on: other story"],
        ),
        ("quotes", ["gap", "body", "gap"], ["Second one."]),
        ("none", [], []),
    ],
)
def test_how_much_text_the_page_carries(mode, roles, texts):
    numbered = lines([article()], SENTENCES)
    doc = article_doc(article(), numbered, [Marked(Span("a", 32, 38), "fact", ("f1",))], mode)
    assert [block["role"] for block in doc["blocks"]] == roles
    assert [each["text"] for block in doc["blocks"] for each in block["sentences"]] == texts


def test_runs_count_from_the_sentence_and_stay_inside_it():
    numbered = lines([article()], SENTENCES)
    doc = article_doc(article(), numbered, [Marked(Span("a", 27, 38), "fact", ("f1", "zone"))], "full")
    first, second = doc["blocks"][1]["sentences"]
    assert first["runs"] == [{"start": 6, "end": 10, "kind": "fact", "marks": ["f1", "zone"]}]
    assert second["runs"][0]["start"] == 0
    assert second["marks"] == ["f1", "zone"]


@pytest.mark.parametrize(
    ("url", "kept"), [("https://example.org/a", True), ("javascript:alert(1)", False), (None, False)]
)
def test_only_web_addresses_become_links(url, kept):
    assert bool(article_doc(article(url=url), (), (), "full")["url"]) is kept


def test_arabic_runs_from_the_right():
    assert article_doc(article(language="ar"), (), (), "full")["dir"] == "rtl"
