"""The grammatical complement of a cue: the clause, object or phrase that it reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts.attribution.candidates import SUBJECTS
from geo.facts.attribution.lexicon import lexicon
from geo.facts.attribution.sources import IMPERSONAL, Range, is_passive, noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.language import Token

#: Verbs whose object is who hears it: *told reporters*, *asked the minister if …*.
ADDRESSING = frozenset({"tell", "ask", "press", "question", "remind", "inform", "notify", "brief", "quiz"})
TOPICS = frozenset({"about", "on", "over", "regarding", "of", "to", "for", "with", "against", "in", "at"})
WHETHER = frozenset({"if", "whether", "why", "how", "what", "when", "where", "who"})
DASHES = frozenset({",", "-", "–", "—", "--"})
PHRASES = frozenset({"pobj", "prep", "dobj", "amod", "npadvmod", "nsubj", "nsubjpass", "attr", "pcomp"})
PREDICATES = frozenset({"xcomp", "oprd", "ccomp", "acomp", "attr"})
TIMES = frozenset({"DATE", "TIME"})


def complement_of(cue: Token) -> list[Range]:
    """Return the stretches that a cue governs as what is said, thought or shown; empty where there are none."""
    if cue.lower_ == "according":
        return around(cue)
    if cue.pos_ in {"NOUN", "ADJ", "ADV"} and not any(child.dep_ in SUBJECTS for child in cue.children):
        return _of_noun(cue)
    clauses = [child for child in cue.children if child.dep_ == "ccomp" and not _is_apart(child, cue)]
    if clauses:
        return _of_clauses(clauses, cue)
    return _of_address(cue) if cue.lemma_.lower() in ADDRESSING else _of_others(cue)


def _of_others(cue: Token) -> list[Range]:
    if cue.dep_ in {"parataxis", "intj"} and not any(child.dep_ in {"dobj", "xcomp", "prep"} for child in cue.children):
        return around(cue)
    if is_passive(cue) or cue.lemma_.lower() in IMPERSONAL:
        return _of_passive(cue)
    return _of_objects(cue)


def around(cue: Token) -> list[Range]:
    """Return the clause that a parenthesis stands in: all of it but the parenthesis."""
    top = cue.head
    if top == cue:
        return []
    while top.dep_ in PHRASES and top.head != top:
        top = top.head
    return without(top, {token.i for token in cue.subtree})


def without(node: Token, left_out: set[int]) -> list[Range]:
    """Return a subtree as stretches, without some of its tokens."""
    kept = sorted({token.i for token in node.subtree} - left_out)
    parts: list[Range] = []
    for i in kept:
        if parts and i == parts[-1].last + 1:
            parts[-1] = Range(parts[-1].first, i)
        else:
            parts.append(Range(i, i))
    return parts


def _whole(node: Token) -> Range:
    return Range(node.left_edge.i, node.right_edge.i)


def _of_clauses(clauses: list[Token], cue: Token) -> list[Range]:
    """Return object clauses without the cue's own words, which stand in the middle of an inverted one."""
    left_out = {token.i for child in cue.children if child not in clauses for token in child.subtree} | {cue.i}
    left_out |= {token.i for clause in clauses if clause.i > cue.i for token in _not_reported(clause)}
    topics = [
        child for child in cue.children if child.dep_ == "prep" and cue.i < child.i < clauses[0].i and _is_topic(child)
    ]
    return [part for topic in topics for part in _inner(topic)] + [
        part for clause in clauses for part in without(clause, left_out)
    ]


def _is_topic(child: Token) -> bool:
    """Tell *of the crisis* in *warned of the crisis should he attack*."""
    return child.lower_ in {"of", "about", "against", "over"}


def _is_apart(clause: Token, cue: Token) -> bool:
    """Tell a clause that a semicolon parts from the cue: two headlines in one line."""
    between = clause.doc[clause.i : cue.i]
    return any(token.text == ";" for token in between)


