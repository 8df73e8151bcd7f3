"""The parse once more as plain Python objects, which the fact layer asks some hundred thousand questions an article.

spaCy makes a new object for every token that is looked at and a new string for every label that is read. Here each
word is made once, with its labels, its head and its children. Names and meanings are spaCy's, so that the rest of the
layer is written, typed and tested against `Token`, `Span` and `Doc`; what is not mirrored is asked of spaCy.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo import language
    from geo.language import Parsed

_STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_NONE: tuple[Word, ...] = ()
_FLAGS = ("IS_PUNCT", "IS_SPACE", "IS_TITLE", "LIKE_NUM", "SPACY")


def mirrored(parsed: Parsed) -> Parsed:
    """Return a parse whose documents are mirrors; the spaCy documents stay behind them."""
    strings: dict[int, str] = {}
    segments = (replace(part, doc=cast("language.Doc", Doc(part.doc, strings))) for part in parsed.segments)
    return replace(parsed, segments=tuple(segments))


class Word:
    """A token."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "is_title",
        "keys",
        "left_edge",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "spaced",
        "tag_",
        "text",
    )
    children: tuple[Word, ...]
    dep_: str
    doc: Doc
    ent_type_: str
    head: Word
    i: int
    idx: int
    is_punct: bool
    is_space: bool
    is_title: bool
    keys: tuple[str, ...] | None
    """What `geo.facts.lexicon.verb_keys` found."""
    left_edge: Word
    lemma_: str
    like_num: bool
    lower_: str
    pos_: str
    right_edge: Word
    spaced: bool
    tag_: str
    text: str

    def __len__(self) -> int:
        """Return how many characters it has."""
        return len(self.text)

    def __repr__(self) -> str:
        """Return its text, as spaCy does."""
        return self.text

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever spaCy answers
        """Return the words below it, kept once made; ask spaCy for what is not mirrored."""
        if name == "_subtree":
            self._subtree = tuple(self._below())
            return self._subtree
        return getattr(self.doc.source[self.i], name)

    @property
    def text_with_ws(self) -> str:
        """Return its text with the space behind it."""
        return self.text + " " if self.spaced else self.text

    @property
    def subtree(self) -> Iterator[Word]:
        """Yield the words that hang on it, near and far, and itself."""
        return iter(self._subtree)

    def _below(self) -> Iterator[Word]:
        """Walk the tree in its order, without recursion: bad prose may be nested a thousand deep."""
        waiting: list[tuple[Word, bool]] = [(self, False)]
        while waiting:
            word, open_ = waiting.pop()
            if open_ or not word.children:
                yield word
                continue
            waiting += [(child, False) for child in reversed(word.children) if child.i > word.i]
            waiting.append((word, True))
            waiting += [(child, False) for child in reversed(word.children) if child.i < word.i]

    @property
    def ancestors(self) -> Iterator[Word]:
        """Yield what it hangs on, the nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def conjuncts(self) -> tuple[Word, ...]:
        """Return the words that it is joined to by *and* or commas."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found += [child for child in word.children if child.dep_ == "conj" and child.i > word.i]
        return tuple(word for word in found if word is not self)

    @property
    def sent(self) -> Stretch:
        """Return its sentence."""
        return self.doc.sentence_of(self.i)

    def nbor(self, distance: int = 1) -> Word:
        """Return the word so many places on."""
        at = self.i + distance
        if at < 0:
            raise IndexError(at)
        return self.doc.words[at]

    def is_ancestor(self, other: Word) -> bool:
        """Tell whether another word hangs on this one."""
        return any(word is self for word in other.ancestors)


def _set_edges(words: list[Word]) -> None:
    """Set the first and the last word below each word, by climbing from each as far as it reaches out."""
    for word in words:
        word.left_edge = word.right_edge = word
    for word in words:
        above = word.head
        while above.left_edge.i > word.i:
            above.left_edge, above = word, above.head
    for word in reversed(words):
        above = word.head
        while above.right_edge.i < word.i:
            above.right_edge, above = word, above.head


