"""The timeline: slider, range, play, deadlines, open and unknown ends, days before 1970."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.layers.page.conftest import Document, Opened, Opener

pytestmark = pytest.mark.browser


def test_opens_on_the_story_up_to_the_report(open_page: Opener) -> None:
    opened = open_page("sample")
    assert opened.state("time") == {"from": "2018-09-01", "to": "2018-09-18", "playing": False}
    assert opened.page.locator(".cl-readout").inner_text() == "Up to 18 Sept 2018"
    assert opened.page.get_by_role("slider").count() == 1
    opened.page.get_by_role("slider").press("PageUp")
    assert opened.state("time")["from"] == "2018-09-01"
    assert opened.state("time")["to"] == "2018-10-18"
    opened.page.get_by_role("button", name="One step on").click()
    assert opened.state("time")["to"] == "2018-12-31"


def test_on_all_dates_it_says_when_the_report_is_from(sample: Opened) -> None:
    assert sample.state("time") == {"from": None, "to": None, "playing": False}
    assert sample.page.locator(".cl-readout").inner_text() == "Report of 18 Sept 2018"
    assert sample.page.locator(".cl-now").count() == 1


def test_keys_move_the_day(sample: Opened) -> None:
    slider = sample.page.get_by_role("slider", name="Day shown")
    slider.focus()
    slider.press("ArrowRight")
    assert sample.state("time")["from"] == sample.state("time")["to"] == "2018-09-19"
    slider.press("PageUp")
    assert sample.state("time")["from"] == "2018-10-19"
    slider.press("Home")
    assert sample.state("time")["from"] == "2018-09-01"
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "30 Apr 2019"


def test_pointer_drags_the_day(sample: Opened) -> None:
    chart = sample.page.locator(".cl-chart").bounding_box()
    assert chart
    y = chart["y"] + chart["height"] - 6
    sample.page.mouse.move(chart["x"] + chart["width"] * 0.25, y)
    sample.page.mouse.down()
    first = sample.state("time")["from"]
    sample.page.mouse.move(chart["x"] + chart["width"] * 0.75, y)
    sample.page.mouse.up()
    assert first < "2018-11-05"
    assert sample.state("time")["from"] > "2019-02-20"


def test_a_range_has_two_ends_that_do_not_cross(sample: Opened) -> None:
    sample.page.get_by_role("button", name="Range").click()
    start, end = sample.page.get_by_role("slider").all()
    start.focus()
    start.press("End")
    assert sample.state("time")["from"] == sample.state("time")["to"]
    end.focus()
    end.press("End")
    assert sample.state("time")["to"] == "2019-04-30"
    sample.page.get_by_role("button", name="All dates").click()
    assert sample.state("time")["from"] is None


def test_steps_stop_where_something_begins_or_ends(sample: Opened) -> None:
    on = sample.page.get_by_role("button", name="One step on")
    days = []
    for _ in range(4):
        on.click()
        days.append(sample.state("time")["from"])
    assert days == ["2018-10-10", "2018-10-15", "2018-12-31", "2019-03-08"]


def test_play_runs_to_the_end_and_stops(sample: Opened) -> None:
    sample.page.get_by_role("slider", name="Day shown").press("End")
    sample.page.get_by_role("button", name="One step back").click()
    sample.page.get_by_role("button", name="Play").click()
    assert sample.state("time")["playing"]
    sample.wait_for("!window.contactline.store.get('time').playing")
    assert sample.state("time")["to"] == "2019-04-30"


def test_what_is_not_of_the_day_steps_back(sample: Opened) -> None:
    sample.page.evaluate("window.contactline.store.setTime('2018-09-17')")
    out = sample.page.eval_on_selector_all(".cl-item.out", "all => all.map(one => one.title)")
    assert "Demilitarized zone" in out
    assert "Russia and Turkey agree on a demilitarized zone around Idlib" not in out
    sample.page.evaluate("window.contactline.store.setTime('2018-12-01')")
    out = sample.page.eval_on_selector_all(".cl-item.out", "all => all.map(one => one.title)")
    assert "Demilitarized zone" not in out
    assert "Heavy weapons are to leave the zone by 10 October" in out


def test_an_item_selects_its_marks(sample: Opened) -> None:
    sample.page.locator('.cl-item[title^="Radical groups"]').click(position={"x": 8, "y": 6})
    assert sample.state("selection")["marks"] == ["f4"]
    assert sample.lit() == ["s7"]


def test_a_deadline_ends_on_its_day_and_begins_when_it_was_told(sample: Opened) -> None:
    sample.page.evaluate("() => contactline.store.set('axis', 'whole')")
    chart = sample.page.locator(".cl-chart").bounding_box()
    bar = sample.page.locator('.cl-k-deadline[title^="Heavy weapons"]').bounding_box()
    assert chart
    assert bar
    day = chart["width"] / 241
    assert bar["x"] == pytest.approx(chart["x"] + 17 * day, abs=2)
    assert bar["x"] + bar["width"] == pytest.approx(chart["x"] + 39 * day, abs=2)


def test_items_do_not_overlap(sample: Opened) -> None:
    clashes = sample.page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(".cl-item:not(.cl-point)")].map((item) => {
            const [bar, words] = [item.getBoundingClientRect(), item.querySelector("span").getBoundingClientRect()];
            const [left, right] = [Math.min(bar.left, words.left), Math.max(bar.right, words.right)];
            return { name: item.title, top: bar.top, left, right };
          });
          return boxes.flatMap((a, i) => boxes.slice(i + 1)
            .filter((b) => Math.abs(a.top - b.top) < 4 && a.left < b.right && b.left < a.right)
            .map((b) => [a.name, b.name]));
        }"""
    )
    assert clashes == []


