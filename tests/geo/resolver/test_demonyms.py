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
