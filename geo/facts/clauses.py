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
from typing import TYPE_CHECKING, Literal

from geo.facts import lexicon as lex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.facts.lexicon import Lexicon
    from geo.language import Doc, ParsedSegment, SentenceSpan, Token

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
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "dep", "csubj", "pcomp", "acl", "xcomp"})
_WITH = frozenset({"with", "without"})
_HEADLINES = frozenset({"headline", "subheadline"})
_ADDING = frozenset(
    [
        "accuse",
        "say",
        "add",
        "blame",
        "warn",
        "claim",
        "call",
        "urge",
        "describe",
        "cite",
        "denounce",
        "insist",
        "note",
        "announce",
    ]
)
_JOINING = frozenset(
    [
        "that",
        "as",
        "when",
        "while",
        "if",
        "whether",
        "because",
        "since",
        "after",
        "before",
        "although",
        "though",
        "until",
        "unless",
        "where",
        "once",
        "whereas",
        "so",
    ]
)
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_OBJECTS = frozenset({"dobj", "pobj", "attr", "oprd", "dative"})
_ADJUNCT_PREPS = frozenset(
    [
        "after",
        "following",
        "during",
        "before",
        "since",
        "amid",
        "despite",
        "from",
        "ahead",
        "at",
        "until",
        "over",
        "under",
        "in",
        "on",
        "through",
        "throughout",
    ]
)
_OPENING, _CLOSING = frozenset("\"“‘'«("), frozenset("\"”’'»)")
_MIN_OWN_TOKENS = 4
_DATELINE = re.compile(
    r"[A-Z][\w.'’/ -]{1,40}?(?:,\s[^—–-]{2,40}?)?\s*(?:\([^()]{1,30}\))?\s*(?:—|–|--|\s-)\s+(?=[\"“A-Z])"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause or clause-like phrase: token indices into its segment's `doc`, both ends included."""

    parsed: ParsedSegment
    head: Token
    kind: Kind
    first: int
    last: int
    subject: Token | None = None
    """The subject's head word, shared or inherited where the clause has none of its own."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of the unit's stretch."""
        doc: Doc = self.parsed.doc
        return tuple(doc[self.first : self.last + 1])


def units(parsed: ParsedSegment, lexicon: Lexicon) -> list[Unit]:
    """Return the units of a segment in text order."""
    found = [unit for sentence in parsed.sentences for unit in _Sentence(parsed, sentence, lexicon).units()]
    begins = _after_dateline(parsed)
    kept = [_trimmed(replace(unit, first=max(unit.first, begins))) for unit in found if unit.last > begins]
    told = [unit for unit in kept if unit.kind in {"nominal", "relation"} or unit.last > unit.first]
    return sorted(told, key=lambda unit: (unit.first, -unit.last))


def _after_dateline(parsed: ParsedSegment) -> int:
    """Return the index of the first token behind `GENEVA, March 3 (Agency) -`."""
    match = _DATELINE.match(parsed.doc.text) if parsed.segment.role == "body" else None
    return next((t.i for t in parsed.doc if t.idx >= match.end()), 0) if match else 0


@dataclass(frozen=True, slots=True)
class _Sentence:
    parsed: ParsedSegment
    sentence: SentenceSpan
    lexicon: Lexicon

    def units(self) -> Iterator[Unit]:
        heads = dict(self._heads())
        nominals = {t.i for t in self.sentence if self._is_nominal_unit(t, heads)}
        claimed = {i for n in nominals for i in _trailing_time(self.parsed.doc[n], self.lexicon)}
        cut = _Cutter(frozenset(heads), frozenset(nominals), frozenset(claimed), self.lexicon)
        for token in self.sentence:
            if token.i in heads:
                yield from self._clause(token, heads[token.i], cut)
            elif token.i in nominals:
                yield self._nominal(token, cut)
            yield from self._relations(token)

    def _heads(self) -> Iterator[tuple[int, Kind]]:
        for token in self.sentence:
            kind = self._kind(token)
            if kind:
                yield token.i, kind

    def _kind(self, token: Token) -> Kind | None:  # noqa: PLR0911  one line for each shape of clause
        if token.pos_ not in VERBAL or token.dep_ not in _CLAUSAL:
            return None
        if token.dep_ == "conj" and token.head.pos_ in VERBAL:
            return self._conjoined(token)
        if token.dep_ == "relcl":
            return "relative" if self._is_own_relative(token) else None
        if _misread_clause(token):
            return "finite"
        if token.dep_ == "xcomp" and token.tag_ == "VBG" and self.lexicon.is_cue(token.head, "denial"):
            return "gerund"
        if token.dep_ in {"acl", "xcomp"} and not own_subject(token):
            return self._infinitive(token)
        if token.dep_ == "pcomp":
            return self._prepositional(token)
        if token.dep_ == "advcl" and not own_subject(token):
            return self._adverbial(token)
        if token.dep_ in {"ccomp", "advcl", "ROOT", "parataxis", "dep", "csubj", "xcomp", "conj"}:
            return self._finite(token)
        return None

    def _finite(self, token: Token) -> Kind | None:
        if token.dep_ == "ROOT" and token.tag_ == "VBG" and not _has(token, "aux"):
            return "fragment" if own_subject(token) else None
        if token.dep_ == "advcl" and is_condition(token):
            return "condition"
        if is_inverted(token):
            return "condition"
        if token.dep_ == "xcomp":
            return "finite" if own_subject(token) and token.tag_ not in {"VB", "VBG"} else None
        if token.dep_ in {"ccomp", "xcomp"} and (_is_question(token) or not self._is_told(token)):
            return None
        if own_subject(token) or token.dep_ == "ROOT" or is_tensed(token):
            return "finite"
        return "gerund" if token.tag_ == "VBG" and self.lexicon.is_cue(token.head, "denial") else None

    def _is_told(self, token: Token) -> bool:
        """The content of saying stands by itself; that of agreeing or ensuring only where it tells an event."""
        governor = _first_conjunct(token.head)
        if self.lexicon.is_pure_report(governor) or token.i < governor.i:
            return True
        if self.lexicon.is_cue(governor, "manner") or self.lexicon.is_cue(governor, "control"):
            return False
        return self.lexicon.has_event(token)

    def _conjoined(self, token: Token) -> Kind | None:
        first = _first_conjunct(token)
        if own_subject(token):
            return "condition" if is_inverted(token) else "finite"
        base = self._kind(first)
        if base in {"infinitive", "gerund", "participle", "absolute", "condition"}:
            return base
        if first.dep_ == "xcomp" or (first.tag_ == "VB" and _has_to(first)):
            return "infinitive" if _long_enough(token) else None
        return "finite" if base else None

    def _is_own_relative(self, token: Token) -> bool:
        comma = any(
            t.text in {",", "–", "—", "-"} for t in token.doc[max(0, token.left_edge.i - 1) : token.left_edge.i]
        )
        modal = any(c.tag_ == "MD" for c in token.children)
        return (comma and self._says_something(token)) or modal or self._has_own_actor(token)

    def _has_own_actor(self, token: Token) -> bool:
        """*Sailors whom Russia had captured*: somebody else acts, so it is told anew."""
        subject = own_subject(token)
        named = subject is not None and subject.pos_ in {"PROPN", "NOUN"} and subject.tag_ not in _RELATIVE_TAGS
        more = any(c.dep_ in {"prep", "npadvmod", "advmod"} and c.i > token.i for c in token.children)
        return named and more and self.lexicon.has_event(token) and not self.lexicon.is_pure_report(token)

    def _says_something(self, token: Token) -> bool:
        return self.lexicon.has_event(token) or not self.lexicon.is_pure_report(token)

    def _infinitive(self, token: Token) -> Kind | None:
        """A purpose that spaCy hung on the object (`preparing corridors to evacuate`) or a noun's complement."""
        if self._is_manner(token):
            return None
        if not _has_to(token) or token.head.pos_ not in VERBAL or not _long_enough(token):
            return None
        between = token.doc[token.head.i + 1 : token.left_edge.i]
        has_object = any(t.dep_ == "dobj" and t.head == token.head for t in between)
        return "infinitive" if has_object and not self.lexicon.is_cue(token.head, "control") else None

    def _prepositional(self, token: Token) -> Kind | None:
        prep = token.head
        if prep.lower_ in _WITH and own_subject(token):
            return "absolute"
        if prep.lower_ in {"of", "for", "with"} and not own_subject(token) and self._accuser(prep):
            return "gerund"
        if own_subject(token):
            return "finite"
        adjunct = prep.lower_ in {"after", "before", "without", "by"} and _long_enough(token)
        return "participle" if adjunct and self.lexicon.has_event(token) else None

    def _accuser(self, prep: Token) -> Token | None:
        holder = prep.head if prep.head.pos_ in VERBAL else prep.head.head
        return holder if self.lexicon.is_cue(holder, "accusation") else None

    def _is_manner(self, token: Token) -> bool:
        """*To ensure that*, and any purpose within a with-phrase, say nothing of their own."""
        return self.lexicon.is_cue(token, "manner") or any(a.dep_ == "pcomp" for a in (token.head, token.head.head))

    def _adverbial(self, token: Token) -> Kind | None:
        if is_condition(token):
            return "condition"
        if self._is_manner(token):
            return None
        if _has_to(token):
            return "infinitive" if _long_enough(token) else None
        if token.tag_ == "VBG":
            return "participle" if self.lexicon.has_event(token) or self.lexicon.has_count(token) else None
        return "participle" if token.tag_ == "VBN" and self.lexicon.is_place_state(token) else None

    def _clause(self, token: Token, kind: Kind, cut: _Cutter) -> Iterator[Unit]:
        if self.lexicon.is_pure_report(token) and self._only_reports(token):
            yield from self._verbless_content(token)
            return
        if self._only_doubts(token):
            return
        first, last = cut.extent(token)
        if kind == "finite" and _misread_clause(token):
            first = token.head.left_edge.i
        elif kind == "finite" and subject_of(token) is None:
            first = token.left_edge.i
        unit = Unit(self.parsed, token, kind, first, last, subject_of(token))
        if kind == "relative":
            unit = _relative(unit)
        elif kind == "gerund":
            unit = self._accused(unit)
        elif kind == "absolute":
            unit = replace(unit, first=min(unit.first, token.head.i))
        elif kind == "condition" and is_inverted(token):
            unit = _uninverted(unit)
        elif kind == "participle" and token.tag_ == "VBN":
            unit = _preposed(unit)
        yield _with_condition(_trimmed(self._without_described(unit)))

    def _without_described(self, unit: Unit) -> Unit:
        """*Russia, the backer of Syria, agreed*: the apposition is a unit, and the rest begins behind it."""
        subject = own_subject(unit.head)
        described = subject is not None and any(
            c.dep_ == "appos" and self.lexicon.is_relation(c) for c in subject.children
        )
        if subject is None or not described or unit.first > subject.i:
            return unit
        return replace(unit, first=subject.right_edge.i + 1)

    def _only_reports(self, token: Token) -> bool:
        """A verb of saying with its content, or one thrown in (`, officials said,`), tells nothing of its own."""
        content = _content(token)
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

    def _verbless_content(self, token: Token) -> Iterator[Unit]:
        """In a headline, the thing said may have no verb: `Russia says offensive off the table`."""
        content = _content(token)
        if content is not None and content.pos_ not in VERBAL and self.lexicon.noun_event(content):
            ends = [
                i for c in token.children if c.i >= content.i and c.dep_ in {"dobj", "prep", "oprd"} for i in _edges(c)
            ]
            yield _trimmed(Unit(self.parsed, content, "fragment", min(ends), max(ends)))

    def _accused(self, unit: Unit) -> Unit:
        """Add the accused to what they are accused of."""
        prep = unit.head.head
        accused = prep.head if prep.head.pos_ not in VERBAL else _child(prep.head, "dobj")
        if accused is None or accused.i > unit.first:
            return unit
        return replace(unit, first=accused.left_edge.i, subject=accused)

    def _is_nominal_unit(self, token: Token, heads: dict[int, Kind]) -> bool:
        if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "poss", "npadvmod"}:
            return False
        if self.lexicon.is_span_of_time(token):
            return token.dep_ == "pobj" and token.head.lower_ in {"after", "following"} and _has(token, "prep")
        if not self.lexicon.noun_event(token) or _is_known(token):
            return False
        if token.dep_ == "pobj":
            return token.head.lower_ in _ADJUNCT_PREPS and _says_more(token) and bool(heads)
        governor = token.head
        return token.dep_ == "dobj" and self.lexicon.is_cue(governor, "refusal") and _has(token, "poss")

    def _nominal(self, token: Token, cut: _Cutter) -> Unit:
        first, last = cut.extent(token)
        last = max(last, *_trailing_time(token, self.lexicon), last)
        return _trimmed(Unit(self.parsed, token, "nominal", first, last, _child(token, "poss")))

    def _relations(self, token: Token) -> Iterator[Unit]:
        if token.dep_ == "appos" and self.lexicon.is_relation(token) and _has(token, "prep"):
            last = max(
                (_edges(c)[1] for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "to"}), default=token.i
            )
            yield Unit(self.parsed, token, "relation", token.head.left_edge.i, last, token.head)
        if token.lower_ in self.lexicon.adjectives and token.dep_ in {"compound", "amod"} and token.head.i > token.i:
            first = min(token.left_edge.i, *(t.i for t in _hyphenated(token)))
            yield Unit(self.parsed, token, "relation", first, token.head.i, token.head)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts from a unit's subtree what belongs to other units."""

    heads: frozenset[int]
    nominals: frozenset[int]
    claimed: frozenset[int]
    """Bare times that a noun phrase takes from the verb which the parser hung them on."""
    lexicon: Lexicon

    def extent(self, head: Token) -> tuple[int, int]:
        kept = sorted(self._kept(head, head))
        return kept[0], kept[-1]

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
            return not self._belongs(child)
        if child.dep_ in {"conj", "appos"} and any(c.i in self.heads for c in child.children):
            return True
        if child.dep_ in {"prep", "agent"}:
            return (
                child.lower_ == "according"
                or any(self._is_cut_below(c) for c in child.children)
                or self._is_absolute(child)
            )
        if child.dep_ == "advcl" and child.i < head.i and not own_subject(child):
            return True
        return child.dep_ == "advcl" and self.lexicon.is_pure_report(child)

    def _is_cut_below(self, token: Token) -> bool:
        return token.dep_ == "pobj" and token.i in self.nominals

    def _is_absolute(self, prep: Token) -> bool:
        return prep.lower_ in _WITH and any(c.i in self.heads for c in prep.children)

    def _belongs(self, child: Token) -> bool:
        """The content of an agreement, a demand or an accusation is part of it."""
        if child.dep_ in {"ccomp", "xcomp"}:
            return not self.lexicon.is_pure_report(child.head) and child.i > child.head.i and not is_inverted(child)
        return child.dep_ in {"pcomp", "csubj"} and child.head.lower_ not in {"after", "before", "with", "without"}


