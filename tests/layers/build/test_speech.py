"""A page in Arabic: all that the program words itself is in Arabic, names that have no Arabic aside."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import geo
from layers.build import document
from layers.interface import english, speaker

LATIN = re.compile(r"[A-Za-z]{3}")


def test_the_programs_own_words_on_a_page_are_arabic():
    case = geo.open_case("idlib-2018")
    shown = document(geo.read(case.articles, case), language="ar")
    voices = {voice["name"] for fact in shown["facts"] for voice in fact["voices"]}
    worded = [shown["disclaimer"], *(layer["title"] for layer in shown["layers"])]
    worded += [fact[key] for fact in shown["facts"] for key in ("label", "word")]
    worded += [place["where"].split("\u060c")[0] for place in shown["places"]]
    worded += [word for zone in shown["zones"] for pair in zone["figures"] for word in pair]
    worded += [part["label"] for zone in shown["zones"] for part in zone["parts"]]
    told = [text for text in worded if text and LATIN.search(re.sub("|".join(map(re.escape, voices)), "", text))]
    assert told == []
    assert any("\u0633\u0648\u0631\u064a\u0627" in place["where"] for place in shown["places"]), "Syria"


def test_every_part_of_a_wording_is_kept_in_arabic():
    known = json.loads((files("layers") / "strings" / "ar.marks.json").read_text("utf-8"))
    for wording, arabic in known.items():
        assert sorted(re.findall(r"{\w+}", wording)) == sorted(re.findall(r"{\w+}", arabic)), wording


def test_what_a_language_has_no_words_for_stays_english():
    assert speaker("en") is english
    assert speaker("ar")("no such wording of {it}", it="this") == "no such wording of this"
    assert english("about {n} km", n=3) == "about 3 km"
