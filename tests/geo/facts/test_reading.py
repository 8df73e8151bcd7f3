"""Facts put together: figures, actors, voices, places, zones, selectors, rows, records."""

import json
from importlib.resources import files

import pytest

from geo.article import from_text
from geo.facts import as_record, fact_rows, read_facts
from geo.facts import lexicon as lex
from geo.facts.selectors import anchor, matches, select
from geo.language import parse
from geo.types import Mention, Place, Resolution, Span, Zone

DAY = "2020-03-06"


def read(text, **options):
    article = from_text(text, id="a", published=DAY)
    return article, read_facts(parse(article), published=DAY, **options)


def one(text, words, **options):
    _, reading = read(f"{text}\n\nIt rained.\n", **options)
    return next(fact for fact in reading.facts if words.lower() in fact.statement.lower())


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Over one million people were displaced.", "million", (1e6, 1e6, "over", "#affected+displaced")),
        ("At least 12 civilians were killed.", "12", (12, 12, "at least", "#affected+killed")),
        ("Some 82,000 people are sleeping in the open.", "82,000", (82_000, 82_000, "some", "#population")),
        ("The army killed 30 to 35 soldiers.", "30", (30, 35, None, "#affected+killed")),
        ("About 1.5 million refugees returned.", "1.5", (1.5e6, 1.5e6, "about", "#affected+refugees")),
        ("Twenty-five prisoners were freed.", "prisoners", (25, 25, None, "#affected+abducted")),
    ],
)
def test_a_figure_keeps_its_bounds_and_its_word(text, words, expected):
    figure = one(text, words).figure
    assert (figure.low, figure.high, figure.modifier, figure.hxl) == expected


def test_a_date_is_no_figure():
    assert one("The army left on 3 March 2020.", "army").figure is None


def test_actors_by_lexicon_and_none_where_none_is_named():
    fact = one("Russian warplanes bombed rebels near the city.", "bombed")
    assert [(a.role, a.key) for a in fact.actors] == [("actor", "RUS_MIL"), ("recipient", "REB")]
    assert one("All heavy weapons were withdrawn from the zone.", "withdrawn").actors == ()


def test_a_chain_of_voices_nearest_first():
    fact = one("Monitors said the governor had reported that rebels shelled the bridge.", "rebels shelled")
    assert [voice.name for voice in fact.attribution] == ["the governor", "Monitors"]


def test_according_to():
    fact = one("Two nurses were wounded, according to the director of the clinic.", "nurses")
    assert [voice.name for voice in fact.attribution] == ["the director of the clinic"]


def resolution(text, name):
    start = text.index(name)
    mention = Mention(Span("a", start, start + len(name)), name)
    place = Place(f"x:{name}", name, 36.0, 35.0, "PPL", "SY")
    return Resolution(mention, place, 0.9)


def test_a_place_is_linked_and_a_country_that_acts_is_not():
    text = "Turkey sent tanks to Saraqeb on Friday."
    article, reading = read(text, resolutions=[resolution(text, "Turkey"), resolution(text, "Saraqeb")])
    assert [(link.place, link.relation) for link in reading.facts[0].places] == [("x:Saraqeb", "to")]
    assert article.slice(reading.facts[0].places[0].mention) == "Saraqeb"


def test_zones_and_what_is_said_of_them():
    zone = Zone("dmz", "Zone", "buffer_zone", None, "agreement")
    text = (
        "The sides agreed to create a buffer zone. The zone will come into force by Oct. 15.\n\n"
        "All heavy weapons will be withdrawn from the zone. Turkish troops will patrol the zone.\n"
    )
    _, reading = read(text, zones=[zone])
    assert [link.relation for fact in reading.facts for link in fact.zones] == [
        "creates",
        "in_force_by",
        "removed_from",
        "patrolled_by",
    ]