def own_subject(token: Token) -> Token | None:
    """Return the subject that hangs on this very word, or None."""
    found = [c for c in token.children if c.dep_ in SUBJECTS]
    return next((c for c in reversed(found) if c.i < token.i), found[0] if found else None)


def subject_of(token: Token) -> Token | None:
    """Return a clause's subject: its own, that of the verb it is joined to, or that of the verb which governs it."""
    for _ in range(12):
        subject = own_subject(token)
        if subject is not None and subject.tag_ not in {"WDT", "WP"}:
            return subject
        if token.dep_ == "relcl":
            return token.head
        if token.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and token.head.pos_ in VERBAL:
            token = governor_of(token)
            continue
        return token.head if token.dep_ == "acl" else None
    return None


def governor_of(token: Token) -> Token:
    """Return the word that a clause hangs on, mended where the parser hangs a second saying on what was said first.

    In *denied that they had fired, accusing the coalition of …* the accuser is who denied, not who fired.
    """
    head = token.head
    added = token.dep_ == "advcl" and token.tag_ == "VBG" and token.i > head.i and token.lemma_ in _ADDING
    reported = head.dep_ == "ccomp" and head.head.i < head.i and head.head.pos_ in VERBAL
    return head.head if added and reported and token.left_edge.i and token.left_edge.nbor(-1).text == "," else head


