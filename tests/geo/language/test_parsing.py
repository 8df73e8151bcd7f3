from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import language
from geo.errors import MissingPart
from geo.language import model, parsing
from geo.types import Article, Published, Segment, Span


def article(*lines: str) -> Article:
    text = "\n".join(lines)
    segments, start = [], 0
    for line in lines:
        segments.append(Segment(Span("a", start, start + len(line)), "body"))
        start += len(line) + 1
    return Article("a", text, tuple(segments), None, None, Published(None, "unknown"))


def test_every_segment_is_parsed_and_every_token_points_into_the_article():
    report = article("Zone agreed", "The guns\u00a0fell silent on Monday. Nobody fired.", "")
    parsed = language.parse(report)
    assert [part.offset for part in parsed.segments] == [0, 12, len(report.text)]
    for part in parsed.segments:
        for token in part.doc:
            where = part.span(token)
            assert report.text[where.start : where.end].replace("\u00a0", " ") == token.text
    assert [str(sentence).strip() for sentence in parsed.segments[1].sentences] == [
        "The guns fell silent on Monday.",
        "Nobody fired.",
    ]


def test_the_text_of_a_span_is_read_from_the_article():
    report = article("Fighters left the village.")
    part = language.parse(report).segments[0]
    where = part.span(part.doc[0], part.doc[1])
    assert report.slice(where) == "Fighters left"


def test_names_only_leaves_grammar_out():
    parsed = language.parse(article("Troops left Syria on Monday."), full=False)
    doc = parsed.segments[0].doc
    assert not parsed.full
    assert not doc.has_annotation("DEP")
    assert [entity.text for entity in doc.ents if entity.label_ == "GPE"] == ["Syria"]
    assert len(parsed.segments[0].sentences) == 1


def test_a_long_segment_is_cut_at_a_sentence_end():
    sentence = "The convoy went north. "
    report = article(sentence * (3 * language.PIECE // len(sentence)))
    parsed = language.parse(report, full=False)
    assert len(parsed.segments) > 2
    assert all(len(part.doc.text) <= language.PIECE for part in parsed.segments)
    assert "".join(part.doc.text for part in parsed.segments) == report.text
    assert all(part.doc.text.startswith("The convoy") for part in parsed.segments)


@pytest.mark.parametrize("filler", ["x", "é", "\n", "a b "])
def test_a_long_text_without_sentences_is_cut_all_the_same(filler):
    report = article((filler * (2 * language.PIECE + 7)).replace("\n", " "))
    pieces = list(parsing._pieces(report, report.segments[0]))
    assert "".join(piece.text for piece in pieces) == report.text
    assert max(len(piece.text) for piece in pieces) <= language.PIECE


def test_capitals_are_parsed_as_running_text():
    report = article("RUSSIA SAYS TROOPS LEFT IDLIB ON MONDAY")
    doc = language.parse(report).segments[0].doc
    assert doc.text == "Russia says troops left Idlib on Monday"
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["say", "leave"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("SYRIAN ARMY SHELLS ALEPPO AND LATAKIA", "Syrian army shells Aleppo and Latakia"),
        ("UKRAINE AND SUDAN READING THE YEMEN TREATY", "Ukraine and Sudan reading the Yemen treaty"),
        ("JAPAN'S ENVOY IN KIEV FOR POLISH TALKS", "Japan's envoy in Kiev for Polish talks"),
    ],
)
def test_in_capitals_a_name_that_a_dictionary_lists_is_a_name_all_the_same(line, wanted):
    assert language.parse(article(line), full=False).segments[0].doc.text == wanted


@given(st.text(max_size=60))
def test_truecasing_keeps_every_offset(text):
    assert len(language.truecase(text, common=frozenset({"the", "of"}))) == len(text)


def test_a_missing_model_is_one_clear_line(monkeypatch):
    monkeypatch.setenv(language.MODEL_VARIABLE, "en_core_web_nowhere")
    with pytest.raises(MissingPart, match=r"en_core_web_nowhere.*pip install"):
        language.parse(article("Text."))


def test_the_model_is_named_with_its_version():
    assert language.model_name().split()[1][0].isdigit()


def test_repeated_segments_are_parsed_once():
    parsed = language.parse(article("Share this", "Share this"))
    assert parsed.segments[0].doc is parsed.segments[1].doc
    assert parsed.segments[1].offset == 11


WITHOUT_COMMANDS = """
import sys
from geo.language.model import _spacy
spacy = _spacy()
assert "spacy.cli" not in sys.modules
assert "spacy.cli.info" not in sys.modules
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
assert "spacy.cli" in sys.modules
"""


def test_spacy_is_imported_without_its_command_line_and_is_whole_all_the_same() -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", WITHOUT_COMMANDS], check=True)


def test_the_parse_is_the_same_whoever_multiplies_the_matrices(monkeypatch):
    report = article("Rebels left the town on Monday, the governor said, but shelling went on near Aleppo.")
    told = []
    for threads in ("2", "1"):
        monkeypatch.setenv(language.ONE_THREAD, threads)
        model.forget()
        doc = language.parse(report).segments[0].doc
        told.append([(t.head.i, t.dep_, t.tag_, t.lemma_, t.ent_type_) for t in doc])
    assert told[0] == told[1]
    model.forget()
