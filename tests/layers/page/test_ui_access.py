"""For those who do not see, do not use a pointer, want less motion, or read on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.layers.page.conftest import Opened, Opener

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "layers" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = {"serious", "critical"}
#: Sights of the page to be examined: what is done to it first.
SIGHTS = {
    "opened": "",
    "card": "store.select(['dmz'], { origin: 'map' })",
    "several": "store.select(['p9', 'f8'], { origin: 'map' })",
    "facts": "document.querySelector('#cl-tab-facts').click()",
    "table": "document.querySelectorAll('.cl-bar .cl-tab')[2].click()",
    "search": "document.querySelector('.cl-search').click(); document.querySelector('.cl-find input').value = 'id';"
    "document.querySelector('.cl-find input').dispatchEvent(new Event('input'))",
    "range": "store.setTime('2018-09-17', '2018-10-15')",
}


def findings(opened: Opened) -> list[str]:
    """Return what axe-core finds serious, a line each."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in layers/web")
    opened.page.evaluate(AXE.read_text())
    result: dict[str, Any] = opened.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in result["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Opener, scheme: str) -> None:
    opened = open_page("sample", color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for sight, act in SIGHTS.items():
        opened.page.evaluate(f"() => {{ const {{ store }} = window.contactline; {act} }}")
        opened.page.wait_for_timeout(350)
        found[sight] = findings(opened)
    assert {sight: lines for sight, lines in found.items() if lines} == {}


@pytest.mark.parametrize("document", ["rtl", "no-facts", "one-point"])
def test_axe_finds_nothing_serious_in_odd_pages(open_page: Opener, document: str) -> None:
    assert findings(open_page(document)) == []


def test_axe_finds_nothing_serious_on_a_phone(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), has_touch=True, is_mobile=True)
    opened.select("dmz")
    assert findings(opened) == []


def test_tab_goes_head_panel_map_time(open_page: Opener) -> None:
    opened = open_page("sample")
    seen = []
    for _ in range(160):
        opened.page.keyboard.press("Tab")
        part = opened.page.evaluate(
            "document.activeElement.closest('.cl-skip, .cl-head, .cl-bar, .cl-tabpane, .cl-map, .cl-time, .cl-credits')"
            "?.className.split(' ')[0]"
        )
        if part and (not seen or seen[-1] != part):
            seen.append(part)
    assert seen[:4] == ["cl-skip", "cl-head", "cl-bar", "cl-tabpane"]
    assert seen.index("cl-map") < seen.index("cl-time") < seen.index("cl-credits")


def test_the_first_tab_skips_to_the_article(open_page: Opener) -> None:
    opened = open_page("sample")
    opened.page.keyboard.press("Tab")
    assert opened.page.locator(":focus").inner_text() == "Skip to the article"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "cl-read"


def test_what_is_selected_is_said(sample: Opened) -> None:
    sample.select("dmz")
    live = sample.page.locator(".cl > .cl-sr[aria-live]")
    sample.page.wait_for_timeout(500)
    assert live.inner_text() == "Demilitarized zone. buffer zone. Sentences: 5."


def test_document_has_language_and_direction(open_page: Opener) -> None:
    opened = open_page("rtl")
    assert opened.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    panel, stage = (opened.page.locator(one).bounding_box() for one in (".cl-panel", ".cl-stage"))
    assert panel
    assert stage
    assert panel["x"] > stage["x"]
    assert opened.console == []


def test_arabic_interface_is_complete(open_page: Opener) -> None:
    opened = open_page("rtl")
    opened.page.locator(".cl-bar .cl-tab").nth(2).click()
    opened.select("p2")
    latin = opened.page.evaluate(
        """() => ["button", "h2", "th", "dt", "summary", "label", "[aria-label]"]
          .flatMap((kind) => [...document.querySelectorAll(`.cl ${kind}`)])
          .flatMap((one) => [one.ariaLabel, one.childElementCount ? "" : one.textContent])
          .filter((text) => /[A-Za-z]{4}/.test((text ?? "").replace(/GeoNames|Natural Earth|contactline/gi, "")))"""
    )
    allowed = {"English", "Русский", "Türkçe"}
    assert [text for text in latin if text not in allowed] == []


def test_less_motion_means_none(open_page: Opener) -> None:
    opened = open_page("sample", reduced_motion="reduce")
    opened.select("f16")
    moving = opened.page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
    assert moving == 0
    box, frame = (opened.page.locator(one).first.bounding_box() for one in (".cl-s.on", ".cl-scroll"))
    assert box
    assert frame
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_the_system_chooses_light_or_dark(open_page: Opener) -> None:
    light = open_page("sample").page.evaluate("getComputedStyle(document.querySelector('.cl')).backgroundColor")
    dark = open_page("sample", color_scheme="dark").page.evaluate(
        "getComputedStyle(document.querySelector('.cl')).backgroundColor"
    )
    assert light != dark


def test_paper_carries_numbered_facts_sources_and_credits(open_page: Opener) -> None:
    opened = open_page("sample", color_scheme="dark", size=(688, 1000))
    opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(300)
    text = opened.page.locator("body").inner_text()
    for words in (
        "What is said, and where",
        "“Tanks, rocket launchers, artillery and mortars have to be out of the strip by Oct. 10.”",
        "https://undocs.org/S/2018/852",
        "GeoNames",
        "Natural Earth",
        "Reconstruction, not an official delimitation",
    ):
        assert words in text
    assert opened.page.locator(".cl-print ol > li").count() == 16
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert opened.page.locator(".cl-legend").is_visible()
    assert not opened.page.locator(".cl-timebar").is_visible()
    assert opened.page.evaluate("document.scrollingElement.scrollWidth") <= 688
    opened.page.emulate_media(media="screen")
    opened.wait_for("!document.querySelector('.cl-print').childElementCount")
    assert opened.lit()


def test_the_signs_on_paper_bear_the_numbers_of_the_list(open_page: Opener) -> None:
    opened = open_page("sample", size=(688, 1000))
    opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(300)
    numbers = opened.page.evaluate(
        """() => {
          const { facts } = JSON.parse(document.querySelector("#contactline-document").textContent);
          const listed = facts.filter((fact) => !fact.related).map((fact) => fact.id);
          const signs = [...document.querySelectorAll(".cl-tray [data-mark]:not(.is-elsewhere)")];
          const shown = (sign) => Number(sign.querySelector(".cl-number")?.textContent);
          return signs.map((sign) => [listed.indexOf(sign.dataset.mark) + 1, shown(sign)]);
        }"""
    )
    assert len(numbers) > 3
    assert all(listed == shown for listed, shown in numbers)
    opened.page.emulate_media(media="screen")
    opened.wait_for("!document.querySelector('.cl-number')")


def test_paper_shows_what_the_screen_showed_and_the_screen_comes_back(open_page: Opener) -> None:
    opened = open_page("sample", reduced_motion="reduce")
    opened.page.wait_for_timeout(300)
    before = opened.state("view")
    opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(500)
    zone, frame = (opened.page.locator(one).first.bounding_box() for one in (".cl-zone[data-mark=dmz]", ".cl-leaflet"))
    assert zone
    assert frame
    assert zone["x"] > frame["x"]
    assert zone["x"] + zone["width"] < frame["x"] + frame["width"]
    assert zone["y"] + zone["height"] < frame["y"] + frame["height"] + 2
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_timeout(500)
    after = opened.state("view")
    assert after == pytest.approx(before, abs=0.01)


def test_the_readers_choice_of_colours_is_remembered(open_page: Opener) -> None:
    opened = open_page("sample", reduced_motion="reduce")
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_label("Colours").select_option("dark")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"
    opened.page.reload()
    opened.page.wait_for_selector("body[data-ready]")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_label("Colours").select_option("auto")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_a_picture_can_be_saved_from_the_layers_card(open_page: Opener, form: str) -> None:
    opened = open_page("sample", reduced_motion="reduce")
    opened.page.get_by_role("button", name="Layers").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=form).click()
    assert download.value.suggested_filename.endswith(f".{form.lower()}")


def test_paper_is_a_pdf_of_a_few_pages(open_page: Opener) -> None:
    pdf = open_page("sample").page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 2 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type/Page/") <= 6


def test_without_script_the_text_is_still_there(open_page: Opener) -> None:
    opened = open_page("sample", java_script_enabled=False)
    text = opened.page.locator("body").inner_text()
    assert "The presidents of Russia and Turkey settled on Monday" in text
    assert "Demilitarized zone" in text
    assert opened.page.locator("#contactline-static table").count() == 3
    assert opened.page.locator("#contactline-static svg").is_visible()
    assert opened.page.locator("#contactline-static svg .s-zone").count() > 0