def is_tensed(token: Token) -> bool:
    """Tell whether a verb has a tense of its own or an auxiliary that has one."""
    return token.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in token.children
    )


def is_condition(token: Token) -> bool:
    """Tell whether a clause is opened by *if*, *unless*, *in case*, *provided* …."""
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod", "prep"} and c.i < token.i}
    return bool(marks & lex.CONDITIONS)


def is_inverted(token: Token) -> bool:
    """Tell whether a clause is a condition by word order: *should Assad mount*, *had they agreed*, *were he to*."""
    subject = own_subject(token)
    if subject is None or token.tag_ == "MD":
        return False
    if any(t.tag_ in _RELATIVE_TAGS for t in token.subtree if t.i < token.i) or "?" in token.sent.text[-2:]:
        return False
    return any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"should", "had", "were"} and c.i < subject.left_edge.i
        for c in token.children
    )


def _misread_clause(token: Token) -> bool:
    """*…, and no civilians left*: a noun joined to a verb, with its verb hung on it as a participle, is a clause."""
    noun = token.head
    return token.dep_ == "acl" and token.tag_ in {"VBN", "VBD"} and noun.dep_ == "conj" and noun.head.pos_ in VERBAL


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.pos_ in VERBAL:
        token = token.head
    return token


def _is_question(token: Token) -> bool:
    """*Has not said how many died*, *to explain why it gave up*: asked, not told."""
    before = [t for t in token.subtree if t.i < token.i and t.tag_ in _RELATIVE_TAGS]
    return token.dep_ == "ccomp" and any(
        t.lower_ in {"how", "why", "what", "when", "where", "which", "who"} for t in before
    )


