"""The words of attribution, read from `cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo import wordlists

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by kind; a word may be of several kinds."""

    verbs: Mapping[str, frozenset[str]]
    """Lemma to kinds: say, ask, think, want, judge, show, order, speak, release."""
    nouns: Mapping[str, frozenset[str]]
    hedges: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    people: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    source = wordlists.read("geo.facts.attribution", "cues.yaml")
    return Lexicon(
        verbs=_kinds(source["verbs"]),
        nouns=_kinds(source["nouns"]),
        hedges=frozenset(source["hedges"].split()),
        phrases=tuple(tuple(phrase.split()) for phrase in source["phrases"]),
        people=frozenset(source["people"].split()),
    )


def _kinds(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, words in table.items():
        for word in words.split():
            kinds.setdefault(word, set()).add(kind)
    return {word: frozenset(found) for word, found in kinds.items()}
