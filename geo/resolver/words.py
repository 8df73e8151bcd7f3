"""The resolver's small word lists: demonyms, abbreviations, cues around a name. Data lies in the lexicon files."""

from __future__ import annotations

from functools import cache

from geo.gazetteer.folding import word_set
from geo.gazetteer.sources import abbreviations, lexicon

STREAMS = frozenset({"STM", "STMS", "CRK"})
_WATERS = frozenset({"SEA", "OCN", "LK", "GULF", "BAY", "STRT"})
#: Nouns that say what kind of place a name beside them is, and the GeoNames codes that fit.
KIND_WORDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("county", "parish", "district", "raion", "rayon", "borough"), frozenset({"ADM2", "ADM1"})),
    **dict.fromkeys(
        ("province", "governorate", "state", "oblast", "region", "prefecture", "krai", "canton"),
        frozenset({"ADM1", "ADM2", "RGN"}),
    ),
    **dict.fromkeys(
        ("city", "town", "village", "suburb", "hamlet", "township", "neighborhood", "neighbourhood", "port", "capital"),
        frozenset({"PPL", "PPLC", "PPLX", "PPLA"}),
    ),
    **dict.fromkeys(("river", "creek", "stream"), STREAMS),
    **dict.fromkeys(("sea", "ocean", "lake", "gulf", "bay", "strait"), _WATERS),
    **dict.fromkeys(("island", "islands", "peninsula"), frozenset({"ISL", "ISLS", "PEN"})),
    **dict.fromkeys(("mountain", "mountains", "mount", "hills"), frozenset({"MT", "MTS", "HLL"})),
    **dict.fromkeys(("country", "republic", "kingdom", "government"), frozenset({"PCLI"})),
}  # fmt: skip
#: Words that stand before the name of a place.
PLACE_PREPOSITIONS = word_set(
    "in near at from to around outside inside across throughout into toward towards between via through "
    "off within beyond over against north south east west northern southern eastern western central"
)
#: Of these and their like, those that seldom stand before a person or a thing.
NEAR_WORDS = word_set("near outside around between toward towards nearby downtown inside across throughout off")
NEAR_PAIRS = frozenset({("far", "as"), ("close", "to"), ("outskirts", "of"), ("residents", "of"), ("people", "of")})
COMPASS = word_set(
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern central north-east north-west south-east "
    "south-west north-eastern north-western south-eastern south-western upper lower"
)
TITLES = word_set(
    "mr mrs ms miss dr sir lord lady president minister senator sen rep gov governor judge sgt lt capt "
    "col gen general captain major sergeant officer chief mayor king queen prince princess pope saint "
    "coach rev father professor prof detective sheriff deputy justice congressman councilman"
)


@cache
def demonyms() -> dict[str, str]:
    """Return, for each demonym as written, the country code, admin-1 code or id of the place that it points to."""
    return {form: row[0] for row in lexicon("demonyms.tsv", 2) for form in row[1].split(",")}


@cache
def postal_codes() -> dict[str, str]:
    """Return, for each postal code of a state or province, its admin-1 code."""
    return {code: key for key, (_, postal) in abbreviations().items() for code in postal}


@cache
def style_forms() -> dict[str, str]:
    """Return, for each short form with a full stop or in capitals, the code of its country or unit."""
    return {form: key for key, (style, _) in abbreviations().items() for form in style}


def is_common(word: str) -> bool:
    """Return whether a word in lower case is an everyday one to the parser's model."""
    from geo.language import common_words  # as heavy as the parser

    return word in common_words()


@cache
def other_things() -> dict[str, bool]:
    """Return what reports mean by some names that towns bear too, and whether *in* or *near* makes towns of them."""
    return {name: where == "in" for name, _, where in lexicon("other_things.tsv", 3)}


#: Words that end the proper name of a place: *Tar River*.
GEO_TAILS = word_set(
    "river lake creek bay sea ocean gulf strait island islands peninsula mountain mountains hills hill "
    "valley desert canyon falls beach park forest glacier reservoir pass trail airport airfield airbase bridge tower "
    "street st. avenue ave. road rd. boulevard blvd. drive dr. lane circle parkway terrace pike turnpike expressway "
    "highway plaza county parish district province governorate region township borough village town city "
    "heights harbor harbour port coast canal dam basin plain plateau square castle cathedral church "
    "palace stadium museum abbey temple zoo garden gardens hotel station hospital university college "
    "school prison cemetery monastery"
)
#: Words that begin one: *Lake Nasser*.
GEO_HEADS = word_set(
    "lake mount mt fort cape river port camp county isle bay gulf strait sea st saint san santa "
    "rue via viale calle avenida avenue paseo plaza piazza rua jalan route highway interstate"
)
#: Words that say what a thing is, not where: *Zaporizhzhia Nuclear Power Plant* is not in Power County.
THING_WORDS = word_set(
    "plant plants power nuclear gas oil field fields mine mines mill works factory refinery pipeline reactor terminal "
    "air base naval military camp crossing checkpoint gate tower towers house hall centre center community memorial "
    "international national regional central general public civic grand royal new old great market mall theatre "
    "theater library arena track course club hotel prison jail shrine mosque temple monastery convent seminary academy "
    "clinic republic kingdom federation democratic people state states united line junction interchange"
)
#: Words that make an organisation of the name before them: *Chicago Tribune*.
ORG_TAILS = word_set(
    "university college institute school times post tribune herald journal news gazette press daily "
    "telegraph department ministry police court council committee commission association society company "
    "corporation corp inc ltd bank airlines airways fc united club party front army force forces union "
    "league council authority agency office bureau board team hospital church museum group holdings"
)
#: Words that make a name of the demonym before them, which then tells no place: *African Union*.
NAMED_AFTER = word_set(
    "Union League Bank University College Institute Court Airlines Airways Times Post Council Society Commission"
)
SPEECH_VERBS = word_set(
    "said says told announced denied warned accused claimed insisted wants wanted agreed refused urged "
    "called vowed rejected backed condemned demanded offered threatened argued signed"
)
#: Verbs whose subject is a government, not the ground that it stands on: *Ankara said*.
METONYM_VERBS = SPEECH_VERBS | word_set(
    "pledged promised hopes fears believes considers supports opposes backs sent deployed launched "
    "decided seeks sought plans intends approved voted responded retaliated negotiated"
)
#: Common first words of Arabic place names: alone they name nothing.
ARABIC_HEADS = word_set(
    "tell tel tal tall khan bab jisr jabal jebel wadi ain ayn kafr deir dayr abu umm beit bayt nahr qalaat"
)
