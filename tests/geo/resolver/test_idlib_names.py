"""The thirty names that a report on the Idlib zone uses: with the case all, without it at least twenty-four."""

from __future__ import annotations

import pytest

import geo
from geo import resolver
from geo.crs import distance_km

#: Name, longitude, latitude: GeoNames, or the case's own sourced places where GeoNames has none.
NAMES = (
    ("Idlib", 36.634, 35.931), ("Afrin", 36.868, 36.512), ("Hama", 36.758, 35.132), ("Latakia", 35.791, 35.531),
    ("Aleppo", 37.161, 36.201), ("Morek", 36.690, 35.376), ("Khan Sheikhoun", 36.651, 35.442),
    ("Saraqib", 36.806, 35.864), ("Kafr Zita", 36.603, 35.374), ("Manbij", 37.955, 36.528),
    ("Reyhanli", 36.567, 36.268), ("Kilis", 37.115, 36.718), ("Jisr al-Shughur", 36.320, 35.814),
    ("Maarat al-Numan", 36.677, 35.648), ("Darat Izza", 36.852, 36.282), ("Bab al-Hawa", 36.67, 36.23),
    ("Hmeimim", 35.949, 35.411), ("Tell Tuqan", 36.96, 35.81), ("al-Eis", 37.0, 35.996), ("Sarmada", 36.72, 36.18),
    ("Tal Rifaat", 37.097, 36.473), ("Shir Maghar", 36.40, 35.47), ("Ariha", 36.610, 35.814),
    ("Abu al-Duhur", 37.045, 35.741), ("Kafr Nabl", 36.564, 35.614), ("Qalaat al-Madiq", 36.391, 35.415),
    ("Suqaylabiyah", 36.394, 35.367), ("Mhardeh", 36.573, 35.248), ("Atarib", 36.825, 36.139),
    ("Azaz", 37.045, 36.586),
)  # fmt: skip
#: A name may mean the province: then its polygon's middle is as far off as the province is wide.
TOLERANCE_KM = 25.0


def right(answer, lon, lat):
    place = answer.place
    if place is None:
        return False
    return distance_km(place.lon_deg, place.lat_deg, lon, lat) <= max(TOLERANCE_KM, place.radius_km)


@pytest.fixture(scope="module")
def case():
    return geo.open_case("idlib-2018")


def test_with_the_case_all(gazetteer, case):
    known = gazetteer.with_places(case.places)
    missed = [n for n, lon, lat in NAMES if not right(resolver.explain(n, known, theatre=case.theatre), lon, lat)]
    assert len(NAMES) == 30
    assert missed == []


def test_without_a_case_most(gazetteer):
    text = ", ".join(name for name, _, _ in NAMES)
    starts = [text.index(name) for name, _, _ in NAMES]
    spans = [(start, start + len(name)) for start, (name, _, _) in zip(starts, NAMES, strict=True)]
    answers = resolver.resolve_spans(text, spans, gazetteer, vague=False)
    pairs = zip(NAMES, answers, strict=True)
    missed = [name for (name, lon, lat), answer in pairs if not right(answer, lon, lat)]
    assert len(missed) <= 6, missed
