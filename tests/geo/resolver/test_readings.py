"""Parts of places, spots beside them, outskirts and stretches between two: what the words around a name make of it."""

from __future__ import annotations

import pytest
import shapely

from geo import language, resolver
from geo.article import from_text
from geo.crs import destination, distance_km
from geo.gazetteer import boundaries
from geo.records import geoparse_record
from geo.resolver import compass


def found_in(text, gazetteer, **setting):
    return resolver.resolve(language.parse(from_text(text, id="t"), full=False), gazetteer, **setting)


def reading(text, name, gazetteer):
    """Return the resolution of the mention `name`."""
    return next(each for each in found_in(text, gazetteer) if each.mention.text == name)


@pytest.mark.parametrize(
    ("text", "name", "area", "side"),
    [
        ("Fighting spread across north-west Syria on Monday.", "Syria", "country:SY", "NW"),
        ("Fighting spread across northwestern Syria on Monday.", "Syria", "country:SY", "NW"),
        ("NW Syria was struck by a quake.", "Syria", "country:SY", "NW"),
        ("Civilians fled Syria's north-west in thousands.", "Syria", "country:SY", "NW"),
        ("Aid reached the south of Yemen.", "Yemen", "country:YE", "S"),
        ("Gunmen attacked in north-east Nigeria.", "Nigeria", "country:NG", "NE"),
        ("The front runs through eastern Ukraine and on.", "Ukraine", "country:UA", "E"),
        ("Troops moved into rural western Idlib in Syria.", "Idlib", "admin1:SY.12", "W"),
        ("Rockets hit the southern Aleppo countryside in Syria.", "Aleppo", "admin1:SY.09", "S"),
        ("They searched southern parts of Darfur and northern parts of Khartoum in Sudan.", "Khartoum", None, "N"),
    ],
)
def test_parts(text, name, area, side, gazetteer):
    answer = reading(text, name, gazetteer)
    whole = answer.alternatives[0].place
    assert answer.mention.kind == "direction"
    assert text[answer.mention.span.start : answer.mention.span.end] == name
    east, north = answer.place.lon_deg - whole.lon_deg, answer.place.lat_deg - whole.lat_deg
    assert all({"N": north > 0, "S": north < 0, "E": east > 0, "W": east < 0}[point] for point in side)
    assert answer.place.radius_km > 1
    assert answer.place.id != whole.id
    assert "is a part of" in answer.reasons[0]
    if area:
        assert boundaries.area(area).contains(shapely.Point(answer.place.lon_deg, answer.place.lat_deg))


@pytest.mark.parametrize(
    ("text", "name", "away_km", "azimuth"),
    [
        ("A convoy was hit 15 km east of Maarat al-Numan in Syria.", "Maarat al-Numan", 15, 90),
        ("It was 15 kilometres to the east of the town of Maarat al-Numan in Syria.", "Maarat al-Numan", 15, 90),
        ("The camp lies some 20 miles north of Mosul in Iraq.", "Mosul", 32.2, 0),
        ("They died about 40 kilometres (25 miles) south-west of Maiduguri, Nigeria.", "Maiduguri", 40, 225),
        ("A drone fell ten km north of Donetsk, Ukraine.", "Donetsk", 10, 0),
        ("It happened 20-30 km south of Goma in Congo.", "Goma", 25, 180),
    ],
)  # fmt: skip
def test_spots_off_a_place(text, name, away_km, azimuth, gazetteer):
    answer = reading(text, name, gazetteer)
    spot = answer.place
    town = next(place for place in gazetteer.lookup(name) if place.feature.startswith("PPL"))
    assert answer.mention.kind == "relative"
    assert (spot.lon_deg, spot.lat_deg) == pytest.approx(
        destination(town.lon_deg, town.lat_deg, azimuth, away_km), abs=0.002
    )
    assert spot.radius_km > town.radius_km
    assert "the text says" in answer.reasons[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell outside Bakhmut in Ukraine.", "Bakhmut"),
        ("The army dug in on the outskirts of Khartoum, Sudan.", "Khartoum"),
        ("The eastern outskirts of Avdiivka in Ukraine saw fighting.", "Avdiivka"),
        ("A base 30km from Goma in Congo was looted.", "Goma"),
        ("Rebels came to within 20 km of Bukavu in Congo.", "Bukavu"),
        ("Damascus' eastern suburbs were bombed in Syria.", "Damascus"),
    ],
)
def test_surroundings_reach_farther_than_the_town(text, name, gazetteer):
    answer = reading(text, name, gazetteer)
    town = next(place for place in gazetteer.lookup(name) if place.feature.startswith("PPL"))
    assert answer.mention.kind == "relative"
    assert answer.place.radius_km >= town.radius_km + 5


