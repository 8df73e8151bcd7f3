"""Stretches of a text that may name a place, and what speaks for and against each.

Three things propose a stretch: an entity of the parser, a run of capitalised words that the gazetteer lists, and a
run that ends or begins with a word for a kind of place (*Tar River*, *Lake Nasser*). Whether it is taken is decided
by a trained model over the figures of `FEATURES`; person names, outlets and common words fall there, not here.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.folding import strict_key, word_set
from geo.gazetteer.index import CODE, LOOSE
from geo.resolver import war
from geo.resolver.company import Company, Enumeration
from geo.resolver.naming import prune
from geo.resolver.tokens import tokens_of
from geo.resolver.words import (
    COMPASS,
    GEO_HEADS,
    GEO_TAILS,
    KIND_WORDS,
    NEAR_PAIRS,
    NEAR_WORDS,
    ORG_TAILS,
    PLACE_PREPOSITIONS,
    SPEECH_VERBS,
    TITLES,
    postal_codes,
    style_forms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.gazetteer import Gazetteer, Hit
    from geo.language import ParsedSegment
    from geo.resolver.tokens import Tokens

LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "other")
MAX_WORDS = 6
FEATURES = (
    *(f"is_{label}" for label in LABELS), *(f"within_{label}" for label in LABELS), "is_no_entity", "covers_entity",
    "starts_entity", "ends_entity", "known", "by_name", "by_code", "candidates", "population", "country", "unit1",
    "unit2", "region", "capital", "landform", "style_form", "postal", "postal_cued", "words", "characters", "capitals",
    "starts_sentence", "common_word", "seen_lower", "prep_before", "title_before", "capital_before", "capital_after",
    "possessive_after", "comma_after", "comma_before", "known_after_comma", "known_before_comma", "kind_after",
    "kind_before", "org_tail_after", "speech_after", "the_before", "compass_before", "geo_tail", "geo_head",
    "person_elsewhere", "share_place", "share_person", "share_org", "occurrences", "hyphen_beside", "quote_beside",
    "digit_after", "line_short", "line_start", "longer_known", "in_caps_line", "paren_before", "and_before",
    "war_object", "war_subject", "of_war", "english_name", "in_title_line", "told_of",
    "near_before", "list_prep", "list_place", "compatriots", "compatriots_of_largest",
)  # fmt: skip
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_INNER = word_set("of the and de la le du des del di da al el ez as ash an az ad at on upon sur am - ' ’ . / 's ’s &")
_LEAST_ROMANISED = 4
#: Common logarithm of the people of a place that is better known than a noun of the same letters.
_FAMOUS = 5.0
#: Stretches of text whose places are kept at hand.
_MEMO = 60_000
_LEADING = word_set("al el as ash an ar ad at az de la le ed es")
#: Where a town's name may well be a surname in an English text.
_ENGLISH = frozenset({"US", "GB", "AU", "CA", "NZ", "IE", "JM"})
_END = word_set('. ! ? " “ ” : ; • * — –')


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer says of a text."""

    hits: tuple[Hit, ...]
    figures: dict[str, float]
    """Columns of `FEATURES`."""
    countries: frozenset[str]
    main_country: str | None
    """That of the most populous."""


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


def propose(
    parts: Sequence[ParsedSegment], gazetteer: Gazetteer, tokens: Sequence[Tokens] = ()
) -> tuple[list[Stretch], np.ndarray]:
    """Return the stretches of all pieces of an article and a row of `FEATURES` for each.

    Args:
        parts: The pieces.
        gazetteer: Says which words are listed.
        tokens: The words of each piece, where the caller has them already.
    """
    tokens = tokens or [tokens_of(part.doc) for part in parts]
    view = _DocumentView(tokens)
    found = [
        list(_stretches(number, part.offset, piece, gazetteer))
        for number, (part, piece) in enumerate(zip(parts, tokens, strict=True))
    ]
    company = Company(tokens, found)
    rows: list[list[float]] = []
    for piece, mine in zip(tokens, found, strict=True):
        reader = _Reader(piece, view, mine)
        rows.extend(reader.row(stretch, company.of(stretch)) for stretch in mine)
    stretches = [stretch for mine in found for stretch in mine]
    return stretches, np.array(rows, dtype=float).reshape(len(rows), len(FEATURES))


