"""How certain a clause is, one sentence a case: the fact layer's hard core."""

import pytest

from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse

CASES = [
    ("The army argues that its men are there at the invitation of the state.", "invitation", "alleged", False),
    ("The papers show that the other side is violating its commitments.", "violating", "alleged", False),
    ("He named 103 others who, he said, remain in rebel prisons.", "remain", "alleged", False),
    ("He has set Thursday as the moment when the road will be closed.", "set thursday", "planned", False),
    ("They blame the rebels for an ambush in which four soldiers died.", "soldiers died", "alleged", False),
    ("The army is unlikely to halt its advance.", "halt", "hypothetical", True),
    ("The truce, which expires in May, covers the whole front.", "expires", "planned", False),
    ("An envoy is due in the capital on Monday.", "due", "planned", False),
    ("They signed the pact on Friday, raising hopes of a settlement.", "raising", "hypothetical", False),
    ("The general had acted without consulting the president.", "acted", "established", True),
    ("The deadline passed without a single departure.", "passed", "established", True),
    ("The rebels vowed not to leave before the general leaves his post.", "leaves his", "hypothetical", False),
    ("The rebels can no longer hold the town.", "hold", "established", True),
    ("The talks never began, as the rebels would not sit down with the envoy.", "sit", "established", True),
    (
        "He denied that his men were attacking and accused the army of shelling the camp.",
        "accused",
        "established",
        False,
    ),
    ("The army took the town. The ministry denied that the garrison had fled.", "took", "established", False),
    (
        "Troops took the town on Monday. Aid workers could not verify reports that nine had died.",
        "took",
        "established",
        False,
    ),
    ("They agreed to halt the advance, not to send more troops to the front.", "send", "planned", True),
    ("The rebels have yet to free the hostages.", "free", "established", True),
    ("The envoy insisted that the hostage was alive.", "alive", "established", False),
    ("The hostages are due to be freed while troops pull back from the front.", "pull back", "planned", False),
    ("They will not return to the town until the captives are freed.", "are freed", "hypothetical", False),
    ("Either the generals talk, or the country falls apart, the envoy said.", "falls", "hypothetical", False),
    ("The army denied it had hit the clinic, saying that rebels had shelled it.", "shelled", "alleged", False),
    ("The ministry could not confirm that the army had destroyed the bridge.", "destroyed", "alleged", False),
    ("Thousands are thought to have died in the siege.", "died", "alleged", False),
    ("The truce appeared to be holding on Tuesday.", "holding", "alleged", False),
    ("The rebels promised not to attack the convoy.", "promised", "established", False),
    ("The army said rebels had mined the road. The claim could not be verified.", "mined", "alleged", False),
    ("The army said rebels had shelled the school, a charge the rebels reject.", "shelled", "alleged", False),
    ("Shelling could be heard near the town on Friday.", "heard", "established", False),
    ("The rebels agreed to let aid in and released seventy captives.", "released", "established", False),
    ("An air drop was considered by the agency.", "considered", "hypothetical", False),
    ("The army shelled the town of Maarat on Friday.", "shelled", "established", False),
    ("The army did not shell the town.", "shell", "established", True),
    ("The army will shell the town.", "shell", "planned", False),
    ("The army will not attack the town.", "attack", "planned", True),
    ("The army never attacked the town.", "attacked", "established", True),
    ("The army could attack the town.", "attack", "hypothetical", False),
    ("The army may have attacked the town.", "attacked", "hypothetical", False),
    ("The rebels could not hold the town.", "hold", "established", True),
    ("If the army attacks the town, thousands will flee.", "attacks", "hypothetical", False),
    ("Should the army attack the town, thousands would flee.", "attack", "hypothetical", False),
    ("Unless the rebels withdraw from the town, there will be war.", "withdraw", "hypothetical", False),
    ("The minister denied that the army had shelled the town.", "shelled", "alleged", True),
    ("The minister denied shelling the town.", "shelling", "alleged", True),
    ("The minister did not deny that the army had shelled the town.", "shelled", "alleged", False),
    ("Rebels accused the army of shelling the town.", "of shelling", "alleged", False),
    ("The army allegedly shelled the town.", "shelled", "alleged", False),
    ("Rebels claimed they had captured the village.", "captured", "alleged", False),
    ("No civilians were killed in the raid.", "killed", "established", True),
    ("There will be no new offensive against the city.", "there will be no", "planned", True),
    ("The sides agreed that all tanks be withdrawn from the zone.", "tanks be withdrawn", "planned", False),
    ("The commander warned that the army would storm the city.", "storm", "hypothetical", False),
    ("Turkish troops are to patrol the corridor.", "patrol", "planned", False),
    ("Turkish troops are expected to enter the town on Monday.", "enter", "planned", False),
    ("The ministry plans to open three corridors.", "open", "planned", False),
    ("The government failed to lift the siege.", "lift", "established", True),
    ("An earlier version of this report said that 40 people were killed.", "killed", "alleged", True),
]


def told(text, part):
    """Return the tightest fact whose words hold a part of the text."""
    article = from_text(f"{text}\n\nIt rained.\n", id="a", published="2020-03-06")
    every = read_facts(parse(article), published="2020-03-06").facts
    facts = [f for f in every if part.lower() in article.slice(f.evidence).lower()]
    return min(facts, key=lambda f: f.evidence.end - f.evidence.start)


@pytest.mark.parametrize(("text", "part", "certainty", "negated"), CASES)
def test_certainty(text, part, certainty, negated):
    fact = told(text, part)
    assert (fact.certainty, fact.negated) == (certainty, negated)


MILITARY = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})


@pytest.mark.parametrize(
    "text",
    [
        "The army denied bombing the hospital.",
        "Officials ruled out an offensive against the city.",
        "The army would attack if the talks failed.",
        "The rebels accused the army of bombing the hospital.",
        "It was unclear whether jets had bombed the hospital.",
        "The minister refused to bomb the city.",
        "Residents fear that the army will storm the city.",
        "Did the army bomb the hospital?",
        "The army plans to storm the city.",
        "The attack on the city was called off.",
        "There is no truth in reports that jets bombed the hospital.",
        "The envoy urged the army not to storm the city.",
        "There was no sign that troops had stormed the city.",
        "The mayor doubted that the army had shelled the market.",
        "Rumours that the army had stormed the city spread on Monday.",
        "The claim that the army shelled the market is a lie.",
        "The army is suspected of bombing the hospital.",
        "The general warned against storming the city.",
    ],
)
def test_no_act_of_war_is_established_by_less_than_its_telling(text):
    article = from_text(f"{text}\n\nIt rained.\n", id="a", published="2020-03-06")
    facts = read_facts(parse(article), published="2020-03-06").facts
    assert not [f.statement for f in facts if f.event in MILITARY and f.certainty == "established" and not f.negated]
