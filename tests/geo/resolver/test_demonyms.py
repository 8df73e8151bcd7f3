"""Adjectives and peoples: which words they are, and when they count as the name of a place."""

from __future__ import annotations

import pytest

from geo.errors import InputError
from geo.records import geoparse_record
from geo.resolver.demonyms import find_demonyms


def found(text):
    """Return the demonyms among the words of a text."""
    words = text.replace(",", " ,").replace(".", " .").replace("-", " - ").split()
    return [" ".join(words[first : last + 1]) for first, last in find_demonyms(words)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Syrian and Turkish officers", ["Syrian", "Turkish"]),
        ("The Dutch met South Koreans", ["Dutch", "South Koreans"]),
        ("Londoners and a Parisian", ["Londoners", "Parisian"]),
        ("She spoke English", []),
        ("classes in French and Italian.", []),
        ("He speaks Spanish, Portuguese and a little German", ["German"]),
        ("Greek lessons for Russian speakers", []),
        ("a Dutch-speaking nurse", []),
        ("It was written in Turkish.", []),
        ("in Turkish waters", ["Turkish"]),
        ("in Turkish-held Afrin", ["Turkish"]),
        ("French and Italian troops", ["French", "Italian"]),
        ("translated from Russian into English", ["Russian"]),
        ("The African Union sent an African envoy", ["African"]),
        ("South African Airways cancelled flights", []),
        ("Troops moved into Georgian villages", ["Georgian"]),
        ("Drones flew into Polish airspace", ["Polish"]),
        ("The school teaches Turkish children", ["Turkish"]),
        ("The school teaches Turkish.", []),
        ("Refugees in Greek, Turkish and Bulgarian camps", ["Greek", "Turkish", "Bulgarian"]),
        ("signs in Greek, Turkish and Bulgarian.", []),
        ("a broken Greek economy", ["Greek"]),
        ("Papua New Guineans marched", ["Papua New Guineans"]),
        ("Bissau-Guinean and South-East Asian envoys", ["Bissau - Guinean", "South - East Asian"]),
    ],
)
def test_which_words(text, wanted):
    assert found(text) == wanted


def counted(gazetteer, text, **wish):
    """Return the words that a record without a wish, or with one, counts as places."""
    return [each["name"] for each in geoparse_record({"id": "t", "text": text, **wish}, gazetteer)["toponyms"]]


def test_a_demonym_counts_where_nothing_else_names_its_place(gazetteer):
    text = "Turkish and Syrian officers met on the border of Syria."
    assert counted(gazetteer, text) == ["Turkish", "Syria"]
    assert counted(gazetteer, text, demonyms=None) == ["Turkish", "Syria"]
    assert counted(gazetteer, text, demonyms=True) == ["Turkish", "Syrian", "Syria"]
    assert counted(gazetteer, text, demonyms=False) == ["Syria"]


@pytest.mark.parametrize("people", ["Gazan", "Kashmiri", "Chechen", "Kurdish", "Puerto Rican", "Londoners"])
def test_a_people_of_a_small_region_counts(gazetteer, people):
    assert counted(gazetteer, f"It was {people} fishermen who came.") == [people]


def test_every_form_is_found_whole(gazetteer):
    from geo import language
    from geo.article import from_text
    from geo.resolver.tokens import tokens_of
    from geo.resolver.words import demonyms

    def whole(form):
        part = language.parse(from_text(f"It was {form} people.", id="t"), full=False).segments[0]
        words = tokens_of(part.doc)
        return any(words.text(*each) == form for each in find_demonyms(words.words))

    assert [form for form in demonyms() if not whole(form)] == []


def test_a_name_that_is_an_adjective_too_stays_a_name(gazetteer):
    assert counted(gazetteer, "Ice is melting in the Arctic, scientists in Oslo said.") == ["Arctic", "Oslo"]


def test_a_continent_is_too_vague_to_count(gazetteer):
    assert counted(gazetteer, "An African envoy spoke of European values.") == []


def test_a_town_of_the_country_does_not_stand_for_it(gazetteer):
    assert counted(gazetteer, "Syrian rescuers worked in Aleppo.") == ["Syrian", "Aleppo"]


def test_every_demonym_has_a_place(gazetteer):
    from geo.resolver.naming import by_code
    from geo.resolver.words import demonyms

    assert [form for form, code in demonyms().items() if not by_code(code, gazetteer)] == []


def test_another_wish_is_refused(gazetteer):
    with pytest.raises(InputError, match="demonyms"):
        counted(gazetteer, "Syrian officers met.", demonyms="yes")
