"""Who is said to say it: from a cue to the words that name its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.facts.attribution.candidates import SUBJECTS, subject_of
from geo.facts.attribution.lexicon import lexicon

if TYPE_CHECKING:
    from geo.language import Token

#: Verbs whose subject is what is thought or shown, not who thinks so: *it seems that*, *he appears to*.
IMPERSONAL = frozenset({"seem", "appear", "look", "sound", "tend", "prove", "happen"})
#: What hangs on a name without being part of it.
OUTSIDE = frozenset({"relcl", "acl", "advcl", "parataxis", "cc", "conj", "punct", "appos", "ccomp"})
GIVERS = frozenset({"by", "from", "among", "of"})
LIGHT = frozenset(
    {"make", "issue", "give", "release", "have", "express", "voice", "offer", "deliver", "take", "raise", "repeat"}
)
#: How near, in words, a second name must stand to count to the first: *Putin and Erdogan*.
NEAR = 4


class Range(NamedTuple):
    """Tokens of one segment: first and last, both included."""

    first: int
    last: int


def source_of(cue: Token) -> Range | None:
    """Return the words that name the source of a cue, or None where the text names none."""
    if cue.text == ":":
        return _label(cue)
    if cue.pos_ == "NOUN" and not any(child.dep_ in SUBJECTS for child in cue.children):
        return _of_noun(cue)
    return _of_verb(cue)


def _label(cue: Token) -> Range | None:
    return Range(0, cue.i - 1) if cue.i else None


def _of_verb(cue: Token) -> Range | None:
    if cue.lower_ == "according":
        giver = next((inner for child in cue.children for inner in child.children if inner.dep_ == "pobj"), None)
        return noun_phrase(giver) if giver is not None else None
    if is_passive(cue):
        return _agent(cue)
    subject = subject_of(_speaker_before(cue) or cue)
    if subject is None or cue.lemma_.lower() in IMPERSONAL or subject.dep_ in {"expl", "csubj"}:
        return None
    if subject.dep_ == "nsubjpass" and subject.head != cue and cue.dep_ in {"xcomp", "ccomp"}:
        return None
    if subject.lower_ == "it" and cue.dep_ == "ROOT" and any(child.dep_ == "ccomp" for child in cue.children):
        return noun_phrase(subject) if cue.lemma_ not in IMPERSONAL else None
    return noun_phrase(subject)


def _speaker_before(cue: Token) -> Token | None:
    """Return the cue before one that a parser joined to its content: *said they had left and thanked the army*."""
    clause = cue.head
    if cue.dep_ != "conj" or clause.dep_ != "ccomp" or any(child.dep_ in SUBJECTS for child in cue.children):
        return None
    known = lexicon().verbs
    told = known.get(clause.head.lemma_.lower(), frozenset()), known.get(cue.lemma_.lower(), frozenset())
    return clause.head if all(kinds & {"say", "judge", "ask"} for kinds in told) and clause.i > clause.head.i else None


def is_passive(cue: Token) -> bool:
    """Tell *was accused* and the bare *accused by* from *has accused*."""
    deps = {child.dep_ for child in cue.children}
    reduced = cue.tag_ == "VBN" and cue.dep_ in {"acl", "advcl", "amod"} and "aux" not in deps
    return "auxpass" in deps or "agent" in deps or reduced


def _agent(cue: Token) -> Range | None:
    for child in cue.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            giver = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
            if giver is not None:
                return noun_phrase(giver)
    return None


def _of_noun(cue: Token) -> Range | None:
    for child in cue.children:
        if child.dep_ == "poss":
            return noun_phrase(child)
    for child in cue.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in GIVERS - {"of"}:
            giver = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
            if giver is not None:
                return noun_phrase(giver)
    head = cue.head
    if cue.dep_ in {"dobj", "attr"} and head.lemma_.lower() in LIGHT:
        subject = subject_of(head)
        return noun_phrase(subject) if subject is not None else None
    return None


def noun_phrase(head: Token) -> Range:
    """Return a name with its title and determiners, without clauses, appositions and what is joined to it."""
    kept = [child for child in head.children if child.dep_ not in OUTSIDE]
    first = min([head.i, *(_beginning(child) for child in kept if child.i < head.i)])
    last = max([head.i, *(_before_clause(child) for child in kept if child.i > head.i and _belongs(child, head))])
    for child in head.children:
        if child.dep_ == "conj" and last < child.i <= last + NEAR:
            last = max(last, noun_phrase(child).last)
    return Range(first, last)


def _belongs(child: Token, head: Token) -> bool:
    """Tell *the leaders of Turkey* from the place that a parser hangs on a person: *met Merkel in Paris*."""
    if child.dep_ == "prep":
        return head.ent_type_ != "PERSON" or child.lower_ == "of"
    return child.dep_ in {"nummod", "flat", "nmod", "compound"}


def _beginning(child: Token) -> int:
    clause = any(inner.dep_ in {"relcl", "acl"} for inner in child.subtree)
    return child.i if clause else child.left_edge.i


def _before_clause(node: Token) -> int:
    """Return where a phrase ends if the clauses inside it are left out."""
    stops = [inner.left_edge.i for inner in node.subtree if inner.dep_ in {"relcl", "acl", "advcl", "appos"}]
    end = min([*stops, node.right_edge.i + 1]) - 1
    while end > node.i and node.doc[end].is_punct:
        end -= 1
    return max(end, node.i)
