"""How certain a clause is: established, planned, hypothetical or alleged, and whether it is denied.

A clause is judged by its own words (modals, *if*, *no*, *allegedly*) and by everything that it hangs on, from the
inside out: *denied* turns yes into no and makes it an allegation, *agreed* makes it a plan, *could* a possibility.
The weakest link decides: alleged beats hypothetical beats planned beats established, for a report must never make
more of a thing than was said. Two denials cancel each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from geo.facts.lexicon import states, verb_keys
from geo.facts.syntax import (
    SUBJECTS,
    VERBAL,
    first_conjunct,
    governor_of,
    has_to,
    is_condition,
    is_cut_off,
    is_inverted,
    own_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.extent import Kind, Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token
    from geo.types import Certainty

_WEAKER: tuple[Certainty, ...] = ("established", "planned", "hypothetical", "alleged")
_MAX_DEPTH = 12
_CONTENT_DEPS = frozenset(
    {"ccomp", "xcomp", "pcomp", "acl", "relcl", "advcl", "csubj", "conj", "prep", "pobj", "dobj", "parataxis"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How certain, and whether denied."""

    certainty: Certainty
    negated: bool
    reasons: tuple[str, ...] = ()
    """The words that decided, for a reader."""


def judged(unit: Unit, lexicon: Lexicon) -> Judged:
    """Return the certainty and polarity of a unit."""
    if unit.kind == "relation":
        return Judged("established", negated=False)
    signs = [*_own(unit, lexicon), *_governing(unit, lexicon)]
    certainty: Certainty = max((s.certainty for s in signs), key=_WEAKER.index, default=_WEAKER[0])
    negated = sum(s.flips for s in signs) % 2 == 1
    return Judged(certainty, negated, tuple(dict.fromkeys(s.word for s in signs)))


@dataclass(frozen=True, slots=True)
class _Sign:
    certainty: Certainty
    flips: bool
    word: str


