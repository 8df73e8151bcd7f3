"""What is said: from a cue to the words that give its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts.attribution.candidates import SUBJECTS
from geo.facts.attribution.lexicon import lexicon
from geo.facts.attribution.sources import IMPERSONAL, Range, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.facts.attribution.candidates import Text
    from geo.facts.attribution.quotes import Quote
    from geo.language import Doc, Token

LONG_QUOTE = 3
EDGES = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "!", "?"})


def content_of(cue: Token, text: Text, others: frozenset[int]) -> tuple[Range, ...]:
    """Return the words that a cue reports, in order.

    Args:
        cue: The word that says that somebody says something.
        text: The segment that it stands in.
        others: Tokens of the segment's other cues: a sentence with a cue of its own does not continue this one.
    """
    if cue.text == ":":
        return _trimmed([Range(cue.i + 1, len(cue.doc) - 1)], cue.doc)
    if not text.speech_at(cue.idx):
        quoted = _quoted(cue, text, others)
        if quoted:
            return _trimmed(quoted, cue.doc)
    return _trimmed(_clause(cue), cue.doc)


def _clause(cue: Token) -> list[Range]:
    """Return the grammatical complement of a cue."""
    if cue.lower_ == "according":
        return _around(cue)
    if cue.pos_ in {"NOUN", "ADJ", "ADV"} and not any(child.dep_ in SUBJECTS for child in cue.children):
        return _of_noun(cue)
    children = list(cue.children)
    complements = [child for child in children if child.dep_ == "ccomp"]
    if complements:
        return _complement(complements, cue)
    if cue.dep_ in {"parataxis", "intj"} and not any(child.dep_ in {"dobj", "xcomp", "prep"} for child in children):
        return _around(cue)
    if is_passive(cue) or cue.lemma_.lower() in IMPERSONAL:
        subject = [child for child in children if child.dep_ in {"nsubj", "nsubjpass"}]
        rest = [child for child in children if child.dep_ in {"xcomp", "oprd", "ccomp", "acomp", "attr"} or _as(child)]
        return [_whole(child) for child in subject + rest]
    return _objects(cue)


def _complement(clauses: list[Token], cue: Token) -> list[Range]:
    """Return object clauses without the cue's own words, which stand in the middle of an inverted one."""
    own = {token.i for child in cue.children if child not in clauses for token in child.subtree} | {cue.i}
    return [part for clause in clauses for part in _without(clause, own)]


def _around(cue: Token) -> list[Range]:
    """Return the clause that a parenthesis stands in: all of it but the parenthesis."""
    top = cue.head
    if top == cue:
        return []
    while (
        top.dep_ in {"pobj", "prep", "dobj", "amod", "npadvmod", "nsubj", "nsubjpass", "attr", "pcomp"}
        and top.head != top
    ):
        top = top.head
    return _without(top, {token.i for token in cue.subtree})


def _objects(cue: Token) -> list[Range]:
    children = list(cue.children)
    wanted = [
        child for child in children if child.dep_ in {"xcomp", "dobj", "oprd", "attr", "acomp", "dative"} or _as(child)
    ]
    if any(child.dep_ == "xcomp" for child in wanted):
        wanted = [child for child in wanted if child.dep_ in {"xcomp", "dobj"}]
    if wanted:
        return [_whole(child) for child in wanted]
    for child in children:
        if child.dep_ == "prep" and child.i > cue.i:
            return [_whole(inner) for inner in child.children if inner.dep_ in {"pobj", "pcomp"}]
    return (
        _around(cue)
        if cue.dep_ in {"advcl", "parataxis"}
        else [_whole(child) for child in children if child.dep_ == "advcl"][:1]
    )


def _as(child: Token) -> bool:
    return child.dep_ == "prep" and child.lower_ == "as"


def _of_noun(cue: Token) -> list[Range]:
    for dep in ("acl", "ccomp", "relcl"):
        found = [child for child in cue.children if child.dep_ == dep]
        if found and dep != "relcl":
            return [_whole(found[0])]
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "about", "on", "to", "against", "over", "in"}:
            return [_whole(inner) for inner in child.children if inner.dep_ in {"pobj", "pcomp"}]
    if cue.dep_ in {"nsubj", "nsubjpass"} and cue.head.lemma_ == "be":
        return [_whole(child) for child in cue.head.children if child.dep_ in {"ccomp", "attr", "xcomp", "acomp"}]
    return _around(cue) if cue.lower_ in lexicon().hedges else []


