"""Single sentences of our own, one event each, and how many of them are read with the right type of event.

They are of the kind of the PLOVER records: `tests/geo/facts/sentences.tsv` holds them in the rounds in which they were
written. As with those records the first fact's event counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import dispatches

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parents[1] / "tests" / "geo" / "facts" / "sentences.tsv"
ROUNDS = ("before", "after", "third")


class Sentence(NamedTuple):
    """One sentence with the event that a reader sees in it."""

    round: str
    event: str
    text: str


def sentences() -> Iterator[Sentence]:
    """Yield the sentences in order."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    yield from (Sentence(*line.split("\t")) for line in lines if not line.startswith("#"))


def first_event(text: str) -> str | None:
    """Return the event of a sentence's first fact, or None."""
    facts = dispatches.predicted({"id": "sentence", "text": text, "date": None})["facts"]
    return facts[0]["event"] if facts else None


def wrong(name: str) -> list[tuple[Sentence, str | None]]:
    """Return the sentences of a round that are read otherwise, with what they are read as."""
    told = ((each, first_event(each.text)) for each in sentences() if each.round == name)
    return [(each, event) for each, event in told if event != each.event]


def shares() -> dict[str, str]:
    """Return how many sentences of each round are read right."""
    count = {name: sum(each.round == name for each in sentences()) for name in ROUNDS}
    return {name: f"{of - len(wrong(name))}/{of}" for name, of in count.items() if of}
