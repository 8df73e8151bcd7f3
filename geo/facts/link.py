"""Where it is said to be: places and zones that a clause names.

A place counts for a fact only if the clause names it as a place: *in Idlib*, *from the zone*. A country that acts
(*Russia accused*) is an actor, not a spot on the map, and a fact without a place of its own gets none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.facts.lexicon import lemmas, verb_keys
from geo.types import PlaceLink, ZoneLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.facts.clauses import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token
    from geo.types import Resolution, Zone

Relation = Literal["at", "in", "from", "to", "about", "context"]
_RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("in", "inside", "within", "across", "throughout", "around"), "in"),
    **dict.fromkeys(("at", "near", "on", "outside", "against", "over", "along"), "at"),
    **dict.fromkeys(("from",), "from"),
    **dict.fromkeys(("to", "into", "toward", "towards", "for"), "to"),
}
_PLACE_KINDS = frozenset({"toponym", "direction", "relative", "coordinate"})
_CLIMB = 6


def places(unit: Unit, resolutions: Iterable[Resolution]) -> tuple[PlaceLink, ...]:
    """Return the resolved places that a unit names as places."""
    first = unit.parsed.span(unit.tokens[0]).start
    last = unit.parsed.span(unit.tokens[-1]).end
    links = []
    for found in resolutions:
        span = found.mention.span
        inside = span.article == unit.parsed.segment.span.article and first <= span.start and span.end <= last
        if not inside or found.place is None or found.mention.kind not in _PLACE_KINDS:
            continue
        relation = _relation(unit, span.start)
        if relation:
            links.append(PlaceLink(found.place.id, relation, span))
    return tuple({(link.place, link.relation): link for link in links}.values())


def _relation(unit: Unit, start: int) -> Relation | None:
    token = next(
        (t for t in unit.tokens if unit.parsed.offset + t.idx <= start < unit.parsed.offset + t.idx + len(t)), None
    )
    if token is None:
        return None
    for _ in range(_CLIMB):
        if (
            token.dep_ in {"nsubj", "agent"}
            and token.lemma_ != "be"
            and unit.head.lemma_ not in {"be", "lie", "border", "remain"}
        ):
            return None
        if token.dep_ == "pobj":
            return _RELATIONS.get(
                token.head.lower_, "about" if token.head.lower_ not in {"by", "with", "between", "of"} else None
            )
        if token.dep_ in {"dobj", "nsubjpass"}:
            return "at"
        if token.dep_ in {"nsubj", "attr"}:
            return "about"
        if token.dep_ == "poss":
            return "context"
        if token.head == token:
            return "about"
        token = token.head
    return None


@dataclass(slots=True)
class ZoneMemory:
    """Which zone was last spoken of, so that *the zone* can be understood."""

    last: str | None = None


def zone_links(
    unit: Unit, event: str | None, *, zones: Sequence[Zone], memory: ZoneMemory, lexicon: Lexicon
) -> tuple[ZoneLink, ...]:
    """Return what a unit says of the case's zones; `memory` is brought up to date."""
    kind = _kind(unit, lexicon) or (memory.last if _refers_back(unit, lexicon) else None)
    if kind is None:
        return ()
    memory.last = kind
    zone = next((z for z in zones if z.kind == kind and z.variant_of is None), None)
    return (ZoneLink(zone.id, zone_relation(unit, event, lexicon)),) if zone else ()


def _kind(unit: Unit, lexicon: Lexicon) -> str | None:
    text = _plain(unit)
    for kind, words in lexicon.raw["zones"]["nouns"].items():
        if any(word in text for word in words):
            return str(kind)
    return None


def _refers_back(unit: Unit, lexicon: Lexicon) -> bool:
    text = _plain(unit)
    return any(f" {word} " in f" {text} " for word in lexicon.raw["zones"]["anaphors"])


def _plain(unit: Unit) -> str:
    return " ".join(t.lower_ for t in unit.tokens if not t.is_punct).replace(" - ", "-")


def zone_relation(unit: Unit, event: str | None, lexicon: Lexicon) -> str:
    """Return creates, in_force_by, patrolled_by, removed_from, excluded_from, purpose or context."""
    words = lemmas(unit.tokens)
    keys = {key for token in _verbs(unit) for key in verb_keys(token)}
    for row in lexicon.raw["zones"]["relations"]:
        tests = [
            (row.get("verbs"), keys),
            (row.get("words"), words),
            (row.get("events"), {event}),
            (row.get("kinds"), {unit.kind}),
        ]
        if all(set(wanted) & has for wanted, has in tests if wanted):
            return str(row["relation"])
    return "context"


def _verbs(unit: Unit) -> Iterator[Token]:
    yield unit.head
    yield from (t for t in unit.tokens if t.dep_ in {"xcomp", "pcomp"})
