"""Train the three small models of the resolver on the development halves, and write them as JSON.

`spans.json` says whether a stretch of text names a place, `spans_in_company.json` the same in the light of what the
first says of the other names, `ranking.json` whether a candidate is what a name means. What the second is taught with
comes from first models that have not seen the document.
Needs scikit-learn and the corpora of `../shared/bench/geoparse`; the package itself needs neither. Each corpus weighs
the same. `--check` reports figures by five-fold cross-validation over documents, before it writes.

    OMP_NUM_THREADS=1 python bench/train_ranker.py [--check]
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo import language
from geo.article import from_text
from geo.gazetteer import Gazetteer
from geo.resolver import answers, features, figures, model, naming, neighbours, rank, spans, tokens
from geo.resolver.sphere import EARTH_KM
from geo.resolver.words import demonyms
from geo.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "bench" / "geoparse"
MODELS = Path(features.__file__).parent / "models"
NEAR_KM = 161.0
FOLDS = 5


def records(name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a corpus."""
    for line in (CORPORA / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


class Spans(NamedTuple):
    """The stretches of a record, a row of figures for each, and which of them are places."""

    stretches: list[spans.Stretch]
    matrix: np.ndarray
    keep: np.ndarray
    """Those that are no demonyms."""
    labels: np.ndarray

    def rows(self, matrix: np.ndarray) -> Rows:
        """Return what a model is taught with."""
        return matrix[self.keep], self.labels[self.keep]


def spans_of(record: dict[str, Any], gazetteer: Gazetteer) -> Spans:
    """Return the stretches of a record."""
    parsed = language.parse(from_text(record["text"], id=record["id"]), full=False)
    words = [tokens.tokens_of(part.doc) for part in parsed.segments]
    proposed = spans.propose(parsed.segments, words, gazetteer)
    stretches, matrix = [each for piece in proposed for each in piece], figures.figures_of(words, proposed)
    gold = {(t["start"], t["end"]) for t in record["toponyms"]}
    keep = np.array([stretch.text not in demonyms() for stretch in stretches], dtype=bool)
    labels = np.array([(stretch.start, stretch.end) in gold for stretch in stretches], dtype=bool)
    return Spans(stretches, matrix, keep, labels)


def first_rows(corpora: list[list[Spans]]) -> list[list[Rows]]:
    """Return what the first look is taught with."""
    return [[document.rows(document.matrix) for document in corpus] for corpus in corpora]


def second_rows(corpora: list[list[Spans]]) -> list[list[Rows]]:
    """Return what the second look is taught with: each document in the light of a first look that has not seen it."""
    rows: list[list[Rows]] = [[document.rows(document.matrix) for document in corpus] for corpus in corpora]
    for left_out in range(FOLDS):
        rest = [[each for i, each in enumerate(corpus) if i % FOLDS != left_out] for corpus in first_rows(corpora)]
        look = fit(rest, SETTINGS["spans"])
        for number, corpus in enumerate(corpora):
            for i in range(left_out, len(corpus), FOLDS):
                document = corpus[i]
                sure = look.predict_proba(document.matrix)[:, 1] if len(document.matrix) else np.zeros(0)
                seen = neighbours.with_neighbours(document.stretches, document.matrix, sure)
                rows[number][i] = document.rows(np.concatenate(list(seen)))
    return rows


def ranking_rows(record: dict[str, Any], gazetteer: Gazetteer) -> Rows:
    """Return figures and labels of the candidates of the gold names of a record."""
    mentions = [answers.mention_at(record["text"], Span("", t["start"], t["end"])) for t in record["toponyms"]]
    names = naming.named(mentions, gazetteer)
    ranked = rank.rank_by_hand(record["text"], names, answers.setting_of(None, record.get("domain"), gazetteer))
    if ranked is None:
        return np.zeros((0, len(features.NAMES))), np.zeros(0, dtype=bool)
    groups = {group.key: group for group in ranked.table.groups}
    rows, labels = [], []
    for name, gold in zip(names, record["toponyms"], strict=True):
        if name.hits and gold["lat"] is not None:
            part = groups[name.key].rows
            rows.append(ranked.matrix[part])
            labels.append(distances(ranked, part, gold) < NEAR_KM)
    if not rows:
        return np.zeros((0, len(features.NAMES))), np.zeros(0, dtype=bool)
    return np.concatenate(rows), np.concatenate(labels)


def distances(ranked: rank.Ranked, part: slice, gold: dict[str, Any]) -> np.ndarray:
    """Return how far (km, on a sphere) the candidates lie from the gold point."""
    lat, lon = np.radians(gold["lat"]), np.radians(gold["lon"])
    there = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    cosine = ranked.table.unit_vector[part] @ there
    return EARTH_KM * np.arccos(np.clip(cosine, -1, 1))


Rows = tuple[np.ndarray, np.ndarray]
SETTINGS = {
    "spans": {
        "max_iter": 150,
        "max_leaf_nodes": 10,
        "learning_rate": 0.08,
        "min_samples_leaf": 15,
        "max_features": 0.4,
    },
    "spans_in_company": {
        "max_iter": 220,
        "max_leaf_nodes": 10,
        "learning_rate": 0.05,
        "min_samples_leaf": 15,
        "max_features": 0.4,
    },
    "ranking": {"max_iter": 100, "max_leaf_nodes": 8, "learning_rate": 0.08, "min_samples_leaf": 20},
}


def fit(corpora: list[list[Rows]], settings: dict[str, Any]) -> Any:  # noqa: ANN401  a scikit-learn estimator
    """Return trees fitted to rows of several corpora, each corpus with the same weight."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    matrix = np.concatenate([rows for corpus in corpora for rows, _ in corpus])
    labels = np.concatenate([part for corpus in corpora for _, part in corpus])
    sizes = [sum(len(part) for _, part in corpus) for corpus in corpora]
    weights = np.concatenate([np.full(size, 10_000 / size) for size in sizes])
    model = HistGradientBoostingClassifier(l2_regularization=2.0, random_state=0, **settings)
    return model.fit(matrix, labels, sample_weight=weights)


def export(model: Any, names: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401  a scikit-learn estimator
    """Return fitted trees as the JSON of `geo.resolver.model`."""
    trees = []
    for (predictor,) in model._predictors:  # noqa: SLF001  scikit-learn has no public door to its trees
        nodes = predictor.nodes
        trees.append([
            [round(float(n["value"]), 4)] if n["is_leaf"]
            else [int(n["feature_idx"]), round(float(n["num_threshold"]), 5), int(n["left"]), int(n["right"])]
            for n in nodes
        ])  # fmt: skip
    return {"features": list(names), "base": round(float(model._baseline_prediction.ravel()[0]), 5), "trees": trees}  # noqa: SLF001


def write(name: str, data: dict[str, Any]) -> None:
    """Write a model file, one tree a line."""
    head = json.dumps({"features": data["features"], "base": data["base"]})[:-1]
    body = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in data["trees"])
    MODELS.mkdir(exist_ok=True)
    (MODELS / f"{name}.json").write_text(f'{head}, "trees": [\n{body}\n]}}\n', encoding="utf-8")


@contextmanager
def trained_on(corpora: dict[str, list[dict[str, Any]]], gazetteer: Gazetteer) -> Iterator[None]:
    """Make the package use models that were trained on these records only, for as long as the context lasts."""
    load = model._load  # noqa: SLF001  the one place where a model comes from
    made = {}
    for name, (rows, names) in tables(corpora, gazetteer).items():
        made[f"{name}.json", tuple(names)] = model.from_json(export(fit(rows, SETTINGS[name]), names), names)
    model._load = lambda name, names: made[name, names]  # noqa: SLF001  the same
    try:
        yield
    finally:
        model._load = load  # noqa: SLF001  the same


def tables(corpora: dict[str, list[dict[str, Any]]], gazetteer: Gazetteer) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Return, for each model, the rows of each corpus and the names of the figures."""
    stretches = [[spans_of(r, gazetteer) for r in c] for c in corpora.values()]
    return {
        "spans": (first_rows(stretches), figures.FEATURES),
        "spans_in_company": (second_rows(stretches), neighbours.COLUMNS),
        "ranking": ([[ranking_rows(r, gazetteer) for r in c] for c in corpora.values()], features.NAMES),
    }


def main() -> None:
    """Train and write the models; with `--check` report how they do on documents they have not seen."""
    gazetteer = Gazetteer.open()
    corpora = {name: list(records(name)) for name in ("lgl", "geovirus", "tudloc")}
    for name, (rows, names) in tables(corpora, gazetteer).items():
        if "--check" in sys.argv:
            check(name, rows)
        write(name, export(fit(rows, SETTINGS[name]), names))


def check(name: str, corpora: list[list[Rows]]) -> None:
    """Print the area under the precision-recall curve for documents held out of the training."""
    from sklearn.metrics import average_precision_score

    for left_out in range(FOLDS):
        held = [[rows for i, rows in enumerate(corpus) if i % FOLDS == left_out] for corpus in corpora]
        rest = [[rows for i, rows in enumerate(corpus) if i % FOLDS != left_out] for corpus in corpora]
        fitted = fit(rest, SETTINGS[name])
        for number, corpus in enumerate(held):
            matrix, labels = (np.concatenate(part) for part in zip(*corpus, strict=True))
            value = average_precision_score(labels, fitted.predict_proba(matrix)[:, 1])
            print(f"{name} fold {left_out} corpus {number}: average precision {value:.4f}")


if __name__ == "__main__":
    main()
