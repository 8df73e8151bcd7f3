"""The unit of reading, and where it begins and ends.

What a clause says is a stretch of the text: its words without those of other units that hang on it, without the
joining word before it and the punctuation around it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from geo.facts.lexicon import CONDITIONS
from geo.facts.syntax import (
    RELATIVE_TAGS,
    SUBJECTS,
    VERBAL,
    WITH,
    is_called_for,
    is_condition,
    is_in_return,
    is_inverted,
    is_resumed,
    misread_saying,
    own_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.facts.lexicon import Lexicon
    from geo.language import ParsedSegment, Token

Kind = Literal[
    "finite",
    "relative",
    "condition",
    "infinitive",
    "absolute",
    "gerund",
    "participle",
    "nominal",
    "relation",
    "fragment",
]
_JOINING = frozenset({"that", "as", "when", "while", "if", "whether", "because", "since", "after", "before", "so"}) | {
    "although",
    "though",
    "until",
    "unless",
    "where",
    "once",
    "whereas",
}
_OPENS_CONDITION = CONDITIONS | {"only", "even", "but", "should", "had", "were"}
_OPENING, _CLOSING = frozenset("\"“‘'«("), frozenset("\"”’'»)")


@dataclass(frozen=True)
class Unit:
    """A clause or clause-like phrase: token indices into its segment's `doc`, both ends included."""

    parsed: ParsedSegment
    head: Token
    kind: Kind
    first: int
    last: int
    subject: Token | None = None
    """The subject's head word, shared or inherited where the clause has none of its own."""
    referent: tuple[Token, ...] = ()
    """What a pronoun as the subject points back to."""

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of the unit's stretch."""
        return tuple(self.parsed.doc[self.first : self.last + 1])


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts from a unit's subtree what belongs to other units."""

    heads: frozenset[int]
    nominals: frozenset[int]
    claimed: frozenset[int]
    """Bare times that a noun phrase takes from the verb which the parser hung them on."""
    lexicon: Lexicon

    def extent(self, head: Token) -> tuple[int, int]:
        """Return the indices of the first and the last word that belong to a head."""
        kept = sorted(self._kept(head, head))
        ahead = [i for i in kept if i >= head.i]
        cut = next(
            (i for i, after in pairwise(ahead) if any(self._is_clause(head, n) for n in range(i + 1, after))), None
        )
        return kept[0], kept[-1] if cut is None else cut

    def _is_clause(self, head: Token, at: int) -> bool:
        """*Was worked out after they spoke, a rare step*: what stands behind another clause goes with that one."""
        token = head.doc[at]
        return at in self.heads and token.dep_ == "advcl" and token.head == head and own_subject(token) is not None

    def _kept(self, token: Token, head: Token) -> Iterator[int]:
        yield token.i
        children = list(token.children)
        for child in children:
            if not self._dropped(child, head):
                yield from self._kept(child, head)

    def _dropped(self, child: Token, head: Token) -> bool:
        if child.dep_ in {"punct", "cc", "mark", "meta"} or (child.i in self.claimed and head.i not in self.nominals):
            return True
        if child.i in self.heads:
            return is_resumed(child) or not self._belongs(child)
        joined = child.dep_ in {"conj", "appos"} and any(c.i in self.heads for c in child.children)
        if joined or self._is_saying(child):
            return True
        if child.dep_ in {"prep", "agent"}:
            return (
                child.lower_ == "according"
                or (any(self._is_cut_below(c) for c in child.children) and not self._is_charge(child))
                or any(
                    is_in_return(f) and any(p.i in self.nominals for p in f.children)
                    for n in child.children
                    for f in n.children
                )
                or self._is_absolute(child)
            )
        if child.dep_ == "advcl" and child.i < head.i and not own_subject(child):
            return True
        return child.dep_ == "advcl" and self.lexicon.is_pure_report(child)

    def _is_saying(self, child: Token) -> bool:
        said = misread_saying(child)
        return said is not None and self.lexicon.is_pure_report(said)

    def _is_charge(self, prep: Token) -> bool:
        """*Accused it of war crimes*: what one is accused of is part of the accusation."""
        return prep.lower_ in {"of", "for", "over"} and self.lexicon.is_cue(prep.head, "accusation")

    def _is_cut_below(self, token: Token) -> bool:
        return token.dep_ == "pobj" and token.i in self.nominals

    def _is_absolute(self, prep: Token) -> bool:
        return prep.lower_ in WITH and any(c.i in self.heads for c in prep.children)

    def _belongs(self, child: Token) -> bool:
        """The content of an agreement, a demand or an accusation is part of it."""
        if child.dep_ in {"ccomp", "xcomp"}:
            said = self.lexicon.is_pure_report(child.head) and not self.lexicon.is_cue(child.head, "contending")
            return not said and child.i > child.head.i and not is_inverted(child)
        if child.dep_ == "acl" and child.head.dep_ == "dobj":  # *rejected claims that they had been encircled*
            return self.lexicon.is_cue(child.head.head, "refusal")
        counted = child.head.lemma_ == "bring" and any(c.lower_ == "since" for c in child.children)
        if child.dep_ == "advcl" and (is_called_for(child) or counted):
            return True  # *bringing the toll to 41 since the war began*: the term belongs to the count
        return child.dep_ in {"pcomp", "csubj"} and child.head.lower_ not in {"after", "before", "with", "without"}