def _content(token: Token) -> Token | None:
    """Return what a verb of saying says: a clause, or in a headline a noun."""
    for child in token.children:
        denied = child.tag_ == "VBG" and token.lemma_ == "deny"
        clause = child.dep_ == "ccomp" or (child.dep_ == "xcomp" and (own_subject(child) is not None or denied))
        content = clause or (child.dep_ == "advcl" and child.i < token.i)
        if content and not is_inverted(child):
            return child
    return next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i and c.pos_ != "PRON"), None)


def _relative(unit: Unit) -> Unit:
    """Leave the relative word out, or, where it is the subject, put what it stands for before it."""
    pronoun = next((t for t in unit.tokens if t.tag_ in _RELATIVE_TAGS), None)
    noun = unit.head.head
    if pronoun is None:
        return unit
    if pronoun.dep_ in SUBJECTS:
        return replace(unit, first=noun.left_edge.i, subject=noun)
    return replace(unit, first=pronoun.i + 1) if pronoun.i < unit.head.i else unit


def _uninverted(unit: Unit) -> Unit:
    """*Should Assad mount his assault* says: Assad mount his assault."""
    subject = own_subject(unit.head)
    return replace(unit, first=subject.left_edge.i) if subject is not None else unit


def _preposed(unit: Unit) -> Unit:
    """*Situated near the border, Idlib …*: add the subject that follows."""
    subject = own_subject(unit.head.head)
    if subject is None or subject.i < unit.last:
        return unit
    return replace(unit, last=subject.right_edge.i, subject=subject)


