"""What the words that a clause hangs on make of it: *denied that*, *agreed to*, *fears that*, *until*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts.lexicon import states
from geo.facts.shapes import ground_of, is_vouched
from geo.facts.signs import (
    MAX_DEPTH,
    Sign,
    auxiliaries,
    is_expected,
    is_going_to,
    listed,
    negating,
    typed_certainty,
)
from geo.facts.syntax import (
    VERBAL,
    governor_of,
    is_aim,
    is_condition,
    is_cut_off,
    is_in_return,
    is_inverted,
    own_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.extent import Kind, Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Token

_CONTENT_DEPS = frozenset(
    {"ccomp", "xcomp", "pcomp", "acl", "relcl", "advcl", "csubj", "conj", "prep", "pobj", "dobj", "parataxis"}
)


def governing(unit: Unit, lexicon: Lexicon) -> Iterator[Sign]:
    """Yield what the words that the unit hangs on make of it, from the nearest to the farthest.

    The occasion of a thing (*after a strike*) is as certain as what is told, but for an allegation.
    """
    if unit.kind == "participle" and not is_aim(unit.head) and (unit.head.dep_ == "acl" or ground_of(unit.head)):
        return  # *to save a truce signed in December*: the signing is done
    if unit.kind == "nominal" and is_in_return(unit.head.head):
        told = unit.head.head.head.head.head
        yield from (*_modal(told, lexicon), *_climbed(told, "finite", lexicon))
        if is_going_to(told.head) or _lies_ahead(told, lexicon):
            yield Sign("planned", flips=False, word="to")
    elif unit.kind == "nominal" and _is_setting(unit.head) and unit.head.dep_ == "pobj":
        told = governor_of(unit.head.head)
        signs = _climbed(told, "finite", lexicon) if told.dep_ == "ccomp" else iter(())
        yield from (sign for sign in signs if sign.certainty == "alleged" and not sign.flips)
        if unit.head.head.lower_ in _AT_THAT_TIME:
            yield from _modal(told, lexicon)
    else:
        yield from _climbed(unit.head, unit.kind, lexicon)


#: *Will be freed during a truce*: as far ahead as what it goes along with.
_AT_THAT_TIME = frozenset({"during", "at", "before"})


def _climbed(token: Token, kind: Kind, lexicon: Lexicon) -> Iterator[Sign]:
    for _ in range(MAX_DEPTH):
        if token.dep_ in {"ROOT", "nsubj", "nsubjpass", "appos"} or token.head == token:
            return
        if is_cut_off(token) or token.dep_ not in _CONTENT_DEPS or (kind == "nominal" and _is_setting(token)):
            return
        if token.dep_ == "relcl" or (token.dep_ == "advcl" and kind not in {"infinitive", "participle", "absolute"}):
            yield from _around(token)
            yield from _charged(token, lexicon)
            yield from _accusing(token, lexicon)
            yield from _along(token, lexicon)
            yield from _alleged_with(token, kind, lexicon)
            return
        if token.dep_ == "advcl":
            yield from _modal(governor_of(token), lexicon)
            yield from _accusing(token, lexicon)
        elif token.dep_ != "conj" or _shares(token):
            yield from _governor(token.head, token, lexicon)
            yield from _weighed(token, lexicon)
            yield from _answering(token, token.head, lexicon)
        token = governor_of(token)


def _weighed(token: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """*Could conclude that the truce has failed*: what may only be said or thought is not told."""
    if token.dep_ == "ccomp" and lexicon.is_cue(token.head, "report"):
        signs = _modal(token.head, lexicon)
        yield from (sign for sign in signs if sign.certainty == "hypothetical" and sign.word != "can")


def _modal(token: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """What is done along with a thing that only may or will happen, only may or will happen too."""
    modals = lexicon.raw["cues"]["modals"]
    for aux in auxiliaries(token):
        for certainty in ("planned", "hypothetical"):
            if aux.lower_ in modals[certainty] or (aux.lower_ in modals["conditional"] and certainty == "planned"):
                yield Sign(typed_certainty(certainty), flips=False, word=aux.lower_)


def _accusing(token: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """*Blamed the rebels, saying they had shelled the road*: what is said belongs to the accusation, or the denial."""
    disputing = lexicon.is_cue(token.head, "accusation") or lexicon.is_cue(token.head, "denial")
    if token.dep_ == "advcl" and lexicon.is_cue(token, "report") and disputing:
        yield Sign("alleged", flips=False, word=token.head.text)


def _charged(token: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """*Blame them for an ambush in which four died*: what is told of the act that they are blamed for."""
    if is_vouched(token, lexicon):
        yield Sign("alleged", flips=False, word="said")
    noun, prep = token.head, token.head.head
    blamed = noun.dep_ == "pobj" and prep.lower_ in {"of", "for", "over"} and prep.head.pos_ in VERBAL
    if token.dep_ == "relcl" and blamed and lexicon.is_cue(prep.head, "accusation"):
        yield Sign("alleged", flips=False, word=prep.head.text)


def _answering(token: Token, governor: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """*Dismissed the charge and said its towns had been shelled*: what is said against an accusation is alleged."""
    first = governor.head if governor.dep_ == "conj" else None
    if token.dep_ != "ccomp" or first is None or not lexicon.is_cue(governor, "report"):
        return
    charges = [*lexicon.raw["cues"]["governors"]["alleged"]["nouns"], "accusation"]
    if lexicon.is_cue(first, "denial") and any(c.dep_ == "dobj" and c.lemma_ in charges for c in first.children):
        yield Sign("alleged", flips=False, word=first.text)


def _alleged_with(token: Token, kind: Kind, lexicon: Lexicon) -> Iterator[Sign]:
    """*Accused of arresting them as they left*: the circumstance of an alleged act is alleged with it."""
    if token.dep_ == "advcl" and token.head.dep_ in {"pcomp", "ccomp", "xcomp", "acl"}:
        signs = _climbed(token.head, kind, lexicon)
        yield from (sign for sign in signs if sign.certainty == "alleged" and not sign.flips)


def _along(token: Token, lexicon: Lexicon) -> Iterator[Sign]:
    """*Will be freed while troops pull back*, *will not return until she is released*: its time is yet to come."""
    if token.dep_ != "advcl" or not (token.head.pos_ in VERBAL or _is_proviso(token)):
        return
    opened = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"} and c.i < token.i}
    ahead = _lies_ahead(token.head, lexicon)
    if _is_proviso(token) or (ahead and opened & {"until", "till", "before"}):
        yield Sign("hypothetical", flips=False, word="until")
    elif ahead and opened & _WHILE and _is_present(token):
        yield Sign("planned", flips=False, word="while")


_WHILE = frozenset({"while", "as", "when", "once", "after", "whenever", "where", "whereas"})


def _is_proviso(token: Token) -> bool:
    """*As long as shipments are in transit*."""
    mark = next((c for c in token.children if c.dep_ == "mark" and c.lower_ == "as" and c.i < token.i), None)
    return mark is not None and mark.i > 1 and mark.nbor(-1).lower_ == "long" and mark.nbor(-2).lower_ in {"as", "so"}


def _lies_ahead(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb, or what it is the infinitive of (*are due to be freed*), speaks of what is to come."""
    for _ in range(MAX_DEPTH):
        if any(_modal(token, lexicon)) or is_going_to(token) or _promises(token, lexicon) or is_condition(token):
            return True
        if token.dep_ == "xcomp" and lexicon.is_cue(token.head, "committing"):
            return True
        if token.dep_ == "conj" and token.head.pos_ in VERBAL and own_subject(token) is None:
            token = token.head
            continue
        if token.dep_ not in {"xcomp", "acomp"} and not (token.dep_ == "ccomp" and token.tag_ == "VB"):
            return False
        token = token.head
    return False


