"""Attributions: accuracy and speed, as JSON.

    python bench/bench_attribution.py

Corpus: PolNeAR's development half (`attribution/polnear_dev`), which the model was not trained on while it was made.
Peers in the same run: the plainest reading of a parse (a verb of saying, its subject, its clause), and textacy's direct
quotations where it happens to be installed. Exit status 1 if a floor of `floors/attribution.json` is undercut.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from typing import TYPE_CHECKING

from language_corpora import FOLDER, Record, article, digest, floors, records, scorer, undercut

from geo.facts import attribution
from geo.language import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.types import Span

CORPUS = "attribution/polnear_dev"
MEASURES = ("cue", "cue_source", "cue_content", "full")


def spans(found: Iterable[Span]) -> list[list[int]]:
    """Return spans in the scorer's shape."""
    return [[span.start, span.end] for span in found]


def answer(record: Record) -> Record:
    """Return the finder's answer in the scorer's shape."""
    found = attribution.find(parse(article(record)))
    return {
        "id": record["id"],
        "attributions": [{"source": spans(a.source), "cue": spans(a.cue), "content": spans(a.content)} for a in found],
    }


def measure(name: str = CORPUS, *, every: int = 1) -> dict[str, float]:
    """Return F1 by measure."""
    given = {record["id"]: record for record in records(name, every=every)}
    result = scorer().attribution(given, {key: answer(record) for key, record in given.items()})
    return {measured: result[measured]["f1"] for measured in MEASURES}


SAYING = frozenset({"say", "tell", "report", "announce", "state", "add", "claim", "warn", "deny", "think", "believe"})


def plain(name: str = CORPUS) -> dict[str, float]:
    """Return the figures of eleven verbs with their subjects and clauses: what a parser gives for nothing."""
    given = {record["id"]: record for record in records(name)}
    answers = {}
    for key, record in given.items():
        found = []
        for part in parse(article(record)).segments:
            for token in part.doc:
                if token.lemma_ not in SAYING or token.pos_ != "VERB":
                    continue
                roles = {"source": {"nsubj"}, "content": {"ccomp", "advcl", "parataxis"}}
                spans_of = {
                    role: [
                        [part.offset + c.left_edge.idx, part.offset + c.right_edge.idx + len(c.right_edge)]
                        for c in token.children
                        if c.dep_ in labels
                    ][:1]
                    for role, labels in roles.items()
                }
                cue = [[part.offset + token.idx, part.offset + token.idx + len(token)]]
                found.append({**spans_of, "cue": cue})
        answers[key] = {"id": key, "attributions": found}
    result = scorer().attribution(given, answers)
    return {measured: result[measured]["f1"] for measured in MEASURES}


def peer(name: str = CORPUS) -> Record:
    """Return textacy's figures for the same records; documents that it raises on count as empty."""
    if importlib.util.find_spec("textacy") is None:
        return {"skipped": "textacy is not installed"}
    from textacy.extract import direct_quotations

    given = {record["id"]: record for record in records(name)}
    answers, raised = {}, 0
    for key, record in given.items():
        found = []
        try:
            for part in parse(article(record)).segments:
                for quote in direct_quotations(part.doc):
                    shape = {"source": quote.speaker, "cue": quote.cue, "content": [quote.content]}
                    found.append(
                        {
                            role: [[part.offset + t[0].idx, part.offset + t[-1].idx + len(t[-1])] for t in [words] if t]
                            for role, words in shape.items()
                        }
                    )
        except ValueError:
            raised += 1
        answers[key] = {"id": key, "attributions": found}
    result = scorer().attribution(given, answers)
    return {**{measured: result[measured]["f1"] for measured in MEASURES}, "documents_it_raised_on": raised}


def speed(*, count: int = 20) -> dict[str, float]:
    """Return how fast the finder is, the parse given."""
    given = [parse(article(record)) for record in records(CORPUS)[:count]]
    start = time.perf_counter()
    for parsed in given:
        attribution.find(parsed)
    seconds = time.perf_counter() - start
    words = sum(len(parsed.article.text.split()) for parsed in given)
    return {"words_a_second": round(words / seconds), "ms_a_document": round(1000 * seconds / len(given), 2)}


def main() -> int:
    """Print the table; return the exit status."""
    if not FOLDER.exists():
        print(json.dumps({"skipped": f"no corpora in {FOLDER}"}))
        return 0
    measured = measure()
    table = {
        CORPUS: {"digest": digest(CORPUS), **measured},
        "speed": speed(),
        "plain_parse": plain(),
        "textacy": peer(),
    }
    table["undercut"] = undercut(measured, floors("attribution")["all"])
    print(json.dumps(table, indent=1))
    return bool(table["undercut"])


if __name__ == "__main__":
    sys.exit(main())