def _trimmed(unit: Unit) -> Unit:
    """Return the unit without punctuation and joining words at its ends; a quotation mark stays with its partner."""
    tokens = unit.tokens
    first, last = 0, len(tokens) - 1
    while first < last and _is_trim(tokens[first], tokens[first + 1 :], _CLOSING):
        first += 1
    while last > first and _is_trim(tokens[last], tokens[first:last], _OPENING):
        last -= 1
    found = replace(unit, first=tokens[first].i, last=tokens[last].i)
    return _with_quotes(found)


def _with_condition(unit: Unit) -> Unit:
    """Take in the condition that follows without a comma: *a crisis that could erupt should he attack*."""
    doc = unit.parsed.doc
    at = unit.last + 1
    if at + 1 >= len(doc) or unit.kind == "condition":
        return unit
    for token in doc[at].sent:
        if token.pos_ in VERBAL and token.left_edge.i == at and (is_inverted(token) or is_condition(token)):
            return _trimmed(replace(unit, last=token.right_edge.i))
    return unit


def _is_trim(token: Token, others: Iterable[Token], partners: frozenset[str]) -> bool:
    if token.is_space or (token.dep_ == "cc" or (token.dep_ == "mark" and token.lower_ in _JOINING)):
        return True
    if not token.is_punct:
        return False
    return token.text not in _OPENING | _CLOSING or not any(t.text in partners for t in others)


