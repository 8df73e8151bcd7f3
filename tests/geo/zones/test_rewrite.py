"""Minimal edits: whatever changes, the new text means the new value and the rest stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.zones.rewrite import learn_style, rewrite
from geo.zones.text import Layout

SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.floats(-180, 180) | st.text(max_size=6)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from('abcdé"\\{,'), inner, max_size=4),
    max_leaves=12,
)
INDENTS = st.sampled_from([None, 0, 1, 2, "\t"])


@st.composite
def edits(draw):
    """Return a text, its value, and the value after a handful of changes (or another value altogether)."""
    old = draw(VALUES.filter(lambda value: isinstance(value, dict | list)))
    new = draw(VALUES) if draw(st.booleans()) else _changed(draw, json.loads(json.dumps(old)))
    return json.dumps(old, indent=draw(INDENTS), ensure_ascii=draw(st.booleans())), old, new


def _changed(draw, value):
    if isinstance(value, dict):
        kept = {key: _changed(draw, item) for key, item in value.items() if draw(st.integers(0, 3))}
        return kept | draw(st.dictionaries(st.sampled_from("xyz"), VALUES, max_size=1))
    if isinstance(value, list):
        kept = [_changed(draw, item) for item in value if draw(st.integers(0, 3))]
        at = draw(st.integers(0, len(kept)))
        return kept[:at] + draw(st.lists(VALUES, max_size=2)) + kept[at:]
    return draw(SCALARS) if draw(st.integers(0, 5)) == 0 else value


@given(edits())
@settings(deadline=None)
def test_the_new_text_means_the_new_value(edit):
    text, old, new = edit
    assert json.loads(rewrite(Layout(text), old, new)) == new


@given(VALUES, INDENTS)
@settings(deadline=None)
def test_no_change_keeps_every_character(value, indent):
    text = json.dumps(value, indent=indent)
    assert rewrite(Layout(text), value, json.loads(text)) == text


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ('{"a": 1.50, "b": 2}', {"a": 1.5, "b": 3}, '{"a": 1.50, "b": 3}'),
        ('{"a": 1,\n "b": 2}', {"a": 1}, '{"a": 1}'),
        ('{"a": 1,\n "b": 2}', {"b": 2}, '{"b": 2}'),
        ("[[1, 2],\n [3, 4]]", [[1, 2], [9, 9], [3, 4]], "[[1, 2],\n [9, 9],\n [3, 4]]"),
        ("[[1, 2],\n [3, 4]]", [[1, 2]], "[[1, 2]]"),
        ('{"a":[1,2]}', {"a": [1, 2], "c": [3]}, '{"a":[1,2],"c":[3]}'),
        ('{"a": 1}', {"a": True}, '{"a": true}'),
        ('{\r\n\t"a": 1\r\n}', {"a": 1, "b": 2}, '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}'),
        ('{"a": [36, 35.0]}', {"a": [36.0, 35]}, '{"a": [36, 35.0]}'),
    ],
)
def test_only_what_differs_is_written(text, change, expected):
    assert rewrite(Layout(text), json.loads(text), change) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{\n  "a": 1\n}\n', {"b": 2}),
        ('{"a":1}', {"b": 2}),
        ('{\n\t"a": {\n\t\t"b": 1\n\t}\n}', {"c": {"d": 2}}),
    ],
)
def test_new_objects_follow_the_style_of_the_file(text, value):
    written = learn_style(Layout(text)).dump(value, 1)
    assert written.count("\n") == json.dumps(json.loads(text), indent=1).count("\n") * ("\n" in text)