def relative(unit: Unit) -> Unit:
    """Leave the relative word out, or, where it is the subject, put what it stands for before it."""
    pronoun = next((t for t in unit.tokens if t.tag_ in RELATIVE_TAGS), None)
    noun = unit.head.head
    if pronoun is None:
        return unit
    if pronoun.dep_ in SUBJECTS:
        return replace(unit, first=noun.left_edge.i, subject=noun)
    return replace(unit, first=pronoun.i + 1) if pronoun.i < unit.head.i else unit


def uninverted(unit: Unit) -> Unit:
    """*Should Assad mount his assault* says: Assad mount his assault."""
    subject = own_subject(unit.head)
    return replace(unit, first=unit.first + 1 if subject is None else subject.left_edge.i)


def preposed(unit: Unit) -> Unit:
    """*Situated near the border, Idlib …*: add the subject that follows."""
    subject = own_subject(unit.head.head)
    if subject is None or subject.i < unit.last:
        return unit
    return replace(unit, last=subject.right_edge.i, subject=subject)


def trimmed(unit: Unit) -> Unit:
    """Return the unit without punctuation and joining words at its ends; a quotation mark stays with its partner."""
    tokens = unit.tokens
    first, last = 0, len(tokens) - 1
    while first < last and _is_trim(tokens[first], tokens[first + 1 :], _CLOSING):
        first += 1
    while last > first and (_is_trim(tokens[last], tokens[first:last], _OPENING) or _dangles(tokens, last)):
        last -= 1
    if first or last < len(tokens) - 1:
        unit = replace(unit, first=tokens[first].i, last=tokens[last].i)
    return _with_quotes(unit)


def without_title(unit: Unit) -> Unit:
    """*…, the bloc's policy chief Josep Borrell said*: the speaker's title, which the parser ties to what he says."""
    doc, at = unit.parsed.doc, unit.last + 1
    if at >= len(doc) or doc[at].pos_ != "PROPN":
        return unit
    speaker = next((t for t in (doc[at], *doc[at].ancestors) if t.dep_ == "nsubj"), None)
    if speaker is None:
        return unit
    said = speaker.head
    if said.i < at or not said.is_ancestor(unit.head) or speaker.left_edge.i > at:
        return unit
    comma = next((t.i for t in reversed(unit.tokens) if t.text == ","), unit.first)
    return replace(unit, last=comma - 1) if comma > unit.head.i else unit


def with_condition(unit: Unit) -> Unit:
    """Take in the condition that follows without a comma: *a crisis that could erupt should he attack*."""
    doc = unit.parsed.doc
    at = unit.last + 1
    if at + 1 >= len(doc) or unit.kind == "condition" or doc[at].lower_ not in _OPENS_CONDITION:
        return unit
    for token in doc[at].sent:
        if token.pos_ in VERBAL and token.left_edge.i == at and (is_inverted(token) or is_condition(token)):
            return trimmed(replace(unit, last=token.right_edge.i))
    return unit


def _is_trim(token: Token, others: Iterable[Token], partners: frozenset[str]) -> bool:
    joins = token.dep_ == "cc" or (token.dep_ in {"mark", "advmod"} and token.lower_ in _JOINING)
    if token.is_space or (joins and not any(token.children)):
        return True
    if not token.is_punct:
        return False
    return token.text not in _OPENING | _CLOSING or not any(t.text in partners for t in others)


def _dangles(tokens: tuple[Token, ...], last: int) -> bool:
    """*Not attack ports as long* [as …]: the conjunction belongs to the clause that was cut off."""
    words = tokens[last].lower_, tokens[last - 1].lower_
    return words in {("long", "as"), ("long", "so"), ("soon", "as")} or (
        words[0] in {"as", "so", "after", "before"}
        and tokens[last].dep_ in {"advmod", "mark", "prep"}
        and not any(tokens[last].children)
    )


def _with_quotes(unit: Unit) -> Unit:
    """Take in a quotation mark that stands just outside, where its partner is inside."""
    doc = unit.parsed.doc
    if not any(mark in doc.text for mark in '"“”'):
        return unit
    before = doc[unit.first - 1] if unit.first else None
    marks = sum(t.text in '"“”' for t in unit.tokens)
    if before is not None and before.text in '"“' and marks % 2:
        return replace(unit, first=before.i)
    after = doc[unit.last + 1] if unit.last + 1 < len(doc) else None
    return replace(unit, last=after.i) if after is not None and after.text in '"”' and marks % 2 else unit


def trailing_time(token: Token, lexicon: Lexicon) -> list[int]:
    """*A summit last week*: the parser often hangs the bare time on the verb; it belongs to the noun before it."""
    doc = token.doc
    found: list[int] = []
    at = token.i + 1
    while at < len(doc) and lexicon.is_time_word(doc[at]) and doc[at].sent == token.sent:
        found.append(at)
        at += 1
    return found