def test_a_direction_may_be_part_of_a_proper_name(gazetteer):
    answer = reading("The militia holds much of western Darfur in Sudan.", "Darfur", gazetteer)
    assert answer.place.feature == "ADM1"
    assert answer.place.country == "SD"
    assert "the name of a part" in answer.reasons[0]


def test_a_direction_alone_is_no_name(gazetteer):
    found = found_in("A town 40 kilometres south-west of Goma in Congo fell.", gazetteer)
    assert [each.mention.text for each in found if each.mention.kind != "demonym"] == ["Goma", "Congo"]


def test_between_two_towns_is_halfway(gazetteer):
    text = "Mines were laid on the road between Saraqib and Idlib, Syria."
    one, other = (reading(text, name, gazetteer) for name in ("Saraqib", "Idlib"))
    assert one.place == other.place
    assert one.mention.kind == other.mention.kind == "relative"
    assert 5 < one.place.radius_km < 15


def test_two_names_joined_after_a_preposition_are_both_places(gazetteer):
    text = "Turkey keeps the land between Tell Abyad and Ras al-Ayn, which it took on Tuesday."
    assert [each.mention.text for each in found_in(text, gazetteer)] == ["Turkey", "Tell Abyad", "Ras al-Ayn"]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Ankara and Moscow failed.",
        "He lives in North Macedonia, South Sudan and North Korea.",
        "They met in the northern city of Mosul in Iraq.",
        "Strikes hit the north-western Idlib province in Syria.",
        "Strikes hit Syria's northern Raqqa province.",
        "West Africa and Western Europe agreed.",
        "In Syria's north-west, Idlib is quiet.",
        "Ukraine's north wind blew over Kyiv, and north winds over Syria.",
        "Traffic on the motorway between Aleppo and Hama resumed.",
        "They agreed on a zone around Aleppo.",
        "The road between Damascus and Moscow is long.",
    ],
)
def test_what_stays_whole(text, gazetteer):
    assert {each.mention.kind for each in found_in(text, gazetteer)} <= {"toponym", "metonym", "demonym"}


def test_an_unknown_village_is_placed_by_what_is_said_of_it(gazetteer):
    text = "The village of Zzyxqa, 12 km south of Idlib city in Syria, was hit by Zzyxqa rockets."
    start = text.index("Zzyxqa")
    spans = [(start, start + 6), *((text.index(name), text.index(name) + 5) for name in ("Idlib", "Syria"))]
    bare = resolver.resolve_spans(text, spans, gazetteer, vague=False)
    village, town, _ = resolver.read(text, bare, gazetteer)
    assert bare[0].place is None
    assert village.place.name == "Zzyxqa"
    assert distance_km(village.place.lon_deg, village.place.lat_deg, 36.634, 35.82) < 5
    assert town.mention.kind == "toponym"


def test_without_readings_each_name_means_its_whole_place(gazetteer):
    text = "Fighting spread across north-west Syria, 15 km east of Saraqib."
    assert {r.mention.kind for r in found_in(text, gazetteer, readings=False)} == {"toponym"}


def test_a_record_keeps_the_name_and_adds_its_reading(gazetteer):
    (syria,) = geoparse_record({"id": "t", "text": "Fighting spread across north-west Syria."}, gazetteer)["toponyms"]
    assert (syria["name"], syria["geonameid"]) == ("Syria", 163843)
    assert syria["reading"]["kind"] == "direction"
    assert syria["reading"]["lat"] > syria["lat"]


@pytest.mark.parametrize(
    ("words", "azimuth"),
    [("north", 0), ("north-eastern", 45), ("south west", 225), ("southern and eastern", 135), ("NW", 315)],
)
def test_azimuths(words, azimuth):
    assert compass.azimuth_of(words) == pytest.approx(azimuth)


@pytest.mark.parametrize("name", ["Beirut", "Odesa", "Latakia"])
def test_a_part_of_a_town_on_the_coast_is_on_land(name, gazetteer):
    town = next(place for place in gazetteer.lookup(name) if place.feature.startswith("PPL"))
    land = boundaries.area(f"country:{town.country}")
    for azimuth in range(0, 360, 45):
        part = compass.part_of(town, float(azimuth))
        assert shapely.contains_xy(land, part.lon_deg, part.lat_deg), (azimuth, part)
