"""Which stretches of a sentence become facts of their own, one sentence a case."""

import pytest

from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse


def told(text):
    reading = read_facts(parse(from_text(f"{text}\n", id="a")), published="2020-03-04")
    return {fact.statement: fact.event for fact in reading.facts}


@pytest.mark.parametrize(
    ("text", "statement", "event"),
    [
        (
            "The army blamed the rebels for the blast, a charge the rebels denied.",
            "A charge the rebels denied",
            "REJECT",
        ),
        ("Under the deal, signed on Monday, the rebels will free 20 men.", "The deal, signed on Monday", "AGREE"),
        (
            "The army will halt its advance, under an agreement reached on Thursday.",
            "An agreement reached on Thursday",
            "AGREE",
        ),
        (
            "Leaders met the envoy during six hours of talks in Belgrade.",
            "Six hours of talks in Belgrade",
            "CONSULT",
        ),
        ("Kyiv handed over 55 men in return for 215 Ukrainians.", "In return for 215 Ukrainians", "RETREAT"),
        ("Three women are to be released in return for 95 prisoners.", "In return for 95 prisoners", "CONCEDE"),
        ("He suspended the talks, accusing it of war crimes.", "Accusing it of war crimes", "ACCUSE"),
        (
            "The party has called for the measures to be scrapped by May.",
            "The party has called for the measures to be scrapped by May",
            "REQUEST",
        ),
        ("Russia, the Serbs' traditional ally, urged calm.", "Russia, the Serbs' traditional ally", "SUPPORT"),
        (
            "The alliance has given the Serbs until Sunday to withdraw their troops from the town.",
            "The alliance has given the Serbs until Sunday to withdraw their troops from the town",
            "THREATEN",
        ),
        (
            "The envoy is to visit the rebel-held town of Northford on Friday.",
            "Rebel-held town of Northford",
            "STATE",
        ),
        (
            "The army is moving 5,000 soldiers to the area, the minister, Jan Kay, announced on a visit to Northford.",
            "The army is moving 5,000 soldiers to the area",
            "MOBILIZE",
        ),
        (
            "The exchange was worked out last month after the presidents spoke by telephone, a rare step for them.",
            "The exchange was worked out last month",
            None,
        ),
        (
            "In a statement sent to the press, the rebels accused the army of shelling the camp.",
            "The rebels accused the army of shelling the camp",
            "ACCUSE",
        ),
        (
            "Ten men were killed on Friday, bringing the army's losses to 41 since fighting broke out in May.",
            "Bringing the army's losses to 41 since fighting broke out in May",
            "FIGURE",
        ),
    ],
)
def test_a_stretch_of_its_own(text, statement, event):
    found = told(text)
    assert statement in found
    assert found[statement] == event


def test_a_pause_in_fighting_is_no_fighting():
    assert "ASSAULT" not in told("The envoy urged them to respect the pause in hostilities around the town.").values()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The town fell to the rebels on Friday.", "ASSAULT"),
        ("Tanks advanced to within 200 metres of the hospital.", "ASSAULT"),
        ("The general said he would use all available means against the rebels.", "THREATEN"),
        ("Norway wants the matter settled at the talks.", "REQUEST"),
        ("The president continues to rule out direct dialogue with the rebels.", "REJECT"),
        ("The council added the group to its list of terrorist organisations.", "SANCTION"),
        ("About 65,000 people are trapped in the town.", "FIGURE"),
        ("Health services in the town have stopped.", "STATE"),
        ("Norway does not recognise the court's verdict.", "REJECT"),
        ("The ministry called the resolution an insult.", "ACCUSE"),
        ("The fighting has forced more than 600,000 people from their homes.", "FIGURE"),
    ],
)
def test_the_event(text, event):
    assert event in told(text).values()
