"""What nobody should send: five megabytes, ten thousand names, halves of characters, marks that turn the text round."""

from __future__ import annotations

import time

import pytest

from geo import language, resolver
from geo.article import from_text
from geo.errors import InputError
from geo.records import geoparse_record
from geo.resolver.coordinates import find_coordinates
from geo.resolver.datelines import find_datelines
from geo.resolver.naming import by_part
from geo.types import Article, Published, Segment, Span


def article(text):
    """Return a text as an article without the checks of the reader."""
    return Article("t", text, (Segment(Span("t", 0, len(text)), "body"),), None, None, Published(None, "unknown"))


def spans_of(names):
    spans, start = [], 0
    for name in names:
        spans.append((start, start + len(name)))
        start += len(name) + 2
    return ", ".join(names), spans


def test_ten_thousand_different_names(gazetteer):
    known = [place.name for place in gazetteer.within((30.0, 30.0, 45.0, 50.0), population=2000)]
    names = (list(dict.fromkeys(known)) + [f"Zzyx{i}" for i in range(10_000)])[:10_000]
    text, spans = spans_of(names)
    start = time.process_time()
    answers = resolver.resolve_spans(text, spans, gazetteer, vague=False)
    assert len(answers) == 10_000
    assert sum(each.place is not None for each in answers) > 1000
    assert answers[-1].place is None
    assert time.process_time() - start < 120


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Aleppo \ud800 in Syria.",
        "Shells\x00 fell\x07 on Aleppo\x1b[31m in Syria.",
        "Shells fell on \u200fAleppo\u200e in \u202eSyria\u202c.",
        "Shells fell on \u2067Aleppo\u2069 in Syria\u200b.",
        "\ufeffShells fell on Aleppo in Syria.\ufffe",
        "Aleppo" + "\u0301" * 500 + " fell in Syria.",
        "( " * 3000 + "Aleppo, Syria" + " )" * 3000,
    ],
)
def test_halves_of_characters_controls_and_marks(text, gazetteer):
    at = text.index("Aleppo")
    (given,) = resolver.resolve_spans(text, [(at, at + 6)], gazetteer)
    assert given.place.country == "SY"
    parsed = language.parse(article(text), full=False)
    for each in resolver.resolve(parsed, gazetteer):
        assert text[each.mention.span.start : each.mention.span.end] == each.mention.text


@pytest.mark.parametrize("name", ["Alep\ud800po", "\ud800", "\x00", "\u202e", "A" * 100_000, "' OR 1=1 --", "%_%"])
def test_names_that_are_none(name, gazetteer):
    text = f"Shells fell on {name}."
    (found,) = resolver.resolve_spans(text, [(15, 15 + len(name))], gazetteer, vague=False)
    assert found.mention.text == name


@pytest.mark.parametrize("spans", [[(0, 0)], [(5, 3)], [(10_000, 10_010)], [(0, 10_000)], []])
def test_spans_that_make_no_sense(spans, gazetteer):
    assert len(resolver.resolve_spans("Aleppo fell.", spans, gazetteer)) == len(spans)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "."])
def test_empty_texts(text, gazetteer):
    assert resolver.resolve(language.parse(article(text), full=False), gazetteer) == ()
    assert resolver.resolve_spans(text, [], gazetteer) == ()


def test_five_megabytes_beside_the_names(gazetteer):
    line = "The army said that 12 men had left the town of Aleppo on 3 March, 15 km away. "
    text = line * (5_000_000 // len(line))
    at = text.index("Aleppo", len(text) // 2)
    start = time.process_time()
    (found,) = resolver.resolve_spans(text, [(at, at + 6)], gazetteer)
    assert found.place.country == "SY"
    assert find_datelines(text, gazetteer) == ()
    assert find_coordinates(article(text), article(text).segments[0]) == ()
    assert time.process_time() - start < 30


def test_a_long_text_is_read_to_its_end(gazetteer):
    line = "Planes bombed Homs and troops entered Saraqib in Syria, the army said. "
    text = line * (100_000 // len(line))
    parsed = language.parse(from_text(text, id="t"), full=False)
    found = resolver.resolve(parsed, gazetteer)
    assert found[-1].mention.span.end > len(text) - len(line)
    assert all(each.place for each in found)


def test_of_a_stretch_that_is_too_long_for_a_name_few_parts_are_looked_up():
    asked = []

    class Empty:
        def find(self, name, **_):
            asked.append(name)
            return ()

    assert by_part("Qwerty " * 300, Empty()) == ()
    assert len(asked) < 300


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"start": "x", "end": 20}, r"toponym 2: .*whole numbers"),
        ({"start": 14}, r"toponym 2: .*whole numbers"),
        ({"start": -5, "end": 6}, r"toponym 2: -5 to 6 is no stretch of the text"),
        ({"start": 14, "end": 900}, r"toponym 2: 14 to 900 is no stretch of the text"),
        ({"start": 20, "end": 14}, r"toponym 2: 20 to 14 is no stretch of the text"),
        (None, r"toponym 2: .*whole numbers"),
    ],
)
def test_a_given_span_that_is_none_is_named(given, says, gazetteer):
    record = {"id": "d", "text": "Fighting near Aleppo.", "toponyms": [{"start": 14, "end": 20}, given]}
    with pytest.raises(InputError, match=says):
        geoparse_record(record, gazetteer, given_spans=True)


@pytest.mark.parametrize("wrong", [{"toponyms": None}, {"toponyms": "x"}, {"domain": 5}])
def test_a_field_of_another_kind_is_named(wrong, gazetteer):
    record = {"id": "d", "text": "Fighting near Aleppo.", **wrong}
    with pytest.raises(InputError, match=next(iter(wrong))):
        geoparse_record(record, gazetteer, given_spans=True)
    assert geoparse_record({**record, "toponyms": [], "domain": None}, gazetteer, given_spans=True)["toponyms"] == []


def test_what_another_thread_forgets_meanwhile_is_no_harm(gazetteer):
    class Forgetful(dict):
        def __setitem__(self, key, value):
            pass

    mine = gazetteer.with_places(())
    mine.memo = Forgetful()
    record = {"id": "x", "text": "Fighting near Aleppo.", "domain": "chicagotribune.com"}
    assert geoparse_record(record, mine) == geoparse_record(record, gazetteer)


@pytest.mark.parametrize("end", [float("inf"), float("nan"), 6.7, "6", None])
def test_the_end_of_a_span_is_a_whole_number(gazetteer, end):
    record = {"id": "t", "text": "They met in Homs.", "toponyms": [{"start": 0, "end": end}]}
    with pytest.raises(InputError, match="toponym 1"):
        geoparse_record(record, gazetteer, given_spans=True)