def _stretches(number: int, offset: int, piece: Tokens, gazetteer: Gazetteer) -> Iterator[Stretch]:
    seen: set[tuple[int, int]] = set()
    for first, last in _runs(piece):
        if (first, last) in seen:
            continue
        seen.add((first, last))
        text = _text(piece, first, last)
        loose = CODE if not _may_be_romanised(piece, first, last) else LOOSE
        known = _known(text, gazetteer, loose)
        if known.hits or _worth_without_place(piece, first, last):
            yield Stretch(number, first, last, offset + piece.starts[first], offset + piece.ends[last], text, known)


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
    if len(word) < _LEAST_ROMANISED or not word[0].isupper() or piece.lower[i] in _common():
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
        countries = frozenset(hit.place.country for hit in hits if hit.place.country)
        largest = max(hits, key=lambda hit: hit.place.population).place.country if hits else None
        found = memo[asked] = Known(hits, _figures(hits), countries, largest)
    return found


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


def _runs(piece: Tokens) -> Iterator[tuple[int, int]]:
    for first, last, _ in piece.entities:
        yield first, last
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


def _may_begin(piece: Tokens, i: int) -> bool:
    word = piece.words[i]
    if word[:1].isupper() or (len(word) > 1 and word[0] in "'‘`" and word[1].isupper()):
        return True
    if word not in _LEADING or i + 2 >= len(piece.words):
        return False
    return piece.words[i + 1] == "-" and piece.words[i + 2][:1].isupper()


def _may_end(word: str) -> bool:
    return word[:1].isupper() or (word[:1].isdigit() and len(word) <= 3) or not word.isascii()  # noqa: PLR2004  a road's number


def _text(piece: Tokens, first: int, last: int) -> str:
    """Return the words with the gaps that the text has (a gap of any width counts as one space)."""
    parts = [piece.words[first]]
    for i in range(first + 1, last + 1):
        if piece.starts[i] > piece.ends[i - 1]:
            parts.append(" ")
        parts.append(piece.words[i])
    return "".join(parts)


class _DocumentView:
    """What the whole document says of a name: how the parser labels it elsewhere, whether it is seen in lower case."""

    def __init__(self, pieces: Sequence[Tokens]) -> None:
        self.lower = {word for piece in pieces for word in piece.words if word.islower()}
        self.labels: dict[str, Counter[str]] = {}
        self.person_words: set[str] = set()
        for piece in pieces:
            for first, last, label in piece.entities:
                self._count(piece, first, last, label)

    def _count(self, piece: Tokens, first: int, last: int, label: str) -> None:
        self.labels.setdefault(strict_key(_text(piece, first, last)), Counter())[label] += 1
        if label == "PERSON" and last > first:
            self.person_words.update(piece.words[first : last + 1])


