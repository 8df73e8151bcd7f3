"""The published schema of the map document, against its types, the stored documents and a page made from a case."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import jsonschema
import pytest

from layers import document

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE.parents[1] / "layers" / "map-document.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOCUMENTS = sorted((HERE / "documents").glob("*.json"))
#: Written by a later version on purpose.
FOREIGN = {"unknown-version"}


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.stem not in FOREIGN], ids=lambda path: path.stem)
def test_stored_documents_are_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(path.read_text()))] == []


def test_what_a_later_version_adds_is_no_document_of_this_one() -> None:
    later = json.loads((HERE / "documents" / "unknown-version.json").read_text())
    assert {error.validator for error in VALIDATOR.iter_errors(later)} == {"enum"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("places", 0, "lat"), 95),
        (("facts", 0, "certainty"), "sure"),
        (("time", "start"), "17 Sept 2018"),
        (("articles", 0, "dir"), "up"),
        (("view", "bbox"), [1, 2, 3]),
        (("version",), "one"),
        (("zones", 0, "geometry"), {"coordinates": []}),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_wrong_member_is_found(path: tuple[str | int, ...], value: object) -> None:
    sample = json.loads((HERE / "documents" / "sample.json").read_text())
    inner = sample
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    (found,) = VALIDATOR.iter_errors(sample)
    assert list(path[: len(found.path)]) == list(found.path)
    assert len(found.path) > 0 or len(path) == 1


def test_the_schema_has_every_member_of_the_types() -> None:
    for name, schema in {**SCHEMA["$defs"], "MapDocument": SCHEMA}.items():
        if name == "Geometry":
            continue
        hints = typing.get_type_hints(getattr(document, name), include_extras=True)
        optional = {key for key, hint in hints.items() if typing.get_origin(hint) is typing.NotRequired}
        assert set(schema["properties"]) == set(hints), name
        assert set(schema["required"]) == set(hints) - optional, name


def test_the_sample_is_of_this_version() -> None:
    assert json.loads((HERE / "documents" / "sample.json").read_text())["version"] == document.VERSION
