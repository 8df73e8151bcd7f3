"""Texts that try to become code stay texts, in every place that shows text; the page still draws."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.layers.page.conftest import Document, Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = _module()

#: Opens everything that shows text: cards, table, search, facts, timeline, layers, print.
TOUR = """async () => {
  await window.contactline.ready;
  const { store } = window.contactline;
  const doc = JSON.parse(document.getElementById("contactline-document").textContent);
  for (const mark of [...doc.places, ...doc.facts, ...doc.zones]) {
    store.select([mark.id], { origin: "map" });
    store.hover([mark.id], { origin: "map" });
  }
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  document.querySelectorAll(".cl-bar .cl-tab")[2].click();
  document.querySelectorAll(".cl-twin .cl-tab").forEach((one) => one.click());
  document.querySelector(".cl-search").click();
  const field = document.querySelector(".cl-find input");
  field.value = doc.title;
  field.dispatchEvent(new Event("input"));
  window.dispatchEvent(new Event("beforeprint"));
  document.querySelectorAll(".cl-overlay button").forEach((one) => one.click());
  await new Promise((done) => setTimeout(done, 0));
  const anchors = [...document.querySelectorAll("a[href]")].map((one) => one.protocol);
  return {
    ran: window.pwned ?? 0,
    shown: document.querySelector(".cl-title")?.textContent ?? "",
    sheets: document.querySelectorAll(".cl-sheet").length,
    odd: [...new Set(anchors)].filter((one) => !["http:", "https:", "file:"].includes(one)),
    foreign: document.querySelectorAll(".cl :is(script, iframe, object, embed, base, meta, marquee, form)").length,
    status: document.querySelector(".cl-status")?.textContent ?? "",
  };
}"""


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(hostile.payloads())) == 200


def _small(document: Document) -> Document:
    """Return the parts of the sample that hold one of every kind of text."""
    keep = {"p2", "p12", "f5", "f13", "f16", "dmz", "posts-ru", "patrols-russian"}
    cut = {**document, "areas": {}}
    for name in ("places", "facts", "zones"):
        cut[name] = [one for one in document[name] if one["id"] in keep]
    cut["layers"] = document["layers"][:4]
    cut["articles"] = [{**article, "blocks": article["blocks"][:5]} for article in document["articles"]]
    return cut


@pytest.mark.parametrize("part", range(8))
def test_no_payload_runs_and_every_page_draws(open_page: Opener, stored: Callable[[str], Document], part: int) -> None:
    small = _small(stored("sample"))
    from layers import render

    opened = open_page(small, reduced_motion="reduce")
    failures = []
    for number, payload in list(enumerate(hostile.payloads()))[part::8]:
        path = open_page.folder / "hostile.html"
        path.write_text(render.html(hostile.whole(small, payload)))
        opened.console.clear()
        opened.requests.clear()
        opened.page.goto(path.as_uri())
        found = opened.page.evaluate(TOUR)
        asked = [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))]
        good = not found["ran"] and found["shown"] and found["sheets"] and not found["odd"] and not found["foreign"]
        if not good or opened.console or asked:
            failures.append((number, payload, found, opened.console[:3], asked[:3]))
    assert failures == []
