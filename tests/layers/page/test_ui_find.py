"""Search in any script and spelling, the table twin, and the permalink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.layers.page.conftest import Document, Opened, Opener

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Khān Shaykhūn", "Khan Shaykhun"),
        ("خان شيخون", "Khan Shaykhun"),
        ("Хан-Шейхун", "Khan Shaykhun"),
        ("Ma`arrat an-Nu`man", "Maarrat al-Numan"),
        ("معرة النعمان", "Maarrat al-Numan"),
        ("Moskva", "Moscow"),
        ("İdlib", "Idlib"),
        ("idlb", "Idlib"),
        ("демилитаризованная", "Demilitarized zone"),
        ("by 15 October", "Radical groups are to leave the zone by 15 October"),
    ],
)
def test_search_finds_by_any_spelling(sample: Opened, query: str, title: str) -> None:
    field = sample.page.get_by_role("combobox")
    if not field.is_visible():
        sample.page.keyboard.press("/")
    field.fill(query)
    assert sample.page.locator(".cl-hits li > span").first.inner_text() == title


def test_search_goes_by_keyboard_and_says_what_it_found(sample: Opened) -> None:
    field = sample.page.get_by_role("combobox")
    if not field.is_visible():
        sample.page.keyboard.press("/")
    field.fill("jisr")
    assert sample.page.locator(".cl-find [role=status]").inner_text().startswith("Results:")
    field.press("Enter")
    assert sample.state("selection")["marks"] == ["p7"]
    assert "Jisr al-Shughur" in sample.page.locator(".cl-dock").inner_text()
    field.fill("qqqq")
    assert sample.page.locator(".cl-hits").inner_text() == "Nothing found"
    field.press("Escape")
    assert not field.is_visible()


def test_search_finds_running_text(sample: Opened) -> None:
    sample.page.locator("body").press("/")
    sample.page.get_by_role("combobox").fill("military police")
    hit = sample.page.locator(".cl-hits li", has_text="Turkish troops and Russian military police are to patrol along")
    hit.first.click()
    assert sample.lit() == ["s9"]
    sample.page.get_by_role("combobox").press("Escape")


def test_table_holds_every_mark(sample: Opened) -> None:
    sample.page.get_by_role("button", name="Table", exact=True).click()
    counts = []
    for name in ("Places", "Facts", "Zones"):
        sample.page.locator(".cl-twin").get_by_role("button", name=name).click()
        counts.append(sample.page.locator(".cl-twin tbody tr").count())
    assert counts == [16, 17, 22]


def test_the_table_says_of_which_zone_it_speaks(open_page: Opener, stored: Callable[[str], Document]) -> None:
    document = stored("sample")
    told = {"words": "> 99 %", "reading": "on one side", "verdict": "inside"}
    zones = ("dmz", "deescalation-area")
    document["places"][1]["membership"] = [{**told, "zone": zone} for zone in zones]
    opened = open_page(document)
    opened.page.get_by_role("button", name="Table").click()
    row = opened.page.locator(".cl-twin tr", has_text="Idlib").first
    assert "Demilitarized zone, Idlib de-escalation area: inside, > 99 %" in row.inner_text()


def test_table_sorts_both_ways(sample: Opened) -> None:
    sample.page.get_by_role("button", name="Table", exact=True).click()
    twin = sample.page.locator(".cl-twin")
    twin.get_by_role("button", name="Places").click()
    heading = twin.get_by_role("columnheader", name="Name")
    heading.get_by_role("button").click()
    names = sample.texts(".cl-twin tbody th")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert names == sorted(names, key=str.casefold)
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert sample.texts(".cl-twin tbody th") == names[::-1]


def test_a_row_of_the_table_leads_to_text_and_card(sample: Opened) -> None:
    sample.page.get_by_role("button", name="Table", exact=True).click()
    sample.page.locator(".cl-twin").get_by_role("button", name="Zones").click()
    sample.page.locator(".cl-twin").get_by_role("button", name="Line of contact").click()
    assert sample.lit() == ["s5"]
    assert "about 240 km" in sample.page.locator(".cl-dock").inner_text()
    assert "on" in (sample.page.locator('.cl-twin tr[data-id="contact-line"]').get_attribute("class") or "")


def test_the_address_follows_and_opens_again(open_page: Opener) -> None:
    opened = open_page("sample")
    opened.page.evaluate(
        "() => { const { store } = window.contactline; store.setLayer('posts', { shown: true });"
        "store.setTime('2018-10-12'); store.select(['p10'], { origin: 'map' }); }"
    )
    opened.wait_for("location.hash.includes('m=p10')")
    fragment = opened.page.evaluate("location.hash")
    again = open_page("sample", fragment=fragment)
    assert again.state("selection")["marks"] == ["p10"]
    assert again.state("layers")["byId"]["posts"]["shown"]
    assert again.state("time")["from"] == "2018-10-12"
    assert again.lit() == ["s11"]


def test_the_address_keeps_view_and_sentence(open_page: Opener) -> None:
    opened = open_page("sample", fragment="#v=35.6000,36.7000,9&s=s9")
    assert opened.lit() == ["s9"]
    opened.page.wait_for_timeout(700)
    view = opened.state("view")
    assert (view["lat"], view["lon"], view["zoom"]) == (
        pytest.approx(35.6, abs=0.02),
        pytest.approx(36.7, abs=0.02),
        pytest.approx(9, abs=0.1),
    )


@pytest.mark.parametrize("fragment", ["#v=NaN,900,x&t=yesterday&l=-,%00&m=nothing&s=none", "#%E0%A4%A", "#<script>"])
def test_a_broken_address_opens_the_page_as_usual(open_page: Opener, fragment: str) -> None:
    opened = open_page("sample", fragment=fragment)
    assert opened.console == []
    assert opened.lit()
