"""Who a voice stands for: speakers of transcripts, and the people behind pronouns."""

import pytest

from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse

TRANSCRIPT = """Transcript of the news conference

PUTIN: We agreed that all heavy weapons will be withdrawn from the zone by October 10.

Turkish and Russian units will patrol the area.

Q: Will there be a new operation in Idlib?

A: There will be no operation. The rebels shelled Aleppo last week.

Sergei Lavrov: The terrorists have broken the ceasefire.
"""


def voices(text):
    article = from_text(text, id="t", published="2018-09-17")
    facts = read_facts(parse(article), published="2018-09-17").facts
    return {fact.statement: [(voice.name, voice.actor) for voice in fact.attribution] for fact in facts}


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("weapons will be withdrawn", ("Vladimir Putin", "PUTIN")),
        ("units will patrol", ("Vladimir Putin", "PUTIN")),
        ("there will be no operation", ("A", None)),
        ("shelled aleppo", ("A", None)),
        ("have broken the ceasefire", ("Sergei Lavrov", "LAVROV")),
    ],
)
def test_what_stands_behind_a_name_is_said_by_it(words, speaker):
    found = voices(TRANSCRIPT)
    assert next(told for statement, told in found.items() if words in statement.lower()) == [speaker]


def test_questions_of_a_transcript_state_nothing():
    assert not any("new operation" in statement for statement in voices(TRANSCRIPT))


def test_one_label_is_no_transcript():
    found = voices("Army leaves town\n\nDAMASCUS: The army withdrew from the town.\n\nRebels shelled the road.")
    assert all(told == [] for told in found.values())


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Russian President Vladimir Putin met envoys. He said the zone would be patrolled.",
            "zone would be",
            ("Vladimir Putin", "PUTIN"),
        ),
        (
            "Defence Minister Hulusi Akar toured the border. The minister said two soldiers had died.",
            "two soldiers",
            ("Hulusi Akar", "AKAR"),
        ),
        ("The convoy left.\n\nThey said the road was mined.", "road was", ("They", None)),
    ],
)
def test_a_pronoun_is_named_where_that_can_be_told(text, words, speaker):
    found = voices(text)
    assert next(told for statement, told in found.items() if words in statement.lower()) == [speaker]


def test_a_meeting_says_nothing():
    found = voices("Monday's meeting between Erdogan and Putin continued talks from an Iran-hosted summit last week.\n")
    assert not any("meeting" in name for told in found.values() for name, _ in told)
