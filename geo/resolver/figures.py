"""What speaks for and against each stretch of a text as the name of a place: a row of `FEATURES` for each.

Figures of the parser's entities, of the words around, of the gazetteer's places of that name, of the whole document
and of the company that a name keeps. A trained model judges the rows; nothing is decided here.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.folding import strict_key, word_set
from geo.resolver import war
from geo.resolver.company import Company, Enumeration
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
    is_common,
    postal_codes,
    style_forms,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolver.spans import Known, Stretch
    from geo.resolver.tokens import Tokens

LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "other")
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
#: Common logarithm of the people of a place that is better known than a noun of the same letters.
_FAMOUS = 5.0
#: A shorter noun is never taken for the place.
_LEAST_FAMOUS = 4
_END = word_set('. ! ? " “ ” : ; • * — –')


def figures_of(tokens: Sequence[Tokens], stretches: Sequence[Sequence[Stretch]]) -> np.ndarray:
    """Return a row of `FEATURES` for each stretch, those of all pieces one after the other.

    Args:
        tokens: The words of each piece.
        stretches: The stretches of each piece.
    """
    view, company = _DocumentView(tokens), Company(tokens, stretches)
    rows: list[list[float]] = []
    for piece, mine in zip(tokens, stretches, strict=True):
        reader = _Reader(piece, view, mine)
        rows.extend(reader.row(stretch, company.of(stretch)) for stretch in mine)
    return np.array(rows, dtype=float).reshape(len(rows), len(FEATURES))


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
        self.labels.setdefault(strict_key(piece.text(first, last)), Counter())[label] += 1
        if label == "PERSON" and last > first:
            self.person_words.update(piece.words[first : last + 1])


class _Reader:
    """Reads the figures of a piece's stretches."""

    def __init__(self, piece: Tokens, view: _DocumentView, stretches: Sequence[Stretch]) -> None:
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
            "common_word": s.first == s.last and is_common(low) and not _is_famous(low, s.known),
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


def _is_famous(word: str, known: Known) -> bool:
    """Return whether a noun is rather the name of a large place: the model's list of nouns has *aleppo* too."""
    from geo.language import plain_words

    large = known.figures.get("population", 0.0) >= _FAMOUS or known.figures.get("country", 0.0) > 0
    return large and len(word) >= _LEAST_FAMOUS and word not in plain_words()
