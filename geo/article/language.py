"""Which language a text is in, told by script and by its little words.

Only English is read for facts. A guess that needs no model is enough to say so honestly: `en`, another known
language, the script's usual language for scripts that spaCy's English model can't read, or `und`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from geo import wordlists

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters: more changes nothing
_MIN_WORDS = 12  # fewer words (a headline) are taken for English if they are Latin
_SCRIPTS = {
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
}


@cache
def _little_words() -> dict[str, frozenset[str]]:
    raw = wordlists.read("geo.article", "stopwords.yaml")
    return {str(code): frozenset(map(str, words)) for code, words in raw.items()}


def guess(text: str) -> str:
    """Return a BCP 47 code for the text's main language, or `und` if nothing tells."""
    words = [w.casefold() for w in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return "und"
    script, share = Counter(_script(w[0]) for w in words).most_common(1)[0]
    if script != "LATIN" and share * 2 > len(words):
        return _SCRIPTS.get(script, "und")
    if len(words) < _MIN_WORDS:
        return "en"
    return _by_little_words(words)


def _by_little_words(words: list[str]) -> str:
    counts = {code: sum(w in known for w in words) for code, known in _little_words().items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    enough = counts[best] * 20 >= len(words)
    return best if enough else "und"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]
