"""Keys under which the spellings of one name meet.

Three keys, each coarser than the last. The *strict* key drops what typists drop: case, diacritics, marks for
ayn and hamza, punctuation; it writes *St.* and *Mt.* out. The *loose* key joins the romanisations of Arabic,
Turkish, Persian, Russian and Ukrainian names (*Khān Shaykhūn*, *Khan Sheikhoun*, *خان شيخون*, *Хан-Шейхун*): articles
and their sun letters go, digraphs become one sign, long and doubled letters short. The *skeleton* keeps the
consonants only, because Arabic script writes few vowels and its romanisers disagree on the rest.

A looser key finds more and confuses more; a caller asks the strict key first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: long word lists read best as words."""
    return frozenset(text.split())


_MARKS = dict.fromkeys(map(ord, "'’‘`´ʼʻʹʾʿʽˈˊˋ′\"“”.·ʺ\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeffـ"))
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss",
    "ə": "e", "ħ": "h", "ŧ": "t", "ŋ": "n", "ǝ": "e", "ĸ": "k", "&": " and ",
    # Arabic letters that keyboards and scribes exchange
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ۀ": "ه",
})  # fmt: skip
_EXPANSIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "mtn": "mountain", "co": "county"}
_SPLIT = re.compile(r"[\W_]+")
_ASCII_NAME = re.compile(r"[A-Za-z]+\Z")


@lru_cache(maxsize=65536)
def strict_key(name: str) -> str:
    """Return the key that survives case, accents, marks and punctuation; empty for a name without letters."""
    if _ASCII_NAME.match(name):
        return name.lower()
    words = _words(_bare(name))
    if len(words) > 1:
        words = [_EXPANSIONS.get(word, word) if i == 0 or word != "co" else word for i, word in enumerate(words)]
    return " ".join(words)


def _words(text: str) -> list[str]:
    if text.replace(" ", "").isalnum():
        return text.split()
    return [word for word in _SPLIT.split(text) if word]


def _bare(name: str) -> str:
    if name.isascii():
        return name.translate(_MARKS).lower()
    # A second time, because what a letter is taken apart to may be a capital.
    return name.casefold().translate(_BARE).casefold()


class _BareLetters(dict[int, str]):
    """What each letter is without its accents, found out once a letter: an index has millions of them."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).translate(_LETTERS))
        bare = "".join(char for char in parts if not unicodedata.combining(char))
        letter = unicodedata.normalize("NFC", bare).translate(_LETTERS).translate(_MARKS)
        self[code] = letter
        return letter


_BARE = _BareLetters()


_ARABIC = str.maketrans({
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ء": "", "پ": "p",
    "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ێ": "e", "ۆ": "o", "ە": "a", "ڕ": "r", "ڵ": "l",
})  # fmt: skip
_CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
    "џ": "dz", "қ": "q", "ғ": "gh", "ң": "ng", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ә": "a",
})  # fmt: skip

_ARTICLES = word_set("al el ul as ash ad at ar az an es esh ed edh et eth er ez en il ech adh ath")
_DIGRAPHS = (
    ("tch", "c"), ("sch", "s"), ("shch", "s"), ("szcz", "s"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("ts", "s"), ("tz", "s"),
    ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ow", "u"), ("aw", "u"), ("au", "u"), ("ee", "i"), ("ie", "i"),
    ("ei", "i"), ("ey", "i"), ("ay", "i"), ("ai", "i"), ("iy", "i"), ("kij", "ki"), ("nij", "ni"), ("yi", "i"),
    ("eh", "e"),
)  # fmt: skip
_SINGLES = str.maketrans({"q": "k", "c": "s", "y": "i", "e": "i", "o": "u", "w": "u", "v": "u", "x": "s", "p": "b"})
_DOUBLES = re.compile(r"(.)\1+")
_FINAL = re.compile(r"(?:a|i|u)?h?\Z")
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=65536)
def loose_key(name: str) -> str:
    """Return the key that joins romanisations; the strict key itself where nothing is left."""
    return loose_of(strict_key(name))


def skeleton_key(name: str) -> str:
    """Return the consonants of the loose key: the coarsest key."""
    return skeleton_of(loose_key(name))


def loose_of(strict: str) -> str:
    """Return the loose key of a strict one."""
    words = [word for word in romanised(strict).split() if word not in _ARTICLES]
    return "".join(filter(None, map(_loose_word, words))) or strict.replace(" ", "")


def skeleton_of(loose: str) -> str:
    """Return the skeleton of a loose key."""
    bare = _DOUBLES.sub(r"\1", _VOWELS.sub("", loose))
    return bare if len(bare) > 1 else loose


def romanised(strict: str) -> str:
    """Return a strict key in Latin letters (Arabic and Cyrillic script, letter by letter)."""
    if strict.isascii():
        return strict
    words = [_without_article(word) for word in strict.split()]
    return " ".join(words).translate(_ARABIC).translate(_CYRILLIC)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word  # noqa: PLR2004  article and a root


@lru_cache(maxsize=131072)
def _loose_word(word: str) -> str:
    for old, new in _DIGRAPHS:
        if old in word:
            word = word.replace(old, new)
    word = _DOUBLES.sub(r"\1", word.translate(_SINGLES))
    stem = _FINAL.sub("", word)
    return stem if len(stem) > 1 else word
