"""From the words of a mention to the places that it might mean.

A *named* thing is a mention with its name made fit for look-up; a *candidate* is a place that answers to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.gazetteer import Hit
from geo.gazetteer.folding import strict_key
from geo.gazetteer.index import CODE, NAME, SKELETON
from geo.resolver.words import COMPASS, KIND_WORDS, demonyms, postal_codes, style_forms

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.types import Mention

MAX_CANDIDATES = 40
_TRIM = re.compile(r"^(?:the|The|THE)\s+|['’]s?$|[\s,;:.]+$|^[\s,;:]+")
_GENERIC_TAIL = re.compile(
    r"\s+(?:area|region|city|town|village|district|county|province|governorate|valley|state|municipality|"
    r"countryside|suburbs?|township|border|coast)$",
    re.IGNORECASE,
)
_GENERIC_HEAD = re.compile(r"^(?:city|town|village|province|state|port|greater|downtown)\s+(?:of\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention and the places that its name might mean, before any is chosen."""

    mention: Mention
    key: str
    """Mentions with one key share one meaning in a document."""
    hits: tuple[Hit, ...]


def named(mention: Mention, gazetteer: Gazetteer, *, loosest: int = SKELETON) -> Named:
    """Return a mention with its candidates; none where the gazetteer knows no such name."""
    code = _code_of(mention)
    hits = by_code(code, gazetteer) if code else by_name(mention.text, gazetteer, loosest=loosest)
    key = f"@{code}" if code else strict_key(_TRIM.sub("", mention.text))
    return Named(mention, key, hits)


def _code_of(mention: Mention) -> str | None:
    if mention.kind == "demonym":
        return demonyms().get(mention.text)
    text = mention.text
    form = style_forms().get(text)
    if form and ("." in text or text.isupper()):
        return form
    return postal_codes().get(text) if len(text) == 2 else None  # noqa: PLR2004  two letters


def by_code(code: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the country, admin-1 unit or lexicon region of a code."""
    if code.startswith("region:"):
        place = gazetteer.get(code)
        return (Hit(place, NAME),) if place else ()
    return gazetteer.unit(code)


def by_name(text: str, gazetteer: Gazetteer, *, loosest: int = SKELETON) -> tuple[Hit, ...]:
    """Return the places of a name, trying it whole, then without its generic words and compass point."""
    for loose in dict.fromkeys((min(CODE, loosest), loosest)):
        for form in forms(text):
            hits = tuple(hit for hit in gazetteer.find(form, loosest=loose) if _fits(hit, form))
            if hits:
                return prune(hits)
    return ()


def forms(text: str) -> tuple[str, ...]:
    """Return the spellings to look up, the fullest first."""
    name = _TRIM.sub("", _TRIM.sub("", text))
    bare = _GENERIC_HEAD.sub("", _GENERIC_TAIL.sub("", name))
    words = bare.split()
    undirected = " ".join(words[1:]) if len(words) > 1 and words[0].lower() in COMPASS else bare
    return tuple(dict.fromkeys(form for form in (name, bare, undirected) if form and form.lower() not in KIND_WORDS))


def _fits(hit: Hit, form: str) -> bool:
    return hit.rank != CODE or form.isupper()


def prune(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return at most `MAX_CANDIDATES` hits: units and regions first, then the largest towns."""
    if len(hits) <= MAX_CANDIDATES:
        return hits
    order = sorted(hits, key=lambda hit: (hit.place.feature == "PPL", -hit.place.population))
    return tuple(order[:MAX_CANDIDATES])
