"""Train the model that tells cues: reads PolNeAR records, writes `geo/facts/attribution/weights.tsv`.

    python bench/train_attribution.py ../shared/bench/attribution/polnear_train_dev.jsonl [more.jsonl] [--write]

A record is `{"id", "text", "attributions": [{"cue": [[start, end], ...], ...}]}`. Prints, as JSON, the figures of a
five-fold cross-validation by document; `--write` fits on everything and writes the weights. Needs scikit-learn,
which the product does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from geo.facts.attribution.candidates import Text, candidates, features
from geo.facts.attribution.model import INTERCEPT, THRESHOLD
from geo.language import parse
from geo.types import Article, Published, Segment, Span

if TYPE_CHECKING:
    from geo.language import ParsedSegment, Token

TARGET = Path("geo/facts/attribution/weights.tsv")
STRENGTH = 0.6
SEEN_LEAST = 4
FOLDS = 5
SMALL = 0.005


def article(record: dict[str, Any]) -> Article:
    """Return a record's text with one segment a line."""
    text, segments, start = record["text"], [], 0
    for line in text.split("\n"):
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            segments.append(Segment(Span(record["id"], first, first + len(line.strip())), "body"))
        start += len(line) + 1
    return Article(record["id"], text, tuple(segments), None, None, Published(None, "unknown"))


def head_of(spans: list[list[int]], segments: tuple[ParsedSegment, ...]) -> tuple[Token | None, list[Token]]:
    """Return the word of a gold cue that carries it (its verb, else its topmost word), and all its words."""
    words = [
        token
        for part in segments
        for token in part.doc
        if not token.is_space
        and any(start < part.offset + token.idx + len(token) and part.offset + token.idx < end for start, end in spans)
    ]
    tops = [word for word in words if word.head == word or word.head not in words]
    tops.sort(key=lambda word: (word.pos_ != "VERB", word.pos_ not in {"NOUN", "ADJ", "ADV", "SCONJ"}, word.i))
    return (tops[0] if tops else None), words


def examples(records: list[dict[str, Any]]) -> tuple[list[list[str]], list[int], list[int], int]:
    """Return features, labels and document numbers of all candidates, and the number of gold cues."""
    rows, labels, groups, gold = [], [], [], 0
    for number, record in enumerate(records):
        parsed = parse(article(record))
        heads, inside = set(), set()
        for attribution in record["attributions"]:
            head, words = head_of(attribution["cue"], parsed.segments)
            gold += head is not None
            heads.update([(id(head.doc), head.i)] if head is not None else [])
            inside.update((id(word.doc), word.i) for word in words)
        for position, segment in enumerate(parsed.segments):
            text = Text(segment, position)
            for token in candidates(text):
                key = (id(token.doc), token.i)
                if key in heads or key not in inside:
                    rows.append(features(token, text))
                    labels.append(int(key in heads))
                    groups.append(number)
    return rows, labels, groups, gold


def fit(rows: list[list[str]], labels: list[int]) -> tuple[dict[str, float], float]:
    """Return weights by feature and the intercept."""
    seen = Counter(name for row in rows for name in set(row))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{name: 1.0 for name in row if seen[name] >= SEEN_LEAST} for row in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    regression = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear").fit(matrix, labels)
    pairs = zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
    return {str(name): float(weight) for name, weight in pairs if abs(weight) > SMALL}, float(regression.intercept_[0])


def scores(weights: dict[str, float], intercept: float, rows: list[list[str]]) -> np.ndarray[Any, Any]:
    """Return the probability of each row."""
    totals = np.array([intercept + sum(weights.get(name, 0.0) for name in set(row)) for row in rows])
    return np.asarray(1 / (1 + np.exp(-totals)))


def best_threshold(probabilities: np.ndarray[Any, Any], labels: list[int], gold: int) -> tuple[float, float]:
    """Return the threshold with the highest F1, and that F1."""
    truth = np.array(labels)

    def f1(threshold: float) -> float:
        chosen = probabilities >= threshold
        return float(2 * truth[chosen].sum() / (chosen.sum() + gold))

    threshold = max((round(0.2 + 0.02 * step, 2) for step in range(26)), key=f1)
    return threshold, f1(threshold)


def main() -> None:
    """Cross-validate, and write the weights if asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("records", nargs="+", type=Path)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    records = [json.loads(line) for path in given.records for line in path.read_text(encoding="utf-8").splitlines()]
    rows, labels, groups, gold = examples(records)
    held = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, labels, groups):
        weights, intercept = fit([rows[i] for i in train], [labels[i] for i in train])
        held[test] = scores(weights, intercept, [rows[i] for i in test])
    threshold, f1 = best_threshold(held, labels, gold)
    json.dump(
        {"documents": len(records), "cues": gold, "threshold": threshold, "f1_held_out": round(f1, 4)}, sys.stdout
    )
    print()
    if given.write:
        weights, intercept = fit(rows, labels)
        lines = [f"{INTERCEPT}\t{intercept:.3f}", f"{THRESHOLD}\t{threshold}"]
        lines += [f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items())]
        head = "# Written by bench/train_attribution.py: feature, weight.\n"
        TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
