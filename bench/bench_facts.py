"""Facts: the seed article, event types, our own sentences and dispatches, and the speed of the whole reading, as JSON.

    python bench/bench_facts.py [--no-peer]

Corpora beside the checkout: `seed/facts_gold.jsonl` and `events/plover_dev.jsonl`; the dispatches lie in the
repository. The peer of the event types is a bag of words with logistic regression, cross-validated on the same
records in the same run. Times and attributions have benchmarks of their own (`bench_times`, `bench_attribution`).
Exit status 1 if a floor of `floors/facts.json` is undercut.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, before NumPy is loaded

import dispatches
import sentences
from language_corpora import FOLDER, Record, digest, floors, records, scorer, undercut

SEED = FOLDER.parent / "seed" / "facts_gold.jsonl"
EVENTS = "events/plover_dev"
#: The four names of PLOVER 0.5b1 that 2.0 no longer has.
PLOVER_2 = {"DEMAND": "REQUEST", "FIGHT": "ASSAULT", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}


def seed() -> Record:
    """Return the scorer's table for the seed article."""
    given = {record["id"]: record for record in map(json.loads, SEED.read_text(encoding="utf-8").splitlines())}
    return dict(scorer().facts(given, {key: dispatches.predicted(record) for key, record in given.items()}))


def events() -> Record:
    """Return the accuracy of the first fact's event type over single sentences."""
    given = {record["id"]: record for record in records(EVENTS)}
    answers = {key: dispatches.predicted({**record, "date": None}) for key, record in given.items()}
    return {"digest": digest(EVENTS), **scorer().events(given, answers)}


def bag_of_words() -> float:
    """Return the accuracy of TF-IDF with logistic regression on the same sentences, four-fold."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, cross_val_score
    from sklearn.pipeline import make_pipeline

    given = records(EVENTS)
    kinds = [PLOVER_2.get(record["event"], record["event"]) for record in given]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000, C=10))
    folds = KFold(4, shuffle=True, random_state=0)
    return round(float(cross_val_score(model, [record["text"] for record in given], kinds, cv=folds).mean()), 4)


def own() -> dict[str, dict[str, int]]:
    """Return the counts over our own dispatches, those to write the rules with and those to check them apart."""
    tables = {group: dict[str, int]() for group in dispatches.GROUPS}
    for path in dispatches.paths():
        record = dispatches.gold(path)
        table = tables[record["group"]]
        for name, count in dispatches.score(record, dispatches.predicted(record)).items():
            table[name] = table.get(name, 0) + count
    return tables


def speed(count: int = 30) -> Record:
    """Return seed-sized articles a CPU second, no two alike, and where the time goes; the parse alone is the peer.

    Places are counted in where the gazetteer's index is there to be opened.
    """
    from geo import language, resolver
    from geo.article import from_text
    from geo.facts import read_facts
    from geo.gazetteer import Gazetteer
    from geo.types import Theatre

    text = json.loads(SEED.read_text(encoding="utf-8").splitlines()[0])["text"]
    names, spent = Gazetteer.open(), {"parse": 0.0, "places": 0.0, "facts": 0.0}
    for number in range(count + 1):
        words = text.replace("Russia", f"Ru{number}sia").replace("the ", f"the{' ' * (number % 2 + 1)}")
        report = from_text(words, id=str(number), published="2018-09-17")
        marks = [time.process_time()]
        parsed = language.parse(report)
        marks.append(time.process_time())
        places = resolver.resolve(parsed, names, theatre=Theatre())
        marks.append(time.process_time())
        read_facts(parsed, published="2018-09-17", resolutions=places)
        marks.append(time.process_time())
        if number:  # the first warms up
            for name, begun, ended in zip(spent, marks, marks[1:], strict=False):
                spent[name] += ended - begun
    table: Record = {f"{name}_ms": round(1000 * seconds / count, 1) for name, seconds in spent.items()}
    return {
        "articles_a_second": round(count / sum(spent.values()), 1),
        "parse_alone_a_second": round(count / spent["parse"], 1),
        **table,
    }


def figures(table: Record) -> dict[str, float]:
    """Return the table's figures that have a floor, as shares."""
    found = {"events": table["events"]["accuracy"]}
    for name in ("found", "certainty_right", "event_right", "time_right", "source_right"):
        right, of = map(int, table["seed"][name].split("/"))
        found[f"seed_{name}"] = round(right / of, 4)
    for name, share in table["sentences"].items():
        right, of = map(int, share.split("/"))
        found[f"sentences_{name}"] = round(right / of, 4)
    for name in dispatches.GROUPS:
        counts = table[name]
        found |= {f"{name}_{key}": round(counts[key] / counts["gold"], 4) for key in ("found", "certainty", "event")}
    wrong = table["seed"]["drawn_as_established_though_not"]
    wrong += sum(table[group]["wrongly"] for group in dispatches.GROUPS if group != dispatches.UNSTUDIED)
    found["never_wrongly_established"] = float(not wrong)
    return found


def main() -> int:
    """Print the table; return the exit status."""
    if not SEED.exists():
        print(json.dumps({"skipped": f"no corpora in {FOLDER}", "sentences": sentences.shares(), **own()}))
        return 0
    table: Record = {"seed": seed(), "events": events(), "sentences": sentences.shares(), **own(), "speed": speed()}
    if "--no-peer" not in sys.argv:
        table["events"]["bag_of_words"] = bag_of_words()
    table["figures"] = figures(table)
    table["undercut"] = undercut(table["figures"], floors("facts"))
    print(json.dumps(table, indent=1))
    return bool(table["undercut"])


if __name__ == "__main__":
    sys.exit(main())
