"""A page's map as PNG or SVG: the picture that the page itself offers, taken by a headless Chromium.

The page is opened from a temporary file without a network, asked for its picture, and what it would have offered
for download is read from its document. Chromium is not among the dependencies: where it is absent, one line says
how to get it.
"""

from __future__ import annotations

import base64
import binascii
import html as escaping
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import MissingPart, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = Literal["png", "svg"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-color-profile=srgb",
)
_SIZE = "1600,1000"
_SECONDS = 90
_PATIENCE_MS = 20_000
_FOUND = re.compile(r'<pre id="contactline-picture">([^<]*)</pre>')
# The page hands its picture to the browser as a blob: it is caught there, and written into the document.
_ASK = """(() => {
  const form = "%s", make = URL.createObjectURL;
  HTMLAnchorElement.prototype.click = () => {};
  URL.createObjectURL = (blob) => {
    if (blob.type.startsWith(form === "png" ? "image/png" : "image/svg")) {
      const reader = new FileReader();
      reader.onload = () => {
        const found = document.createElement("pre");
        found.id = "contactline-picture";
        found.textContent = reader.result.split(",")[1];
        document.body.replaceChildren(found);
      };
      reader.readAsDataURL(blob);
    }
    return make.call(URL, blob);
  };
  contactline.ready.then(() => requestAnimationFrame(() => contactline.store.send("exportImage", form)));
})();"""


def save(document: Mapping[str, Any], path: str | Path, form: Form) -> Path:
    """Write the map of a document as a picture and return its path.

    Args:
        document: a `layers.document.MapDocument`.
        path: replaced when the picture is whole.
        form: `png` (twice the screen's pixels) or `svg`.

    Raises:
        MissingPart: there is no Chromium, or it made no picture.
        OutputError: the path can't be written.
    """
    picture = _picture(document, form)
    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(picture)
        part.replace(target)
    except OSError as error:
        raise OutputError(f"{target} can't be written: {error.strerror}.", hint="Choose another path.") from error
    return target


def browser() -> str:
    """Return the path of a Chromium.

    Raises:
        MissingPart: there is none on the PATH.
    """
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        raise MissingPart(
            "PNG and SVG are drawn by Chromium, which is not on the PATH.",
            hint="Install it (Debian: `apt-get install chromium`), or export from the page's menu.",
        )
    return found


def _picture(document: Mapping[str, Any], form: Form) -> bytes:
    from layers import assets, render

    ask = _ASK % form
    page = render.html(document)
    page = page.replace("script-src ", f"script-src {escaping.escape(assets.csp_hash(ask))} ", 1)
    page = page.replace("\n</body>", f"\n<script>{ask}</script>\n</body>", 1)
    with tempfile.TemporaryDirectory(prefix="contactline-") as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        shown = _open(file)
    found = _FOUND.search(shown)
    try:
        return base64.b64decode(found[1], validate=True) if found else _nothing()
    except binascii.Error:
        return _nothing()


def _open(file: Path) -> str:
    """Return the page's document as Chromium has it once the picture is made."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    profile = f"--user-data-dir={file.parent / 'profile'}"
    wait = f"--virtual-time-budget={_PATIENCE_MS}"
    command = [browser(), *_FLAGS, *as_root, profile, f"--window-size={_SIZE}", wait, "--dump-dom", file.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _nothing() -> bytes:
    raise MissingPart(
        "Chromium made no picture of the page.", hint="Open the page in a browser and export from its menu."
    )
