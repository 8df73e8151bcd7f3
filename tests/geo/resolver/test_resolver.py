"""From names in a text to places: a table of sentences, and inputs that nobody should send."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from geo import language, resolver
from geo.article import from_text
from geo.resolver import mentions, model, outlets
from geo.types import Place, Theatre


def places(text, gazetteer, **setting):
    """Return (words, name of the place, feature, country) of the toponyms of a text."""
    parsed = language.parse(from_text(text, id="t"), full=False)
    found = resolver.resolve(parsed, gazetteer, readings=False, **setting)
    return [
        (r.mention.text, r.place.feature, r.place.country) for r in found if r.place and r.mention.kind != "demonym"
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The army left Idlib province in northern Syria.", [("Idlib", "ADM1", "SY"), ("Syria", "PCLI", "SY")]),
        ("He flew from Moscow to Ankara on Monday.", [("Moscow", "PPLC", "RU"), ("Ankara", "PPLC", "TR")]),
        ("A farm near Paris, Texas, burned down.", [("Paris", "PPL", "US"), ("Texas", "ADM1", "US")]),
        ("Shells fell on Saraqib and Maarat al-Numan in Syria.",
         [("Saraqib", "PPL", "SY"), ("Maarat al-Numan", "PPL", "SY"), ("Syria", "PCLI", "SY")]),
    ],
)  # fmt: skip
def test_sentences(gazetteer, text, wanted):
    assert places(text, gazetteer) == wanted


@pytest.mark.parametrize("text", ["Erdogan spoke.", "Mr. Jordan said so.", "The Nusra Front told Interfax."])
def test_what_is_no_place(gazetteer, text):
    assert places(text, gazetteer) == []


def test_demonyms_are_kept_apart(gazetteer):
    parsed = language.parse(from_text("Syrian and Turkish officers met in Sochi.", id="t"), full=False)
    kinds = {r.mention.text: (r.mention.kind, r.place.country) for r in resolver.resolve(parsed, gazetteer) if r.place}
    assert kinds["Syrian"] == ("demonym", "SY")
    assert kinds["Turkish"] == ("demonym", "TR")
    assert kinds["Sochi"][0] == "toponym"


def test_a_body_named_after_a_continent_is_no_place(gazetteer):
    parsed = language.parse(from_text("The African Union and an African envoy met in Cairo.", id="t"), full=False)
    assert [r.mention.span.start for r in resolver.resolve(parsed, gazetteer)] == [25, 46]


def test_a_likeness_of_spelling_far_from_all_else_is_no_place(gazetteer):
    text = "The ports of Hodeidah, Salif and Ras Isa in Yemen, west of Sanaa, were shelled, Yemen said in Aden."
    answers = resolver.resolve_spans(
        text, [(text.index(n), text.index(n) + len(n)) for n in ("Hodeidah", "Ras Isa", "Yemen", "Sanaa", "Aden")],
        gazetteer, vague=False,
    )  # fmt: skip
    assert {each.place.country for each in answers if each.place} == {"YE"}


def test_every_answer_gives_a_reason(gazetteer):
    parsed = language.parse(from_text("They met in Nairobi, then in Cairo.", id="t"), full=False)
    assert all(each.reasons for each in resolver.resolve(parsed, gazetteer))


def test_metonym(gazetteer):
    parsed = language.parse(from_text("On Tuesday Ankara said that talks would go on.", id="t"), full=False)
    assert [r.mention.kind for r in resolver.resolve(parsed, gazetteer)] == ["metonym"]


def test_own_places_come_first(gazetteer):
    own = Place("case:al-eis", "al-Eis", 37.0, 36.0, "PPL", "SY", source="case")
    answer = resolver.explain(
        "al-Eis", gazetteer.with_places([own]), theatre=Theatre(("SY",), (35.0, 34.0, 38.0, 37.0))
    )
    assert answer.place == own


def test_explain_gives_alternatives_and_reasons(gazetteer):
    answer = resolver.explain("Tripoli", gazetteer)
    assert {answer.place.country, *(each.place.country for each in answer.alternatives)} >= {"LY", "LB"}
    assert answer.alternatives
    assert all(answer.score >= each.score for each in answer.alternatives)


def test_a_theatre_is_a_hint(gazetteer):
    lebanon = Theatre(("LB",), (35.0, 33.0, 37.0, 35.0))
    assert resolver.explain("Tripoli", gazetteer, theatre=lebanon).place.country == "LB"


def test_unknown_names_are_abstained_from_unless_asked(gazetteer):
    text = "Fighting went on in Aleppo near the Zzyzqv Bakery."
    span = (text.index("Zzy"), text.index("."))
    (alone,) = resolver.resolve_spans(text, [span], gazetteer)
    assert alone.place is None
    _, near = resolver.resolve_spans(text, [(20, 26), span], gazetteer)
    assert near.place.feature == "AREA"
    assert near.score < 0.5


@pytest.mark.parametrize(
    ("domain", "words"),
    [("gainesvilletimes.com", ("gainesville",)), ("post-gazette.com", ()), ("news.example.co.uk", ("example",))],
)
def test_outlet_words(domain, words):
    assert outlets.town_words(domain) == words


@pytest.mark.parametrize(("domain", "country"), [("independent.ie", "IE"), ("sana.sy", "SY"), ("bbc.co.uk", "GB")])
def test_outlet_country(domain, country):
    assert outlets.outlet_of(domain)[0] == {country}


@pytest.mark.parametrize(
    "text",
    ["a\u202eIdlib\u202c b", "Idlib " * 3000, "إدلب", "«»", "x" * 5000, "Syria\u00a0said"],
)
def test_hostile_text(gazetteer, text):
    parsed = language.parse(from_text(text, id="t"), full=False)
    for each in resolver.resolve(parsed, gazetteer):
        assert text[each.mention.span.start : each.mention.span.end] == each.mention.text


def test_ten_thousand_names(gazetteer):
    text = ", ".join(["Aleppo", "Paris", "Homs", "Springfield"] * 2500)
    spans, start = [], 0
    for part in text.split(", "):
        spans.append((start, start + len(part)))
        start += len(part) + 2
    answers = resolver.resolve_spans(text, spans, gazetteer)
    assert len(answers) == 10_000
    assert all(each.place for each in answers)


def test_trees_are_read_as_written():
    data = {"features": ["b", "a"], "base": 0.0, "trees": [[[1, 0.5, 1, 2], [-2.0], [3.0]], [[0.0]]]}
    trees = model.from_json(data, ["a", "b"])
    low, high = trees.probability(model.np.array([[0.2, 9.0], [0.9, 0.0]]))
    assert low == pytest.approx(1 / (1 + model.np.exp(2.0)))
    assert high == pytest.approx(1 / (1 + model.np.exp(-3.0)))


def walked(nodes, row, at=0):
    """Return the leaf that a walk down a tree ends in."""
    node = nodes[at]
    return node[0] if len(node) == 1 else walked(nodes, row, node[2] if row[node[0]] <= node[1] else node[3])


def grown(rng, leaves):
    """Return a random tree as a model file has it."""
    nodes = [[0.0]]
    while sum(len(node) == 1 for node in nodes) < leaves:
        at = rng.choice([i for i, node in enumerate(nodes) if len(node) == 1])
        nodes[at] = [int(rng.integers(3)), round(float(rng.random()), 1), len(nodes), len(nodes) + 1]
        nodes += [[float(rng.random())], [float(rng.random())]]
    return nodes


@pytest.mark.parametrize("leaves", [1, 2, 9, 16])
def test_trees_asked_side_by_side_end_where_a_walk_ends(leaves):
    rng = model.np.random.default_rng(leaves)
    trees = [grown(rng, leaves) for _ in range(7)]
    matrix = model.np.round(rng.random((model._ROWS + 5, 3)), 1)
    made = model.from_json({"features": ["a", "b", "c"], "base": -1.0, "trees": trees}, ["a", "b", "c"])
    sums = [-1.0 + sum(walked(nodes, row) for nodes in trees) for row in matrix.tolist()]
    assert made.probability(matrix) == pytest.approx(1 / (1 + model.np.exp(-model.np.array(sums))))


def test_a_tree_with_too_many_leaves_is_refused():
    with pytest.raises(ValueError, match="17 leaves"):
        model.from_json({"features": ["a", "b", "c"], "base": 0.0,
                         "trees": [grown(model.np.random.default_rng(0), 17)]}, ["a", "b", "c"])  # fmt: skip


def test_mentions_do_not_overlap(gazetteer):
    parsed = language.parse(
        from_text("The University of Aleppo in Aleppo, Syria, and New York City.", id="t"), full=False
    )
    spans = sorted((f.mention.span.start, f.mention.span.end) for f in mentions.find_mentions(parsed, gazetteer))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_seed_article(gazetteer, shared):
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    parsed = language.parse(from_text(text, id="seed"), full=False)
    read = {"headline", "subheadline", "body", "caption"}
    found = {
        (r.place.name, r.place.feature, r.place.geonameid)
        for r in resolver.resolve(parsed, gazetteer)
        if r.place and r.mention.role in read and r.mention.kind != "demonym"
    }
    wanted = json.loads('[["Idlib","ADM1",169387],["Iran","PCLI",130758],["Russia","PCLI",2017370],'
                        '["Syria","PCLI",163843],["Turkey","PCLI",298795]]')  # fmt: skip
    assert found == {tuple(each) for each in wanted}
