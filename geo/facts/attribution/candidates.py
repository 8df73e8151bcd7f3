"""Words that may be cues, and what is known of each: the features that the model weighs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo.facts.attribution.lexicon import lexicon
from geo.facts.attribution.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.attribution.quotes import Quote
    from geo.language import ParsedSegment, SentenceSpan, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd", "acomp"})
LINKS = frozenset({"advcl", "conj", "xcomp", "ccomp", "acl", "relcl"})
SPEECH_SPACES = 3
#: Words of the longest sentence that is read: what is longer is no sentence, but a table or a list.
LONGEST = 300
NOUN_TAGS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True)
class Text:
    """One segment with what several steps ask of it."""

    segment: ParsedSegment
    position: int = 0
    """Number of the segment in the article."""

    @cached_property
    def words(self) -> str:
        """Return the text: the parse joins it anew from its tokens each time that it is asked."""
        return self.segment.doc.text

    @cached_property
    def closes(self) -> bool:
        """Tell whether the segment ends as a sentence does."""
        return self.words.rstrip().endswith((".", "!", "?", "”", '"', "'"))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Return the quoted stretches."""
        return quotations(self.words)

    @cached_property
    def sentence_of(self) -> tuple[SentenceSpan, ...]:
        """Return the sentence of each token: asking the token searches the text anew each time."""
        return tuple(sentence for sentence in self.segment.sentences for _ in sentence)

    def quote_at(self, index: int) -> Quote | None:
        """Return the quotation that a character lies in."""
        place = bisect_right(self.quotes, index, key=lambda quote: quote.start) - 1
        return self.quotes[place] if place >= 0 and index < self.quotes[place].end else None

    def speech_at(self, index: int) -> Quote | None:
        """Return the quotation that a character lies in, if it is more than a word or two put in marks."""
        quote = self.quote_at(index)
        return quote if quote and self.is_speech(quote) else None

    def is_speech(self, quote: Quote) -> bool:
        """Tell a quotation from a word or two put in marks."""
        return self.words.count(" ", quote.start, quote.end) >= SPEECH_SPACES

    def quotes_in(self, sentence: SentenceSpan) -> tuple[Quote, ...]:
        """Return the quotations that a sentence shares characters with."""
        first = bisect_right(self.quotes, sentence.start_char, key=lambda quote: quote.end)
        last = bisect_left(self.quotes, sentence.end_char, key=lambda quote: quote.start)
        return self.quotes[first:last]


def candidates(text: Text) -> Iterator[Token]:
    """Yield the words of a segment that may be cues, in order."""
    for sentence in text.segment.sentences:
        if len(sentence) <= LONGEST:
            yield from (token for token in sentence if _is_verb(token) or _is_cue_word(token) or _is_label(token))


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in {"aux", "auxpass"})


def _is_cue_word(token: Token) -> bool:
    """Tell a noun or adverb of the lexicon, and a verb that a headline's capitals made a name."""
    known = lexicon()
    if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        lemma = token.lemma_.lower()
        if lemma in known.nouns or (token.pos_ == "PROPN" and lemma in known.verbs):
            return True
    return token.lower_ in known.hedges


def _is_label(token: Token) -> bool:
    """Tell `Putin: zone agreed` from `three points: one …`."""
    if token.lower_ != ":":
        return False
    before = token.doc[: token.i]
    return 0 < len(before) <= 8 and token.i + 1 < len(token.doc) and before[-1].pos_ in NOUN_TAGS  # noqa: PLR2004


def features(token: Token, text: Text) -> list[str]:
    """Return the names of all features that hold of a candidate."""
    subject = _of_subject(token)
    found = [*_of_word(token), *_of_children(token), *subject, *_of_place(token, text)]
    shape = _shape(token, text)
    lemma = token.lemma_.lower()
    kinds = _kinds(token)
    found += [f"shape={shape}", f"lemma={lemma}|shape={shape}", *(f"kind={kind}|shape={shape}" for kind in kinds)]
    found += [f"kind={kind}|{name}" for kind in kinds for name in subject]
    return found


def _kinds(token: Token) -> frozenset[str]:
    known = lexicon()
    table = known.nouns if token.pos_ == "NOUN" else known.verbs
    return table.get(token.lemma_.lower(), frozenset({"none"}))


