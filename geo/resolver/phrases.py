"""The words around a name that make something else of its place than the whole of it: patterns, and what they measure.

A pattern of the left is matched against the text that ends where the name begins, one of the right against what
follows. Groups: `dirs` directions, `part` the noun of a part, `around` a word for surroundings, `n`, `n2`, `unit` a
distance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.resolver import compass

#: Characters to either side of a name that are looked at.
REACH = 110
_KM = {"k": 1.0, "mi": 1.609, "me": 0.001, "m": 0.001}
_NUMBERS = {
    "half a": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "twenty-five": 25,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100,
    "hundred": 100,
    "a couple of": 2, "a few": 4, "several": 6, "a dozen": 12, "dozens of": 35, "tens of": 30,
}  # fmt: skip
_D, _NOUN = compass.DIRECTION, compass.NOUN
_DIRS = rf"{_D}(?:(?:,\s?|\s+and\s+|\s+or\s+|/){_D})*"
_TOWN = (
    r"(?:the\s+)?(?:(?:[a-z]+\s)?(?:town|city|village|capital|centre|center|camp|port|border crossing)\s+(?:of\s+)?)?"
)
_UNIT = r"(?:province|governorate|region|state|oblast|district|county|prefecture)"
_PARTS = (
    r"(?:parts?|half|side|third|tips?|corners?|edges?|areas?|districts?|regions?|sectors?|ends?|reaches|"
    r"neighbou?rhoods|flank|fringes?)"
)
_AROUND = (
    r"(?:outskirts|suburbs?|edges?|fringes?|periphery|vicinity|surroundings|environs|countryside|hinterland|gates)"
)
_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d+)?|{'|'.join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))})"
_UNITS = r"(?:km\.?|kms|kilomet(?:er|re)s?|miles?|mi\.?|met(?:er|re)s|m)"


def _left(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-]){pattern}\Z", re.IGNORECASE)


def _right(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DISTANCE = _left(
    rf"(?P<n>{_NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<n2>\d{{1,4}}(?:\.\d+)?))?[\s-]?(?P<unit>{_UNITS})"
    rf"(?:\s?\([^()\n]{{1,25}}\))?\s+(?:away\s+)?"
    rf"(?:(?:to\s+the\s+)?(?P<dirs>(?:due\s+)?{_D})\s+(?:of|from)|from|of|outside(?:\s+of)?|off)\s+{_TOWN}"
)
BESIDE = _left(
    rf"(?P<the>the\s+)?(?:(?:just|immediately|due|slightly|further|far)\s+)?(?P<dirs>{_NOUN})\s+of\s+{_TOWN}"
)
PART = _left(rf"(?P<dirs>(?:far\s+)?{_DIRS})\s+(?P<part>{_PARTS})\s+of\s+(?:the\s+)?(?:(?:{_UNIT}|city|town)\s+of\s+)?")
EDGE = _left(rf"(?:(?P<dirs>{_DIRS})\s+)?(?P<around>{_AROUND})\s+(?:of|around)\s+{_TOWN}")
OUTSIDE = _left(rf"(?:just\s+)?(?P<around>outside)\s+(?:of\s+)?{_TOWN}")
BEFORE = _left(
    rf"(?P<the>the\s+)?(?:(?:far|rural|extreme)\s+)?(?P<dirs>{_DIRS}|(?-i:NW|NE|SW|SE))(?P<rural>\s+rural)?\s+"
)
RURAL = _left(r"(?P<around>rural)(?:\s+areas\s+(?:of|around))?\s+")
OWNED = _right(
    rf"(?:\s+{_UNIT})?['’]s?\s+(?:far\s+)?(?:(?P<dirs>{_DIRS})\s+(?:(?P<around>{_AROUND})|(?P<part>{_PARTS})|borderlands?)\b"
    rf"|(?P<noun>{_NOUN})\b(?!-|\s+(?:of\b|(?-i:[A-Z0-9])|(?!(?:and|where|on|to|after|as|but|with|in|by|is|was|has|have|had|"
    rf"over|near|during|since|from|while|who|which|that|were|are|for|at|said|late|early)\b)[a-z])))"
)
BEHIND = _right(
    rf"(?:\s+{_UNIT})?(?:['’]s?)?\s+(?:(?P<dirs>{_DIRS})\s+)?(?P<around>countryside|outskirts|suburbs|hinterland|environs)\b"
)
UNIT_AFTER = _right(rf"\s+(?P<unit>{_UNIT}|city|town|village|camp)s?\b")
DESCRIBES = re.compile(
    r"(?:[,(–—]|\b(?:is|lies|lying|located|situated|which is|in|a|an|small|border|another)"
    r"|\b(?:town|village|city|settlement|hamlet|place|area|base|camp|hill|crossing))"
    r"\s*(?:(?:about|some|around|roughly|approximately|nearly|almost|just|only|at)\s+){0,2}\Z"
)
TALKS = re.compile(
    r"\b(?:talks?|agreements?|deals?|wars?|relations?|tensions?|ties|meetings?|match|game|treaty|disputes?|conflicts?|"
    r"rivalry|differences|truce|borders?|choice|negotiations?|flights?|trade|links?|peace)\s+(?:\w+\s+)?between\s",
    re.IGNORECASE,
)
BETWEEN = _left(r"between\s+(?:the\s+)?(?:(?:towns?|cities|villages?)\s+of\s+)?")
AND = re.compile(r"\s+and\s+(?:the\s+)?(?:(?:town|city|village)\s+of\s+)?")

INNER = _right(rf"({_DIRS})\s+(?=\S)")
NEXT_NAME = re.compile(r",\s+(?:the\s+)?[A-Z]")
OWNER = re.compile(r"\w['’]s?\s+\Z")
_THOUSANDS = re.compile(r",(?=\d{3}$)")
PREPOSED = frozenset({"outside", "rural"})
AROUND_TOWN = re.compile(r"(?:town|city|village|capital)\s+(?:of\s+)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """The text to the left and right of a name, in its own line."""

    left: str
    right: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Around:
        """Return what stands around the characters from `start` to `end`."""
        left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
        return cls(re.split(r"\n|[.!?]\s", left)[-1], right.split("\n", 1)[0])


def distance_km(match: re.Match[str]) -> float:
    """Return the distance that a match of `DISTANCE` gives, in kilometres; of a range its middle."""
    first = _number(match["n"])
    value = (first + float(match["n2"])) / 2 if match["n2"] else first
    unit = match["unit"].lower()
    return value * next(km for key, km in _KM.items() if unit.startswith(key))


def _number(words: str) -> float:
    low = " ".join(words.lower().split())
    return _NUMBERS[low] if low in _NUMBERS else float(_THOUSANDS.sub("", low).replace(",", "."))
