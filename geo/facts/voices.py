"""Who says it: the chain of voices of a clause, nearest to the event first.

Read off the parse (the verbs of saying that a clause hangs on, with their subjects) and, where the clause hangs on
none, taken from the attributions whose content covers it (*according to*, quotations over several sentences).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts.syntax import RELATIVE_TAGS, VERBAL, governor_of, is_cut_off, misread_saying, own_subject, subject_of
from geo.types import Span, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.facts.actors import Named
    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import ParsedSegment, Token
    from geo.types import Article, Attribution

_MAX_DEPTH = 12
_ACTING = frozenset({"finite", "relative", "participle", "absolute"})
_MOSTLY = 0.6
_UP = frozenset(
    {"ccomp", "xcomp", "pcomp", "acl", "advcl", "conj", "prep", "pobj", "dobj", "parataxis", "csubj", "relcl", "dep"}
)


def voices(
    unit: Unit, article: Article, *, known: Sequence[Named], attributions: Iterable[Attribution], lexicon: Lexicon
) -> tuple[Voice, ...]:
    """Return who says what a unit tells; empty where the article itself does."""
    table = _by_place(known)
    chain = list(_from_parse(unit, table, lexicon))
    span = unit.parsed.span(unit.parsed.doc[unit.first], unit.parsed.doc[unit.last])
    told = [voice for found in _covering(span, attributions) for voice in _voice_of(found, article, unit.parsed, table)]
    chain += [voice for voice in told if not any(_same(voice, other) for other in chain)]
    return tuple(voice for voice in chain if not _is_gathering(voice, unit, lexicon))


def _is_gathering(voice: Voice, unit: Unit, lexicon: Lexicon) -> bool:
    """*Monday's meeting continued talks from a summit*: a meeting says nothing."""
    if voice.source is None:
        return False
    first, last = voice.source.start - unit.parsed.offset, voice.source.end - unit.parsed.offset
    words = [token for token in unit.parsed.doc if first <= token.idx < last]
    heads = [token for token in words if token.head not in words]
    return bool(heads) and lexicon.noun_event(heads[0]) == "CONSULT"


def speaker(unit: Unit, *, known: Sequence[Named]) -> tuple[Voice, ...]:
    """Return a unit's own subject as its voice, for an act of speech that nobody else tells of; empty without one."""
    if unit.subject is None or unit.kind not in _ACTING or unit.subject.dep_ == "nsubjpass":
        return ()
    return (_voice(unit.parsed, unit.subject, unit.head, _by_place(known)),)


def _by_place(known: Sequence[Named]) -> Mapping[int, Named]:
    return {i: name for name in known for i in range(name.first, name.last + 1)}


def _same(one: Voice, other: Voice) -> bool:
    if one.source is None or other.source is None:
        return one.name == other.name
    return one.source.start < other.source.end and other.source.start < one.source.end


def _from_parse(unit: Unit, table: Mapping[int, Named], lexicon: Lexicon) -> Iterator[Voice]:
    subject = unit.subject
    if subject is not None and subject.dep_ != "nsubjpass" and unit.kind in _ACTING and _speaks(unit.head, lexicon):
        yield _voice(unit.parsed, subject, unit.head, table)
    token = unit.head
    yield from _announced(unit, table, lexicon)
    yield from _framed(unit, table, lexicon)
    yield from _according(token, unit.parsed, table)
    yield from _closing(token, unit.parsed, table)
    yield from _thrown_in(token, unit.parsed, table, lexicon)
    for _ in range(_MAX_DEPTH):
        if token.dep_ not in _UP or is_cut_off(token):
            return
        governor = governor_of(token)
        teller = _passive_teller(token, lexicon)
        if teller is not None:
            yield _voice(unit.parsed, teller, teller.head.head, table)
            return
        if governor.pos_ in VERBAL and _is_content(token, governor) and _reports(governor, lexicon):
            subject = _teller(governor)
            if subject is not None:
                yield _voice(unit.parsed, subject, governor, table)
        yield from _according(governor, unit.parsed, table)
        if token.dep_ != "conj":
            yield from _thrown_in(governor, unit.parsed, table, lexicon)
        token = governor


