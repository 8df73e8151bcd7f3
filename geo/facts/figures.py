"""Counts of people and things, kept as they stand: *over one million people*, *between 12 and 15 civilians*.

The modifier stays a word and the bounds stay apart; a range is never averaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.facts.lexicon import lemmas
from geo.types import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9999.0),
    "millions": (2e6, 9.9e6),
}
_TENS_OF = {"tens": 10.0, "hundreds": 100.0}
_COUNTING = frozenset({*_ONES, *_TENS, *_VAGUE, *_TENS_OF})
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d[\d,.]*)[-–](\d[\d,.]*)$")
_REACH = 5
_MODIFIER_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    last: int
    low: float
    high: float


def figure(unit: Unit, lexicon: Lexicon) -> Figure | None:
    """Return the first count of people in a unit, else of things, else None."""
    tokens = unit.tokens
    found = [(n, noun) for n in _numbers(tokens) if (noun := _counted(tokens, n, lexicon))]
    people = [pair for pair in found if pair[1].lemma_.lower() in lexicon.words("people")]
    if not found:
        return None
    number, noun = (people or found)[0]
    modifier = _modifier(tokens, number, lexicon)
    first = number.first - (len(modifier.split()) if modifier else 0)
    last = next(i for i, t in enumerate(tokens) if t == noun)
    text = " ".join(tokens[0].doc[tokens[max(0, first)].i : tokens[max(last, number.last)].i + 1].text.split())
    return Figure(text, number.low, number.high, noun.lower_, modifier, _hxl(unit, noun, lexicon))


def _numbers(tokens: Sequence[Token]) -> list[_Number]:
    found: list[_Number] = []
    at = 0
    while at < len(tokens):
        number = _number(tokens, at)
        found += [number] if number else []
        at = number.last + 1 if number else at + 1
    return found


def _number(tokens: Sequence[Token], at: int) -> _Number | None:
    if not _may_count(tokens[at].lower_):
        return None
    if tokens[at].ent_type_ in {"DATE", "TIME", "MONEY", "ORDINAL", "PERCENT"} and tokens[at].lower_ not in _VAGUE:
        return None
    if tokens[at].lower_ in _VAGUE:
        low, high = _VAGUE[tokens[at].lower_]
        return _Number(at, at, low, high)
    if tokens[at].lower_ in _TENS_OF and at + 2 < len(tokens) and tokens[at + 2].lower_ in _VAGUE:
        low, high = _VAGUE[tokens[at + 2].lower_]
        return _Number(at, at + 2, low * 5, high * 10)
    value = _value(tokens[at].lower_)
    if value is None:
        return None
    return _joined(tokens, at, value)


def _may_count(word: str) -> bool:
    return word[:1].isdigit() or word.partition("-")[0] in _COUNTING


def _joined(tokens: Sequence[Token], at: int, value: tuple[float, float]) -> _Number:
    low, high = value
    last = at
    if (
        tokens[at].lower_ in _TENS
        and at + 2 < len(tokens)
        and tokens[at + 1].text == "-"
        and tokens[at + 2].lower_ in _ONES
    ):
        low = high = low + _ONES.index(tokens[at + 2].lower_)
        last = at + 2
    while last + 1 < len(tokens):
        word = tokens[last + 1].lower_
        if word in _SCALES:
            low, high, last = low * _SCALES[word], high * _SCALES[word], last + 1
        elif (
            word in {"-", "–", "to", "and", "or"}
            and last + 2 < len(tokens)
            and (upper := _value(tokens[last + 2].lower_))
            and upper[0] > low
        ):
            high, last = upper[1], last + 2
        else:
            break
    return _Number(at, last, low, high)


def _value(word: str) -> tuple[float, float] | None:
    span = _RANGE.match(word)
    if span:
        bounds = [_NUMERAL.fullmatch(part) for part in span.groups()]
        return (_plain(span[1]), _plain(span[2])) if all(bounds) else None
    if _NUMERAL.fullmatch(word):
        return _plain(word), _plain(word)
    number = _spelled(word)
    return None if number is None else (number, number)


def _plain(text: str) -> float:
    return float(text.replace(",", ""))


def _spelled(word: str) -> float | None:
    first, _, second = word.partition("-")
    if first in _TENS:
        return 10.0 * (_TENS.index(first) + 2) + (_ONES.index(second) if second in _ONES else 0)
    return float(_ONES.index(word)) if word in _ONES else None


def _counted(tokens: Sequence[Token], number: _Number, lexicon: Lexicon) -> Token | None:
    """Return the noun that is counted: the next one, over adjectives and *of*."""
    known = lexicon.words("people") | lexicon.words("things")
    for token in tokens[number.last + 1 : number.last + 1 + _REACH]:
        if token.lemma_.lower() in known and token.pos_ in {"NOUN", "PROPN"}:
            return token
        if token.pos_ in {"VERB", "PUNCT", "CCONJ", "AUX"} or token.like_num:
            return None
    return None


def _modifier(tokens: Sequence[Token], number: _Number, lexicon: Lexicon) -> str | None:
    known = set(lexicon.raw["figures"]["modifiers"])
    for size in range(_MODIFIER_WORDS, 0, -1):
        words = " ".join(t.lower_ for t in tokens[max(0, number.first - size) : number.first])
        if words in known:
            return words
    return None


def _hxl(unit: Unit, noun: Token, lexicon: Lexicon) -> str | None:
    if noun.lemma_.lower() not in lexicon.words("people"):
        return None
    words = lemmas(unit.tokens)
    table = lexicon.raw["figures"]
    return next((str(row["tag"]) for row in table["hxl"] if words & set(row["words"])), str(table["hxl_default"]))