class Stretch:
    """A span: words from one place up to another."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        """Take the words from `start` up to `end`."""
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        """Return how many words it has."""
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        """Yield its words."""
        return iter(self.doc.words[self.start : self.end])

    def __getitem__(self, at: int) -> Word:
        """Return a word by its place within."""
        return self.doc.words[self.start : self.end][at]

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same stretch of the same text."""
        same = isinstance(other, Stretch) and self.doc is other.doc
        return same and (self.start, self.end) == (cast("Stretch", other).start, cast("Stretch", other).end)

    def __hash__(self) -> int:
        """Return a hash that fits `==`."""
        return hash((id(self.doc), self.start, self.end))

    @property
    def text(self) -> str:
        """Return its text without the space behind it."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def start_char(self) -> int:
        """Return where it begins in the document's text."""
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        """Return where it ends there."""
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def root(self) -> Word:
        """Return the word on which the others hang."""
        return self.doc.words[self.doc.source[self.start : self.end].root.i]


class Doc:
    """A document."""

    def __init__(self, source: language.Doc, strings: dict[int, str]) -> None:
        """Mirror a spaCy document; `strings` keeps the strings that were looked up before."""
        self.source, self.strings = source, strings
        self._annotated: dict[str, bool] = {}

    @cached_property
    def words(self) -> list[Word]:
        """Return its words."""
        rows = self.source.to_array([*_STRINGS, *_FLAGS, "HEAD"]).tolist()
        words = [Word() for _ in rows]
        at = 0
        for i, (word, row) in enumerate(zip(words, rows, strict=True)):
            self._fill(word, row)
            word.doc, word.i, word.idx, word.children, word.keys = self, i, at, _NONE, None
            at += len(word.text) + word.spaced
        for i, (word, row) in enumerate(zip(words, rows, strict=True)):
            offset = row[-1]
            word.head = words[i + (offset - (1 << 64) if offset >> 63 else offset)]
            if offset:
                head = word.head
                head.children = (*head.children, word)
        _set_edges(words)
        return words

    def _fill(self, word: Word, row: Sequence[int]) -> None:
        known = self.strings
        for key in row[:7]:
            if key not in known:
                known[key] = self.source.vocab.strings[key]
        text, lower, lemma, pos, tag, dep, entity, punct, space, title, number, spaced, _ = row
        word.text, word.lower_, word.lemma_, word.pos_ = known[text], known[lower], known[lemma], known[pos]
        word.tag_, word.dep_, word.ent_type_, word.spaced = known[tag], known[dep], known[entity], spaced == 1
        word.is_punct, word.is_space, word.is_title, word.like_num = punct == 1, space == 1, title == 1, number == 1

    def __len__(self) -> int:
        """Return how many words it has."""
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        """Yield its words."""
        return iter(self.words)

    def __getitem__(self, at: int | slice) -> Word | Stretch:
        """Return a word by its place, or a stretch."""
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.words))
            return Stretch(self, start, max(start, end))
        return self.words[at]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever spaCy answers
        """Ask spaCy for what is not mirrored."""
        return getattr(self.source, name)

    @cached_property
    def text(self) -> str:
        """Return its text."""
        return "".join([f"{word.text} " if word.spaced else word.text for word in self.words])

    def has_annotation(self, name: str) -> bool:
        """Tell whether spaCy found something of a kind, asked once for each."""
        if name not in self._annotated:
            self._annotated[name] = self.source.has_annotation(name)
        return self._annotated[name]

    @cached_property
    def sents(self) -> tuple[Stretch, ...]:
        """Return its sentences."""
        return tuple(Stretch(self, span.start, span.end) for span in self.source.sents)

    @cached_property
    def _sentences(self) -> list[Stretch]:
        return [sentence for sentence in self.sents for _ in range(len(sentence))]

    def sentence_of(self, at: int) -> Stretch:
        """Return the sentence that holds a word."""
        return self._sentences[at]

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Stretch | None:
        """Return the words between two characters."""
        found = self.source.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else Stretch(self, found.start, found.end)