def _not_reported(clause: Token) -> Iterator[Token]:
    """Yield what the parser hangs on a reported clause though the speaker is meant.

    That is a clause that goes on with the speaker (*…, adding that …*; *… and criticized …*) and the day of the
    saying before the clause's subject (*said on Monday they had agreed*).
    """
    subject = next((child for child in clause.children if child.dep_ in SUBJECTS), None)
    mark = next((child for child in clause.children if child.dep_ == "mark"), None)
    for child in clause.children:
        if _goes_on(child, clause):
            yield from child.subtree
            yield from (word for word in clause.children if word.dep_ == "cc" and word.i < child.i)
        elif subject is not None and mark is None and child.i < subject.i and _is_day(child):
            yield from child.subtree


def _is_day(child: Token) -> bool:
    words = [word for word in child.subtree if word.dep_ != "prep"]
    return child.dep_ in {"prep", "npadvmod"} and bool(words) and all(word.ent_type_ in TIMES for word in words)


def _goes_on(child: Token, clause: Token) -> bool:
    before = child.doc[child.left_edge.i - 1].text if child.left_edge.i else ""
    if child.dep_ == "advcl":
        return child.tag_ == "VBG" and clause.i < child.i == child.left_edge.i and before in DASHES
    if child.dep_ != "conj" or any(word.dep_ in SUBJECTS for word in child.children):
        return False
    return bool(lexicon().verbs.get(child.lemma_.lower(), frozenset()) & {"say", "judge", "ask"})


def _of_address(cue: Token) -> list[Range]:
    """Return what somebody is told or asked; the person is no part of it."""
    for child in cue.children:
        asked = child.dep_ == "advcl" and any(word.lower_ in WHETHER for word in child.children)
        if asked or (child.dep_ == "xcomp" and child.i > cue.i):
            return [_whole(child)]
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in {"about", "on", "over", "for", "of"} and child.i > cue.i:
            return _inner(child)
    if cue.dep_ in {"parataxis", "ccomp", "advcl", "relcl"} and cue.lemma_ != "question":
        return around(cue)
    return [
        _whole(child) for child in cue.children if child.dep_ == "dobj" and child.lower_ in {"question", "questions"}
    ]


def _of_passive(cue: Token) -> list[Range]:
    subject = [child for child in cue.children if child.dep_ in {"nsubj", "nsubjpass"}]
    rest = [_whole(child) for child in cue.children if child.dep_ in PREDICATES or _as(child) or _completes(child, cue)]
    if not subject and cue.dep_ == "acl" and cue.head.i < cue.i:
        return [noun_phrase(cue.head), *rest]
    return [_whole(child) for child in subject] + rest


def _of_objects(cue: Token) -> list[Range]:
    children = list(cue.children)
    wanted = [child for child in children if _is_object(child)]
    if any(child.dep_ == "xcomp" for child in wanted):
        wanted = [child for child in wanted if child.dep_ in {"xcomp", "dobj"}]
    elif wanted:
        wanted += [child for child in children if _completes(child, cue)]
    if wanted:
        return [_whole(child) for child in wanted]
    for child in children:
        if child.dep_ == "prep" and child.i > cue.i and not _is_day(child):
            return _inner(child)
    if cue.dep_ in {"advcl", "parataxis"}:
        return around(cue)
    return [_whole(child) for child in children if child.dep_ == "advcl"][:1]


def _is_object(child: Token) -> bool:
    if child.dep_ == "dobj" and child.ent_type_ in TIMES:
        return False
    return child.dep_ in {"xcomp", "dobj", "oprd", "attr", "acomp", "dative"} or _as(child)


def _inner(preposition: Token) -> list[Range]:
    return [_whole(child) for child in preposition.children if child.dep_ in {"pobj", "pcomp"}]


def _completes(child: Token, cue: Token) -> bool:
    """Tell *for* and *of* in *criticized him for leaving*, *accused them of treason* from a place or time."""
    return child.dep_ == "prep" and child.lower_ in {"for", "of", "with", "against"} and child.i > cue.i


def _as(child: Token) -> bool:
    return child.dep_ == "prep" and child.lower_ == "as"


def _of_noun(cue: Token) -> list[Range]:
    for child in cue.children:
        if child.dep_ in {"acl", "ccomp"}:
            return [_whole(child)]
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in TOPICS:
            return _inner(child)
    if cue.dep_ in {"nsubj", "nsubjpass"} and cue.head.lemma_ == "be":
        return [_whole(child) for child in cue.head.children if child.dep_ in PREDICATES]
    return around(cue) if cue.lower_ in lexicon().hedges else []
