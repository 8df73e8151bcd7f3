"""Time expressions: accuracy and speed beside dateparser, as JSON.

    python bench/bench_times.py [--no-peer]

Corpora: TempEval-3's TimeBank and AQUAINT parts (`time/timebank_dev`, `time/aquaint_dev`); the publication day is
given. Exit status 1 if a floor of `floors/times.json` is undercut.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

from language_corpora import FOLDER, Record, article, digest, floors, records, scorer, undercut

from geo.facts import times
from geo.language import parse

if TYPE_CHECKING:
    from geo.language import Parsed

CORPORA = ("time/timebank_dev", "time/aquaint_dev")
MEASURES = ("strict", "relaxed", "value", "type")


def tagged(record: Record, parsed: Parsed) -> Record:
    """Return the tagger's answer in the scorer's shape."""
    found = times.tag(parsed, record.get("date"))
    return {
        "id": record["id"],
        "timexes": [{"start": t.span.start, "end": t.span.end, "type": t.kind, "value": t.value} for t in found],
    }


def measure(names: tuple[str, ...] = CORPORA, *, every: int = 1) -> dict[str, float]:
    """Return F1 by measure over all corpora together."""
    given = {record["id"]: record for name in names for record in records(name, every=every)}
    answers = {key: tagged(record, parse(article(record))) for key, record in given.items()}
    result = scorer().time(given, answers)
    return {name: result[name]["f1"] for name in MEASURES}


def peer(names: tuple[str, ...] = CORPORA) -> dict[str, float]:
    """Return the same figures for dateparser's search, with whole months and years told by what it parsed."""
    from dateparser.search import search_dates

    given = {record["id"]: record for name in names for record in records(name)}
    answers = {}
    for key, record in given.items():
        base = datetime.fromisoformat(record["date"][:10])
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}
        found, place = [], 0
        for words, moment in search_dates(record["text"], languages=["en"], settings=settings) or []:
            start = record["text"].find(words, place)
            if start >= 0:
                place = start + len(words)
                found.append({"start": start, "end": place, "type": "DATE", "value": moment.date().isoformat()})
        answers[key] = {"id": key, "timexes": found}
    result = scorer().time(given, answers)
    return {name: result[name]["f1"] for name in MEASURES}


def speed(name: str = CORPORA[0], *, count: int = 40) -> dict[str, float]:
    """Return words a second of the tagger alone, the parse given."""
    given = [(record, parse(article(record))) for record in records(name)[:count]]
    start = time.perf_counter()
    for record, parsed in given:
        tagged(record, parsed)
    seconds = time.perf_counter() - start
    words = sum(len(record["text"].split()) for record, _ in given)
    return {"words_a_second": round(words / seconds), "ms_a_document": round(1000 * seconds / len(given), 2)}


def main() -> int:
    """Print the table; return the exit status."""
    if not FOLDER.exists():
        print(json.dumps({"skipped": f"no corpora in {FOLDER}"}))
        return 0
    table: Record = {name: {"digest": digest(name), **measure((name,))} for name in CORPORA}
    table["both"] = measure()
    table["speed"] = speed()
    if "--no-peer" not in sys.argv:
        table["dateparser"] = peer()
    table["undercut"] = undercut(table["both"], floors("times")["all"])
    print(json.dumps(table, indent=1))
    return bool(table["undercut"])


if __name__ == "__main__":
    sys.exit(main())
