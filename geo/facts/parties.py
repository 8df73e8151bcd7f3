"""What a party to the fighting says of the fighting is its claim: *the rebels said army mortars hit the plant*.

Police, doctors, residents, monitors and the United Nations may be believed when they tell of an attack; an army that
tells of the other side's, or of the towns and men that it took, cannot be its own witness. What it says of a strike of
its own stays as told (it owns up to it), and so do its own losses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.facts.syntax import own_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token
    from geo.types import Fact, Voice

#: Events that one side does to the other.
_HARM = frozenset({"ASSAULT", "COERCE"})
_SELF = frozenset({"it", "they", "we", "he", "she", "its", "their", "our", "his", "her", "own"})
_SIDES = frozenset({"state", "leader", "armed_force", "armed_group"})
#: What is taken without being won.
_TAKEN = frozenset({"part", "place", "action", "step", "aim", "fire", "position", "cover", "time"})
_QUOTES = frozenset('"“”')
_STEM = 4
#: How many letters the short name of a movement has.
_SHORT, _LONG = 3, 6


def claimed(fact: Fact, unit: Unit, lexicon: Lexicon) -> Fact:
    """Return a fact as an allegation where only a party to the fighting tells of the harm."""
    stands = fact.certainty == "established" and not fact.negated and _is_fighting(fact, unit, lexicon)
    return replace(fact, certainty="alleged") if stands and _is_claim(fact, unit, lexicon) else fact


def _is_claim(fact: Fact, unit: Unit, lexicon: Lexicon) -> bool:
    doer = _doer(unit)
    if lexicon.is_cue(unit.head, "breaches") and _is_adversary(doer):
        return True
    words = _source_words(fact, unit) if fact.attribution else []
    if not words or not _is_party(fact.attribution[0], words, lexicon):
        return False
    if doer is None:
        return _is_loss(fact, unit, words, lexicon)
    if doer.lemma_.lower() in lexicon.raw["events"]["nouns"]["ASSAULT"]:
        return False  # *a rocket attack destroyed the airport* accuses nobody
    around = _around(doer)
    own = _is_own(around, [*words, *_nation(fact.attribution[0], lexicon)])
    return _gains(unit, lexicon) if own else _is_side(around, lexicon)


def _is_fighting(fact: Fact, unit: Unit, lexicon: Lexicon) -> bool:
    """Return whether it tells of harm, a broken word or an answer to harm, or uses quoted words of the side's own."""
    worded = fact.event is None and sum(t.text in _QUOTES for t in unit.tokens) > 1  # *making "tactical adjustments"*
    return (
        fact.event in _HARM
        or worded
        or any(lexicon.is_cue(unit.head, name) for name in ("gains", "breaches", "answers"))
    )


def _is_adversary(doer: Token | None) -> bool:
    """*The other side is violating its commitments*: only its opponent calls a side so."""
    return doer is not None and doer.lemma_ == "side" and any(c.lower_ == "other" for c in doer.children)


def _is_loss(fact: Fact, unit: Unit, words: list[str], lexicon: Lexicon) -> bool:
    """*Three enemy divisions had been put out of action*: who tells of the other side's losses boasts."""
    patient = own_subject(unit.head)
    if patient is None or fact.event is not None or not lexicon.is_cue(unit.head, "gains"):
        return False
    around = _around(patient)
    return _is_side(around, lexicon) and not _is_own(around, [*words, *_nation(fact.attribution[0], lexicon)])


def _around(token: Token) -> set[str]:
    return {t.lower_ for t in token.subtree if t.dep_ in {"poss", "amod", "compound"} or t == token}


def _gains(unit: Unit, lexicon: Lexicon) -> bool:
    """Return whether a side tells of a gain (*captured the town*) or of mere defence, not of taking part."""
    if lexicon.is_cue(unit.head, "answers"):
        return True
    objects = {c.lemma_.lower() for c in unit.head.children if c.dep_ == "dobj"}
    return unit.head.lemma_.lower() in lexicon.raw["cues"]["gains"] and not objects & _TAKEN


def _is_side(around: set[str], lexicon: Lexicon) -> bool:
    """Return whether the doer's words name a side: a nation, or a force."""
    nations = (word.lower() for forms in lexicon.raw["actors"]["demonyms"].values() for word in forms)
    return not around.isdisjoint(lexicon.raw["cues"]["parties"]) or not around.isdisjoint(nations)


def _is_party(voice: Voice, words: list[str], lexicon: Lexicon) -> bool:
    """Return whether who says it is a side of the fighting: an army, a government, a state, or letters (*the RSF*)."""
    cues, known = lexicon.raw["cues"], lexicon.raw["actors"]
    if any({*each.split()} <= {*words} for each in cues["state_media"]):
        return True
    if frozenset(cues["witnesses"]) & {*words}:
        return False
    kind = known["actors"].get(voice.actor or "", {}).get("kind")
    if kind in _SIDES or voice.actor in known["demonyms"]:
        return True
    letters = any(word.isupper() and _SHORT <= len(word) <= _LONG for word in voice.name.split())
    nations = {word for forms in known["demonyms"].values() for word in forms}
    national = not nations.isdisjoint(voice.name.split())
    return kind is None and (letters or national or bool(frozenset(cues["parties"]) & {*words}))


def _source_words(fact: Fact, unit: Unit) -> list[str]:
    """Return the words of whoever says it, by lemma, from the name and from the words in the text."""
    voice = fact.attribution[0]
    told = (
        [] if voice.source is None else [t.lemma_.lower() for t in _within(unit, voice.source.start, voice.source.end)]
    )
    return [*told, *voice.name.lower().split()]


def _nation(voice: Voice, lexicon: Lexicon) -> list[str]:
    """Return what the speaker's own people are called: *Turkish* for the president of Turkey."""
    known = lexicon.raw["actors"]
    country = known["actors"].get(voice.actor or "", {}).get("country", voice.actor)
    return [word.lower() for word in known["demonyms"].get(country, ())]


def _within(unit: Unit, start: int, end: int) -> Iterator[Token]:
    offset = unit.parsed.offset
    return (token for token in unit.parsed.doc if start <= offset + token.idx < end)


def _doer(unit: Unit) -> Token | None:
    """Return who does it; None where nobody is named."""
    agents = [pobj for by in unit.head.children if by.dep_ == "agent" for pobj in by.children if pobj.dep_ == "pobj"]
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in unit.head.children)
    return agents[0] if agents else None if passive else own_subject(unit.head) or unit.subject


def _is_own(around: set[str], words: list[str]) -> bool:
    """Return whether the doer is the speaker's own side: *it*, *its troops*, *Thai units* for a Thai spokesman."""
    return bool(around & _SELF) or any(_akin(one, other) for one in around for other in words)


def _akin(one: str, other: str) -> bool:
    """*Ethiopia* and *Ethiopian*, but not *the* and *they*."""
    return len(one) >= _STEM and len(other) >= _STEM and one[:_STEM] == other[:_STEM]