def _with_quotes(unit: Unit) -> Unit:
    """Take in a quotation mark that stands just outside, where its partner is inside."""
    doc = unit.parsed.doc
    texts = [t.text for t in unit.tokens]
    before = doc[unit.first - 1] if unit.first else None
    marks = sum(t in '"“”' for t in texts)
    if before is not None and before.text in '"“' and marks % 2:
        return replace(unit, first=before.i)
    after = doc[unit.last + 1] if unit.last + 1 < len(doc) else None
    return replace(unit, last=after.i) if after is not None and after.text in '"”' and marks % 2 else unit


def _trailing_time(token: Token, lexicon: Lexicon) -> list[int]:
    """*A summit last week*: the parser often hangs the bare time on the verb; it belongs to the noun before it."""
    doc = token.doc
    found: list[int] = []
    at = token.i + 1
    while at < len(doc) and lexicon.is_time_word(doc[at]) and doc[at].sent == token.sent:
        found.append(at)
        at += 1
    return found


def _is_known(token: Token) -> bool:
    """*The talks*, *this attack*, *his assault*: spoken of before, no news by themselves unless they say more."""
    return any(c.dep_ in {"det", "poss"} and c.lower_ in _DEFINITE for c in token.children)


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "such"})


def _says_more(token: Token) -> bool:
    return any(c.dep_ in {"prep", "poss", "amod", "acl", "relcl", "nummod"} for c in token.children)


def _hyphenated(token: Token) -> Iterator[Token]:
    yield token
    if token.i >= 2 and token.nbor(-1).text in {"-", "‑", "–"}:
        yield token.nbor(-2)


def _edges(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i


def _child(token: Token, dep: str) -> Token | None:
    return next((c for c in token.children if c.dep_ == dep), None)


def _has(token: Token, dep: str) -> bool:
    return any(c.dep_ == dep for c in token.children)


def _has_to(token: Token) -> bool:
    return any(c.tag_ == "TO" for c in token.children)


def _long_enough(token: Token) -> bool:
    return sum(1 for _ in token.subtree) >= _MIN_OWN_TOKENS
