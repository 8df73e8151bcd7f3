from __future__ import annotations

import pytest

from geo import language, resolver
from geo.article import from_text
from geo.resolver.answers import explain
from geo.resolver.mentions import find_mentions
from geo.types import Place


def names(text, gazetteer):
    parsed = language.parse(from_text(text, id="x"), full=False)
    return [found.mention.text for found in find_mentions(parsed, gazetteer) if found.mention.kind == "toponym"]


def answers(text, gazetteer):
    parsed = language.parse(from_text(text, id="x"), full=False)
    found = resolver.resolve(parsed, gazetteer)
    return {each.mention.text: (each.place.name, each.place.feature) for each in found if each.place}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Myanmar: the road from Mandalay to Lashio was cut, and shells fell close to Bhamo.", "Bhamo"),
        ("Residents of Sudan's El Obeid, Nyala and Mellit were told to leave.", "Mellit"),
        ("Units at Plymouth and Truro would lose their night service.", "Truro"),
        ("The tremor was felt as far away as Aleppo and Erbil.", "Aleppo"),
    ],
)
def test_the_list_and_the_country_around_a_name_speak_for_it(text, wanted, gazetteer):
    assert wanted in names(text, gazetteer)


@pytest.mark.parametrize(
    "text", ["Mr. Jordan said so.", "President Chad Moore met Gen. Israel Okoye.", "Man held in raid."]
)
def test_a_title_makes_a_person_of_a_country(text, gazetteer):
    assert names(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lorries with Red Cross flour were turned back.", []),
        ("A Grad rocket and two Buk launchers were seen after Ramadan, Tass said.", []),
        ("He grew up in Red Cross, North Carolina.", ["Red Cross", "North Carolina"]),
        ("Shelling hit Gaza, Hamas and Rafah, residents said.", ["Gaza", "Rafah"]),
        ("Fighters of Hamas, Gaza's rulers, were seen.", ["Gaza"]),
        ("The mayor of the town of Fano resigned.", ["Fano"]),
    ],
)
def test_bodies_weapons_and_feasts_are_no_towns(text, wanted, gazetteer):
    assert names(text, gazetteer) == wanted


def test_a_case_may_have_a_place_of_such_a_name(gazetteer):
    own = Place("case:grad", "Grad", 36.6, 35.9, "PPL", "SY")
    assert "Grad" in names("Shells fell on the village near Grad and Idlib.", gazetteer.with_places((own,)))


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Washington said it would talk to Moscow and Beijing.", "PPLC"),
        ("Envoys flew from Ankara to Washington on Friday.", "PPLC"),
        ("Washington state troopers closed the road.", "ADM1"),
        ("The storm crossed Tennessee and Arkansas; officials in Washington sent help.", "PPLC"),
        ("Floods hit Washington, from Spokane to Yakima and Tacoma.", "ADM1"),
    ],
)
def test_a_capital_comes_before_the_far_state_of_its_name_unless_the_text_is_about_the_state(text, feature, gazetteer):
    assert answers(text, gazetteer)["Washington"][1] == feature


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Flights between São Paulo and Buenos Aires were full on Friday.", "PPL"),
        ("The state of São Paulo and its neighbour Minas Gerais will vaccinate.", "ADM1"),
    ],
)
def test_a_city_comes_before_the_province_of_its_name_unless_a_word_calls_for_that(text, feature, gazetteer):
    assert answers(text, gazetteer)["São Paulo"][1] == feature


def test_a_bare_name_is_the_state_and_not_the_county(gazetteer):
    text = "The storm crossed Tennessee and Arkansas, near Osceola and Blytheville, before it reached Mississippi."
    assert answers(text, gazetteer)["Mississippi"][1] == "ADM1"


def test_a_region_may_be_called_by_a_word_for_its_kind(gazetteer):
    assert answers("Airlines in the Gulf added flights from Dubai and Doha.", gazetteer)["Gulf"][1] == "RGN"


@pytest.mark.parametrize(
    ("name", "place", "feature"),
    [
        ("Republic of Niger", "Niger", "PCLI"),
        ("Islamic Republic of Iran", "Iran", "PCLI"),
        ("Kingdom of Jordan", "Jordan", "PCLI"),
        ("Zaporizhzhia Oil Terminal", "Zaporiz", None),
        ("Mosul Central Power Station", "Mosul", None),
    ],
)
def test_the_telling_part_of_a_long_name_is_looked_up(name, place, feature, gazetteer):
    found = explain(name, gazetteer).place
    assert found.name.startswith(place) or any(other.startswith(place) for other in found.names)
    assert feature in {None, found.feature}


def test_in_company_a_mere_likeness_far_away_is_no_answer(gazetteer):
    found = answers("Shells fell on Deir Kifa, on Tyre and near Sidon in southern Lebanon, residents said.", gazetteer)
    assert "Deir Kifa" not in found
    assert {"Tyre", "Sidon"} <= {*found}


def test_alone_a_likely_name_is_an_answer_with_its_low_score(gazetteer):
    assert answers("Srebrenica fell in July.", gazetteer)["Srebrenica"] == ("Srebrenica", "PPL")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The probe will pass Mars in May and come back to Earth.", []),
        ("She moved to a flat in Fano last year.", ["Fano"]),
        ("In Fano, residents opened the beach; near Fano it rained.", ["Fano", "Fano"]),
        ("Mars, a borough of 1,700 people, voted.", ["Mars"]),
        ("Buses ran from Guatemala city to Mexico city.", ["Guatemala city", "Mexico city"]),
        ("The west Bank town of Jenin was quiet.", ["west Bank", "Jenin"]),
        ("Fighting with Fano went on near Gondar.", ["Gondar"]),
        ("The MP spoke in Leeds.", ["Leeds"]),
        ("Crews left Charleston, W.Va., and Barre, Vt., on Friday.", ["Charleston", "W.Va.", "Barre", "Vt."]),
        ("It rained in Yunnan province and in upper Tuscany.", ["Yunnan", "Tuscany"]),
        ("Rents rose in Oakdale — by a tenth — and in Paris’ suburbs.", ["Oakdale", "Paris"]),
    ],
)
def test_where_a_name_ends_and_what_is_none(text, wanted, gazetteer):
    assert names(text, gazetteer) == wanted


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("The outbreak began in Mexico; Toluca, Ecatepec and Naucalpan closed their schools.", "Mexico", "PCLI"),
        ("Toluca, Ecatepec and Naucalpan in the state of Mexico closed their schools.", "Mexico", "ADM1"),
        ("Storms hit Guatemala, from Mixco and Villa Nueva to Antigua.", "Guatemala", "PCLI"),
    ],
)
def test_a_country_comes_before_its_own_province_unless_a_word_calls_for_that(text, name, feature, gazetteer):
    assert answers(text, gazetteer)[name][1] == feature
