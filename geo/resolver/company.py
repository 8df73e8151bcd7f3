"""The company that a name keeps: the names that it is listed with, and those of its country in the document.

*Units at Bude and Falmouth*: a preposition before the first name of a list holds for all of them. And in a report that
names Sittwe and Mandalay, *Bhamo* is likelier the town in Myanmar than a surname.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.resolver.words import PLACE_PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.resolver.spans import Stretch
    from geo.resolver.tokens import Tokens

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_PARTING = frozenset({",", "and", "or", "&", ";"})
_MOST_LISTED = 8
#: Where a document names nothing else there is nothing to say against a name.
_UNTOLD = 0.3


class Enumeration:
    """The lists of known names in one piece of text."""

    def __init__(self, piece: Tokens, stretches: Sequence[Stretch]) -> None:
        self.piece = piece
        self.begin: dict[int, int] = {}
        """By its last word, the first word of the longest known name that ends there."""
        self.end: dict[int, int] = {}
        """By its first word, the last word of the longest known name that begins there."""
        for s in stretches:
            if s.hits:
                self.begin[s.last] = min(s.first, self.begin.get(s.last, s.first))
                self.end[s.first] = max(s.last, self.end.get(s.first, s.last))

    def figures(self, s: Stretch) -> dict[str, float]:
        """Return whether a preposition of place leads the list, and whether the parser takes another of it for a place.

        For the first name of a list the preposition is told by `prep_before`, not here.
        """
        before, after = list(self._before(s.first)), list(self._after(s.last))
        if not before and not after:
            return {}
        first = before[-1] if before else s.first
        return {
            "list_prep": bool(before) and self._lead(first) in PLACE_PREPOSITIONS,
            "list_place": any(self.piece.labels[i] in _PLACES for i in (*before, *after)),
        }

    def _lead(self, first: int) -> str:
        lower = self.piece.lower
        at = first - 2 if first > 1 and lower[first - 1] == "the" else first - 1
        return lower[at] if at >= 0 else ""

    def _before(self, first: int) -> Iterator[int]:
        """Yield the first words of the names before, the nearest first."""
        for _ in range(_MOST_LISTED):
            at = first - 1
            while at >= 0 and first - at < 3 and self.piece.lower[at] in _PARTING:  # noqa: PLR2004  *, and*
                at -= 1
            if at == first - 1 or at not in self.begin:
                return
            first = self.begin[at]
            yield first

    def _after(self, last: int) -> Iterator[int]:
        """Yield the first words of the names behind, the nearest first."""
        for _ in range(_MOST_LISTED):
            at = last + 1
            while at < len(self.piece.lower) and at - last < 3 and self.piece.lower[at] in _PARTING:  # noqa: PLR2004
                at += 1
            if at == last + 1 or at not in self.end:
                return
            yield at
            last = self.end[at]


class Company:
    """The countries of the names that the parser takes for places."""

    def __init__(self, pieces: Sequence[Tokens], found: Sequence[Sequence[Stretch]]) -> None:
        sure: dict[str, str | None] = {}
        for piece, stretches in zip(pieces, found, strict=True):
            places = {(first, last) for first, last, label in piece.entities if label in _PLACES}
            for s in stretches:
                if s.hits and (s.first, s.last) in places:
                    sure[s.text] = s.known.main_country
        self.sure = sure
        self.countries = Counter(country for country in sure.values() if country)

    def of(self, s: Stretch) -> dict[str, float]:
        """Return the share of the other sure names that lie in one country where this one may lie, 0 to 1.

        Once for the country that suits best, once for that of its most populous place.
        """
        others = len(self.sure) - (s.text in self.sure)
        if not s.hits:
            return {}
        if not others:
            return dict.fromkeys(("compatriots", "compatriots_of_largest"), _UNTOLD)
        own = self.sure.get(s.text)

        def share(country: str) -> float:
            return (self.countries[country] - (country == own)) / others

        return {
            "compatriots": max((share(country) for country in s.known.countries), default=0.0),
            "compatriots_of_largest": share(s.known.main_country) if s.known.main_country else 0.0,
        }
