"""Which of the places in a text a fact is about."""

from __future__ import annotations

import pytest

from geo import resolver
from geo.article import from_text
from geo.facts import read_facts
from geo.language import parse


@pytest.mark.parametrize(
    ("text", "start", "places"),
    [
        (
            "Aircraft pounded the western half of Beirut before the cabinet in Jerusalem ordered a halt.",
            "Aircraft",
            ["at Beirut"],
        ),
        ("Rebels shelled the outskirts of Homs on Monday.", "Rebels", ["at Homs"]),
        ("Shells fell on the town of Saraqib.", "Shells", ["at Saraqib"]),
        ("The siege of Aleppo went on for a fourth year.", "The siege", ["at Aleppo"]),
        ("Residents of Homs fled on Monday.", "Residents", ["at Homs"]),
        ("Russia bombed the town.", "Russia", []),
        ("The army shelled Homs before the cabinet in Damascus.", "The army", ["at Homs", "context Damascus"]),
        ("The mayor of Aleppo rejected the plan.", "The mayor", []),
        ("The army left Homs, where a truce that had been signed at Hama collapsed.", "The army", ["at Homs"]),
    ],
)
def test_a_fact_has_the_places_of_its_own_clause(text, start, places, gazetteer):
    article = from_text(f"{text}\n", id="a")
    parsed = parse(article)
    reading = read_facts(parsed, published="2018-09-17", resolutions=resolver.resolve(parsed, gazetteer))
    fact = next(fact for fact in reading.facts if fact.statement.startswith(start))
    assert [f"{link.relation} {article.text[link.mention.start : link.mention.end]}" for link in fact.places] == places
