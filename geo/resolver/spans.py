"""Stretches of a text that may name a place, with the places that the gazetteer has of that name.

Three things propose a stretch: an entity of the parser, a run of capitalised words that the gazetteer lists, and a
run that ends or begins with a word for a kind of place (*Tar River*, *Lake Nasser*). Whether it is taken is decided
by trained models over the figures of `geo.resolver.figures`; names of people, outlets and common words fall there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.folding import strict_key, word_set
from geo.gazetteer.index import CODE, LOOSE
from geo.resolver import war
from geo.resolver.naming import prune
from geo.resolver.sphere import unit_vectors
from geo.resolver.words import (
    COMPASS,
    GEO_HEADS,
    GEO_TAILS,
    PLACE_PREPOSITIONS,
    is_common,
    style_forms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.gazetteer import Gazetteer, Hit
    from geo.language import ParsedSegment
    from geo.resolver.tokens import Tokens

MAX_WORDS = 6
_INNER = word_set("of the and de la le du des del di da al el ez as ash an az ad at on upon sur am - ' ’ . / 's ’s &")
_LEAST_ROMANISED = 4
#: Stretches of text whose places are kept at hand.
_MEMO = 60_000
#: Places of a name whose surroundings are looked at.
_MOST_SPOTS = 30
_NOWHERE = np.zeros((0, 3), dtype=np.float32)
_UNITS = word_set("province governorate state county district region prefecture oblast city town township village")
_LEADING = word_set("al el as ash an ar ad at az de la le ed es")
#: Where a town's name may well be a surname in an English text.
_ENGLISH = frozenset({"US", "GB", "AU", "CA", "NZ", "IE", "JM"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer says of a text."""

    key: str
    """The same for all ways to write the name."""
    hits: tuple[Hit, ...]
    figures: dict[str, float]
    """Columns of `geo.resolver.figures.FEATURES`."""
    countries: frozenset[str]
    main_country: str | None
    """That of the most populous."""
    units: frozenset[str]
    """Codes of the first-order units that they lie in."""
    unit_vectors: np.ndarray
    """Where the most populous lie, countries left out: points on the unit sphere."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Token positions in one parsed segment, and the places of that name."""

    part: int
    first: int
    last: int
    start: int
    end: int
    text: str
    known: Known

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return the places of that name."""
        return self.known.hits


def propose(parts: Sequence[ParsedSegment], tokens: Sequence[Tokens], gazetteer: Gazetteer) -> list[list[Stretch]]:
    """Return the stretches of each piece of an article.

    Args:
        parts: The pieces.
        tokens: The words of each piece.
        gazetteer: Says which words are listed.
    """
    return [
        list(_stretches(number, part.offset, piece, gazetteer))
        for number, (part, piece) in enumerate(zip(parts, tokens, strict=True))
    ]


def _stretches(number: int, offset: int, piece: Tokens, gazetteer: Gazetteer) -> Iterator[Stretch]:
    seen: set[tuple[int, int]] = set()
    for first, last in _runs(piece, gazetteer):
        last = _with_full_stop(piece, first, last)  # noqa: PLW2901  the same run
        if (first, last) in seen:
            continue
        seen.add((first, last))
        text = piece.text(first, last)
        loose = CODE if not _may_be_romanised(piece, first, last) else LOOSE
        known = _known(text, gazetteer, loose)
        if known.hits or _worth_without_place(piece, first, last):
            yield Stretch(number, first, last, offset + piece.starts[first], offset + piece.ends[last], text, known)


def _with_full_stop(piece: Tokens, first: int, last: int) -> int:
    """Return the last word with the full stop of an abbreviation that the parser cuts off: *W.Va.*, *Vt.*."""
    closed = piece.words[last + 1 : last + 2] == ["."] and piece.starts[last + 1] == piece.ends[last]
    return last + (closed and f"{piece.text(first, last)}." in style_forms())


def _may_be_romanised(piece: Tokens, first: int, last: int) -> bool:
    """Return whether a stretch is worth a slower look-up: an entity, or a name with an article (*al-*)."""
    entity = piece.entities[piece.entity[first]] if piece.entity[first] >= 0 else (-1, -1, "")
    named = entity[:2] == (first, last) and entity[2] in {"GPE", "LOC", "FAC", "ORG", "PERSON"}
    if last > first:
        return named or any(piece.lower[i] in _LEADING for i in range(first, last))
    return _in_war(piece, first)


def _in_war(piece: Tokens, i: int) -> bool:
    """Return whether one word stands where a report of fighting names a town: other romanisations are tried then."""
    word = piece.words[i]
    if len(word) < _LEAST_ROMANISED or not word[0].isupper() or is_common(piece.lower[i]):
        return False
    led = i > 0 and piece.lower[i - 1] in PLACE_PREPOSITIONS
    cued = led or war.object_cue(piece.lower, i) == 1 or war.subject_cue(piece.lower, i) > 0
    return cued and war.of_war(piece.lower, i, i)


def _known(text: str, gazetteer: Gazetteer, loosest: int) -> Known:
    """Return what the gazetteer says of a text, worked out once."""
    memo = gazetteer.memo
    asked = ("stretch", text, loosest)
    found: Known | None = memo.get(asked)
    if found is None:
        if len(memo) > _MEMO:
            memo.clear()
        hits = known_hits(text, gazetteer, loosest=loosest)
        found = memo[asked] = _known_of(strict_key(text), hits)
    return found


def _known_of(key: str, hits: tuple[Hit, ...]) -> Known:
    if not hits:
        return Known(key, (), {}, frozenset(), None, frozenset(), _NOWHERE)
    places = sorted((hit.place for hit in hits), key=lambda place: -place.population)
    spots = [place for place in places if place.feature != "PCLI"]
    return Known(
        key,
        hits,
        _figures(hits),
        countries=frozenset(place.country for place in places if place.country),
        main_country=places[0].country,
        units=frozenset(place.admin1 for place in places if place.admin1),
        unit_vectors=unit_vectors(spots[:_MOST_SPOTS]).astype(np.float32),
    )


def known_hits(text: str, gazetteer: Gazetteer, *, loosest: int = CODE) -> tuple[Hit, ...]:
    """Return the places listed under a text; codes only where it is written in capitals or with full stops."""
    if loosest == CODE and not gazetteer.may_know(strict_key(text)):
        return ()
    hits = gazetteer.find(text, loosest=loosest)
    if hits and not text.isupper() and "." not in text:
        hits = tuple(hit for hit in hits if hit.rank != CODE)
    return prune(hits)


def _worth_without_place(piece: Tokens, first: int, last: int) -> bool:
    exact = piece.entity[first] >= 0 and piece.entities[piece.entity[first]][:2] == (first, last)
    label = piece.labels[first] if exact else ""
    geo = last > first and (piece.lower[last] in GEO_TAILS or piece.lower[first] in GEO_HEADS)
    return label in {"GPE", "LOC", "FAC"} or geo


def _runs(piece: Tokens, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for first, last, _ in piece.entities:
        bare = _bare(piece, first, last)
        whole = bare == (first, last) or _known(piece.text(first, last), gazetteer, CODE).hits  # *Mexico city*
        yield (first, last) if whole else bare
    count = len(piece.words)
    for first in range(count):
        if not _may_begin(piece, first):
            continue
        for last in range(first, min(first + MAX_WORDS, count)):
            word = piece.words[last]
            if _may_end(word):
                if last > first or piece.words[first] not in {"The", "A", "An", "I"}:
                    yield first, last
            elif last > first and piece.lower[last] not in _INNER:
                break


def _bare(piece: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return an entity without what is no part of the name: *east* Africa, Yunnan *province*."""
    while first < last and piece.words[first] in COMPASS:
        first += 1
    while first < last and piece.words[last] in _UNITS:
        last -= 1
    return first, last