def _announced(unit: Unit, table: Mapping[int, Named], lexicon: Lexicon) -> Iterator[Voice]:
    """*A truce that Washington had announced*: a relative clause of saying has its own speaker."""
    telling = [c for c in unit.head.children if c.dep_ == "relcl"] if unit.kind == "nominal" else [unit.head]
    for verb in telling if unit.kind in {"relative", "nominal"} else ():
        subject = own_subject(verb)
        if subject is not None and subject.tag_ not in RELATIVE_TAGS and lexicon.is_pure_report(verb):
            yield _voice(unit.parsed, subject, verb, table)


def _framed(unit: Unit, table: Mapping[int, Named], lexicon: Lexicon) -> Iterator[Voice]:
    """*Under the terms announced by Lavrov, they will …*: the frame names who says it."""
    frames = (g for c in unit.head.children if c.lower_ == "under" and c.i < unit.first for g in c.children)
    for verb in (v for noun in frames for v in noun.children if v.dep_ == "acl" and lexicon.is_pure_report(v)):
        agents = (g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")
        yield from (_voice(unit.parsed, agent, verb, table) for agent in agents)


def _closing(token: Token, parsed: ParsedSegment, table: Mapping[int, Named]) -> Iterator[Voice]:
    """*Bombs fell, killing three, according to medics*: named at the end, it is the voice of the whole sentence."""
    for child in token.children:
        if child.i > token.i and child.dep_ in {"conj", "advcl"}:
            yield from _according(child, parsed, table)
            yield from _closing(child, parsed, table)


def _teller(verb: Token) -> Token | None:
    """Return who says it: the subject, or in the passive (*he was told by them*) the agent."""
    subject = subject_of(verb)
    if subject is None or subject.dep_ != "nsubjpass" or (verb.dep_ == "xcomp" and subject.head == verb.head):
        return subject if subject is None else _last_named(subject, verb)
    return next((g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)


def _last_named(subject: Token, verb: Token) -> Token:
    """*… injuring seven people, two of them children, medics said*: a list without *and* ends in who said it."""
    doc = verb.doc
    comma = next((i for i in range(verb.i - 1, subject.i, -1) if doc[i].text == ","), None)
    if comma is None or subject.i > comma or any(t.dep_ == "cc" for t in doc[subject.i : verb.i]):
        return subject
    last = next((t for t in doc[comma + 1 : verb.i] if t.dep_ == "conj" and t.right_edge.i == verb.i - 1), None)
    return last if last is not None and last.left_edge.i == comma + 1 else subject


def _passive_teller(token: Token, lexicon: Lexicon) -> Token | None:
    """*Told by two elders that …*: the parser takes the content for a relative clause of the elders."""
    noun = token.head
    if token.dep_ != "relcl" or noun.dep_ != "pobj" or noun.head.dep_ != "agent":
        return None
    return noun if _reports(noun.head.head, lexicon) and any(c.lower_ == "that" for c in token.children) else None


def _thrown_in(token: Token, parsed: ParsedSegment, table: Mapping[int, Named], lexicon: Lexicon) -> Iterator[Voice]:
    """*…, its minister said, …*: the saying hangs on what is said."""
    for child in token.children:
        said = misread_saying(child)
        if said is not None and lexicon.is_pure_report(said):
            yield _voice(parsed, child, said, table)
        if child.dep_ == "parataxis" and _reports(child, lexicon):
            subject = own_subject(child)
            if subject is not None:
                yield _voice(parsed, subject, child, table)


def _speaks(token: Token, lexicon: Lexicon) -> bool:
    naming = token.lemma_ in {"call", "describe"} and any(c.dep_ in {"oprd", "ccomp"} for c in token.children)
    if any(c.dep_ == "dobj" and c.lower_.endswith(("self", "selves")) for c in token.children):
        return False  # *would defend themselves*
    return token.pos_ in VERBAL and (naming or lexicon.is_cue(token, "speech_acts"))


def _reports(token: Token, lexicon: Lexicon) -> bool:
    return token.lemma_ != "be" and (lexicon.is_cue(token, "report") or _speaks(token, lexicon))


def _is_content(token: Token, governor: Token) -> bool:
    """Is the way from the governor down to the token one of content, and not of manner or of joined clauses?"""
    if token.dep_ in {"ccomp", "xcomp", "parataxis", "prep", "dobj", "csubj", "pobj", "dep"}:
        return True
    return token.dep_ == "advcl" and token.i < governor.i and own_subject(token) is not None and not _marked(token)


def _marked(token: Token) -> bool:
    return any(
        c.dep_ in {"mark", "advmod"} and c.i < token.i and c.tag_ in {"IN", "WRB"} and c.lower_ != "that"
        for c in token.children
    )


def _according(governor: Token, parsed: ParsedSegment, table: Mapping[int, Named]) -> Iterator[Voice]:
    for child in governor.children:
        if child.lower_ == "according":
            for to in child.children:
                for source in to.children:
                    yield _voice(parsed, source, child, table)


def _voice(parsed: ParsedSegment, subject: Token, cue: Token, table: Mapping[int, Named]) -> Voice:
    tokens = sorted(_source_phrase(subject), key=lambda t: t.i)
    name = next((table[t.i] for t in _core_first(subject, tokens) if t.i in table), None)
    span = parsed.span(tokens[0], tokens[-1])
    words = parsed.doc[tokens[0].i : tokens[-1].i + 1].text
    shown = (
        name.name
        if (name and subject.ent_type_ == "PERSON") or (name and len(tokens) <= name.last - name.first + 2)
        else words
    )
    return Voice(" ".join(shown.split()), span, parsed.span(cue), name.key if name else None)


def _core_first(subject: Token, tokens: Sequence[Token]) -> list[Token]:
    return [subject, *reversed([t for t in tokens if t != subject])]


def _source_phrase(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if (
            child.dep_ in {"det", "amod", "compound", "poss", "nmod", "case", "nummod", "conj", "cc", "quantmod"}
            or (child.dep_ == "prep" and child.i > token.i and child.lower_ in {"of", "for", "in", "at", "from"})
            or child.dep_ == "pobj"
        ):
            yield from _source_phrase(child)


def _covering(span: Span, attributions: Iterable[Attribution]) -> list[Attribution]:
    """Return the attributions whose content holds most of a span, the tightest first."""
    found = [(sum(s.end - s.start for s in a.content), a) for a in attributions if _share(span, a.content) > _MOSTLY]
    return [a for _, a in sorted(found, key=lambda pair: pair[0])]


def _share(span: Span, content: Iterable[Span]) -> float:
    shared = sum(max(0, min(span.end, c.end) - max(span.start, c.start)) for c in content if c.article == span.article)
    return shared / max(1, span.end - span.start)


def _voice_of(
    found: Attribution, article: Article, parsed: ParsedSegment, table: Mapping[int, Named]
) -> Iterator[Voice]:
    if not found.source:
        return
    source = Span(found.source[0].article, found.source[0].start, max(s.end for s in found.source[:1]))
    first, last = source.start - parsed.offset, source.end - parsed.offset
    inside = parsed.doc.char_span(first, last, alignment_mode="contract") if first >= 0 else None
    places = range(inside.end - 1, inside.start - 1, -1) if inside else range(0)
    name = next((table[i] for i in places if i in table), None)
    text = " ".join(article.slice(source).split())
    yield Voice(
        name.name if name and len(text.split()) <= len(name.name.split()) + 1 else text,
        source,
        found.cue[0] if found.cue else None,
        name.key if name else None,
    )
