"""Measure the geoparser on the development corpora, next to simple peers in the same run.

    python bench/bench_geoparse.py [--json] [--write-floors] [--only CORPUS] [--half]

Two protocols, scored by `../shared/bench/score.py`: spans found by the system (recognition F1, end-to-end F1 within
161 km, both with exact spans) and gold spans given (accuracy within 161 km). The peers are the parser's place entities
with the most populous place of the name, and flashgeotext (of `requirements/dev.in`) where it is installed, with the
same rule for its points, for it has none. Speeds are in CPU seconds of one core. `calibration` lists, for each tenth of
the score, how many answers it had and what share was right. The models were trained on these corpora: figures on texts
that nobody has seen are lower: `--half` trains on every second document and measures on the others, both ways round.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import language, resolver
from geo.article import from_text
from geo.gazetteer import Gazetteer
from geo.records import geoparse_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "bench"
FLOORS = Path(__file__).parent / "floors" / "geoparse.json"
CORPORA = ("lgl", "geovirus", "tudloc")
#: A floor lies this far below what was measured, for another version of the model.
SLACK = 0.01
Record = dict[str, Any]


def scorer() -> ModuleType:
    """Return `score.py` as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(name: str) -> list[Record]:
    """Return the records of a corpus."""
    lines = (SHARED / "geoparse" / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measure(name: str, gazetteer: Gazetteer, *, peers: bool = True) -> Record:
    """Return the figures of one corpus."""
    gold = {record["id"]: record for record in records(name)}
    asked = [{key: value for key, value in r.items() if key != "toponyms"} for r in gold.values()]
    score = scorer()
    found, seconds = timed(lambda r: geoparse_record(r, gazetteer), asked)
    given, given_seconds = timed(lambda r: geoparse_record(r, gazetteer, given_spans=True), list(gold.values()))
    row = figures(score.geoparse(gold, found))
    row["given_spans_acc161"] = score.resolve(gold, given)["acc161"]
    row["docs_per_s"], row["given_docs_per_s"] = rate(gold, seconds), rate(gold, given_seconds)
    row["calibration"] = calibration(score, gold, found)
    if peers:
        for label, peer in peers_of(gazetteer).items():
            answer, peer_seconds = timed(peer, asked)
            row[label] = figures(score.geoparse(gold, answer)) | {"docs_per_s": rate(gold, peer_seconds)}
    return row


def timed(work: Callable[[Record], Record], asked: list[Record]) -> tuple[dict[str, Record], float]:
    """Return the answers by id and the CPU seconds that they took."""
    start = time.process_time()
    answers = {record["id"]: work(record) for record in asked}
    return answers, time.process_time() - start


def rate(gold: dict[str, Record], seconds: float) -> float:
    """Return documents per second."""
    return round(len(gold) / seconds, 1)


def figures(scored: Record) -> Record:
    """Return the figures that the bars are about."""
    return {
        "recognition_f1": scored["recognition_exact"]["f1"],
        "e2e161_f1": scored["e2e161_exact"]["f1"],
        "acc161_of_found": scored["acc161_of_found"],
    }


def calibration(score: ModuleType, gold: dict[str, Record], found: dict[str, Record]) -> list[Record]:
    """Return, for each tenth of the score, the number of answers to gold names and the share within 161 km."""
    bins: dict[int, list[bool]] = {}
    for key, document in gold.items():
        for right, answer, _ in score.best_pairs(document["toponyms"], found[key]["toponyms"], score.overlap):
            if score.place(right) and score.place(answer):
                near = score.distance_km(right, answer) < score.NEAR_KM
                bins.setdefault(min(int(answer["score"] * 10), 9), []).append(near)
    return [{"from": i / 10, "n": len(b), "right": round(sum(b) / len(b), 3)} for i, b in sorted(bins.items())]


def peers_of(gazetteer: Gazetteer) -> dict[str, Callable[[Record], Record]]:
    """Return the simple systems to compare with."""
    peers: dict[str, Callable[[Record], Record]] = {"spacy_most_populous": lambda r: most_populous(r, gazetteer)}
    if importlib.util.find_spec("flashgeotext"):
        peers["flashgeotext"] = flashgeotext(gazetteer)
    return peers


def most_populous(record: Record, gazetteer: Gazetteer) -> Record:
    """Return the parser's place entities, each as the largest place of its name."""
    parsed = language.parse(from_text(record["text"], id=record["id"]), full=False)
    toponyms = []
    for part in parsed.segments:
        for entity in part.doc.ents:
            if entity.label_ in {"GPE", "LOC", "FAC"}:
                span = part.span(entity[0], entity[-1])
                toponyms.append(largest(record["text"], span.start, span.end, gazetteer))
    return {"id": record["id"], "toponyms": toponyms}


def largest(text: str, start: int, end: int, gazetteer: Gazetteer) -> Record:
    """Return a span with the point of the most populous place of its name."""
    place = max(gazetteer.lookup(text[start:end]), key=lambda p: p.population, default=None)
    lat, lon = (place.lat_deg, place.lon_deg) if place else (None, None)
    return {"start": start, "end": end, "lat": lat, "lon": lon}


def flashgeotext(gazetteer: Gazetteer) -> Callable[[Record], Record]:
    """Return flashgeotext's cities and countries, each as the largest place of its name."""
    from flashgeotext.geotext import GeoText

    geotext = GeoText()

    def run(record: Record) -> Record:
        found = geotext.extract(record["text"], span_info=True)
        spans = {tuple(span) for kind in found.values() for place in kind.values() for span in place["span_info"]}
        toponyms = [largest(record["text"], start, end, gazetteer) for start, end in sorted(spans)]
        return {"id": record["id"], "toponyms": toponyms}

    return run


def halves(gazetteer: Gazetteer) -> dict[str, Record]:
    """Return the figures on documents that the models have not seen: trained on one half, measured on the other."""
    import train_ranker

    score, table = scorer(), {name: Record() for name in CORPORA}
    for seen in (0, 1):
        with train_ranker.trained_on({name: records(name)[seen::2] for name in CORPORA}, gazetteer):
            for name, row in table.items():
                gold = {record["id"]: record for record in records(name)[1 - seen :: 2]}
                asked = [{key: value for key, value in r.items() if key != "toponyms"} for r in gold.values()]
                found, _ = timed(lambda r: geoparse_record(r, gazetteer), asked)
                given, _ = timed(lambda r: geoparse_record(r, gazetteer, given_spans=True), list(gold.values()))
                new = figures(score.geoparse(gold, found)) | {
                    "given_spans_acc161": score.resolve(gold, given)["acc161"]
                }
                for key, value in new.items():
                    row.setdefault(key, []).append(value)
    return table


def speeds(gazetteer: Gazetteer) -> Record:
    """Return documents per second of the parser alone and of the whole, with names only and with grammar."""
    articles = [from_text(record["text"], id=record["id"]) for record in records("lgl")[:120]]
    row = {}
    for full in (False, True):
        start = time.process_time()
        parses = [language.parse(article, full=full) for article in articles]
        parse_seconds = time.process_time() - start
        for parsed in parses:
            resolver.resolve(parsed, gazetteer)
        seconds = time.process_time() - start
        label = "full" if full else "names"
        row[f"spacy_{label}_docs_per_s"] = round(len(articles) / parse_seconds, 1)
        row[f"contactline_{label}_docs_per_s"] = round(len(articles) / seconds, 1)
    return row


def index_figures() -> Record:
    """Return how long an index takes to build and to open, and its size."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        Gazetteer.open(folder=Path(folder))
        built = time.perf_counter() - start
        start = time.perf_counter()
        Gazetteer.open(folder=Path(folder))
        opened = time.perf_counter() - start
        size = sum(file.stat().st_size for file in Path(folder).glob("*.sqlite"))
    return {"build_s": round(built, 1), "open_ms": round(opened * 1000, 1), "size_mb": round(size / 1e6, 1)}


def write_floors(table: dict[str, Record]) -> None:
    """Write floors a little below what was measured."""
    keys = ("recognition_f1", "e2e161_f1", "given_spans_acc161")
    floors = {name: {key: round(row[key] - SLACK, 3) for key in keys} for name, row in table.items()}
    FLOORS.parent.mkdir(exist_ok=True)
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--write-floors", action="store_true")
    options.add_argument("--only", choices=CORPORA)
    options.add_argument("--half", action="store_true", help="figures on documents that the models have not seen")
    options.add_argument("--index", action="store_true", help="also build an index anew and time it")
    given = options.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"no corpora in {SHARED}")
    gazetteer = Gazetteer.open()
    if given.half:
        print(json.dumps(halves(gazetteer), indent=1))
        return
    table = {name: measure(name, gazetteer) for name in ([given.only] if given.only else CORPORA)}
    if given.write_floors:
        write_floors(table)
    extra = {"speed": speeds(gazetteer)} | ({"index": index_figures()} if given.index else {})
    if given.json:
        print(json.dumps(table | extra, indent=1))
        return
    for name, row in table.items():
        print(name)
        for key, value in row.items():
            print(f"  {key:22} {value}")
    print(json.dumps(extra, indent=1))


if __name__ == "__main__":
    main()
