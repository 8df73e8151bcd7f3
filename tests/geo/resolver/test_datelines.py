"""Where reports were filed: names at the head of a line, before a dash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import language, resolver
from geo.article import from_text
from geo.resolver import datelines
from geo.resolver.datelines import find_datelines


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("KYIV - Russia said so.", ["KYIV"]),
        ("BEIRUT (Reuters) — Shells fell.", ["BEIRUT"]),
        ("HODEIDAH, Yemen — Fighters left.", ["HODEIDAH", "Yemen"]),
        ("ISTANBUL/BEIRUT (Reuters) - The army left.", ["ISTANBUL", "BEIRUT"]),
        ("EL FASHER, Sudan, April 3 (Agency) -- Shells fell.", ["EL FASHER", "Sudan"]),
        ("Goma, 12 March (AFP) – Rebels left.", ["Goma"]),
        ("Damascus, SANA - The army left.", ["Damascus"]),
        ("PORT-AU-PRINCE, Haiti (AP) — Gangs fled.", ["PORT-AU-PRINCE", "Haiti"]),
        ("A title\n\nDONETSK, Ukraine — Shells fell.", ["DONETSK", "Ukraine"]),
        ("BREAKING — Syria fell.", []),
        ("UPDATE 2-Syria says so.", []),
        ("Police - He fled.", []),
        ("He was born in Kyiv - Moscow said so.", []),
    ],
)
def test_datelines(text, names, gazetteer):
    assert [text[span.start : span.end] for span in find_datelines(text, gazetteer)] == names


@given(st.lists(st.sampled_from(["\n", " ", ", ", "-", "—", "Goma", "KYIV", "(Agency)", "12 March", "A"]), max_size=25))
def test_only_heads_of_lines_are_looked_at_and_none_is_missed(parts):
    text = "".join(parts)
    searched = [match.span() for match in datelines._LINE.finditer(text)]
    assert [match.span() for match in datelines._heads(text)] == searched


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("KYIV - Two drones were shot down.", "KYIV", "UA"),
        ("BEIRUT (Reuters) — Two people were killed.", "BEIRUT", "LB"),
        ("HODEIDAH, Yemen — Fighters left the port.", "HODEIDAH", "YE"),
        ("TRIPOLI, Lebanon — Two people were killed.", "TRIPOLI", "LB"),
        ("TRIPOLI (Reuters) - Libya's army moved on.", "TRIPOLI", "LY"),
    ],
)
def test_they_are_resolved(text, name, country, gazetteer):
    found = resolver.resolve(language.parse(from_text(text, id="t"), full=False), gazetteer)
    first = next(each for each in found if each.mention.text == name)
    assert first.place.country == country


@pytest.mark.parametrize(("filed", "country"), [("BEIRUT", "LB"), ("BENGHAZI", "LY")])
def test_the_place_of_filing_is_a_hint(filed, country, gazetteer):
    text = f"{filed} (Reuters) - Two people were killed in Tripoli."
    found = resolver.resolve(language.parse(from_text(text, id="t"), full=False), gazetteer)
    assert [each.place.country for each in found] == [country, country]
