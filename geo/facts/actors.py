"""Who does it and whom it is done to, by an editable lexicon and the parse.

Names that the lexicon knows get its key; persons and organisations that only the model recognises keep their name
without one. An agentless passive has no actor: none is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.facts.syntax import own_subject
from geo.types import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import ParsedSegment, Token

_FORCES = frozenset(
    [
        "force",
        "troop",
        "soldier",
        "army",
        "military",
        "warplane",
        "jet",
        "aircraft",
        "tank",
        "navy",
        "helicopter",
        "artillery",
        "airstrike",
        "drone",
        "fighter",
    ]
)
_NAMED = frozenset({"PERSON", "ORG", "NORP"})
_TARGETS = frozenset({"against", "on", "with", "to", "between", "at"})


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the actor lexicon."""

    key: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """An actor's name in a segment: token indices, both ends included."""

    first: int
    last: int
    name: str
    key: str | None


class _Tables:
    """The alias tables of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        raw = lexicon.raw["actors"]
        self.aliases: dict[tuple[str, ...], Known] = {}
        self.demonyms: dict[tuple[str, ...], Known] = {}
        for code, words in raw["demonyms"].items():
            for word in words:
                self.demonyms[_key(word)] = Known(code, str(words[0]), code)
        for key, entry in raw["actors"].items():
            for alias in (entry["name"], *entry.get("aliases", ())):
                self.aliases[_key(alias)] = Known(key, entry["name"], entry.get("country"))
        self.longest: dict[str, int] = {}
        for words in filter(None, (*self.demonyms, *self.aliases)):
            self.longest[words[0]] = max(len(words), self.longest.get(words[0], 0))


@cache
def _tables(lexicon: Lexicon) -> _Tables:
    return _Tables(lexicon)


def _key(name: str) -> tuple[str, ...]:
    return tuple(str(name).casefold().replace("-", " - ").replace("’", "'").split())


def named(parsed: ParsedSegment, lexicon: Lexicon) -> list[Named]:
    """Return the actors that a segment names, in text order, longest names first."""
    tables = _tables(lexicon)
    words = [t.lower_ for t in parsed.doc]
    found: list[Named] = []
    at = 0
    while at < len(words):
        hit = _at(parsed, words, at, tables)
        if hit:
            found.append(hit)
            at = hit.last + 1
        else:
            at += 1
    return found


def _at(parsed: ParsedSegment, words: list[str], at: int, tables: _Tables) -> Named | None:
    for length in range(min(tables.longest.get(words[at], 0), len(words) - at), 0, -1):
        key = tuple(words[at : at + length])
        known = tables.aliases.get(key)
        if known and (
            length > 1 or parsed.doc[at].text[:1].isupper() or known.key in {"REB", "MILITANTS", "CIV", "SEPARATISTS"}
        ):
            return Named(at, at + length - 1, known.name, known.key)
        state = tables.demonyms.get(key)
        if state and parsed.doc[at].text[:1].isupper():
            return _with_force(parsed, at, at + length - 1, state)
    return None


def _with_force(parsed: ParsedSegment, first: int, last: int, state: Known) -> Named:
    """*Russian warplanes* are Russia's forces."""
    for step in (1, 2):
        if last + step < len(parsed.doc) and parsed.doc[last + step].lemma_.lower() in _FORCES:
            noun = parsed.doc[first : last + 1].text
            return Named(first, last + step, f"{noun} forces", f"{state.key}_MIL")
    return Named(first, last, state.name, state.key)


def actors(unit: Unit, known: Iterable[Named]) -> tuple[Actor, ...]:
    """Return the actors and recipients of a unit."""
    table = {i: name for name in known for i in range(name.first, name.last + 1)}
    found: dict[str, Actor] = {}
    for role, tokens in (("actor", _agents(unit)), ("recipient", _patients(unit))):
        for actor in _named_in(unit, tokens, table, "actor" if role == "actor" else "recipient"):
            found.setdefault(actor.key or actor.name, actor)
    return tuple(found.values())


def _named_in(
    unit: Unit, tokens: Iterable[Token], table: Mapping[int, Named], role: Literal["actor", "recipient"]
) -> Iterator[Actor]:
    for token in tokens:
        name = table.get(token.i)
        doc = unit.parsed.doc
        if name:
            yield Actor(name.name, role, name.key, unit.parsed.span(doc[name.first], doc[name.last]))
        elif token.ent_type_ in _NAMED and token.ent_iob_ == "B":
            entity = next(e for e in doc.ents if e.start <= token.i < e.end)
            yield Actor(entity.text, role, None, unit.parsed.span(entity[0], entity[-1]))


def _agents(unit: Unit) -> Iterator[Token]:
    head = unit.head
    if unit.kind == "nominal":
        yield from (t for c in head.children if c.dep_ == "poss" for t in phrase(c))
        return
    subject = own_subject(head) or unit.subject
    if subject is not None and subject.dep_ != "nsubjpass":
        yield from phrase(subject)
    yield from (t for c in head.children if c.dep_ == "agent" for g in c.children for t in phrase(g))


def _patients(unit: Unit) -> Iterator[Token]:
    if unit.subject is not None and unit.subject.dep_ == "nsubjpass":
        yield from phrase(unit.subject)
    for child in unit.head.children:
        if child.dep_ in {"dobj", "dative"}:
            yield from phrase(child)
        elif child.dep_ == "prep" and child.lower_ in _TARGETS:
            yield from (t for g in child.children for t in phrase(g))


def phrase(token: Token) -> Iterator[Token]:
    """Yield a noun with its modifiers, conjuncts and *of*-phrases, without the clauses that hang on it."""
    yield token
    for child in token.children:
        if child.dep_ in {"compound", "amod", "nmod", "conj", "poss"}:
            yield from phrase(child)
        elif child.dep_ == "prep" and child.lower_ in {"of", "between"}:
            for inner in child.children:
                yield from phrase(inner)
