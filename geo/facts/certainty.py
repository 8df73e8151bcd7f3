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

from geo.facts.governors import governing
from geo.facts.lexicon import is_bare
from geo.facts.signs import WEAKER, Sign, auxiliaries, is_expected, is_going_to, is_yet_to, negating
from geo.facts.syntax import (
    SUBJECTS,
    VERBAL,
    first_conjunct,
    has,
    has_to,
    is_aim,
    is_condition,
    is_inverted,
    own_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token
    from geo.types import Certainty


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
        return Judged("alleged" if _is_cited(unit.head) else "established", negated=False)
    signs = [*_own(unit, lexicon), *governing(unit, lexicon)]
    certainty: Certainty = max((s.certainty for s in signs), key=WEAKER.index, default=WEAKER[0])
    negated = sum(s.flips for s in signs) % 2 == 1
    return Judged(certainty, negated, tuple(dict.fromkeys(s.word for s in signs)))


def _is_cited(token: Token) -> bool:
    """*Citing the presence of rebel-backed militias*: a ground that somebody gives is his claim."""
    return next((a.lemma_ == "cite" for a in token.ancestors if a.pos_ in VERBAL), False)


def _own(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    yield from _by_kind(unit, lexicon)
    yield from _auxiliaries(unit, lexicon)
    yield from _chained(unit, lexicon)
    yield from _words(unit, lexicon)
    if _is_provided(unit):
        yield Sign("hypothetical", flips=False, word="provided")
    if _is_answered(unit, lexicon):
        yield Sign("alleged", flips=False, word="by")
    if _is_retracted(unit, lexicon):
        yield Sign("alleged", flips=True, word="an earlier version")
    if _is_denied(unit, lexicon):
        yield Sign("established", flips=True, word="not")


def _is_provided(unit: Unit) -> bool:
    """*Provided both sides guarantee it*: what the parser may take for a participle opens a condition."""
    opening = unit.parsed.doc[max(0, unit.first - 2) : unit.first + 1]
    return unit.kind != "nominal" and any(
        token.lower_ in {"provided", "providing"} and token.i != unit.head.i for token in opening
    )


def _is_answered(unit: Unit, lexicon: Lexicon) -> bool:
    """*Was taken by the authorities, who said that it had been lent*: those who did it tell it otherwise."""
    agents = (g for c in unit.head.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")
    return any(v.dep_ == "relcl" and lexicon.is_cue(v, "report") for agent in agents for v in agent.children)


def _by_kind(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    if unit.kind == "condition":
        yield Sign("hypothetical", flips=False, word="if")
    elif unit.kind == "infinitive":
        yield Sign("planned", flips=False, word="to")
    elif _is_alternative(unit.head):
        yield Sign("hypothetical", flips=False, word="either")
    elif not lexicon.is_cue(unit.head, "speech_acts") and any(
        is_condition(c) or is_inverted(c) for c in unit.head.children if c.dep_ in {"advcl", "ccomp"}
    ):
        yield Sign("hypothetical", flips=False, word="if")


def _is_alternative(token: Token) -> bool:
    """*Either the generals talk, or the country falls apart*: neither is said to be so."""
    first = first_conjunct(token)
    return any(c.lower_ == "either" and c.dep_ in {"preconj", "cc", "advmod"} for c in first.children) and any(
        c.lower_ == "or" for c in first.children
    )


def _auxiliaries(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    for aux in auxiliaries(unit.head):
        yield from _helping(aux.lower_, unit, lexicon)
    if unit.kind != "condition" and _is_subjunctive(unit.head):
        yield Sign("planned", flips=False, word=unit.head.text)
    cleft = unit.head.lemma_ == "be" and _is_what_will_be(unit.head)
    if cleft or is_going_to(unit.head) or _is_headline_future(unit):
        yield Sign("planned", flips=False, word="to")


def _helping(word: str, unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    """Yield what a helping verb makes of a clause."""
    modals = lexicon.raw["cues"]["modals"]
    if word == "would" and _is_unwilling(unit.head):
        yield Sign("established", flips=False, word="would not")
    elif word in modals["planned"]:
        yield Sign("planned", flips=False, word=word)
    elif word in {"can", "could"} and _is_told_of_can(unit, lexicon):
        return
    elif word in modals["hypothetical"]:
        yield Sign("hypothetical", flips=False, word=word)
    elif word in modals["conditional"]:
        perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in unit.head.children)
        yield Sign("hypothetical" if perfect else "planned", flips=False, word=word)


def _is_told_of_can(unit: Unit, lexicon: Lexicon) -> bool:
    """Being unable to is a fact, and denied by its own *not*; what can be heard is there."""
    unable = _is_denied(unit, lexicon) or _phrase(unit, lexicon) == "no longer"
    return unable or unit.head.lemma_ in _PERCEIVED


def _is_unwilling(token: Token) -> bool:
    """*Talks never began, as they would not sit down*: a refusal that is told as a reason is done."""
    reason = token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _REASONS for c in token.children)
    return reason and any(c.dep_ == "neg" for c in token.children) and token.head.tag_ in {"VBD", "VBN"}


_REASONS = frozenset({"as", "because", "since"})


def _is_what_will_be(token: Token) -> bool:
    """*That is what it will have*."""
    whole = (c for c in token.children if c.dep_ == "ccomp" and c.i > token.i)
    return any(c.tag_ == "WP" for each in whole for c in each.children) and any(
        c.lower_ in _WILL for each in token.children if each.dep_ == "ccomp" for c in each.children if c.dep_ == "aux"
    )


_WILL = frozenset({"will", "shall", "'ll", "’ll", "would"})
_PERCEIVED = frozenset({"see", "hear", "feel", "smell"})


def _is_subjunctive(token: Token) -> bool:
    """*That all weapons be withdrawn*, *that it withdraw*: a bare form with a subject and no auxiliary before it."""
    subject = own_subject(token)
    if subject is None or token.dep_ not in {"ccomp", "conj", "acl", "relcl"}:
        return False
    others = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if others:
        return others[0].lower_ == "be"
    third = subject.tag_ in {"NN", "NNP"} and subject.dep_ == "nsubj"
    return (token.tag_ == "VB" and third) or is_bare(token)


def _is_headline_future(unit: Unit) -> bool:
    """*Russia to withdraw troops*, *calls for monitors to be sent*: an infinitive with a subject."""
    head = unit.head
    passive = head.tag_ == "VBN" and any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in head.children)
    return (
        (head.tag_ == "VB" or passive)
        and own_subject(head) is not None
        and any(c.tag_ == "TO" and c.i < head.i for c in head.children)
    )


def _chained(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    """The clause's verb may itself only plan: *was preparing corridors*, *plans to attack*."""
    head = unit.head
    if head.pos_ not in VERBAL:
        return
    if lexicon.is_cue(head, "weighing"):
        yield Sign("hypothetical", flips=False, word=head.text)
    if _is_hearsay(head, lexicon):
        yield Sign("alleged", flips=False, word=head.text)
    if any(c.dep_ == "acomp" and lexicon.is_cue(c, "improbable") and has(c, "xcomp") for c in head.children):
        yield Sign("hypothetical", flips=True, word="unlikely")
    if lexicon.is_cue(head, "stirring") and any(_is_prospect(c, lexicon) for c in head.children):
        yield Sign("hypothetical", flips=False, word=head.text)
    if lexicon.is_cue(head, "intention") or is_aim(head) or _is_appointed(head):
        yield Sign("planned", flips=False, word=head.text)
    complement = next((c for c in head.children if is_expected(c, lexicon)), None)
    if complement is not None and (complement.dep_ == "acomp" or lexicon.is_cue(head, "expectation")):
        yield Sign("planned", flips=False, word=head.text)


def _is_prospect(token: Token, lexicon: Lexicon) -> bool:
    """*Raised hopes of a settlement*: it is only hoped for."""
    ofs = (c for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "for"})
    hoped = any(lexicon.noun_event(g) for c in ofs for g in c.children if g.dep_ == "pobj")
    return token.dep_ == "dobj" and token.lemma_ in _PROSPECTS and hoped


_PROSPECTS = frozenset(
    {"hope", "prospect", "possibility", "chance", "fear", "risk", "threat", "danger", "spectre", "specter"}
)


def _is_empty(token: Token, lexicon: Lexicon) -> bool:
    """*Passed without a single departure*, *acted without consulting him*: what is told is that it was not so."""
    without = (c for c in token.children if c.dep_ == "prep" and c.lower_ == "without")
    return lexicon.is_cue(token, "empty") and any(c.dep_ in {"pcomp", "pobj"} for w in without for c in w.children)


def _is_appointed(token: Token) -> bool:
    """*Set Thursday as the moment when the road will be closed*: scheduled."""
    nouns = (g.lemma_ for c in token.children if c.lower_ == "as" for g in c.children)
    return token.lemma_ == "set" and not {"moment", "date", "day", "time", "deadline"}.isdisjoint(nouns)


def _is_hearsay(token: Token, lexicon: Lexicon) -> bool:
    """*Are thought to have died*, *seem to be holding*: nobody says so himself."""
    passive = token.lemma_ in {"appear", "seem"} or any(c.dep_ == "auxpass" for c in token.children)
    return passive and lexicon.is_cue(token, "hearsay") and any(c.dep_ == "xcomp" and has_to(c) for c in token.children)


def _words(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    adverbs = lexicon.raw["cues"]["adverbs"]
    adjectives = lexicon.raw["cues"]["governors"]
    for token in _near(unit):
        if token.lower_ in adverbs["alleged"]:
            yield Sign("alleged", flips=False, word=token.lower_)
        elif token.lower_ in adverbs["hypothetical"]:
            yield Sign("hypothetical", flips=False, word=token.lower_)
    if unit.kind in {"nominal", "fragment"}:
        words = {c.lower_ for c in unit.head.children if c.dep_ in {"amod", "compound"}}
        for certainty in ("alleged", "hypothetical"):
            if words & set(adjectives[certainty]["adjectives"]):
                yield Sign(certainty, flips=False, word=certainty)
    phrase = _phrase(unit, lexicon) if unit.head.lemma_ not in {"rule", "call"} or unit.kind == "fragment" else None
    if phrase:
        yield Sign("established" if phrase == "no longer" else "planned", flips=True, word=phrase)


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
    if (
        nobody
        or _shares_denial(head, words)
        or _is_empty(head, lexicon)
        or is_yet_to(head)
        or any(_is_negation(c, words) for c in head.children)
    ):
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
    refused = negating(head, lexicon) and not lexicon.is_cue(head, "ending")
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


_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})


def _shares_denial(token: Token, words: set[str]) -> bool:
    """*Does not pay or command them*, *without firing*: denied by a word before it."""
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return True
    first = token.head
    bare = not any(c.dep_ in {"aux", "auxpass", "neg"} for c in token.children) and own_subject(token) is None
    joined = token.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in first.children)
    return joined and bare and any(_is_negation(c, words) for c in first.children)


def _is_negation(token: Token, words: set[str]) -> bool:
    return token.dep_ == "neg" or (token.lower_ in words and token.dep_ in {"det", "advmod", "preconj", "cc"})


def _is_speech(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.is_cue(token, "denial") or lexicon.is_cue(token, "refusal")
