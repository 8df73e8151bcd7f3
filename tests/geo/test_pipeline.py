from __future__ import annotations

from dataclasses import replace

import pytest

import geo
from geo.article import from_text
from geo.types import READ_ROLES, Case, Theatre


@pytest.fixture(scope="module")
def case():
    return geo.open_case("idlib-2018")


@pytest.fixture(scope="module")
def report(case, gazetteer):
    return geo.read(case.articles, case, gazetteer=gazetteer)


def mapped(report):
    return {r.place.id for r in report.resolutions if r.place and r.mention.role in READ_ROLES}


def test_every_span_points_into_the_text_as_given(report):
    text = report.articles[0].text
    for each in report.resolutions:
        assert text[each.mention.span.start : each.mention.span.end] == each.mention.text
    for fact in report.facts:
        assert text[fact.evidence.start : fact.evidence.end].strip()


def test_sentences_cover_all_that_carries_facts(report):
    for fact in report.facts:
        assert any(one.start < fact.evidence.end and fact.evidence.start < one.end for one in report.sentences)


def test_the_case_brings_zones_and_memberships(report):
    assert not report.borrowed_zones
    assert {"demilitarized-zone", "deescalation-area"} <= {each.zone for each in report.memberships}


def test_an_article_of_ones_own_borrows_the_zones(case, gazetteer):
    own = from_text("Rebels leave Saraqib\n\nRebels left Saraqib on Monday.", id="own", published="2018-09-18")
    read = geo.read([own], case, gazetteer=gazetteer)
    assert read.borrowed_zones
    assert read.zones == case.zones


def test_a_bare_article_has_no_zones_and_no_case(gazetteer):
    read = geo.read([from_text("Fighting near Aleppo\n\nFighting went on near Aleppo.", id="x")], gazetteer=gazetteer)
    assert (read.zones, read.memberships, read.case) == ((), (), None)


def test_the_same_input_gives_the_same_report(case, gazetteer, report):
    assert geo.read(case.articles, case, gazetteer=gazetteer) == report


def test_a_deeper_zone_changes_who_is_inside(case, gazetteer):
    from geo.gazetteer import boundaries
    from geo.zones import derive

    def deeper(zone):
        return replace(zone, geometry=None, parts=(), recipe={**zone.recipe, "depth_km": [25, 30]})

    zones = [deeper(zone) if zone.id == "demilitarized-zone" else zone for zone in case.zones]
    wide = replace(case, zones=derive(zones, boundaries))
    text = from_text("Rebels leave Saraqib\n\nRebels left Saraqib on Monday.", id="own", published="2018-09-18")
    verdicts = {
        each.zone: each.verdict
        for each in geo.read([text], wide, gazetteer=gazetteer).memberships
        if each.place == "geonames:164816"
    }
    assert verdicts["demilitarized-zone"] == "inside"


def test_the_seed_article_is_placed_right(shared, gazetteer):
    read = geo.read([geo.read_article(shared / "seed" / "article.txt")], gazetteer=gazetteer)
    names = {r.place.geonameid: r.place.area for r in read.resolutions if r.place and r.mention.role in READ_ROLES}
    wanted = {
        163843: "country:SY",
        169387: "admin1:SY.12",
        298795: "country:TR",
        2017370: "country:RU",
        130758: "country:IR",
    }
    assert names == wanted
    assert read.articles[0].published.basis == "inferred"


def test_a_case_brings_its_own_words_and_days(tmp_path, gazetteer):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "actors.yaml").write_text(
        "actors: {WHITE_EAGLES: {name: White Eagles, aliases: [white eagles]}}\n", encoding="utf-8"
    )
    (tmp_path / "facts.yaml").write_text("published: 2020-03-10\n", encoding="utf-8")
    told = from_text("The White Eagles shelled the road on Sunday.", id="told", published="2020-03-20")
    case = Case(id="own", title="Own", theatre=Theatre(), articles=(told,), folder=str(tmp_path))
    report = geo.read(case.articles, case, gazetteer=gazetteer)
    assert report.facts[0].actors[0].key == "WHITE_EAGLES"
    assert report.facts[0].when.value == "2020-03-08"
    assert report.articles[0].published.date == "2020-03-10"
    assert not report.borrowed_zones
