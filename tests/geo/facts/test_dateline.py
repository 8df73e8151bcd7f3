from __future__ import annotations

import pytest

from geo import facts, language
from geo.article import from_text


def read(text):
    return facts.read_facts(language.parse(from_text(f"A title of it\n\n{text}", id="x")), published="2018-09-18").facts


@pytest.mark.parametrize(
    "dateline", ["SOCHI, Russia, Sept. 18, 2018 — ", "GENEVA (Agency) - ", "BEIRUT — ", "ANKARA, Turkey -- "]
)
def test_the_place_of_a_dateline_says_nothing(dateline):
    found = read(f"{dateline}Russia and Turkey agreed on Monday to set up a buffer zone.")
    assert found
    assert all(not fact.attribution for fact in found)
    assert all("agreed" in fact.statement or "set up" in fact.statement for fact in found)


def test_armed_groups_are_no_support_but_rebel_backed_ones_are():
    assert not [
        fact for fact in read("Russia accused armed groups in Idlib of shelling Aleppo.") if fact.event == "SUPPORT"
    ]
    assert [fact for fact in read("Talks began with Turkey-backed rebels on Monday.") if fact.event == "SUPPORT"]