def _of_word(token: Token) -> Iterator[str]:
    lemma = token.lemma_.lower()
    yield f"lemma={lemma}|{token.pos_}"
    yield f"pos={token.pos_}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    yield f"tag={token.tag_}|dep={token.dep_}"
    if token.lower_ in lexicon().hedges:
        yield "hedge"
    for kind in _kinds(token):
        yield f"kind={kind}|{token.pos_}"
        yield f"kind={kind}|dep={token.dep_}"
        yield f"kind={kind}|tag={token.tag_}"


def _of_children(token: Token) -> Iterator[str]:
    for child in token.children:
        yield f"child={child.dep_}"
        if child.dep_ in {"prep", "prt", "mark", "neg"}:
            yield f"child={child.dep_}:{child.lower_}"
            yield f"lemma={token.lemma_.lower()}|child={child.lower_}"
        elif child.dep_ in {"aux", "auxpass"}:
            yield f"aux={child.lemma_.lower()}"
        elif child.dep_ in OBJECTS:
            yield f"object={child.ent_type_ or child.pos_}"
            yield f"objectlemma={child.lemma_.lower()}"
        elif child.dep_ == "ccomp":
            yield f"ccomp:{'that' if any(word.lower_ == 'that' for word in child.children) else 'bare'}"


def subject_of(token: Token) -> Token | None:
    """Return the grammatical subject of a verb, looked for in the verbs that it hangs on where it has none."""
    node = token
    for _ in range(6):
        own = next((child for child in node.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            return own
        if node.dep_ in {"acl", "relcl"}:
            return node.head
        if (
            node.dep_ not in {"conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "dep", "parataxis"}
            or node.head == node
        ):
            return None
        node = node.head
    return None


def _of_subject(token: Token) -> list[str]:
    subject = subject_of(token) if token.pos_ in {"VERB", "AUX", "PROPN"} else None
    if subject is None:
        return ["subject=none"]
    own = "own" if subject.head == token else "far"
    kind = subject.ent_type_ or ("pronoun:" + subject.lower_ if subject.pos_ == "PRON" else subject.pos_)
    found = [f"subject={kind}", f"subject={own}", f"subject={own}|{subject.dep_}"]
    if subject.lemma_.lower() in lexicon().people:
        found.append("subject=people")
    if subject.pos_ == "NOUN":
        found.append(f"subjectlemma={subject.lemma_.lower()}")
    return found


def _of_place(token: Token, text: Text) -> Iterator[str]:
    doc = token.doc
    before = doc[token.i - 1].lower_ if token.i else "^"
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else "$"
    yield f"before={before}"
    yield f"after={after}"
    if text.position == 0:
        yield "headline"
    if not text.closes:
        yield "no full stop"
    yield from _of_quotes(token, text)
    yield from _of_head(token, text)


def _of_quotes(token: Token, text: Text) -> Iterator[str]:
    if text.speech_at(token.idx):
        yield "quoted"
        yield f"quoted|lemma={token.lemma_.lower()}"
        yield f"quoted|tag={token.tag_}"
        return
    if text.quote_at(token.idx):
        yield "in marks"
    if text.quotes_in(text.sentence_of[token.i]):
        yield "beside a quotation"


def _of_head(token: Token, text: Text) -> Iterator[str]:
    if token.head == token:
        yield "root"
        yield "last word" if token.i >= text.sentence_of[token.i].end - 3 else "inner"
        return
    yield f"head={token.head.lemma_.lower()}|{token.dep_}"
    if token.dep_ in LINKS:
        for kind in _kinds(token.head):
            yield f"headkind={kind}|{token.dep_}"


def _shape(token: Token, text: Text) -> str:
    """Return what a candidate's content would be, in one word: the strongest hint that there is."""
    deps = {child.dep_ for child in token.children}
    if not text.speech_at(token.idx) and any(
        text.is_speech(quote) for quote in text.quotes_in(text.sentence_of[token.i])
    ):
        return "quote"
    for dep in ("ccomp", "xcomp", "dobj", "prep", "acl", "agent"):
        if dep in deps:
            return dep
    return "parenthesis" if token.dep_ in {"parataxis", "ROOT"} and not deps & OBJECTS else "bare"
