"""Short dispatches of our own with a human reading, and how well a reading of facts agrees with it.

A gold fact is found when a predicted stretch shares half of their joint characters; pairs are made by falling
likeness, one to one. Those of all groups but the first were written after the rules of their day and
read by them once before any change: see docs/facts.md for those first scores.

Some readings by others call a promise or a threat planned, where ours call the promising done and what is promised
planned: their facts keep that certainty and bear `promised: true`, with which the act of promising is no invention.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from geo.article import from_text
from geo.facts import FactReading, as_record, read_facts
from geo.language import parse

FOLDER = Path(__file__).parents[1] / "tests" / "geo" / "facts" / "dispatches"
GROUPS = ("dispatches", "check", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
#: Read by the rules once, after all mending: what they say of a text that nobody has seen. To be measured, not studied,
#: until another group takes its place.
UNSTUDIED = "eighth"
#: In one of its reports no more things are told as done that were not.
UNSTUDIED_WRONGLY = 3
Record = dict[str, Any]


def paths() -> list[Path]:
    """Return the dispatch files in order."""
    return sorted(FOLDER.glob("*.yaml"))


def gold(path: Path) -> Record:
    """Return a dispatch in the scorer's shape: offsets instead of quotes."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = raw["text"]
    facts = [_placed(text, fact, f"{path.stem}-{number}") for number, fact in enumerate(raw["facts"])]
    date = str(raw["date"]) if raw["date"] else None
    return {
        "id": path.stem,
        "text": text,
        "date": date,
        "facts": facts,
        "ignore": [],
        "group": raw.get("group", "dispatches"),
    }


def _placed(text: str, fact: Record, key: str) -> Record:
    start = text.index(fact["quote"])
    end = start + len(fact["quote"])
    source = fact.get("source")
    return {
        "id": key,
        "start": start,
        "end": end,
        "event": fact["event"],
        "certainty": fact["certainty"],
        "negated": fact.get("negated", False),
        "time": fact.get("time"),
        "promised": fact.get("promised", False),
        "source": [_nearest(text, source, start, end)] if source else [],
    }


def _nearest(text: str, name: str, start: int, end: int) -> list[int]:
    """Return where the name stands nearest to the fact, in the same line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text[first : last if last >= 0 else len(text)])
    best = min(found, key=lambda m: min(abs(first + m.start() - start), abs(first + m.start() - end)))
    return [first + best.start(), first + best.end()]


def reading(record: Record) -> FactReading:
    """Return the facts that the program reads in a dispatch."""
    article = from_text(record["text"], id=record["id"], published=record["date"])
    return read_facts(parse(article), published=article.published.date)


def predicted(record: Record) -> Record:
    """Return the same in the shape of the machine interface."""
    return as_record(reading(record))


def score(record: Record, answer: Record) -> dict[str, int]:
    """Return counts: gold, found, certainty, event, predicted, and `wrongly` established."""
    made = pairs(record["facts"], answer["facts"])
    return {
        "gold": len(record["facts"]),
        "found": len(made),
        "certainty": sum((g["certainty"], g["negated"]) == (p["certainty"], p["negated"]) for g, p in made),
        "event": sum(not g["event"] or p["event"] in g["event"] for g, p in made),
        "predicted": len(answer["facts"]),
        "wrongly": sum(_is_wrong(fact, record["facts"]) for fact in answer["facts"] if _stands(fact)),
    }


def pairs(facts: list[Record], answers: list[Record]) -> list[tuple[Record, Record]]:
    """Return which answer is which gold fact."""
    every = [(_jaccard(g, p), -i, -j) for i, g in enumerate(facts) for j, p in enumerate(answers)]
    made: list[tuple[Record, Record]] = []
    seen: tuple[set[int], set[int]] = (set(), set())
    for likeness, i, j in sorted(every, reverse=True):
        if likeness >= 0.5 and i not in seen[0] and j not in seen[1]:  # noqa: PLR2004  half, as the scorer has it
            made.append((facts[-i], answers[-j]))
            seen[0].add(i)
            seen[1].add(j)
    return made


def _shared(one: Record, other: Record) -> int:
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _jaccard(one: Record, other: Record) -> float:
    return _shared(one, other) / (max(one["end"], other["end"]) - min(one["start"], other["start"]))


def _stands(fact: Record) -> bool:
    return fact["certainty"] == "established" and not fact["negated"]


def _is_wrong(answer: Record, facts: list[Record]) -> bool:
    """Is a thing told as done that the gold reading knows only as planned, denied, alleged or possible?"""
    about = [g for g in facts if 2 * _shared(g, answer) > answer["end"] - answer["start"]]
    right = any(_stands(g) and _jaccard(g, answer) >= 0.5 for g in facts)  # noqa: PLR2004  half, as above
    return not right and any(not _stands(g) and not g.get("promised") for g in about)
