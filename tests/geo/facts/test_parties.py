from __future__ import annotations

import pytest

from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse


def certainties(text):
    reading = read_facts(parse(from_text(f"{text}\n", id="a")), published="2020-03-04")
    return {fact.statement: (fact.certainty, fact.negated) for fact in reading.facts}


def of(text, start):
    return next(value for statement, value in certainties(text).items() if statement.startswith(start))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The rebels said army mortars hit a water plant outside the city.", "Army mortars"),
        ("The ABC said regime aircraft bombed its positions near the river.", "Regime aircraft"),
        ("The army said its troops had captured the town of Northford.", "Its troops"),
        ("A Thai army spokesman said Cambodian troops had shelled two villages.", "Cambodian troops"),
        ("Ethiopia said Eritrean forces had attacked its positions on Friday.", "Eritrean forces"),
        ("Ethiopia said three Eritrean divisions had been put out of action.", "Three Eritrean"),
        ("A Cambodian official said its soldiers were being held by Thailand.", "Its soldiers"),
        ("The army said Thai units responded in kind on Friday.", "Thai units"),
        ("Turkish security sources said rebel elements had violated the pause on Friday.", "Rebel elements"),
        ("State television said militants had shelled the market.", "Militants"),
        ('A presidential adviser in Asmara said the army was making "tactical adjustments" in the west.', "The army"),
    ],
)
def test_what_one_side_tells_of_the_fighting_is_its_claim(text, start):
    assert of(text, start) == ("alleged", False)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Police said army mortars hit a water plant outside the city.", "Army mortars"),
        ("Doctors said government aircraft bombed the market.", "Government aircraft"),
        ("The United Nations said rebels shelled the camp on Monday.", "Rebels shelled"),
        ("The army said its aircraft had bombed the bridge.", "Its aircraft"),
        ("The military said a soldier was killed near the village.", "A soldier"),
        ("Government aircraft bombed the market.", "Government aircraft"),
    ],
)
def test_witnesses_own_acts_and_own_losses_stand_as_told(text, start):
    assert of(text, start) == ("established", False)


@pytest.mark.parametrize(
    ("text", "start", "wanted"),
    [
        ("Neither has pulled back its heavy weapons.", "Neither has", ("established", True)),
        ("The state does not pay or command the fighters.", "Command", ("established", True)),
        ("The plan calls for observers to be deployed along the border.", "Observers", ("planned", False)),
        (
            "The agency offered to send a ship, provided both sides guarantee its safety.",
            "Both sides",
            ("hypothetical", False),
        ),
        ("Hardliners could conclude that the truce has collapsed.", "The truce", ("hypothetical", False)),
    ],
)
def test_denials_plans_and_possibilities_in_passing(text, start, wanted):
    found = certainties(text)
    assert found[min((each for each in found if start.lower() in each.lower()), key=len)] == wanted
