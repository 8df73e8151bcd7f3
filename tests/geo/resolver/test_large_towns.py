"""Large towns that the parser passes over, although the text says *in*, *near* or *from* them."""

from __future__ import annotations

import pytest

from geo import language
from geo.article import from_text
from geo.resolver.mentions import find_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighting near Aleppo.", ["Aleppo"]),
        ("Fighting went on near Aleppo on Monday, residents said.", ["Aleppo"]),
        ("Aleppo Smith said he was near March of that year.", []),
        ("The talks in General were near Mobile Group of Banks.", []),
    ],
)
def test_a_preposition_before_a_large_town_is_enough(text, names, gazetteer):
    parsed = language.parse(from_text(text, id="x"))
    assert [found.mention.text for found in find_mentions(parsed, gazetteer)] == names
