"""Where a text names a place: of the stretches that might, those that the trained model takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.demonyms import find_demonyms
from geo.resolver.figures import FEATURES, figures_of
from geo.resolver.model import load
from geo.resolver.neighbours import COLUMNS, with_neighbours
from geo.resolver.spans import propose
from geo.resolver.tokens import tokens_of
from geo.resolver.words import COMPASS, KIND_WORDS, METONYM_VERBS, demonyms, other_things
from geo.types import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.language import Parsed
    from geo.resolver.spans import Stretch
    from geo.resolver.tokens import Tokens
    from geo.types import MentionKind, SegmentRole

    _Columns = Callable[[str], np.ndarray]

FIRST_LOOK, SECOND_LOOK = "spans.json", "spans_in_company.json"
#: A stretch is taken where the model gives it this much. The development halves do as well with 0.3 as with 0.4; on
#: texts that the models have nothing of (`bench/wide_texts.txt`, a corpus left out) the lower ones do better.
THRESHOLD = 0.35
SPEAKING = 0.6
#: The name of a dateline comes before every other reading of its words.
FILED = 1.01
PLACED = 0.6
#: Common logarithms of the people of a great city, a large town, and one that is small beside it.
_GREAT, _LARGE, _SMALL = 6.0, 5.0, 4.5
_INDEX = {name: i for i, name in enumerate(FEATURES)}
#: What makes a word after all a person's or a firm's, or part of a longer name.
_NO_TOWN = (
    "person_elsewhere",
    "title_before",
    "org_tail_after",
    "capital_after",
    "capital_before",
    "digit_after",
    "longer_known",
    "seen_lower",
    "english_name",
    "within_PERSON",
    "within_ORG",
    "hyphen_beside",
    "the_before",
    "capitals",
)
_NOT_PASSED_OVER = tuple(
    name
    for name in _NO_TOWN
    if name not in {"seen_lower", "english_name", "capital_before", "hyphen_beside", "the_before", "capitals"}
)
_IN = re.compile(r"\b(?:in|near)\s+\Z", re.IGNORECASE)
_KIND_BEHIND = re.compile(r",\s+(?:a|an|the)\s+(?:small\s+)?(\w+)")
_WORD_AFTER = re.compile(r"\s+([a-z]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and how sure the recogniser is of it."""

    mention: Mention
    confidence: float


def find_mentions(parsed: Parsed, gazetteer: Gazetteer, *, sure_spans: Iterable[Span] = ()) -> tuple[Found, ...]:
    """Return the mentions of places in every segment, in the order of the text, none overlapping.

    Args:
        parsed: The article; its entities propose, they do not decide.
        gazetteer: Says which words are listed.
        sure_spans: What is known to name a place beforehand: the names of a dateline.
    """
    tokens = [tokens_of(part.doc) for part in parsed.segments]
    proposed = propose(parsed.segments, tokens, gazetteer)
    stretches, matrix = [each for piece in proposed for each in piece], figures_of(tokens, proposed)
    sure = np.maximum(_looked_at(stretches, matrix), _by_rule(matrix))
    sure[_titled(matrix)] = 0.0
    text = parsed.article.text
    sure[_other_things(text, stretches, matrix)] = 0.0  # whatever the rules say of *Hamas*
    found = []
    scored = [(float(p), s.start, s.end) for p, s in zip(sure, stretches, strict=True)]
    scored += [(FILED, span.start, span.end) for span in sure_spans]
    for i in _disjoint(scored, text):
        confidence, start, end = scored[i]
        span = Span(parsed.article.id, start, end)
        mention = Mention(span, text[start:end], _kind(text, span), _role(parsed, start))
        found.append(Found(mention, min(confidence, 1.0)))
    return (*sorted((*found, *_demonyms(parsed, tokens, found)), key=lambda each: each.mention.span.start),)


def _looked_at(stretches: Sequence[Stretch], matrix: np.ndarray) -> np.ndarray:
    """Return what the models give each stretch: looked at alone, then beside the names that are sure by then."""
    first = load(FIRST_LOOK, FEATURES).probability(matrix)
    second = load(SECOND_LOOK, COLUMNS)
    return np.concatenate([second.probability(rows) for rows in with_neighbours(stretches, matrix, first)])


def _role(parsed: Parsed, start: int) -> SegmentRole:
    spans = ((part.segment.span, part.segment.role) for part in parsed.segments)
    return next((role for span, role in spans if span.start <= start < span.end), "body")


def _titled(matrix: np.ndarray) -> np.ndarray:
    """Return where a title stands before what the parser takes for a person: *Mr. Jordan* is never the country."""
    return np.asarray((matrix[:, _INDEX["title_before"]] > 0) & (matrix[:, _INDEX["is_PERSON"]] > 0))


def _other_things(text: str, stretches: Sequence[Stretch], matrix: np.ndarray) -> np.ndarray:
    """Return where a name is that of another thing (*Grad*, *Red Cross*) and nothing says that it is the place.

    What says so: a case's own places, *the town of X*, *in X* of some, *X, a town*, or *X, Y* where a place of that
    name lies in Y.
    """
    named = np.array([_is_other_thing(text, stretch) for stretch in stretches], dtype=bool)
    behind: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in stretches if named.any() else ():
        behind.setdefault((stretch.part, stretch.first - 2), []).append(stretch)
    for i in np.flatnonzero(named & (matrix[:, _INDEX["known_after_comma"]] > 0)).tolist():
        here = stretches[i]
        named[i] = not any(_lies_in(here, there) for there in behind.get((here.part, here.last), ()))
    own = np.array([any(hit.place.id.startswith("case:") for hit in stretch.hits) for stretch in stretches], dtype=bool)
    return np.asarray(named & ~own & (matrix[:, _INDEX["kind_before"]] == 0))


