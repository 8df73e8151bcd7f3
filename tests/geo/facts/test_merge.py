"""One event told twice is one fact; contradictions stay."""

from geo.article import from_text
from geo.facts import merge_articles, read_facts
from geo.language import parse


def facts_of(text, key="a", day="2020-03-06"):
    article = from_text(text, id=key, published=day)
    return read_facts(parse(article), published=day).facts


def test_a_headline_joins_its_sentence():
    facts = facts_of(
        "Rebels bomb the market in Maarat\n\nRebels bombed the market in Maarat on Friday.\n\nIt rained.\n"
    )
    shelled = [f for f in facts if f.event == "ASSAULT"]
    assert len(shelled) == 1
    assert shelled[0].statement.startswith("Rebels bombed")
    assert [span.start for span in shelled[0].same_event_as] == [0]


def test_a_denied_headline_does_not_join_a_told_sentence():
    facts = facts_of("Army did not shell market\n\nRebels said the army shelled the market.\n\nIt rained.\n")
    assert {f.negated for f in facts if f.event == "ASSAULT"} == {True, False}


def test_two_articles_tell_one_event():
    one = facts_of("The army withdrew its tanks from the town of Maarat on Friday. It rained.\n", "a")
    two = facts_of("Witnesses said the army withdrew its tanks from the town of Maarat on Friday.\n", "b")
    merged = merge_articles([one, two])
    withdrawn = [f for f in merged if f.event == "RETREAT"]
    assert len(withdrawn) == 1
    assert {span.article for span in (withdrawn[0].evidence, *withdrawn[0].same_event_as)} == {"a", "b"}
    assert [voice.name for voice in withdrawn[0].attribution] == ["Witnesses"]


def test_contradictions_are_kept_and_noted_on_both_sides():
    one = facts_of("The army shelled the hospital in Maarat on Friday. It rained.\n", "a")
    two = facts_of("The army did not shell the hospital in Maarat on Friday.\n", "b")
    told = [f for f in merge_articles([one, two]) if f.event == "ASSAULT"]
    assert [f.negated for f in told] == [False, True]
    assert all(any("Contradicted in" in note for note in f.notes) for f in told)


def test_figures_that_cannot_both_be_right_contradict():
    one = facts_of("The strike on the market in Maarat killed 14 people. It rained.\n", "a")
    two = facts_of("The strike on the market in Maarat killed 40 people.\n", "b")
    told = [f for f in merge_articles([one, two]) if f.figure]
    assert [f.figure.low for f in told] == [14, 40]
    assert all(f.notes for f in told)


def test_one_article_alone_is_unchanged():
    facts = facts_of("The army withdrew from Maarat. Rebels shelled Maarat.\n")
    assert merge_articles([facts]) == facts
