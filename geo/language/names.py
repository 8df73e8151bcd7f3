"""Named entities of many texts at once, as the model's own greedy decoder finds them.

spaCy's transition-based recogniser goes through a text word by word, with a score for each *begin*, *in*, *last*,
*unit* and *out* at every step. Outside an entity the scores depend on the word alone, and inside on three words: the
one in hand, the entity's first and the one before. So they are computed here for all words in one product, and for all
entities that might begin, word after word, in a few more; what is chosen is the same. Stepping word by word takes half
of the time of reading names.
Scores and rules: spaCy 3.8, `TransitionBasedParser.v2` with `state_type = "ner"` (lower layer: sums over three places,
maxout; upper layer: one score an action) and no entities set beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.language.model import Doc, Model, Step

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Truths = np.ndarray[Any, np.dtype[np.bool_]]

#: Places that a score looks at: the word in hand, the entity's first, the word before the one in hand.
PLACES = 3
#: SENT_START of a word that begins a sentence.
BEGINS = 1


class _Words(NamedTuple):
    """The words of all texts in a row."""

    space: Truths
    stops: Truths
    """Whether an entity cannot go on behind this word: the text or the sentence ends."""


@dataclass(frozen=True, slots=True)
class _Actions:
    """The recogniser's actions by their kind; each array holds indexes into the scores, by label."""

    labels: tuple[str, ...]
    begin: Whole
    inside: Whole
    last: Whole
    unit: Whole
    out: int

    @classmethod
    def of(cls, names: list[str]) -> _Actions | None:
        """Return the actions of a recogniser by their names (`B-GPE`); None where they are others."""
        at = {name: index for index, name in enumerate(names)}
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        wanted = [[f"{kind}-{label}" for label in labels] for kind in "BILU"]
        if "O" not in at or not labels or {*at} - {"U-"} != {"O", *(name for row in wanted for name in row)}:
            return None
        begin, inside, last, unit = (np.array([at[name] for name in row]) for row in wanted)
        return cls(labels, begin, inside, last, unit, at["O"])


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """The weights of a recogniser, and what it does."""

    vectors: Any
    """Layer from texts to one vector a word."""
    lower: Floats
    """PLACES × pieces × hidden rows, a column for each dimension of a word's vector."""
    bias: Floats
    """Pieces × hidden."""
    missing: Floats
    """PLACES × pieces × hidden: in the stead of a place that there is not."""
    upper: Floats
    upper_bias: Floats
    actions: _Actions

    def __call__(self, docs: list[Doc]) -> list[Doc]:
        """Set the entities of all texts."""
        from spacy.tokens import Span

        lengths = [len(doc) for doc in docs]
        spans = self._spans(docs, _words(docs)) if sum(lengths) else []
        begins = np.cumsum([0, *lengths[:-1]])
        mine: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        for first, last, label in spans:
            which = int(np.searchsorted(begins, first, side="right")) - 1
            mine[which].append((first - int(begins[which]), last - int(begins[which]) + 1, label))
        for doc, found in zip(docs, mine, strict=True):
            doc.set_ents([Span(doc, first, end, label=label) for first, end, label in found], default="outside")
        return docs

    def _spans(self, docs: list[Doc], words: _Words) -> list[tuple[int, int, str]]:
        """Return first word, last word and label of each entity, in the order of the text."""
        parts = self._parts(self.vectors.predict(docs))
        chosen = self._outside(parts, words)
        begin, unit = _places(chosen, self.actions.begin), _places(chosen, self.actions.unit)
        firsts = np.flatnonzero(begin >= 0)
        lasts = dict(zip(firsts.tolist(), self._lasts(parts, words, firsts, begin[firsts]).tolist(), strict=True))
        return [*_in_order(begin, unit, lasts, self.actions.labels)]

    def _parts(self, vectors: Floats) -> Floats:
        """Return what each word adds to a score in each place: words × PLACES × pieces × hidden."""
        return (vectors @ self.lower.T).reshape(-1, *self.missing.shape)

    def _hidden(self, sums: Floats) -> Floats:
        """Return the hidden layer from the summed parts."""
        return np.asarray((sums + self.bias).max(axis=1))

    def _outside(self, parts: Floats, words: _Words) -> Whole:
        """Return the action that each word gets where no entity is open."""
        sums = parts[:, 0] + self.missing[1] + self.missing[2]
        allowed = np.zeros((len(parts), len(self.upper)), dtype=bool)
        allowed[:, self.actions.out] = True
        allowed[np.ix_(~words.space, self.actions.unit)] = True
        allowed[np.ix_(~words.space & ~words.stops, self.actions.begin)] = True
        scores = self._hidden(sums) @ self.upper.T + self.upper_bias
        return np.asarray(np.where(allowed, scores, -np.inf).argmax(axis=1))

    def _lasts(self, parts: Floats, words: _Words, firsts: Whole, labels: Whole) -> Whole:
        """Return the last word of the entity that begins at each of `firsts`, all of them word by word together."""
        lasts = firsts.copy()
        opened = np.arange(len(firsts))
        while len(opened):
            lasts[opened] += 1
            here, label = lasts[opened], labels[opened]
            hidden = self._hidden(parts[here, 0] + parts[firsts[opened], 1] + parts[here - 1, 2])
            stay, end = (
                (hidden * self.upper[rows[label]]).sum(axis=1) + self.upper_bias[rows[label]]
                for rows in (self.actions.inside, self.actions.last)
            )
            on = (stay > end) | ((stay == end) & (self.actions.inside[label] < self.actions.last[label]))
            opened = opened[on & ~words.stops[here]]
        return lasts


