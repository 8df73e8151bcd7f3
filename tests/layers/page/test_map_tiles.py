"""A tile server that the author asked for: the page asks it and nobody else, and says so."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.layers.page.conftest import Document

pytestmark = pytest.mark.browser

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


#: Whether the middle of the canvas is painted, once it has been drawn anew.
GROUND = """() => new Promise((done) => setTimeout(() => {
  const canvas = document.querySelector(".cl-pane canvas");
  done(canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 40, 40).data.some((one) => one > 0));
}, 300))"""


class _Answer(BaseHTTPRequestHandler):
    """Answers any tile; no header lets other pages read it, as many servers have none."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(_PNG)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a tile server on the loopback."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


def test_tiles_lie_under_the_map_and_the_page_says_whom_it_asks(
    browser: Browser, stored: Callable[[str], Document], tmp_path: Path, server: str
) -> None:
    from layers import render

    url = f"{server}/{{z}}/{{x}}/{{y}}.png"
    path = tmp_path / "page.html"
    path.write_text(render.html({**stored("sample"), "tiles": {"url": url, "attribution": "© the tile makers"}}))
    page = browser.new_page()
    asked: list[str] = []
    heard: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector(".leaflet-tile-loaded", state="attached")
    page.wait_for_load_state("networkidle")
    assert heard == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.removeprefix("http://")}
    credits_ = page.locator(".cl-credits").inner_text()
    assert f"Background tiles come from {url}" in credits_
    assert "© the tile makers" in credits_
    assert page.locator(".cl-sheet .cl-zone").count() > 3, "zones are drawn over the tiles"
    assert not page.evaluate(GROUND), "no ground over the tiles"
    page.evaluate("contactline.store.setLayer('basemap-tiles', { shown: false })")
    assert page.locator(".leaflet-tile-pane .leaflet-layer").evaluate("one => one.style.opacity") == "0"
    assert page.evaluate(GROUND), "the page's own ground comes back"
    elsewhere = page.evaluate("""() => new Promise((done) => {
      const picture = new Image();
      picture.onload = () => done("loaded");
      picture.onerror = () => done("refused");
      picture.src = "http://127.0.0.2:9/0/0/0.png";
    })""")
    assert elsewhere == "refused"
    page.close()


def test_a_server_that_does_not_answer_leaves_the_pages_own_ground(
    browser: Browser, stored: Callable[[str], Document], tmp_path: Path
) -> None:
    from layers import render

    tiles = {"url": "http://127.0.0.1:9/{z}/{x}/{y}.png", "attribution": ""}
    path = tmp_path / "page.html"
    path.write_text(render.html({**stored("sample"), "tiles": tiles}))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate(GROUND)
    page.close()