def _promises(token: Token, lexicon: Lexicon) -> bool:
    return any(c.dep_ == "acomp" and is_expected(c, lexicon) for c in token.children)


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


def _around(token: Token) -> Iterator[Sign]:
    if is_inverted(token):
        yield Sign("hypothetical", flips=False, word="if")


_WARNING = frozenset({"warn", "warning", "caution"})


def _is_told_so(token: Token) -> bool:
    """*Warned that many lay under the rubble*: nothing is feared there, it is so."""
    return not any(c.tag_ == "MD" for c in token.children) and states(token)


def _governor(governor: Token, child: Token, lexicon: Lexicon) -> Iterator[Sign]:
    table = lexicon.raw["cues"]["governors"]
    kind = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}.get(governor.pos_)
    if governor.lemma_ == "be" and own_subject(governor) is not None:
        governor, kind = own_subject(governor) or governor, "nouns"
    if kind is None or child.dep_ == "conj" or (lexicon.is_cue(governor, "report_events") and states(child)):
        return
    certainty = next(
        (c for c in ("alleged", "hypothetical", "planned") if listed(governor, table[c].get(kind, ()))), None
    )
    negates = (
        negating(governor, lexicon)
        if kind == "verbs"
        else listed(governor, lexicon.raw["cues"]["negates"].get(kind, ()))
    )
    not_so = any(c.dep_ == "neg" for c in governor.children)
    lacking = kind == "nouns" and any(c.lower_ == "no" for c in governor.children)
    if (not_so and kind == "verbs" and lexicon.is_cue(governor, "vouching")) or (
        lacking and lexicon.is_cue(governor, "evidence")
    ):
        certainty, negates, not_so = "alleged", False, False
    if certainty == "hypothetical" and governor.lemma_ in _WARNING and _is_told_so(child):
        return
    if certainty or negates or not_so:
        yield Sign(typed_certainty(certainty), flips=negates != (not_so and kind == "verbs"), word=governor.text)
