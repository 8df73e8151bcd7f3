"""The page's script and styles, built by the package's build hook (`hatch_build.py`), and their hashes."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from geo.errors import MissingPart

FOLDER = Path(__file__).parent / "static"


@lru_cache(maxsize=4)
def script() -> str:
    """Return the page's script (Leaflet and our own), fit to stand inside a `<script>` element.

    Raises:
        MissingPart: it has not been built.
    """
    # `</script` inside a string of the code would end the element; in code it can stand nowhere else.
    return _read("page.js").replace("</script", "<\\/script").replace("<!--", "<\\!--")


@lru_cache(maxsize=4)
def styles() -> str:
    """Return the page's styles, fit to stand inside a `<style>` element.

    Raises:
        MissingPart: they have not been built.
    """
    return _read("page.css").replace("</style", "<\\/style")


def csp_hash(code: str) -> str:
    """Return the content security policy's source expression that lets exactly this inline code run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingPart(f"the page's {name} has not been built:", hint="run `make page` in the checkout.") from None
