"""Clauses: the stretches of a sentence that each say one thing.

A *unit* is a clause, or a noun phrase that stands for one, with the words that are its own and no more: what
somebody is said to have said without the words *he said*, a relative clause apart from the clause that it hangs
on, the *with*-phrase that describes what will come of an agreement, the talks after which somebody spoke. Units
are found in the dependency parse alone; which event a unit tells, and how certain it is, is decided elsewhere.

Kinds: `finite` (it has a subject and a tense, or shares them), `relative`, `condition`, `infinitive` (of purpose),
`absolute` (*with soldiers patrolling*), `gerund` (*accused of conducting*), `participle` (*killing twelve*),
`nominal` (*talks with Turkey*), `relation` (*rebel-backed Turkey*; *Russia, the main backer of*), `fragment`
(a headline without a verb).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.facts.extent import (
    Cutter,
    Unit,
    preposed,
    relative,
    trailing_time,
    trimmed,
    uninverted,
    with_condition,
    without_title,
)
from geo.facts.shapes import Shapes, ground_of, is_rebuff
from geo.facts.syntax import (
    VERBAL,
    child_of,
    content_of,
    edges,
    has,
    hyphenated,
    is_aim,
    is_called_for,
    is_in_return,
    is_inserted,
    is_inverted,
    is_known,
    is_misread,
    own_subject,
    says_more,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.facts.extent import Kind
    from geo.facts.lexicon import Lexicon
    from geo.language import ParsedSegment, SentenceSpan, Token

#: Tokens: lists and garbage without a full stop are longer, and the parse of such is noise.
_LONGEST = 400
_LONG_TAIL = 4
#: *Returned from talks* tells of talks; *refrain from attacks* of none.
_KEEPING_OFF = frozenset(
    {"refrain", "abstain", "desist", "prevent", "protect", "deter", "stop", "keep", "ban", "bar", "shield"}
) | {"dissuade", "discourage", "exempt", "save", "defend", "withdraw", "hold", "back", "spare"}
#: *A pause in hostilities* is no fighting.
_PAUSE = frozenset({"pause", "halt", "end", "lull", "break", "stop", "suspension", "cessation", "letup"})
_STATEMENTS = frozenset(
    [
        "statement",
        "communique",
        "communiqué",
        "interview",
        "letter",
        "speech",
        "address",
        "broadcast",
        "message",
        "post",
    ]
)
_HEADLINES = frozenset({"headline", "subheadline"})
_ADJUNCT_PREPS = frozenset({"after", "following", "during", "before", "since", "amid", "despite", "from", "ahead"}) | {
    "at",
    "until",
    "over",
    "in",
    "on",
    "through",
    "throughout",
}
_DATELINE = re.compile(
    r"(?:(?:[A-Z][A-Z .'’-]{1,40}|[QA]):\s+(?=\S)"
    r"|[A-Z][\w.'’/ -]{1,40}?(?:,\s[^—–-]{2,40}?)?\s*(?:\([^()]{1,30}\))?\s*(?:—|–|--|\s-)\s+(?=[\"“A-Z]))"
)


def units(parsed: ParsedSegment, lexicon: Lexicon) -> list[Unit]:
    """Return the units of a segment in text order."""
    told = (sentence for sentence in parsed.sentences if not _is_asked(sentence))
    found = [unit for sentence in told for unit in _Sentence(parsed, sentence, lexicon).units()]
    begins = after_dateline(parsed)
    kept = [trimmed(_unframed(replace(unit, first=max(unit.first, begins)))) for unit in found if unit.last > begins]
    long = [unit for unit in kept if unit.kind in {"nominal", "relation"} or unit.last > unit.first]
    return sorted(long, key=lambda unit: (unit.first, -unit.last))


def _unframed(unit: Unit) -> Unit:
    """Leave out the frame before a clause: *Under the accord that they signed*, *In a statement sent to the press*."""
    head, opening = unit.head, unit.parsed.doc[unit.first]
    told = opening.lower_ == "in" and any(c.lemma_.lower() in _STATEMENTS for c in opening.children)
    if opening.lower_ != "under" and not told:
        return unit
    subject = own_subject(head)
    begins = subject.left_edge.i if subject is not None else head.i
    follows = unit.first < begins - 1 and unit.parsed.doc[begins - 1].text == ","
    return replace(unit, first=begins) if follows else unit


def _after_comma(token: Token) -> bool:
    return token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text == ","


def _is_asked(sentence: SentenceSpan) -> bool:
    """A question states nothing; nor does a sentence that is longer than any of prose."""
    return len(sentence) > _LONGEST or "?" in sentence.text[-3:]


@lru_cache(maxsize=16)
def after_dateline(parsed: ParsedSegment) -> int:
    """Return the index of the first token behind `GENEVA, March 3 (Agency) -` or a speaker's `MINISTER:`."""
    match = _DATELINE.match(parsed.doc.text) if parsed.segment.role == "body" else None
    return next((t.i for t in parsed.doc if t.idx >= match.end()), 0) if match else 0


