"""A document rendered to a page and opened in a real Chromium, with everything that it says and asks for noted."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"
STRINGS = HERE.parents[2] / "layers" / "strings"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--font-render-hinting=none", "--hide-scrollbars"]  # fmt: skip

Document = dict[str, Any]


def read_document(name: str) -> Document:
    """Return a stored document, with the interface texts that `layers.build` would give it."""
    document: Document = json.loads((DOCUMENTS / f"{name}.json").read_text())
    return with_strings(document)


def with_strings(document: Document) -> Document:
    """Fill in the interface texts of the document's language."""
    path = STRINGS / f"{document['language']}.json"
    return {**document, "strings": json.loads((path if path.exists() else STRINGS / "en.json").read_text())}


@dataclass
class Opened:
    """An open page, and what came out of it."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        """Return the text of every match."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def lit(self) -> list[str]:
        """Return the ids of the sentences that are alight."""
        found: list[str] = self.page.eval_on_selector_all(".cl-s.on", "all => all.map((one) => one.dataset.s)")
        return found

    def state(self, key: str) -> Any:  # noqa: ANN401  whatever JSON holds
        """Return a piece of the page's state."""
        return self.page.evaluate("key => window.contactline.store.get(key)", key)

    def select(self, *marks: str, origin: str = "map") -> None:
        """Select marks, as the map would."""
        self.page.evaluate("([marks, origin]) => window.contactline.store.select(marks, { origin })", [marks, origin])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one the browser tests are skipped, but not where CI is set."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: install the package `chromium`")
        pytest.skip("BROWSER TESTS SKIPPED: no Chromium here (install `chromium`, or set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that renders a document (or a stored one's name) and opens it, offline."""
    from layers import render

    contexts = []

    def opener(document: Document | str, *, fragment: str = "", size: tuple[int, int] = (1280, 800), **options: Any) -> Opened:
        shown = read_document(document) if isinstance(document, str) else document
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(render.html(shown))
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.console.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.console.append(f"error: {error}"))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(path.as_uri() + fragment)
        opened.page.wait_for_function("document.querySelector('.cl')")
        return opened

    yield opener
    for context in contexts:
        context.close()
