"""The last resort: where a name is set that no gazetteer has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.resolver import vague
from geo.resolver.vague import filled
from geo.types import Candidate, Mention, Place, Resolution, Span


def at(start, name, lon=None, lat=None, feature="PPL"):
    """Return a name at a place of a text, resolved where a point is given."""
    mention = Mention(Span("t", start, start + len(name)), name, "toponym")
    if lon is None:
        return Resolution(mention, None, 0.0, ("no place of that name is known",))
    return Resolution(mention, Place(name, name, lon, lat, feature, "XX", radius_km=5.0), 0.9, ("sure",))


LEEDS, YORK, HULL = at(0, "Leeds", -1.5, 53.8), at(300, "York", -1.1, 54.0), at(600, "Hull", -0.3, 53.7)
PARIS = at(420, "Paris", 2.35, 48.86)


def where(found):
    """Return the names of the places that were set anew, with the points they got."""
    return {each.mention.text: (each.place.lon_deg, each.place.lat_deg) for each in found if each.score == 0.3}


def test_a_lost_name_lies_where_most_names_lie_and_near_it_in_the_text():
    assert where(filled((LEEDS, YORK, at(400, "Rosalind Park"), PARIS, HULL))) == {"Rosalind Park": (-1.1, 54.0)}


def test_what_stands_beside_it_decides_where_the_crowd_does_not():
    assert where(filled((LEEDS, at(400, "Rue Lepic"), PARIS))) == {"Rue Lepic": (2.35, 48.86)}


def test_a_country_says_less_than_a_town():
    france = at(30, "France", 2.5, 46.5, "PCLI")
    assert where(filled((LEEDS, at(20, "Wold Lane"), france))) == {"Wold Lane": (-1.5, 53.8)}


def test_the_answer_is_vague_and_says_so():
    lost = filled((LEEDS, at(10, "Wold Lane")))[1]
    assert lost.place.radius_km == pytest.approx(60.0)
    assert lost.place.source == "the text's neighbourhood"
    assert lost.reasons == ("no such place is known; set near Leeds, of which the text speaks",)


def test_a_wide_neighbour_makes_the_answer_as_wide():
    wide = replace(LEEDS, place=replace(LEEDS.place, radius_km=200.0, admin1="XX.1"))
    lost = filled((wide, at(10, "Wold Lane")))[1]
    assert (lost.place.radius_km, lost.place.country, lost.place.admin1) == (200.0, "XX", "XX.1")


def test_a_doubtful_name_is_no_neighbour():
    doubtful = replace(PARIS, score=0.35)
    assert where(filled((LEEDS, at(400, "Rue Lepic"), doubtful))) == {"Rue Lepic": (-1.5, 53.8)}


def test_two_countries_are_less_of_a_crowd_than_two_towns():
    spain, portugal = at(0, "Spain", -4.0, 40.0, "PCLI"), at(1000, "Portugal", -5.0, 40.0, "PCLI")
    names = (spain, LEEDS, at(1500, "Wold Lane"), YORK, portugal)
    assert where(filled(names)) == {"Wold Lane": (-1.1, 54.0)}


def test_an_unlikely_candidate_is_told_as_one():
    lost = replace(at(10, "Wold Lane"), alternatives=(Candidate(PARIS.place, 0.1, ("far",)),))
    assert filled((LEEDS, lost))[1].reasons[0].startswith("no place of its name is likely enough")


def test_a_long_text_is_looked_at_in_parts(monkeypatch):
    monkeypatch.setattr(vague, "_MOST_NAMES", 2)
    assert where(filled((LEEDS, YORK, PARIS, at(430, "Rue Lepic")))) == {"Rue Lepic": (2.35, 48.86)}


def test_without_another_sure_name_it_stays_lost():
    alone = (at(0, "Wold Lane"), at(30, "Wold Lane"))
    assert filled(alone) == alone


def test_what_is_found_is_left_alone():
    assert filled((LEEDS, PARIS)) == (LEEDS, PARIS)