def _is_other_thing(text: str, stretch: Stretch) -> bool:
    placed_by_in = other_things().get(stretch.text)
    if placed_by_in is None:
        return False
    kind = _KIND_BEHIND.match(text, stretch.end)
    if kind and kind[1] in KIND_WORDS:
        return False
    return not (placed_by_in and _IN.search(text, max(0, stretch.start - 8), stretch.start))


def _lies_in(here: Stretch, there: Stretch) -> bool:
    """Return whether the second stretch names the country or the province of a place of the first."""
    around = {hit.place.country if hit.place.feature == "PCLI" else hit.place.admin1
              for hit in there.hits if hit.place.feature in {"PCLI", "ADM1"}} - {None}  # fmt: skip
    return any(not around.isdisjoint((hit.place.country, hit.place.admin1)) for hit in here.hits)


def _by_rule(matrix: np.ndarray) -> np.ndarray:
    """Return how sure the rules are of each stretch: what the corpora of newspapers could not teach the model."""

    def at(name: str) -> np.ndarray:
        column: np.ndarray = matrix[:, _INDEX[name]]
        return column

    sure: np.ndarray = np.maximum.reduce([_governments(at), _where(at), _under_fire(at), _great(at)])
    return sure


def _governments(at: _Columns) -> np.ndarray:
    """Return how sure a capital or country is that speaks (*Ankara said*), which the parser likes to call a person."""
    speaks = at("speech_after") * np.maximum(at("capital"), at("country")) * (at("known") > 0)
    person = (
        at("person_elsewhere") + at("within_PERSON") + at("title_before") + at("common_word") * at("starts_sentence")
    )
    sure: np.ndarray = SPEAKING * speaks * (person == 0)
    return sure


def _where(at: _Columns) -> np.ndarray:
    """Return how sure a large town is that the parser passed over although the text says *in*, *near* or *from* it.

    The development corpora are of newspapers; dispatches from a war have towns that the parser has rarely seen.
    """
    stands = at("is_no_entity") * at("prep_before") * at("by_name") * (at("population") >= _LARGE)
    barred = sum(at(name) for name in _NOT_PASSED_OVER) + at("starts_sentence")
    sure: np.ndarray = PLACED * stands * (barred == 0)
    return sure


def _under_fire(at: _Columns) -> np.ndarray:
    """Return how sure a town is that a report of fighting puts where a town stands, whatever the parser calls it.

    Barred are names of English-speaking lands (surnames), words that are common (unless the town is large), and what
    the document shows to be a person.
    """
    cue = np.maximum(at("war_object"), at("war_subject"))
    person = at("is_PERSON") * (cue < 1) * (at("population") < _LARGE) * (1 - at("prep_before"))
    spoken = at("of_war") * (at("prep_before") + cue)
    told = (
        at("starts_sentence") * at("told_of") * at("by_name") * at("is_no_entity") * (at("population") >= _SMALL - 0.2)
    )
    stands = at("known") * ((cue == 1) + spoken + told > 0)
    starts = at("starts_sentence") * (at("war_subject") == 0) * (told == 0)
    common = at("common_word") * (at("in_title_line") + at("starts_sentence") + (at("population") < _SMALL))
    barred = sum(at(name) for name in _NO_TOWN) + person + common + starts + at("by_code")
    sure: np.ndarray = PLACED * stands * (barred == 0)
    return sure


def _great(at: _Columns) -> np.ndarray:
    """Return how sure a city of a million is that the parser passed over; no rule of the words around is needed."""
    barred = sum(at(name) for name in _NO_TOWN) + at("common_word") + at("in_title_line")
    sure: np.ndarray = PLACED * at("is_no_entity") * at("by_name") * (at("population") >= _GREAT) * (barred == 0)
    return sure


def _disjoint(items: list[tuple[float, int, int]], text: str) -> Iterable[int]:
    """Return the positions of the surest stretches that do not overlap; demonyms have a rule of their own."""
    taken: set[int] = set()
    chosen = []
    for i in sorted(range(len(items)), key=lambda i: (-items[i][0], items[i][1])):
        sure, start, end = items[i]
        if sure < THRESHOLD:
            break
        cells = range(start, end)
        if taken.isdisjoint(cells) and text[start:end] not in demonyms() and text[start:end] not in COMPASS:
            taken.update(cells)
            chosen.append(i)
    return chosen


def _kind(text: str, span: Span) -> MentionKind:
    after = _WORD_AFTER.match(text, span.end, span.end + 20)
    return "metonym" if after and after[1] in METONYM_VERBS else "toponym"


def _demonyms(parsed: Parsed, tokens: Sequence[Tokens], found: list[Found]) -> Iterable[Found]:
    taken = {i for each in found for i in range(each.mention.span.start, each.mention.span.end)}
    text, article = parsed.article.text, parsed.article.id
    for part, piece in zip(parsed.segments, tokens, strict=True):
        for first, last in find_demonyms(piece.words):
            span = Span(article, part.offset + piece.starts[first], part.offset + piece.ends[last])
            if taken.isdisjoint(range(span.start, span.end)):
                mention = Mention(span, text[span.start : span.end], "demonym", part.segment.role)
                yield Found(mention, 1.0)