class _Reader:
    """Reads the figures of a piece's stretches."""

    def __init__(self, piece: Tokens, view: _DocumentView, stretches: list[Stretch]) -> None:
        self.piece = piece
        self.view = view
        self.known_first = {s.first for s in stretches if s.hits}
        self.known_last = {s.last for s in stretches if s.hits}
        self.longest: dict[int, int] = {}
        for s in stretches:
            if s.hits:
                for i in range(s.first, s.last + 1):
                    self.longest[i] = max(self.longest.get(i, 0), s.last - s.first + 1)
        self.row_of_names = Enumeration(piece, stretches)
        letters = "".join(piece.words)
        words = [word for word in piece.words if word.isalpha()]
        prose = piece.words[-1:] == ["."]
        self.title_line = not prose and len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)  # noqa: PLR2004
        self.caps_line = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.7 * len(letters)  # noqa: PLR2004

    def row(self, stretch: Stretch, company: dict[str, float]) -> list[float]:
        """Return the figures of one stretch."""
        row = [0.0] * len(FEATURES)
        for values in (self._entity(stretch), stretch.known.figures, self._shape(stretch), self._around(stretch),
                       self._document(stretch), self.row_of_names.figures(stretch), company):  # fmt: skip
            for name, value in values.items():
                row[_INDEX[name]] = value
        return row

    def _entity(self, s: Stretch) -> dict[str, float]:
        numbers = {self.piece.entity[i] for i in range(s.first, s.last + 1)}
        if numbers == {-1}:
            return {"is_no_entity": 1.0}
        values: dict[str, float] = {}
        for number in numbers - {-1}:
            first, last, label = self.piece.entities[number]
            kind = label if label in LABELS else "other"
            if (first, last) == (s.first, s.last):
                values[f"is_{kind}"] = 1.0
            elif first <= s.first and s.last <= last:
                values |= {f"within_{kind}": 1.0, "starts_entity": first == s.first, "ends_entity": last == s.last}
            else:
                values |= {"covers_entity": 1.0, f"within_{kind}": 0.5}
        return values

    def _shape(self, s: Stretch) -> dict[str, float]:
        low = s.text.lower()
        return {
            "words": s.last - s.first + 1,
            "characters": len(s.text),
            "capitals": s.text.isupper(),
            "common_word": s.first == s.last and low in _common() and not _is_famous(low, s.known),
            "style_form": s.text in style_forms() and ("." in s.text or s.text.isupper()),
            "postal": s.text in postal_codes(),
            "postal_cued": s.text in postal_codes() and s.first > 1 and self.piece.words[s.first - 1] == ",",
            "geo_tail": s.last > s.first and self.piece.lower[s.last] in GEO_TAILS,
            "geo_head": s.last > s.first and self.piece.lower[s.first] in GEO_HEADS,
            "in_caps_line": self.caps_line,
            "longer_known": self.longest.get(s.first, 0) > s.last - s.first + 1,
        }

    def _around(self, s: Stretch) -> dict[str, float]:
        before, before2, after, after2 = (self._word(i) for i in (s.first - 1, s.first - 2, s.last + 1, s.last + 2))
        low, low2, next_ = before.lower(), before2.lower(), after.lower()
        skip = low2 if low == "the" else low
        return {
            "starts_sentence": not before or before in _END or "\n" in before,
            "line_start": not before or "\n" in before,
            "line_short": len(self.piece.words) < 12,  # noqa: PLR2004  a headline or a heading
            "prep_before": skip in PLACE_PREPOSITIONS,
            "near_before": skip in NEAR_WORDS or (low2, low) in NEAR_PAIRS,
            "title_before": low.rstrip(".") in TITLES,
            "the_before": low == "the",
            "and_before": low in {"and", "or"} and s.first - 2 in self.known_last,
            "compass_before": low in COMPASS,
            "capital_before": before[:1].isupper() and low not in {"the", "in", "at", "from"},
            "capital_after": after[:1].isupper(),
            "possessive_after": next_ in {"'s", "’s", "'", "’"},
            "comma_after": after == ",",
            "comma_before": before == ",",
            "known_after_comma": after == "," and s.last + 2 in self.known_first,
            "known_before_comma": before == "," and s.first - 2 in self.known_last,
            "kind_after": next_ in KIND_WORDS or next_ in GEO_TAILS,
            "kind_before": low2 in KIND_WORDS and low == "of",
            "org_tail_after": next_ in ORG_TAILS or (after2.lower() in ORG_TAILS and after[:1].isupper()),
            "speech_after": next_ in SPEECH_VERBS,
            "hyphen_beside": before == "-" or after == "-",
            "quote_beside": before in {'"', "“", "‘"} or after in {'"', "”"},
            "digit_after": after[:1].isdigit(),
            "paren_before": before == "(",
            "war_object": war.object_cue(self.piece.lower, s.first),
            "war_subject": war.subject_cue(self.piece.lower, s.last),
            "told_of": war.is_told_of(self.piece.lower, s.last),
            "of_war": war.of_war(self.piece.lower, s.first, s.last),
            "in_title_line": self.title_line,
        }

    def _word(self, i: int) -> str:
        return self.piece.words[i] if 0 <= i < len(self.piece.words) else ""

    def _document(self, s: Stretch) -> dict[str, float]:
        counts = self.view.labels.get(strict_key(s.text), Counter())
        total = sum(counts.values()) or 1
        return {
            "seen_lower": s.first == s.last and s.text.lower() in self.view.lower,
            "person_elsewhere": s.first == s.last and s.text in self.view.person_words,
            "share_place": sum(counts[label] for label in ("GPE", "LOC", "FAC")) / total,
            "share_person": counts["PERSON"] / total,
            "share_org": counts["ORG"] / total,
            "occurrences": math.log1p(sum(counts.values())),
        }


def _figures(hits: tuple[Hit, ...]) -> dict[str, float]:
    if not hits:
        return {}
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


def _is_famous(word: str, known: Known) -> bool:
    """Return whether a noun is rather the name of a large place: the model's list of nouns has *aleppo* too."""
    from geo.language import plain_words

    large = known.figures.get("population", 0.0) >= _FAMOUS or known.figures.get("country", 0.0) > 0
    return large and len(word) >= _LEAST_ROMANISED and word not in plain_words()


def _common() -> frozenset[str]:
    from geo.language import common_words

    return common_words()
