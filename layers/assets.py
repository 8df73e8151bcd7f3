"""The page's script and styles, built by the package's build hook (`hatch_build.py`), and their hashes."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from geo.errors import MissingPart

FOLDER = Path(__file__).parent / "static"


@lru_cache(maxsize=4)
def script(*, full: bool = False) -> str:
    """Return the page's script (Leaflet and our own), fit to stand inside a `<script>` element.

    Args:
        full: with all of Leaflet, for tiles and layers that somebody added; else with the parts that our own map needs.

    Raises:
        MissingPart: it has not been built.
    """
    # `</script` inside a string of the code would end the element; in code it can stand nowhere else.
    return _read("page-full.js" if full else "page.js").replace("</script", "<\\/script").replace("<!--", "<\\!--")


@lru_cache(maxsize=4)
def styles(*, full: bool = False) -> str:
    """Return the page's styles, fit to stand inside a `<style>` element.

    Args:
        full: with Leaflet's own, for tiles and layers that somebody added.

    Raises:
        MissingPart: they have not been built.
    """
    return _read("page-full.css" if full else "page.css").replace("</style", "<\\/style")


def csp_hash(code: str) -> str:
    """Return the content security policy's source expression that lets exactly this inline code run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingPart(f"the page's {name} has not been built:", hint="run `make page` in the checkout.") from None
