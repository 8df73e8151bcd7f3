"""Measure recognition and resolution on short war sentences of our own, which newspapers' corpora are poor in.

    python bench/bench_war_sentences.py [--errors]

Prints precision, recall and F1 of the recognised names (exact spans) and, of the names found, the share that lies in
the right country with nothing but the sentence to go by, for the sentences that the rules were made with and for those
written afterwards. `bench/floors/war_sentences.json` holds the floors.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo import language, resolver
from geo.article import from_text
from geo.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So many of the sentences were there when the rules were made.
FIRST = 75
SENTENCES = Path(__file__).parent / "war_sentences.tsv"


class Outcome(NamedTuple):
    """One sentence: the names that it has and those that were found, as (start, end, country)."""

    text: str
    gold: set[tuple[int, int, str]]
    found: set[tuple[int, int, str]]


def sentences() -> Iterator[tuple[str, set[tuple[int, int, str]]]]:
    """Yield each sentence with its names."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, _, names = line.partition("\t")
            gold, at = set(), 0
            for each in filter(None, names.split(";")):
                name, country = each.split("=")
                at = text.index(name, at)
                gold.add((at, at + len(name), country))
                at += len(name)
            yield text, gold


def outcomes(gazetteer: Gazetteer) -> list[Outcome]:
    """Return what the resolver makes of each sentence."""
    rows = []
    for number, (text, gold) in enumerate(sentences()):
        parsed = language.parse(from_text(text, id=f"s{number}"), full=False)
        found = resolver.resolve(parsed, gazetteer, readings=False)
        named = {(r.mention.span.start, r.mention.span.end, r.place.country or "" if r.place else "")
                 for r in found if r.mention.kind != "demonym"}  # fmt: skip
        rows.append(Outcome(text, gold, named))
    return rows


def figures(rows: list[Outcome]) -> dict[str, float]:
    """Return precision, recall and F1 of the spans and the share of those found that is in the right country."""
    gold = sum(len(row.gold) for row in rows)
    found = sum(len(row.found) for row in rows)
    both = sum(len({g[:2] for g in row.gold} & {f[:2] for f in row.found}) for row in rows)
    placed = sum(len(row.gold & row.found) for row in rows)
    return {
        "precision": round(both / max(found, 1), 3),
        "recall": round(both / gold, 3),
        "f1": round(2 * both / (found + gold), 3),
        "right_country": round(placed / max(both, 1), 3),
    }


def main() -> None:
    """Print the figures; with `--errors` the sentences that went wrong."""
    rows = outcomes(Gazetteer.open())
    print(json.dumps({"first": figures(rows[:FIRST]), "later": figures(rows[FIRST:]), "all": figures(rows)}))
    for row in rows if "--errors" in sys.argv else ():
        missed, extra = row.gold - row.found, row.found - row.gold
        if missed or extra:
            name = {s: row.text[slice(*s[:2])] for s in missed | extra}
            print(row.text, "| missed", [(name[s], s[2]) for s in missed], "| wrong", [(name[s], s[2]) for s in extra])


if __name__ == "__main__":
    main()