def test_related_links_are_kept_apart():
    text = "The army left the town.\n\n>> Read more: Rebels shelled the bridge on Friday\n\nIt rained.\n"
    _, reading = read(text)
    related = [fact for fact in reading.facts if "related" in fact.notes]
    assert [fact.event for fact in related] == ["ASSAULT"]
    assert not any("shelled" in text[f["start"] : f["end"]] for f in as_record(reading)["facts"])


def test_another_language_is_said_and_not_read():
    article = from_text("Les rebelles ont attaqué la ville dans le nord et les soldats sont partis.", id="a")
    reading = read_facts(parse(article), published=None)
    assert reading.facts == ()
    assert "not in English" in reading.notes[0]


def test_a_question_states_nothing():
    assert read("Will the army shell the town?\n\nIt rained.\n")[1].facts[0].statement == "It rained"


def test_ids_hold_when_the_text_before_changes():
    first = one("The army left the town of Maarat.", "army")
    text = "The army left the town of Maarat.\n\nIt rained.\n"
    longer = from_text("X" * 40 + " y z.\n\n" + "q" * 40 + "\n\n" + text, id="b", published=DAY)
    again = {f.statement: f.id for f in read_facts(parse(longer), published=DAY).facts}
    assert again[first.statement] != ""
    assert one("The army left the town of Maarat.", "army").id == first.id


def test_selectors_find_their_place_again():
    article = from_text("One two three. One two four.", id="a")
    span = Span("a", 15, 22)
    quote = select(article, span)
    assert matches(article, quote) == [15]
    assert anchor(article, span)["position"] == {"type": "TextPositionSelector", "start": 15, "end": 22}


def test_rows_carry_hxl_tags_below_the_header():
    article, reading = read("At least 12 civilians were killed in the town on Friday.\n")
    header, tags, row = fact_rows(reading.facts, articles=[article])
    told = dict(zip(header, row, strict=True))
    assert all(tag.startswith("#") for tag in tags)
    assert (told["figure_low"], told["figure_tag"], told["date_start"]) == ("12", "#affected+killed", "2020-03-06")
    assert told["quote"] == article.text[int(told["start"]) : int(told["end"])]


def test_a_record_fits_the_schema():
    import jsonschema

    _, reading = read("The minister said the army will leave by Oct. 15. At least 12 civilians were killed.\n")
    schema = json.loads(files("geo.facts").joinpath("facts.schema.json").read_text(encoding="utf-8"))
    record = json.loads(json.dumps({"id": "a", **as_record(reading)}))
    jsonschema.validate(record, schema)
    record["facts"][0]["certainty"] = "sure"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema)


def test_the_bundled_lexicon_fits_its_schema():
    import jsonschema

    schema = json.loads(files("geo.facts").joinpath("data/lexicon.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(lex.bundled().raw)), schema)


def test_a_case_lays_its_words_over_the_lexicon(tmp_path):
    (tmp_path / "events.yaml").write_text("rules:\n- {event: ASSAULT, verbs: [zap]}\n", encoding="utf-8")
    (tmp_path / "actors.yaml").write_text("actors:\n  ZED: {name: Zed Army, kind: armed_group}\n", encoding="utf-8")
    fact = one("Zed Army zapped the bridge.", "zapped", lexicon=lex.load(tmp_path))
    assert (fact.event, fact.actors[0].key) == ("ASSAULT", "ZED")
    assert one("The rebels shelled the bridge.", "shelled", lexicon=lex.load(tmp_path)).event == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "event", "mode"),
    [
        ("Families are sleeping eight to a classroom.", "STATE", "condition"),
        ("The town has been without electricity for two weeks.", "STATE", "condition"),
        ("It is General Sharon who wants no agreement.", None, None),
    ],
)
def test_how_things_are_is_a_state_of_its_own_mode(text, event, mode):
    _, reading = read(f"{text}\n")
    assert (reading.facts[0].event, reading.facts[0].mode) == (event, mode)
