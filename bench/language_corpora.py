"""Annotated records for the benchmarks of times and attributions, and the scorer that goes with them.

The corpora lie outside the repository (`../shared/bench`, or the folder in `CONTACTLINE_BENCH`); without them a
benchmark says so and measures nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.types import Article, Published, Segment, Span

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("CONTACTLINE_BENCH", ROOT.parent / "shared" / "bench"))
FLOORS = Path(__file__).with_name("floors")
Record = dict[str, Any]


def records(name: str, *, every: int = 1) -> list[Record]:
    """Return every n-th record of a corpus: `time/timebank_dev`."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()][::every]


def digest(name: str) -> str:
    """Return the first half of a corpus's SHA-256: a floor holds for one file."""
    return hashlib.sha256((FOLDER / f"{name}.jsonl").read_bytes()).hexdigest()[:32]


def article(record: Record) -> Article:
    """Return a record's text with one body segment a line."""
    text, segments, start = record["text"], [], 0
    for line in text.split("\n"):
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            segments.append(Segment(Span(record["id"], first, first + len(line.strip())), "body"))
        start += len(line) + 1
    return Article(record["id"], text, tuple(segments), None, None, Published(record.get("date"), "given"))


def scorer() -> ModuleType:
    """Return the scorer that lies beside the corpora."""
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def floors(name: str) -> Record:
    """Return the figures that must not be undercut."""
    found: Record = json.loads((FLOORS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def undercut(found: dict[str, float], least: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return what was measured and asked for, for each figure that is below its floor."""
    return {key: (found[key], floor) for key, floor in least.items() if found[key] < floor}
