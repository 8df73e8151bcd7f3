"""The words of time expressions, read from `lexicon.yaml`, as regular expressions and look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo import wordlists

FRACTION = re.compile(r"(?:(\d+)\s+)?(\d)/(\d)")
DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion))?")
UNKNOWN = -1.0
"""The number of an expression that gives none: *several*, *a few*."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Words with a meaning: one pattern for all of them, and the way back from a word to what it means."""

    words: tuple[tuple[str, Any], ...]
    """(pattern, meaning), the longest pattern first."""

    @property
    def pattern(self) -> str:
        """The pattern of all words."""
        return "(?:" + "|".join(word for word, _ in self.words) + ")"

    def __getitem__(self, word: str) -> Any:  # noqa: ANN401  a number in one table, a code in another
        """Return what a word that the pattern found stands for."""
        found = _compiled(self).fullmatch(word.strip())
        if found is None:
            raise KeyError(word)
        return self.words[(found.lastindex or 1) - 1][1]

    def get(self, word: str | None) -> Any:  # noqa: ANN401  the same
        """Return what a word stands for, or None."""
        try:
            return self[word] if word else None
        except KeyError:
            return None


@cache
def _compiled(table: Table) -> re.Pattern[str]:
    return re.compile("|".join(f"({word})" for word, _ in table.words), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything in `lexicon.yaml`; each field bears the name of its key there."""

    months: Table
    weekdays: Table
    units: Table
    seasons: Table
    dayparts: Table
    numbers: Table
    ordinals: Table
    deictic_days: Table
    references: Table
    holidays: Table
    sets: Table
    modifiers: Table
    parts: Table
    vague_numbers: str
    zones: str


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    source: dict[str, Any] = wordlists.read("geo.facts.times", "lexicon.yaml")
    references = {word: value for value, words in source["references"].items() for word in words}
    plain = {key: _table(source[key]) for key in Lexicon.__dataclass_fields__ if isinstance(source[key], dict)}
    return Lexicon(
        **{
            **plain,
            "months": _table(source["months"], cased=source["cased_months"]),
            "references": _table(references),
            "vague_numbers": source["vague_numbers"],
            "zones": source["zones"],
        }
    )


def number(text: str) -> float | None:
    """Return the number that digits or words tell: `2 1/2` 2.5, `twenty-six` 26, `several` UNKNOWN; else None."""
    words = text.lower().replace("-", " ").strip()
    if fraction := FRACTION.fullmatch(words):
        whole, above, below = fraction.groups()
        return float(whole or 0) + int(above) / max(1, int(below))
    if digits := DIGITS.fullmatch(words):
        return float(digits[1].replace(",", "")) * (lexicon().numbers.get(digits[2]) or 1)
    if re.fullmatch(lexicon().vague_numbers, words):
        return UNKNOWN
    return _spelled(words)


def _spelled(words: str) -> float | None:
    words = re.sub(r"\b(?:a|the|an additional)\s+couple(?:\s+of)?|\ba pair of", "two", words)
    words = re.sub(r"^(?:an?|another)\s+(?=\w)(?!hundred|thousand|dozen|half)", "", words)
    words = re.sub(r"\band a half\b", "and half", words)
    words = re.sub(r"\b(?:a|an|another)\b", "one", words)
    total = part = 0.0
    for word in words.split():
        if word in {"and", "of", "more"}:
            continue
        if word == "half":
            part += 0.5
        elif word == "dozen":
            part = max(part, 1) * 12
        else:
            value = lexicon().numbers.get(word)
            if value is None:
                return None
            if value < 100:  # noqa: PLR2004  hundreds and thousands multiply
                part += value
            elif value == 100:  # noqa: PLR2004  the same
                part = max(part, 1) * value
            else:
                total, part = total + max(part, 1) * value, 0.0
    return total + part if words else None


def _table(words: dict[str, Any], cased: dict[str, Any] | None = None) -> Table:
    loose = [(f"(?:{word})", meaning) for word, meaning in words.items()]
    strict = [(f"(?-i:{word})", meaning) for word, meaning in (cased or {}).items()]
    return Table(tuple(sorted(loose + strict, key=lambda entry: -len(entry[0]))))


def said(match: re.Match[str], name: str) -> str:
    """Return a named group in lower case with single spaces; empty where it took no part."""
    found = match.groupdict().get(name)
    return " ".join(found.lower().split()) if found else ""


def ordinal(told: str) -> int | None:
    """Return the number of `third` or `3rd`."""
    digits = re.match(r"\d+", told)
    found: int | None = int(digits[0]) if digits else lexicon().ordinals.get(told)
    return found
