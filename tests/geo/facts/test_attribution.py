from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import language
from geo.facts import attribution
from geo.facts.attribution.lexicon import lexicon
from geo.facts.attribution.model import model
from geo.facts.attribution.quotes import quotations
from geo.types import Article, Published, Segment, Span


def article(*lines: str) -> Article:
    text = "\n".join(lines)
    segments, start = [], 0
    for line in lines:
        segments.append(Segment(Span("a", start, start + len(line)), "body"))
        start += len(line) + 1
    return Article("a", text, tuple(segments), None, None, Published(None, "unknown"))


def triples(*lines: str) -> list[tuple[str, str, str]]:
    report = article(*lines)

    def words(spans: tuple[Span, ...]) -> str:
        return " | ".join(report.slice(span) for span in spans)

    found = attribution.find(language.parse(report))
    return [(words(item.source), words(item.cue), words(item.content)) for item in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["The minister said that the troops had left the valley."],
            [("The minister", "said", "that the troops had left the valley")],
        ),
        (
            ["The troops had left the valley, the minister said."],
            [("the minister", "said", "The troops had left the valley")],
        ),
        (
            ["The troops have left the valley, according to the monitors."],
            [("the monitors", "according to", "The troops have left the valley")],
        ),
        (
            ["“We will not leave the valley,” the commander said. “This is our home.”"],
            [("the commander", "said", "“We will not leave the valley,” | “This is our home.”")],
        ),
        (
            ['The envoy said the deal was "a first step" and thanked both armies.'],
            [("The envoy", "said", 'the deal was "a first step"'), ("The envoy", "thanked", "both armies")],
        ),
        (
            ["The minister spoke after the talks, announcing that the road would open, the agency reported."],
            [
                ("The minister", "announcing", "that the road would open"),
                (
                    "the agency",
                    "reported",
                    "The minister spoke after the talks, announcing that the road would open",
                ),
            ],
        ),
        (
            ["Moscow accused the rebels of shelling the base."],
            [("Moscow", "accused", "the rebels of shelling the base")],
        ),
        (
            ["The ministry said on Monday they had agreed to a truce."],
            [("The ministry", "said", "they had agreed to a truce")],
        ),
        (
            ["The governor told reporters that the bridge was mined."],
            [("The governor", "told", "that the bridge was mined")],
        ),
        (
            ["The mayor said:", "“Nobody may cross the river tonight.”"],
            [("The mayor", "said", "“Nobody may cross the river tonight.”")],
        ),
    ],
)
def test_who_says_what(lines, expected):
    assert triples(*lines) == expected


@pytest.mark.parametrize(
    "line",
    ["The troops left the valley on Monday.", "Snow fell on the empty road.", "", "  ", "…", "“”", "12:30"],
)
def test_plain_telling_has_no_voice(line):
    assert triples(line) == []


def test_a_seeming_has_no_source():
    assert ("", "appears") in [(source, cue) for source, cue, _ in triples("The truce appears to hold in the north.")]


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("“We will never leave this valley,” the commander said.", "direct"),
        ("The commander said they would never leave the valley.", "indirect"),
        ("The commander said they would “never ever” leave the valley.", "mixed"),
    ],
)
def test_the_mode_tells_how_much_is_quoted(line, mode):
    assert [item.mode for item in attribution.find(language.parse(article(line)))] == [mode]


def test_a_speech_goes_on_over_paragraphs():
    found = triples(
        "“We were promised a truce,” the governor said. “We were lied to.",
        "“Now the road is shut and nobody comes.”",
        "Snow fell.",
    )
    assert any("Now the road is shut" in content for _, _, content in found)
    assert not any("Snow" in content for _, _, content in found)


def test_names_only_parse_gives_nothing():
    assert attribution.find(language.parse(article("The minister said it was over."), full=False)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ('He said "no" twice.', ['"no"']),
        ("''One,'' he said. ''Two.''", ["''One,''", "''Two.''"]),
        ("“First paragraph that no mark closes", ["“First paragraph that no mark closes"]),
        ('A 12" pipe lay there.', []),
        ("He said «да» softly.", ["«да»"]),
        ("No mark here.", []),
    ],
)
def test_quotation_marks(text, expected):
    assert [text[quote.start : quote.end] for quote in quotations(text)] == expected


@given(st.text(alphabet="“”\"'`«» abc,.:\u00a0", max_size=60))
def test_quotations_lie_apart_and_in_order(text):
    found = quotations(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


WORDS = ["said", "that", "“", "”", '"', "he", "Russia", "according", "to", ":", ",", ".", "claim", "agreed", "who", "—"]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=60, deadline=None)
def test_word_salad_never_breaks_the_finder(words):
    report = article(" ".join(words))
    for item in attribution.find(language.parse(report)):
        for span in (*item.source, *item.cue, *item.content):
            assert 0 <= span.start < span.end <= len(report.text)
        assert item.cue


def test_the_lexicon_and_the_weights_are_sound():
    known = lexicon()
    assert "say" in known.verbs["announce"]
    assert all(word == word.strip().lower() and " " not in word for word in {*known.verbs, *known.nouns})
    assert 0.2 <= model().threshold <= 0.8
    assert model().probability([]) < model().threshold < model().probability(["lemma=say|VERB", "child=ccomp", "root"])
