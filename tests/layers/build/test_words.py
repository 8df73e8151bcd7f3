from __future__ import annotations

import pytest

from geo.types import Fact, Place, Span, Voice
from layers.build.words import about_km, about_km2, certainty_word, label, place_kind, theme


def fact(event="AGREE", certainty="established", *, negated=False, by=None, mode=None):
    voices = (Voice(by),) if by else ()
    return Fact("x", event, mode, (), "…", Span("a", 0, 1), certainty, negated, attribution=voices)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (fact(), "reported as fact"),
        (fact(by="Putin"), "reported by Putin"),
        (fact(certainty="planned"), "planned"),
        (fact(certainty="planned", by="Putin"), "promised by Putin"),
        (fact(by="The leaders of both"), "reported by the leaders of both"),
        (fact(by="The Guardian"), "reported by The Guardian"),
        (fact("ASSAULT", "planned", negated=True, by="Shoigu"), "ruled out by Shoigu"),
        (fact("CONCEDE", "planned", negated=True, by="Shoigu"), "ruled out by Shoigu"),
        (fact("RETREAT", "planned", negated=True), "will not"),
        (fact("ASSAULT", "alleged", by="Russia"), "alleged by Russia"),
        (fact("ASSAULT", "alleged", negated=True, by="Damascus"), "denied by Damascus"),
        (fact("ASSAULT", "hypothetical"), "if …"),
    ],
)
def test_the_word_beside_a_mark_is_never_surer_than_the_report(given, word):
    assert certainty_word(given) == word


def test_a_mode_sharpens_the_label():
    assert label(fact("CONCEDE", mode="withdraw")) == "Withdrawal promised"
    assert label(fact(None)) == "Background"


def test_every_event_type_has_a_theme_and_no_event_is_background():
    assert theme(fact("ASSAULT")) == "military"
    assert theme(fact(None)) == "background"


@pytest.mark.parametrize(("km", "words"), [(0.94, "about 0.9 km"), (19.03, "about 19 km"), (238.2, "about 240 km")])
def test_distances_are_no_finer_than_they_can_be(km, words):
    assert about_km(km) == words


def test_areas_keep_three_figures():
    assert about_km2(3103.4) == "about 3,100 km²"


@pytest.mark.parametrize(
    ("feature", "kind"),
    [("PCLI", "country"), ("ADM1", "province"), ("ADM2", "district"), ("PPLA", "town"), ("AIRB", "site")],
)
def test_feature_codes_become_plain_kinds(feature, kind):
    assert place_kind(Place("x", "X", 0, 0, feature, None)) == kind
