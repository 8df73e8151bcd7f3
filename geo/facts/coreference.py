"""Local coreference: whom a pronoun or a phrase like *the two leaders* points back to.

Rules over the parse, for the few words of a report that hide a speaker: personal pronouns (*he*, *they*, *it*), a
counted group (*the two leaders*, *both ministers*) and an office (*the president*). What is pointed to is looked for
backwards in the segment and in the `REACH` segments before it, headlines and captions left out. Subjects come before
other words of the same sentence, as in Hobbs (Resolving pronoun references, Lingua 44, 1978), and what the rules
cannot decide stays None: a wrong speaker is worse than *he*.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from geo.facts.attribution.sources import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.language import Parsed, ParsedSegment, Token
    from geo.types import Span

#: How many segments back an antecedent may stand.
REACH = 2
#: How many segments are looked through for them.
FARTHEST = 12
#: Roles that are no part of the running text.
APART = frozenset({"headline", "subheadline", "caption", "related_link", "boilerplate", "byline"})
PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
    "it": "n", "its": "n", "itself": "n",
}  # fmt: skip
TITLES = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "spokesman": "m", "chairman": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "lady": "f", "queen": "f", "princess": "f", "spokeswoman": "f",
    "chairwoman": "f",
}  # fmt: skip
GROUPS = {"two": 2, "both": 2, "three": 3, "four": 4}
PEOPLE = frozenset({"PERSON"})
BODIES = frozenset({"ORG", "GPE", "NORP"})
PLURAL = frozenset({"NNS", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def antecedent(parsed: Parsed, span: Span) -> Span | None:
    """Return the nearest words that a pronoun, a counted group or an office points back to, or None.

    Args:
        parsed: The article's full parse.
        span: The words in question; its last noun or pronoun counts.
    """
    place = segment_at(parsed, span)
    if place is None or not parsed.full:
        return None
    here = parsed.segments[place]
    words = [token for token in here.doc if span.start <= here.offset + token.idx < span.end]
    asked = next((token for token in reversed(words) if token.pos_ in {"PRON", "NOUN", "PROPN"}), None)
    if asked is None:
        return None
    running = (part for part in reversed(parsed.segments[max(0, place - FARTHEST) : place]))
    before = islice((part for part in running if part.segment.role not in APART), REACH)
    for part in (here, *before):
        for token in _candidates(part, asked if part is here else None):
            if token not in words and _fits(token, asked, words):
                extent = noun_phrase(token)
                return part.span(part.doc[extent.first], part.doc[extent.last])
    return None


def segment_at(parsed: Parsed, span: Span) -> int | None:
    """Return the number of the parsed segment that a span begins in, or None."""
    place = bisect_right(parsed.segments, span.start, key=lambda part: part.offset) - 1
    if place < 0 or not len(parsed.segments[place].doc):
        return None
    last = parsed.segments[place].doc[-1]
    return place if span.start < parsed.segments[place].offset + last.idx + len(last.text_with_ws) else None


def _candidates(part: ParsedSegment, asked: Token | None) -> Iterator[Token]:
    """Yield heads of noun phrases before a word: sentence by sentence backwards, subjects first in each."""
    for sentence in reversed(part.sentences):
        heads = [token for token in sentence if token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound"]
        if asked is not None:
            heads = [token for token in heads if token.i < asked.i and not _governs(token, asked)]
        yield from sorted(heads, key=lambda token: (token.dep_ not in SUBJECTS, token.i))


def _governs(token: Token, asked: Token) -> bool:
    """Tell whether a noun holds the word in question inside its own phrase (*the party and its leader*)."""
    return token in asked.ancestors and token.dep_ not in SUBJECTS


def _fits(token: Token, asked: Token, words: list[Token]) -> bool:
    kind = PERSONAL.get(asked.lower_)
    if kind in {"m", "f"}:
        return token.ent_type_ in PEOPLE and _gender(token) in {None, kind}
    if kind == "p":
        return token.tag_ in PLURAL or _members(token) > 1
    if kind == "n":
        return token.ent_type_ in BODIES and token.tag_ not in PLURAL
    wanted = next((GROUPS[word.lower_] for word in words if word.lower_ in GROUPS), None)
    if wanted:
        return _members(token) == wanted and token.ent_type_ in PEOPLE | BODIES
    return _holds_office(token, asked, words)


def _holds_office(token: Token, asked: Token, words: list[Token]) -> bool:
    """Tell whether a person was named with the title that stands alone now: *Minister Akar … the minister*."""
    definite = any(word.lower_ in {"the", "that", "this"} for word in words)
    titles = {word.lemma_.lower() for word in token.subtree if word.i <= token.i or word.dep_ == "appos"}
    return definite and token.ent_type_ in PEOPLE and asked.lemma_.lower() in titles and token.lemma_ != asked.lemma_


def _members(token: Token) -> int:
    """Return how many are joined by *and*, from the first one."""
    if token.dep_ == "conj":
        return 0
    count, node = 1, token
    while (joined := next((child for child in node.children if child.dep_ == "conj"), None)) is not None:
        count, node = count + 1, joined
    return count


def _gender(token: Token) -> str | None:
    words = (token, *token.children)
    return next((TITLES[word.lower_] for word in words if word.lower_ in TITLES), None)