def test_signs_of_one_day_and_the_next_stand_side_by_side(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    for number, fact in enumerate(document["facts"][:8]):
        fact["related"] = False
        day = f"2018-09-{18 + number % 3}"
        fact["when"] = {"start": day, "end": day, "start_kind": "day", "end_kind": "day", "edtf": day, "role": "event"}
    for size in ((1280, 800), (390, 844)):
        opened = open_page(document, size=size)
        signs = opened.page.evaluate(
            "() => [...document.querySelectorAll('.cl-point')].map((one) => one.getBoundingClientRect().left)"
        )
        assert len(signs) >= 8
        assert min(b - a for a, b in pairwise(signs)) >= 18
        covered = opened.page.evaluate(
            """() => {
              const [signs, thumbs] = [".cl-point", ".cl-thumb"].map((one) => [...document.querySelectorAll(one)]);
              const knob = Math.max(...thumbs.map((one) => one.getBoundingClientRect().bottom)) - 8;
              return signs.some((one) => one.getBoundingClientRect().bottom > knob);
            }"""
        )
        assert not covered


def test_a_bar_of_several_zones_is_called_what_their_names_share(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("sample")
    whole = next(zone for zone in document["zones"] if zone["id"] == "dmz")
    names = ("UN buffer zone, from the coast to the road", "UN buffer zone round the town")
    document["zones"] = [{**whole, "id": f"part-{number}", "name": name} for number, name in enumerate(names)]
    opened = open_page(document)
    assert "UN buffer zone" in opened.texts(".cl-k-zone > span")


def test_on_narrower_paper_signs_keep_their_days_and_words_end_inside(sample: Opened) -> None:
    sample.page.evaluate("() => contactline.store.setTime(null)")
    told = sample.page.evaluate(
        """() => {
          const chart = document.querySelector(".cl-chart");
          chart.style.width = "520px";
          const frame = chart.getBoundingClientRect();
          const box = (one) => one.getBoundingClientRect();
          const over = [...chart.querySelectorAll(".cl-item > span")].filter((one) => box(one).right > frame.right + 1);
          const middle = (one) => (box(one).left + 11 - frame.left) / frame.width;
          const signs = [...chart.querySelectorAll(".cl-point")].map(middle);
          chart.style.width = "";
          return { over: over.map((one) => one.textContent), signs };
        }"""
    )
    assert told["over"] == []
    now = (18 - 1) / 241
    assert told["signs"][0] == pytest.approx(now, abs=0.08)


def test_on_a_wall_display_the_timeline_is_larger_and_still_follows_the_pointer(open_page: Opener) -> None:
    opened = open_page("sample", size=(3840, 2160))
    words = opened.page.locator(".cl-item > span").first.bounding_box()
    chart = opened.page.locator(".cl-chart").bounding_box()
    assert words
    assert chart
    assert words["height"] > 18
    opened.page.mouse.click(chart["x"] + chart["width"] / 2, chart["y"] + chart["height"] - 24)
    thumb = opened.page.locator(".cl-thumb").nth(1).bounding_box()
    assert thumb
    assert thumb["x"] == pytest.approx(chart["x"] + chart["width"] / 2, abs=chart["width"] / 241)


def axis_of(opened: Opened) -> list[str]:
    """Return the titles of the bars that lie on the axis, each with what is told of its end."""
    return [text.replace("\n", " | ") for text in opened.texts(".cl-item:not(.cl-point)")]


def test_the_axis_opens_on_the_days_of_the_report(sample: Opened) -> None:
    chart, bar = (sample.page.locator(one).bounding_box() for one in (".cl-chart", '.cl-item[title^="The M4 and M5"]'))
    assert chart
    assert bar
    assert bar["x"] + bar["width"] > chart["x"] + chart["width"] * 0.9
    told = axis_of(sample)
    assert any(text.startswith("Demilitarized zone") and text.endswith("no end set") for text in told)
    assert any(text.startswith("Line of contact") and text.endswith("until 30 Apr 2019") for text in told)
    assert any("patrols" in text and text.endswith("from 8 Mar 2019") for text in told)
    wider = sample.page.get_by_role("button", name="Whole span")
    wider.press("Enter")
    assert wider.get_attribute("aria-pressed") == "true"
    whole = sample.page.locator('.cl-item[title^="The M4 and M5"]').bounding_box()
    assert whole
    assert whole["x"] + whole["width"] < chart["x"] + chart["width"] * 0.6
    wider.press("Enter")
    assert wider.get_attribute("aria-pressed") == "false"


def test_the_axis_comes_along_and_stands_in_the_address(sample: Opened, open_page: Opener) -> None:
    slider = sample.page.get_by_role("slider", name="Day shown")
    slider.press("End")
    assert sample.state("axis") == "whole"
    assert sample.state("time")["to"] == "2019-04-30"
    sample.wait_for("location.hash.includes('w=all')")
    sample.page.get_by_role("button", name="Whole span").click()
    assert sample.state("axis") == "own"
    assert "2018-12-31" <= sample.state("time")["to"] < "2019-02-01"
    assert open_page("sample", fragment="#t=2018-10-10").state("axis") == "own"
    assert open_page("sample", fragment="#t=2019-03-20").state("axis") == "whole"
    assert open_page("sample", fragment="#w=all").state("axis") == "whole"


def test_what_lies_long_before_is_told_at_the_edge(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    document["zones"] = []
    document["time"] = {**document["time"], "start": "2017-01-01", "end": "2018-10-20"}
    for fact in document["facts"]:
        if fact["when"] and fact["when"].get("end") == "2018-12-31":
            fact["when"] = None
    early = {"start": "2017-02-01", "end": "2017-02-01", "start_kind": "day", "end_kind": "day", "edtf": "2017-02-01"}
    document["facts"][1]["when"] = {**early, "role": "event"}
    opened = open_page(document)
    assert any(text.startswith("1 Feb 2017: ") for text in axis_of(opened))
    assert all("2017" not in text for text in opened.texts(".cl-axis"))
    opened.page.get_by_role("button", name="Whole span").click()
    assert any("2017" in text for text in opened.texts(".cl-axis"))


def test_on_a_phone_the_main_zone_and_the_deadlines_are_told(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844))
    told = axis_of(opened)
    assert told[0].startswith("Demilitarized zone")
    assert told[1:] == ["10 Oct", "15 Oct", "31 Dec"]
    assert opened.page.locator(".cl-k-deadline.out").count() == 0
    opened.page.evaluate(
        "() => contactline.store.set('time', { from: '2018-10-10', to: '2018-10-10', playing: false })"
    )
    thumb, bar = (opened.page.locator(one).bounding_box() for one in (".cl-thumb >> nth=0", ".cl-k-deadline >> nth=0"))
    assert thumb
    assert bar
    assert bar["x"] + bar["width"] == pytest.approx(thumb["x"], abs=3)
    lower = "all => Math.max(...all.map((one) => one.getBoundingClientRect().bottom))"
    bottom = opened.page.eval_on_selector_all(".cl-item:not(.cl-point)", lower)
    top = opened.page.locator(".cl-point").first.bounding_box()
    assert top
    assert bottom <= top["y"] + 1


def test_days_before_1970(open_page: Opener) -> None:
    opened = open_page("old-days", fragment="#w=all")
    assert opened.console == []
    assert opened.texts(".cl-axis")[0].endswith("1948")
    slider = opened.page.get_by_role("slider", name="Day shown")
    slider.press("End")
    assert opened.state("time")["from"] == "1949-12-31"
    slider.press("ArrowLeft")
    assert opened.state("time")["from"] == "1949-12-30"


def test_time_runs_from_the_right_in_arabic(open_page: Opener) -> None:
    opened = open_page("rtl")
    chart = opened.page.locator(".cl-chart").bounding_box()
    assert chart
    slider = opened.page.get_by_role("slider").first
    slider.press("Home")
    thumb = slider.bounding_box()
    assert thumb
    assert thumb["x"] == pytest.approx(chart["x"] + chart["width"], abs=3)
    slider.press("ArrowLeft")
    assert opened.state("time")["to"] == "2018-09-02"


def test_a_page_without_dates_says_so(open_page: Opener) -> None:
    opened = open_page("no-facts")
    assert opened.page.locator(".cl-time").inner_text() == "No dates were found."


def test_foreign_words_on_the_timeline_start_where_the_page_starts(open_page: Opener) -> None:
    """An English deadline in an Arabic timeline stands on the side that time runs to, whole."""
    opened = open_page("rtl", fragment="#w=all")
    for bar in opened.page.locator(".cl-k-deadline, .cl-k-span").all():
        if "before" in (bar.get_attribute("class") or ""):
            continue
        words, box = bar.locator("span").bounding_box(), bar.bounding_box()
        assert words
        assert box
        assert words["x"] + words["width"] <= box["x"] + 1
