"""The names that places have on the page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from geo.types import Place
from layers.build.places import _as_written


def named(text: str, place: str, kind: str = "toponym", names: tuple[tuple[str, str], ...] = ()) -> Any:
    mention = SimpleNamespace(text=text, kind=kind)
    return SimpleNamespace(mention=mention, place=Place("x", place, 0, 0, "PPL", None, names=names))


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ([named("Morek", "Mork"), named("Morek", "Mork"), named("Mork", "Mork")], "Morek"),
        ([named("KYIV", "Kyiv")], "Kyiv"),
        ([named("OMSK", "Omsk City", names=(("en", "Omsk"),))], "Omsk"),
        ([named("SANAA", "Şanʿā\u02bc")], "Sanaa"),
        ([named("UAE", "United Arab Emirates")], "UAE"),
        ([named("UAE", "United Arab Emirates", names=(("en", "UAE"),))], "UAE"),
        ([named("outskirts", "the eastern outskirts of Chasiv Yar", "direction")], "Eastern outskirts of Chasiv Yar"),
        ([named("west of", "20 km west of Bakhmut", "relative")], "20 km west of Bakhmut"),
    ],
)
def test_a_place_is_called_what_the_report_calls_it_but_not_in_capitals(found, name):
    assert _as_written(found) == name
