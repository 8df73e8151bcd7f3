"""The span of the timeline, and the names of places in other languages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from geo.types import Place
from layers.build.page import _time
from layers.build.places import _names


def _span(published: str | None, zones: list[tuple[str | None, str | None]], facts: list[str] = []) -> Any:  # noqa: B006  not changed
    report: Any = SimpleNamespace(articles=[SimpleNamespace(published=SimpleNamespace(date=published))])
    when = [{"when": {"start": day, "end": day}, "related": False} for day in facts]
    valid = [{"valid": {"start": start, "end": end}, "theme": "zone"} for start, end in zones]
    return _time(report, when, valid)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published", "zones", "facts", "start", "end"),
    [
        ("1974-08-17", [("1960-08-16", None), ("1974-08-16", None)], ["1974-08-16"], "1974-08-13", "1974-08-20"),
        ("2018-09-18", [("2018-09-17", "2019-03-08")], ["2018-10-15"], "2018-09-14", "2019-03-11"),
        (None, [("1960-08-16", None)], [], "1960-08-13", "1960-08-19"),
    ],
    ids=["a zone of long ago", "a zone that frames the story", "nothing but a zone"],
)
def test_the_story_fills_the_timeline(published, zones, facts, start, end):
    found = _span(published, zones, facts)
    assert (found["start"], found["end"]) == (start, end)


def test_without_any_day_there_is_no_span():
    assert _span(None, []) is None


def _place(**more: Any) -> Place:
    known = {"id": "x", "name": "Syria", "lon_deg": 38.0, "lat_deg": 35.0, "feature": "PCLI", "country": "SY"}
    return Place(**{**known, **more})


def test_a_country_has_its_name_in_other_scripts_and_the_reports_own_in_english():
    names = _names(_place(area="country:SY"))
    assert names["ar"] == "سوريا"
    assert "ru" in names
    assert "en" not in names


def test_a_name_that_the_case_gives_wins():
    assert _names(_place(area="country:SY", names=(("ar", "الشام"),)))["ar"] == "الشام"