def _may_begin(piece: Tokens, i: int) -> bool:
    word = piece.words[i]
    if word[:1].isupper() or (len(word) > 1 and word[0] in "'‘`" and word[1].isupper()):
        return True
    if word not in _LEADING or i + 2 >= len(piece.words):
        return False
    return piece.words[i + 1] == "-" and piece.words[i + 2][:1].isupper()


def _may_end(word: str) -> bool:
    if not word.isascii():
        return any(map(str.isalnum, word))
    return word[:1].isupper() or (word[:1].isdigit() and len(word) <= 3)  # noqa: PLR2004  a road's number


def _figures(hits: tuple[Hit, ...]) -> dict[str, float]:
    features = {hit.place.feature for hit in hits}
    return {
        "known": 1.0,
        "by_name": min(hit.rank for hit in hits) == 0,
        "by_code": min(hit.rank for hit in hits) == CODE,
        "candidates": math.log1p(len(hits)),
        "population": math.log10(max(hit.place.population for hit in hits) + 10),
        "country": "PCLI" in features,
        "unit1": "ADM1" in features,
        "unit2": "ADM2" in features,
        "capital": "PPLC" in features,
        "region": bool(features - {"PCLI", "ADM1", "ADM2", "PPL", "PPLC"}),
        "english_name": max(hits, key=lambda hit: hit.place.population).place.country in _ENGLISH,
        "landform": bool(features & {"MT", "MTS", "STM", "LK", "SEA", "OCN"}),
    }