def finder(nlp: Model) -> Step | None:
    """Return a quick way to find entities; None where the model's recogniser has another make."""
    from geo.language.model import is_as_usual

    pipe: Any = nlp.get_pipe("ner") if is_as_usual(nlp, "ner") else None
    model = getattr(pipe, "model", None)
    if model is None or model.name != "parser_model" or not model.attrs.get("has_upper"):
        return None
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    moves = [pipe.moves.get_class_name(index) for index in range(pipe.moves.n_moves)]
    actions = _Actions.of(moves)
    plain = pipe.cfg.get("beam_width") == 1 and not model.attrs.get("unseen_classes")
    if actions is None or not plain or lower.get_dim("nF") != PLACES or lower.get_dim("nP") < 2:  # noqa: PLR2004
        return None
    weights = lower.get_param("W").swapaxes(1, 2)  # pieces outside, so that their maximum is taken of whole rows
    return _Recogniser(
        vectors=model.get_ref("tok2vec"),
        lower=np.ascontiguousarray(weights.reshape(-1, weights.shape[-1])),
        bias=lower.get_param("b").T.copy(),
        missing=lower.get_param("pad")[0].swapaxes(1, 2).copy(),
        upper=upper.get_param("W"),
        upper_bias=upper.get_param("b"),
        actions=actions,
    )


def _words(docs: list[Doc]) -> _Words:
    from spacy.attrs import IS_SPACE, SENT_START

    table = np.concatenate([doc.to_array([IS_SPACE, SENT_START]).astype(np.int64).reshape(-1, 2) for doc in docs])
    stops = np.append(table[1:, 1] == BEGINS, True)
    stops[np.cumsum([len(doc) for doc in docs if len(doc)]) - 1] = True
    return _Words(table[:, 0] == 1, stops)


def _places(chosen: Whole, actions: Whole) -> Whole:
    """Return for each word which of some actions was chosen; -1 where none of them."""
    which = np.full(int(max(chosen.max(), actions.max())) + 1, -1)
    which[actions] = np.arange(len(actions))
    return np.asarray(which[chosen])


def _in_order(
    begin: Whole, unit: Whole, lasts: dict[int, int], labels: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    """Yield the entities that are reached from the left: none begins within another."""
    free = 0
    for first in np.flatnonzero((begin >= 0) | (unit >= 0)).tolist():
        if first < free:
            continue
        last = lasts.get(first, first)
        yield first, last, labels[begin[first] if first in lasts else unit[first]]
        free = last + 1
