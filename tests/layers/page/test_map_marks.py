"""The map of a real page: what is drawn, named, lit, flown to, faded, listed and taken along."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.layers.page.conftest import Document, Opened, Opener

Box = dict[str, float]

SEEN = """() => [...document.querySelectorAll('.cl-sheet [data-mark][role=button]')]
  .filter((one) => !one.classList.contains('is-hidden'))
  .map((one) => ({ id: one.dataset.mark, name: one.getAttribute('aria-label'), tab: one.tabIndex }))"""
LABELS = """() => [...document.querySelectorAll('.cl-labels text')].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return { text: one.textContent, turned: Boolean(one.closest('g[transform]')), x, y, width, height };
})"""


def view(opened: Opened) -> Any:
    """Return the map's centre and zoom once it stands still."""
    before = None
    for _ in range(60):
        now = opened.state("view")
        if now == before:
            return now
        before = now
        opened.page.wait_for_timeout(450)
    return now


def home(opened: Opened) -> None:
    """Show the view that the page opens on."""
    opened.page.evaluate("() => { contactline.store.send('home', null); }")
    view(opened)


def box(opened: Opened, selector: str) -> Box:
    """Return the box of the first match on the screen."""
    found: Box = opened.page.eval_on_selector(selector, "one => one.getBoundingClientRect().toJSON()")
    return found


