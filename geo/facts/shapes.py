"""Which words head a clause of their own, and what kind of clause.

Kinds: see `geo.facts.clauses`. Each question is put to the parse and to the lexicon, never to a list of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.facts.lexicon import is_bare
from geo.facts.syntax import (
    RELATIVE_TAGS,
    VERBAL,
    WITH,
    first_conjunct,
    has,
    has_to,
    is_aim,
    is_condition,
    is_inverted,
    is_long,
    is_misread,
    is_no_verb,
    is_predicate,
    is_question,
    is_tensed,
    own_subject,
)

if TYPE_CHECKING:
    from geo.facts.extent import Kind
    from geo.facts.lexicon import Lexicon
    from geo.language import Token

_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "dep", "csubj", "pcomp", "acl", "xcomp"})


_CONCLUDED = frozenset({"sign", "adopt", "agree", "broker", "ratify", "conclude", "reach"})
#: Words of a relative clause that says anything: *which mediated* does not.
_OWN_RELATIVE = 2


def _follows_comma(token: Token) -> bool:
    at = token.left_edge.i
    return at > 0 and token.doc[at - 1].text in {",", "–", "—", "-"}


def _is_ground(token: Token) -> bool:
    """*Will leave under an accord reached on Tuesday*: part of what will be done."""
    under = token.head
    parted = under.i > 0 and under.nbor(-1).text == ","
    return token.dep_ == "pobj" and under.lower_ == "under" and under.i > under.head.i and not parted


def ground_of(token: Token) -> Token | None:
    """*Under the deal, signed on Monday, they will leave*: return the deal, which the parser parts from its signing."""
    at = token.left_edge.i
    if token.dep_ != "advcl" or token.tag_ not in {"VBN", "VBD"} or at < _OWN_RELATIVE or token.doc[at - 1].text != ",":
        return None
    noun = token.doc[at - 2]
    return noun if noun.dep_ == "pobj" and noun.head.lower_ == "under" else None


def is_rebuff(token: Token, lexicon: Lexicon) -> bool:
    """*A charge the army denies*: what was said before is denied, which is told as a thing of its own."""
    denies = token.dep_ == "relcl" and lexicon.is_cue(token, "denial") and own_subject(token) is not None
    return denies and token.head.lemma_ in _CHARGES and token.head.left_edge.lower_ in {"a", "an"}


def is_vouched(token: Token, lexicon: Lexicon) -> bool:
    """*Others who, he said, remain in prison*: the report leaves it to him."""
    inserted = (c for c in token.children if c.dep_ in {"parataxis", "ccomp", "advcl"} and c.i < token.i)
    return token.dep_ == "relcl" and any(own_subject(c) is not None and lexicon.is_cue(c, "report") for c in inserted)


_CHARGES = frozenset({"charge", "claim", "accusation", "allegation", "assertion", "report"})


@dataclass(frozen=True, slots=True)
class Shapes:
    """Tells the kinds of clauses by one lexicon."""

    lexicon: Lexicon

    def kind(self, token: Token) -> Kind | None:
        """Return the kind of clause that a word heads, or None where it heads none of its own."""
        if token.dep_ not in _CLAUSAL or not (token.pos_ in VERBAL or is_predicate(token)):
            return None
        if token.dep_ == "conj" and token.head.pos_ in VERBAL:
            return self._conjoined(token)
        if is_misread(token):
            return "finite"
        if token.dep_ == "dep" and token.head.dep_ == "xcomp" and token.i > token.head.i and has_to(token):
            return "infinitive" if is_long(token) else None  # *agreed to halt them, not to send more*
        return self._subjectless(token) if self._is_subjectless(token) else self._by_label(token)

    def _by_label(self, token: Token) -> Kind | None:
        if token.dep_ == "relcl":
            return "relative" if self._is_own_relative(token) else None
        if token.dep_ == "pcomp":
            return self._prepositional(token)
        if token.dep_ == "acl":
            return "finite" if any(c.lower_ == "that" and c.dep_ == "mark" for c in token.children) else None
        return self._finite(token)

    def _is_subjectless(self, token: Token) -> bool:
        return token.dep_ in {"acl", "xcomp", "advcl"} and not own_subject(token)

    def _subjectless(self, token: Token) -> Kind | None:
        if token.dep_ == "advcl":
            return self._adverbial(token)
        if self._is_reduced(token):
            return "participle"
        if token.dep_ == "xcomp" and token.tag_ == "VBG" and self.lexicon.is_cue(token.head, "disowning"):
            return "gerund"
        return self._infinitive(token)

    def _is_reduced(self, token: Token) -> bool:
        """*A truce signed in December*: an event with its own day."""
        if token.dep_ != "acl" or token.tag_ not in {"VBN", "VBD"}:
            return False
        if is_aim(token):
            return True
        if not self.lexicon.has_event(token):
            return False
        if not (self.lexicon.noun_event(token.head) or token.lemma_ in _CONCLUDED) or _is_ground(token.head):
            return False
        below = (g for c in token.children if c.i > token.i for g in (c, *c.children))
        return any(t.ent_type_ == "DATE" and t.dep_ in {"pobj", "npadvmod"} for t in below)

    def _finite(self, token: Token) -> Kind | None:
        if (token.dep_ == "advcl" and is_condition(token)) or is_inverted(token):
            return "condition"
        if token.dep_ == "ROOT":
            return self._main(token)
        if token.dep_ == "xcomp" and token.tag_ in {"VB", "VBG"}:
            return None
        if token.dep_ in {"ccomp", "xcomp"} and (is_question(token) or is_no_verb(token) or not self._is_told(token)):
            return None
        if own_subject(token) or is_tensed(token):
            return "finite"
        return "gerund" if token.tag_ == "VBG" and self.lexicon.is_cue(token.head, "disowning") else None

    def _main(self, token: Token) -> Kind | None:
        if token.tag_ == "VBG" and not has(token, "aux"):
            return "fragment" if own_subject(token) else None
        return "finite"

    def _is_told(self, token: Token) -> bool:
        """The content of saying stands by itself; that of agreeing or ensuring only where it tells an event."""
        if is_bare(token):
            return False  # what is demanded belongs to the demand
        governor = first_conjunct(token.head)
        if self.lexicon.is_pure_report(governor) or token.i < governor.i:
            return True
        if self.lexicon.is_cue(governor, "manner") or self.lexicon.is_cue(governor, "control"):
            return False
        return self.lexicon.has_event(token)

    def _conjoined(self, token: Token) -> Kind | None:
        first = first_conjunct(token)
        if own_subject(token):
            return "condition" if is_inverted(token) else "finite"
        base = self.kind(first)
        if base in {"infinitive", "gerund", "participle", "absolute", "condition"}:
            return base
        if first.dep_ == "xcomp" or (first.tag_ == "VB" and has_to(first)):
            return "infinitive" if is_long(token) else None
        return "finite" if base else None

    def _is_own_relative(self, token: Token) -> bool:
        comma = _follows_comma(token) or (token.head.dep_ == "appos" and _follows_comma(token.head))
        modal = any(c.tag_ == "MD" for c in token.children)
        told = comma and self._says_something(token) and sum(1 for _ in token.subtree) > _OWN_RELATIVE
        return (
            told
            or modal
            or is_rebuff(token, self.lexicon)
            or is_vouched(token, self.lexicon)
            or self._has_own_actor(token)
            or self._counts(token)
        )

    def _counts(self, token: Token) -> bool:
        """*The 90,000 people who have fled*: a count, whoever else is spoken of."""
        counted = token.head.lemma_.lower() in self.lexicon.words("people")
        number = any(c.dep_ == "nummod" for c in token.head.children)
        return counted and number and self.lexicon.has_event(token) and is_long(token)

    def _has_own_actor(self, token: Token) -> bool:
        """*Sailors whom Russia had captured*: somebody else acts, so it is told anew."""
        subject = own_subject(token)
        tells = self.lexicon.has_event(token) or any(
            c.dep_ == "xcomp" and self.lexicon.has_event(c) for c in token.children
        )
        named = subject is not None and subject.pos_ in {"PROPN", "NOUN"} and subject.tag_ not in RELATIVE_TAGS
        more = any(c.dep_ in {"prep", "npadvmod", "advmod"} and c.i > token.i for c in token.children)
        where = any(c.dep_ == "prep" and c.i < token.i for c in token.children)
        return named and (more or where) and tells and not self.lexicon.is_pure_report(token)

    def _says_something(self, token: Token) -> bool:
        return self.lexicon.has_event(token) or not self.lexicon.is_pure_report(token)

    def _infinitive(self, token: Token) -> Kind | None:
        """A purpose that spaCy hung on the object (`preparing corridors to evacuate`) or a noun's complement."""
        if self._is_manner(token):
            return None
        if self._is_term(token):
            return None
        if not has_to(token) or token.head.pos_ not in VERBAL or not is_long(token):
            return None
        between = token.doc[token.head.i + 1 : token.left_edge.i]
        has_object = any(t.dep_ == "dobj" and t.head == token.head for t in between)
        return "infinitive" if has_object and not self.lexicon.is_cue(token.head, "control") else None

    def _prepositional(self, token: Token) -> Kind | None:
        prep = token.head
        if prep.lower_ in WITH and own_subject(token):
            return "absolute"
        if prep.lower_ in {"of", "for", "with"} and not own_subject(token) and self._accuser(prep):
            return "gerund"
        if own_subject(token):
            return None if any(c.tag_ == "WRB" for c in token.children) else "finite"  # *from where it left off*
        adjunct = prep.lower_ in {"after", "before", "since", "without", "by"} and is_long(token)
        return "participle" if adjunct and self.lexicon.has_event(token) else None

    def _accuser(self, prep: Token) -> Token | None:
        holder = prep.head if prep.head.pos_ in VERBAL else prep.head.head
        return holder if self.lexicon.is_cue(holder, "accusation") else None

    def _is_term(self, token: Token) -> bool:
        """*Gave them until Sunday to withdraw*, *48 hours to leave*: the term and what it is for are one thing."""
        given = token.head.lemma_ in {"give", "grant", "allow"} and has_to(token) and token.i > token.head.i
        return given and any(
            c.lower_ in {"until", "till"} or (c.dep_ == "dobj" and c.lemma_ in self.lexicon.words("time_units"))
            for c in token.head.children
        )

    def _is_manner(self, token: Token) -> bool:
        """*To ensure that*, and any purpose within a with-phrase, say nothing of their own."""
        return self.lexicon.is_cue(token, "manner") or any(a.dep_ == "pcomp" for a in (token.head, token.head.head))

    def _adverbial(self, token: Token) -> Kind | None:
        if is_condition(token) or is_inverted(token):
            return "condition"
        if self._is_manner(token) or self._is_term(token):
            return None
        if ground_of(token) is not None and token.lemma_ in _CONCLUDED:
            return "participle"
        if has_to(token):
            return "infinitive" if is_long(token) else None
        if token.tag_ == "VBG":
            return "participle" if self.lexicon.has_event(token) or self.lexicon.has_count(token) else None
        return "participle" if token.tag_ == "VBN" and self.lexicon.is_place_state(token) else None
