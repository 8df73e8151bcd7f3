"""The reader's `facts.yaml`: what it changes, and how it fails."""

from dataclasses import replace

import pytest

from geo.article import from_text
from geo.errors import InputError
from geo.facts import apply_overrides, read_facts, template
from geo.language import parse

TEXT = """Army leaves town

The army withdrew from Kafr Nabl last week. Rebels shelled the town on Friday.

Rebels shelled the town on Friday.
"""


@pytest.fixture(scope="module")
def article():
    return from_text(TEXT, id="a", published="2020-03-09")


@pytest.fixture(scope="module")
def facts(article):
    return read_facts(parse(article), published="2020-03-09").facts


@pytest.fixture
def applied(article, facts, tmp_path):
    def apply(text):
        path = tmp_path / "facts.yaml"
        path.write_text(text, encoding="utf-8")
        return apply_overrides(facts, [article], path)

    return apply


WITHDREW = 'facts:\n- match: {exact: "The army withdrew from Kafr Nabl last week"}\n  '


def told(facts, words):
    return next(fact for fact in facts if words in fact.statement)


def test_the_template_changes_nothing(article, facts, applied):
    assert applied(template(facts, [article])) == facts


def test_every_entry_of_the_template_holds_when_its_mark_is_taken_away(article, facts, applied):
    lines = template(facts, [article]).splitlines()
    start = lines.index("facts:")
    bare = [line.removeprefix("# ").removeprefix("#") for line in lines[start + 1 :]]
    assert applied("\n".join(["facts:", *bare])) == facts


def test_a_correction_keeps_the_text_value_beside_the_world(applied):
    found = told(
        applied(WITHDREW + "set: {world_value: 2020-02-28}"),
        "withdrew",
    )
    assert (found.when.value, found.when.world_value) == ("2020-W10", "2020-02-28")


def test_set(applied):
    found = told(
        applied(
            'facts:\n- match: {exact: "The army withdrew from Kafr Nabl last week"}\n'
            "  set: {certainty: alleged, negated: true, event: null, time: ../2020-03-15, note: Seen otherwise.,\n"
            "        places: [{place: 'geonames:1', relation: from}], zones: [{zone: z, relation: removed_from}]}"
        ),
        "withdrew",
    )
    assert (found.certainty, found.negated, found.event) == ("alleged", True, None)
    assert (found.when.edtf, found.when.end, found.when.mod) == ("../2020-03-15", "2020-03-15", "ON_OR_BEFORE")
    assert (found.places[0].place, found.zones[0].relation, found.notes[-1]) == (
        "geonames:1",
        "removed_from",
        "Seen otherwise.",
    )


def test_hide(applied, facts):
    left = applied('facts:\n- match: {exact: "The army withdrew from Kafr Nabl last week"}\n  hide: true')
    assert len(left) == len(facts) - 1


def test_add_from_a_quote_and_from_outside(applied, facts):
    found = applied(
        'facts:\n- add: {event: STATE}\n  quote: {exact: "Army leaves town"}\n'
        '- add: {statement: Ten posts were finished, time: 2018-05-16}\n  source: {title: A report, url: "https://example.org/"}\n'
    )
    quoted, outside = found[len(facts) :]
    assert (quoted.source, quoted.event, quoted.evidence.start) == ("editor", "STATE", 0)
    assert (outside.attribution[0].name, outside.when.start) == ("A report", "2018-05-16")
    assert any("https://example.org/" in note for note in outside.notes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'facts:\n- match: {exact: "The army withdrew from Kafr Nahl"}\n  hide: true',
            r":2:3: .*The nearest fact: “The army withdrew",
        ),
        ('facts:\n- match: {exact: "Rebels shelled the town on Friday"}\n  hide: true', "in 2 places.*prefix"),
        ('facts:\n- match: {exact: "Army leaves"}\n  set: {certainty: sure}', r":3:20: set.certainty"),
        ("facts:\n- add: {statement: x}", "needs a `quote`"),
        ("facts:\n- hide: true", "either `match` or `add`"),
        ('facts:\n- match: {exact: "x"}', "needs `set` or `hide"),
        ("facts: [", "not YAML"),
        ("facts: 3", "one list named"),
        ("wrong: []", "one list named"),
        (
            WITHDREW + "set: {time: soon}",
            "is not a time",
        ),
        ('facts:\n- match: {exact: "The army withdrew from Kafr Nabl last week"}\n  sets: {}', "sets"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(applied, text, says):
    with pytest.raises(InputError, match=says) as caught:
        applied(text)
    assert "facts.yaml:" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_corrected_article_does_not_shift_a_correction(facts, tmp_path):
    longer = from_text("A new first line that was not there\n\n" + TEXT, id="a", published="2020-03-09")
    again = read_facts(parse(longer), published="2020-03-09").facts
    path = tmp_path / "facts.yaml"
    path.write_text(
        WITHDREW + "set: {negated: true}",
        encoding="utf-8",
    )
    found = told(apply_overrides(again, [longer], path), "withdrew")
    assert found.negated
    assert longer.slice(found.evidence) == "The army withdrew from Kafr Nabl last week"
    assert replace(found, negated=False) == told(again, "withdrew")
