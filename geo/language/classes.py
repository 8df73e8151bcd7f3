"""The model's rules for parts of speech and forms of words, remembered by word.

spaCy's attribute ruler tries some 180 patterns at every word: *a word tagged VBZ is a verb in the third person*. Nearly
all of them look at one word only, at its tag, relation and wording, and name few wordings. So what they make of such a
word is asked of the ruler once and remembered. Where one of the few patterns over several words may hold (*let 's*),
the ruler is asked again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.language.model import Doc, Model, Step, Token

    Pattern: TypeAlias = list[Mapping[str, Any]]
    Made: TypeAlias = tuple[int, ...]

#: What a pattern may look at.
LOOKED_AT = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
#: What the rules may set.
SET = ("POS", "MORPH", "LEMMA", "TAG", "DEP")
#: Wordings and words remembered; when there are more, all are forgotten.
MOST = 50_000


class _Word(NamedTuple):
    """All that a rule may know of a word; strings by their key in the model's vocabulary."""

    tag: int
    dep: int
    lower: int
    """0 where no rule names the wording."""
    space: int


class _Wording(NamedTuple):
    """What the rules have to do with a wording in lower case."""

    key: int
    """0 where no rule names it."""
    second: bool
    """Whether a pattern over several words may have it as its second word."""


@dataclass(frozen=True, slots=True)
class _Ruler:
    pipe: Any
    """spaCy's own ruler."""
    named: tuple[Callable[[str], bool], ...]
    """What tells the wordings that rules name."""
    long: tuple[tuple[Callable[[Token], bool], ...], ...]
    """The patterns over several words, by what tells whether each may be there."""
    second: tuple[Callable[[str], bool], ...]
    """What tells the wordings of their second words."""
    wordings: dict[int, _Wording] = field(default_factory=dict)
    known: dict[_Word, Made] = field(default_factory=dict)
    """What the rules make of a word: the values of `SET`."""

    def __call__(self, docs: list[Doc]) -> list[Doc]:
        """Set the class of each word of all texts."""
        if len(self.known) + len(self.wordings) > MOST:
            self.known.clear()
            self.wordings.clear()
        for doc in docs:
            self._rule(doc)
        return docs

    def _rule(self, doc: Doc) -> None:
        rows = doc.to_array(["TAG", "DEP", "LOWER", "IS_SPACE"]).tolist()
        wordings = [self.wordings.get(lower) or self._wording(doc, lower) for _, _, lower, _ in rows]
        words = [_Word(tag, dep, told.key, space) for (tag, dep, _, space), told in zip(rows, wordings, strict=True)]
        stretches = self._stretches(doc, wordings)
        longer = sorted({match for start, end in stretches for match in self._matches(doc, start, end)})
        made = [self.known.get(word) or self._learn(doc, at, word) for at, word in enumerate(words)]
        if made:
            doc.from_array([*SET], np.array(made, dtype=np.uint64))  # type: ignore[arg-type]
        self.pipe.set_annotations(doc, longer)

    def _wording(self, doc: Doc, lower: int) -> _Wording:
        text = doc.vocab.strings[lower]
        key = lower if any(told(text) for told in self.named) else 0
        made = self.wordings[lower] = _Wording(key, any(told(text) for told in self.second))
        return made

    def _learn(self, doc: Doc, at: int, word: _Word) -> Made:
        self.pipe.set_annotations(doc, self._matches(doc, at, at + 1))
        token = doc[at]
        morph: Any = token.morph
        made = self.known[word] = (token.pos, morph.key, token.lemma, token.tag, token.dep)
        return made

    def _matches(self, doc: Doc, start: int, end: int) -> list[tuple[int, int, int, int]]:
        """Return the ruler's matches within a stretch, in their order, with places in the text."""
        return [(rule, key, start + i, start + j) for rule, key, i, j in self.pipe.match(doc[start:end])]

    def _stretches(self, doc: Doc, wordings: list[_Wording]) -> Iterator[tuple[int, int]]:
        """Yield where a pattern over several words may hold."""
        for at in (at for at, wording in enumerate(wordings[1:]) if wording.second):
            for pattern in self.long:
                here = doc[at : at + len(pattern)]
                if len(here) == len(pattern) and all(may(token) for may, token in zip(pattern, here, strict=True)):
                    yield at, at + len(pattern)


def ruler(nlp: Model) -> Step | None:
    """Return a quick way to apply the model's rules; None where it has none, or rules of another kind."""
    from geo.language.model import is_as_usual

    if not is_as_usual(nlp, "attribute_ruler"):
        return None
    pipe: Any = nlp.get_pipe("attribute_ruler")
    patterns: list[Pattern] = [pattern for rule in pipe.patterns for pattern in rule["patterns"]]
    looks = {key for pattern in patterns for word in pattern for key in word}
    sets = {key for rule in pipe.patterns for key in rule["attrs"]}
    if not looks <= LOOKED_AT or not sets <= {*SET}:
        return None
    long = [pattern for pattern in patterns if len(pattern) > 1]
    if not all("LOWER" in pattern[1] for pattern in long):
        return None
    named = tuple(_wording(word["LOWER"]) for pattern in patterns for word in pattern if "LOWER" in word)
    second = tuple(_wording(pattern[1]["LOWER"]) for pattern in long)
    return _Ruler(pipe, named, tuple(map(_maybe, long)), second)


def _maybe(pattern: Pattern) -> tuple[Callable[[Token], bool], ...]:
    """Return what tells whether each word of a pattern may be there: its wording and its relation."""

    def one(wanted: Mapping[str, Any]) -> Callable[[Token], bool]:
        wording, relation = _wording(wanted.get("LOWER", {})), wanted.get("DEP")
        exact = relation if isinstance(relation, str) else None
        return lambda token: wording(token.lower_) and (exact is None or token.dep_ == exact)

    return tuple(map(one, pattern))


def _wording(wanted: str | Mapping[str, Any]) -> Callable[[str], bool]:
    """Return what tells whether a wording may be meant; a condition that is not known here lets all pass."""
    if isinstance(wanted, str):
        return partial(str.__eq__, wanted)
    if {*wanted} == {"IN"}:
        return frozenset(wanted["IN"]).__contains__
    if {*wanted} == {"REGEX"}:
        return lambda lower: bool(re.search(wanted["REGEX"], lower))
    return lambda _: True