def _own(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    yield from _by_kind(unit, lexicon)
    yield from _auxiliaries(unit, lexicon)
    yield from _chained(unit, lexicon)
    yield from _words(unit, lexicon)
    if _is_retracted(unit, lexicon):
        yield _Sign("alleged", flips=True, word="an earlier version")
    if _is_denied(unit, lexicon):
        yield _Sign("established", flips=True, word="not")


def _by_kind(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    if unit.kind == "condition":
        yield _Sign("hypothetical", flips=False, word="if")
    elif unit.kind == "infinitive":
        yield _Sign("planned", flips=False, word="to")
    elif _is_alternative(unit.head):
        yield _Sign("hypothetical", flips=False, word="either")
    elif not lexicon.is_cue(unit.head, "speech_acts") and any(
        is_condition(c) or is_inverted(c) for c in unit.head.children if c.dep_ in {"advcl", "ccomp"}
    ):
        yield _Sign("hypothetical", flips=False, word="if")


def _is_alternative(token: Token) -> bool:
    """*Either the generals talk, or the country falls apart*: neither is said to be so."""
    first = first_conjunct(token)
    return any(c.lower_ == "either" and c.dep_ in {"preconj", "cc", "advmod"} for c in first.children) and any(
        c.lower_ == "or" for c in first.children
    )


def _auxiliaries(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    modals = lexicon.raw["cues"]["modals"]
    for aux in _aux(unit.head):
        word = aux.lower_
        if word in modals["planned"]:
            yield _Sign("planned", flips=False, word=word)
        elif word in {"can", "could"} and (_is_denied(unit, lexicon) or unit.head.lemma_ in _PERCEIVED):
            continue  # being unable to is a fact, and denied by its own "not"; what can be heard is there
        elif word in modals["hypothetical"]:
            yield _Sign("hypothetical", flips=False, word=word)
        elif word in modals["conditional"]:
            perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in unit.head.children)
            yield _Sign("hypothetical" if perfect else "planned", flips=False, word=word)
    if unit.kind != "condition" and _is_subjunctive(unit.head):
        yield _Sign("planned", flips=False, word=unit.head.text)
    if _is_going_to(unit.head) or _is_headline_future(unit):
        yield _Sign("planned", flips=False, word="to")


_PERCEIVED = frozenset({"see", "hear", "feel", "smell"})


def _aux(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"} and child.tag_ != "TO":
            yield child
    if token.dep_ == "conj" and token.head.pos_ in VERBAL and not own_subject(token) and token.tag_ == token.head.tag_:
        yield from _aux(token.head)


def _is_subjunctive(token: Token) -> bool:
    """*That all weapons be withdrawn*, *that it withdraw*: a bare form with a subject and no auxiliary before it."""
    subject = own_subject(token)
    if subject is None or token.dep_ not in {"ccomp", "conj", "acl", "relcl"}:
        return False
    others = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if others:
        return others[0].lower_ == "be"
    third = subject.tag_ in {"NN", "NNP"} and subject.dep_ == "nsubj"
    return token.tag_ == "VB" and third


def _is_going_to(token: Token) -> bool:
    going = token.lemma_ == "go" and token.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in token.children)
    due = token.lemma_ == "be" and any(
        c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in token.children
    )
    have = (
        token.lemma_ == "have"
        and not _is_yet_to(token)
        and any(c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in token.children)
    )
    return going or due or have


def _is_yet_to(token: Token) -> bool:
    """*Has yet to free them*, *is still to be signed*: it has not happened."""
    yet = {"have": {"yet"}, "be": {"yet", "still"}, "remain": {"yet", "still", "remain"}}.get(token.lemma_, set())
    later = any(c.dep_ == "xcomp" and has_to(c) for c in token.children)
    return later and any(c.lower_ in yet for child in token.children for c in (child, *child.children))


def _is_headline_future(unit: Unit) -> bool:
    """*Russia to withdraw troops*: an infinitive with a subject, as headlines have it."""
    head = unit.head
    return (
        head.tag_ == "VB"
        and own_subject(head) is not None
        and any(c.tag_ == "TO" and c.i < head.i for c in head.children)
    )


def _chained(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    """The clause's verb may itself only plan: *was preparing corridors*, *plans to attack*."""
    head = unit.head
    if head.pos_ not in VERBAL:
        return
    if lexicon.is_cue(head, "weighing"):
        yield _Sign("hypothetical", flips=False, word=head.text)
    if _is_hearsay(head, lexicon):
        yield _Sign("alleged", flips=False, word=head.text)
    if lexicon.is_cue(head, "intention"):
        yield _Sign("planned", flips=False, word=head.text)
    complement = next((c for c in head.children if _is_expected(c, lexicon)), None)
    if complement is not None and (complement.dep_ == "acomp" or lexicon.is_cue(head, "expectation")):
        yield _Sign("planned", flips=False, word=head.text)


def _is_hearsay(token: Token, lexicon: Lexicon) -> bool:
    """*Are thought to have died*, *seem to be holding*: nobody says so himself."""
    passive = token.lemma_ in {"appear", "seem"} or any(c.dep_ == "auxpass" for c in token.children)
    return passive and lexicon.is_cue(token, "hearsay") and any(c.dep_ == "xcomp" and has_to(c) for c in token.children)


def _is_expected(token: Token, lexicon: Lexicon) -> bool:
    """*Expect to meet* or *expect a meeting*."""
    if token.dep_ in {"dobj", "nsubjpass"}:
        return lexicon.noun_event(token) is not None and lexicon.is_cue(token.head, "awaiting")
    if token.dep_ == "acomp":
        ready = token.lemma_.lower() in lexicon.words("resolved")
        return ready and any(c.dep_ == "xcomp" for c in token.children)
    return token.dep_ == "xcomp" and any(c.tag_ == "TO" for c in token.children)


def _words(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    adverbs = lexicon.raw["cues"]["adverbs"]
    adjectives = lexicon.raw["cues"]["governors"]
    for token in _near(unit):
        if token.lower_ in adverbs["alleged"]:
            yield _Sign("alleged", flips=False, word=token.lower_)
        elif token.lower_ in adverbs["hypothetical"]:
            yield _Sign("hypothetical", flips=False, word=token.lower_)
    if unit.kind in {"nominal", "fragment"}:
        words = {c.lower_ for c in unit.head.children if c.dep_ in {"amod", "compound"}}
        for certainty in ("alleged", "hypothetical"):
            if words & set(adjectives[certainty]["adjectives"]):
                yield _Sign(certainty, flips=False, word=certainty)
    phrase = _phrase(unit, lexicon) if unit.head.lemma_ not in {"rule", "call"} or unit.kind == "fragment" else None
    if phrase:
        yield _Sign("planned", flips=True, word=phrase)


def _near(unit: Unit) -> Iterator[Token]:
    yield from unit.head.children
    for child in unit.head.children:
        if child.dep_ in {"xcomp", *SUBJECTS, "attr", "dobj"}:
            yield from child.children


def _phrase(unit: Unit, lexicon: Lexicon) -> str | None:
    phrases = lexicon.raw["cues"]["negates"]["phrases"]
    whole = " ".join(t.lower_ for t in unit.tokens)
    if not any(p in whole for p in phrases):
        return None
    text = " ".join(t.lower_ for t in unit.tokens if not _is_aside(t, unit.head))
    return next((p for p in phrases if f" {p}" in text), None)


def _is_aside(token: Token, head: Token) -> bool:
    """Tell whether a word stands in a clause that only describes something in the unit."""
    below = takewhile(lambda t: t != head, (token, *token.ancestors))
    return any(t.dep_ in {"relcl", "acl", "appos"} for t in below)


def _is_denied(unit: Unit, lexicon: Lexicon) -> bool:
    head = unit.head
    words = set(lexicon.raw["cues"]["adverbs"]["negated"])
    subject = unit.subject if unit.subject is not None and unit.kind != "nominal" else None
    nobody = subject is not None and any(_is_negation(c, words) for c in subject.children)
    if nobody or _is_yet_to(head) or any(_is_negation(c, words) for c in head.children):
        return True
    if unit.kind == "nominal":
        return False
    deps = {"nsubj", "nsubjpass", "attr", "dobj"}
    noun = any(
        (c.dep_ in deps and any(_is_negation(g, words) for g in c.children)) or c.lower_ in _NOBODY
        for c in head.children
    )
    asks = any(lexicon.is_cue(head, name) for name in ("speech_acts", "control", "committing"))
    inner = not asks and any(_is_negation(g, words) for c in head.children if c.dep_ == "xcomp" for g in c.children)
    refused = _negating(head, lexicon) and not lexicon.is_cue(head, "ending")
    refused = refused and any(c.dep_ in {"xcomp", "pcomp"} for c in head.children)
    return noun or inner or (refused and not _is_speech(head, lexicon))


def _is_retracted(unit: Unit, lexicon: Lexicon) -> bool:
    """A correction notice repeats what an earlier version said in order to take it back."""
    words = lexicon.raw["cues"]["retractions"]
    openings = {each.split()[1] for each in words}
    if not any(t.lower_ in openings for t in unit.parsed.doc[: unit.head.i]):
        return False
    before = unit.parsed.doc[unit.head.sent.start : unit.head.i].text.lower()
    return any(each in before for each in words)


_NOBODY = frozenset({"nobody", "none", "nothing"})


def _is_negation(token: Token, words: set[str]) -> bool:
    return token.dep_ == "neg" or (token.lower_ in words and token.dep_ in {"det", "advmod", "preconj", "cc"})


def _is_speech(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.is_cue(token, "denial") or lexicon.is_cue(token, "refusal")


def _governing(unit: Unit, lexicon: Lexicon) -> Iterator[_Sign]:
    """Yield what the words that the unit hangs on make of it, from the nearest to the farthest.

    The occasion of a thing (*after a strike*) is as certain as what is told, but for an allegation.
    """
    if unit.kind == "nominal" and _is_setting(unit.head) and unit.head.dep_ == "pobj":
        told = governor_of(unit.head.head)
        signs = _climbed(told, "finite", lexicon) if told.dep_ == "ccomp" else iter(())
        yield from (sign for sign in signs if sign.certainty == "alleged" and not sign.flips)
    else:
        yield from _climbed(unit.head, unit.kind, lexicon)


def _climbed(token: Token, kind: Kind, lexicon: Lexicon) -> Iterator[_Sign]:
    for _ in range(_MAX_DEPTH):
        if token.dep_ in {"ROOT", "nsubj", "nsubjpass", "appos"} or token.head == token:
            return
        if is_cut_off(token) or token.dep_ not in _CONTENT_DEPS or (kind == "nominal" and _is_setting(token)):
            return
        if token.dep_ == "relcl" or (token.dep_ == "advcl" and kind not in {"infinitive", "participle", "absolute"}):
            yield from _around(token)
            yield from _accusing(token, lexicon)
            yield from _along(token, lexicon)
            return
        if token.dep_ == "advcl":
            yield from _modal(governor_of(token), lexicon)
            yield from _accusing(token, lexicon)
        elif token.dep_ != "conj" or _shares(token):
            yield from _governor(token.head, token, lexicon)
        token = governor_of(token)


def _modal(token: Token, lexicon: Lexicon) -> Iterator[_Sign]:
    """What is done along with a thing that only may or will happen, only may or will happen too."""
    modals = lexicon.raw["cues"]["modals"]
    for aux in _aux(token):
        for certainty in ("planned", "hypothetical"):
            if aux.lower_ in modals[certainty] or (aux.lower_ in modals["conditional"] and certainty == "planned"):
                yield _Sign(_typed_certainty(certainty), flips=False, word=aux.lower_)


def _accusing(token: Token, lexicon: Lexicon) -> Iterator[_Sign]:
    """*Blamed the rebels, saying they had shelled the road*: what is said belongs to the accusation, or the denial."""
    disputing = lexicon.is_cue(token.head, "accusation") or lexicon.is_cue(token.head, "denial")
    if token.dep_ == "advcl" and lexicon.is_cue(token, "report") and disputing:
        yield _Sign("alleged", flips=False, word=token.head.text)


def _along(token: Token, lexicon: Lexicon) -> Iterator[_Sign]:
    """*Will be freed while troops pull back*, *will not return until she is released*: its time is yet to come."""
    if token.dep_ != "advcl" or not (token.head.pos_ in VERBAL or _is_proviso(token)):
        return
    opened = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"} and c.i < token.i}
    ahead = _lies_ahead(token.head, lexicon)
    if _is_proviso(token) or (ahead and opened & {"until", "till", "before"}):
        yield _Sign("hypothetical", flips=False, word="until")
    elif ahead and opened & _WHILE and _is_present(token):
        yield _Sign("planned", flips=False, word="while")


_WHILE = frozenset({"while", "as", "when", "once", "after", "whenever", "where", "whereas"})


def _is_proviso(token: Token) -> bool:
    """*As long as shipments are in transit*."""
    mark = next((c for c in token.children if c.dep_ == "mark" and c.lower_ == "as" and c.i < token.i), None)
    return mark is not None and mark.i > 1 and mark.nbor(-1).lower_ == "long" and mark.nbor(-2).lower_ in {"as", "so"}


def _lies_ahead(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb, or what it is the infinitive of (*are due to be freed*), speaks of what is to come."""
    for _ in range(_MAX_DEPTH):
        if any(_modal(token, lexicon)) or _is_going_to(token) or _promises(token, lexicon):
            return True
        if token.dep_ not in {"xcomp", "acomp"} and not (token.dep_ == "ccomp" and token.tag_ == "VB"):
            return False
        token = token.head
    return False


def _promises(token: Token, lexicon: Lexicon) -> bool:
    return any(c.dep_ == "acomp" and _is_expected(c, lexicon) for c in token.children)


def _is_present(token: Token) -> bool:
    first = next((c for c in token.children if c.dep_ in {"aux", "auxpass"}), token)
    return first.tag_ in {"VBP", "VBZ", "VB"}


def _shares(token: Token) -> bool:
    return token.head.dep_ == "conj"


def _is_setting(token: Token) -> bool:
    """Is the noun only the occasion (*after the talks*), or a thing that was refused and so was there?"""
    if token.dep_ == "dobj":
        return True
    return token.lower_ in {"after", "before", "following", "during", "since", "amid", "despite", "from", "at"} or (
        token.head.lower_ in {"after", "following", "during", "since", "amid", "despite", "from", "at"}
    )


def _around(token: Token) -> Iterator[_Sign]:
    if is_inverted(token):
        yield _Sign("hypothetical", flips=False, word="if")


def _governor(governor: Token, child: Token, lexicon: Lexicon) -> Iterator[_Sign]:
    table = lexicon.raw["cues"]["governors"]
    kind = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}.get(governor.pos_)
    if governor.lemma_ == "be" and own_subject(governor) is not None:
        governor, kind = own_subject(governor) or governor, "nouns"
    if kind is None or child.dep_ == "conj" or (lexicon.is_cue(governor, "report_events") and states(child)):
        return
    certainty = next(
        (c for c in ("alleged", "hypothetical", "planned") if _listed(governor, table[c].get(kind, ()))), None
    )
    negates = (
        _negating(governor, lexicon)
        if kind == "verbs"
        else _listed(governor, lexicon.raw["cues"]["negates"].get(kind, ()))
    )
    not_so = any(c.dep_ == "neg" for c in governor.children)
    if not_so and kind == "verbs" and lexicon.is_cue(governor, "vouching"):
        certainty, negates, not_so = "alleged", False, False
    if certainty or negates or not_so:
        yield _Sign(_typed_certainty(certainty), flips=negates != (not_so and kind == "verbs"), word=governor.text)


def _typed_certainty(value: str | None) -> Certainty:
    return next((c for c in _WEAKER if c == value), "established")


def _negating(token: Token, lexicon: Lexicon) -> bool:
    return _listed(token, lexicon.raw["cues"]["negates"]["verbs"])


def _listed(token: Token, words: object) -> bool:
    return isinstance(words, list | tuple) and any(key in words for key in verb_keys(token))
