"""The reader's `facts.yaml`: what it changes, and how it fails."""

from dataclasses import replace

import pytest

from geo.article import from_text
from geo.errors import InputError
from geo.facts import apply_overrides, dated, read_facts, template
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
        ('facts:\n- match: {exact: "x"}', "`split: true` or `hide"),
        ("facts: [", "not YAML"),
        ("facts: 3", "a list named"),
        ("wrong: []", "a list named"),
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


def written(text, folder):
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


TWICE = 'facts:\n- match: {exact: "Rebels shelled the town on Friday", prefix: "Nabl last week. "}\n  '
LATER = '{exact: "Rebels shelled the town on Friday", prefix: "on Friday.\\n\\n"}'


def test_two_tellings_are_made_one_and_taken_apart_again(article, facts, applied, tmp_path):
    first, second = (fact for fact in facts if "shelled" in fact.statement)
    one = applied(TWICE + f"merge: {LATER}")
    assert first.id not in {fact.id for fact in one}
    joined = next(fact for fact in one if fact.id == second.id)
    assert first.evidence in joined.same_event_as
    again = apply_overrides(one, [article], written(TWICE + "split: true", tmp_path))
    assert {fact.id for fact in again} == {fact.id for fact in facts}
    assert all(not fact.same_event_as for fact in again if "shelled" in fact.statement)


def test_what_was_never_joined_cannot_be_split(applied):
    with pytest.raises(InputError, match="no fact was joined"):
        applied(TWICE + "split: true")


def test_a_fact_is_not_merged_with_itself(applied):
    with pytest.raises(InputError, match="the same fact"):
        applied(WITHDREW + 'merge: {exact: "The army withdrew from Kafr Nabl last week"}')


@pytest.mark.parametrize("day", ["2020-03-10", "{a: 2020-03-10}"])
def test_the_reader_dates_an_article(article, day, tmp_path):
    (found,) = dated([article], written(f"published: {day}", tmp_path))
    assert (found.published.date, found.published.basis) == ("2020-03-10", "given")
    assert len(found.published.evidence) == len(article.published.evidence) + 1


@pytest.mark.parametrize("text", ["published: soon", "published: {b: 2020-03-10}", "published: {a: [1]}"])
def test_a_day_that_is_none_and_an_article_that_is_none_are_said(article, text, tmp_path):
    with pytest.raises(InputError):
        dated([article], written(text, tmp_path))
