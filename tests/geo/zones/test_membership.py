"""Membership: the model on simple zones, its words, and its speed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.types import Place, Zone
from geo.zones import membership
from geo.zones.membership import probability_in_words, reading_of, verdict, where

KM_PER_DEG = 110.94  # of latitude, near 35 °N


def front(**fields):
    fields = {"uncertainty_km": 0, "properties": {"sides": {"left": "north", "right": "south"}}, **fields}
    drawn = shapely.LineString([(35.5, 35), (36.5, 35), (37.5, 35)])
    return Zone(id="line", name="line", kind="contact_line", geometry=drawn, basis="reconstruction", **fields)


def strip(zone_id="strip", **recipe):
    recipe = {"base": {"zone": "line"}, "depth_km": [10, 20], "side": "north", **recipe}
    return Zone(id=zone_id, name=zone_id, kind="buffer_zone", geometry=None, basis="reconstruction", recipe=recipe)


def place(north_km, *, lon=36.5, radius_km=0.0, feature="PPL", **fields):
    lat = 35 + north_km / KM_PER_DEG
    return Place(f"p{north_km}", "p", lon, lat, feature, "SY", radius_km=radius_km, **fields)


def chances(places, *zones, **options):
    return [answer.probability for answer in where(places, zones, boundaries=None, **options)]


@pytest.mark.parametrize(
    ("north_km", "expected"), [(-5, 0), (5, 1), (9.8, 1), (12.5, 0.75), (15, 0.5), (17.5, 0.25), (20.2, 0)]
)
def test_the_range_of_the_depth_gives_the_probability(north_km, expected):
    assert chances([place(north_km)], front(), strip())[0] == pytest.approx(expected, abs=0.04)


def test_the_doubt_of_the_line_counts():
    (on_the_line,) = chances([place(0.0001)], front(uncertainty_km=4), strip())
    (near,) = chances([place(1)], front(uncertainty_km=2), strip())
    assert on_the_line == pytest.approx(0.5, abs=0.05)
    assert near == pytest.approx(0.84, abs=0.05)  # one sigma beside the line, at a vertex of its own


def test_the_doubt_of_the_place_counts_unless_it_is_told_not_to():
    (doubtful,) = chances([place(1, radius_km=2)], front(), strip())
    (exact,) = chances([place(1, radius_km=2)], front(), strip(), exact_places=True)
    assert doubtful == pytest.approx(0.84, abs=0.04)
    assert exact == 1


def test_the_uncertainty_of_each_vertex_is_its_own():
    line = front(uncertainty_km=6, vertex_uncertainty_km=(0.01, 0.01, 8))
    west, east = chances([place(1, lon=35.6), place(1, lon=37.4)], line, strip())
    assert west > 0.99
    assert east < 0.75


def test_bands_and_flat_ends():
    bands = strip(bands=[{"from": 0, "to": 5}, {"from": 10, "to": 15}], depth_km=None)
    bands = replace(bands, recipe={k: v for k, v in bands.recipe.items() if v is not None})
    assert chances([place(3), place(7), place(12)], front(), bands) == [1, 0, 1]
    beyond = place(2, lon=37.55)
    assert chances([beyond], front(), strip()) == [1]
    assert chances([beyond], front(), strip(ends="flat")) == [0]


def test_clip_and_exclude_are_taken_as_drawn():
    clip = {"polygon": shapely.geometry.mapping(shapely.box(36, 34, 36.51, 36))}
    kept = strip(clip=clip, exclude=[{"point": [36.2, 35.05], "radius_km": 2}])
    places = [place(5), place(5, lon=36.6), place(0.05 * KM_PER_DEG, lon=36.2)]
    assert chances(places, front(), kept) == [1, 0, 0]
    (half,) = chances([place(5, lon=36.51, radius_km=2)], front(), kept)
    assert half == pytest.approx(0.5, abs=0.05)


def test_another_reading_stands_beside():
    both = replace(strip("both", side="both"), variant_of="strip", properties={"reading": "on both sides"})
    (answer,) = where([place(-5)], [front(), strip(), both], boundaries=None)
    assert (answer.zone, answer.verdict, answer.words) == ("strip", "outside", "< 1 %")
    assert answer.reading == "north side of the line"
    assert answer.other == (("both", "on both sides", "> 99 %"),)
    assert answer.line_km == pytest.approx(5, rel=0.01)


def test_a_drawn_zone_moves_its_edge():
    box = Zone("box", "box", "buffer_zone", shapely.box(36, 35, 37, 36), "assumption", uncertainty_km=4)
    places = [place(-4), place(0), place(2), place(8)]
    assert chances(places, box) == pytest.approx([0.02, 0.5, 0.84, 1], abs=0.04)


def test_only_points_are_asked_and_only_areas_answer():
    country = place(5, feature="PCLI")
    province = place(5, feature="ADM1")
    inside = place(5, area="admin1:SY.12")
    post = Zone("post", "post", "observation_post", shapely.Point(36.5, 35.1), "reconstruction")
    patrol = replace(strip("patrol"), kind="patrol_area")
    answers = where([country, province, inside, place(5)], [front(), post, patrol, strip()], boundaries=None)
    assert [(a.place, a.zone) for a in answers] == [("p5", "strip")]
    named = where([place(5)], [front(), post, patrol, strip()], boundaries=None, only={"patrol", "post"})
    assert [a.zone for a in named] == ["patrol"]
    assert where([], [front(), strip()], boundaries=None) == ()


def test_the_answer_does_not_depend_on_who_else_is_asked():
    places = [place(step / 4, radius_km=1) for step in range(120)]
    together = chances(places, front(uncertainty_km=3), strip())
    alone = [chances([each], front(uncertainty_km=3), strip())[0] for each in places[::17]]
    assert together[::17] == alone


@settings(deadline=None)
@given(st.floats(0, 1))
def test_words(probability):
    words = probability_in_words(probability)
    if probability < 0.01:
        assert words == "< 1 %"
    elif probability > 0.99:
        assert words == "> 99 %"
    else:
        number = int(words.removeprefix("about ").removesuffix(" %"))
        assert number % 5 == 0
        assert 5 <= number <= 95
        assert abs(number - 100 * probability) <= 4.01
    assert verdict(probability) == (
        "inside" if probability >= 0.95 else "outside" if probability <= 0.05 else "in doubt"
    ) or probability == pytest.approx(0.05)


def test_readings_in_words():
    assert reading_of(strip(side="both")) == "both sides of the line"
    assert reading_of(Zone("b", "b", "buffer_zone", shapely.box(0, 0, 1, 1), "article")) == "as drawn"


@pytest.mark.parametrize("vertices", [33])
def test_a_thousand_places_and_draws_take_at_most_three_seconds(vertices):
    """Processor time, so that a busy neighbour does not count."""
    import numpy as np

    xs = np.linspace(35.5, 37.5, vertices)
    drawn = shapely.LineString([(x, 35 + 0.2 * np.sin(9 * x)) for x in xs])
    line = replace(front(uncertainty_km=3), geometry=drawn)
    rng = np.random.default_rng(1)
    places = [place(float(y), lon=float(x), radius_km=1) for x, y in rng.uniform((35.5, -20), (37.5, 40), (1000, 2))]
    membership.where(places[:2], [line, strip()], boundaries=None)
    started = time.process_time()
    answers = where(places, [line, strip()], boundaries=None)
    assert len(answers) == 1000
    assert time.process_time() - started < 3
