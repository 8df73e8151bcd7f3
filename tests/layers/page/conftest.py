"""A document rendered to a page and opened in a real Chromium, with everything that it says and asks for noted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"
STRINGS = HERE.parents[2] / "layers" / "strings"
Document = dict[str, Any]
RESET = """() => {
  const { store } = window.contactline;
  document.activeElement?.blur?.();
  store.set("layers", (window.opening ??= store.get("layers")));
  store.set("language", document.documentElement.lang);
  store.set("axis", "own");
  store.set("time", { from: null, to: null, playing: false });
  store.unhover();
  store.send("dismiss", null);
  document.querySelector("#cl-tab-article").click();
  const table = document.querySelector('.cl-tab[aria-expanded="true"]');
  table?.click();
  store.set("selection", { marks: [], sentence: null, origin: "program" });
  document.querySelector(".cl-scroll").scrollTo(0, 0);
}"""


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

    def state(self, key: str) -> Any:
        """Return a piece of the page's state."""
        return self.page.evaluate("key => window.contactline.store.get(key)", key)

    def wait_for(self, expression: str, *, seconds: float = 20) -> None:
        """Wait until an expression is true; the page's policy forbids Playwright's own way."""
        for _ in range(int(seconds * 20)):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"never true: {expression}")

    def select(self, *marks: str, origin: str = "map") -> None:
        """Select marks, as the map would."""
        self.page.evaluate("([marks, origin]) => window.contactline.store.select(marks, { origin })", [marks, origin])


@pytest.fixture
def stored() -> Callable[[str], Document]:
    """Return a function that reads a stored document by its name."""
    return read_document


class Opener:
    """Renders documents to files and opens them, offline; remembers what to close."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.contexts: list[BrowserContext] = []

    def __call__(
        self, document: Document | str, *, fragment: str = "", size: tuple[int, int] = (1280, 800), **options: Any
    ) -> Opened:
        """Open a document, or a stored one by its name; options are those of a browser context."""
        from layers import render

        shown = read_document(document) if isinstance(document, str) else document
        path = self.folder / f"page-{len(self.contexts)}.html"
        path.write_text(render.html(shown))
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        self.contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.console.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.console.append(f"error: {error}"))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(path.as_uri() + fragment)
        if options.get("java_script_enabled", True):
            opened.page.wait_for_selector("body[data-ready]")
        return opened

    def close(self) -> None:
        """Close what was opened."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens a document for one test."""
    opener = Opener(browser, tmp_path)
    yield opener
    opener.close()


@pytest.fixture(scope="module")
def _shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    opener = Opener(browser, tmp_path_factory.mktemp("page"))
    yield opener("sample")
    opener.close()


@pytest.fixture
def sample(_shared: Opened) -> Opened:
    """Return the sample map as it stands after opening; one page serves a whole module."""
    _shared.page.mouse.move(2, 2)
    _shared.page.evaluate(RESET)
    return _shared
