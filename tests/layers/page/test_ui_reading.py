"""Linked reading: sentences lead to marks and marks to sentences, by pointer, tap and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.layers.page.conftest import Document, Opened, Opener

pytestmark = pytest.mark.browser


def sentence(opened: Opened, id_: str) -> Any:
    """Return a sentence of the article."""
    return opened.page.locator(f'.cl-s[data-s="{id_}"]')


def test_opens_silently_with_a_mapped_sentence_alight(open_page: Opener) -> None:
    sample = open_page("sample")
    assert sample.console == []
    assert [url for url in sample.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len(sample.lit()) == 1
    assert sample.state("selection")["marks"]
    assert sample.page.locator(".cl-disclaimer").inner_text() == "Reconstruction, not an official delimitation"
    assert "GeoNames" in sample.page.locator(".cl-credits").inner_text()


def test_text_stands_as_given(sample: Opened, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    for article in document["articles"]:
        for block in article["blocks"]:
            for one in block["sentences"]:
                shown = sentence(sample, one["id"]).evaluate(
                    "s => [...s.childNodes].filter(n => !n.classList?.contains('cl-word'))"
                    ".map(n => n.textContent).join('')"
                )
                assert shown == one["text"]


def test_a_click_selects_all_marks_of_a_sentence(sample: Opened) -> None:
    sentence(sample, "s9").click(position={"x": 5, "y": 8})
    assert sample.lit() == ["s9"]
    assert sorted(sample.state("selection")["marks"]) == ["dmz", "f6"]
    assert sample.state("selection")["origin"] == "article"


def test_hover_lights_without_selecting(sample: Opened) -> None:
    before = sample.state("selection")
    sentence(sample, "s7").locator(".r-time").hover()
    assert "f4" in sample.state("hover")["marks"]
    assert sample.state("selection") == before


def test_every_mark_leads_to_exactly_its_sentences(sample: Opened, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    for mark in [*document["places"], *document["facts"], *document["zones"]]:
        sample.select(mark["id"])
        assert sorted(sample.lit()) == sorted(mark["sentences"]), mark["id"]


def test_a_mark_scrolls_its_sentence_into_view(sample: Opened) -> None:
    sample.select("f16")
    sample.page.wait_for_timeout(900)
    box, frame = (sample.page.locator(one).first.bounding_box() for one in (".cl-s.on", ".cl-scroll"))
    assert box
    assert frame
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_arrow_keys_walk_mapped_sentences_in_order(sample: Opened, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    mapped = [
        one["id"]
        for article in document["articles"]
        for block in article["blocks"]
        for one in block["sentences"]
        if one["marks"]
    ]
    sentence(sample, "s4").click(position={"x": 5, "y": 8})
    start = mapped.index("s4")
    walked = []
    for _ in range(4):
        sample.page.keyboard.press("ArrowDown")
        walked += sample.lit()
    assert walked == mapped[start + 1 : start + 5]
    sample.page.keyboard.press("ArrowUp")
    assert sample.lit() == [mapped[start + 3]]
    sample.page.keyboard.press("End")
    assert sample.lit() == [mapped[-1]]


def test_only_one_sentence_is_in_the_tab_order(sample: Opened) -> None:
    assert sample.page.locator('.cl-mapped[tabindex="0"]').count() == 1
    sample.select("f9")
    assert sample.page.locator('.cl-mapped[tabindex="0"]').get_attribute("data-s") in sample.lit()


def test_words_of_certainty_stand_beside_what_is_not_plain_fact(sample: Opened) -> None:
    assert sentence(sample, "s8").locator(".cl-word").inner_text() == "will not"
    assert sentence(sample, "s13").locator(".cl-word").inner_text() == "alleged by Moscow"
    assert sentence(sample, "s14").locator(".cl-word").inner_text() == "denied by the groups"
    assert sentence(sample, "s11").locator(".cl-word").count() == 0


def test_articles_stand_one_under_the_other(sample: Opened) -> None:
    boxes = [one.bounding_box() for one in sample.page.locator("article.cl-article").all()]
    assert len(boxes) == 2
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


def test_card_of_a_fact(sample: Opened) -> None:
    sample.select("f5")
    card = sample.page.locator(".cl-dock").inner_text()
    for words in (
        "will not",
        "“There will be no new offensive against Idlib”",
        "Sergei Shoigu › Interfax › Contactline sample",
    ):
        assert words in card


def test_card_shows_time_as_written_and_as_resolved(sample: Opened) -> None:
    sample.select("f4")
    assert "“by Oct. 15” → by 15 Oct 2018" in sample.page.locator(".cl-dock").inner_text()


def test_card_of_a_place_keeps_alternatives_behind_a_disclosure(sample: Opened) -> None:
    sample.select("p12")
    card = sample.page.locator(".cl-dock")
    assert "in doubt, 52 %" in card.inner_text()
    assert "outside, < 1 %" in card.inner_text()
    assert "other reading: < 1 % if the zone lies on both sides" in card.inner_text()
    other = card.get_by_text("Maarrat Misrin", exact=True)
    assert not other.is_visible()
    card.locator("summary").click()
    assert other.is_visible()


def test_card_of_a_zone_says_what_it_rests_on_and_what_speaks_against(sample: Opened) -> None:
    sample.select("dmz")
    card = sample.page.locator(".cl-dock")
    card.locator("summary").click()
    text = card.inner_text()
    for words in (
        "Rests on: reconstruction",
        "within 15 km of the line",
        "against it: 15 to 20 km “from both parties”",
    ):
        assert words in text
    assert "not in this article" not in text
    sample.select("patrols-russian")
    assert "not in this article" in card.inner_text()


def test_a_counted_zone_without_geometry_is_listed(sample: Opened) -> None:
    sample.select("posts-ru", origin="list")
    assert "Counted, not located" in sample.page.locator(".cl-dock").inner_text()


def test_a_sentence_with_several_marks_lists_them_and_leads_back(sample: Opened) -> None:
    sentence(sample, "s11").locator(".r-place", has_text="Saraqib").click()
    dock = sample.page.locator(".cl-dock")
    assert "about 30 %" in dock.inner_text()
    dock.get_by_role("button", name="Back").click()
    assert len(dock.locator(".cl-mini").all()) == len(sample.state("selection")["marks"])


def test_the_notes_do_not_cover_their_sentence(sample: Opened) -> None:
    for id_ in ("s9", "s13", "s17"):
        sentence(sample, id_).evaluate("one => one.click()")
        sample.page.wait_for_timeout(700)
        box, dock = (sample.page.locator(one).first.bounding_box() for one in (".cl-s.on", ".cl-dock"))
        assert box
        assert dock
        assert box["y"] + box["height"] <= dock["y"] + 2


def test_escape_closes_the_notes_and_keeps_the_selection(sample: Opened) -> None:
    sample.select("dmz")
    sample.page.keyboard.press("Escape")
    assert not sample.page.locator(".cl-dock").is_visible()
    assert sample.lit()


def test_a_fact_without_place_is_listed_and_says_so(sample: Opened) -> None:
    sample.page.get_by_role("tab", name="Facts").click()
    assert sample.page.locator(".cl-factrow").count() == 16
    sample.page.locator(".cl-factrow", has_text="The exact edges").click()
    assert "on the timeline only" in sample.page.locator(".cl-dock").inner_text()
    assert sample.page.get_by_role("tab", name="Facts").get_attribute("aria-selected") == "true"


def test_gaps_of_a_quotes_page_are_shown(open_page: Opener) -> None:
    opened = open_page("quotes")
    assert opened.texts(".cl-gap") == ["…", "…"]
    assert opened.console == []


def test_on_a_phone_nothing_covers_timeline_and_credits(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), has_touch=True, is_mobile=True)
    sheet, time, credits_ = (
        opened.page.locator(one).bounding_box() for one in (".cl-panel", ".cl-time", ".cl-credits")
    )
    assert sheet
    assert time
    assert credits_
    assert sheet["y"] + sheet["height"] <= time["y"] + 1
    assert credits_["y"] + credits_["height"] <= 844
    assert opened.state("padding")["bottom"] == pytest.approx(sheet["height"], abs=4)


def test_the_sheet_has_three_stops(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), has_touch=True, is_mobile=True)
    heights = []
    for name in ("Show less", "Show more", "Show more"):
        opened.page.get_by_role("button", name=name).click()
        heights.append(opened.page.locator(".cl-panel").bounding_box()["height"])  # type: ignore[index]
    assert heights == sorted(heights)
    assert heights[0] < 100
    assert 250 < heights[1] < 400 < heights[2]


def test_touch_targets_are_large_on_a_phone(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), has_touch=True, is_mobile=True)
    small = opened.page.eval_on_selector_all(
        ".cl-bar button, .cl-timebar .cl-round, .cl-overlay .cl-btn",
        "all => all.filter(b => b.offsetParent).map(b => [b.textContent || b.ariaLabel, b.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 40 || r.width < 36).map(([name, r]) => `${name} ${r.width}x${r.height}`)",
    )
    assert small == []
