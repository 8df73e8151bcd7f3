"""From the words of a mention to the places that it might mean.

A *named* thing is a mention with its name made fit for look-up; a *candidate* is a place that answers to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from geo.gazetteer import Hit
from geo.gazetteer.folding import strict_key
from geo.gazetteer.index import ALIAS, CODE, NAME, PART, SKELETON
from geo.resolver.candidates import blocks_of
from geo.resolver.words import (
    ARABIC_HEADS,
    COMPASS,
    GEO_HEADS,
    GEO_TAILS,
    KIND_WORDS,
    ORG_TAILS,
    THING_WORDS,
    demonyms,
    postal_codes,
    style_forms,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Gazetteer
    from geo.resolver.candidates import Block
    from geo.types import Mention

MAX_CANDIDATES = 40
#: No name has more words; of a longer stretch only so many are looked at for a part that is listed.
_MOST_WORDS = 20
#: Names whose candidates are kept at hand, together with what `geo.resolver.spans` keeps; then all are forgotten.
_MEMO = 60_000
_SHORT = 4
_PLAIN = frozenset().union(KIND_WORDS, GEO_TAILS, GEO_HEADS, ORG_TAILS, COMPASS, ARABIC_HEADS, THING_WORDS)
_STATE_NAME = re.compile(
    r"(?:the\s+)?(?:[A-Z][\w'’]+\s+)*(?:Republic|Kingdom|Sultanate|Emirate)\s+of\s+(?:the\s+)?(.+)"
)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W_]+)*")
_SHORTENED = ((re.compile(r"\bCo\.?$"), "County"), (re.compile(r"\bTwp\.?$"), "Township"),
              (re.compile(r"^(?:Co\.)\s"), "County "), (re.compile(r"^(N|S|E|W)\.\s"), r"\1~ "))  # fmt: skip
#: What every shortened name has.
_MAY_BE_SHORTENED = re.compile(r"[.~]|(?:Co|Twp)$")
_POINTS = {"N~": "North", "S~": "South", "E~": "East", "W~": "West"}
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
    block: Block | None = None
    """The candidates as arrays; None where there is none."""


def named(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Named]:
    """Return mentions with their candidates; none where the gazetteer knows no such name."""
    if len(gazetteer.memo) > _MEMO:
        gazetteer.memo.clear()
    asked = [(mention.text, mention.kind == "demonym") for mention in mentions]
    # Held here, for another thread may make the gazetteer forget meanwhile.
    known: dict[tuple[str, bool], Any] = {ask: gazetteer.memo.get(ask) for ask in asked}
    unknown = {ask: mention for ask, mention in zip(asked, mentions, strict=True) if known[ask] is None}
    new = {ask: _looked_up(mention, gazetteer) for ask, mention in unknown.items()}
    blocks = iter(blocks_of([hits for _, hits in new.values() if hits]))
    told = {ask: (key, hits, next(blocks) if hits else None) for ask, (key, hits) in new.items()}
    gazetteer.memo.update(told)
    known.update(told)
    return [Named(mention, *known[ask]) for ask, mention in zip(asked, mentions, strict=True)]


def _looked_up(mention: Mention, gazetteer: Gazetteer) -> tuple[str, tuple[Hit, ...]]:
    code = _code_of(mention)
    if code:
        return f"@{code}", by_code(code, gazetteer)
    return strict_key(_TRIM.sub("", mention.text)), by_name(mention.text, gazetteer)


def candidates_named(mention: Mention, key: str, hits: tuple[Hit, ...]) -> Named:
    """Return a mention with candidates that were found otherwise."""
    return Named(mention, key, hits, blocks_of([hits])[0])


def _code_of(mention: Mention) -> str | None:
    if mention.kind == "demonym":
        return demonyms().get(mention.text)
    text = mention.text
    form = style_forms().get(text)
    if form and ("." in text or text.isupper()):
        return form
    return postal_codes().get(text) if len(text) == 2 else None  # noqa: PLR2004  two letters


def by_code(code: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the country or admin-1 unit of a code, or the place of an id."""
    if ":" in code:
        place = gazetteer.get(code)
        return (Hit(place, NAME),) if place else ()
    return gazetteer.unit(code)


def by_name(text: str, gazetteer: Gazetteer, *, loosest: int = SKELETON) -> tuple[Hit, ...]:
    """Return the places of a name: as written, else as another romanisation, else those of a part of it."""
    spelled = forms(text)
    for loose in dict.fromkeys((min(CODE, loosest), loosest)):
        for form in spelled if loose <= CODE else spelled[:1]:
            hits = tuple(hit for hit in gazetteer.find(form, loosest=loose) if _fits(hit, form))
            if hits:
                return prune(hits)
    return _region(text, gazetteer) or _by_state_name(text, gazetteer) or by_part(text, gazetteer)


def _region(text: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the region of a name that is a word for a kind of place: *the Gulf*."""
    word = strict_key(_TRIM.sub("", text))
    return by_code(f"region:{word}", gazetteer) if word in KIND_WORDS else ()


def _by_state_name(text: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the country of a full name of a state: of *Republic of Niger* not the Nigerian state."""
    full = _STATE_NAME.fullmatch(text)
    found = gazetteer.find(full[1], loosest=ALIAS) if full else ()
    return tuple(hit for hit in found if hit.place.feature == "PCLI")


def by_part(text: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the places of the longest part of a name that is itself listed (*Oxford* in *University of Oxford*)."""
    words = [match[0] for match in islice(_WORD.finditer(text), _MOST_WORDS)]
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if j - i < len(words)]
    for i, j in sorted(spans, key=lambda span: (span[0] - span[1], -span[0])):
        part = " ".join(words[i:j])
        if not words[i][:1].isupper() or (j - i == 1 and _is_plain(part)):
            continue
        hits = gazetteer.find(part, loosest=ALIAS)
        if hits:
            return tuple(Hit(hit.place, PART) for hit in prune(hits))
    return ()


def _is_plain(word: str) -> bool:
    return len(word) < _SHORT or word.lower() in _PLAIN


def forms(text: str) -> tuple[str, ...]:
    """Return the spellings to look up, the fullest first."""
    if text.isalpha() and not _MAY_BE_SHORTENED.search(text):  # a single word, as most names are
        return () if text.lower() in KIND_WORDS else (text,)
    name = _TRIM.sub("", _written_out(_TRIM.sub("", text)))
    bare = _GENERIC_HEAD.sub("", _GENERIC_TAIL.sub("", name))
    words = bare.split()
    undirected = " ".join(words[1:]) if len(words) > 1 and words[0].lower() in COMPASS else bare
    turned = f"County {name[:-7]}" if name.endswith(" County") else name
    return tuple(
        dict.fromkeys(form for form in (name, turned, bare, undirected) if form and form.lower() not in KIND_WORDS)
    )


def _written_out(name: str) -> str:
    if not _MAY_BE_SHORTENED.search(name):
        return name
    for short, full in _SHORTENED:
        name = short.sub(full, name)
    for mark, point in _POINTS.items():
        name = name.replace(mark, point)
    return name


def _fits(hit: Hit, form: str) -> bool:
    return hit.rank != CODE or form.isupper()


def prune(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return at most `MAX_CANDIDATES` hits: units and regions first, then the largest towns."""
    if len(hits) <= MAX_CANDIDATES:
        return hits
    order = sorted(hits, key=lambda hit: (hit.place.feature == "PPL", -hit.place.population))
    return tuple(order[:MAX_CANDIDATES])
