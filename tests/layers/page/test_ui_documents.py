"""Odd documents: each draws without a message in the console, and says in words what is odd about it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from tests.layers.page.conftest import Document, Opener

pytestmark = pytest.mark.browser

NAMES = sorted(path.stem for path in (Path(__file__).parents[1] / "documents").glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_draws_silently_and_asks_for_nothing(open_page: Opener, name: str) -> None:
    opened = open_page(name)
    opened.page.wait_for_timeout(300)
    assert opened.console == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.page.locator(".cl-title").inner_text()
    assert opened.page.locator(".cl-sheet").count() == 1
    if name != "unknown-version":
        assert opened.state("status") == []


def test_no_facts_is_said(open_page: Opener) -> None:
    opened = open_page("no-facts")
    opened.page.get_by_role("tab", name="Facts").click()
    assert opened.page.locator(".cl-empty").all_inner_texts()[0] == "Nothing was read as a fact."


def test_a_newer_version_is_said_and_read_as_far_as_it_goes(open_page: Opener) -> None:
    opened = open_page("unknown-version")
    assert "newer version (7.3)" in opened.page.locator(".cl-status").inner_text()
    assert "A sentence that still reads." in opened.page.locator(".cl-article").inner_text()
    assert "A block whose role this page does not know." in opened.page.locator(".cl-article").inner_text()


def test_marks_without_any_article(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = {**stored("sample"), "articles": []}
    opened = open_page(document)
    assert opened.console == []
    assert "No report belongs to this map." in opened.page.locator("#cl-tabpane-article").inner_text()


def test_references_that_lead_nowhere(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = copy.deepcopy(stored("sample"))
    document["articles"][0]["blocks"][3]["sentences"][0]["marks"].append("nobody")
    document["articles"][0]["blocks"][3]["sentences"][0]["runs"].append(
        {"start": 900, "end": 4, "kind": "place", "marks": ["nobody"]}
    )
    document["facts"][0]["places"].append("nobody")
    document["layers"][0]["marks"].append("nobody")
    opened = open_page(document)
    opened.select("nobody")
    opened.select("f1")
    assert opened.console == []
    assert opened.state("status") == []


def test_a_name_of_5000_characters_breaks_nothing(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = copy.deepcopy(stored("sample"))
    long = "Llanfair" * 625
    document["title"] = document["places"][7]["name"] = document["zones"][1]["name"] = long
    document["facts"][2]["statement"] = document["credits"][0]["text"] = long
    opened = open_page(document, size=(390, 844))
    opened.select("p8")
    assert opened.console == []
    assert opened.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    map_, time = opened.page.locator(".cl-map").bounding_box(), opened.page.locator(".cl-time").bounding_box()
    assert map_
    assert time
    assert map_["height"] > 250
    assert time["y"] + time["height"] <= 844


@pytest.mark.slow
def test_ten_megabytes_of_text_open(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = copy.deepcopy(stored("no-facts"))
    words = "The line has not moved and nobody expects that it will before the winter. " * 14
    blocks = [
        {"role": "body", "sentences": [{"id": f"s{n}", "text": words, "runs": [], "marks": []}]} for n in range(10_000)
    ]
    document["articles"][0]["blocks"] = blocks
    opened = open_page(document)
    assert opened.console == []
    assert opened.page.locator(".cl-block").count() == 10_000


def test_right_to_left_text_in_a_left_to_right_page(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = copy.deepcopy(stored("sample"))
    document["articles"].append({**stored("rtl")["articles"][0], "id": "a3", "blocks": []})
    text = "اتفقت روسيا وتركيا"
    document["articles"][2]["blocks"] = [
        {"role": "body", "sentences": [{"id": "s99", "text": text, "runs": [], "marks": ["p2"]}]}
    ]
    opened = open_page(document)
    assert opened.page.locator('[data-s="s99"]').evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_the_article_is_painted_before_the_map_is_made(open_page: Opener, browser: Browser) -> None:
    """What a reader begins with does not wait for the ground, the labels and the tables."""
    path = Path(open_page("sample").page.url.removeprefix("file://"))
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.add_init_script("""
      window.frames_seen = [];
      const look = () => {
        const has = (selector) => document.querySelector(selector) !== null;
        window.frames_seen.push([has(".cl-s"), has(".cl-sheet"), has(".leaflet-container")]);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    """)
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    seen = page.evaluate("window.frames_seen")
    context.close()
    assert [True, False, False] in seen
    assert seen[-1] == [True, True, True]


def test_a_zone_without_a_place_is_told_and_not_drawn(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = stored("no-geometry")
    lost = next(zone for zone in document["zones"] if zone["geometry"] is None and not zone["parts"])
    opened = open_page(document)
    assert opened.page.locator(f".cl-sheet [data-mark={lost['id']}]").count() == 0
    opened.page.locator(".cl-tab", has_text="Table").click()
    opened.page.locator(".cl-twin .cl-tab", has_text="Zones").click()
    row = opened.page.locator(f".cl-twin tr[data-id={lost['id']}]")
    row.locator("button").click()
    assert "Counted, not located: listed here, not drawn." in opened.page.locator(".cl-dock").inner_text()


def test_one_point_is_shown_with_something_around_it(open_page: Opener, stored: Callable[[str], Document]) -> None:
    opened = open_page("one-point")
    opened.wait_for("contactline.store.get('view') !== null")
    view, place = opened.state("view"), stored("one-point")["places"][0]
    assert 5 < view["zoom"] <= 12
    assert abs(view["lat"] - place["lat"]) < 1
    assert opened.page.locator(f".cl-place[data-mark={place['id']}]").is_visible()


def test_a_zone_across_the_antimeridian_is_seen_in_one_piece(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    opened = open_page("antimeridian")
    opened.wait_for("contactline.store.get('view') !== null")
    assert opened.state("view")["zoom"] > 4
    assert abs(abs(opened.state("view")["lon"]) - 180) < 5
    frame = opened.page.locator(".cl-leaflet").bounding_box()
    assert frame
    drawn = [zone["id"] for zone in stored("antimeridian")["zones"] if zone["geometry"]]
    assert drawn
    for key in drawn:
        zone = opened.page.locator(f".cl-zone[data-mark={key}] .cl-edge").bounding_box()
        assert zone
        assert zone["width"] < frame["width"]
        assert zone["x"] > frame["x"] - frame["width"] / 4


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_what_is_empty_says_so_in_line_with_the_rest(
    open_page: Opener, stored: Callable[[str], Document], size: tuple[int, int], direction: str
) -> None:
    opened = open_page({**stored("no-facts"), "dir": direction}, size=size)
    assert opened.texts(".cl-disclaimer") == ["No places were found."]
    ends = """all => all.map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const { left, right } = range.getBoundingClientRect();
      return document.documentElement.dir === "rtl" || document.querySelector(".cl").dir === "rtl" ? right : left;
    })"""
    words, credit = opened.page.eval_on_selector_all(".cl-time > .cl-empty, .cl-credits li:first-child", ends)
    assert words == pytest.approx(credit, abs=1)
    opened.page.get_by_role("tab", name="Facts").click()
    assert opened.texts(".cl-tabpane-facts .cl-empty") == ["Nothing was read as a fact."]
    legend = opened.page.locator(".cl-legend-card")
    if not legend.is_visible():
        opened.page.get_by_role("button", name="Legend").click()
    assert legend.locator(".cl-empty").inner_text() == "Nothing is drawn."
