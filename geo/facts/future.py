"""What an event becomes when it is not done but announced, offered, demanded or refused.

Announced aid is an agreement, an announced retreat a concession, an announced harm a threat, a refusal to talk a
rejection (PLOVER Manual 2.0, 3.1 and 3.4); the tables stand in `events.yaml`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.facts.lexicon import verb_keys
from geo.facts.syntax import first_conjunct

if TYPE_CHECKING:
    from geo.facts.certainty import Judged
    from geo.facts.events import Typed
    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon

_OUGHT = frozenset({"must", "should", "ought"})
_WOULD = frozenset({"would", "will", "'d", "'ll", "wo", "shall"})
_MIGHT = frozenset({"could", "may", "might", "can"})
_READY = frozenset({"ready", "willing", "prepared", "open", "eager", "happy", "keen", "determined"})
_HARM = frozenset({"ASSAULT", "MOBILIZE", "THREATEN", "REQUEST"})
_STATES = frozenset({"GPE", "NORP", "ORG", "PERSON"})


def announced(unit: Unit, found: Typed, judged: Judged, *, lexicon: Lexicon) -> str | None:
    """Return what an event becomes when it is only announced, demanded, or announced not to be.

    What no rule knows is, where it is a matter of war, aid or diplomacy or of a state's doing, an intention (AGREE) or
    a refusal (REJECT): CAMEO's 03 *express intent to cooperate* and 12 *reject*, which PLOVER took over.
    """
    if judged.negated and found.event == "AGREE":
        return "REJECT"
    if _is_demanded(unit, judged) or _is_asked_too(unit, lexicon):
        return "REQUEST"
    refused = judged.negated and _is_refused(judged) and not _is_told_by_no(found)
    if found.event is None:
        return _unknown(unit, found, judged, table="refused" if refused else "future", lexicon=lexicon)
    if refused:
        return lexicon.future("refused", found.event)
    if _is_ahead(unit, found, judged):
        return found.event if _is_decided(found) else lexicon.future("future", found.event)
    return lexicon.future("possible", found.event) if _is_possible(unit, judged, lexicon) else found.event


def _unknown(unit: Unit, found: Typed, judged: Judged, *, table: str, lexicon: Lexicon) -> str | None:
    if judged.certainty != "planned" or not (found.contexts or _is_by_an_actor(unit)):
        return None
    asked = table == "future" and not _OUGHT.isdisjoint(judged.reasons)
    return "REQUEST" if asked else lexicon.future(table, "unknown")


def _is_told_by_no(found: Typed) -> bool:
    """*Will not tolerate violations*: the *not* belongs to the threat."""
    return found.rule is not None and not _NOT.isdisjoint(found.rule.words)


_NOT = frozenset({"@not"})


def _is_refused(judged: Judged) -> bool:
    if "would not" in judged.reasons:
        return True
    ahead = "if" not in judged.reasons or not _WOULD.isdisjoint(judged.reasons)
    return judged.certainty == "planned" or (judged.certainty == "hypothetical" and ahead)


def _is_demanded(unit: Unit, judged: Judged) -> bool:
    """*Said that both sides must disarm*: a demand of the speaker, unlike what a treaty says must be."""
    reported = unit.head.dep_ == "ccomp" and unit.kind == "finite"
    return reported and not judged.negated and not _OUGHT.isdisjoint(judged.reasons)


def _is_asked_too(unit: Unit, lexicon: Lexicon) -> bool:
    """*Called on all to let aid in and to refrain from attacks*: the second thing asked for is asked for as well."""
    first = first_conjunct(unit.head)
    if unit.kind != "infinitive" or first == unit.head or first.dep_ not in {"xcomp", "ccomp", "advcl"}:
        return False
    rules = (rule for key in verb_keys(first.head) for rule in lexicon.rules_of.get(key, ()))
    return any(rule.event == "REQUEST" and not rule.weight for rule in rules)


def _is_ahead(unit: Unit, found: Typed, judged: Judged) -> bool:
    """*Will meet him*; *would meet him if …* offers it, *is ready to mediate* too."""
    if judged.certainty == "planned" or judged.negated:
        return judged.certainty == "planned"
    if _is_ready(unit):
        return found.event not in _HARM
    return unit.kind == "finite" and judged.certainty == "hypothetical" and not _WOULD.isdisjoint(judged.reasons)


def offered(unit: Unit, found: Typed, judged: Judged) -> Judged:
    """*Is ready to mediate* is a plan; readiness for war is a fact."""
    if judged.certainty != "established" or found.event is None or found.event in _HARM or not _is_ready(unit):
        return judged
    return replace(judged, certainty="planned")


def timetabled(unit: Unit, judged: Judged, *, days: tuple[str | None, str | None], lexicon: Lexicon) -> Judged:
    """*A truce which expires in April*, told in January: the present tense of a timetable (`days`: today, and then)."""
    today, then = days
    ahead = today is not None and then is not None and then > today
    present = unit.head.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in unit.head.children)
    if not (ahead and present and judged.certainty == "established" and lexicon.is_cue(unit.head, "timetabled")):
        return judged
    return replace(judged, certainty="planned")


def _is_ready(unit: Unit) -> bool:
    """*Is ready to mediate*, *stands ready*, *was prepared to talk*."""
    words = (unit.head, *(c for c in unit.head.children if c.dep_ in {"acomp", "oprd"}))
    return any(w.lower_ in _READY and any(c.dep_ == "xcomp" for c in (*w.children, *unit.head.children)) for w in words)


def _is_decided(found: Typed) -> bool:
    """*Decided to let him stand*: the yielding is done."""
    trigger = found.trigger
    return found.event == "CONCEDE" and trigger is not None and trigger.lemma_ in {"decide", "order", "rule"}


def _is_possible(unit: Unit, judged: Judged, lexicon: Lexicon) -> bool:
    """*May suspend its aid*, *could face sanctions*, but not *may be trapped* nor *an assault could drive them out*."""
    told_of_an_event = unit.subject is not None and lexicon.noun_event(unit.subject) is not None
    if told_of_an_event or any(c.dep_ == "auxpass" for c in unit.head.children):
        return False
    may = judged.certainty == "hypothetical" and not judged.negated and not _MIGHT.isdisjoint(judged.reasons)
    return may and unit.kind in {"finite", "relative"}


def _is_by_an_actor(unit: Unit) -> bool:
    """Is it a state, a people, a body or a person that will do it?"""
    subject = unit.subject
    acts = subject is not None and subject.pos_ == "PRON" and unit.head.lemma_ != "be"  # not *it must be complete*
    named = unit.referent if acts else (subject,)
    return any(word is not None and (word.ent_type_ in _STATES or word.pos_ == "PROPN") for word in named)
