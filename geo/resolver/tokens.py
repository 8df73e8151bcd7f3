"""A parsed piece as plain lists: the parser's own accessors cost too much in the loops over words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.language import Doc


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words with their places in the piece, and the parser's entities."""

    words: list[str]
    lower: list[str]
    labels: list[str]
    entity: list[int]
    """By word, the number of its entity; -1 for none."""
    starts: list[int]
    ends: list[int]
    entities: list[tuple[int, int, str]]
    """First word, last word, label; articles and possessive endings are left out."""

    def text(self, first: int, last: int) -> str:
        """Return the words with the gaps that the text has (a gap of any width counts as one space)."""
        parts = [self.words[first]]
        for i in range(first + 1, last + 1):
            if self.starts[i] > self.ends[i - 1]:
                parts.append(" ")
            parts.append(self.words[i])
        return "".join(parts)


def tokens_of(doc: Doc) -> Tokens:
    """Return the words and entities of a parse."""
    text = doc.text
    spans = doc.to_array(["IDX", "LENGTH"]).tolist()
    starts = [start for start, _ in spans]
    ends = [start + length for start, length in spans]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    entity, entities = [-1] * len(words), list[tuple[int, int, str]]()
    for found in doc.ents:
        first, last = _trimmed(words, found.start, found.end - 1)
        if first <= last:
            entity[first : last + 1] = [len(entities)] * (last + 1 - first)
            entities.append((first, last, found.label_))
    labels = [entities[i][2] if i >= 0 else "" for i in entity]
    return Tokens(words, [word.lower() for word in words], labels, entity, starts, ends, entities)


def _trimmed(words: list[str], first: int, last: int) -> tuple[int, int]:
    while first <= last and (words[first].lower() in {"the", "a", "an", "'s", "’s"} or not _has_letter(words[first])):
        first += 1
    while first <= last and (words[last].lower() in {"'s", "’s"} or not _has_letter(words[last])):
        last -= 1
    return first, last


def _has_letter(word: str) -> bool:
    return any(map(str.isalnum, word))