def _quoted(cue: Token, text: Text, others: frozenset[int]) -> list[Range]:
    """Return quoted content, with the quotations that go on behind the cue's sentence; nothing where none is near."""
    doc, sentence = cue.doc, cue.sent
    near = [
        q
        for q in text.quotes
        if q.start < sentence.end_char and q.end > sentence.start_char and not q.start <= cue.idx < q.end
    ]
    long = [q for q in near if _words(doc, q) >= LONG_QUOTE]
    if not long or not _is_speech(cue):
        return []
    clause = [part for part in _clause(cue) if part]
    parts = [_range(doc, q) for q in long]
    mixed = [part for part in clause if any(_overlaps(part, quoted) for quoted in parts)]
    if clause and mixed and not _mostly_quoted(clause, parts):
        return _merged([*clause, *[part for part in parts if any(_overlaps(part, other) for other in clause)]])
    if clause and not mixed and cue.lemma_.lower() not in {"say", "tell", "add", "write", "tweet", "continue"}:
        return clause
    return _merged([*parts, *_continued(cue, text, others)])


def _is_speech(cue: Token) -> bool:
    return bool(lexicon().verbs.get(cue.lemma_.lower(), frozenset()) & {"say", "ask", "think", "judge"})


def _mostly_quoted(clause: Iterable[Range], parts: Iterable[Range]) -> bool:
    told = {i for part in clause for i in range(part.first, part.last + 1)}
    quoted = {i for part in parts for i in range(part.first, part.last + 1)}
    return len(told & quoted) >= 0.7 * len(told)


def _continued(cue: Token, text: Text, others: frozenset[int]) -> list[Range]:
    """Return the quotations that follow the cue's sentence in its paragraph with nothing but space between."""
    doc, end = cue.doc, cue.sent.end_char
    found: list[Range] = []
    for quote in text.quotes:
        if quote.start < cue.sent.end_char:
            continue
        between = doc.text[end : quote.start].strip()
        if between or any(
            doc[i].idx >= quote.end for i in others if doc[i].sent.start_char < quote.start < doc[i].sent.end_char
        ):
            break
        found.append(_range(doc, quote))
        end = quote.end
    return found


def _words(doc: Doc, quote: Quote) -> int:
    return doc.text[quote.start : quote.end].count(" ") + 1


def _range(doc: Doc, quote: Quote) -> Range:
    span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    return Range(span.start, span.end - 1) if span is not None else Range(0, -1)


def _overlaps(left: Range, right: Range) -> bool:
    return left.first <= right.last and right.first <= left.last


def _whole(node: Token) -> Range:
    return Range(node.left_edge.i, node.right_edge.i)


def _without(node: Token, left_out: set[int]) -> list[Range]:
    """Return a subtree as stretches, without some of its tokens."""
    kept = sorted({token.i for token in node.subtree} - left_out)
    parts: list[Range] = []
    for i in kept:
        if parts and i == parts[-1].last + 1:
            parts[-1] = Range(parts[-1].first, i)
        else:
            parts.append(Range(i, i))
    return parts


def _merged(parts: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for part in sorted(parts):
        if merged and part.first <= merged[-1].last + 1:
            merged[-1] = Range(merged[-1].first, max(merged[-1].last, part.last))
        else:
            merged.append(part)
    return merged


def _trimmed(parts: Iterable[Range], doc: Doc) -> tuple[Range, ...]:
    """Return the stretches without commas, stops and spaces at their edges; what was nothing else is gone."""
    kept: list[Range] = []
    for first, last in parts:
        left, right = first, last
        while left <= right and (doc[left].text in EDGES or doc[left].is_space):
            left += 1
        while right >= left and (doc[right].text in EDGES or doc[right].is_space):
            right -= 1
        if left <= right:
            kept.append(Range(left, right))
    return tuple(kept)