def meet(one: Box, other: Box, *, slack: float = 2) -> bool:
    """Return whether two boxes share more than a hair."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > slack and down > slack


def test_every_mark_can_be_reached_and_has_a_name(sample: Opened) -> None:
    marks = sample.page.evaluate(SEEN)
    assert {"dmz", "contact-line", "closure", "f1", "p9"} <= {mark["id"] for mark in marks}
    assert all(mark["name"] and mark["tab"] == 0 for mark in marks)
    assert any("reconstruction" in mark["name"] for mark in marks if mark["id"] == "dmz")


def test_a_key_on_a_mark_selects_it_and_lights_its_sentences(sample: Opened) -> None:
    sample.page.focus(".cl-sheet [data-mark=dmz]")
    sample.page.keyboard.press("Enter")
    assert sample.state("selection")["marks"] == ["dmz"]
    assert sample.lit()


def test_a_click_on_a_sign_selects_the_fact(sample: Opened) -> None:
    sample.page.locator(".cl-sheet .cl-fact[data-mark=f8]").first.click()
    assert sample.state("selection")["marks"] == ["f8"]
    assert "is-selected" in (sample.page.get_attribute(".cl-sheet .cl-fact[data-mark=f8]", "class") or "")


def test_a_sentence_is_flown_to_whole(sample: Opened) -> None:
    sample.page.evaluate("() => contactline.store.select(['p5', 'p13'], { origin: 'article' })")
    view(sample)
    frame = box(sample, ".cl-map")
    for place in ("p5", "p13"):
        dot = box(sample, f".cl-sheet [data-mark={place}] .cl-dot")
        assert frame["left"] < dot["left"] < dot["right"] < frame["right"]
        assert frame["top"] < dot["top"] < dot["bottom"] < frame["bottom"]


def test_hovering_moves_nothing(sample: Opened) -> None:
    before = view(sample)
    sample.page.evaluate("() => contactline.store.hover(['p13'], { origin: 'article' })")
    sample.page.wait_for_timeout(500)
    assert view(sample) == before


def test_motion_is_cut_for_those_who_ask(open_page: Callable[..., Opened]) -> None:
    opened = open_page("sample", reduced_motion="reduce")
    view(opened)
    moved = opened.page.evaluate(
        "() => { contactline.store.select(['p13'], { origin: 'list' }); return contactline.store.get('view'); }"
    )
    assert moved["lon"] == pytest.approx(51.4, abs=3)
    assert opened.page.locator(".is-pulsing").count() == 0


def test_a_zone_is_pale_before_its_day_and_gone_after(sample: Opened) -> None:
    home(sample)
    sample.page.evaluate("() => contactline.store.setTime('2018-09-18')")
    assert "is-ahead" in (sample.page.get_attribute(".cl-zone[data-mark=dmz]", "class") or "")
    assert any("15 Oct" in label["text"] for label in sample.page.evaluate(LABELS))
    sample.page.evaluate("() => contactline.store.setTime('2019-06-01')")
    line = ".cl-zone[data-mark=contact-line]"
    assert "is-out" in (sample.page.get_attribute(line, "class") or "")
    assert sample.page.get_attribute(line, "tabindex") == "-1"


def test_what_an_unselected_layer_holds_is_not_drawn(sample: Opened) -> None:
    def shown() -> set[str]:
        return {mark["id"] for mark in sample.page.evaluate(SEEN)}

    assert "dmz-both" not in shown()
    sample.page.evaluate("() => contactline.store.setLayer('variants', { shown: true })")
    assert "dmz-both" in shown()
    sample.page.evaluate("() => contactline.store.setLayer('zone', { shown: false })")
    assert "dmz" not in shown()
    sample.page.evaluate("() => contactline.store.solo('line')")
    assert {each for each in shown() if each[0] not in "pf"} == {"contact-line", "closure"}


def test_the_legend_explains_what_is_drawn_and_nothing_else(sample: Opened) -> None:
    legend = sample.page.locator(".cl-legend")
    assert "Demilitarized zone" in legend.inner_text()
    assert "observation post" not in legend.inner_text()
    sample.page.evaluate("() => contactline.store.setLayer('zone', { shown: false })")
    sample.page.evaluate("() => contactline.store.setLayer('posts', { shown: true })")
    assert "Demilitarized zone" not in legend.inner_text()
    assert "observation post" in legend.inner_text()


def test_the_legend_tells_lines_and_zones_of_one_kind_once(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("sample")
    line, zone = (next(each for each in document["zones"] if each["id"] == id_) for id_ in ("contact-line", "dmz"))
    for number, side in enumerate(("north", "south", "east")):
        near = {**line, "id": f"line-{side}", "name": f"Ceasefire line of the {side}", "uncertainty_km": 1 + number / 2}
        part = {**zone, "id": f"part-{side}", "name": f"UN buffer zone, {side} of the road", "basis": "agreement"}
        document["zones"] += [near, part]
    opened = open_page(document)
    opened.page.evaluate("() => contactline.store.setTime(null)")
    rows = opened.texts(".cl-legend li")
    assert [row for row in rows if "Ceasefire" in row] == ["Ceasefire line band: ±1–2 km"]
    assert [row.partition(" hatched")[0] for row in rows if "UN buffer" in row] == ["UN buffer zone"]
    hues = opened.page.eval_on_selector_all(
        '.cl-zone[data-mark^="part-"]', "all => all.map((one) => one.style.getPropertyValue('--hue'))"
    )
    assert len(hues) == 3
    assert len(set(hues)) == 1


def test_the_legend_names_the_disputed_areas_in_view(open_page: Opener, stored: Callable[[str], Document]) -> None:
    boxes = {"Here": (36.0, 35.0, 37.0, 36.0), "Far off": (100.0, 10.0, 101.0, 11.0)}
    document = stored("sample")
    document["basemap"] = {"contested": [[name, "Claimed by two.", *box] for name, box in boxes.items()]}
    opened = open_page(document)
    legend = opened.page.locator(".cl-legend")
    legend.get_by_text("Here").wait_for()
    assert "Far off" not in legend.inner_text()
    opened.page.evaluate("() => contactline.store.send('setView', { lon: 100.5, lat: 10.5, zoom: 9 })")
    legend.get_by_text("Far off").wait_for()
    assert "Here" not in legend.inner_text()


def test_layers_are_switched_dimmed_and_singled_out_by_hand(sample: Opened) -> None:
    sample.page.get_by_role("button", name="Layers", exact=True).click()
    row = sample.page.locator(".cl-layers-card li", has_text="Demilitarized zone")
    row.locator("input[type=range]").fill("40")
    assert sample.state("layers")["byId"]["zone"]["opacity"] == pytest.approx(0.4)
    row.locator("input[type=checkbox]").uncheck()
    assert sample.state("layers")["byId"]["zone"]["shown"] is False
    row.get_by_role("button").click()
    assert sample.state("layers")["solo"] == "zone"
    sample.page.evaluate("() => contactline.store.solo(null)")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_no_two_names_overlap(open_page: Callable[..., Opened], size: tuple[int, int]) -> None:
    opened = open_page("sample", size=size)
    view(opened)
    labels = [label for label in opened.page.evaluate(LABELS) if not label["turned"]]
    assert len(labels) > 5
    pairs = [(a, b) for i, a in enumerate(labels) for b in labels[i + 1 :] if meet(a, b, slack=5)]
    assert not [(a["text"], b["text"]) for a, b in pairs]


def test_a_name_that_stands_for_several_spots_covers_none_of_them(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("one-point")
    place = document["places"][0]
    beside = [
        {**place, "id": f"beside{i}", "lon": place["lon"] + d, "lat": place["lat"]} for i, d in enumerate((0.012, 0.02))
    ]
    document["places"] = [place, *beside]
    document["view"] = {"bbox": [place["lon"] - 0.5, place["lat"] - 0.5, place["lon"] + 0.5, place["lat"] + 0.5]}
    opened = open_page(document, reduced_motion="reduce")
    view(opened)
    label = next(each for each in opened.page.evaluate(LABELS) if "+2" in each["text"])
    dots = [box(opened, f".cl-place[data-mark={each['id']}] .cl-dot") for each in document["places"]]
    assert len(dots) == 3
    assert not [dot for dot in dots if meet(label, dot)]


def test_a_stand_bears_the_name_of_its_town_and_one_circle_of_doubt(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("one-point")
    town = {**document["places"][0], "id": "town", "radius_km": 8, "name": "Beirut", "names": {}}
    parts = [
        {**town, "id": f"part{i}", "name": name, "lon": town["lon"] + (i + 1) * 0.01}
        for i, name in enumerate(("Western Beirut", "West Beirut"))
    ]
    document["places"] = [*parts, town]
    document["view"] = {"bbox": [town["lon"] - 0.5, town["lat"] - 0.5, town["lon"] + 0.5, town["lat"] + 0.5]}
    opened = open_page(document, reduced_motion="reduce")
    circles = (
        "all => all.filter((one) => one.getBoundingClientRect().width).map((one) => one.parentElement.dataset.mark)"
    )

    def circled(*marks: str) -> list[str]:
        opened.select(*marks)
        found: list[str] = opened.page.eval_on_selector_all(".cl-place .cl-radius", circles)
        return found

    assert circled() == ["town"]
    assert any(label["text"].startswith("Beirut") and "+2" in label["text"] for label in opened.page.evaluate(LABELS))
    assert circled("part0") == ["part0"]
    assert circled("part0", "part1", "town") == ["town"]
    opened.page.evaluate("() => contactline.store.set('selection', { marks: [], sentence: null, origin: 'program' })")
    lon, lat = town["lon"], town["lat"]
    opened.page.evaluate("at => contactline.store.send('setView', at)", {"lon": lon, "lat": lat, "zoom": 13})
    assert sorted(circled()) == ["part0", "part1", "town"]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_a_long_legend_is_seen_whole(
    open_page: Opener, stored: Callable[[str], Document], size: tuple[int, int]
) -> None:
    opened = open_page(stored("sample"), size=size)
    opened.page.evaluate("() => contactline.store.setTime(null)")
    assert len(opened.texts(".cl-legend li")) > 18
    hidden = "one => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]"
    assert opened.page.eval_on_selector(".cl-legend-card .cl-cardbody", hidden) == [0, 0]


def test_a_short_legend_covers_no_place_where_there_is_room_beside_it(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("one-point")
    place = document["places"][0]
    west, south = place["lon"], place["lat"]
    document["places"] = [
        place,
        {**place, "id": "north", "lon": west + 0.6, "lat": south + 2, "names": {}, "name": "N"},
    ]
    document["view"] = {"bbox": [west, south, west + 0.6, south + 2]}
    opened = open_page(document, size=(1024, 768), reduced_motion="reduce")
    view(opened)
    legend = box(opened, ".cl-legend-card")
    assert legend["height"] < 200
    assert not meet(box(opened, ".cl-place[data-mark=north] .cl-dot"), legend)


def test_names_in_another_language(sample: Opened) -> None:
    sample.page.evaluate("() => contactline.store.set('language', 'ar')")
    texts = {label["text"] for label in sample.page.evaluate(LABELS)}
    assert "سوريا" in texts
    assert sample.page.get_attribute(".cl-labels text:has-text('سوريا')", "direction") == "rtl"


def test_an_area_is_drawn_as_the_area_it_names(sample: Opened) -> None:
    assert sample.page.locator(".cl-outline[data-mark=p2]").count() == 1
    assert sample.page.locator(".cl-place[data-mark=p2] .cl-dot").count() == 0
    assert sample.page.locator(".cl-place[data-mark=p9] .cl-dot").count() == 1


def test_doubt_certainty_and_basis_differ_in_form(sample: Opened) -> None:
    home(sample)
    assert sample.page.locator(".cl-place[data-mark=p12] .cl-query").text_content() == "?"
    forms = {
        "f8": ".cl-full",
        "f12": "path.cl-body",
        "f10": ".cl-dashed",
        "f5": ".cl-strike",
    }
    for fact, form in forms.items():
        assert sample.page.locator(f".cl-fact[data-mark={fact}] {form}").count() > 0, fact
    dash = "one => getComputedStyle(one).strokeDasharray"
    assert sample.page.eval_on_selector("[data-mark=contact-line] .cl-edge", dash) != "none"
    assert sample.page.eval_on_selector("[data-mark=closure] .cl-edge", dash) != sample.page.eval_on_selector(
        "[data-mark=contact-line] .cl-edge", dash
    )
    assert "assumption" in " ".join(label["text"] for label in sample.page.evaluate(LABELS))


def test_a_far_place_is_pointed_to_and_reached_from_the_edge(sample: Opened) -> None:
    home(sample)
    sample.page.evaluate("() => contactline.store.select(['p13'], { origin: 'map' })")
    sample.page.locator(".cl-pointer", has_text="Tehran").click()
    assert view(sample)["lon"] == pytest.approx(51.4, abs=3)
    assert sample.page.locator(".cl-pointer").count() == 0


def test_on_a_phone_pointers_keep_off_the_zone_and_little_is_named(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("sample")
    names = [
        ("admin", "Latakia", 35.95, 35.5, 1),
        ("town", "Qastal", 36.05, 35.2, 2),
        ("town", "Antakya", 36.15, 35.55, 0),
    ]
    document["basemap"] = {"names": [[kind, name, {}, lon, lat, rank, 0, 24] for kind, name, lon, lat, rank in names]}
    opened = open_page(document, size=(390, 844), reduced_motion="reduce")
    opened.select("p13", "p1", "f1", origin="program")
    home(opened)
    told = opened.page.evaluate(
        """() => {
          const at = (one) => one.getBoundingClientRect();
          const map = at(document.querySelector(".cl-map"));
          const zone = document.querySelector("[data-mark=dmz] .cl-fill");
          const matrix = zone.getScreenCTM().inverse();
          const on = (x, y) => zone.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix));
          return [...document.querySelectorAll(".cl-pointer")].map(at).map(({ left, right, top, bottom }) => ({
            onZone: [left, (left + right) / 2, right].some((x) => on(x, top) || on(x, bottom)),
            edge: Math.min(left - map.left, map.right - right, top - map.top),
          }));
        }"""
    )
    assert told
    assert not [one for one in told if one["onZone"] or one["edge"] > 16]
    wide = open_page(document, size=(1440, 900), reduced_motion="reduce")
    on_phone, on_desk = (
        {label["text"].upper() for label in page.page.evaluate(LABELS)} & {name.upper() for _, name, *_ in names}
        for page in (opened, wide)
    )
    assert on_desk == {"LATAKIA", "QASTAL", "ANTAKYA"}
    assert on_phone == {"ANTAKYA"}


def test_a_shield_stands_clear_of_names(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), reduced_motion="reduce")
    home(opened)
    labels = [label for label in opened.page.evaluate(LABELS) if not label["turned"]]
    shields = [label for label in labels if label["text"] in {"M4", "M5"}]
    assert shields
    near = [(a["text"], b["text"]) for a in shields for b in labels if a is not b and meet(a, b, slack=-3)]
    assert near == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_land_and_sea_differ_without_colours(open_page: Opener, scheme: Literal["light", "dark"]) -> None:
    opened = open_page("one-point", color_scheme=scheme)
    shades = opened.page.evaluate(
        """() => ["sea", "land", "land-2", "land-3"].map((name) => {
          const hex = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim().slice(1);
          const parts = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
          const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        })"""
    )
    sea, *lands = shades
    assert min(land / sea for land in lands) > 1.08


def test_what_is_selected_is_told_by_more_than_its_colour(sample: Opened) -> None:
    home(sample)
    sample.select("p2", origin="map")
    line = "one => getComputedStyle(one).textDecorationLine"
    assert sample.page.eval_on_selector(".cl-label.is-selected", line) == "underline"


def test_the_focus_is_seen_on_areas_and_clear_of_the_sheet(open_page: Opener) -> None:
    opened = open_page("sample", size=(390, 844), reduced_motion="reduce")
    home(opened)
    opened.page.locator(".cl-handle").focus()
    opened.page.keyboard.press("Tab")
    for area in ("p2", "p13", "p9"):
        opened.page.eval_on_selector(f".cl-place[data-mark={area}]", "one => one.focus()")
        view(opened)
        shown = opened.page.evaluate(
            """id => {
              const look = (one) => getComputedStyle(one).strokeWidth === "3.5px";
              const outline = document.querySelector(`.cl-outline[data-mark=${id}]`);
              if (outline) return look(outline);
              const map = document.querySelector(".cl-map").getBoundingClientRect();
              const sheet = document.querySelector(".cl-panel").getBoundingClientRect();
              const { left, right, top, bottom } = document.querySelector(`[data-mark=${id}]`).getBoundingClientRect();
              return left >= map.left && right <= map.right && top >= map.top && bottom <= sheet.top + 14;
            }""",
            area,
        )
        assert shown, area


def test_measuring_a_distance(sample: Opened) -> None:
    home(sample)
    frame = box(sample, ".cl-map")
    sample.page.get_by_role("button", name="Measure", exact=True).click()
    for share in (0.3, 0.5):
        sample.page.mouse.click(frame["x"] + frame["width"] * share, frame["y"] + frame["height"] * 0.5)
    told = sample.page.locator(".cl-measurebar output").inner_text()
    assert told.startswith("about")
    assert told.endswith("km")
    assert sample.state("selection")["marks"] == []
    sample.page.keyboard.press("Escape")
    assert sample.state("measure") is None


def test_a_small_picture_tells_where_in_the_country_the_view_is(
    open_page: Opener, stored: Callable[[str], Document]
) -> None:
    document = stored("sample")
    # A square country of twelve degrees, in differences of ten-thousandths of a degree.
    country = [330_000, 300_000, 120_000, 0, 0, 120_000, -120_000, 0]
    document["basemap"] = {"areas": [["theatre", 0, 24, [country]]], "lines": [], "names": []}
    opened = open_page(document, size=(1440, 900), reduced_motion="reduce")
    whole, seen = box(opened, ".cl-locator path"), box(opened, ".cl-locator-view")
    middle = (seen["left"] + seen["width"] / 2 - whole["left"]) / whole["width"]
    view = opened.state("view") or opened.page.evaluate("() => ({ lon: 36.6 })")
    assert middle == pytest.approx((view["lon"] - 33) / 12, abs=0.06)
    assert seen["width"] < 0.6 * whole["width"]
    opened.page.evaluate("() => contactline.store.send('setView', { lon: 39, lat: 36, zoom: 5 })")
    opened.wait_for("document.querySelector('.cl-locator').hidden")
    opened.page.evaluate("() => contactline.store.send('setView', { lon: 80, lat: 36, zoom: 9 })")
    assert not opened.page.locator(".cl-locator").is_visible()


def test_the_measures_bar_leaves_the_disclaimer_free(sample: Opened) -> None:
    sample.page.evaluate("() => contactline.store.set('measure', 'distance')")
    bar, disclaimer = box(sample, ".cl-measurebar"), box(sample, ".cl-disclaimer")
    assert bar["top"] >= disclaimer["top"] + disclaimer["height"]
    sample.page.keyboard.press("Escape")


def _download(opened: Opened, kind: str, tmp_path: Path) -> bytes:
    with opened.page.expect_download() as waited:
        opened.page.evaluate("kind => { contactline.store.send('exportImage', kind); }", kind)
    waited.value.save_as(tmp_path / f"map.{kind}")
    return (tmp_path / f"map.{kind}").read_bytes()


def test_the_map_is_taken_along_as_svg_and_png(sample: Opened, tmp_path: Path) -> None:
    picture = ET.fromstring(_download(sample, "svg", tmp_path))  # noqa: S314  our own page wrote it
    texts = " ".join(text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    assert "Saraqib" in texts
    assert "Reconstruction, not an official delimitation" in texts
    assert not [node for node in picture.iter() if node.get("class")]
    assert _download(sample, "png", tmp_path).startswith(b"\x89PNG\r\n")
    assert sample.state("status") == []


def test_on_a_phone_the_furniture_leaves_the_zone_free(open_page: Callable[..., Opened]) -> None:
    opened = open_page("sample", size=(390, 844), has_touch=True)
    view(opened)
    assert not opened.page.locator(".cl-legend-card").is_visible()
    zone = box(opened, ".cl-zone[data-mark=dmz] .cl-edge")
    frame, panel = box(opened, ".cl-map"), box(opened, ".cl-panel")
    assert zone["top"] >= frame["top"]
    assert zone["bottom"] <= panel["top"] + 2
    for button in opened.page.locator(".cl-overlay .cl-btn:visible").all():
        size = button.bounding_box()
        assert size
        assert size["width"] >= 44
        assert size["height"] >= 44


def test_a_broken_zone_is_told_and_the_rest_stands(
    open_page: Callable[..., Opened], stored: Callable[[str], Document]
) -> None:
    document = copy.deepcopy(stored("sample"))
    next(zone for zone in document["zones"] if zone["id"] == "dmz")["geometry"] = {"type": "Polygon", "coordinates": 7}
    opened = open_page(document)
    assert opened.state("status")
    assert opened.page.locator(".cl-status").is_visible()
    assert opened.page.locator(".cl-s").count() > 5


def test_the_zone_that_is_selected_is_named_on_a_phone(open_page: Callable[..., Opened]) -> None:
    opened = open_page("sample", size=(390, 844), is_mobile=True, has_touch=True, reduced_motion="reduce")
    opened.select("dmz")
    opened.page.wait_for_timeout(300)
    label = opened.page.locator(".cl-labels [data-label=dmz] text").first
    assert label.is_visible()
    found, panel = label.bounding_box(), box(opened, ".cl-panel")
    assert found
    assert found["y"] + found["height"] < panel["top"]


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_zone_too_narrow_for_its_name_is_named_beside_it(
    open_page: Opener, stored: Callable[[str], Document], size: tuple[int, int]
) -> None:
    document = stored("one-point")
    strip = [[36.0, 35.5], [37.0, 35.5], [37.0, 35.52], [36.0, 35.52], [36.0, 35.5]]
    whole = next(zone for zone in stored("sample")["zones"] if zone["id"] == "dmz")
    zone = {**whole, "name": "UN buffer zone, from one coast to the other", "names": {}, "parts": [], "valid": None}
    document["zones"] = [{**zone, "geometry": {"type": "Polygon", "coordinates": [strip]}}]
    document["places"] = []
    document["view"] = {"bbox": [35.9, 35.2, 37.1, 35.8]}
    opened = open_page(document, size=size, reduced_motion="reduce")
    label, frame = box(opened, ".cl-labels [data-label=dmz] text"), box(opened, ".cl-map")
    drawn = box(opened, ".cl-zone[data-mark=dmz] .cl-edge")
    assert label["left"] >= frame["left"]
    assert label["left"] + label["width"] <= frame["left"] + frame["width"]
    assert not drawn["top"] - 4 < label["top"] + label["height"] / 2 < drawn["top"] + drawn["height"] + 4


def test_candidates_stand_on_the_map_while_the_reader_looks_at_them(sample: Opened) -> None:
    sample.select("p12")
    sample.page.locator(".cl-more summary").click()
    sample.wait_for("document.querySelectorAll('.cl-candidates > g').length === 2")
    assert "Maarrat Misrin 34 %" in sample.page.locator('[data-label^="candidate"]').all_text_contents()
    sample.page.locator(".cl-more summary").click()
    sample.wait_for("!document.querySelector('.cl-candidates > g')")
    sample.page.locator(".cl-more summary").click()
    sample.wait_for("document.querySelectorAll('.cl-candidates > g').length === 2")
    sample.select("p2")
    sample.wait_for("!document.querySelector('.cl-candidates > g')")


def test_a_large_circle_of_doubt_stands_back_until_its_place_is_selected(sample: Opened) -> None:
    look = """() => {
      const all = [...document.querySelectorAll('.cl-place .cl-radius')];
      const one = all.sort((a, b) => b.getAttribute('r') - a.getAttribute('r'))[0];
      return { r: Number(one.getAttribute('r')), id: one.closest('[data-mark]').dataset.mark,
        fill: getComputedStyle(one).fillOpacity, stroke: getComputedStyle(one).strokeOpacity };
    }"""
    home(sample)
    wide = sample.page.evaluate(look)
    if wide["r"] <= 60:
        sample.page.evaluate("() => { contactline.store.send('showPoint', { lon: 36.6, lat: 35.9, zoom: 13 }); }")
        view(sample)
        wide = sample.page.evaluate(look)
    assert (wide["fill"], float(wide["stroke"]) < 0.5) == ("0", True)
    sample.select(wide["id"])
    assert float(sample.page.evaluate(look)["fill"]) > 0


def _marks(count: int) -> dict[str, Any]:
    from layers.marks import MarkTable, marks

    columns = {
        "name": [f"Mark {i}" for i in range(count)],
        "quote": ["<img src=x onerror=alert(1)> said so"] * count,
        "kind": ["a" if i % 2 else "b" for i in range(count)],
        "date": ["2018-09-10" if i % 4 else "2018-10-10" for i in range(count)],
    }
    lon = [36 + (i % 40) / 40 for i in range(count)]
    lat = [35 + (i // 40) / 40 for i in range(count)]
    return marks(MarkTable(lon, lat, columns))


def _marks_page(stored: Callable[[str], Document], marks: dict[str, Any], bbox: list[float]) -> Document:
    document = {**stored("sample"), "places": [], "facts": [], "zones": [], "articles": [], "marks": marks}
    document["layers"] = [
        {"id": f"marks-{i}", "title": title, "group": "article", "marks": [], "shown": True}
        for i, title in enumerate(document["marks"].get("kinds", []))
    ]
    document["view"] = {"bbox": bbox}
    return document


def test_many_marks_are_counted_sifted_and_opened(
    open_page: Callable[..., Opened], stored: Callable[[str], Document]
) -> None:
    opened = open_page(_marks_page(stored, _marks(800), [36, 35, 37, 35.5]))
    opened.page.evaluate("() => contactline.store.setTime(null)")
    counter = opened.page.locator(".cl-markcount")
    view(opened)
    assert "800" in counter.inner_text()
    opened.page.evaluate("() => contactline.store.setTime('2018-10-10')")
    opened.wait_for("document.querySelector('.cl-markcount').textContent.startsWith('200')")
    opened.page.evaluate("() => contactline.store.setLayer('marks-1', { shown: false })")
    opened.wait_for("!document.querySelector('.cl-markcount').textContent.startsWith('200')")
    opened.page.evaluate(
        "() => { contactline.store.setLayer('marks-1', { shown: true }); contactline.store.setTime(null); }"
    )
    counter.click()
    opened.page.locator(".cl-markcard li button").first.click()
    assert "<img src=x onerror=alert(1)> said so" in opened.page.locator(".cl-markcard blockquote").inner_text()
    assert not [line for line in opened.console if "alert" in line]


def test_many_marks_are_found_by_name_and_by_quote(
    open_page: Callable[..., Opened], stored: Callable[[str], Document]
) -> None:
    opened = open_page(_marks_page(stored, _marks(800), [36, 35, 37, 35.5]))
    opened.page.keyboard.press("/")
    opened.page.locator(".cl-find input").fill("mark 777")
    hits = opened.page.locator(".cl-hits li")
    hits.filter(has_text="Mark 777").first.wait_for()
    assert hits.first.inner_text().startswith("Mark 777")
    opened.page.keyboard.press("Enter")
    opened.wait_for("!document.querySelector('.cl-markcard').hidden")
    assert opened.page.locator(".cl-markcard h2").inner_text() == "Mark 777"
    assert view(opened)["lat"] == pytest.approx(35 + (777 // 40) / 40, abs=0.01)
    opened.page.locator(".cl-find input").fill("said so")
    assert hits.count() == 30


def test_the_first_search_among_many_marks_goes_in_portions(
    open_page: Callable[..., Opened], stored: Callable[[str], Document]
) -> None:
    opened = open_page(_marks_page(stored, _marks(2000), [36, 35, 37, 36]))
    # A clock on which every look takes long: each portion is then as short as can be.
    told = opened.page.evaluate(
        """() => new Promise((done) => {
          let now = 0;
          performance.now = () => (now += 50);
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
          const field = document.querySelector(".cl-find input");
          const told = [];
          field.value = "mark 1999";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          const look = () => {
            told.push([...document.querySelectorAll(".cl-hits li > span")].map((one) => one.textContent).join());
            if (told.at(-1) || told.length > 500) done(told);
            else setTimeout(look);
          };
          look();
        })"""
    )
    assert len(told) > 5
    assert told[-1] == "Mark 1999"
    assert opened.page.locator(".cl-hits .cl-empty").count() == 0
    opened.page.locator(".cl-find input").fill("mark 2001")
    assert opened.texts(".cl-hits") == ["Nothing found"]


def test_many_marks_are_listed_in_portions_and_sorted(
    open_page: Callable[..., Opened], stored: Callable[[str], Document]
) -> None:
    opened = open_page(_marks_page(stored, _marks(800), [36, 35, 37, 35.5]))
    opened.page.locator(".cl-tab", has_text="Table").click()
    assert opened.texts(".cl-twin .cl-tab") == ["Marks 800"], "empty tables are left out"
    rows = opened.page.locator(".cl-tableframe tbody tr")
    assert rows.count() == 300
    opened.page.get_by_role("button", name="More").click()
    assert rows.count() == 600
    by_name = opened.page.locator(".cl-tableframe thead button").first
    by_name.click()
    assert rows.nth(10).locator("th").inner_text() == "Mark 10", "numbers sort as numbers"
    by_name.click()
    assert rows.first.locator("th").inner_text() == "Mark 799"
    rows.first.locator("th button").click()
    assert opened.page.locator(".cl-markcard h2").inner_text() == "Mark 799"


def test_many_marks_are_in_the_picture_to_take_along(
    open_page: Callable[..., Opened], stored: Callable[[str], Document], tmp_path: Path
) -> None:
    opened = open_page(_marks_page(stored, _marks(800), [36, 35, 37, 35.5]))
    with opened.page.expect_download() as download:
        opened.page.evaluate("() => contactline.store.send('exportImage', 'svg')")
    file = tmp_path / "map.svg"
    download.value.save_as(file)
    numbers = re.findall(r"<text [^>]*>(\d+)</text>", file.read_text("utf-8"))
    assert sum(map(int, numbers)) >= 700, "the groups and their sizes"


def test_many_marks_across_the_antimeridian_are_seen_together(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    from layers.marks import MarkTable, marks_document

    lon = [179.2, 179.6, -179.7, -179.1, 181.5]
    table = MarkTable(lon, [-17.0, -17.4, -16.8, -17.2, -17.1], {"name": [f"Isle {i}" for i in range(5)]})
    document = marks_document(table, title="Fiji")
    west, _, east, _ = document["view"]["bbox"]
    assert (west > 179, east < -178) == (True, True)
    opened = open_page(dict(document))
    assert opened.page.locator(".cl-markcount").inner_text().startswith("5 ")
    shown = view(opened) or opened.page.evaluate("null")
    assert shown is None or shown["zoom"] > 5
    opened.page.locator(".cl-markcount").click()
    assert opened.page.locator(".cl-markcard li").count() == 5
    opened.page.locator(".cl-markcard li button", has_text="Isle 4").click()
    assert opened.console == []


def test_the_page_asks_nothing_and_says_nothing(sample: Opened) -> None:
    assert [url for url in sample.requests if not url.startswith(("file:", "blob:", "data:"))] == []
    assert sample.console == []
    json.dumps(sample.state("layers"))
