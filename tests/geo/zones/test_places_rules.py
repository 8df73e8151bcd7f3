"""Rules for a case's own places: what reading them would trip over is said with its line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo import case as cases
from geo.errors import InputError
from geo.gazetteer.places import read_places
from geo.zones import check_bytes, check_file

CASES = Path(cases.__file__).parent / "cases"


def places(**properties) -> str:
    given = {"name": "Morek", "source": "GeoNames"} | properties
    given = {key: value for key, value in given.items() if value is not ...}
    point = {"type": "Point", "coordinates": [36.69, 35.37]}
    feature = {"type": "Feature", "id": "morek", "properties": given, "geometry": point}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (places(), []),
        (places(names={"ar": "مورك", "und": ["Murik", "Morik"]}, country="SY", admin1="SY.10", feature="PPL"), []),
        (places(uncertainty_km=0, geonameid=166640, note="x"), []),
        (places(name=...), ["E 7:18 missing-name"]),
        (places(name=" "), ["E 8:13 bad-property"]),
        (places(name=3), ["E 8:13 bad-property"]),
        (places(names=["Morek"]), ["E 10:14 bad-property"]),
        (places(names={"ar": 3}), ["E 10:14 bad-property"]),
        (places(uncertainty_km="2 km"), ["E 10:23 bad-property"]),
        (places(uncertainty_km=-1), ["E 10:23 bad-property"]),
        (places(country="Syria"), ["E 10:16 bad-property"]),
        (places(admin1="Hama"), ["E 10:15 bad-property"]),
        (places(feature="town"), ["E 10:16 bad-property"]),
        (places(geonameid=1.5), ["E 10:18 bad-property"]),
        (places(counry="SY"), ["W 10:5 unknown-property"]),
        (places(source=...), ["W 4:3 missing-source"]),
        (places().replace("35.37", "95.37"), ["E 15:6 latitude-out-of-range"]),
        ('{"type": "Point", "coordinates": [1, 2]}', ["E 1:1 not-a-collection"]),
        ('{"type": "FeatureCollection", "features": [3]}', ["E 1:44 not-a-feature"]),
        ("{", ["E 1:2 truncated"]),
    ],
)
def test_the_rules_for_places(text, expected):
    found = check_bytes(text.encode(), mode="places")
    assert [f"{p.severity[0].upper()} {p.where.line}:{p.where.column} {p.code}" for p in found] == expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*/places.geojson")), ids=lambda path: path.parent.name)
def test_the_places_of_the_bundled_cases_are_sound(path):
    assert check_file(path, mode="places") == ()


@pytest.mark.parametrize(
    ("text", "where"), [(places(name=...), ":7:18"), (places(names=[]), ":10:14"), ("{]", ":1:2"), ("[]", ":1:1")]
)
def test_a_case_with_faulty_places_is_refused_at_their_line(tmp_path, text, where):
    (tmp_path / "case.toml").write_text('title = "A"')
    path = tmp_path / "places.geojson"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        cases.open_case(tmp_path)
    assert f"{path}{where}" in str(caught.value)


def test_what_passes_can_be_read(tmp_path):
    path = tmp_path / "places.geojson"
    path.write_text(places(names={"ar": ["مورك"]}, uncertainty_km=None, country=None, admin1=None))
    assert [place.name for place in read_places(path)] == ["Morek"]
