"""Forms of clauses that unseen reports taught: where a fact begins, how certain it is, whose words and which day."""

import pytest

from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse


def facts(text, published="2019-03-04"):
    article = from_text(text, id="a", published=published)
    return read_facts(parse(article), published=published).facts


def told(text, *, about):
    return next(fact for fact in facts(text) if about in fact.statement.lower())


def statements(text):
    return [fact.statement for fact in facts(text)]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Chad, which has sheltered the rebels since the spring of 2005, called the accord a farce.",
            "Called the accord a farce",
        ),
        (
            "The pause, meant to let the two armies bury their dead in the hills, took effect at dawn.",
            "Took effect at dawn",
        ),
        ("The army denied burning the village.", "The army denied burning the village"),
        ("The envoys hope to save a truce signed in January.", "A truce signed in January"),
        (
            "The mission insists that the town remain under its control.",
            "The mission insists that the town remain under its control",
        ),
    ],
)
def test_a_fact_begins_and_ends_where_a_reader_would_cut(text, statement):
    assert statement in statements(text)


@pytest.mark.parametrize(
    ("text", "about", "certainty"),
    [
        ("The rebels accused the police of seizing two envoys as they left for the airport.", "they left", "alleged"),
        ("Baku dismissed the charge and said its towns had come under fire.", "come under fire", "alleged"),
        ("The grain was taken by the militia, who said that it had bought it.", "the grain", "alleged"),
        ("The agency stands ready to feed the refugees.", "ready to feed", "planned"),
        ("The army is ready to storm the city.", "ready to storm", "established"),
        ("Doctors warned that many bodies still lay beneath the rubble.", "many bodies", "established"),
        ("Doctors warned that many bodies would be found.", "many bodies", "hypothetical"),
    ],
)
def test_how_certain_it_is(text, about, certainty):
    assert told(text, about=about).certainty == certainty


def test_what_one_is_asked_to_refrain_from_did_not_happen():
    text = "The envoy called on all sides to let aid in and to refrain from attacks on hospitals."
    assert not any(fact.event == "ASSAULT" for fact in facts(text))
    assert [fact.event for fact in facts(text)] == ["REQUEST", "REQUEST"]


def test_a_pronoun_that_means_the_speaker_is_no_voice_besides_him():
    fact = told("Norway and Chile said that they urged both sides to talk.", about="urged")
    assert [voice.name for voice in fact.attribution] == ["Norway and Chile"]


def test_a_list_without_and_ends_in_who_said_it():
    fact = told("A bomb fell on a school, killing six, two of them girls, medics said.", about="a bomb fell")
    assert [voice.name for voice in fact.attribution] == ["medics"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("At least 80 schools have been set on fire since Sunday night.", "2019-03-03TNI"),
        ("The council approved the accord in the early hours.", "2019-03-04"),
        ("One of the two commanders was killed in fighting on Friday.", "2019-03-01"),
    ],
)
def test_when_it_was(text, value):
    assert facts(text)[0].when.value == value
