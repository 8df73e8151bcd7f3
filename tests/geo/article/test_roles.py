"""Which part each line of a page plays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import from_text
from geo.article.roles import is_doubled, segments

BODY = "The army left the town on Monday."


def roles_of(text):
    return [part.role for part in segments(text, "a")]


@pytest.mark.parametrize(
    "line",
    [
        "Share on FacebookShare on Facebook",
        "Sign up for our daily newsletter",
        "Follow us on Telegram",
        "Click here to follow this topic",
        "Tap the bell to get alerts",
        "We use cookies to improve this site",
        "© 2021 The Paper. All rights reserved",
        "Advertisement",
        "Share | Tweet | Print",
        "Topics: war, peace",
        "https://example.org/story",
        "12 comments",
        "* * *",
        "Credit: AFP",
    ],
)
def test_furniture_of_a_page_is_boilerplate(line):
    assert roles_of(f"{BODY}\n\n{line}\n\n{BODY}")[1] == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        ">> Army takes second town",
        "Read more: Army takes second town",
        "READ ALSO: Army takes second town",
        "Related: Army takes second town",
        "» Army takes second town",
        "[Army takes second town](https://example.org/2)",
        "Watch: Army takes second town",
    ],
)
def test_teasers_are_related_links(line):
    assert roles_of(f"{BODY}\n\n{line}\n\n{BODY}")[1] == "related_link"


@pytest.mark.parametrize(
    "line",
    [
        "Follow the money, the minister said, and you will find the arms dealers.",
        "Read the agreement carefully, he told the generals on Friday.",
        "Share of power was what the rebels wanted, the envoy said in Geneva.",
        "By Monday the army had left the town and the bridge was open again.",
        "Watching the border, soldiers saw nothing.",
        "Print shops in the town were burnt down, residents said.",
        "Credit for the truce belongs to the mediators, said the minister.",
        "Related incidents were reported from two other villages.",
    ],
)
def test_sentences_that_begin_like_furniture_stay_body(line):
    assert roles_of(f"{BODY}\n\n{line}\n\n{BODY}")[1] == "body"


@pytest.mark.parametrize(
    "line", ["By Ann Smith", "Reporting by A. B.; editing by C. D.", "17 September 2018", "14:32 GMT"]
)
def test_bylines(line):
    assert roles_of(f"{BODY}\n\n{line}\n\n{BODY}")[1] == "byline"


def test_headline_and_line_under_it():
    text = f"Army leaves town\n\nRebels say they will return\n\n{BODY}\n"
    assert roles_of(text) == ["headline", "subheadline", "body"]


def test_a_dateline_is_no_headline():
    assert roles_of(f"GENEVA, March 3 (Agency) - The talks ended\n\n{BODY}")[0] == "body"


def test_caption_printed_twice_and_its_credit():
    caption = "Soldiers leave the town on 3 March 2020."
    text = f"{caption}\n{caption}Credit: A. B. / Agency\n\n{BODY}"
    found = segments(text, "a")
    assert [part.role for part in found] == ["caption", "caption", "boilerplate", "body"]
    assert found[0].duplicate_of is None
    assert found[1].duplicate_of == found[0].span


def test_hard_wrapped_paragraphs_are_put_together():
    text = (
        "Headline of the day\n\n"
        "The army left the town of Kafr Nabl on Monday after three weeks of\n"
        "fighting in which at least twelve people were killed, a spokesman for\n"
        "the ministry said.\n\nIt was quiet afterwards.\n"
    )
    article = from_text(text, id="a")
    assert [part.role for part in article.segments] == ["headline", "body", "body"]
    assert article.slice(article.segments[1]).endswith("the ministry said.")


def test_bullets_are_apart_and_their_marks_left_out():
    article = from_text("- The army left.\n- The rebels came.\n* It rained.\n", id="a")
    assert [article.slice(part) for part in article.segments] == ["The army left.", "The rebels came.", "It rained."]


@pytest.mark.parametrize(
    ("text", "doubled"), [("Send itSend it", True), ("Send it Send it", True), ("haha", False), ("Send it", False)]
)
def test_doubled(text, doubled):
    assert is_doubled(text) is doubled


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_segments_are_ordered_disjoint_and_trimmed(text):
    found = segments(text, "a")
    last = 0
    for part in found:
        assert last <= part.span.start < part.span.end <= len(text)
        stretch = text[part.span.start : part.span.end]
        assert stretch == stretch.strip()
        last = part.span.end


@pytest.mark.parametrize("byline", ["By our correspondent", "By a staff reporter in Port Sudan", "By Huda al-Amin"])
def test_a_byline_right_under_the_headline_is_no_part_of_it(byline):
    headline = "Paramilitaries shell a camp outside the besieged city, aid group says"
    found = segments(f"{headline}\n{byline}\n\n{BODY} It fell.\n\n{BODY}", "a")
    assert [part.role for part in found] == ["headline", "byline", "body", "body"]


def test_a_byline_between_headline_and_date_line():
    found = segments(
        "Paramilitaries shell a camp outside the besieged city, aid group says\n"
        f"By our correspondent\n1 May 2020\n\n{BODY}",
        "a",
    )
    assert [part.role for part in found] == ["headline", "byline", "byline", "body"]


def test_a_wrapped_sentence_that_goes_on_with_by_stays_whole():
    wrapped = "The council had hoped that the guns would fall silent all along the river\nBy Monday, and said so twice."
    assert len(segments(wrapped, "a")) == 1
