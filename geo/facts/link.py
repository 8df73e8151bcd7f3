"""Where it is said to be: places and zones that a clause names.

A place counts for a fact only if the clause names it as a place: *in Idlib*, *from the zone*. A country that acts
(*Russia accused*) is an actor, not a spot on the map, and a fact without a place of its own gets none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from geo.facts.lexicon import lemmas, verb_keys
from geo.facts.syntax import SUBJECTS, own_subject
from geo.types import PlaceLink, ZoneLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.facts.extent import Unit
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


def places(unit: Unit, resolutions: Iterable[Resolution], lexicon: Lexicon) -> tuple[PlaceLink, ...]:
    """Return the resolved places that a unit names as places; those of a clause within it belong to that clause."""
    first = unit.parsed.span(unit.tokens[0]).start
    last = unit.parsed.span(unit.tokens[-1]).end
    links = []
    for found in resolutions:
        span = found.mention.span
        inside = span.article == unit.parsed.segment.span.article and first <= span.start and span.end <= last
        if not inside or found.place is None or found.mention.kind not in _PLACE_KINDS:
            continue
        relation = _relation(unit, span.start, frozenset(lexicon.raw["cues"]["parts_of_places"]))
        if relation:
            links.append(PlaceLink(found.place.id, relation, span))
    return tuple({(link.place, link.relation): link for link in links}.values())


def _relation(unit: Unit, start: int, parts: frozenset[str]) -> Relation | None:
    token = next((t for t in unit.tokens if 0 <= start - unit.parsed.offset - t.idx < len(t)), None)
    if token is None or _is_told_apart(unit, token):
        return None
    return "context" if _is_of_another_time(unit, token) else _climbed(unit, token, parts)


def _climbed(unit: Unit, token: Token, parts: frozenset[str]) -> Relation | None:
    for _ in range(_CLIMB):
        if token.lemma_.lower() in parts and token.dep_ in SUBJECTS:
            return "at"
        if _acts(unit, token):
            return None
        if token.dep_ == "pobj" and not (token.head.lower_ == "of" and token.head.head.lemma_.lower() in parts):
            return _behind(token.head.lower_)
        if token.dep_ in _BY_LABEL or token.head == token:
            return _BY_LABEL.get(token.dep_, "about")
        token = token.head
    return None


def _is_told_apart(unit: Unit, token: Token) -> bool:
    """*Bombed Beirut until the cabinet in Jerusalem called a halt*: the bombs did not fall on Jerusalem."""
    within = takewhile(lambda each: each != unit.head, (token, *token.ancestors))
    return any(each.dep_ in _CLAUSES and own_subject(each) is not None and not _restricts(each) for each in within)


def _restricts(clause: Token) -> bool:
    """*An agreement that parts them on the Golan*: without a comma, the clause is part of what is told."""
    first = clause.left_edge
    return clause.dep_ == "relcl" and (first.i == 0 or first.nbor(-1).text != ",")


def _acts(unit: Unit, token: Token) -> bool:
    """A country that does something is an actor; one that is or lies somewhere is a place."""
    return token.dep_ == "agent" or (token.dep_ == "nsubj" and unit.head.lemma_ not in _STANDING)


def _behind(preposition: str) -> Relation | None:
    return _RELATIONS.get(preposition, None if preposition in _COMPANY else "about")


def _is_of_another_time(unit: Unit, token: Token) -> bool:
    """*Bombed the city before the cabinet in Jerusalem met*: what was before or after it has a place of its own."""
    within = takewhile(lambda each: each != unit.head, token.ancestors)
    return any(each.dep_ == "prep" and each.lower_ in _TIMES for each in within)


_TIMES = frozenset({"before", "after", "until", "till", "since", "following"})
_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "parataxis"})
_STANDING = frozenset({"be", "lie", "border", "remain"})
_COMPANY = frozenset({"by", "with", "between", "of"})
_BY_LABEL: dict[str, Relation] = {
    "dobj": "at",
    "nsubjpass": "at",
    "nsubj": "about",
    "attr": "about",
    "poss": "context",
}


@dataclass(slots=True)
class ZoneMemory:
    """Which kinds of zone were spoken of, the latest first, so that *the zone* and *the line* can be understood."""

    spoken: tuple[str, ...] = ()

    def speak(self, kind: str) -> None:
        """Put a kind before the others."""
        self.spoken = (kind, *(each for each in self.spoken if each != kind))


def zone_links(
    unit: Unit, event: str | None, *, zones: Sequence[Zone], memory: ZoneMemory, lexicon: Lexicon
) -> tuple[ZoneLink, ...]:
    """Return what a unit says of the case's zones; `memory` is brought up to date.

    Where a case has several zones of a kind (observation posts), a clause that names the kind means none of them.
    """
    if not zones:
        return ()
    kind = _kind(unit, lexicon) or _referred_to(unit, memory, lexicon)
    if kind is None:
        return ()
    memory.speak(kind)
    meant = [zone for zone in zones if zone.kind == kind and zone.variant_of is None]
    return (ZoneLink(meant[0].id, zone_relation(unit, event, lexicon)),) if len(meant) == 1 else ()


def _kind(unit: Unit, lexicon: Lexicon) -> str | None:
    text = _plain(unit)
    for kind, words in lexicon.raw["zones"]["nouns"].items():
        if any(word in text for word in words):
            return str(kind)
    return None


def _referred_to(unit: Unit, memory: ZoneMemory, lexicon: Lexicon) -> str | None:
    """Return the kind spoken of last that a short form in the unit (*the zone*) may refer back to."""
    text = f" {_plain(unit)} "
    allowed = {
        kind for words, kinds in lexicon.raw["zones"]["anaphors"].items() if f" {words} " in text for kind in kinds
    }
    return next((kind for kind in memory.spoken if kind in allowed), None)


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