@dataclass(frozen=True, slots=True)
class _Sentence:
    parsed: ParsedSegment
    sentence: SentenceSpan
    lexicon: Lexicon

    def units(self) -> Iterator[Unit]:
        shapes = Shapes(self.lexicon)
        heads: dict[int, Kind] = {t.i: kind for t in self.sentence if (kind := shapes.kind(t))}
        nominals = {t.i for t in self.sentence if self._is_price(t) or self._is_nominal_unit(t, heads)}
        claimed = {i for n in nominals for i in trailing_time(self.parsed.doc[n], self.lexicon)}
        cut = Cutter(frozenset(heads), frozenset(nominals), frozenset(claimed), self.lexicon)
        for token in self.sentence:
            if token.i in heads:
                yield from self._clause(token, heads[token.i], cut)
            elif token.i in nominals:
                yield self._nominal(token, cut)
            if token.dep_ == "appos" or token.lower_ in self.lexicon.adjectives:
                yield from self._relations(token)

    def _clause(self, token: Token, kind: Kind, cut: Cutter) -> Iterator[Unit]:
        only_reports = self.lexicon.is_pure_report(token) and self._only_reports(token)
        if only_reports and not self.lexicon.is_cue(token, "contending"):
            yield from self._verbless_content(token)
        elif self.lexicon.is_pure_report(token) and any(True for _ in self._counted_content(token)):
            yield from self._counted_content(token)
        elif not self._only_doubts(token) and not (kind == "relative" and self._is_rump(token, cut)):
            unit = self._shaped(self._bare(token, kind, cut))
            yield with_condition(trimmed(without_title(self._without_tail(self._without_described(unit)))))

    def _is_rump(self, token: Token, cut: Cutter) -> bool:
        """*A plan which calls for troops to pull back*: what it calls for is told by itself, and nothing is left."""
        cut_off = any(is_called_for(c) for c in token.children if c.i in cut.heads)
        return cut_off and not any(c.dep_ in {"dobj", "xcomp", "ccomp", "npadvmod"} for c in token.children)

    def _bare(self, token: Token, kind: Kind, cut: Cutter) -> Unit:
        first, last = cut.extent(token)
        subject = subject_of(token)
        if kind == "finite" and is_misread(token):
            first = token.head.left_edge.i
        elif kind == "finite" and subject is None:
            first = token.left_edge.i
        elif kind == "relative" and is_rebuff(token, self.lexicon):
            first = token.head.left_edge.i
        elif kind == "participle" and (noun := ground_of(token)) is not None:
            first, subject = noun.left_edge.i, noun
        elif kind == "participle" and token.dep_ == "acl":
            first, subject = token.i if is_aim(token) else min(first, token.head.left_edge.i), token.head
        elif kind == "absolute":
            first = min(first, token.head.i)
        return Unit(self.parsed, token, kind, first, last, subject)

    def _shaped(self, unit: Unit) -> Unit:
        if unit.kind == "relative":
            return relative(unit)
        if unit.kind == "gerund":
            return self._accused(unit)
        if unit.kind == "condition" and is_inverted(unit.head):
            return uninverted(unit)
        fronted = unit.kind == "participle" and unit.head.tag_ == "VBN" and ground_of(unit.head) is None
        return preposed(unit) if fronted else unit

    def _without_described(self, unit: Unit) -> Unit:
        """*Russia, the backer of Syria, agreed*: the apposition is a unit, and the rest begins behind it."""
        subject = own_subject(unit.head)
        inserted = next((c for c in unit.head.children if c.i < unit.head.i and is_inserted(c)), None)
        if inserted is not None and unit.first <= inserted.i:
            return replace(unit, first=inserted.right_edge.i + 1, subject=own_subject(inserted))
        if subject is None or unit.first > subject.i or subject.right_edge.i >= unit.head.i:
            return unit
        described = any(c.dep_ == "appos" and self.lexicon.is_relation(c) for c in subject.children)
        if not described and not self._is_overlong(subject, unit):
            return unit
        return replace(unit, first=subject.right_edge.i + 1)

    def _is_overlong(self, subject: Token, unit: Unit) -> bool:
        """*Turkey, which has backed Baku throughout, called it a step*: the clause inside is a fact of its own."""
        inside = [t for t in subject.subtree if t.dep_ in {"relcl", "acl"} and _after_comma(t)]
        told = any(Shapes(self.lexicon).kind(t) for t in inside)
        return told and subject.right_edge.i - subject.left_edge.i >= unit.last - subject.right_edge.i

    def _without_tail(self, unit: Unit) -> Unit:
        """*Cut the road to Sake, a town west of the capital*: what only describes the last noun is left out."""
        doc = unit.parsed.doc
        tail = next((t for t in unit.tokens if t.dep_ == "appos" and t.right_edge.i >= unit.last), None)
        if tail is None or tail.left_edge.i - 1 <= unit.head.i or doc[tail.left_edge.i - 1].text != ",":
            return unit
        told = any(self.lexicon.noun_event(t) for t in tail.subtree)
        long = tail.right_edge.i - tail.left_edge.i + 1 >= _LONG_TAIL
        return replace(unit, last=tail.left_edge.i - 2) if long and not told else unit

    def _only_reports(self, token: Token) -> bool:
        """A verb of saying with its content, or one thrown in (`, officials said,`), tells nothing of its own."""
        content = content_of(token)
        if content is not None and (content.pos_ in VERBAL or content.dep_ != "dobj"):
            return True
        if content is not None and self.parsed.segment.role in _HEADLINES:
            return bool(self.lexicon.noun_event(content))
        return token.dep_ == "parataxis"

    def _only_doubts(self, token: Token) -> bool:
        """*It was too early to say whether …* tells nothing."""
        subject = own_subject(token)
        if token.lemma_ != "be" or subject is None or subject.lower_ != "it":
            return False
        return any(
            t.dep_ == "xcomp" and self.lexicon.is_pure_report(t) for c in token.children for t in (c, *c.children)
        )

    def _counted_content(self, token: Token) -> Iterator[Unit]:
        """*Officials reported at least 404 deaths since Sunday*: the count is told, the reporting is not."""
        noun = child_of(token, "dobj")
        if noun is not None and has(noun, "nummod") and self.lexicon.noun_event(noun) == "FIGURE":
            yield trimmed(Unit(self.parsed, noun, "nominal", noun.left_edge.i, noun.right_edge.i))

    def _verbless_content(self, token: Token) -> Iterator[Unit]:
        """In a headline, the thing said may have no verb: `Russia says offensive off the table`."""
        content = content_of(token)
        if content is not None and content.pos_ not in VERBAL and self.lexicon.noun_event(content):
            ends = [
                i for c in token.children if c.i >= content.i and c.dep_ in {"dobj", "prep", "oprd"} for i in edges(c)
            ]
            yield trimmed(Unit(self.parsed, content, "fragment", min(ends), max(ends)))

    def _accused(self, unit: Unit) -> Unit:
        """Add the accused to what they are accused of."""
        prep = unit.head.head
        accused = prep.head if prep.head.pos_ not in VERBAL else child_of(prep.head, "dobj")
        if accused is None or accused.i > unit.first:
            return unit
        return replace(unit, first=accused.left_edge.i, subject=accused)

    def _is_nominal_unit(self, token: Token, heads: Mapping[int, Kind]) -> bool:
        if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "poss", "npadvmod"}:
            return False
        if self.lexicon.is_span_of_time(token):
            return token.dep_ == "pobj" and token.head.lower_ in {"after", "following", "during"} and has(token, "prep")
        if not self.lexicon.noun_event(token) or is_known(token):
            return False
        if token.dep_ == "pobj" and self._is_charge(token):
            return True
        if token.dep_ == "pobj":
            kept_off = token.head.lower_ == "from" and token.head.head.lemma_ in _KEEPING_OFF
            kept_off = kept_off or token.head.head.lemma_ in _PAUSE
            return token.head.lower_ in _ADJUNCT_PREPS and not kept_off and says_more(token) and bool(heads)
        governor = token.head
        return token.dep_ == "dobj" and self.lexicon.is_cue(governor, "refusal") and has(token, "poss")

    def _is_price(self, token: Token) -> bool:
        """*Freed 55 men in return for 215*: what the other side gives is told as well."""
        counted = token.tag_ == "CD" or has(token, "nummod")
        return counted and token.dep_ == "pobj" and is_in_return(token.head)

    def _is_charge(self, token: Token) -> bool:
        """*Accused the rebels of an attack on a hospital*, *blamed them for atrocities*."""
        prep, holder = token.head, token.head.head
        accuser = holder if holder.pos_ in VERBAL else holder.head
        return prep.lower_ in {"of", "for", "over"} and self.lexicon.is_cue(accuser, "accusation")

    def _nominal(self, token: Token, cut: Cutter) -> Unit:
        first, last = cut.extent(token)
        last = max(last, *trailing_time(token, self.lexicon), last)
        if token.dep_ == "pobj" and is_in_return(token.head):
            first = token.head.head.head.i
        if token.dep_ == "pobj" and self._is_charge(token):
            return self._accused(trimmed(Unit(self.parsed, token, "nominal", first, last)))
        return trimmed(Unit(self.parsed, token, "nominal", first, last, child_of(token, "poss")))

    def _relations(self, token: Token) -> Iterator[Unit]:
        if token.dep_ == "appos" and self.lexicon.is_relation(token) and (has(token, "prep") or has(token, "poss")):
            last = max(
                (edges(c)[1] for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "to"}), default=token.i
            )
            yield Unit(self.parsed, token, "relation", token.head.left_edge.i, last, token.head)
        if token.lower_ not in self.lexicon.adjectives:
            return
        joined = [t.i for t in hyphenated(token)]
        if token.dep_ in {"compound", "amod"} and token.head.i > token.i and len(joined) > 1:
            first = min(token.left_edge.i, *joined)
            yield Unit(self.parsed, token, "relation", first, self._with_name(token.head), token.head)

    def _with_name(self, noun: Token) -> int:
        """*The rebel-held town of Northford*: return the index of the last word of the name."""
        if noun.lemma_.lower() not in self.lexicon.words("parts_of_places"):
            return noun.i
        ofs = (c for c in noun.children if c.lower_ == "of" and c.i == noun.i + 1)
        return next((g.right_edge.i for c in ofs for g in c.children if g.pos_ == "PROPN"), noun.i)
