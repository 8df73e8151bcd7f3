"""What a word form looks like to the model, remembered.

The first layers of spaCy's `Tok2Vec` see nothing but the word form: hashed look-ups of its norm, prefix, suffix and
shape, mixed into one vector. Words recur, so the vector of a form is computed once; the layers behind it, which see the
neighbours, work as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.language.model import Model

#: Forms remembered a network, of some 400 bytes each; when there are more, all are forgotten.
MOST = 50_000
#: The layers of `MultiHashEmbed` by their names' beginnings; the third and the fourth see one form at a time.
LAYERS = ("extract_features", "list2ragged", "with_array(", "with_array(maxout", "ragged2list")


def remember(nlp: Model) -> None:
    """Make each network of a model remember its forms, where it has the make that is known."""
    for model in filter(None, (getattr(pipe, "model", None) for _, pipe in nlp.pipeline)):
        for network in model.walk():
            names = [layer.name for layer in network.layers]
            if len(names) == len(LAYERS) and all(map(str.startswith, names, LAYERS)) and _by_form(network.layers[2]):
                network.layers[2:4] = [_remembering(network.layers[2], network.layers[3])]


def _by_form(layer: Any) -> bool:  # noqa: ANN401 (thinc has no types of its own)
    """Return whether a layer looks up hashes only: static vectors have a column of their own."""
    return "hashembed" in layer.name and "static_vectors" not in layer.name


def _remembering(look_up: Any, mix: Any) -> Any:  # noqa: ANN401 (see above)
    """Return two layers as one that remembers what they make of a form."""
    from thinc.api import Model as Layer

    return Layer("remember", _forward, layers=[look_up, mix], attrs={"vectors": {}})


def _forward(layer: Any, forms: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:  # noqa: ANN401, FBT001
    """Return the vectors of the forms of all words; thinc's signature."""
    if is_train:
        raise NotImplementedError("a model that remembers its word forms cannot be trained")
    keys = _keys(forms.data)
    vectors: dict[bytes, Any] = layer.attrs["vectors"]
    if len(vectors) > MOST:
        vectors = layer.attrs["vectors"] = {}  # another thread may still read the old ones
    new = {key: row for row, key in enumerate(keys) if key not in vectors}
    if new:
        vectors.update(zip(new, _vectors(layer, forms, [*new.values()]), strict=True))
    made = np.stack([vectors[key] for key in keys]) if keys else layer.ops.alloc2f(0, 0)
    return type(forms)(made, forms.lengths), lambda gradient: gradient


def _keys(table: Any) -> list[bytes]:  # noqa: ANN401 (see above)
    """Return the rows of a table of hashes as what a dictionary can look up."""
    rows = np.ascontiguousarray(table)
    width = rows.dtype.itemsize * rows.shape[1]
    whole = rows.tobytes()
    return [whole[start : start + width] for start in range(0, len(whole), width)]


def _vectors(layer: Any, forms: Any, rows: list[int]) -> Any:  # noqa: ANN401 (see above)
    """Return what the remembered layers make of some rows."""
    chosen = type(forms)(forms.data[rows], np.array([len(rows)], dtype="i"))
    for part in layer.layers:
        chosen = part.predict(chosen)
    return chosen.data.copy()
