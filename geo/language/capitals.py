"""Lines in capitals, given the case of running text, letter for letter: a parser takes capitals for names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

CAPITALS_SHARE = 0.85
CAPITALS_LEAST = 8
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ABBREVIATIONS = "us usa un uk eu nato isis isil ypg pkk hts sdf idf wfp icrc iaea osce tv ngo ap afp"
ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly")


def truecase(text: str, *, common: frozenset[str]) -> str:
    """Return a line of capitals in the case of running text, each character for one character.

    A word that a dictionary knows as a common one becomes lower case, any other keeps one capital: names are told
    from words by that alone.
    """
    return WORD.sub(lambda match: _recase(match[0], common), text)


def _recase(word: str, common: frozenset[str]) -> str:
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
    if lower in ABBREVIATIONS.split():
        return word
    stem = re.split("['’]", lower)[0]
    is_name = stem in names_like_words() or not any(stem.removesuffix(end) in common for end in ENDINGS)
    return word[:1] + lower[1:] if is_name else lower


@cache
def names_like_words() -> frozenset[str]:
    """Return names that are listed as common words as well: in a line of capitals they are taken for names."""
    text = (files("geo.language") / "names_like_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def in_capitals(text: str) -> bool:
    """Return whether a line of several words is written in capitals throughout."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= CAPITALS_LEAST and capitals > CAPITALS_SHARE * len(letters) and " " in text.strip()
